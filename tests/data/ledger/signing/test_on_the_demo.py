"""A long list with every kind of noise, counted again row by row in plain Python."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from data.engine import reading
from data.models.activity import Activity
from data.models.people import Enrolment, Student
from data.models.time import Term
from tests.data.ledger.signing.campus import counts, signed, understood

ROWS = 4000
NOISE = ("T0{n}", "2.{n}E+08", "", "来宾{n}", "S9{n}")


def campus(url: str) -> tuple[int, datetime, list[tuple[str, str]], set[str]]:
    """An activity with a start, everybody with their name, and who is enrolled in its term."""
    last = (Activity.day.desc(), Activity.id.desc())
    with reading(url) as conn:
        activity = conn.execute(
            select(Activity.id, Activity.day, Activity.starts, Term.id.label("term"))
            .join(Term, Activity.day.between(Term.starts, Term.ends))
            .where(Activity.starts.is_not(None))
            .order_by(*last)
            .limit(1)
        ).one()
        people = sorted((i, n or "") for i, n in conn.execute(select(Student.id, Student.name)))
        there = select(Enrolment.student_id).where(Enrolment.term_id == activity.term)
        enrolled = set(conn.scalars(there))
    return activity.id, datetime.combine(activity.day, activity.starts), people, enrolled


def test_every_row_of_a_noisy_list_is_counted_once(demo: str) -> None:
    number, begins, people, enrolled = campus(demo)
    rng = Random(5)
    rows: list[list[Any]] = [["流水号", "学工号", "姓名", "刷卡时间", "状态"]]
    first: dict[str, datetime] = {}
    told = dict.fromkeys(("matched", "repeated", "absent", "unmatched"), 0)
    names = dict(people)
    for n in range(ROWS):
        student, name = rng.choice(people)
        moment = begins + timedelta(seconds=rng.randrange(-900, 2400))
        state = rng.choice(("正常",) * 8 + ("请假",))
        if rng.random() < 0.1:
            student = rng.choice(NOISE).format(n=n)
        if rng.random() < 0.05:
            name = "查无此人"
        rows.append([n, student, name, moment.isoformat(" "), state])
        if state == "请假":
            told["absent"] += 1
        elif student not in enrolled or names[student] != name:
            told["unmatched"] += 1
        else:
            told["repeated" if student in first else "matched"] += 1
            first[student] = min(first.get(student, moment), moment)
    answers = {f"未匹配的行:{told['unmatched']} 行": "leave"}
    found = understood(demo, rows, activity=number, answers=answers, replace=True)
    assert signed(found) == {(number, student): moment for student, moment in first.items()}
    tally = counts(found)
    reasons = tally.pop("reasons")
    assert tally == told
    assert sum(reasons.values()) == told["unmatched"] == len(found.left)
    assert len(reasons) >= 4

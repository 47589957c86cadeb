"""重点群体 by hand: a world with eighty students in need, and the few of tests/counseling.py."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, func, select

from data.access.viewer import (
    COLLEGE,
    COMMITTEE,
    COUNSELOR,
    EVALUATOR,
    STEWARD,
    WORK_GROUP,
    Viewer,
)
from data.engine import reading, writing
from data.models.evaluation import SupportNeed
from data.models.forces import Visit, VisitStudent
from data.models.people import College, Enrolment, Student
from data.summaries.refresh import refresh
from queries.filters import BELONGS, LEADS
from queries.key_groups import answerable, key_group_rates, key_groups, week_end
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, AUTUMN_STARTS, TODAY, day, rows

OF_X, OF_Z = (Viewer(f"college-{c}", COLLEGE, college=c) for c in "XZ")
K1, K2 = (Viewer(k, COUNSELOR, counselor=k) for k in ("k1", "k2"))
TELLERS = (COMMITTEE, EVALUATOR, STEWARD)
LATER, EARLIER = "11-20", "11-14"
"""Their week ends are 11-15 and 11-08."""
IN_NEED = (
    ("X", 30, "k1", {"10-06": 27}),
    ("Y", 40, "k2", {"10-06": 25, "11-10": 3}),
    ("Z", 12, "k2", {"10-06": 7, "11-11": 3}),
)
"""A college, how many students with a need, their counselor, how many met on which day."""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def needy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the refreshed world with IN_NEED: all 经济困难, the first 25 of Y 学业困难 too.

    Not met on 11-15: X 3, Y 12, Z 2; on 11-08: X 3, Y 15, Z 5.
    """
    return databases.kept(request, tmp_path_factory, "needy", _build)


def _build(url: str) -> str:
    world.build(url)
    with writing(url) as conn:
        rows(conn, College, "id name", ("Z", "数学学院"))
        for college, count, counselor, met in IN_NEED:
            students = [f"{college}{n:02}" for n in range(count)]
            _students(conn, college, counselor, students)
            for on, number in met.items():
                _visit(conn, counselor, day(on), [students.pop(0) for _ in range(number)])
        few = [(f"Y{n:02}", AUTUMN, "学业困难") for n in range(25)]
        rows(conn, SupportNeed, "student_id term_id category", *few)
    refresh(url, today=TODAY)
    return url


def _students(conn: Connection, college: str, counselor: str, students: list[str]) -> None:
    rows(conn, Student, "id", *((student,) for student in students))
    rows(
        conn,
        Enrolment,
        "student_id term_id starts college_id political_status counselor_id grade degree_level",
        *(
            (student, AUTUMN, AUTUMN_STARTS, college, "群众", counselor, 2024, "本科生")
            for student in students
        ),
    )
    every = ((student, AUTUMN, "经济困难") for student in students)
    rows(conn, SupportNeed, "student_id term_id category", *every)


def _visit(conn: Connection, counselor: str, on: date, students: list[str]) -> None:
    number = (conn.scalar(select(func.max(Visit.id))) or 0) + 1
    rows(conn, Visit, "id counselor_id day venue", (number, counselor, on, "课堂"))
    met = ((AUTUMN, number, student, "随堂") for student in students)
    rows(conn, VisitStudent, "term_id visit_id student_id met", *met)


@pytest.fixture
def conn(needy: str) -> Iterator[Connection]:
    """Reads the world with many in need."""
    with reading(needy) as opened:
        yield opened


def lines(frame: pd.DataFrame) -> list[str]:
    """Every line: name, total, met, not met, share."""
    shown = frame[["name", "total", "met", "unmet", "rate"]]
    return [" ".join(row) for row in shown.itertuples(index=False, name=None)]


def rate(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> str:
    """The metric as n/d; "" where there is none."""
    found = key_group_rates(conn, slice_of(**chosen), viewer)
    return " ".join(f"{r.numerator}/{r.denominator}" for r in found.itertuples())


def test_the_end_of_a_week_is_a_sunday() -> None:
    assert week_end(day("11-15")) == day("11-15")
    assert week_end(day("11-20")) == week_end(day("11-21")) == day("11-15")
    assert week_end(day("11-22")) == day("11-22")


def test_the_university_by_category_and_college(conn: Connection) -> None:
    """3 + 2 not met in two colleges may be any two numbers."""
    found = key_groups(conn, slice_of(LATER), EVERYONE)
    assert lines(found) == [
        "全校 82 65 17 79.3%",
        "学业困难 25 25 0 100.0%",
        "就业困难 0 0 0 —",
        "经济困难 82 65 17 79.3%",
        "心理困惑 0 0 0 —",
        "矿业工程学院 30 ≥26 <5 ≥86.6%",
        "化工学院 40 28 12 70.0%",
        "数学学院 12 ≥8 <5 ≥66.6%",
    ]
    assert set(found["day"]) == {day("11-15")}
    told = found[found["denominator"].notna()]
    assert [f"{r.numerator:g}/{r.denominator:g}" for r in told.itertuples()] == [
        "65/82", "25/25", "0/0", "65/82", "0/0", "28/40",
    ]  # fmt: skip


def test_another_college_is_hidden_where_the_rest_would_tell(conn: Connection) -> None:
    """A week earlier 3 of X alone would be what is left over; Z has no room with its 5."""
    assert lines(key_groups(conn, slice_of(EARLIER), EVERYONE))[5:] == [
        "矿业工程学院 30 ≥26 <5 ≥86.6%",
        "化工学院 40 — — —",
        "数学学院 12 7 5 58.3%",
    ]


def test_a_day_shows_the_last_end_of_a_week(conn: Connection) -> None:
    by_day = {on: lines(key_groups(conn, slice_of(on), EVERYONE)) for on in ("11-15", "11-20")}
    assert by_day["11-15"] == by_day["11-20"]
    assert by_day["11-15"] != lines(key_groups(conn, slice_of("11-14"), EVERYONE))


@pytest.mark.parametrize(
    ("on", "whole", "colleges"),
    [(LATER, "65/82", ["", "28/40", ""]), (EARLIER, "59/82", ["", "", "7/12"])],
)
@pytest.mark.parametrize("role", TELLERS)
def test_the_page_of_a_college_hides_what_the_table_hides(
    conn: Connection, role: str, on: str, whole: str, colleges: list[str]
) -> None:
    viewer = Viewer("e", role)
    assert rate(conn, viewer, on=on) == whole
    table = key_groups(conn, slice_of(on), viewer)
    for college, expected in zip("XYZ", colleges, strict=True):
        chosen = {"on": on, "college": college, "college_as": BELONGS}
        assert rate(conn, viewer, **chosen) == expected
        own = lines(key_groups(conn, slice_of(**chosen), viewer))
        assert own == [line for line in lines(table) if line.startswith(own[0].split()[0])]


def test_a_college_sees_the_university_and_itself(conn: Connection) -> None:
    found = lines(key_groups(conn, slice_of(LATER), OF_Z))
    assert found[0] == "全校 82 65 17 79.3%"
    assert found[5:] == ["数学学院 12 ≥8 <5 ≥66.6%"]
    own = {"on": LATER, "college": "Z", "college_as": BELONGS}
    assert lines(key_groups(conn, slice_of(**own), OF_Z)) == found[5:]
    assert key_groups(conn, slice_of(**own), OF_X).empty


def test_a_counselor_sees_the_sum_of_the_own_list(conn: Connection) -> None:
    """Y and Z are k2's: 14 of 52 not met; of k1's thirty few."""
    assert lines(key_groups(conn, slice_of(LATER), K2)) == ["本人名单 52 38 14 73.1%"]
    assert lines(key_groups(conn, slice_of(LATER, counselor="k2"), K2)) == [
        "本人名单 52 38 14 73.1%"
    ]
    assert lines(key_groups(conn, slice_of(LATER), K1)) == ["本人名单 30 ≥26 <5 ≥86.6%"]
    assert (rate(conn, K2), rate(conn, K1)) == ("38/52", "")
    assert key_groups(conn, slice_of(LATER, counselor="k1"), K2).empty


@pytest.mark.parametrize(
    "chosen",
    [
        {"campus": "N"},
        {"cluster": "P"},
        {"building": "A"},
        {"floor": "A1"},
        {"degree": "本科生"},
        {"counselor": "k2"},
        {"college": "Y", "college_as": LEADS},
        {"college": "Y", "college_as": BELONGS, "degree": "本科生"},
        {"on": "09-12"},  # before the first end of a week: nobody is counted yet
    ],
)
def test_no_other_slice_has_an_answer(conn: Connection, chosen: dict[str, Any]) -> None:
    for role in TELLERS:
        assert key_groups(conn, slice_of(**chosen), Viewer("e", role)).empty
        assert rate(conn, Viewer("e", role), **chosen) == ""


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("nobody"),
        Viewer("group", WORK_GROUP, buildings=frozenset("ABCD")),
        Viewer("lost", COUNSELOR),
        Viewer("lost", COLLEGE),
    ],
)
def test_nobody_else_has_an_answer(conn: Connection, viewer: Viewer) -> None:
    assert not answerable(slice_of(), viewer)
    assert key_groups(conn, slice_of(), viewer).empty
    assert rate(conn, viewer) == ""


def test_before_the_first_end_of_a_week_a_counselor_has_none_either(conn: Connection) -> None:
    assert key_groups(conn, slice_of("09-12"), K2).empty
    assert lines(key_groups(conn, slice_of("09-13"), K2)) == ["本人名单 52 0 52 0.0%"]


def test_of_a_few_nothing_but_that_is_told(counseling_database: str) -> None:
    """a2 and d1 of X, b2 of Y; c1 is away."""
    with reading(counseling_database) as conn:
        found = lines(key_groups(conn, slice_of(), EVERYONE))
        assert found[0] == "全校 <5 — — —"
        assert {line.split(" ", 1)[1] for line in found[1:]} == {"— — — —"}
        assert lines(key_groups(conn, slice_of(), K1)) == ["本人名单 <5 — — —"]
        assert rate(conn) == rate(conn, K1) == ""

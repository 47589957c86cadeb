"""朋辈互助 for 重点群体 on a demo campus: what is shown is true and tells no more."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from data.engine import reading
from data.models.activity import Activity, Attendance, StudentGroup, StudentGroupMember
from data.models.evaluation import SUPPORT_CATEGORIES, SupportNeed
from data.models.people import College, Enrolment
from queries.key_groups import CATEGORY, ONE_COLLEGE, key_groups
from queries.peer_support import peer_support
from queries.suppression import Group
from tests.brute_force_contacts import Ledgers
from tests.queries.attacking import Published, narrow
from tests.queries.test_key_groups_on_the_demo import DEAN, shown_truly, slice_at, week_ends

PEER = "朋辈互助"
TABLES = (StudentGroup, StudentGroupMember, Activity, Attendance, SupportNeed, Enrolment)


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def held(demo: str) -> dict[Any, list[Any]]:
    """Every row of the ledgers that count here."""
    with reading(demo) as conn:
        return {model: list(conn.execute(select(model.__table__))) for model in TABLES}


def reached(held: dict[Any, list[Any]], starts: date, day: date) -> set[str]:
    """Who was in a peer support group between two days, or came to an activity of one."""
    peers = {g.id: g for g in held[StudentGroup] if g.kind == PEER}
    ids = {a.id for a in held[Activity] if a.group_id in peers and starts <= a.day <= day}
    found = {x.student_id for x in held[Attendance] if x.activity_id in ids}
    for m in held[StudentGroupMember]:
        if m.group_id in peers and m.starts <= day and (m.ends is None or m.ends >= starts):
            closed = peers[m.group_id].closed
            if closed is None or closed >= max(starts, m.starts):
                found.add(m.student_id)
    return found


def counted(
    held: dict[Any, list[Any]], term: str, starts: date, day: date
) -> dict[tuple[str, str], Group]:
    """The true numbers of everything that could be published, by loops over the ledgers."""
    there = reached(held, starts, day)
    college = {
        e.student_id: e.college_id
        for e in held[Enrolment]
        if e.term_id == term and not e.away and e.starts <= day and (e.ends or day) >= day
    }
    needs = defaultdict(set)
    for n in held[SupportNeed]:
        if n.term_id == term and n.student_id in college:
            needs[n.student_id].add(n.category)
    total, met = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for student, kinds in needs.items():
        places = [("whole", ""), ("part", college[student])]
        for place in (*places, *(("overlapping", kind) for kind in kinds)):
            total[place] += 1
            met[place] += student in there
    return {place: Group(n, met[place]) for place, n in total.items()}


def test_every_week_is_true_and_closed_to_a_reader(
    conn: Connection, held: dict[Any, list[Any]], ledgers: Ledgers
) -> None:
    names = {row.name: row.id for row in conn.execute(select(College.id, College.name))}
    looks = Counter[str]()
    for term, day in week_ends(ledgers):
        found = peer_support(conn, slice_at(term, day), DEAN)
        truth = counted(held, term, ledgers.terms[term]["starts"], day)
        texts = {
            (r.section, r.name): (r.total, r.met, r.unmet) for r in found.itertuples(index=False)
        }
        if not texts:
            assert not truth
            continue
        own, kinds = (
            {name: text for (where, name), text in texts.items() if where == section}
            for section in (ONE_COLLEGE, CATEGORY)
        )
        published = Published(next(iter(texts.values())), own, kinds)
        keys = [("whole", ""), *(("part", names[name]) for name in own)]
        keys += [("overlapping", kind) for kind in kinds]
        assert list(kinds) == list(SUPPORT_CATEGORIES)
        at = {
            place: truth.get(key, Group(0, 0))
            for place, key in zip(published.places, keys, strict=True)
        }
        shown = (published.whole, *own.values(), *kinds.values())
        for (place, group), text in zip(at.items(), shown, strict=True):
            assert shown_truly(text, group), (day, place, text, group)
            looks.update(text)
        assert narrow(published, at) == [], day
    assert looks["<5"] > 20
    assert sum(text.isdigit() and int(text) >= 5 for text in looks.elements()) > 50


def test_no_total_stands_here_that_is_hidden_there(conn: Connection, ledgers: Ledgers) -> None:
    """What is known of the totals is what the contacts tell: nothing more, on any week."""
    hidden = 0
    for term, day in week_ends(ledgers):
        filters = slice_at(term, day)
        there, here = key_groups(conn, filters, DEAN), peer_support(conn, filters, DEAN)
        assert there["name"].tolist() == here["name"].tolist()
        for known, text in zip(there["total"], here["total"], strict=True):
            assert text in (known, "—"), (day, known, text)
            hidden += known in ("<5", "—")
    assert hidden > 20

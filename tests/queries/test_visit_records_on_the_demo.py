"""Records of visits on a demo campus of 1,500 students equal loops over the ledger rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Connection, text

from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from queries.filters import Filters
from queries.visit_records import (
    COMPARISONS,
    EVERYWHERE,
    RECORD_CHECKS,
    source_agreement,
    visit_lengths,
    visit_records,
)

DEAN = Viewer("dean", COMMITTEE)
VISIT = "id counselor_id day starts ends venue building_id entered"


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def read(conn: Connection, table: str, columns: str) -> list[Any]:
    """A ledger's rows, dates and times as text."""
    schema = "" if conn.dialect.name == "sqlite" else "campus."
    names = ", ".join(f"CAST({c} AS VARCHAR(40)) AS {c}" for c in columns.split())
    return list(conn.execute(text(f"SELECT {names} FROM {schema}{table}")))  # noqa: S608


def slices(conn: Connection) -> list[Filters]:
    """A day in the middle of each term and its last one."""
    return [
        Filters(term=row.id, date=day)
        for row in read(conn, "term", "id starts ends")
        for day in (f"{row.starts[:4]}-{int(row.starts[5:7]) + 2:02d}-10", row.ends)
    ]


def in_slice(conn: Connection, filters: Filters) -> list[Any]:
    """Visits of the term up to the day."""
    term = next(t for t in read(conn, "term", "id starts ends") if t.id == filters.term)
    return [v for v in read(conn, "visit", VISIT) if term.starts <= v.day <= filters.date]


def of_term(conn: Connection, filters: Filters) -> list[Any]:
    """All visits of the term."""
    term = next(t for t in read(conn, "term", "id starts ends") if t.id == filters.term)
    return [v for v in read(conn, "visit", VISIT) if term.starts <= v.day <= term.ends]


def minutes(visit: Any) -> int | None:
    """How long a visit lasted, perhaps from the evening over midnight."""
    if visit.starts is None or visit.ends is None:
        return None
    began, ended = (int(v[:2]) * 60 + int(v[3:5]) for v in (visit.starts, visit.ends))
    if ended < began and began >= 18 * 60 and ended < 6 * 60:
        ended += 24 * 60
    return ended - began if ended >= began else None


def late(visit: Any) -> int:
    """Days from a visit to its entry."""
    return (datetime.fromisoformat(visit.entered[:10]) - datetime.fromisoformat(visit.day)).days


def test_checks_equal_the_slow_count(conn: Connection) -> None:
    with_rooms = {row.visit_id for row in read(conn, "visit_room", "visit_id")}
    colleges = {c.id: c.college_id or "" for c in read(conn, "counselor", "id college_id")}
    found_any: Counter[str] = Counter()
    for filters in slices(conn):
        batch = Counter(
            (v.counselor_id, v.entered[:10]) for v in of_term(conn, filters) if late(v) > 7
        )
        slow: dict[str, Counter[str]] = defaultdict(Counter)
        for visit in in_slice(conn, filters):
            lasted = minutes(visit)
            home = visit.venue == "公寓"
            entered = (visit.counselor_id, visit.entered[:10])
            hits = (
                visit.ends is None,
                lasted == 30,
                lasted == 40,
                home and visit.id not in with_rooms,
                late(visit) > 7 and batch[entered] >= 5,
            )
            due = (True, lasted is not None, lasted is not None, home, True)
            for owner in (EVERYWHERE, colleges[visit.counselor_id]):
                for check, hit, counts in zip(RECORD_CHECKS, hits, due, strict=True):
                    slow[owner][f"{check} hit"] += hit
                    slow[owner][f"{check} due"] += counts
        rows = visit_records(conn, filters, DEAN)
        for row in rows.itertuples():
            owner = EVERYWHERE if row.college == EVERYWHERE else row.college_id
            assert row.numerator == slow[owner][f"{row.check} hit"], (owner, row.check, filters)
            assert row.denominator == slow[owner][f"{row.check} due"]
            found_any[row.check] += row.numerator
        assert {r.college_id for r in rows.itertuples()} == set(slow) - {EVERYWHERE} | {""}
        lengths = Counter(
            min(m, 120) for v in in_slice(conn, filters) if (m := minutes(v)) is not None
        )
        shown = visit_lengths(conn, filters, DEAN)
        assert {r.minutes: r.number for r in shown.itertuples() if r.number} == dict(lengths)
    assert all(found_any[check] for check in RECORD_CHECKS)


@dataclass(frozen=True)
class Books:
    """The ledgers that tell of the same thing, by what they are looked up by."""

    rooms: dict[str, set[str]]
    building: dict[str, str]
    met: dict[str, dict[str, str]]
    stays: dict[tuple[str, str], list[Any]]

    @classmethod
    def read(cls, conn: Connection) -> "Books":
        """All of them."""
        books = cls(defaultdict(set), {}, defaultdict(dict), defaultdict(list))
        for row in read(conn, "visit_room", "visit_id room_id"):
            books.rooms[row.visit_id].add(row.room_id)
        for row in read(conn, "visit_student", "visit_id student_id met"):
            books.met[row.visit_id][row.student_id] = row.met
        for row in read(conn, "enrolment", "student_id term_id starts ends room_id"):
            books.stays[row.student_id, row.term_id].append(row)
        books.building.update((r.id, r.building_id) for r in read(conn, "room", "id building_id"))
        return books

    def home(self, student: str, term: str, day: str) -> str | None:
        """The room a student lived in on a day."""
        stays = self.stays[student, term]
        return next((s.room_id for s in stays if s.starts <= day <= (s.ends or "9")), None)

    def homes(self, visit: Any, term: str) -> list[bool]:
        """Of students met at home who have one: whether the visit went through it."""
        at_home = [s for s, how in self.met[visit.id].items() if how in ("谈话", "在寝")]
        homes = [home for s in at_home if (home := self.home(s, term, visit.day))]
        return [home in self.rooms[visit.id] for home in homes]

    def pair(self, own: Any, other: Any, term: str) -> list[bool]:
        """Of the students of shared rooms whom one has, whether the other has them too."""
        shared = self.rooms[own.id] & self.rooms[other.id]
        there = [s for s in self.met[own.id] if self.home(s, term, own.day) in shared]
        return [s in self.met[other.id] for s in there if self.met[other.id]]


def slow_agreement(books: Books, visits: list[Any], term: str) -> list[list[bool]]:
    """What could be compared, and whether it agrees, by loops over apartment visits with rooms."""
    together = defaultdict(list)
    for visit in visits:
        if visit.starts and visit.ends and visit.starts <= visit.ends:
            together[visit.building_id, visit.day].append(visit)
    pairs = [
        pair
        for same in together.values()
        for pair in permutations(same, 2)
        if pair[0].counselor_id != pair[1].counselor_id
        and pair[0].starts < pair[1].ends
        and pair[1].starts < pair[0].ends
    ]
    return [
        [same for visit in visits for same in books.homes(visit, term)],
        [{books.building[r] for r in books.rooms[v.id]} == {v.building_id} for v in visits],
        [same for own, other in pairs for same in books.pair(own, other, term)],
    ]


def test_agreement_equals_the_slow_count(conn: Connection) -> None:
    books, compared = Books.read(conn), Counter[str]()
    for filters in slices(conn):
        visits = [v for v in in_slice(conn, filters) if v.venue == "公寓" and books.rooms[v.id]]
        found = source_agreement(conn, filters, DEAN)
        sums = {by: rows.groupby("source") for by, rows in found.groupby("by")}
        slow = slow_agreement(books, visits, filters.term)
        for source, same in zip(COMPARISONS, slow, strict=True):
            for by in ("", "学院", "楼宇") if same else ():
                rows = sums[by].get_group(source)
                shown = (rows["numerator"].sum(), rows["denominator"].sum())
                assert shown == (sum(same), len(same)), (source, by, filters)
            compared[source] += len(same)
    assert all(compared[source] for source in COMPARISONS)

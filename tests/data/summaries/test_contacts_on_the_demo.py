"""The 44023 summaries of an invented campus against the slow count, on both databases.

The rows of a build are read once; what a page asks of them on a day is counted from them here.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from data.demo.terms import TODAY
from data.engine import reading
from data.models.contact import (
    WORD,
    ConcernStage,
    ContactTotal,
    CounselorPeriod,
    KeyGroupCount,
    NodeCoverage,
    StudentContact,
)
from data.models.dashboard import VersionTerm
from data.models.evaluation import SUPPORT_CATEGORIES
from tests.brute_force_contacts import (
    OF_STUDENTS,
    Count,
    Ledgers,
    Who,
    closed_loop,
    field_coverage,
    key_group_contact,
    last_contact,
    node_coverage,
    response_in_time,
    slot_coverage,
)

FIRSTS = {
    "student_coverage": "first_own",
    "student_coverage_any": "first_any",
    "talk": "first_talk",
    "present": "first_present",
    "class": "first_class",
    "room": "first_room",
}
EVERYBODY = Who()


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def moments(ledgers: Ledgers) -> list[tuple[str, date]]:
    """The first day of each term, of teaching, in mid-week, a Saturday, a Sunday, and the last."""
    found = []
    for term, held in ledgers.terms.items():
        first = held["teaching_starts"]
        last = min(held["ends"], TODAY)
        days = (first, *(first + timedelta(days=n) for n in (16, 33, 41, 55)), last)
        found += [(term, held["starts"]), *((term, on) for on in days)]
    return found


def everyone(ledgers: Ledgers) -> list[Who]:
    """Everybody, each college, each building and each counselor."""
    rows = ledgers.rows
    return [
        EVERYBODY,
        *(Who(college=c) for c in sorted({e["college_id"] for e in rows["enrolment"]})),
        *(Who(building=b["id"]) for b in rows["building"]),
        *(Who(counselor=c["id"]) for c in rows["counselor"]),
    ]


def build(conn: Connection, model: Any, term: str) -> list[Any]:
    """Every row of the build of a term."""
    number = select(VersionTerm.build).where(VersionTerm.term_id == term).scalar_subquery()
    return list(conn.execute(select(model.__table__).where(model.build == number)))


def of(rows: list[Any], who: Who) -> list[Any]:
    return [
        row
        for row in rows
        if who.college in ("", row.college_id)
        and who.building in ("", getattr(row, "building_id", ""))
        and who.counselor in ("", row.counselor_id)
    ]


def share(rows: list[Any], column: str, day: date) -> Count:
    """How many of the rows have a first day, and up to this one."""
    first = [getattr(row, column) for row in rows]
    return sum(found is not None and found <= day for found in first), len(first)


def in_force(rows: list[Any], day: date) -> list[Any]:
    return [row for row in rows if row.starts <= day < row.until]


def test_the_demo_has_all_that_is_counted(ledgers: Ledgers) -> None:
    """Every metric is neither nothing nor everything, so that the tests below can fail."""
    term, day = moments(ledgers)[-2]
    counts = {key: metric(ledgers, term, day, EVERYBODY) for key, metric in OF_STUDENTS.items()}
    counts |= {
        metric.__name__: metric(ledgers, term, day, EVERYBODY)
        for metric in (
            *(slot_coverage, field_coverage, node_coverage),
            *(response_in_time, closed_loop, key_group_contact),
        )
    }
    assert all(0 < made < due for made, due in counts.values()), counts
    assert len(set(counts.values())) == len(counts)


def test_students_met_in_every_way(conn: Connection, ledgers: Ledgers) -> None:
    held = {term: build(conn, StudentContact, term) for term in ledgers.terms}
    whose = everyone(ledgers)
    for term, day in moments(ledgers):
        here = [row for row in in_force(held[term], day) if row.away == ""]
        for who in whose:
            rows = of(here, who)
            for key, metric in OF_STUDENTS.items():
                slow = metric(ledgers, term, day, who)
                assert share(rows, FIRSTS[key], day) == slow, (key, term, day, who)


def test_totals_add_up_to_the_same(conn: Connection, ledgers: Ledgers) -> None:
    ways = {"own": "student_coverage", "any": "student_coverage_any"}
    held = {term: build(conn, ContactTotal, term) for term in ledgers.terms}
    for term, day in moments(ledgers):
        for who in [who for who in everyone(ledgers) if not (who.building or who.counselor)]:
            for way, key in ways.items():
                rows = [
                    row
                    for row in in_force(held[term], day)
                    if row.way == way and who.college in ("", row.college_id)
                ]
                met = sum(r.number for r in rows if r.first is not None and r.first <= day)
                counted = met, sum(row.number for row in rows)
                assert counted == OF_STUDENTS[key](ledgers, term, day, who), (way, term, day, who)


def test_last_contacts_are_in_the_bits_of_the_days(conn: Connection, ledgers: Ledgers) -> None:
    spring, autumn = ledgers.terms
    before = last_contact(ledgers, spring, ledgers.terms[spring]["ends"])
    held = {term: build(conn, StudentContact, term) for term in ledgers.terms}
    for term, day in moments(ledgers):
        last = last_contact(ledgers, term, day)
        passed = (day - ledgers.terms[term]["starts"]).days
        for row in held[term]:
            bits = sum(getattr(row, f"own_{n}") << WORD * n for n in range(4))
            so_far = bits & ((2 << passed) - 1)
            expected = last.get(row.student_id)
            days_ago = (day - expected).days if expected else None
            assert (passed - so_far.bit_length() + 1 if so_far else None) == days_ago
            if term == autumn:
                assert row.last_before == before.get(row.student_id)


def test_periods_and_fields(conn: Connection, ledgers: Ledgers) -> None:
    held = {term: build(conn, CounselorPeriod, term) for term in ledgers.terms}
    for term, day in moments(ledgers):
        ended = [row for row in held[term] if row.until <= day + timedelta(days=1)]
        for who in [who for who in everyone(ledgers) if not who.building]:
            rows = of(ended, who)
            due = [row for row in rows if row.due]
            made = sum(row.long > 0 for row in due)
            assert (made, len(due)) == slot_coverage(ledgers, term, day, who), (term, day, who)
            assert _fields(rows) == field_coverage(ledgers, term, day, who), (term, day, who)


def _fields(rows: list[Any]) -> Count:
    """A visit without a time was somewhere all the same."""
    asked = {(row.counselor_id, row.week) for row in rows if row.due}
    weeks: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        if row.listed and (row.counselor_id, row.week) in asked:
            both = weeks.setdefault((row.counselor_id, row.week), [0, 0])
            both[0] += row.apartment
            both[1] += row.elsewhere
    return sum(all(both) for both in weeks.values()), len(weeks)


def test_visits_outside_what_is_due_are_in_the_rows_too(conn: Connection, ledgers: Ledgers) -> None:
    """Every visit of a term up to the day of the data is in exactly one row."""
    for term, held in ledgers.terms.items():
        rows = build(conn, CounselorPeriod, term)
        days = [v["day"] for v in ledgers.rows["visit"]]
        assert sum(row.visits for row in rows) == sum(
            held["starts"] <= on <= held["ends"] for on in days
        )
        assert all(row.visits == row.apartment + row.elsewhere for row in rows)


def test_key_dates(conn: Connection, ledgers: Ledgers) -> None:
    for term, day in moments(ledgers):
        due = [row for row in build(conn, NodeCoverage, term) if row.due <= day]
        for who in [EVERYBODY, *(Who(building=b["id"]) for b in ledgers.rows["building"])]:
            rows = [row for row in due if who.building in ("", row.building_id)]
            slow = node_coverage(ledgers, term, day, who)
            assert share(rows, "first_visit", day) == slow, (term, day, who)


def test_concerns(conn: Connection, ledgers: Ledgers) -> None:
    held = {term: build(conn, ConcernStage, term) for term in ledgers.terms}
    for term, day in moments(ledgers):
        raised = [row for row in held[term] if not row.carried and row.raised <= day]
        for who in everyone(ledgers):
            rows = of(raised, who)
            assert share(rows, "confirmed", day) == closed_loop(ledgers, term, day, who)
            past = [row for row in rows if row.limit_day < day]
            kept = sum(row.responded is not None and row.responded <= row.limit_day for row in past)
            slow = response_in_time(ledgers, term, day, who)
            assert (kept, len(past)) == slow, (term, day, who)


@pytest.mark.parametrize("category", ["", *SUPPORT_CATEGORIES])
def test_key_groups(conn: Connection, ledgers: Ledgers, category: str) -> None:
    held = {term: build(conn, KeyGroupCount, term) for term in ledgers.terms}
    for term, day in moments(ledgers):
        here = [row for row in in_force(held[term], day) if row.category == category]
        for who in [who for who in everyone(ledgers) if not who.building]:
            rows = of(here, who)
            met = sum(r.number for r in rows if r.first_own is not None and r.first_own <= day)
            slow = key_group_contact(ledgers, term, day, who, category)
            assert (met, sum(row.number for row in rows)) == slow, (term, day, who)

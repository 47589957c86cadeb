"""Rows about whom counselors met, when they came and what was answered, by hand: the docstring of
tests/counseling.py is the expected answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from data.engine import reading
from data.models.contact import (
    ConcernStage,
    ContactTotal,
    CounselorPeriod,
    EngagementSession,
    KeyGroupCount,
    NodeCoverage,
    StudentContact,
)
from data.models.dashboard import VersionTerm
from tests.counseling import (
    CLOSED,
    COVERAGE,
    ENDED_WEEKS,
    FIELDS,
    IN_TIME,
    NEEDS,
    NODES,
    SLOTS,
)
from tests.world import AUTUMN, AUTUMN_STARTS, SPRING, SPRING_STARTS, TODAY, day

Row = tuple[Any, ...]
END, SPRING_END = date(2027, 1, 18), date(2026, 7, 6)
"""The first day after each term."""


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    with reading(counseling_database) as opened:
        yield opened


def found(conn: Connection, model: Any, columns: str, term: str = AUTUMN) -> list[Row]:
    """Rows of the build of a term, sorted; missing dates last."""
    build = select(VersionTerm.build).where(VersionTerm.term_id == term).scalar_subquery()
    chosen = [getattr(model, name) for name in columns.split()]
    rows = [tuple(row) for row in conn.execute(select(*chosen).where(model.build == build))]
    return sorted(rows, key=lambda row: tuple((v is None, v) for v in row))


def on(text: str) -> date | None:
    return day(text) if text else None


def days(*numbers: int) -> tuple[int, ...]:
    """Days of a term as the bits of four numbers of sixty days."""
    return tuple(sum(1 << n % 60 for n in numbers if n // 60 == word) for word in range(4))


FIRSTS = "first_own first_any first_talk first_present first_class first_room last_own last_before"
MET = {
    "a1": ("09-07", "09-07", "", "09-07", "10-15", "09-07", "10-15", "2026-03-02"),
    "a2": ("09-07", "09-07", "09-08", "09-07", "", "09-07", "09-08", ""),
    "a3": ("", "10-06", "", "", "", "", "", ""),
    "a4": ("10-16", "10-16", "11-03", "", "10-16", "11-03", "11-03", ""),
    "a5": ("11-12", "11-12", "11-12", "", "", "11-12", "11-12", ""),
    "b1": ("09-30", "09-30", "", "09-30", "", "09-30", "11-06", "2026-07-05"),
    "b2": ("09-30", "09-30", "11-05", "09-30", "", "09-30", "11-05", ""),
    "c1": ("11-05", "11-05", "", "11-05", "", "", "11-05", ""),
    "c2": ("11-25", "11-10", "11-25", "", "", "10-20", "11-25", ""),
    "d1": ("", "", "", "", "", "", "", ""),
    "z1": ("10-15", "10-15", "", "", "10-15", "", "10-15", ""),
}
DAYS = {
    "a1": (0, 38),
    "a2": (0, 1),
    "a4": (39, 57),
    "a5": (66,),
    "b1": (23, 60),
    "b2": (23, 59),
    "c1": (59,),
    "c2": (79,),
    "z1": (38,),
}
SLICES = (
    ("a1", "X", "k1", "A11", "A1", "", "09-07", ""),
    ("a2", "X", "k1", "A11", "A1", "", "09-07", ""),
    ("a3", "Y", "k2", "A12", "A1", "", "09-07", ""),
    ("a4", "Y", "k2", "A21", "A2", "", "09-07", "10-21"),
    ("a4", "X", "k4", "A21", "A2", "", "10-21", ""),
    ("a5", "X", "k1", "A31", "A3", "", "09-07", ""),
    ("b1", "Y", "k2", "BE1", "BE", "", "09-07", ""),
    ("b2", "Y", "k2", "BE1", "BE", "", "09-07", "11-01"),
    ("b2", "Y", "k2", "C11", "C1", "", "11-01", ""),
    ("c1", "X", "k1", "C11", "C1", "交换", "09-07", ""),
    ("c2", "Y", "k2", "C99", "", "", "09-07", ""),
    ("d1", "X", "k1", "D11", "D1", "", "10-01", ""),
    ("z1", "X", "k1", "", "", "", "09-07", ""),
)


def test_each_slice_stands_beside_all_contacts_of_its_student(conn: Connection) -> None:
    columns = f"student_id college_id counselor_id room_id floor_id away starts until {FIRSTS}"
    bits = "own_0 own_1 own_2 own_3"
    assert found(conn, StudentContact, f"{columns} {bits}") == sorted(
        (
            (*named, day(starts), on(until) or END, *map(on, MET[named[0]]), *_bits(named[0]))
            for *named, starts, until in SLICES
        ),
        key=lambda row: (row[0], row[1] != "X" if row[0] == "a4" else row[6]),
    )


def _bits(student: str) -> tuple[int, ...]:
    return days(*DAYS.get(student, ()))


def test_a_term_ends_with_its_last_day(conn: Connection) -> None:
    """What was met on the day after does not count, though noted under the term."""
    columns = f"student_id starts until {FIRSTS} own_0 own_1 own_2 own_3"
    whole = (SPRING_STARTS, SPRING_END)
    first, last, other = date(2026, 3, 2), date(2026, 7, 5), date(2026, 6, 10)
    nothing = (None,) * 8
    assert found(conn, StudentContact, columns, SPRING) == [
        ("a1", *whole, first, first, None, None, first, None, first, None, *days(0)),
        ("a2", *whole, *nothing, *days()),
        ("b1", *whole, last, last, last, None, None, None, last, None, *days(125)),
        ("g1", *whole, None, other, *nothing[2:], *days()),
    ]


def test_the_rows_give_the_coverage_of_the_day(conn: Connection) -> None:
    rows = found(conn, StudentContact, "first_own first_any away starts until")
    here = [row for row in rows if row[2] == "" and row[3] <= TODAY < row[4]]
    for place, way in enumerate(COVERAGE):
        met = sum(row[place] is not None and row[place] <= TODAY for row in here)
        assert (met, len(here)) == COVERAGE[way]


def test_totals_hold_as_many_slices_as_there_are(conn: Connection) -> None:
    columns = "way campus_id college_id starts until first number"
    own = [row[1:] for row in found(conn, ContactTotal, columns) if row[0] == "own"]
    term = (AUTUMN_STARTS, END)
    assert own == [
        ("", "X", *term, day("10-15"), 1),  # z1
        ("N", "X", *term, day("09-07"), 2),  # a1 a2
        ("N", "X", *term, day("11-12"), 1),  # a5
        ("N", "X", day("10-21"), END, day("10-16"), 1),  # a4
        ("N", "Y", day("09-07"), day("10-21"), day("10-16"), 1),  # a4
        ("N", "Y", day("09-07"), day("11-01"), day("09-30"), 1),  # b2
        ("N", "Y", *term, day("09-30"), 1),  # b1
        ("N", "Y", *term, day("11-25"), 1),  # c2
        ("N", "Y", *term, None, 1),  # a3
        ("N", "Y", day("11-01"), END, day("09-30"), 1),  # b2
        ("S", "X", day("10-01"), END, None, 1),  # d1
    ]
    ways = {row[0]: 0 for row in found(conn, ContactTotal, columns)}
    for row in found(conn, ContactTotal, columns):
        ways[row[0]] += row[-1]
    assert ways == {"own": 12, "any": 12, "away": 1}


VISITED = (
    # counselor, week, period: visits, long, apartment, elsewhere, minutes; due, listed
    ("k1", 1, "上午", 1, 0, 1, 0, 39, 1, 1),
    ("k1", 1, "中午", 1, 1, 1, 0, 40, 1, 1),
    ("k1", 5, "下午", 1, 1, 1, 0, 60, 1, 1),
    ("k1", 6, "上午", 1, 0, 0, 1, 0, 1, 1),
    ("k1", 10, "", 1, 0, 1, 0, 0, 0, 1),
    ("k1", 11, "", 1, 0, 1, 0, 0, 0, 1),
    ("k2", 4, "晚上", 1, 1, 1, 0, 45, 1, 1),
    ("k2", 6, "上午", 1, 1, 0, 1, 50, 1, 1),
    ("k2", 6, "晚上", 1, 0, 1, 0, 30, 1, 1),
    ("k2", 7, "晚上", 1, 1, 1, 0, 60, 0, 1),
    ("k2", 9, "下午", 2, 2, 2, 0, 120, 1, 1),
    ("k2", 9, "中午", 1, 1, 1, 0, 50, 1, 1),
    ("k3", 9, "下午", 1, 1, 1, 0, 60, 1, 0),
    ("k3", 10, "晚上", 1, 1, 1, 0, 40, 1, 0),
    ("k4", 9, "晚上", 1, 0, 1, 0, 30, 1, 1),
)


def test_every_visit_falls_into_a_period_of_its_week(conn: Connection) -> None:
    columns = "counselor_id week period visits long apartment elsewhere minutes due listed"
    rows = found(conn, CounselorPeriod, columns)
    assert [row for row in rows if row[3]] == sorted(VISITED)


def test_four_periods_are_due_in_each_teaching_week_in_office(conn: Connection) -> None:
    """k4 came on a Wednesday: week 6 is not asked of them."""
    rows = found(conn, CounselorPeriod, "counselor_id week period due")
    due = [row[:3] for row in rows if row[3]]
    weeks = dict.fromkeys(("k1", "k2", "k3"), (*ENDED_WEEKS, 11)) | {"k4": (8, 9, 10, 11)}
    periods = ("上午", "下午", "中午", "晚上")
    assert due == [
        (who, week, name) for who, held in weeks.items() for week in held for name in periods
    ]


def test_made_and_due_are_those_of_the_ended_weeks(conn: Connection) -> None:
    columns = "counselor_id week due long listed apartment elsewhere until"
    rows = [r for r in found(conn, CounselorPeriod, columns) if r[7] <= TODAY]
    due = [r for r in rows if r[2]]
    assert (sum(r[3] > 0 for r in due), len(due)) == SLOTS
    asked = {row[:2] for row in due}
    weeks: dict[Row, list[int]] = {}
    for row in rows:
        if row[4] and row[:2] in asked:
            both = weeks.setdefault(row[:2], [0, 0])
            both[0] += row[5]
            both[1] += row[6]
    assert (sum(all(both) for both in weeks.values()), len(weeks)) == FIELDS


def test_weeks_know_their_days(conn: Connection) -> None:
    columns = "week starts until through teaching_days"
    assert {row[0]: row[1:] for row in found(conn, CounselorPeriod, columns)} == {
        week: (starts, until, through, teaching)
        for week, starts, until, through, teaching in (
            (1, day("09-07"), day("09-14"), day("09-13"), 5),
            (2, day("09-14"), day("09-21"), day("09-20"), 5),
            (3, day("09-21"), day("09-28"), day("09-27"), 5),
            (4, day("09-28"), day("10-05"), day("10-04"), 3),
            (5, day("10-05"), day("10-12"), day("10-11"), 2),
            (6, day("10-12"), day("10-19"), day("10-18"), 5),
            (7, day("10-19"), day("10-26"), day("10-25"), 0),
            (8, day("10-26"), day("11-02"), day("11-01"), 5),
            (9, day("11-02"), day("11-09"), day("11-08"), 5),
            (10, day("11-09"), day("11-16"), day("11-15"), 5),
            (11, day("11-16"), day("11-23"), TODAY, 5),
        )
    }


def test_key_dates_are_covered_building_by_building(conn: Connection) -> None:
    rows = found(conn, NodeCoverage, "node_id building_id due ends first_visit visits")
    n1 = (AUTUMN_STARTS, day("09-20"))
    n2 = (day("09-28"), day("10-11"))
    n3 = (day("10-05"), day("11-08"))
    n4 = (date(2027, 1, 4), date(2027, 1, 10))
    assert rows == [
        ("n1", "A", *n1, day("09-07"), 2),
        ("n1", "B", *n1, None, 0),
        ("n1", "C", *n1, None, 0),
        ("n2", "A", *n2, day("10-06"), 1),
        ("n2", "B", *n2, day("09-30"), 1),
        ("n2", "C", *n2, None, 0),
        ("n2", "D", day("10-01"), day("10-11"), None, 0),
        ("n3", "A", *n3, day("10-06"), 3),
        ("n3", "B", *n3, day("10-18"), 2),
        ("n3", "C", *n3, day("10-20"), 3),
        ("n3", "D", *n3, None, 0),
        *(("n4", building, *n4, None, 0) for building in "ABCD"),
    ]
    begun = [row for row in rows if row[2] <= TODAY]
    assert (sum(row[4] is not None and row[4] <= TODAY for row in begun), len(begun)) == NODES


STAGES = "assigned responded resolved confirmed"


def test_concerns_reach_their_stages_in_order(conn: Connection) -> None:
    """A missing step counts as taken with the next one on record, a late one too."""
    columns = f"concern_id carried raised limit_day {STAGES}"
    rows = found(conn, ConcernStage, columns)
    assert rows == [
        (number, carried, day(raised), day(limit), *map(on, steps))
        for number, carried, raised, limit, *steps in (
            (1, 1, "2026-06-20", "2026-06-24", "2026-06-22", "09-10", "", ""),
            (2, 0, "09-25", "09-30", "09-30", "09-30", "10-09", "10-10"),
            (3, 0, "09-29", "10-09", "10-12", "10-12", "", ""),
            (4, 0, "10-16", "10-28", "10-27", "10-27", "10-27", ""),
            (5, 0, "11-17", "11-20", "", "", "", ""),
            (6, 0, "11-18", "11-23", "11-18", "11-18", "11-19", "11-19"),
            (8, 1, "2026-05-01", "2026-05-06", "09-07", "09-07", "09-07", ""),
        )
    ]
    own = [row for row in rows if not row[1]]
    past = [row for row in own if row[3] < TODAY]
    assert (sum(row[5] is not None and row[5] <= row[3] for row in past), len(past)) == IN_TIME
    assert (sum(row[7] is not None and row[7] <= TODAY for row in own), len(own)) == CLOSED


def test_a_term_has_the_limits_set_for_it(conn: Connection) -> None:
    """In the spring five working days, and nothing of what came after is left out."""
    columns = f"concern_id carried limit_day {STAGES}"
    assert found(conn, ConcernStage, columns, SPRING) == [
        (number, 0, day(limit), *map(on, steps))
        for number, limit, *steps in (
            (1, "2026-06-26", "2026-06-22", "09-10", "", ""),
            (7, "2026-06-08", "2026-07-01", "2026-07-01", "2026-07-01", "2026-07-01"),
            (8, "2026-05-08", "09-07", "09-07", "09-07", ""),
        )
    ]


def test_a_concern_may_have_no_student_no_building_and_nobody_in_charge(conn: Connection) -> None:
    columns = "concern_id student_id campus_id building_id college_id counselor_id category"
    rows = {row[0]: row[1:] for row in found(conn, ConcernStage, columns)}
    assert rows[3] == ("", "N", "A", "X", "k1", "安全")
    assert rows[5] == ("c2", "", "", "Y", "", "心理")


def test_needs_count_a_student_once_and_by_category(conn: Connection) -> None:
    columns = "category college_id counselor_id starts until first_own number"
    rows = found(conn, KeyGroupCount, columns)
    of_b2 = (
        ("Y", "k2", day("09-07"), day("11-01"), day("09-30"), 1),
        ("Y", "k2", day("11-01"), END, day("09-30"), 1),
    )
    of_d1 = ("X", "k1", day("10-01"), END, None, 1)
    of_a2 = ("X", "k1", day("09-07"), END, day("09-07"), 1)
    assert rows == [
        *(("", *row) for row in (of_a2, of_d1, *of_b2)),
        ("学业困难", *of_a2),
        ("心理困惑", *of_d1),
        *(("经济困难", *row) for row in (of_d1, *of_b2)),
    ]
    now = [row for row in rows if row[0] == "" and row[3] <= TODAY < row[4]]
    met = sum(row[6] for row in now if row[5] is not None and row[5] <= TODAY)
    assert (met, sum(row[6] for row in now)) == NEEDS


def test_sessions_say_what_is_known_of_them(conn: Connection) -> None:
    columns = "engagement_id day carrier person_code cluster_id building_id college_id hours"
    rows = found(conn, EngagementSession, f"{columns} attended")
    assert rows == [
        (1, day("10-15"), "导师有约", "", "Q", "C", "X", 0.0, None),
        (2, TODAY, "领导面对面", "L1", "P", "A", "", 1.5, 30),
    ]
    spring = found(conn, EngagementSession, "engagement_id day attended", SPRING)
    assert spring == [(3, date(2026, 7, 5), 8)]

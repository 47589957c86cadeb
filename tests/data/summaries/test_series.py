"""Weekly series by hand, from what tests/counseling.py says happened.

Whole teaching weeks of the autumn are 1–6 and 8–10: week 7 is a holiday, week 11 still running.

Students on the Sunday of weeks 1–3 | 4–6 | 8–10 (d1 came on 10-01, a4 went from Y to X in week 7,
b2 moved from B to C on Sunday 11-01; c1 is away)
    X  4 a1 a2 a5 z1 | 5 with d1 | 6 with a4        Y  5 a3 a4 b1 b2 c2 | 5 | 4
    A  5 | 5 | 5     B  2 b1 b2 | 2 | 1             C  1 c2 | 1 | 2      D  none | 1 | 1
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, select, update

from data.engine import reading, writing
from data.models.contact import WeekCount
from data.models.dashboard import VersionTerm
from data.models.people import Counselor
from data.summaries.refresh import refresh
from tests import counseling
from tests.counseling import ENDED_WEEKS
from tests.world import AUTUMN, TODAY, day

Series = dict[int, tuple[int, int]]
ENROLLED = {"X": (4, 5, 6), "Y": (5, 5, 4), "A": (5, 5, 5), "B": (2, 2, 1), "C": (1, 1, 2)}
LATER = (4, 5, 6, 8, 9, 10)
BUILD = (
    select(VersionTerm.build)
    .where(VersionTerm.term_id == AUTUMN)
    .order_by(VersionTerm.version_id.desc())
    .limit(1)
    .scalar_subquery()
)


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    with reading(counseling_database) as opened:
        yield opened


def series(conn: Connection, metric: str, subject: str) -> Series:
    """`numerator, denominator` by week."""
    row = WeekCount
    stmt = select(row.week, row.numerator, row.denominator).where(
        row.build == BUILD, row.metric == metric, row.subject_id == subject
    )
    found = conn.execute(stmt).all()
    assert len({week for week, *_ in found}) == len(found)
    return {week: (made, whole) for week, made, whole in found}


def of_students(subject: str, **weeks: int) -> Series:
    """Counts of some weeks (`w9=2`) among the students of the subject, 0 in the others."""
    return {
        week: (weeks.get(f"w{week}", 0), ENROLLED[subject][(week > 3) + (week > 6)])
        for week in ENDED_WEEKS
    }


def counted(**weeks: int) -> Series:
    return {week: (weeks.get(f"w{week}", 0), 1) for week in ENDED_WEEKS}


def test_students_met_in_a_week_by_their_own(conn: Connection) -> None:
    """By whom they belonged to on its last day: a4 was met in week 6 for Y, in week 9 for X; a3
    was met in week 5 by somebody else's, c2 in week 10 too."""
    for subject, weeks in {
        "X": {"w1": 2, "w6": 2, "w9": 1, "w10": 1},
        "Y": {"w4": 2, "w6": 1, "w9": 2},
        "A": {"w1": 2, "w6": 2, "w9": 1, "w10": 1},
        "B": {"w4": 2, "w9": 1},
        "C": {"w9": 1},
    }.items():
        assert series(conn, "met_share", subject) == of_students(subject, **weeks), subject
    assert series(conn, "met_share", "D") == dict.fromkeys(LATER, (0, 1))


def test_visits_in_a_week(conn: Connection) -> None:
    """Of a building those to its apartments, of a college those of its counselors (k3 has none);
    two counselors in one visit are two."""
    for subject, weeks in {
        "A": {"w1": 2, "w5": 1, "w9": 2, "w10": 1},
        "B": {"w4": 1, "w6": 1, "w9": 1},
        "C": {"w9": 2, "w10": 1},
        "X": {"w1": 2, "w5": 1, "w6": 1, "w9": 1, "w10": 1},
        "Y": {"w4": 1, "w6": 2, "w9": 3},
    }.items():
        assert series(conn, "visits", subject) == counted(**weeks), subject
    assert series(conn, "visits", "D") == dict.fromkeys(LATER, (0, 1))


def test_activities_in_a_week(conn: Connection) -> None:
    """One on 09-10 in A and B, by X."""
    for subject in ("A", "B", "X"):
        assert series(conn, "activities", subject) == counted(w1=1), subject
    assert series(conn, "activities", "Y") == counted()


def test_concerns_raised_in_a_week_among_so_many_students(conn: Connection) -> None:
    for subject, weeks in {
        "X": {"w4": 1, "w6": 1},
        "Y": {"w3": 1},
        "A": {"w4": 1},
        "B": {"w3": 1},
        "C": {"w6": 1},
    }.items():
        assert series(conn, "concerns", subject) == of_students(subject, **weeks), subject


def test_periods_made_of_those_due_to_a_college(conn: Connection) -> None:
    """X has k1, and k4 from week 8 on; no visit of k4 was long enough."""
    assert series(conn, "slot_share", "X") == {
        **dict.fromkeys((2, 3, 4, 6), (0, 4)),
        **dict.fromkeys((1, 5), (1, 4)),
        **dict.fromkeys((8, 9, 10), (0, 8)),
    }
    assert series(conn, "slot_share", "Y") == {
        **dict.fromkeys(ENDED_WEEKS, (0, 4)),
        **dict.fromkeys((4, 6), (1, 4)),
        9: (2, 4),
    }


def test_where_nothing_was_due_there_is_no_share(world_copy: str) -> None:
    """k2 leaves after week 6: nobody is asked of Y then, and that is not nought of nought."""
    with writing(world_copy) as conn:
        counseling.add(conn)
        conn.execute(update(Counselor).where(Counselor.id == "k2").values(ends=day("10-25")))
    refresh(world_copy, today=TODAY)
    with reading(world_copy) as conn:
        shares = series(conn, "slot_share", "Y")
        assert shares == {**dict.fromkeys(range(1, 7), (0, 4)), 4: (1, 4), 6: (1, 4)}
        assert series(conn, "met_share", "Y").keys() == set(ENDED_WEEKS)


def test_there_is_nothing_but_these_series(conn: Connection) -> None:
    """A laboratory houses nobody; z1 without a room belongs to a college alone."""
    kinds = select(WeekCount.subject, WeekCount.metric, WeekCount.subject_id).distinct()
    found = {tuple(row) for row in conn.execute(kinds.where(WeekCount.build == BUILD))}
    both = ("met_share", "visits", "activities", "concerns")
    assert found == {
        *(("building", metric, one) for metric in both for one in "ABCD"),
        *(("college", metric, one) for metric in (*both, "slot_share") for one in "XY"),
    }


def test_weeks_say_when_they_were(conn: Connection) -> None:
    stmt = select(WeekCount.starts, WeekCount.until).where(WeekCount.week == 5).distinct()
    assert conn.execute(stmt.where(WeekCount.build == BUILD)).all() == [
        (day("10-05"), day("10-12"))
    ]

"""The teaching calendar by hand: weeks cut at the ends of a term, holidays, limits."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, insert, update

from data.engine import reading, writing
from data.models.time import Holiday, Term
from data.summaries.weeks import Week, holidays, is_working_day, weeks_of, working_day_after
from tests.world import AUTUMN, SPRING, day


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    with reading(counseling_database) as opened:
        yield opened


def test_weeks_run_from_monday_and_know_their_teaching_days(conn: Connection) -> None:
    """国庆节 leaves 3 and 2 days of weeks 4 and 5, 秋假 none of week 7; all others have 5."""
    weeks = weeks_of(conn, AUTUMN)
    assert [w.number for w in weeks] == list(range(1, 20))
    assert [len(w.teaching_days) for w in weeks] == [5, 5, 5, 3, 2, 5, 0, *[5] * 12]
    assert all(w.starts.weekday() == 0 and (w.until - w.starts).days == 7 for w in weeks)
    assert weeks[3].teaching_days == tuple(day(f"09-{n}") for n in (28, 29, 30))
    assert (weeks[-1].starts, weeks[-1].until) == (date(2027, 1, 11), date(2027, 1, 18))


def test_weeks_before_and_after_teaching_have_no_teaching_days(world_copy: str) -> None:
    """A term from Wednesday 03-04 to Thursday 07-09; teaching from Tuesday 03-10 for 16 weeks:
    week 1 is from Monday 03-09, week 0 the one before it, week 16 ends on 06-28."""
    with writing(world_copy) as conn:
        conn.execute(
            update(Term)
            .where(Term.id == SPRING)
            .values(
                starts=date(2026, 3, 4),
                ends=date(2026, 7, 9),
                teaching_starts=date(2026, 3, 10),
                teaching_weeks=16,
            )
        )
        weeks = weeks_of(conn, SPRING)
    assert weeks[0] == Week(0, date(2026, 3, 4), date(2026, 3, 9), ())
    assert weeks[1].starts == date(2026, 3, 9)
    assert weeks[1].teaching_days == tuple(date(2026, 3, n) for n in (10, 11, 12, 13))
    assert [len(w.teaching_days) for w in weeks] == [0, 4, *[5] * 15, 0, 0]
    assert weeks[-1] == Week(18, date(2026, 7, 6), date(2026, 7, 10), ())


def test_a_holiday_holds_on_its_first_and_its_last_day(conn: Connection) -> None:
    free = holidays(conn)
    assert len(free) == 14
    assert {day("10-01"), day("10-07"), day("10-19"), day("10-25")} <= free
    assert not {day("09-30"), day("10-08"), day("10-26")} & free


def test_holidays_that_overlap_are_one(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(
            insert(Holiday),
            [
                {"term_id": AUTUMN, "name": "中秋", "starts": day("10-06"), "ends": day("10-08")},
                {"term_id": AUTUMN, "name": "国庆", "starts": day("10-01"), "ends": day("10-07")},
            ],
        )
        assert holidays(conn) == frozenset(day(f"10-{n:02}") for n in range(1, 9))
        assert len(weeks_of(conn, AUTUMN)[4].teaching_days) == 1  # Friday 10-09


@pytest.mark.parametrize(
    ("raised", "count", "limit"),
    [
        ("11-17", 3, "11-20"),  # Tuesday: Wednesday, Thursday, Friday
        ("11-18", 3, "11-23"),  # over a weekend
        ("11-20", 1, "11-23"),  # Friday: Monday
        ("11-21", 1, "11-23"),  # Saturday: Monday too
        ("09-29", 3, "10-09"),  # 09-30, then 10-08 and 10-09 after 国庆节
        ("10-03", 3, "10-12"),  # in 国庆节: 10-08, 10-09, Monday 10-12
        ("10-16", 3, "10-28"),  # before 秋假
        ("11-17", 0, "11-17"),  # the same day
    ],
)
def test_a_limit_counts_working_days_from_the_day_after(
    conn: Connection, raised: str, count: int, limit: str
) -> None:
    assert working_day_after(day(raised), count, holidays(conn)) == day(limit)


def test_weekends_and_holidays_are_not_worked(conn: Connection) -> None:
    free = holidays(conn)
    looked = ("10-05", "10-09", "10-10", "10-11", "10-12")
    worked = [on for on in looked if is_working_day(day(on), free)]
    assert worked == ["10-09", "10-12"]

"""How far a term has come, by hand: the autumn of the world begins on Monday, 7 September 2026."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, update

from data.engine import reading, writing
from data.models.time import Holiday, Term
from data.summaries.weeks import Week
from queries.filters import Filters
from queries.teaching import Progress, progress, week_ends, year_before
from tests.world import AUTUMN, SPRING, day, rows


@pytest.fixture
def conn(world_copy: str) -> Iterator[Connection]:
    """The world with two holidays: a Wednesday to Friday, and a week from Monday to Sunday."""
    with writing(world_copy) as conn:
        rows(
            conn,
            Holiday,
            "term_id name starts ends",
            (AUTUMN, "国庆节", day("09-30"), day("10-02")),
            (AUTUMN, "秋假", day("10-12"), day("10-18")),
        )
    with reading(world_copy) as conn:
        yield conn


def on(text: str) -> Filters:
    return Filters(term=AUTUMN, date=day(text).isoformat())


def test_teaching_days_leave_out_weekends_and_holidays(conn: Connection) -> None:
    """19 weeks of 5 days, less 3 and 5; by Sunday 4 October 4 × 5 - 3 have passed."""
    far = progress(conn, on("10-04"))
    assert far.days == (17, 87)
    assert far.share == pytest.approx(17 / 87)
    assert progress(conn, on("09-07")).days == (1, 87)


def test_a_week_is_over_on_its_sunday(conn: Connection) -> None:
    assert [w.number for w in progress(conn, on("09-19")).ended] == [1]
    assert [w.number for w in progress(conn, on("09-20")).ended] == [1, 2]


def test_a_week_without_teaching_is_none(conn: Connection) -> None:
    far = progress(conn, on("10-25"))
    assert [w.number for w in far.ended] == [1, 2, 3, 4, 5, 7]
    assert progress(conn, on("10-14")).week == 0
    assert far.week == 7


def test_weeks_left_count_the_running_one_by_its_days(conn: Connection) -> None:
    """After Wednesday of week 8, two fifths of it and 11 more weeks are left."""
    assert progress(conn, on("10-28")).weeks_left == pytest.approx(0.4 + 11)
    assert progress(conn, on("2027-01-17")).weeks_left == 0


def test_shares_are_taken_at_the_ends_of_weeks_and_today() -> None:
    weeks = (
        Week(1, date(2026, 9, 7), date(2026, 9, 14), (date(2026, 9, 7),)),
        Week(2, date(2026, 9, 14), date(2026, 9, 21), (date(2026, 9, 14),)),
    )
    days = pd.DataFrame(
        {
            "day": pd.date_range("2026-09-07", "2026-09-16").date,
            "numerator": range(10),
            "denominator": [10] * 10,
        }
    )
    assert week_ends(days, Progress(weeks, date(2026, 9, 16))) == [0.6, 0.9]


def test_without_a_year_before_there_is_none(conn: Connection) -> None:
    assert year_before(conn, on("11-20")) is None


def test_the_same_week_of_the_year_before(world_copy: str) -> None:
    """The spring is moved to the autumn before; only a summarised term is compared with."""
    moved = {"starts": date(2025, 9, 1), "teaching_starts": date(2025, 9, 8)}
    with writing(world_copy) as conn:
        conn.execute(update(Term).where(Term.id == SPRING).values(**moved, ends=date(2026, 1, 18)))
    with reading(world_copy) as conn:
        then = year_before(conn, Filters(term=AUTUMN, date="2026-11-20", college="X"))
    assert then == Filters(term=SPRING, date="2025-11-21", college="X")

"""How long ledgers have gone without a row, by hand on the clean campus, where all is of 10-10."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, delete

from data.contract.check import check
from data.contract.freshness import RHYTHMS, Freshness, freshness, last_day, overdue
from data.contract.structure import compare
from tests.data.contract.clean import DAY, MOVED, loose

MOVED_IN = MOVED + timedelta(days=1)


def of(conn: Connection, name: str, as_of: date) -> Freshness:
    [found] = [f for f in freshness(conn, as_of) if f.rhythm.column.table.name == name]
    return found


@pytest.mark.parametrize(("days", "late"), [(0, False), (7, False), (8, True)])
def test_a_ledger_is_late_after_the_days_it_may_take(
    loose: Connection, days: int, late: bool
) -> None:
    found = of(loose, "visit", DAY + timedelta(days=days))
    assert (found.last, found.days, found.late) == (DAY, days, late)


def test_what_is_usual_is_counted_over_eight_weeks(loose: Connection) -> None:
    assert of(loose, "visit", DAY).weekly == 1 / 8


def test_moments_count_as_the_day_they_lie_in(loose: Connection) -> None:
    found = of(loose, "service_request", DAY)
    assert (found.last, found.days, found.weekly) == (DAY, 0, 1 / 8)


def test_the_past_knows_nothing_of_what_came_later(loose: Connection) -> None:
    found = of(loose, "visit", DAY - timedelta(days=1))
    assert (found.last, found.days, found.weekly, found.late) == (None, None, None, False)


def test_an_empty_ledger_is_not_late(loose: Connection) -> None:
    loose.execute(delete(_table("visit")))
    assert not of(loose, "visit", DAY + timedelta(days=99)).late


def test_every_rhythm_dates_rows_of_its_own_ledger() -> None:
    assert all(rhythm.column.table is rhythm.model.__table__ for rhythm in RHYTHMS)


def test_the_data_ends_where_the_last_row_was_written(loose: Connection) -> None:
    """s3 moved in on 11-01, the last thing that happened."""
    assert last_day(loose, date(2027, 1, 1)) == MOVED_IN
    assert last_day(loose, DAY) == DAY


def test_the_report_names_late_ledgers_and_whom_to_ask(loose: Connection) -> None:
    """On 11-01, 22 days after 10-10: visits, leads, activities, concerns and requests are late."""
    readable = compare(loose).readable
    found = list(overdue(loose, date(2027, 1, 1), readable))
    assert [f.title for f in found] == [
        f"{name}已有 22 天没有新记录"
        for name in ("走访台账", "五带头台账", "社区活动台账", "关切问题台账", "服务办理台账")
    ]
    assert found[0].remedy.startswith("向学院催报")
    assert list(overdue(loose, date(2027, 1, 1), frozenset())) == []


def test_the_command_tells_of_them_too(strict_database: str) -> None:
    text = check(strict_database).text()
    assert "走访台账已有 22 天没有新记录" in text


_table = loose

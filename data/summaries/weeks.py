"""The teaching calendar of a term: its weeks, its teaching days, its working days."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from data.models.time import Holiday, Term

WEEKEND = 5  # Monday is 0


@dataclass(frozen=True)
class Week:
    """A week of a term from Monday, `starts` ≤ day < `until`, cut at the ends of the term.

    `number` 1 is the first teaching week. Without a teaching day a week breaks every series.
    """

    number: int
    starts: date
    until: date
    teaching_days: tuple[date, ...]


def weeks_of(conn: Connection, term: str) -> tuple[Week, ...]:
    """Every week of a term, those before and after its teaching weeks too."""
    found = conn.execute(select(Term.__table__).where(Term.id == term)).one()
    free = holidays(conn)
    first = found.teaching_starts - timedelta(days=found.teaching_starts.weekday())
    opened = found.starts - timedelta(days=found.starts.weekday())
    return tuple(
        _week(found, free, (monday - first).days // 7 + 1, monday)
        for monday in _days(opened, found.ends, step=7)
    )


def _week(term: Any, free: Collection[date], number: int, monday: date) -> Week:
    taught = 1 <= number <= term.teaching_weeks
    until = min(monday + timedelta(days=7), term.ends + timedelta(days=1))
    starts = max(monday, term.starts)
    days = _days(max(starts, term.teaching_starts), until - timedelta(days=1)) if taught else ()
    return Week(number, starts, until, tuple(d for d in days if is_working_day(d, free)))


def holidays(conn: Connection) -> frozenset[date]:
    """Every day of every holiday on record."""
    rows = conn.execute(select(Holiday.starts, Holiday.ends))
    return frozenset(day for starts, ends in rows for day in _days(starts, ends))


def is_working_day(day: date, free: Collection[date]) -> bool:
    """Monday to Friday and no holiday; weekends worked in lieu are on no ledger."""
    return day.weekday() < WEEKEND and day not in free


def working_day_after(day: date, count: int, free: Collection[date]) -> date:
    """The last day of a limit of `count` working days that begins on the day after."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, free)
    return day


def _days(first: date, last: date, step: int = 1) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=step)

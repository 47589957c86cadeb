"""② the term as a calendar: teaching days, holidays, key dates, and visits to the buildings."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.time import Holiday
from data.summaries.weeks import WEEKEND, Week, weeks_of
from queries.filters import Filters
from queries.key_dates import key_dates, visits_by_day
from queries.period_weeks import state_of

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TEACHING, REST, HOLIDAY, NO_TEACHING = "教学日", "周末", "节假日", "无教学"
DAY_KINDS = (TEACHING, REST, HOLIDAY, NO_TEACHING)
COLUMNS = ["week", "starts", "state", *DAYS, "visits", "holidays", "windows", "days", "nodes"]


@dataclass(frozen=True)
class Day:
    """A day of the term. `visits` are those to the residential buildings of the slice, None on a
    day to come; `holiday` is its name, or ""."""

    day: date
    kind: str
    holiday: str
    visits: int | None


@dataclass(frozen=True)
class Window:
    """A key date's window: so many of its buildings are without a visit, of so many due."""

    id: str
    name: str
    starts: date
    ends: date
    state: str
    missing: int
    buildings: int


def term_calendar(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per week of the term: `week, starts, state, mon … sun, visits, holidays, windows,
    days, nodes`; none where no building is in the slice.

    `mon` … `sun` are the visits of each day and `visits` those of the week; `holidays` and
    `windows` are names, `days` the Day of each day inside the term, `nodes` the Window of each key
    date that touches the week.
    """
    windows = _windows(key_dates(conn, filters, viewer))
    visits = visits_by_day(conn, filters, viewer)
    if not windows and not visits:
        return pd.DataFrame(columns=COLUMNS)
    free = _holidays(conn)
    rows = [_row(week, windows, visits, free, filters) for week in weeks_of(conn, filters.term)]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def _windows(found: pd.DataFrame) -> tuple[Window, ...]:
    return tuple(
        Window(r.node_id, r.node, r.starts, r.ends, r.state, len(r.missing), r.buildings)
        for r in found.itertuples()
    )


def _row(
    week: Week,
    windows: tuple[Window, ...],
    visits: dict[date, int],
    free: dict[date, str],
    filters: Filters,
) -> dict[str, Any]:
    days = [_day(day, week, visits, free, filters) for day in _days(week)]
    inside = tuple(w for w in windows if w.starts < week.until and w.ends >= week.starts)
    known = [day.visits for day in days if day.visits is not None]
    return {
        "week": week.number,
        "starts": week.starts,
        "state": state_of(week, filters.as_of),
        **{DAYS[day.day.weekday()]: day.visits for day in days},
        "visits": sum(known) if known else None,
        "holidays": "、".join(dict.fromkeys(day.holiday for day in days if day.holiday)),
        "windows": "、".join(window.name for window in inside),
        "days": tuple(days),
        "nodes": inside,
    }


def _days(week: Week) -> list[date]:
    return [week.starts + timedelta(days=n) for n in range((week.until - week.starts).days)]


def _day(
    day: date, week: Week, visits: dict[date, int], free: dict[date, str], filters: Filters
) -> Day:
    kind = TEACHING if day in week.teaching_days else NO_TEACHING
    if day.weekday() >= WEEKEND:
        kind = REST
    if day in free:
        kind = HOLIDAY
    seen = visits.get(day, 0) if day <= filters.as_of else None
    return Day(day, kind, free.get(day, ""), seen)


def _holidays(conn: Connection) -> dict[date, str]:
    """Every day of every holiday on record, with its name."""
    found: dict[date, str] = {}
    rows = select(Holiday.name, Holiday.starts, Holiday.ends).order_by(Holiday.starts)
    for name, starts, ends in conn.execute(rows):
        for number in range((ends - starts).days + 1):
            found[starts + timedelta(days=number)] = name
    return found

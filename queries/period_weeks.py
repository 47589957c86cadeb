"""② week by week: which of the four periods were made, and which of the two fields were reached.

A week is over, running, to come, or without teaching; only those that are over make a rate. Of the
running week the newest day is kept: an earlier day in the midst of a week knows nothing of it.
"""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select

from data.access.viewer import Viewer
from data.models.contact import CounselorPeriod
from data.summaries.method import PERIODS, UNTIMED, Method, method_of
from data.summaries.weeks import Week, weeks_of
from queries.contact_slice import periods
from queries.filters import Filters
from queries.periods import fields_of_weeks
from queries.slice import frame
from queries.students_met import count_of

ENDED, RUNNING, AHEAD, FREE = "已结束", "进行中", "未到", "无教学"
STATES = (ENDED, RUNNING, AHEAD, FREE)
ROW = CounselorPeriod
CELL_COUNTS = ("made", "due", "visits", "long")
FIELD_COUNTS = ("both", "apartment", "elsewhere", "neither", "due")
PERIOD_COLUMNS = ["week", "starts", "until", "state", "period", "hours", "minutes", *CELL_COUNTS]
PERIOD_COLUMNS += ["numerator", "denominator"]
FIELD_COLUMNS = ["week", "starts", "until", "state", *FIELD_COUNTS, "numerator", "denominator"]


def state_of(week: Week, day: date) -> str:
    """How a week stands on a day."""
    if not week.teaching_days:
        return FREE
    if week.until <= day + timedelta(days=1):
        return ENDED
    return RUNNING if week.starts <= day else AHEAD


def hours_of(method: Method) -> dict[str, str]:
    """When each period begins and ends, open at the ends of the day: `上午 –12:00`."""
    edges = ["", *(begins.strftime("%H:%M") for _, begins, _ in method.hours[1:]), ""]
    return {name: f"{edges[i]}–{edges[i + 1]}" for i, name in enumerate(PERIODS)}


def period_weeks(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per week of the term and period, and one for visits without a starting time where
    there are any: `week, starts, until, state, period, hours, minutes, made, due, visits, long,
    numerator, denominator`. No row where no counselor is in the slice.

    `made` of `due` counselors came for at least `minutes` at a time; both are missing where nothing
    is known yet. Numerator and denominator repeat them where the week is over.
    """
    found = _cells(conn, filters, viewer)
    if not found:
        return pd.DataFrame(columns=PERIOD_COLUMNS)
    method = method_of(conn, filters.term)
    hours = hours_of(method)
    rows = []
    for week in weeks_of(conn, filters.term):
        for period in (*PERIODS, UNTIMED):
            cell = found.get((week.number, "" if period == UNTIMED else period))
            if period == UNTIMED and not (cell and cell["visits"]):
                continue
            row = {**_week(week, filters), "period": period, "hours": hours.get(period)}
            rows.append({**row, "minutes": method.minutes, **_known(cell, row, CELL_COUNTS)})
    return _framed(rows, PERIOD_COLUMNS, "made")


def _cells(
    conn: Connection, filters: Filters, viewer: Viewer
) -> dict[tuple[int, str], dict[str, int]]:
    """Counts by week and period."""
    stmt = (
        select(
            ROW.week,
            ROW.period,
            count_of(and_(ROW.due == 1, ROW.long > 0)).label("made"),
            func.sum(ROW.due).label("due"),
            func.sum(ROW.visits).label("visits"),
            func.sum(ROW.long).label("long"),
        )
        .where(*periods(filters, viewer))
        .group_by(ROW.week, ROW.period)
    )
    rows = frame(conn, stmt).to_dict("records")
    return {(int(row["week"]), str(row["period"])): row for row in rows}


def fields_by_week(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per week of the term: `week, starts, until, state, both, apartment, elsewhere,
    neither, due, numerator, denominator`; none where no counselor with students is in the slice.

    Counselors are counted once a week: by where they came to, `apartment` and `elsewhere` being
    only there.
    """
    week = fields_of_weeks(filters, viewer, running=True).subquery("week").c
    home, other = week.apartment > 0, week.elsewhere > 0
    stmt = select(
        week.week,
        count_of(and_(home, other)).label("both"),
        count_of(and_(home, ~other)).label("apartment"),
        count_of(and_(other, ~home)).label("elsewhere"),
        count_of(and_(~home, ~other)).label("neither"),
        func.count().label("due"),
    ).group_by(week.week)
    found = {int(row["week"]): row for row in frame(conn, stmt).to_dict("records")}
    if not found:
        return pd.DataFrame(columns=FIELD_COLUMNS)
    rows = []
    for each in weeks_of(conn, filters.term):
        row = _week(each, filters)
        rows.append({**row, **_known(found.get(each.number), row, FIELD_COUNTS)})
    return _framed(rows, FIELD_COLUMNS, "both")


def _week(week: Week, filters: Filters) -> dict[str, Any]:
    return {
        "week": week.number,
        "starts": week.starts,
        "until": week.until,
        "state": state_of(week, filters.as_of),
    }


def _known(cell: Any, row: dict[str, Any], counts: tuple[str, ...]) -> dict[str, int | None]:
    """A cell's counts. In a week that is over nothing on record is 0; else it is not known."""
    known = cell is not None or row["state"] == ENDED
    return {name: int(cell[name]) if cell else 0 if known else None for name in counts}


def _framed(rows: list[dict[str, Any]], columns: list[str], made: str) -> pd.DataFrame:
    """Rows with numerator and denominator; of object columns, so that missing counts stay None."""
    df = pd.DataFrame(rows, columns=columns, dtype=object)
    over = df["state"] == ENDED
    for name, count in (("numerator", made), ("denominator", "due")):
        df[name] = df[count].where(over, None)
    return df

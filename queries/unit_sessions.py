"""Activities of a building, of the buildings a college leads, or those a college held itself."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select

from data.engine import Rows
from data.models.participation import ActivitySession
from data.models.place import BuildingLead
from data.schemes.scheme import BUILDING, COLLEGE_LEADS
from data.summaries.activities import POINTS
from queries.evaluation_period import Period
from queries.filters import Filters
from queries.slice import build_of, frame, valid_on

HELD = ActivitySession
COLUMNS = ["unit_id", *POINTS, "answers", "answered", "came"]


def of_units(stmt: Rows, rows: Any, kind: str, day: Any) -> tuple[Rows, Any]:
    """A SELECT over rows with `building_id` and `college_id`, and the unit each belongs to: the
    building, the college that leads it on a day, or the college the row is of."""
    if kind == COLLEGE_LEADS:
        lead = BuildingLead
        leads = and_(lead.building_id == rows.building_id, valid_on(day, lead.starts, lead.ends))
        return stmt.join(lead, leads), lead.college_id
    return stmt, rows.building_id if kind == BUILDING else rows.college_id


def held_by(filters: Filters, kind: str) -> tuple[Rows, Any]:
    """Every activity of the term up to the day, with the unit it belongs to: an activity in several
    buildings has a row in each."""
    stmt = select().select_from(HELD)
    stmt = stmt.where(HELD.build == build_of(filters.term), HELD.day <= filters.as_of)
    return of_units(stmt, HELD, kind, filters.as_of)


def feedback_of(conn: Connection, kind: str, units: Iterable[str], period: Period) -> pd.DataFrame:
    """One row per unit with an activity: `unit_id`, how many answered 1 to 5 (`ones` to `fives`,
    NaN where the summaries do not say), `answers` in all, and of activities with a list `answered`
    and `came`. An activity counts once in a unit."""
    parts = [frame(conn, _feedback(filters, kind)) for filters in period.parts]
    found = pd.concat(parts).set_index("unit_id").astype(float)
    found = found.groupby(level=0).sum(min_count=1)
    return found.reindex([unit for unit in units if unit in found.index]).reset_index()


def _feedback(filters: Filters, kind: str) -> Rows:
    stmt, unit = held_by(filters, kind)
    names = (HELD.activity_id, *(getattr(HELD, name) for name in POINTS), HELD.answers)
    each = (
        stmt.add_columns(unit.label("unit_id"), *names, HELD.attended).distinct().subquery("each")
    )
    listed = func.sum(each.c.answers).filter(each.c.attended.is_not(None))
    return select(
        each.c.unit_id,
        *(func.sum(each.c[name]).label(name) for name in (*POINTS, "answers")),
        listed.label("answered"),
        func.sum(each.c.attended).label("came"),
    ).group_by(each.c.unit_id)

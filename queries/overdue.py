"""Concerns past their limit without a first response: what to answer next, and who is to."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, or_, select

from data.access.viewer import EVALUATOR, STEWARD, Viewer
from data.engine import Rows
from data.models.contact import ConcernStage
from data.models.people import College, Counselor
from data.models.place import Building
from data.summaries.method import method_of
from data.summaries.weeks import holidays
from queries.concerns import in_slice
from queries.filters import Filters
from queries.slice import Where, frame

MOST = 200
STAGE = ConcernStage
NEVER_SINGLE = frozenset({EVALUATOR, STEWARD})
"""Roles that are told how many there are, never which."""
COLUMNS = ["concern_id", "category", "building_id", "building", "college", "counselor", "raised"]
COLUMNS += ["limit_day", "days", "working_days", "number", "total", "limit_days"]


def overdue_concerns(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """At most 200 concerns of the slice in the viewer's scope whose limit has passed without a
    first response, carried ones too, the longest overdue first: `concern_id, category, building_id,
    building, college, counselor, raised, limit_day, days, working_days, number, total, limit_days`.

    `days` and `working_days` are those since the last day of the limit; `total` is how many there
    are. To roles that see no single concern a row is a college and `number` its concerns.
    """
    if viewer.role in NEVER_SINGLE:
        found = frame(conn, _by_college(filters, viewer))
        found["total"] = found["number"].sum()
    else:
        found = frame(conn, _single(filters, viewer))
        days = pd.to_datetime(found["limit_day"]).to_numpy("datetime64[D]")
        found["days"] = (np.datetime64(filters.as_of) - days).astype(int)
        found["working_days"] = _working_days(conn, days, filters)
    found["limit_days"] = method_of(conn, filters.term).response_days
    return found.reindex(columns=COLUMNS)


def _overdue(filters: Filters, viewer: Viewer) -> list[Where]:
    unanswered = or_(STAGE.responded.is_(None), STAGE.responded > filters.as_of)
    return [*in_slice(filters, viewer), STAGE.limit_day < filters.as_of, unanswered]


def _single(filters: Filters, viewer: Viewer) -> Rows:
    return (
        select(
            STAGE.concern_id,
            STAGE.category,
            STAGE.building_id,
            Building.name.label("building"),
            College.name.label("college"),
            Counselor.name.label("counselor"),
            STAGE.raised,
            STAGE.limit_day,
            func.count().over().label("total"),
        )
        .outerjoin(Building, Building.id == STAGE.building_id)
        .outerjoin(College, College.id == STAGE.college_id)
        .outerjoin(Counselor, Counselor.id == STAGE.counselor_id)
        .where(*_overdue(filters, viewer), viewer.sees_case(STAGE))
        .order_by(STAGE.limit_day, STAGE.raised, STAGE.concern_id)
        .limit(MOST)
    )


def _by_college(filters: Filters, viewer: Viewer) -> Rows:
    number = func.count().label("number")
    return (
        select(College.name.label("college"), number)
        .select_from(STAGE)
        .outerjoin(College, College.id == STAGE.college_id)
        .where(*_overdue(filters, viewer))
        .group_by(College.name)
        .order_by(number.desc(), College.name)
    )


def _working_days(conn: Connection, limits: Any, filters: Filters) -> Any:
    """Working days after each limit, the as-of day included."""
    one = np.timedelta64(1, "D")
    free = np.array(sorted(holidays(conn)), dtype="datetime64[D]")
    return np.busday_count(limits + one, np.datetime64(filters.as_of) + one, holidays=free)

"""44023 in one building, beside the median of its peers."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import ConcernStage, NodeCoverage, StudentContact
from data.models.place import Building
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME
from queries.contact_slice import enrolled
from queries.fact import judged
from queries.filters import Filters
from queries.peers import peers_of
from queries.periods import NODE_COVERAGE
from queries.slice import build_of
from queries.students_met import STUDENT_COVERAGE, count_of, met_by

BUILDING_GOALS = (STUDENT_COVERAGE, NODE_COVERAGE, RESPONSE_IN_TIME, CLOSED_LOOP)
"""The metrics of 44023 that a building has a part in of its own."""
COLUMNS = ["building_id", "key", "name", "unit", "value", "median", "peers", "verdict"]
COLUMNS += ["numerator", "denominator"]
Pairs = dict[str, tuple[int, int]]
"""Building → numerator and denominator."""


def portrait_goals(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of BUILDING_GOALS that the chosen building has: `building_id, key, name,
    unit, value, median, peers, verdict, numerator, denominator`.

    Its own residents, whoever looks after them; its key dates; the concerns raised in it.
    """
    seen = select(Building.id).where(
        Building.id == filters.building, viewer.sees_building(Building.id)
    )
    if conn.scalar(seen) is None:
        return pd.DataFrame([], columns=COLUMNS)
    peers = peers_of(conn, filters)
    pairs = _pairs(conn, filters)
    rows: list[dict[str, Any]] = []
    for metric in BUILDING_GOALS:
        upper, lower = pairs[metric.key].get(filters.building, (0, 0))
        value = metric.value(upper, lower)
        middle = peers.middle({i: metric.value(*pair) for i, pair in pairs[metric.key].items()})
        row = {"key": metric.key, "name": metric.name, "unit": metric.unit, "value": value}
        verdict = judged(value, middle, metric.better, metric.show)
        row |= {"median": middle, "verdict": verdict, "numerator": upper, "denominator": lower}
        rows.append(row | {"building_id": filters.building, "peers": len(peers.ids)})
    return pd.DataFrame(rows, columns=COLUMNS)


def _pairs(conn: Connection, filters: Filters) -> dict[str, Pairs]:
    """Metric → every building's pair, whoever asks: what leaves here is one building in scope, and
    medians over at least four others."""
    answered, closed = _concerns(filters)
    queries = {
        STUDENT_COVERAGE.key: _students(filters),
        NODE_COVERAGE.key: _nodes(filters),
        RESPONSE_IN_TIME.key: answered,
        CLOSED_LOOP.key: closed,
    }
    return {
        key: {building: (upper, lower) for building, upper, lower in conn.execute(stmt)}
        for key, stmt in queries.items()
    }


def _students(filters: Filters) -> Rows:
    row = StudentContact
    met = count_of(met_by(row.first_own, filters))
    stmt = select(row.building_id, met, func.count()).group_by(row.building_id)
    return stmt.where(*enrolled(filters))


def _nodes(filters: Filters) -> Rows:
    row = NodeCoverage
    done = count_of(row.first_visit <= filters.as_of)
    stmt = select(row.building_id, done, func.count()).group_by(row.building_id)
    return stmt.where(row.build == build_of(filters.term), row.due <= filters.as_of)


def _concerns(filters: Filters) -> tuple[Rows, Rows]:
    """First responses in time, and closed loops, of concerns raised in the term so far."""
    row = ConcernStage
    here = [row.build == build_of(filters.term), row.carried == 0, row.raised <= filters.as_of]
    in_time, closed = (
        count_of(row.responded <= row.limit_day),
        count_of(row.confirmed <= filters.as_of),
    )
    answered = select(row.building_id, in_time, func.count()).where(
        *here, row.limit_day < filters.as_of
    )
    done = select(row.building_id, closed, func.count()).where(*here)
    return answered.group_by(row.building_id), done.group_by(row.building_id)

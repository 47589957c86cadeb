"""② 关键节点: which buildings had a counselor's visit inside the window, and which have not yet."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.models.contact import NodeCoverage
from data.models.dashboard import FlowCount
from data.models.place import Building, Cluster
from data.models.time import KeyNode, Term
from queries.contact_slice import in_homes, nodes
from queries.filters import Filters
from queries.slice import frame

COVERED, OPEN, MISSED, AHEAD = "已覆盖", "窗口内未到", "缺口", "未开始"
PAIR_STATES = (COVERED, OPEN, MISSED, AHEAD)
RUNNING, OVER = "窗口进行中", "已结束"
QUIET_DAYS = 14
PAIR = NodeCoverage
PAIR_COLUMNS = ["node_id", "node", "kind", "starts", "ends", "cluster_id", "cluster"]
PAIR_COLUMNS += ["building_id", "building", "state", "first_visit", "numerator", "denominator"]
NODE_COLUMNS = ["node_id", "node", "kind", "starts", "ends", "state", "left", "numerator"]
NODE_COLUMNS += ["denominator", "buildings", "quiet", "names", "missing"]


def node_pairs(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per key date and residential building in use at some time of its window, dates in
    their order and buildings in that of places: `node_id, node, kind, starts, ends, cluster_id,
    cluster, building_id, building, state, first_visit, numerator, denominator`.

    A pair is due once the window has begun (later where the building opened later); it is covered
    from the first visit to the apartment inside the window.
    """
    stmt = (
        select(
            PAIR.node_id,
            KeyNode.name.label("node"),
            KeyNode.kind,
            KeyNode.starts,
            KeyNode.ends,
            PAIR.cluster_id,
            Cluster.name.label("cluster"),
            PAIR.building_id,
            Building.name.label("building"),
            PAIR.due,
            PAIR.first_visit,
        )
        .join(KeyNode, KeyNode.id == PAIR.node_id)
        .join(Building, Building.id == PAIR.building_id)
        .join(Cluster, Cluster.id == PAIR.cluster_id)
        .where(*nodes(filters, viewer))
        .order_by(KeyNode.starts, KeyNode.id, PAIR.campus_id, PAIR.cluster_id, PAIR.building_id)
    )
    found = frame(conn, stmt)
    visits = [None if pd.isna(day) or day > filters.as_of else day for day in found["first_visit"]]
    spans = zip(found["due"], found["ends"], visits, strict=True)
    states = [_state(*span, filters.as_of) for span in spans]
    return found.assign(
        first_visit=pd.Series(visits, index=found.index, dtype=object),
        state=states,
        numerator=[int(state == COVERED) for state in states],
        denominator=[int(state != AHEAD) for state in states],
    )[PAIR_COLUMNS]


def _state(due: date, ends: date, visit: date | None, day: date) -> str:
    if due > day:
        return AHEAD
    if visit:
        return COVERED
    return MISSED if ends < day else OPEN


def key_dates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per key date of the term, in their order: `node_id, node, kind, starts, ends, state,
    left, numerator, denominator, buildings, quiet, names, missing`; none without buildings.

    `numerator` of `denominator` buildings due have had their visit; `buildings` are all there will
    be. `missing` are those due without one, as (id, name), and `names` say them. `left` counts days
    to the end of a running window, or to the beginning of one to come; of that one, `quiet` are the
    buildings without any visit in the last 14 days (None where the term is younger).
    """
    pairs = node_pairs(conn, filters, viewer)
    if pairs.empty:
        return pd.DataFrame(columns=NODE_COLUMNS)
    visited = _visited_lately(conn, filters, viewer)
    rows = [
        _node(next(of.itertuples()), of, filters.as_of, visited)
        for _, of in pairs.groupby("node_id", sort=False)
    ]
    return pd.DataFrame(rows, columns=NODE_COLUMNS, dtype=object)


def _node(first: Any, pairs: pd.DataFrame, day: date, visited: frozenset[str] | None) -> Any:
    state = AHEAD if first.starts > day else OVER if first.ends < day else RUNNING
    missing = pairs[pairs["state"].isin((OPEN, MISSED))]
    quiet = None
    if state == AHEAD and visited is not None:
        quiet = int((~pairs["building_id"].isin(visited)).sum())
    return {
        **{name: getattr(first, name) for name in NODE_COLUMNS[:5]},
        "state": state,
        "left": {AHEAD: (first.starts - day).days, RUNNING: (first.ends - day).days}.get(state),
        "numerator": int(pairs["numerator"].sum()),
        "denominator": int(pairs["denominator"].sum()),
        "buildings": len(pairs),
        "quiet": quiet,
        "names": "、".join(missing["building"]),
        "missing": tuple(zip(missing["building_id"], missing["building"], strict=True)),
    }


def _visited_lately(conn: Connection, filters: Filters, viewer: Viewer) -> frozenset[str] | None:
    """Buildings of the slice with a visit in the last 14 days; None while the term is younger."""
    since = filters.as_of - timedelta(days=QUIET_DAYS - 1)
    opened = conn.execute(select(Term.starts).where(Term.id == filters.term)).scalar_one()
    if opened > since:
        return None
    stmt = (
        select(FlowCount.building_id)
        .where(*in_homes(FlowCount, filters, viewer), FlowCount.metric == "visits")
        .where(FlowCount.day.between(since, filters.as_of))
        .distinct()
    )
    return frozenset(conn.scalars(stmt))


def visits_by_day(conn: Connection, filters: Filters, viewer: Viewer) -> dict[date, int]:
    """Visits to the residential buildings of the slice on each day so far, whoever came."""
    flow = FlowCount
    homes = select(Building.id).where(Building.residential)
    stmt = (
        select(flow.day, func.sum(flow.number))
        .where(*in_homes(flow, filters, viewer), flow.metric == "visits")
        .where(flow.building_id.in_(homes), flow.day <= filters.as_of)
        .group_by(flow.day)
    )
    return {day: int(number) for day, number in conn.execute(stmt)}

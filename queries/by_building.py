"""44023 by building: whom of those who live there was met, who came, key dates, rooms walked."""

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import COUNSELOR, Viewer
from data.engine import Rows
from data.models.contact import NodeCoverage
from data.models.dashboard import FlowCount
from data.models.people import College
from data.models.place import Building, BuildingLead, Campus, Cluster, Room
from queries.by_college import ratio, whole
from queries.contact_slice import nodes
from queries.counts import buildings, counted
from queries.filters import Filters
from queries.intervals import bounds
from queries.places import UNPLACED, leads
from queries.slice import build_of, frame
from queries.students_met import by_home, count_of

PAIR, FLOW = NodeCoverage, FlowCount
COUNTS = ["numerator", "denominator", "visits", "nodes_done", "nodes_due", "reached", "rooms"]
PLACE = ["campus_id", "cluster_id", "cluster", "building", "owner"]
COLUMNS = ["building_id", *PLACE, *COUNTS, "unmet", "low", "high", "per_hundred"]
COLUMNS += ["nodes_share", "rooms_share"]


def by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per building with students or key dates in the slice, cluster by cluster:
    `building_id, campus_id, cluster_id, cluster, building, owner, numerator, denominator` (students
    met, living there), `visits, nodes_done, nodes_due, reached, rooms` (rooms a visit of anyone
    went through, of those registered), `unmet`, 95 % bounds, `per_hundred` visits, shares.

    Visits are those of the chosen college's counselors, where one counts by belonging. They know of
    no counselor's list and no degree level: where the slice is one, `per_hundred` has no value.
    Students without a room, and visits to no building, stand last with `building_id` "".
    """
    parts = [
        by_home(filters, viewer),
        _key_dates(filters, viewer),
        _visits(filters, viewer),
        _reached(filters, viewer),
        _rooms(filters, viewer),
    ]
    found, dates, *others = (frame(conn, part).set_index("building_id") for part in parts)
    found = found.join(dates, how="outer")
    for other in others:
        found = found.join(other)
    placed = whole(found, COUNTS).join(frame(conn, _places(filters)).set_index("building_id"))
    rates = _with_rates(_in_order(placed.rename_axis("building_id").reset_index()))
    narrowed = filters.counselor or filters.degree or viewer.role == COUNSELOR
    return (rates.assign(per_hundred=None) if narrowed else rates)[COLUMNS]


def _key_dates(filters: Filters, viewer: Viewer) -> Rows:
    return (
        select(
            PAIR.building_id,
            count_of(PAIR.first_visit <= filters.as_of).label("nodes_done"),
            func.count().label("nodes_due"),
        )
        .where(*nodes(filters, viewer), PAIR.due <= filters.as_of)
        .group_by(PAIR.building_id)
    )


def _visits(filters: Filters, viewer: Viewer) -> Rows:
    """The plain count knows of no college that came; that of the records does."""
    belongs = filters.belonging
    return _flow("visit_records" if belongs else "visits", "visits").where(
        *counted(FLOW, filters, viewer), FLOW.day <= filters.as_of
    )


def _reached(filters: Filters, viewer: Viewer) -> Rows:
    """Rooms know of no college that came first: in the buildings of the slice, whoever it was."""
    return _flow("rooms_reached", "reached").where(
        FLOW.build == build_of(filters.term),
        FLOW.day <= filters.as_of,
        *buildings(FLOW.building_id, filters, viewer),
    )


def _flow(metric: str, name: str) -> Rows:
    total = func.sum(FLOW.number).label(name)
    return select(FLOW.building_id, total).where(FLOW.metric == metric).group_by(FLOW.building_id)


def _rooms(filters: Filters, viewer: Viewer) -> Rows:
    return (
        select(Room.building_id, func.count().label("rooms"))
        .where(*buildings(Room.building_id, filters, viewer))
        .group_by(Room.building_id)
    )


def _places(filters: Filters) -> Rows:
    return (
        select(
            Building.id.label("building_id"),
            Campus.id.label("campus_id"),
            Cluster.id.label("cluster_id"),
            Cluster.name.label("cluster"),
            Building.name.label("building"),
            College.name.label("owner"),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .join(Campus, Campus.id == Cluster.campus_id)
        .outerjoin(BuildingLead, leads(filters))
        .outerjoin(College, College.id == BuildingLead.college_id)
    )


def _in_order(found: pd.DataFrame) -> pd.DataFrame:
    found = found.drop_duplicates("building_id")
    found = found.assign(building=found["building"].fillna(UNPLACED))
    order = ["campus_id", "cluster_id", "building_id"]
    return found.sort_values(order, na_position="last", ignore_index=True)


def _with_rates(found: pd.DataFrame) -> pd.DataFrame:
    here = found["building_id"] != ""
    return found.assign(
        unmet=found["denominator"] - found["numerator"],
        per_hundred=100 * ratio(found["visits"], found["denominator"]).where(here),
        nodes_share=ratio(found["nodes_done"], found["nodes_due"]),
        rooms_share=ratio(found["reached"], found["rooms"]),
        **bounds(found, "numerator", "denominator", ""),
    )

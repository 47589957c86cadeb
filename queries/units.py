"""The list behind a number: which units are covered and which are not, as far as one may see."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, case, func, literal, null, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import CoverageUnit
from data.models.people import Enrolment, Student
from data.models.place import Building, Cluster, Floor, Room
from queries.coverage import FURTHER
from queries.filters import Filters
from queries.places import lives_on_day, place_name
from queries.slice import frame, in_place, on_day, within

MOST = 200
OF_PERSONS = frozenset({"workstation_enrolment", "five_lead", *(m.key for m in FURTHER)})
OF_PARTY_ROOMS = frozenset({"plate"})


def units_behind(
    conn: Connection, filters: Filters, viewer: Viewer, metric: str
) -> pd.DataFrame | None:
    """Up to 200 units of the slice, oldest gaps first: `unit, state, cover, since, never`.

    None where the list would show more than the viewer may see here: persons and the rooms of
    Party members appear only on a floor or in a room, and only those in scope.
    """
    personal = metric in OF_PERSONS or metric in OF_PARTY_ROOMS
    if personal and filters.level not in ("floor", "room"):
        return None
    unit = CoverageUnit
    name: Any = place_name()
    cover: Any = unit.cover if metric != "floor_leader" and not personal else null()
    stmt = _joined(metric)
    if metric in OF_PERSONS:
        name = func.coalesce(Student.name, Student.id) + literal(" ") + unit.unit_id
    elif metric in OF_PARTY_ROOMS or metric == "room_responsibility":
        name = Building.name + literal(" ") + Room.code
    stmt = stmt.with_only_columns(
        name.label("unit"), unit.state, cover.label("cover"), unit.since, unit.never
    ).where(unit.metric == metric, on_day(unit, filters), *_where(filters, viewer, metric))
    if personal:
        stmt = stmt.where(_in_scope(filters, viewer, metric))
    if filters.belonging and metric in OF_PERSONS:
        stmt = stmt.where(unit.college_id == filters.college)
    first = case((unit.state == "缺口", 0), (unit.state == "覆盖", 1), else_=2)
    return frame(conn, stmt.order_by(first, unit.since, name).limit(MOST))


def _joined(metric: str) -> Rows:
    unit = CoverageUnit
    stmt = (
        select(unit)
        .select_from(unit)
        .join(Cluster, Cluster.id == unit.cluster_id)
        .outerjoin(Building, Building.id == unit.building_id)
        .outerjoin(Floor, Floor.id == unit.floor_id)
        .outerjoin(Room, Room.id == unit.room_id)
    )
    return stmt.join(Student, Student.id == unit.unit_id) if metric in OF_PERSONS else stmt


def _where(filters: Filters, viewer: Viewer, metric: str) -> list[Any]:
    unit = CoverageUnit
    if metric == "cluster_coverage":
        above = within(unit, filters, ("campus", "cluster"))
        return [
            in_place(unit, Filters(term=filters.term), viewer)[0],
            viewer.sees_cluster(unit.cluster_id),
            *above,
        ]
    if metric == "building_coverage":
        above = within(unit, filters, ("campus", "cluster", "building"))
        return [
            in_place(unit, Filters(term=filters.term), viewer)[0],
            viewer.sees_building(unit.building_id),
            *above,
        ]
    found = in_place(unit, filters, viewer)
    return [*found, unit.room_id == filters.room] if filters.room else found


def _in_scope(filters: Filters, viewer: Viewer, metric: str) -> Any:
    """Some student the viewer may see: the unit's own, or one living in the unit's room."""
    unit = CoverageUnit
    who = (
        Enrolment.student_id == unit.unit_id
        if metric in OF_PERSONS
        else Enrolment.room_id == unit.unit_id
    )
    return (
        select(Enrolment.student_id)
        .where(and_(who, lives_on_day(filters)), viewer.sees_enrolment())
        .exists()
    )

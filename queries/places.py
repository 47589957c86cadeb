"""Places one below another: what a map, a building, a floor and a room show."""

from functools import cache
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    case,
    cast,
    false,
    func,
    null,
    select,
)
from sqlalchemy.orm import aliased

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import CoverageStep, CoverageUnit
from data.models.party import FloorLeader
from data.models.people import PARTY_MEMBERS, PARTY_ROSTER, College, Enrolment, Student
from data.models.place import Building, BuildingLead, Campus, Cluster, Floor, Room
from data.models.time import Term
from queries.filters import Filters
from queries.slice import build_of, frame, on_day, steps, valid_on

RESIDENTS = "residents"
UNPLACED = "未归属"
UNITS = tuple("123456789")  # wings named by a digit are entrances (单元), by a letter wings (区)


@cache
def floor_name() -> ColumnElement[str]:
    """`A区3层`, `2单元3层`, or `3层` where a building has no wings."""
    level = cast(Floor.level, String) + "层"
    return case(
        (Floor.wing == "", level),
        (Floor.wing.in_(UNITS), Floor.wing + "单元" + level),
        else_=Floor.wing + "区" + level,
    )


@cache
def place_name() -> ColumnElement[str]:
    """The deepest place of a row joined to cluster, building and floor, written in full."""
    return case(
        (Building.id.is_(None), Cluster.name),
        (Floor.id.is_(None), Building.name),
        else_=Building.name + floor_name(),
    )


def leads(filters: Filters) -> ColumnElement[bool]:
    """The work group of a joined building that is in office on the as-of day."""
    lead = BuildingLead
    return and_(lead.building_id == Building.id, valid_on(filters.as_of, lead.starts, lead.ends))


def coverage_by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building in scope, for the chosen metric: `campus_id, campus,
    cluster_id, cluster, building_id, building, kind, owner, longitude, latitude, footprint,
    residents, numerator, denominator, exempt, since, never`.

    For cluster coverage a building shows its cluster's state: 1 or 0 of 1.
    """
    by_cluster = filters.metric == "cluster_coverage"
    step, people = aliased(CoverageStep), aliased(CoverageStep)
    level = "cluster" if by_cluster else "building"
    place = step.cluster_id == Cluster.id if by_cluster else step.building_id == Building.id
    same = and_(
        step.build == build_of(filters.term),
        step.level == level,
        step.college_id == filters.belonging,
        step.metric == filters.metric,
        on_day(step, filters),
        place,
    )
    residents = and_(
        people.build == build_of(filters.term),
        people.level == "building",
        people.college_id == filters.belonging,
        people.metric == RESIDENTS,
        on_day(people, filters),
        people.building_id == Building.id,
    )
    where = [Building.residential, viewer.sees_building(Building.id)]
    where += _chosen(filters)
    stmt: Rows = (
        select(
            Campus.id.label("campus_id"),
            Campus.name.label("campus"),
            Cluster.id.label("cluster_id"),
            Cluster.name.label("cluster"),
            Building.id.label("building_id"),
            Building.name.label("building"),
            Building.residents.label("kind"),
            College.name.label("owner"),
            Building.longitude,
            Building.latitude,
            Building.footprint,
            func.coalesce(people.numerator, 0).label("residents"),
            func.coalesce(step.numerator, 0).label("numerator"),
            func.coalesce(step.denominator, 0).label("denominator"),
            func.coalesce(step.exempt, 0).label("exempt"),
            step.since,
            func.coalesce(step.never, false()).label("never"),
        )
        .select_from(Building)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .join(Campus, Campus.id == Cluster.campus_id)
        .outerjoin(step, same)
        .outerjoin(people, residents)
        .outerjoin(BuildingLead, leads(filters))
        .outerjoin(College, College.id == BuildingLead.college_id)
        .where(*where)
        .order_by(Campus.id, Cluster.id, Building.id)
    )
    return frame(conn, stmt).drop_duplicates("building_id", ignore_index=True)


def _chosen(filters: Filters) -> list[ColumnElement[bool]]:
    """The drilled campus, cluster or building, and the chosen college's buildings."""
    found = []
    if filters.campus:
        found.append(Campus.id == filters.campus)
    if filters.cluster:
        found.append(Cluster.id == filters.cluster)
    if filters.building:
        found.append(Building.id == filters.building)
    if not filters.college:
        return found
    if filters.leading:
        found.append(and_(BuildingLead.college_id == filters.college))
    else:
        step = CoverageStep
        lived = select(step.building_id).where(
            step.build == build_of(filters.term),
            step.level == "building",
            step.college_id == filters.college,
            step.metric == RESIDENTS,
            on_day(step, filters),
        )
        found.append(Building.id.in_(lived))
    return found


def coverage_by_floor(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per floor of the slice, for the chosen metric: `cluster, building_id, building,
    floor_id, floor, wing, level, numerator, denominator, exempt, since, never`. Rooms without a
    floor stand in a row 未归属 of their building, with `floor_id` "".

    Where the metric has no value on floors (clusters, buildings) the frame shows floor coverage.
    """
    metric = filters.metric if filters.metric not in NOT_ON_FLOORS else "floor_coverage"
    step = CoverageStep
    stmt = (
        select(
            Cluster.name.label("cluster"),
            Building.id.label("building_id"),
            Building.name.label("building"),
            step.floor_id,
            case((Floor.id.is_(None), UNPLACED), else_=floor_name()).label("floor"),
            func.coalesce(Floor.wing, "").label("wing"),
            func.coalesce(Floor.level, 0).label("level"),
            step.numerator,
            step.denominator,
            step.exempt,
            step.since,
            step.never,
        )
        .join(Building, Building.id == step.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(Floor, Floor.id == step.floor_id)
        .where(
            *steps(filters, viewer, level="floor"),
            step.metric == metric,
            on_day(step, filters),
        )
        .order_by(Cluster.campus_id, Cluster.id, Building.id, Floor.wing, Floor.level)
    )
    return frame(conn, stmt)


NOT_ON_FLOORS = ("cluster_coverage", "building_coverage")


def floors_of_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per floor of the drilled building, top floor first: `floor_id, floor, wing, level,
    residential, state, branch, leader_state, leader, rooms, rooms_in_charge, plates, member_rooms,
    residents, since, never`.

    `state` is 覆盖, 缺口 or 不要求. `leader` is a name only where the viewer may see that student.
    Rooms whose code gives no floor stand in a last row of their own, 未归属, without `floor_id`.
    """
    unit = {key: aliased(CoverageUnit) for key in ("floor_coverage", "floor_leader")}
    step = {k: aliased(CoverageStep) for k in ("room_responsibility", "plate", RESIDENTS)}
    branch, leader = unit["floor_coverage"], unit["floor_leader"]
    rooms, plates, people = step["room_responsibility"], step["plate"], step[RESIDENTS]
    in_scope = (
        select(Student.name)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .where(
            Student.id == leader.cover,
            Enrolment.term_id == filters.term,
            viewer.sees_enrolment(),
        )
        .limit(1)
        .scalar_subquery()
    )
    stmt: Rows = select(
        Floor.id.label("floor_id"),
        floor_name().label("floor"),
        Floor.wing,
        Floor.level,
        Floor.residential,
        branch.state,
        branch.cover.label("branch"),
        leader.state.label("leader_state"),
        in_scope.label("leader"),
        rooms.denominator.label("rooms"),
        rooms.numerator.label("rooms_in_charge"),
        plates.numerator.label("plates"),
        plates.denominator.label("member_rooms"),
        people.numerator.label("residents"),
        branch.since,
        branch.never,
    ).select_from(Floor)
    every: list[tuple[str, Any]] = [*unit.items(), *step.items()]
    for key, rows in every:
        same = [rows.floor_id == Floor.id, rows.metric == key]
        same += [rows.build == build_of(filters.term), on_day(rows, filters)]
        if key in step:
            same += [rows.level == "floor", rows.college_id == ""]
        stmt = stmt.outerjoin(rows, and_(*same))
    stmt = stmt.where(
        Floor.building_id == filters.building, viewer.sees_building(Floor.building_id)
    )
    floors = frame(conn, stmt.order_by(Floor.level.desc(), Floor.wing))
    unplaced = _unplaced(conn, filters, viewer)
    return pd.concat([floors, unplaced], ignore_index=True) if len(unplaced) else floors


def _unplaced(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The 未归属 row of a building, none where every occupied room has its floor."""
    step = CoverageStep
    sums = {"rooms": "room_responsibility", "member_rooms": "plate", "residents": RESIDENTS}
    covered = {"rooms_in_charge": "room_responsibility", "plates": "plate"}
    counted = [
        func.sum(case((step.metric == key, step.denominator))).label(name)
        for name, key in sums.items()
    ]
    counted += [
        func.sum(case((step.metric == key, step.numerator))).label(name)
        for name, key in covered.items()
    ]
    where = [step.build == build_of(filters.term), step.level == "floor", step.floor_id == ""]
    where += [step.college_id == "", step.building_id == filters.building]
    where += [viewer.sees_building(step.building_id), on_day(step, filters)]
    found = frame(conn, select(*counted).where(*where))
    found = found[found["residents"].fillna(0) > 0]
    blank = {"floor_id": "", "floor": UNPLACED, "wing": "", "level": 0, "residential": True}
    return found.assign(**blank, leader_state="", never=False)


def lives_on_day(filters: Filters) -> ColumnElement[bool]:
    """Enrolments of students who live in their room on the as-of day."""
    last = select(Term.ends).where(Term.id == filters.term).scalar_subquery()
    return and_(
        Enrolment.term_id == filters.term,
        Enrolment.away.is_(None),
        Enrolment.starts <= filters.as_of,
        func.coalesce(Enrolment.ends, last) >= filters.as_of,
    )


def rooms_of_floor(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per room of the drilled floor: `room_id, room, beds, residents, state, area, since,
    members, roster, plate`.

    `state` is 覆盖, 缺口 or 空 (nobody lives there). Party people and plates of a room are counted
    only over students the viewer may see: None where there is none of them in the room.
    """
    seen = viewer.sees_enrolment()
    living = (
        select(
            Enrolment.room_id,
            func.count().label("residents"),
            func.sum(case((seen, 1), else_=0)).label("seen"),
            _count(and_(seen, Enrolment.political_status.in_(PARTY_MEMBERS))).label("members"),
            _count(and_(seen, Enrolment.political_status.in_(PARTY_ROSTER))).label("roster"),
        )
        .where(
            Enrolment.room_id.in_(select(Room.id).where(Room.floor_id == filters.floor)),
            lives_on_day(filters),
        )
        .group_by(Enrolment.room_id)
        .subquery("living")
    )
    area, plate = aliased(CoverageUnit), aliased(CoverageUnit)
    same = {
        key: and_(
            rows.build == build_of(filters.term),
            rows.floor_id == filters.floor,
            rows.metric == key,
            rows.unit_id == Room.id,
            on_day(rows, filters),
        )
        for key, rows in (("room_responsibility", area), ("plate", plate))
    }
    in_scope = living.c.seen > 0
    stmt = (
        select(
            Room.id.label("room_id"),
            Room.code.label("room"),
            Room.beds,
            func.coalesce(living.c.residents, 0).label("residents"),
            func.coalesce(area.state, "空").label("state"),
            area.cover.label("area"),
            area.since,
            case((in_scope, living.c.members)).label("members"),
            case((in_scope, living.c.roster)).label("roster"),
            case((and_(in_scope, living.c.members > 0), plate.state)).label("plate"),
        )
        .select_from(Room)
        .outerjoin(living, living.c.room_id == Room.id)
        .outerjoin(area, same["room_responsibility"])
        .outerjoin(plate, same["plate"])
        .where(Room.floor_id == filters.floor, viewer.sees_building(Room.building_id))
        .order_by(Room.code)
    )
    return frame(conn, stmt)


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((what, 1), else_=0))


def residents_of_room(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Who lives in the drilled room, as far as the viewer may see them: `student_id, name, college,
    grade, political_status, duty`. No rows where nobody there is in scope."""
    leads_floor = (
        select(FloorLeader.floor_id)
        .where(
            FloorLeader.student_id == Enrolment.student_id,
            valid_on(filters.as_of, FloorLeader.starts, FloorLeader.ends),
        )
        .exists()
    )
    stmt = (
        select(
            Enrolment.student_id,
            Student.name,
            College.name.label("college"),
            Enrolment.grade,
            Enrolment.political_status,
            case((leads_floor, "党员层长"), else_=null()).label("duty"),
        )
        .join(Student, Student.id == Enrolment.student_id)
        .join(College, College.id == Enrolment.college_id)
        .where(
            Enrolment.room_id.in_(
                select(Room.id).where(
                    Room.id == filters.room, viewer.sees_building(Room.building_id)
                )
            ),
            lives_on_day(filters),
            viewer.sees_enrolment(),
        )
        .order_by(Enrolment.student_id)
    )
    return frame(conn, stmt)

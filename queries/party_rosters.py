"""应纳尽纳：who lives in a building, who of them is on its workstation's roster, who is not."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, case, func, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import CoverageStep, CoverageUnit, StandingCount
from data.models.people import PARTY_ROSTER, College, Enrolment, Student
from data.models.place import Building, BuildingLead, Cluster, Floor, Room
from queries.counts import counted
from queries.coverage import WORKSTATION_ENROLMENT
from queries.filters import Filters
from queries.places import UNPLACED, floor_name, leads, lives_on_day
from queries.slice import frame, in_place, on_day, steps

GAPS = ("gap_member", "gap_probationary", "gap_target", "gap_activist")
"""Columns of the four kinds, in the order of PARTY_ROSTER."""
SUMS = ["numerator", "denominator", "gap"]


def rosters_by_kind(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per kind, members first: `kind, numerator, denominator, gap`."""
    found = _by_building(conn, filters, viewer).groupby("kind")[SUMS].sum()
    found = found.reindex([kind for kind in PARTY_ROSTER if kind in found.index])
    return found.reset_index()


def rosters_by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per building, the largest gap first: `campus_id, cluster, building_id, building,
    owner, gap_member, gap_probationary, gap_target, gap_activist, gap, numerator, denominator`."""
    found = _by_building(conn, filters, viewer)
    wide = found.pivot_table("gap", "building_id", "kind", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=list(PARTY_ROSTER), fill_value=0).astype(int)
    wide.columns = pd.Index(GAPS)
    sums = found.groupby("building_id")[SUMS].sum()
    made = _named(conn, filters).merge(wide.join(sums), left_on="building_id", right_index=True)
    order = ["gap", "numerator", "building_id"]
    return made.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    rows = StandingCount
    on_roster = case((rows.metric == "enrolled_by_status", rows.number), else_=0)
    living = case((rows.metric == "residents_by_status", rows.number), else_=0)
    stmt = (
        select(
            rows.building_id,
            rows.kind,
            func.sum(on_roster).label("numerator"),
            func.sum(living).label("denominator"),
        )
        .where(
            *counted(rows, filters, viewer),
            rows.metric.in_(("enrolled_by_status", "residents_by_status")),
            rows.kind.in_(PARTY_ROSTER),
            on_day(rows, filters),
        )
        .group_by(rows.building_id, rows.kind)
    )
    found = frame(conn, stmt)
    return found.assign(gap=found["denominator"] - found["numerator"])


def _named(conn: Connection, filters: Filters) -> pd.DataFrame:
    stmt = (
        select(
            Cluster.campus_id,
            Cluster.name.label("cluster"),
            Building.id.label("building_id"),
            Building.name.label("building"),
            College.name.label("owner"),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(BuildingLead, leads(filters))
        .outerjoin(College, College.id == BuildingLead.college_id)
    )
    return frame(conn, stmt).drop_duplicates("building_id", ignore_index=True)


def unlisted_by_floor(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per floor of the building with someone not on the roster, the most first:
    `building_id, floor_id, floor, gap, numerator, denominator`."""
    step = CoverageStep
    gap = step.denominator - step.numerator
    stmt = (
        select(
            step.building_id,
            step.floor_id,
            case((Floor.id.is_(None), UNPLACED), else_=floor_name()).label("floor"),
            gap.label("gap"),
            step.numerator,
            step.denominator,
        )
        .outerjoin(Floor, Floor.id == step.floor_id)
        .where(
            *steps(filters, viewer, level="floor"),
            step.metric == WORKSTATION_ENROLMENT.key,
            on_day(step, filters),
            gap > 0,
        )
        .order_by(gap.desc(), step.floor_id)
    )
    return frame(conn, stmt)


def unlisted_people(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Who lives on the floor and is not on the roster, as far as the viewer may see them:
    `student_id, name, college, political_status, room_id, room, since, days`."""
    unit = CoverageUnit
    where: list[Any] = [*in_place(unit, filters, viewer), unit.metric == WORKSTATION_ENROLMENT.key]
    if filters.room:
        where.append(unit.room_id == filters.room)
    if filters.belonging:
        where.append(unit.college_id == filters.college)
    stmt: Rows = (
        select(
            Enrolment.student_id,
            Student.name,
            College.name.label("college"),
            Enrolment.political_status,
            unit.room_id,
            Room.code.label("room"),
            unit.since,
        )
        .select_from(unit)
        .join(Enrolment, and_(Enrolment.student_id == unit.unit_id, lives_on_day(filters)))
        .join(Student, Student.id == unit.unit_id)
        .join(College, College.id == Enrolment.college_id)
        .join(Room, Room.id == unit.room_id)
        .where(*where, unit.state == "缺口", on_day(unit, filters), viewer.sees_enrolment())
        .order_by(unit.since, Room.code, Enrolment.student_id)
    )
    found = frame(conn, stmt)
    return found.assign(days=[(filters.as_of - since).days for since in found["since"]])

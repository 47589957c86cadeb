"""Where a faulty row belongs: its building and college, and so who may see it."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Subquery,
    and_,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    tuple_,
)

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, STEWARD, WORK_GROUP, Viewer
from data.contract.declaration import Check
from data.models.activity import ActivityPlace
from data.models.evaluation import SupportNeed
from data.models.party import PartyOrganisationScope
from data.models.people import Enrolment
from data.models.place import BuildingLead, Floor
from data.models.tables import contract_tables
from queries.filters import Filters
from queries.slice import valid_on

SENSITIVE = SupportNeed.__tablename__
Found = dict[str, ColumnElement[Any]]
"""The columns of a check's rows by the table they name a row of."""


def named_by(check: Check, faults: Subquery) -> Found:
    """Which columns name a student, a room, a building…: by foreign key, or as a row's own key."""
    found: Found = {}
    for column in check.found.selected_columns:
        table = target(column)
        if table and table not in found:
            found[table] = faults.c[str(column.key)]
    return found


def target(column: ColumnElement[Any]) -> str:
    """The table a column names a row of, or ""."""
    for base in column.base_columns:
        if isinstance(base, Column):
            for key in base.foreign_keys:
                return str(key.column.table.name)
            if base.primary_key and len(base.table.primary_key) == 1:
                return str(base.table.name)
    return ""


def _through(named: Found, wanted: str) -> list[ColumnElement[Any]]:
    """What the rows named by a finding say themselves in a column such as `building_id`."""
    found: list[ColumnElement[Any]] = []
    for _, table in contract_tables():
        if table.name in named and wanted in table.c and "id" in table.c:
            own = select(table.c[wanted]).where(table.c.id == named[table.name])
            found.append(own.scalar_subquery())
    return found


def _first(values: list[ColumnElement[Any]]) -> ColumnElement[Any]:
    """The first that is there."""
    return func.coalesce(*values, null(), null())


def building_of(named: Found) -> ColumnElement[Any]:
    """The building a faulty row is in, or none."""
    found = [named["building"]] if "building" in named else _through(named, "building_id")
    if "activity" in named:
        of = ActivityPlace.activity_id == named["activity"]
        found.append(_least(ActivityPlace.building_id, of))
    if "party_organisation" in named:
        scope = PartyOrganisationScope
        of = scope.organisation_id == named["party_organisation"]
        found.append(_least(scope.building_id, of))
        found.append(_least(Floor.building_id, and_(of, Floor.id == scope.floor_id)))
    return _first(found)


def _least(column: Any, where: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(func.min(column)).where(where).scalar_subquery()


def college_of(named: Found, filters: Filters) -> ColumnElement[Any]:
    """The college a faulty row belongs to, a student's being that of the term; or none."""
    found = [named["college"]] if "college" in named else _through(named, "college_id")
    if "student" in named:
        of = select(Enrolment.college_id).where(
            Enrolment.student_id == named["student"], Enrolment.term_id == _term(named, filters)
        )
        found.append(of.order_by(Enrolment.starts.desc()).limit(1).scalar_subquery())
    return _first(found)


def _term(named: Found, filters: Filters) -> ColumnElement[Any]:
    """The row's own term, or the slice's where it has none."""
    return named.get("term", literal(filters.term))


def seen(check: Check, named: Found, filters: Filters, viewer: Viewer) -> ColumnElement[bool]:
    """Which rows a viewer sees: a row about a student by the student, any other by its place.

    Rows about support needs are for the student's own counselor alone.
    """
    sensitive = any(table == SENSITIVE for table, _ in check.uses)
    if sensitive and viewer.role != COUNSELOR:
        return false()
    if viewer.role in (COMMITTEE, STEWARD):
        return true()
    if "student" in named:
        own = select(Enrolment.student_id, Enrolment.term_id).where(viewer.sees_enrolment())
        return tuple_(named["student"], _term(named, filters)).in_(own)
    return _of_place(named, filters, viewer)


def _of_place(named: Found, filters: Filters, viewer: Viewer) -> ColumnElement[bool]:
    building, college = building_of(named), college_of(named, filters)
    if viewer.role == COLLEGE and viewer.college:
        led = select(BuildingLead.building_id).where(
            BuildingLead.college_id == viewer.college,
            valid_on(filters.as_of, BuildingLead.starts, BuildingLead.ends),
        )
        return or_(college == viewer.college, building.in_(led))
    if viewer.role == WORK_GROUP and viewer.buildings:
        return building.in_(viewer.buildings)
    if viewer.role == COUNSELOR and viewer.counselor and "counselor" in named:
        return named["counselor"] == viewer.counselor
    return false()

"""The rows a check finds fault with, as far as the viewer may see them, and whom to ask."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

import pandas as pd
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
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
    type_coerce,
)
from sqlalchemy.types import NULLTYPE

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, STEWARD, WORK_GROUP, Viewer
from data.contract.declaration import Check
from data.locale.translate import Phrase
from data.models.activity import ActivityPlace
from data.models.contract import ledger
from data.models.evaluation import SupportNeed
from data.models.party import PartyOrganisationScope
from data.models.people import College, Enrolment, Student
from data.models.place import Building, BuildingLead, Floor
from data.models.tables import contract_tables
from queries.filters import Filters
from queries.quality import BY_KEY, LEDGERS

MOST = 500
COLUMNS = ["building", "college", "student", "detail", "ask", "building_id"]
SENSITIVE = SupportNeed.__tablename__
CALLED = {
    "times": "次数",
    "first_id": "其中最小的编号",
    "earlier_ends": "此前最晚的终止日期",
    "term_ends": "学期结束日期",
    "floor_building_id": "楼层所在楼宇",
    "room_building_id": "房间所在楼宇",
    "other_organisation_id": "另一组织编号",
    "since": "自",
    "residents": "居住人数",
    "first_day": "首日",
    "on_floors": "各层人数之和",
    "nowhere": "未归属",
    "students": "在校人数",
    "housed": "住进各楼",
    "on_roster": "在站人数",
    "living_here": "住在本楼",
    "living_elsewhere": "住在别处",
    "without_room": "没有房间",
    "not_here": "不在校",
    "in_charge": "责任党员",
    "table_name": "表",
}
Found = dict[str, ColumnElement[Any]]
"""The columns of a check's rows by the table they name a row of."""


def quality_rows(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Up to 500 faulty rows of the check chosen in the slice: `building, college, student, detail,
    ask, building_id`; none where no check is chosen.

    Who has no right to names reads the last four characters of a student's number instead.
    """
    check = BY_KEY.get(filters.check)
    if check is None:
        return pd.DataFrame(columns=COLUMNS)
    faults = check.found.subquery("faults")
    named = _named(check, faults)
    building, college = _building(named), _college(named, filters)
    stmt = (
        select(
            *(type_coerce(column, NULLTYPE).label(column.key) for column in faults.c),
            building.label("at_building"),
            college.label("of_college"),
        )
        .where(_seen(check, named, filters, viewer))
        .order_by(*faults.c)
        .limit(MOST)
    )
    rows = [dict(row) for row in conn.execute(stmt).mappings()]
    return _resolved(conn, check, rows, filters, viewer)


def _named(check: Check, faults: Subquery) -> Found:
    """Which columns name a student, a room, a building…: by foreign key, or as a row's own key."""
    found: Found = {}
    for column in check.found.selected_columns:
        target = _target(column)
        if target and target not in found:
            found[target] = faults.c[str(column.key)]
    return found


def _target(column: ColumnElement[Any]) -> str:
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


def _building(named: Found) -> ColumnElement[Any]:
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


def _college(named: Found, filters: Filters) -> ColumnElement[Any]:
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


def _seen(check: Check, named: Found, filters: Filters, viewer: Viewer) -> ColumnElement[bool]:
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
    building, college = _building(named), _college(named, filters)
    if viewer.role == COLLEGE and viewer.college:
        led = select(BuildingLead.building_id).where(
            BuildingLead.college_id == viewer.college, _in_office(filters)
        )
        return or_(college == viewer.college, building.in_(led))
    if viewer.role == WORK_GROUP and viewer.buildings:
        return building.in_(viewer.buildings)
    if viewer.role == COUNSELOR and viewer.counselor and "counselor" in named:
        return named["counselor"] == viewer.counselor
    return false()


def _in_office(filters: Filters) -> ColumnElement[bool]:
    return and_(
        BuildingLead.starts <= filters.as_of,
        or_(BuildingLead.ends.is_(None), BuildingLead.ends >= filters.as_of),
    )


def _resolved(
    conn: Connection, check: Check, rows: list[dict[str, Any]], filters: Filters, viewer: Viewer
) -> pd.DataFrame:
    personal = {str(c.key) for c in check.found.selected_columns if _target(c) == "student"}
    hidden = personal if viewer.role == STEWARD else set()
    buildings = [row.pop("at_building") for row in rows]
    colleges = [row.pop("of_college") for row in rows]
    students = [next((row[key] for key in sorted(personal)), None) for row in rows]
    leads = _leads(conn, buildings, filters)
    called = {
        "building": _names(conn, Building, buildings),
        "college": _names(conn, College, colleges),
        "student": _names(conn, Student, [] if hidden else students),
    }
    keeper = LEDGERS[check.place.table.name].keeper
    headings = {str(c.key): heading(c) for c in check.found.selected_columns}
    made = [
        {
            "building": called["building"].get(building),
            "college": called["college"].get(college),
            "student": _person(student, called["student"], hidden=bool(hidden)),
            "detail": _detail(row, headings, hidden),
            "ask": leads.get(building) or called["college"].get(college) or keeper,
            "building_id": building,
        }
        for row, building, college, student in zip(rows, buildings, colleges, students, strict=True)
    ]
    return pd.DataFrame(made, columns=COLUMNS, dtype="object")


def _names(conn: Connection, model: Any, ids: Iterable[Any]) -> dict[str, str]:
    wanted = sorted({str(one) for one in ids if one is not None})
    found = conn.execute(select(model.id, model.name).where(model.id.in_(wanted)))
    return {key: name for key, name in found if name}


def _leads(conn: Connection, buildings: Iterable[Any], filters: Filters) -> dict[str, str]:
    """Whom to ask about a building: the college that leads it, and its work group's head."""
    wanted = sorted({str(one) for one in buildings if one is not None})
    rows = conn.execute(
        select(BuildingLead.building_id, College.name, BuildingLead.leader_name)
        .join(College, College.id == BuildingLead.college_id)
        .where(BuildingLead.building_id.in_(wanted), _in_office(filters))
        .order_by(BuildingLead.building_id, BuildingLead.starts)
    )
    return {key: " · ".join(filter(None, (name, leader))) for key, name, leader in rows}


def _person(student: Any, names: dict[str, str], *, hidden: bool) -> str | None:
    if student is None:
        return None
    if hidden:
        return _shortened(student)
    return " ".join(filter(None, (names.get(str(student)), str(student))))


def _shortened(number: Any) -> str:
    """The last four characters: enough to find a row in a list at hand, not to know who it is."""
    text = str(number)
    return f"…{text[-4:]}" if len(text) > 4 else "…"


def _detail(row: dict[str, Any], headings: dict[str, str], hidden: set[str]) -> Phrase:
    parts = (_part(headings[key], value, hidden=key in hidden) for key, value in row.items())
    return reduce(lambda said, more: Phrase("{said}；{more}", said=said, more=more), parts)


def _part(name: str, value: Any, *, hidden: bool) -> Phrase:
    if value is None:
        return Phrase("{name}：空", name=Phrase(name))
    shown = _shortened(value) if hidden else _written(value)
    return Phrase("{name}：{value}", name=Phrase(name), value=shown)


def _written(value: Any) -> str:
    """As stored, but for the fraction that a time of day carries in some databases."""
    return str(value).removesuffix(".000000")


def heading(column: ColumnElement[Any]) -> str:
    """What a column of a check's rows is called."""
    key = str(column.key)
    bases = (base for base in column.base_columns if isinstance(base, Column))
    return CALLED.get(key) or next((ledger(base).heading for base in bases), key)

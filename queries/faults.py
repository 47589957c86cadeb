"""The rows a check finds fault with, as far as the viewer may see them, and whom to ask."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

import pandas as pd
from sqlalchemy import Column, ColumnElement, Connection, select, type_coerce
from sqlalchemy.types import NULLTYPE

from data.access.viewer import STEWARD, Viewer
from data.contract.declaration import Check
from data.locale.translate import Phrase
from data.models.contract import ledger
from data.models.people import College, Student
from data.models.place import Building, BuildingLead
from queries.fault_places import building_of, college_of, named_by, seen, target
from queries.filters import Filters
from queries.quality import CHECK_CALLED, MODELS
from queries.slice import valid_on

MOST = 500
COLUMNS = ["building", "college", "student", "detail", "ask", "building_id"]
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


def quality_rows(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Up to 500 faulty rows of the check chosen in the slice: `building, college, student, detail,
    ask, building_id`; none where no check is chosen.

    Who has no right to names reads the last four characters of a student's number instead.
    """
    check = CHECK_CALLED.get(filters.check)
    if check is None:
        return pd.DataFrame(columns=COLUMNS)
    faults = check.found.subquery("faults")
    named = named_by(check, faults)
    stmt = (
        select(
            *(type_coerce(column, NULLTYPE).label(column.key) for column in faults.c),
            building_of(named).label("at_building"),
            college_of(named, filters).label("of_college"),
        )
        .where(seen(check, named, filters, viewer))
        .order_by(*faults.c)
        .limit(MOST)
    )
    rows = [dict(row) for row in conn.execute(stmt).mappings()]
    return _resolved(conn, check, rows, filters, viewer)


def _resolved(
    conn: Connection, check: Check, rows: list[dict[str, Any]], filters: Filters, viewer: Viewer
) -> pd.DataFrame:
    personal = {str(c.key) for c in check.found.selected_columns if target(c) == "student"}
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
    keeper = MODELS[check.place.table.name].keeper
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
        .where(
            BuildingLead.building_id.in_(wanted),
            valid_on(filters.as_of, BuildingLead.starts, BuildingLead.ends),
        )
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

"""Who lives in a building and who answers for it: staff by name, residents in numbers."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select

from data.access.viewer import Viewer
from data.models.dashboard import StandingCount
from data.models.people import College, Counselor, CounselorBuilding
from data.models.place import Building, BuildingLead
from queries.fact import large_named
from queries.filters import Filters
from queries.places import leads
from queries.slice import build_of, on_day, valid_on

LEAD, BUILDING_COUNSELORS, COUNSELORS = "楼宇工作组", "楼宇辅导员", "负责学生的辅导员"
COLLEGES, DEGREES, GRADES = "居住学院", "培养层次", "年级"
RESIDENTS_BY = (
    (COLLEGES, "residents_by_degree", "college"),
    (DEGREES, "residents_by_degree", "kind"),
    (GRADES, "residents_by_grade", "kind"),
)
People = list[tuple[str, str, int | None]]


def portrait_people(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Who lives in the building and who answers for it: `building_id, section, name, number`.

    Residents by college, degree level and grade, those of fewer than five together; the work
    group's lead; counselors by name, without numbers.
    """
    here = and_(Building.id == filters.building, viewer.sees_building(Building.id))
    rows = [
        *_lead(conn, filters, here),
        *_counselors(conn, filters, here),
        *(row for what in RESIDENTS_BY for row in _mix(conn, filters, here, what)),
    ]
    columns = ["section", "name", "number"]
    made = pd.DataFrame(rows, columns=columns)
    return made.assign(building_id=filters.building)


def _lead(conn: Connection, filters: Filters, here: Any) -> People:
    rows = conn.execute(
        select(College.name, BuildingLead.leader_name)
        .select_from(Building)
        .join(BuildingLead, leads(filters))
        .join(College, College.id == BuildingLead.college_id)
        .where(here)
    )
    return [(LEAD, " · ".join(filter(None, row)), None) for row in rows]


def _counselors(conn: Connection, filters: Filters, here: Any) -> People:
    held = CounselorBuilding
    appointed = conn.execute(
        select(Counselor.name)
        .join(held, held.counselor_id == Counselor.id)
        .join(Building, Building.id == held.building_id)
        .where(here, valid_on(filters.as_of, held.starts, held.ends))
        .order_by(Counselor.name)
    )
    responsible = conn.execute(
        _standing("residents_by_counselor", filters, here, Counselor.name, College.name)
        .join(Counselor, Counselor.id == StandingCount.kind)
        .outerjoin(College, College.id == Counselor.college_id)
        .order_by(College.name, Counselor.name)
    )
    return [
        *((BUILDING_COUNSELORS, name, None) for (name,) in appointed),
        *(
            (COUNSELORS, f"{name}（{college}）" if college else name, None)
            for name, college in responsible
        ),
    ]


def _standing(measure: str, filters: Filters, here: Any, *columns: Any) -> Any:
    rows = StandingCount
    return (
        select(*columns)
        .select_from(rows)
        .join(Building, Building.id == rows.building_id)
        .where(
            here,
            rows.build == build_of(filters.term),
            rows.metric == measure,
            on_day(rows, filters),
        )
        .group_by(*columns)
    )


def _mix(conn: Connection, filters: Filters, here: Any, what: tuple[str, str, str]) -> People:
    """Residents by one quality, the largest group first, small ones together."""
    section, measure, by = what
    name = College.name if by == "college" else StandingCount.kind
    stmt = _standing(measure, filters, here, name).add_columns(func.sum(StandingCount.number))
    if by == "college":
        stmt = stmt.join(College, College.id == StandingCount.college_id)
    found = {str(kind): int(number) for kind, number in conn.execute(stmt)}
    return [(section, kind, number) for kind, number in large_named(found)]

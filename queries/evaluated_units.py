"""What is evaluated and with whom it is compared: buildings, or colleges in either meaning."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import EVALUATOR, SEES_EVERY_PLACE, Viewer
from data.models.contact import StudentContact
from data.models.people import College
from data.models.place import Building, BuildingLead, Cluster
from data.models.time import Term
from data.schemes.scheme import BUILDING, COLLEGE_LEADS
from queries.called import natural
from queries.contact_slice import students
from queries.counts import residences
from queries.evaluation_period import Period
from queries.filters import BELONGS, LEADS, Filters
from queries.slice import frame, open_on, valid_on

WHOLE = Viewer("", role=EVALUATOR)
"""Scores that depend on the others are worked out over all of them, by totals alone; what of it a
viewer may see is decided where it is shown."""
FIRST_YEAR = "新生"
FRESH = 0.6
"""An undergraduate building where so many are in their first year can hardly have Party members."""
COLLEGES = "学院"
COLUMNS = ["unit_id", "unit", "peer_group", "size", "opened"]


def units_of(conn: Connection, period: Period, kind: str) -> pd.DataFrame:
    """Every unit of a kind there was on the period's last day, in natural order: `unit_id, unit,
    peer_group, size, opened`. `size` counts students; `opened` is the day, as text, of a
    building that opened only within the period, else ""."""
    found = _buildings(conn, period) if kind == BUILDING else _colleges(conn, period, kind)
    order = [natural(name) for name in found["unit"]]
    found = found.assign(order=order).sort_values(["order", "unit_id"], ignore_index=True)
    return found[COLUMNS]


def seen_units(conn: Connection, kind: str, viewer: Viewer) -> frozenset[str] | None:
    """The units whose evaluation a viewer may see; None means all."""
    if viewer.role in SEES_EVERY_PLACE:
        return None
    if kind != BUILDING or viewer.role == "":
        return frozenset()
    return frozenset(conn.scalars(select(Building.id).where(viewer.sees_building(Building.id))))


def slice_of(filters: Filters, kind: str, unit: str) -> Filters:
    """The slice that is one unit."""
    if kind == BUILDING:
        return filters.at("building", unit)
    meaning = LEADS if kind == COLLEGE_LEADS else BELONGS
    return Filters(
        term=filters.term,
        date=filters.date,
        usual=filters.usual,
        college=unit,
        college_as=meaning,
    )


def _buildings(conn: Connection, period: Period) -> pd.DataFrame:
    day = period.last
    stmt = (
        select(Building.id, Building.name, Building.residents, Building.opened)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(*residences(day, WHOLE))
    )
    sizes = _first_years(conn, day).set_index("building_id")
    since = _first_day(conn, period)
    rows = []
    for row in conn.execute(stmt):
        number, fresh = sizes.loc[row.id] if row.id in sizes.index else (0, 0)
        group = FIRST_YEAR if _is_fresh(row.residents, number, fresh) else row.residents
        late = row.opened and row.opened > since
        opened = row.opened.isoformat() if late else ""
        rows.append((row.id, row.name, group, int(number), opened))
    return pd.DataFrame(rows, columns=COLUMNS)


def _is_fresh(residents: str, number: int, fresh: int) -> bool:
    return residents == "本科生" and number > 0 and fresh >= FRESH * number


def _first_years(conn: Connection, day: Filters) -> pd.DataFrame:
    """`building_id, number, fresh`: students living there, and those in their first year."""
    contact = StudentContact
    year = int(day.term[:4]) if day.term[:4].isdigit() else day.as_of.year
    fresh = func.count().filter(contact.grade == year)
    stmt = (
        select(contact.building_id, func.count().label("number"), fresh.label("fresh"))
        .where(*students(day, WHOLE), contact.building_id != "")
        .group_by(contact.building_id)
    )
    return frame(conn, stmt)


def _first_day(conn: Connection, period: Period) -> date:
    return conn.scalars(select(Term.starts).where(Term.id == period.starts)).one()


def _colleges(conn: Connection, period: Period, kind: str) -> pd.DataFrame:
    day = period.last
    sizes = _leading(conn, day) if kind == COLLEGE_LEADS else _belonging(conn, day)
    stmt = select(College.id, College.name).where(
        College.id.in_(list(sizes)), open_on(day.as_of, College.starts, College.ends)
    )
    rows = [(row.id, row.name, COLLEGES, sizes[row.id], "") for row in conn.execute(stmt)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _belonging(conn: Connection, day: Filters) -> dict[str, int]:
    stmt: Any = (
        select(StudentContact.college_id, func.count())
        .where(*students(day, WHOLE), StudentContact.college_id != "")
        .group_by(StudentContact.college_id)
    )
    return dict(conn.execute(stmt).all())


def _leading(conn: Connection, day: Filters) -> dict[str, int]:
    """Students who live in the buildings a college leads."""
    lead = BuildingLead
    held = _first_years(conn, day).set_index("building_id")["number"]
    sizes: dict[str, int] = {}
    stmt = select(lead.college_id, lead.building_id).where(
        valid_on(day.as_of, lead.starts, lead.ends)
    )
    for college, building in conn.execute(stmt):
        sizes[college] = sizes.get(college, 0) + int(held.get(building, 0))
    return sizes

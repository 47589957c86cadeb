"""Who was not met yet: by building, by days since the last contact, and by name where one may."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
)

from data.access.viewer import COUNSELOR, Viewer
from data.models.contact import WORD, StudentContact
from data.models.people import College, Counselor, Student
from data.models.place import Building, BuildingLead, Campus, Cluster, Floor, Room
from data.models.time import Term
from queries.contact_slice import students
from queries.filters import Filters
from queries.places import UNPLACED, floor_name, leads
from queries.slice import frame
from queries.students_met import by_home, met_by, not_yet_met

CONTACT = StudentContact
SPANS = ((0, 7), (8, 14), (15, 30), (31, 60))
SPAN_NAMES = ("0–7 天", "8–14 天", "15–30 天", "31–60 天", "60 天以上", "从未")
"""Days since the last contact; 从未 looks back to the beginning of the term before."""
LONG = 2000
"""More days than two terms have."""
MOST = 500
UNMET_COLUMNS = ["student_id", "name", "college", "class_name", "counselor", "building_id"]
UNMET_COLUMNS += ["building", "floor_id", "floor", "room_id", "room", "reached", "last", "days"]


def last_contacts(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per span of days since students were last met by their own counselor or the
    building's: `span, number, total`."""
    span = days_span(conn, filters)
    stmt = select(span.label("span"), func.count().label("number")).where(
        *students(filters, viewer)
    )
    found = dict(conn.execute(stmt.group_by(span)).all())
    total = sum(found.values())
    rows = [(name, found.get(place, 0), total) for place, name in enumerate(SPAN_NAMES)]
    return pd.DataFrame(rows if total else [], columns=["span", "number", "total"])


def days_span(conn: Connection, filters: Filters) -> ColumnElement[int]:
    """The place in SPAN_NAMES of the days since a student's last contact.

    Days of the term are bits (`data/models/contact.py`): a span is a mask over them.
    """
    first = conn.execute(select(Term.starts).where(Term.id == filters.term)).scalar_one()
    today = (filters.as_of - first).days
    cases = []
    for place, (low, high) in enumerate((*SPANS, (SPANS[-1][1] + 1, LONG))):
        days = range(max(today - high, 0), today - low + 1)
        since, until = (filters.as_of - timedelta(days=n) for n in (high, low))
        before = and_(CONTACT.last_before >= since, CONTACT.last_before <= until)
        cases.append((or_(before, *_any_day(days)), place))
    return case(*cases, else_=len(SPAN_NAMES) - 1)


def _any_day(days: range) -> list[ColumnElement[bool]]:
    """Whether a bit of any of these days is set."""
    masks: dict[int, int] = {}
    for day in days:
        masks[day // WORD] = masks.get(day // WORD, 0) | 1 << day % WORD
    words = (CONTACT.own_0, CONTACT.own_1, CONTACT.own_2, CONTACT.own_3)
    return [words[n].bitwise_and(literal(mask, BigInteger)) != 0 for n, mask in masks.items()]


def met_by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building where students of the slice live, the largest share not yet
    met first: `campus_id, campus, cluster_id, cluster, building_id, building, owner, longitude,
    latitude, footprint, residents, numerator, denominator, unmet`.

    Students without a room stand in a last row of their own, with `building_id` "".
    """
    sums = by_home(filters, viewer).subquery("sums")
    stmt = (
        select(
            Campus.id.label("campus_id"),
            Campus.name.label("campus"),
            Cluster.id.label("cluster_id"),
            Cluster.name.label("cluster"),
            sums.c.building_id,
            func.coalesce(Building.name, UNPLACED).label("building"),
            College.name.label("owner"),
            Building.longitude,
            Building.latitude,
            Building.footprint,
            sums.c.denominator.label("residents"),
            sums.c.numerator,
            sums.c.denominator,
        )
        .select_from(sums)
        .outerjoin(Building, Building.id == sums.c.building_id)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(Campus, Campus.id == Cluster.campus_id)
        .outerjoin(BuildingLead, leads(filters))
        .outerjoin(College, College.id == BuildingLead.college_id)
        .order_by(Campus.id, Cluster.id, Building.id)
    )
    found = frame(conn, stmt).drop_duplicates("building_id", ignore_index=True)
    found = found.assign(unmet=found["denominator"] - found["numerator"])
    share = found["unmet"] / found["denominator"]
    order = found.assign(last=found["building_id"] == "", share=share).sort_values(
        ["last", "share", "unmet", "building_id"], ascending=[True, False, False, True]
    )
    return order.drop(columns=["last", "share"]).reset_index(drop=True)


def buildings_on_map(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """`met_by_building` without those who have no room, in the order of places."""
    found = met_by_building(conn, filters, viewer)
    placed = found[found["building_id"] != ""]
    return placed.sort_values(["campus_id", "cluster_id", "building_id"], ignore_index=True)


def names_shown(filters: Filters, viewer: Viewer) -> bool:
    """Names stand at the lowest level only: on a floor, in a room, on one counselor's list."""
    return filters.level in ("floor", "room") or bool(filters.counselor or viewer.role == COUNSELOR)


def unmet_students(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Students not yet met this term whom the viewer may see, the longest not met first:
    `student_id, name, college, class_name, counselor, building_id, building, floor_id, floor,
    room_id, room, reached, last, days`. At most 500; none above a floor or one counselor's list.

    `reached` is the day their room was reached with nobody on record; `last` may lie in the term
    before, `days` counts from it.
    """
    if not names_shown(filters, viewer):
        return pd.DataFrame([], columns=UNMET_COLUMNS)
    last = last_contact(filters)
    room_reached = case((met_by(CONTACT.first_room, filters), CONTACT.first_room), else_=null())
    stmt = (
        select(
            CONTACT.student_id,
            Student.name,
            College.name.label("college"),
            CONTACT.class_name,
            Counselor.name.label("counselor"),
            CONTACT.building_id,
            Building.name.label("building"),
            CONTACT.floor_id,
            case((Floor.id.is_(None), null()), else_=floor_name()).label("floor"),
            CONTACT.room_id,
            Room.code.label("room"),
            room_reached.label("reached"),
            last.label("last"),
        )
        .join(Student, Student.id == CONTACT.student_id)
        .join(College, College.id == CONTACT.college_id)
        .outerjoin(Counselor, Counselor.id == CONTACT.counselor_id)
        .outerjoin(Building, Building.id == CONTACT.building_id)
        .outerjoin(Floor, Floor.id == CONTACT.floor_id)
        .outerjoin(Room, Room.id == CONTACT.room_id)
        .where(
            *students(filters, viewer),
            viewer.sees_enrolment(CONTACT),
            not_yet_met(filters),
        )
        .order_by(last.is_not(None), last, Building.id, Room.code, CONTACT.student_id)
        .limit(MOST)
    )
    found = frame(conn, stmt)
    lasts = [day_of(value) for value in found["last"]]
    days = [None if last is None else (filters.as_of - last).days for last in lasts]
    return found.assign(days=pd.Series(days, index=found.index, dtype="object"))


def last_contact(filters: Filters) -> ColumnElement[date | None]:
    """When somebody not met this term was met last: in the term before, or never. Read it with
    `day_of`."""
    return case((CONTACT.last_before < filters.as_of, CONTACT.last_before), else_=null())


def day_of(value: Any) -> date | None:
    """A day that came out of a CASE, which SQLite gives as text."""
    if value is None or pd.isna(value):
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])

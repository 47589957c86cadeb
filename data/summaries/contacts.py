"""Whom counselors met, when they came, what was answered: the rows of data/models/contact.py.

A maker gives the rows of one table for one term, from the ledgers and the scratch tables that
`contact_scratch.prepare` has filled.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause

from data.engine import Rows, earliest, latest
from data.models.contact import (
    ConcernStage,
    ContactTotal,
    CounselorPeriod,
    EngagementSession,
    KeyGroupCount,
    NodeCoverage,
    StudentContact,
)
from data.models.evaluation import SupportNeed
from data.models.forces import Concern, Engagement, Visit
from data.models.people import Counselor
from data.models.place import Building, Cluster
from data.models.time import KeyNode
from data.summaries.contact_scratch import (
    BITS,
    FIRST,
    FIRSTS,
    LIMIT,
    PERIOD,
    REACHED,
    SERVES,
    SLICE,
    WEEK,
)
from data.summaries.group_spells import PEER
from data.summaries.intervals import FOREVER, until
from data.summaries.method import APARTMENT, UNTIMED, long_enough, minutes, period
from data.summaries.scratch import PLACE, Window
from data.summaries.standings import placed

Maker = Callable[[Window], Rows]


def student_contacts(window: Window) -> Rows:
    """Rows of StudentContact: every enrolment slice beside the contacts of its student."""
    before, own, first = _last_before(window), SLICE.c, FIRST.c
    named = ("college_id", "counselor_id", "degree_level", "grade", "class_name", "away")
    return (
        select(
            own.student_id,
            *(own[name] for name in (*PLACE, "room_id", *named, "starts", "until")),
            *(first[name] for name in FIRSTS),
            REACHED.c.day.label("first_room"),
            first.last_own,
            before.c.last_own.label("last_before"),
            *(func.coalesce(first[name], 0).label(name) for name in BITS),
        )
        .select_from(SLICE)
        .outerjoin(FIRST, first.student_id == own.student_id)
        .outerjoin(REACHED, REACHED.c.student_id == own.student_id)
        .outerjoin(before, before.c.student_id == own.student_id)
    )


def contact_totals(_: Window) -> Rows:
    """Rows of ContactTotal."""
    own, first = SLICE.c, FIRST.c
    key = (own.campus_id, own.college_id, own.degree_level, own.starts, own.until)
    parts = []
    for way, day, here in (
        ("own", first.first_own, own.away == ""),
        ("any", first.first_any, own.away == ""),
        ("away", cast(null(), Date), own.away != ""),
    ):
        rows = (
            select(literal(way, String(8)).label("way"), *key, day.label("first"))
            .select_from(SLICE)
            .outerjoin(FIRST, first.student_id == own.student_id)
            .where(here)
            .subquery(way)
        )
        parts.append(select(*rows.c, func.count().label("number")).group_by(*rows.c))
    every = union_all(*parts).subquery("every")
    return select(*every.c)


def _last_before(window: Window) -> FromClause:
    contact = StudentContact
    return (
        select(contact.student_id, func.max(contact.last_own).label("last_own"))
        .where(contact.build == window.before)
        .group_by(contact.student_id)
        .subquery("before")
    )


def counselor_periods(window: Window) -> Rows:
    """Rows of CounselorPeriod: every period due, made or not, and visits at other times."""
    made, listed = _visits_by_week(window), _with_students()
    posted = select(SERVES.c.counselor_id).distinct().subquery("posted")
    in_office = and_(
        func.coalesce(Counselor.starts, WEEK.c.starts) <= WEEK.c.starts,
        until(Counselor.ends) >= WEEK.c.until,
    )
    has_someone = or_(listed.c.counselor_id.is_not(None), posted.c.counselor_id.is_not(None))
    due = case(
        (and_(WEEK.c.teaching_days > 0, PERIOD.c.period != "", in_office, has_someone), 1), else_=0
    )
    same = and_(
        made.c.counselor_id == Counselor.id,
        made.c.week == WEEK.c.week,
        made.c.period == PERIOD.c.period,
    )
    counts = ("visits", "long", "apartment", "elsewhere", "minutes")
    return (
        select(
            Counselor.id.label("counselor_id"),
            func.coalesce(Counselor.college_id, "").label("college_id"),
            *(WEEK.c[n] for n in ("week", "starts", "until", "through", "teaching_days")),
            PERIOD.c.period,
            due.label("due"),
            case((listed.c.counselor_id.is_not(None), 1), else_=0).label("listed"),
            *(func.coalesce(made.c[name], 0).label(name) for name in counts),
        )
        .select_from(Counselor)
        .join(WEEK, literal(1) == 1)
        .join(PERIOD, literal(1) == 1)
        .outerjoin(listed, listed.c.counselor_id == Counselor.id)
        .outerjoin(posted, posted.c.counselor_id == Counselor.id)
        .outerjoin(made, same)
        .where(or_(due == 1, made.c.visits > 0))
    )


def _with_students() -> FromClause:
    chosen = SLICE.c.counselor_id
    stmt = select(chosen).where(chosen != "", SLICE.c.away == "").distinct()
    return stmt.subquery("listed")


def _visits_by_week(window: Window) -> FromClause:
    when = period(window.method)
    timed = case((when == UNTIMED, literal("")), else_=when)
    at_home = case((Visit.venue == APARTMENT, 1), else_=0)
    visit = (
        select(
            Visit.counselor_id,
            Visit.day,
            timed.label("period"),
            long_enough(window.method).label("long"),
            at_home.label("apartment"),
            func.coalesce(minutes(window.method), 0).label("minutes"),
        )
        .where(Visit.day >= window.starts, Visit.day < window.until)
        .subquery("visit")
    )
    week = and_(WEEK.c.starts <= visit.c.day, WEEK.c.until > visit.c.day)
    key = (visit.c.counselor_id, WEEK.c.week, visit.c.period)
    return (
        select(
            *key,
            func.count().label("visits"),
            func.sum(visit.c.long).label("long"),
            func.sum(visit.c.apartment).label("apartment"),
            func.sum(1 - visit.c.apartment).label("elsewhere"),
            func.sum(visit.c.minutes).label("minutes"),
        )
        .join(WEEK, week)
        .where(visit.c.day <= WEEK.c.through)
        .group_by(*key)
        .subquery("made")
    )


def node_coverage(window: Window) -> Rows:
    """Rows of NodeCoverage: residential buildings in use at some time of the window."""
    opened = func.coalesce(Building.opened, literal(date.min, Date))
    due = latest(KeyNode.starts, opened)
    inside = and_(
        Visit.building_id == Building.id,
        Visit.venue == APARTMENT,
        Visit.day >= due,
        Visit.day <= KeyNode.ends,
    )
    place = (Cluster.campus_id, Building.cluster_id, Building.id)
    return (
        select(
            KeyNode.id.label("node_id"),
            place[0],
            place[1],
            place[2].label("building_id"),
            due.label("due"),
            KeyNode.ends,
            func.min(Visit.day).label("first_visit"),
            func.count(Visit.id).label("visits"),
        )
        .select_from(KeyNode)
        .join(Building, Building.residential.is_(True))
        .join(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(Visit, inside)
        .where(KeyNode.term_id == window.term, due <= KeyNode.ends, until(Building.closed) > due)
        .group_by(KeyNode.id, *place, due, KeyNode.ends)
    )


def concern_stages(window: Window) -> Rows:
    """Rows of ConcernStage: concerns of the term, and earlier ones still unresolved as it began."""
    carried = Concern.raised < window.starts
    stages = [Concern.assigned, Concern.responded, Concern.resolved, Concern.confirmed]
    names = ("assigned", "responded", "resolved", "confirmed")
    reached = [_earliest_of(*stages[place:]).label(name) for place, name in enumerate(names)]
    resolved = _earliest_of(*stages[2:])
    unresolved = or_(resolved.is_(None), resolved >= window.starts)
    return (
        select(
            Concern.id.label("concern_id"),
            func.coalesce(Concern.student_id, "").label("student_id"),
            *placed(),
            func.coalesce(Concern.college_id, "").label("college_id"),
            func.coalesce(Concern.counselor_id, "").label("counselor_id"),
            cast(Concern.category, String(16)).label("category"),
            case((carried, 1), else_=0).label("carried"),
            Concern.raised,
            LIMIT.c.limit_day,
            *reached,
        )
        .select_from(Concern)
        .join(LIMIT, LIMIT.c.day == Concern.raised)
        .outerjoin(Building, Building.id == Concern.building_id)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .where(Concern.raised < window.until, or_(Concern.raised >= window.starts, unresolved))
    )


def _earliest_of(*days: Any) -> ColumnElement[date | None]:
    """The earliest of several days that are known; NULL where none is."""
    if len(days) == 1:
        return days[0]
    far = literal(FOREVER, Date)
    found = earliest(*(func.coalesce(day, far) for day in days))
    return func.nullif(found, far, type_=Date)


def key_group_counts(window: Window) -> Rows:
    """Rows of KeyGroupCount: by category, and once for every student with any need."""
    need = SupportNeed
    by_category = select(need.student_id, cast(need.category, String(16)).label("category"))
    anyone = select(need.student_id, literal("", String(16)).label("category"))
    parts = [part.where(need.term_id == window.term) for part in (by_category, anyone)]
    needs = union(*parts).subquery("needs")
    key = (
        *(SLICE.c[name] for name in ("college_id", "counselor_id")),
        needs.c.category,
        *(SLICE.c[name] for name in ("starts", "until")),
        FIRST.c.first_own,
        PEER.c.day.label("first_peer"),
    )
    return (
        select(*key, func.count().label("number"))
        .select_from(SLICE)
        .join(needs, needs.c.student_id == SLICE.c.student_id)
        .outerjoin(PEER, PEER.c.student_id == SLICE.c.student_id)
        .outerjoin(FIRST, FIRST.c.student_id == SLICE.c.student_id)
        .where(SLICE.c.away == "")
        .group_by(*key)
    )


def engagement_sessions(window: Window) -> Rows:
    """Rows of EngagementSession."""
    session = Engagement
    return (
        select(
            session.id.label("engagement_id"),
            session.day,
            cast(session.carrier, String(16)).label("carrier"),
            cast(session.person_kind, String(16)).label("person_kind"),
            func.coalesce(session.person_code, "").label("person_code"),
            *placed(),
            func.coalesce(session.college_id, "").label("college_id"),
            func.coalesce(session.hours, 0.0).label("hours"),
            session.attended,
        )
        .select_from(session)
        .join(Building, Building.id == session.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(session.day >= window.starts, session.day < window.until)
    )


CONTACTS: dict[str, tuple[Table, Maker]] = {
    "student_contacts": (StudentContact.__table__, student_contacts),  # type: ignore[dict-item]
    "contact_totals": (ContactTotal.__table__, contact_totals),  # type: ignore[dict-item]
    "counselor_periods": (CounselorPeriod.__table__, counselor_periods),  # type: ignore[dict-item]
    "node_coverage": (NodeCoverage.__table__, node_coverage),  # type: ignore[dict-item]
    "concern_stages": (ConcernStage.__table__, concern_stages),  # type: ignore[dict-item]
    "key_group_counts": (KeyGroupCount.__table__, key_group_counts),  # type: ignore[dict-item]
    "engagement_sessions": (EngagementSession.__table__, engagement_sessions),  # type: ignore[dict-item]
}

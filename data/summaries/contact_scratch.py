"""Temporary tables for the 44023 summaries: who belonged to whom, who was met on which day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    String,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
)

from data.engine import Rows, days_between, earliest, latest
from data.models.contact import WORD
from data.models.forces import Concern, Visit, VisitRoom, VisitStudent
from data.models.people import CounselorBuilding, Enrolment
from data.models.place import Building, Cluster, Room
from data.models.time import Term
from data.summaries.group_spells import PEER, peers
from data.summaries.intervals import until
from data.summaries.method import PERIODS
from data.summaries.scratch import (
    PLACE,
    Window,
    analyse,
    empty,
    fill,
    in_force,
    scratch_table,
    span,
    words,
)
from data.summaries.weeks import holidays, weeks_of, working_day_after

TALK, PRESENT, IN_CLASS = "谈话", "在寝", "随堂"
WORDS = 4
"""Numbers of 60 days each: 240 days are longer than any term."""

SLICE = scratch_table(
    "slice",
    *words("student_id", "room_id", *PLACE, "college_id", "counselor_id", "degree_level", "away"),
    Column("class_name", String(64), nullable=False),
    Column("major", String(64), nullable=False),
    Column("grade", Integer, nullable=False),
    *span(),
    index=("student_id",),
)
"""Every enrolment of the term, of those away and those without a room too."""
Index("ix_refresh_slice_room", SLICE.c.room_id)

SERVES = scratch_table(
    "serves", *words("counselor_id", "building_id"), *span(), index=("building_id", "counselor_id")
)
"""Which building counselor served which building when."""

MET = scratch_table(
    "met",
    *words("student_id"),
    Column("day", Date, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("own", "talk", "present", "in_class")),
    index=("student_id",),
)
"""Students met on a day of the term; `own` is 1 where their own counselor or the building's did,
and the last three say how."""

FIRSTS = ("first_own", "first_any", "first_talk", "first_present", "first_class")
BITS = tuple(f"own_{number}" for number in range(WORDS))
FIRST = scratch_table(
    "first",
    *words("student_id"),
    *(Column(name, Date) for name in (*FIRSTS, "last_own")),
    *(Column(name, BigInteger, nullable=False) for name in BITS),
    index=("student_id",),
)
"""By student: the first day of each kind of contact, the last by their own, and their days."""

REACHED = scratch_table(
    "reached", *words("student_id"), Column("day", Date, nullable=False), index=("student_id",)
)
"""The first day on which a room a student lived in was reached by their own counselor."""

WEEK = scratch_table(
    "week",
    Column("week", Integer, nullable=False),
    *span(),
    Column("through", Date, nullable=False),
    Column("teaching_days", Integer, nullable=False),
    index=("week",),
)
PERIOD = scratch_table("period", *words("period"), index=("period",))
"""The four periods, and "" for visits without a starting time."""

LIMIT = scratch_table(
    "limit",
    Column("day", Date, nullable=False),
    Column("limit_day", Date, nullable=False),
    index=("day",),
)
"""The last day on which a first response to a concern raised on `day` is in time."""

TABLES = (SLICE, SERVES, MET, FIRST, REACHED, PEER, WEEK, PERIOD, LIMIT)


def prepare(conn: Connection, window: Window) -> None:
    """Fill these tables for one term."""
    empty(conn, *TABLES)
    fill(conn, SLICE, slices(window))
    fill(conn, SERVES, serving(window))
    analyse(conn, SLICE, SERVES)
    fill(conn, MET, met(window))
    fill(conn, FIRST, firsts(window))
    fill(conn, REACHED, reached(window))
    fill(conn, PEER, peers(window))
    _calendar(conn, window)
    analyse(conn, MET, FIRST, REACHED, PEER, WEEK, LIMIT)


def slices(window: Window) -> Rows:
    """What fills SLICE."""
    starts, ends = in_force()
    places = (Cluster.campus_id, Building.cluster_id, Room.building_id, Room.floor_id)
    return (
        select(
            Enrolment.student_id,
            _or_nothing(Enrolment.room_id).label("room_id"),
            *(_or_nothing(c).label(name) for name, c in zip(PLACE, places, strict=True)),
            Enrolment.college_id,
            _or_nothing(Enrolment.counselor_id).label("counselor_id"),
            Enrolment.degree_level,
            _or_nothing(Enrolment.away).label("away"),
            _or_nothing(Enrolment.class_name).label("class_name"),
            _or_nothing(Enrolment.major).label("major"),
            Enrolment.grade,
            starts.label("starts"),
            ends.label("until"),
        )
        .join(Term, Term.id == Enrolment.term_id)
        .outerjoin(Room, Room.id == Enrolment.room_id)
        .outerjoin(Building, Building.id == Room.building_id)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .where(Enrolment.term_id == window.term, starts < ends)
    )


def _or_nothing(column: Any) -> ColumnElement[str]:
    return func.coalesce(column, literal("", String(1)))


def serving(window: Window) -> Rows:
    """What fills SERVES."""
    post = CounselorBuilding
    starts = latest(post.starts, literal(window.starts, Date))
    ends = earliest(until(post.ends), literal(window.until, Date))
    return select(
        post.counselor_id, post.building_id, starts.label("starts"), ends.label("until")
    ).where(starts < ends)


def met(window: Window) -> Rows:
    """What fills MET: whose student somebody was is read as of the day of the visit."""
    own = case((_own(), 1), else_=0)

    def how(kind: str) -> ColumnElement[int]:
        return func.max(case((VisitStudent.met == kind, own), else_=0))

    return (
        select(
            VisitStudent.student_id,
            Visit.day,
            func.max(own).label("own"),
            how(TALK).label("talk"),
            how(PRESENT).label("present"),
            how(IN_CLASS).label("in_class"),
        )
        .join(Visit, Visit.id == VisitStudent.visit_id)
        .outerjoin(SLICE, and_(SLICE.c.student_id == VisitStudent.student_id, _on(SLICE)))
        .outerjoin(SERVES, _of_building())
        .where(VisitStudent.term_id == window.term, *_in(window))
        .group_by(VisitStudent.student_id, Visit.day)
    )


def firsts(window: Window) -> Rows:
    """What fills FIRST."""

    def first(flag: str) -> ColumnElement[date | None]:
        return func.min(case((MET.c[flag] == 1, MET.c.day)))

    number = days_between(MET.c.day, literal(window.starts, Date))
    return select(
        MET.c.student_id,
        first("own").label("first_own"),
        func.min(MET.c.day).label("first_any"),
        first("talk").label("first_talk"),
        first("present").label("first_present"),
        first("in_class").label("first_class"),
        func.max(case((MET.c.own == 1, MET.c.day))).label("last_own"),
        *(_bits(number, word).label(name) for word, name in enumerate(BITS)),
    ).group_by(MET.c.student_id)


def _bits(number: Any, word: int) -> ColumnElement[int]:
    """The sum of 2^(day - 60 × word) over the days of one word: one row a day, so bits never
    collide."""
    within = and_(MET.c.own == 1, number >= word * WORD, number < (word + 1) * WORD)
    bit = literal(1, BigInteger).bitwise_lshift(number - word * WORD)
    return cast(func.sum(case((within, bit), else_=literal(0, BigInteger))), BigInteger)


def reached(window: Window) -> Rows:
    """What fills REACHED; who is away lives in no room."""
    return (
        select(SLICE.c.student_id, func.min(Visit.day).label("day"))
        .select_from(VisitRoom)
        .join(Visit, Visit.id == VisitRoom.visit_id)
        .join(SLICE, and_(SLICE.c.room_id == VisitRoom.room_id, _on(SLICE), SLICE.c.away == ""))
        .outerjoin(SERVES, _of_building())
        .where(_own(), *_in(window))
        .group_by(SLICE.c.student_id)
    )


def _in(window: Window) -> tuple[ColumnElement[bool], ...]:
    return Visit.day >= window.starts, Visit.day < window.until


def _on(rows: Any) -> ColumnElement[bool]:
    return and_(rows.c.starts <= Visit.day, rows.c.until > Visit.day)


def _of_building() -> ColumnElement[bool]:
    served = SERVES.c
    return and_(
        served.building_id == SLICE.c.building_id,
        served.counselor_id == Visit.counselor_id,
        _on(SERVES),
    )


def _own() -> ColumnElement[bool]:
    return or_(SLICE.c.counselor_id == Visit.counselor_id, SERVES.c.counselor_id.is_not(None))


def _calendar(conn: Connection, window: Window) -> None:
    """Weeks, periods and limits come from two small registers: counted here, not in SQL."""
    weeks = [
        {
            "week": week.number,
            "starts": week.starts,
            "until": week.until,
            "through": min(week.until - timedelta(days=1), window.as_of),
            "teaching_days": len(week.teaching_days),
        }
        for week in weeks_of(conn, window.term)
        if week.starts <= window.as_of
    ]
    conn.execute(insert(WEEK), weeks)
    conn.execute(insert(PERIOD), [{"period": name} for name in (*PERIODS, "")])
    limits = [{"day": d, "limit_day": last} for d, last in _limits(conn, window)]
    if limits:
        conn.execute(insert(LIMIT), limits)


def _limits(conn: Connection, window: Window) -> Iterator[tuple[date, date]]:
    free = holidays(conn)
    days = select(Concern.raised).where(Concern.raised < window.until).distinct()
    for day in sorted(conn.scalars(days)):
        yield day, working_day_after(day, window.method.response_days, free)

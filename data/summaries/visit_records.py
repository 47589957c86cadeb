"""How visits are written down, and where two records tell of the same thing: counts by day.

Measures of `data/summaries/flows.py`, under the college of the counselor who wrote. They speak of
the ledgers as they stand, on the day a visit is for: what was entered late counts on that day too.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Float,
    Integer,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import FromClause

from data.engine import Rows, days_between
from data.models.forces import Visit, VisitRoom, VisitStudent
from data.models.people import Counselor
from data.models.place import Building, Cluster, Room
from data.summaries.contact_scratch import PRESENT, SLICE, TALK
from data.summaries.method import APARTMENT, minutes
from data.summaries.scratch import Window
from data.summaries.standings import placed

Measure = Callable[[Window], Rows]
BULK_VISITS, LATE_DAYS = 5, 7
"""So many visits, each entered more than so many days after its day, by one counselor on one day:
a batch."""
LONGEST = 120
"""Visits of so many minutes or more are told apart no further."""

AT_HOME, ROOMLESS, ELSEWHERE = "公寓有房间", "公寓没有房间", "课堂或实验室"
PROMPT, BULK, UNDATED = "随时录入", "批量录入", "没有录入时间"
ENDLESS, UNCLEAR = "没有结束时间", "起止不明"
HOMES, BUILDINGS, JOINT = "学生住处与走访房间", "走访楼宇与房间所在楼宇", "两名辅导员同时走访"


def visit_records(window: Window) -> Rows:
    """Visits by where, how entered and how long, a word each: `公寓有房间 随时录入 040`.

    Minutes are three figures. A visit without them is ENDLESS; where it has an end and no start, or
    one that cannot be, it is UNCLEAR.
    """
    where = case(
        (Visit.venue != APARTMENT, ELSEWHERE), (_has_rooms(Visit.id), AT_HOME), else_=ROOMLESS
    )
    batch = _batches(window)
    in_a_batch = and_(batch.c.counselor_id.is_not(None), _late())
    entered = case((Visit.entered.is_(None), UNDATED), (in_a_batch, BULK), else_=PROMPT)
    kind = where + " " + entered + " " + _length(window)
    same = and_(batch.c.counselor_id == Visit.counselor_id, batch.c.entered == _date(Visit.entered))
    stmt = _told(kind, Visit, literal(0.0, Float)).select_from(Visit).outerjoin(batch, same)
    return _in_term(stmt, window, Visit)


def _batches(window: Window) -> FromClause:
    entered = _date(Visit.entered)
    return (
        select(Visit.counselor_id, entered.label("entered"))
        .where(Visit.day >= window.starts, Visit.day < window.until, _late())
        .group_by(Visit.counselor_id, entered)
        .having(func.count() >= BULK_VISITS)
        .subquery("batch")
    )


def _late() -> ColumnElement[bool]:
    return days_between(_date(Visit.entered), Visit.day) > LATE_DAYS


def _length(window: Window) -> ColumnElement[str]:
    lasted = cast(minutes(window.method), Integer)
    shown = case((lasted >= LONGEST, LONGEST), else_=lasted)
    text = cast(shown, String(32))
    return case(
        (Visit.ends.is_(None), ENDLESS),
        (lasted.is_(None), UNCLEAR),
        (shown < 10, "00" + text),
        (shown < 100, "0" + text),
        else_=text,
    )


def source_agreement(window: Window) -> Rows:
    """What two records say of the same thing; `amount` is 1 where they agree."""
    together = union_all(_homes(window), _buildings(window), _joint(window)).subquery("together")
    return select(*together.c)


def _date(moment: Any) -> Any:
    return func.date(moment, type_=Date)


def _told(kind: Any, visit: Any, amount: ColumnElement[float]) -> Rows:
    """A measure's columns of visits, which `_in_term` joins to their places."""
    return select(
        kind.label("kind"),
        *placed(),
        func.coalesce(Counselor.college_id, "").label("college_id"),
        visit.day.label("day"),
        amount.label("amount"),
    )


def _in_term(stmt: Rows, window: Window, visit: Any) -> Rows:
    return (
        stmt.join(Counselor, Counselor.id == visit.counselor_id)
        .outerjoin(Building, Building.id == visit.building_id)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .where(visit.day >= window.starts, visit.day < window.until)
    )


def _agree(what: ColumnElement[bool]) -> ColumnElement[float]:
    return case((what, literal(1.0, Float)), else_=literal(0.0, Float))


def _has_rooms(visit: Any) -> ColumnElement[bool]:
    some = aliased(VisitRoom)
    return exists(select(some.visit_id).where(some.visit_id == visit))


def _homes(window: Window) -> Rows:
    """Students met at home on a visit with rooms: whether it went through the room they lived in
    on that day. Those without a room cannot be compared."""
    home, passed = SLICE.c, VisitRoom
    stmt = _told(literal(HOMES, String(32)), Visit, _agree(passed.room_id.is_not(None)))
    stmt = (
        stmt.select_from(VisitStudent)
        .join(Visit, Visit.id == VisitStudent.visit_id)
        .join(SLICE, _lived(home, VisitStudent.student_id, Visit.day))
        .outerjoin(passed, and_(passed.visit_id == Visit.id, passed.room_id == home.room_id))
        .where(
            VisitStudent.term_id == window.term,
            VisitStudent.met.in_((TALK, PRESENT)),
            Visit.venue == APARTMENT,
            _has_rooms(Visit.id),
        )
    )
    return _in_term(stmt, window, Visit)


def _lived(home: Any, student: Any, day: Any) -> ColumnElement[bool]:
    return and_(
        home.student_id == student, home.starts <= day, home.until > day, home.room_id != ""
    )


def _buildings(window: Window) -> Rows:
    """Visits with a building and rooms: whether all of the rooms are in that building."""
    elsewhere = case((Room.building_id == Visit.building_id, 0), else_=1)
    rooms = (
        select(VisitRoom.visit_id, func.sum(elsewhere).label("elsewhere"))
        .join(Visit, Visit.id == VisitRoom.visit_id)
        .join(Room, Room.id == VisitRoom.room_id)
        .where(Visit.day >= window.starts, Visit.day < window.until)
        .group_by(VisitRoom.visit_id)
        .subquery("rooms")
    )
    stmt = _told(literal(BUILDINGS, String(32)), Visit, _agree(rooms.c.elsewhere == 0))
    stmt = stmt.select_from(rooms).join(Visit, Visit.id == rooms.c.visit_id)
    return _in_term(stmt.where(Visit.building_id.is_not(None)), window, Visit)


def _joint(window: Window) -> Rows:
    """Two counselors in one room at one time: of the students who live there and whom one has
    written down, whether the other, who has written down somebody, has too."""
    shared = _shared_rooms(window)
    home, seen, theirs = SLICE.c, aliased(VisitStudent), aliased(VisitStudent)
    both = (theirs.visit_id == shared.c.other_id, theirs.student_id == seen.student_id)
    agreed = exists(select(theirs.visit_id).where(*both, theirs.term_id == window.term))
    named = exists(select(theirs.visit_id).where(theirs.visit_id == shared.c.other_id))
    stmt = _told(literal(JOINT, String(32)), Visit, _agree(agreed))
    stmt = (
        stmt.select_from(shared)
        .join(Visit, Visit.id == shared.c.own_id)
        .join(seen, seen.visit_id == Visit.id)
        .join(SLICE, _lived(home, seen.student_id, Visit.day))
        .where(home.room_id == shared.c.room_id, named)
    )
    return _in_term(stmt, window, Visit)


def _shared_rooms(window: Window) -> FromClause:
    """Rooms that two visits of one building have in common on one day, at one time; a visit over
    midnight is not compared. DISTINCT keeps the planner from beginning with the students."""
    names = (Visit.id, Visit.counselor_id, Visit.building_id, Visit.day, Visit.starts, Visit.ends)
    timed = (
        select(*names)
        .where(Visit.day >= window.starts, Visit.day < window.until)
        .where(Visit.venue == APARTMENT, Visit.starts <= Visit.ends)
        .cte("timed")
    )
    own, other = timed.alias("own"), timed.alias("other")
    here, there = aliased(VisitRoom), aliased(VisitRoom)
    at_once = and_(
        other.c.building_id == own.c.building_id,
        other.c.day == own.c.day,
        other.c.counselor_id != own.c.counselor_id,
        or_(other.c.starts < own.c.ends, other.c.starts == own.c.starts),
        or_(own.c.starts < other.c.ends, own.c.starts == other.c.starts),
    )
    return (
        select(own.c.id.label("own_id"), other.c.id.label("other_id"), here.room_id)
        .select_from(own)
        .join(other, at_once)
        .join(here, here.visit_id == own.c.id)
        .join(there, and_(there.visit_id == other.c.id, there.room_id == here.room_id))
        .distinct()
        .subquery("shared")
    )


RECORDS: dict[str, Measure] = {
    "visit_records": visit_records,
    "source_agreement": source_agreement,
}

"""What was done in a building on a day: visits, activities, concerns, services, engagement.

Each is a measure of `data/summaries/flows.py`. What does not add up over days is counted so that
it does: a room on the day it was first reached, a time taken as a kind of its own per day.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Date, Float, String, and_, case, cast, func, literal, select

from data.engine import Rows, days_between
from data.models.activity import Activity, ActivityPlace, Attendance
from data.models.forces import Concern, Engagement, Visit, VisitRoom
from data.models.place import Building, Cluster, Room
from data.models.service import ServiceRequest
from data.summaries.method import long_enough, period
from data.summaries.scratch import Window
from data.summaries.standings import placed

Measure = Callable[[Window], Rows]
NO_THEME = "未分类"
LONGEST = 31
"""Times taken of so many days or more are one kind: a median beyond it is not told apart."""
NOTHING = literal(0.0, Float)


def _happened(kind: Any, day: Any, amount: Any = NOTHING, college: Any = None) -> Rows:
    """A measure's columns, of a building that is outer-joined afterwards."""
    return select(
        kind.label("kind"),
        *placed(),
        (literal("", String(32)) if college is None else func.coalesce(college, "")).label(
            "college_id"
        ),
        day.label("day"),
        amount.label("amount"),
    )


def _in_term(stmt: Rows, window: Window, day: Any, building: Any) -> Rows:
    return (
        stmt.outerjoin(Building, Building.id == building)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .where(day >= window.starts, day < window.until)
    )


def visits(window: Window) -> Rows:
    """Visits to a building by period; `amount` is 1 where one lasted as long as 44023 asks."""
    long = cast(long_enough(window.method), Float)
    stmt = _happened(period(window.method), Visit.day, long)
    return _in_term(stmt, window, Visit.day, Visit.building_id)


def rooms_reached(window: Window) -> Rows:
    """Rooms on the day a visit of the term first went through them."""
    first = (
        select(VisitRoom.room_id, func.min(Visit.day).label("day"))
        .join(Visit, Visit.id == VisitRoom.visit_id)
        .where(Visit.day >= window.starts, Visit.day < window.until)
        .group_by(VisitRoom.room_id)
        .subquery("first")
    )
    return (
        _happened(literal("", String(32)), first.c.day)
        .select_from(first)
        .join(Room, Room.id == first.c.room_id)
        .join(Building, Building.id == Room.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
    )


def activities(window: Window) -> Rows:
    """Activities by theme, once in each building they took place in."""
    kind = func.coalesce(Activity.theme, NO_THEME)
    stmt = _happened(kind, Activity.day, college=Activity.college_id).select_from(Activity)
    stmt = stmt.outerjoin(ActivityPlace, ActivityPlace.activity_id == Activity.id)
    return _in_term(stmt, window, Activity.day, ActivityPlace.building_id)


def attendances(window: Window) -> Rows:
    """Activities whose attendance is on record; `amount` adds up those who came."""
    came = (
        select(Attendance.activity_id, cast(func.count(), Float).label("people"))
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(Activity.day >= window.starts, Activity.day < window.until)
        .group_by(Attendance.activity_id)
        .subquery("came")
    )
    stmt = _happened(literal("", String(32)), Activity.day, came.c.people, Activity.college_id)
    stmt = (
        stmt.select_from(Activity)
        .join(came, came.c.activity_id == Activity.id)
        .outerjoin(ActivityPlace, ActivityPlace.activity_id == Activity.id)
    )
    return _in_term(stmt, window, Activity.day, ActivityPlace.building_id)


def concerns_raised(window: Window) -> Rows:
    """Concerns by category, on the day they were raised."""
    stmt = _happened(Concern.category, Concern.raised, college=Concern.college_id)
    return _in_term(stmt, window, Concern.raised, Concern.building_id)


def _days_taken(ended: Any, began: Any) -> Any:
    """Days as text of two figures, so that they sort; 31 stands for more."""
    days = days_between(ended, began)
    shown = cast(case((days >= LONGEST, LONGEST), else_=days), String(32))
    return case((days < 10, literal("0") + shown), else_=shown)


def concern_answer_days(window: Window) -> Rows:
    """First answers to concerns, by the days they took, on the day of the answer."""
    kind = _days_taken(Concern.responded, Concern.raised)
    stmt = _happened(kind, Concern.responded, college=Concern.college_id)
    stmt = stmt.where(Concern.responded >= Concern.raised)
    return _in_term(stmt, window, Concern.responded, Concern.building_id)


def _date(moment: Any) -> Any:
    return func.date(moment, type_=Date)


def requests(window: Window) -> Rows:
    """Service requests by channel, on the day they were made."""
    day = _date(ServiceRequest.submitted)
    return _in_term(_happened(ServiceRequest.channel, day), window, day, ServiceRequest.building_id)


def request_days(window: Window) -> Rows:
    """Service requests finished, by the days they took, on the day they were finished."""
    day = _date(ServiceRequest.finished)
    stmt = _happened(_days_taken(ServiceRequest.finished, ServiceRequest.submitted), day)
    stmt = stmt.where(ServiceRequest.finished >= ServiceRequest.submitted)
    return _in_term(stmt, window, day, ServiceRequest.building_id)


def request_ratings(window: Window) -> Rows:
    """Ratings of finished service requests; `amount` adds up the points."""
    day, points = _date(ServiceRequest.finished), ServiceRequest.rating
    stmt = _happened(cast(points, String(32)), day, cast(points, Float))
    stmt = stmt.where(and_(points.is_not(None), ServiceRequest.finished.is_not(None)))
    return _in_term(stmt, window, day, ServiceRequest.building_id)


def engagements(window: Window) -> Rows:
    """Sessions of leaders, experts, mentors and veterans by carrier; `amount`: students there."""
    came = cast(func.coalesce(Engagement.attended, 0), Float)
    stmt = _happened(Engagement.carrier, Engagement.day, came, Engagement.college_id)
    return _in_term(stmt, window, Engagement.day, Engagement.building_id)


DEEDS: dict[str, Measure] = {
    "visits": visits,
    "rooms_reached": rooms_reached,
    "activities": activities,
    "attendances": attendances,
    "concerns_raised": concerns_raised,
    "concern_answer_days": concern_answer_days,
    "requests": requests,
    "request_days": request_days,
    "request_ratings": request_ratings,
    "engagements": engagements,
}

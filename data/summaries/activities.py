"""Activities of a term where they were held, what was thought of them, who came, to any or none."""

from sqlalchemy import String, Subquery, Table, and_, case, cast, func, or_, select

from data.engine import Rows
from data.models.activity import Activity, ActivityPlace, Attendance, Brand, Feedback
from data.models.participation import ActivitySession, Participation, ReachCount
from data.models.place import Building, Cluster
from data.summaries.contact_scratch import SLICE
from data.summaries.contacts import Maker
from data.summaries.scratch import Window
from data.summaries.standings import placed

POINTS = {"ones": 1, "twos": 2, "threes": 3, "fours": 4, "fives": 5}
"""The columns that count answers, by the points of the answer."""


def activity_sessions(window: Window) -> Rows:
    """Rows of ActivitySession."""
    came, said = _came(window), _said(window)
    words = [Activity.college_id, Activity.brand_id, Activity.group_id]
    kinds = [Activity.theme, Activity.field, Activity.festival]
    of_type = (cast(c, String(16)) for c in (Activity.community_type, Brand.community_type))
    counts = ("answers", "score_sum", "score_squares", "outsiders", *POINTS)
    return (
        select(
            Activity.id.label("activity_id"),
            Activity.day,
            *placed(),
            *(func.coalesce(word, "").label(word.key) for word in words),
            Activity.name,
            *(func.coalesce(cast(kind, String(16)), "").label(kind.key) for kind in kinds),
            func.coalesce(*of_type, "").label("community_type"),
            came.c.people.label("attended"),
            *(func.coalesce(said.c[name], 0).label(name) for name in counts),
            Activity.cost,
        )
        .select_from(Activity)
        .outerjoin(Brand, Brand.id == Activity.brand_id)
        .outerjoin(ActivityPlace, ActivityPlace.activity_id == Activity.id)
        .outerjoin(Building, Building.id == ActivityPlace.building_id)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(came, came.c.activity_id == Activity.id)
        .outerjoin(said, said.c.activity_id == Activity.id)
        .where(Activity.day >= window.starts, Activity.day < window.until)
    )


def _came(window: Window) -> Subquery:
    """Activities that have a list, with how many are on it."""
    return (
        select(Attendance.activity_id, func.count().label("people"))
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(Activity.day >= window.starts, Activity.day < window.until)
        .group_by(Attendance.activity_id)
        .subquery("came")
    )


def _said(window: Window) -> Subquery:
    """The feedback of each activity. Someone without a name, or at an activity without a list, is
    taken at their word; a name that is missing from the list was not there."""
    listed = select(Attendance.activity_id).where(Attendance.activity_id == Feedback.activity_id)
    there = listed.where(Attendance.student_id == Feedback.student_id)
    counts = or_(Feedback.student_id.is_(None), ~listed.exists(), there.exists())
    score = Feedback.score
    return (
        select(
            Feedback.activity_id,
            func.sum(case((counts, 1), else_=0)).label("answers"),
            func.sum(case((counts, score), else_=0)).label("score_sum"),
            func.sum(case((counts, score * score), else_=0)).label("score_squares"),
            func.sum(case((counts, 0), else_=1)).label("outsiders"),
            *(
                func.sum(case((and_(counts, score == points), 1), else_=0)).label(name)
                for name, points in POINTS.items()
            ),
        )
        .join(
            Activity,
            and_(
                Activity.id == Feedback.activity_id,
                Activity.day >= window.starts,
                Activity.day < window.until,
            ),
        )
        .group_by(Feedback.activity_id)
        .subquery("said")
    )


def participations(window: Window) -> Rows:
    """Rows of Participation. Slices of an enrolment that overlap, which is a fault of the register,
    still give one college: the first by its id."""
    enrolled = select(func.min(SLICE.c.college_id)).where(
        SLICE.c.student_id == Attendance.student_id,
        SLICE.c.starts <= Activity.day,
        SLICE.c.until > Activity.day,
    )
    college = func.coalesce(enrolled.scalar_subquery(), "").label("college_id")
    return (
        select(Attendance.activity_id, Attendance.student_id, college, Activity.day)
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(Activity.day >= window.starts, Activity.day < window.until)
    )


def reach_counts(window: Window) -> Rows:
    """Rows of ReachCount."""
    own = SLICE.c
    first_came = (
        select(Attendance.student_id, func.min(Activity.day).label("day"))
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(Activity.day >= window.starts, Activity.day < window.until)
        .group_by(Attendance.student_id)
        .subquery("first_came")
    )
    places = (own.campus_id, own.cluster_id, own.building_id)
    who = (own.college_id, own.counselor_id, own.degree_level, own.grade, own.away)
    key = (*places, *who, own.starts, own.until, first_came.c.day)
    return (
        select(*key[:-1], first_came.c.day.label("first"), func.count().label("number"))
        .select_from(SLICE)
        .outerjoin(first_came, first_came.c.student_id == own.student_id)
        .group_by(*key)
    )


ACTIVITIES: dict[str, tuple[Table, Maker]] = {
    "activity_sessions": (ActivitySession.__table__, activity_sessions),  # type: ignore[dict-item]
    "participations": (Participation.__table__, participations),  # type: ignore[dict-item]
    "reach_counts": (ReachCount.__table__, reach_counts),  # type: ignore[dict-item]
}

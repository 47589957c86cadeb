"""Weekly series of every building and college, for the control charts of 趋势预警.

Only whole weeks with teaching have a row. What people count in a week does not add up over weeks,
so each share is counted at exactly this grain.
"""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    String,
    and_,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause

from data.engine import Rows, day_after
from data.models.activity import Activity, ActivityPlace
from data.models.forces import Concern, Visit
from data.summaries.contact_scratch import MET, SLICE, WEEK
from data.summaries.contacts import counselor_periods
from data.summaries.method import APARTMENT
from data.summaries.scratch import Window, analyse, empty, fill, scratch_table, span, words

BUILDING, COLLEGE = "building", "college"
SUBJECTS = (BUILDING, COLLEGE)

CELL = scratch_table(
    "cell",
    *words("subject", "subject_id"),
    Column("week", Integer, nullable=False),
    *span(),
    Column("met", Integer, nullable=False),
    Column("enrolled", Integer, nullable=False),
    index=("subject", "subject_id", "week"),
)
"""A building or college with students in a whole teaching week: how many there are on its last day,
and how many of them their own counselor or the building's met in it."""


MET_IN = scratch_table(
    "met_in",
    *words("student_id"),
    Column("week", Integer, nullable=False),
    index=("student_id", "week"),
)
"""Weeks in which a student was met by their own counselor or the building's."""


def prepare(conn: Connection, _: Window) -> None:
    """Fill CELL; the tables of `contact_scratch` must have been filled before."""
    empty(conn, CELL, MET_IN)
    fill(conn, MET_IN, met_in())
    analyse(conn, MET_IN)
    for subject in SUBJECTS:
        fill(conn, CELL, cells(subject))
    analyse(conn, CELL)


def met_in() -> Rows:
    """What fills MET_IN."""
    return (
        select(MET.c.student_id, WEEK.c.week)
        .join(WEEK, and_(WEEK.c.starts <= MET.c.day, WEEK.c.until > MET.c.day))
        .where(MET.c.own == 1)
        .distinct()
    )


def cells(subject: str) -> Rows:
    """What fills CELL for one kind of subject."""
    met = MET_IN
    owner = SLICE.c[f"{subject}_id"]
    key = (owner, WEEK.c.week, WEEK.c.starts, WEEK.c.until)
    on_the_last_day = and_(SLICE.c.starts < WEEK.c.until, SLICE.c.until >= WEEK.c.until)
    same = and_(met.c.student_id == SLICE.c.student_id, met.c.week == WEEK.c.week)
    return (
        select(
            literal(subject, String(32)).label("subject"),
            owner.label("subject_id"),
            *key[1:],
            func.count(met.c.student_id).label("met"),
            func.count().label("enrolled"),
        )
        .select_from(SLICE)
        .join(WEEK, on_the_last_day)
        .outerjoin(met, same)
        .where(_whole(), SLICE.c.away == "", owner != "")
        .group_by(*key)
    )


def _whole() -> ColumnElement[bool]:
    return and_(WEEK.c.teaching_days > 0, day_after(WEEK.c.through) == WEEK.c.until)


def week_counts(window: Window) -> Rows:
    """Rows of WeekCount: every series of every subject."""
    cell = CELL.c
    parts = [_row("met_share", cell.met, cell.enrolled)]
    parts += [
        _counted("visits", BUILDING, _visits_by_building(window)),
        _counted("visits", COLLEGE, _by_college(window, "visits")),
        _counted("activities", BUILDING, _activities_by_building(window)),
        _counted("activities", COLLEGE, _days(window, Activity.college_id, Activity.day)),
    ]
    for subject, owner in ((BUILDING, Concern.building_id), (COLLEGE, Concern.college_id)):
        raised = _days(window, owner, Concern.raised)
        parts.append(_counted("concerns", subject, raised, of=cell.enrolled))
    made = _by_college(window, "made")
    parts.append(_counted("slot_share", COLLEGE, made, of=made.c.due))
    return union_all(*parts)  # type: ignore[return-value]


def _row(metric: str, numerator: Any, denominator: Any) -> Rows:
    cell = CELL.c
    return select(
        literal(metric, String(32)).label("metric"),
        *(cell[name] for name in ("subject", "subject_id", "week", "starts", "until")),
        numerator.label("numerator"),
        denominator.label("denominator"),
    )


def _counted(
    metric: str, subject: str, counts: FromClause, *, of: ColumnElement[int] | None = None
) -> Rows:
    """A count of every cell of a subject, 0 where nothing happened; where it is a share `of` what
    a count says too, only cells it speaks of."""
    cell = CELL.c
    same = and_(counts.c.owner == cell.subject_id, counts.c.week == cell.week)
    stmt = _row(
        metric,
        func.coalesce(counts.c.number, 0),
        func.coalesce(literal(1, Integer) if of is None else of, 0),
    )
    stmt = stmt.outerjoin(counts, same).where(cell.subject == subject)
    return stmt if of is None else stmt.where(of > 0)


def _days(window: Window, owner: Any, day: Any, *joined: Any, where: Any = None) -> FromClause:
    """How often a building or college stands on a ledger in each week."""
    stmt = select(owner.label("owner"), WEEK.c.week, func.count().label("number"))
    for join in joined:
        stmt = stmt.join(*join)
    stmt = stmt.join(WEEK, and_(WEEK.c.starts <= day, WEEK.c.until > day))
    stmt = stmt.where(day >= window.starts, day < window.until, owner.is_not(None))
    stmt = stmt if where is None else stmt.where(where)
    return stmt.group_by(owner, WEEK.c.week).subquery()


def _visits_by_building(window: Window) -> FromClause:
    return _days(window, Visit.building_id, Visit.day, where=Visit.venue == APARTMENT)


def _activities_by_building(window: Window) -> FromClause:
    held = (Activity, Activity.id == ActivityPlace.activity_id)
    return _days(window, ActivityPlace.building_id, Activity.day, held)


def _by_college(window: Window, which: str) -> FromClause:
    """By college and week of its counselors: all visits, or the periods made of those due."""
    rows = counselor_periods(window).subquery("rows")
    made = case((and_(rows.c.due == 1, rows.c.long > 0), 1), else_=0)
    number = rows.c.visits if which == "visits" else made
    return (
        select(
            rows.c.college_id.label("owner"),
            rows.c.week,
            func.sum(number).label("number"),
            func.sum(rows.c.due).label("due"),
        )
        .group_by(rows.c.college_id, rows.c.week)
        .subquery()
    )

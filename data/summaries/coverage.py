"""From intervals to summaries: what each unit was, day by day, and the sums by place.

due ∩ covered → units (one row per stretch of days) → shares (once for everyone, once per college)
→ steps (running sums of what changed on each day). All of it is INSERT … SELECT.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    Connection,
    Date,
    Integer,
    String,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from data.engine import Rows, latest
from data.models.place import Building
from data.models.time import Term
from data.summaries.intervals import COVERED, DUE
from data.summaries.scratch import (
    COVERED_ROWS,
    DUE_ROWS,
    PLACE,
    RESIDENT,
    SHARE,
    STEP,
    UNIT,
    Window,
    analyse,
    empty,
    fill,
    residents,
)

STATE_COVERED, STATE_GAP, STATE_EXEMPT = "覆盖", "缺口", "不要求"
RESIDENTS = "residents"
PLACE_METRICS = ("cluster_coverage", "building_coverage", "floor_coverage", "floor_leader")
ROOM_METRICS = ("room_responsibility", "plate")
KEY = ("metric", "unit_id", "room_id")
SLICE = ("metric", "level", *PLACE, "college_id")


def summarise(conn: Connection, window: Window) -> None:
    """Fill UNIT and STEP for one term; MEMBER must have been filled before."""
    empty(conn, RESIDENT, DUE_ROWS, COVERED_ROWS, UNIT, SHARE, STEP)
    fill(conn, RESIDENT, residents(window))
    analyse(conn, RESIDENT)
    for key in DUE:
        _fill_named(conn, DUE_ROWS, key, DUE[key](window))
        _fill_named(conn, COVERED_ROWS, key, COVERED[key](window))
    analyse(conn, DUE_ROWS, COVERED_ROWS)
    fill(conn, UNIT, units(conn, window))
    analyse(conn, UNIT)
    for stmt in shares():
        fill(conn, SHARE, stmt)
    analyse(conn, SHARE)
    fill(conn, STEP, steps(window))


def _fill_named(conn: Connection, table: Any, key: str, stmt: Rows) -> None:
    rows = stmt.subquery("intervals")
    fill(conn, table, select(literal(key, String(32)).label("metric"), *rows.c))


def _same(left: Any, right: Any) -> Any:
    return and_(*(left.c[k] == right.c[k] for k in KEY))


def _moments(window: Window) -> CTE:
    """Every stretch of days in which nothing changed for a unit."""
    days = union(
        *(
            select(*(rows.c[k] for k in KEY), rows.c[edge].label("day")).where(
                rows.c[edge] >= window.starts, rows.c[edge] < window.until
            )
            for rows in (DUE_ROWS, COVERED_ROWS)
            for edge in ("starts", "until")
        )
    ).subquery("days")
    after = func.lead(days.c.day, 1, literal(window.until, Date)).over(
        partition_by=[days.c[k] for k in KEY], order_by=days.c.day
    )
    return select(*(days.c[k] for k in KEY), days.c.day.label("starts"), after.label("until")).cte(
        "moments"
    )


def units(conn: Connection, window: Window) -> Rows:
    """What fills UNIT: state, cover and age of the gap, for each unit and stretch of days."""
    first_day = conn.scalar(select(func.min(Term.starts)))
    moments, due, covered = _moments(window), DUE_ROWS, COVERED_ROWS
    states = (
        select(
            *(moments.c[k] for k in KEY),
            *(func.min(due.c[c]).label(c) for c in (*PLACE, "college_id")),
            moments.c.starts,
            moments.c.until,
            func.max(case((due.c.exempt, 1), else_=0)).label("exempt"),
            func.count(covered.c.unit_id).label("covers"),
            func.max(covered.c.cover).label("cover"),
            func.min(func.min(due.c.starts))
            .over(partition_by=[moments.c[k] for k in KEY], order_by=moments.c.starts)
            .label("due_since"),
        )
        .join(due, and_(_same(due, moments), _holds(due, moments)))
        .outerjoin(covered, and_(_same(covered, moments), _holds(covered, moments)))
        .group_by(*(moments.c[k] for k in KEY), moments.c.starts, moments.c.until)
        .subquery("states")
    )
    last = (
        select(func.max(covered.c.until))
        .where(_same(covered, states), covered.c.until <= states.c.starts)
        .scalar_subquery()
    )
    state = case(
        (states.c.exempt == 1, STATE_EXEMPT), (states.c.covers > 0, STATE_COVERED), else_=STATE_GAP
    )
    dated = select(
        *(states.c[c] for c in (*KEY, *PLACE, "college_id", "starts", "until", "cover")),
        state.label("state"),
        states.c.due_since,
        case((state == STATE_GAP, last)).label("last"),
    ).subquery("dated")
    gap = dated.c.state == STATE_GAP
    return select(
        *(dated.c[c] for c in (*KEY, *PLACE, "college_id", "starts", "until")),
        dated.c.state,
        dated.c.cover,
        case((gap, func.coalesce(dated.c.last, _first_due(dated, first_day)))).label("since"),
        and_(gap, dated.c.last.is_(None)).label("never"),
    ).outerjoin(Building, Building.id == dated.c.building_id)


def _first_due(dated: Subquery, first_day: date | None) -> Any:
    """A place was due from the day its building opened, or records began; a room or student from
    moving in."""
    beginning = literal(first_day, Date)
    opened = latest(func.coalesce(Building.opened, beginning), beginning)
    housed = aliased(Building)
    first_opened = (
        select(func.min(latest(func.coalesce(housed.opened, beginning), beginning)))
        .where(housed.cluster_id == dated.c.cluster_id, housed.residential)
        .scalar_subquery()
    )
    return case(
        (dated.c.metric == "cluster_coverage", first_opened),
        (dated.c.metric.in_(PLACE_METRICS), opened),
        else_=dated.c.due_since,
    )


def _holds(rows: Any, moments: CTE) -> Any:
    return and_(rows.c.starts <= moments.c.starts, rows.c.until > moments.c.starts)


def shares() -> list[Rows]:
    """What fills SHARE: every unit at each level where it is summed, for everyone and by college.

    A place concerns a college when any of its students lives there in the term.
    """
    found = []
    for level, kept, metrics in (
        ("campus", PLACE[:1], true()),
        ("cluster", PLACE[:2], UNIT.c.metric == "cluster_coverage"),
        ("building", PLACE[:3], UNIT.c.metric != "cluster_coverage"),
        ("floor", PLACE, UNIT.c.metric.not_in(("cluster_coverage", "building_coverage"))),
    ):
        everyone = _share(level, kept, literal("")).where(metrics)
        own = _share(level, kept, UNIT.c.college_id).where(metrics, UNIT.c.college_id != "")
        found += [everyone, own]
        found += [_share_of_colleges(level, kept).where(metrics, UNIT.c.college_id == "")]
    for level, kept in (("campus", PLACE[:1]), ("building", PLACE[:3]), ("floor", PLACE)):
        found += [_resident_share(level, kept, literal(""))]
        found += [_resident_share(level, kept, RESIDENT.c.college_id)]
    return found


def _place_columns(source: Any, kept: tuple[str, ...]) -> list[Any]:
    return [source.c[c] if c in kept else literal("", String(32)).label(c) for c in PLACE]


def _share(level: str, kept: tuple[str, ...], college: Any) -> Rows:
    unit = UNIT.c
    return select(
        unit.metric,
        literal(level, String(8)).label("level"),
        *_place_columns(UNIT, kept),
        college.label("college_id"),
        unit.starts,
        unit.until,
        case((unit.state == STATE_COVERED, 1), else_=0).label("covered"),
        case((unit.state == STATE_GAP, 1), else_=0).label("gap"),
        case((unit.state == STATE_EXEMPT, 1), else_=0).label("exempt"),
        unit.since,
        case((unit.never, 1), else_=0).label("never"),
    )


def _share_of_colleges(level: str, kept: tuple[str, ...]) -> Rows:
    columns = ("cluster_id", "building_id", "floor_id", "room_id")
    kinds = union_all(
        *(
            select(
                literal(c, String(16)).label("kind"),
                RESIDENT.c[c].label("id"),
                RESIDENT.c.college_id,
            )
            .where(RESIDENT.c[c] != "")
            .distinct()
            for c in columns
        )
    ).subquery("presence")
    unit = UNIT.c
    kind = case(
        (unit.metric == "cluster_coverage", "cluster_id"),
        (unit.metric == "building_coverage", "building_id"),
        (unit.metric.in_(ROOM_METRICS), "room_id"),
        else_="floor_id",
    )
    return _share(level, kept, kinds.c.college_id).join(
        kinds, and_(kinds.c.kind == kind, kinds.c.id == unit.unit_id)
    )


def _resident_share(level: str, kept: tuple[str, ...], college: Any) -> Rows:
    return select(
        literal(RESIDENTS, String(32)).label("metric"),
        literal(level, String(8)).label("level"),
        *_place_columns(RESIDENT, kept),
        college.label("college_id"),
        RESIDENT.c.starts,
        RESIDENT.c.until,
        literal(1, Integer).label("covered"),
        literal(0, Integer).label("gap"),
        literal(0, Integer).label("exempt"),
        literal(None, Date).label("since"),
        literal(0, Integer).label("never"),
    )


def steps(window: Window) -> Rows:
    """What fills STEP: running sums of the changes, with the oldest gap of single places."""
    counted = ("covered", "gap", "exempt", "never")
    begun = select(
        *(SHARE.c[c] for c in SLICE), SHARE.c.starts.label("day"), *(SHARE.c[c] for c in counted)
    )
    ended = select(
        *(SHARE.c[c] for c in SLICE),
        SHARE.c.until.label("day"),
        *((-SHARE.c[c]).label(c) for c in counted),
    ).where(SHARE.c.until < window.until)
    changes = union_all(begun, ended).subquery("changes")
    days = (
        select(
            *(changes.c[c] for c in (*SLICE, "day")),
            *(func.sum(changes.c[c]).label(c) for c in counted),
        )
        .group_by(*(changes.c[c] for c in (*SLICE, "day")))
        .subquery("days")
    )
    slice_ = [days.c[c] for c in SLICE]
    running = select(
        *slice_,
        days.c.day.label("starts"),
        func.lead(days.c.day, 1, literal(window.until, Date))
        .over(partition_by=slice_, order_by=days.c.day)
        .label("until"),
        *(
            func.sum(days.c[c]).over(partition_by=slice_, order_by=days.c.day).label(c)
            for c in counted
        ),
    ).subquery("running")
    single = or_(
        running.c.level == "floor",
        and_(running.c.level != "campus", running.c.metric.in_(PLACE_METRICS[:2])),
    )
    has_gap = and_(running.c.gap > 0, single)
    return select(
        *(running.c[c] for c in (*SLICE, "starts", "until")),
        running.c.covered.label("numerator"),
        (running.c.covered + running.c.gap).label("denominator"),
        running.c.exempt,
        case((has_gap, _oldest_gap(running))).label("since"),
        and_(has_gap, running.c.never == running.c.gap).label("never"),
    ).where(or_(running.c.covered + running.c.gap > 0, running.c.exempt > 0))


def _oldest_gap(running: Subquery) -> Any:
    return (
        select(func.min(SHARE.c.since))
        .where(
            *(SHARE.c[c] == running.c[c] for c in SLICE),
            SHARE.c.gap == 1,
            SHARE.c.starts <= running.c.starts,
            SHARE.c.until > running.c.starts,
        )
        .scalar_subquery()
    )

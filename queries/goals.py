"""The three full coverages as one view: value, target, pace, last year, where it is heading."""

from collections.abc import Callable

import pandas as pd
from sqlalchemy import Connection, Integer, func, literal, select, union_all

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import ConcernStage, CounselorPeriod
from data.summaries.method import Method, method_of
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME
from queries.contact_slice import concerns, ended, periods
from queries.filters import Filters
from queries.key_groups import KEY_GROUP_CONTACT
from queries.metric import Metric
from queries.periods import FIELD_COVERAGE, NODE_COVERAGE, SLOT_COVERAGE, fields_of_weeks
from queries.projection import Projection, of_people, of_weeks
from queries.rates import GOALS, rates_of
from queries.slice import frame
from queries.students_met import STUDENT_COVERAGE, count_of, met_by_day
from queries.teaching import Progress, progress, week_ends, year_before

STUDENTS, TIMES, CONCERNS = "覆盖全体学生", "覆盖重要时段和关键节点", "覆盖关切的重点难点问题"
GOAL_OF = {
    **{metric.key: STUDENTS for metric in GOALS[:2]},
    **{metric.key: TIMES for metric in GOALS[2:5]},
    **{metric.key: CONCERNS for metric in GOALS[5:]},
}
HEADLINES = (STUDENT_COVERAGE, SLOT_COVERAGE, RESPONSE_IN_TIME)
"""The metric that stands for each goal."""
TARGETS = {
    STUDENT_COVERAGE.key: "student_target",
    SLOT_COVERAGE.key: "slot_target",
    FIELD_COVERAGE.key: "field_target",
    NODE_COVERAGE.key: "node_target",
    RESPONSE_IN_TIME.key: "response_target",
    CLOSED_LOOP.key: "closed_target",
    KEY_GROUP_CONTACT.key: "group_target",
}
GROWING = (STUDENT_COVERAGE.key, KEY_GROUP_CONTACT.key)
"""Shares that begin the term at nothing and grow: their pace follows the teaching days."""
COLUMNS = ["goal", "metric", "name", "numerator", "denominator", "exempt", "target", "pace"]
COLUMNS += ["earlier_numerator", "earlier_denominator", "earlier_day", "low", "projected", "high"]
COLUMNS += ["week", "passed", "days"]


def target_of(metric: Metric, method: Method) -> float | None:
    """The term's target of a metric, as a share."""
    return getattr(method, TARGETS[metric.key]) if metric.key in TARGETS else None


def goals(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of 44023 that has a value in the slice, goal by goal: `goal, metric, name,
    numerator, denominator, exempt, target, pace, earlier_numerator, earlier_denominator,
    earlier_day, low, projected, high, week, passed, days`.

    `pace` is where the share should stand today; the earlier pair is the same teaching week of the
    year before. `week` is the teaching week, `passed` of `days` teaching days are behind.
    """
    now = rates_of(conn, filters, viewer, GOALS).set_index("metric")
    before = year_before(conn, filters)
    then = rates_of(conn, before, viewer, GOALS).set_index("metric") if before else now.iloc[:0]
    method, far = method_of(conn, filters.term), progress(conn, filters)
    ahead = _projections(conn, filters, viewer, far, now) if len(now) else {}
    rows = []
    for metric in GOALS:
        if metric.key not in now.index:
            continue
        row, earlier = now.loc[metric.key], then.reindex([metric.key]).iloc[0]
        target, seen = target_of(metric, method), ahead.get(metric.key)
        rows.append(
            {
                "goal": GOAL_OF[metric.key],
                "metric": metric.key,
                "name": metric.name,
                **{name: int(row[name]) for name in ("numerator", "denominator", "exempt")},
                "target": target,
                "pace": _pace(metric, target, far),
                "earlier_numerator": earlier["numerator"],
                "earlier_denominator": earlier["denominator"],
                "earlier_day": before.as_of if before else None,
                "low": seen.low if seen else None,
                "projected": seen.middle if seen else None,
                "high": seen.high if seen else None,
                "week": far.week,
                "passed": far.days[0],
                "days": far.days[1],
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _pace(metric: Metric, target: float | None, far: Progress) -> float | None:
    if target is None:
        return None
    return target * far.share if metric.key in GROWING else target


def _projections(
    conn: Connection, filters: Filters, viewer: Viewer, far: Progress, now: pd.DataFrame
) -> dict[str, Projection]:
    """Each metric's projection, where it has one; key dates and key groups have none: the former do
    not come week by week, the latter are counted too coarsely."""
    shares = week_ends(met_by_day(conn, filters, viewer), far)
    found = {STUDENT_COVERAGE.key: of_people(shares, far.weeks_left)}
    for key, daily in BY_DAY.items():
        if key in now.index:
            weeks = _weekly(frame(conn, daily(filters, viewer)), far)
            done = (float(now.loc[key, "numerator"]), float(now.loc[key, "denominator"]))
            found[key] = of_weeks(weeks, done, far.weeks_left)
    return {key: seen for key, seen in found.items() if seen}


def _weekly(days: pd.DataFrame, far: Progress) -> list[tuple[float, float]]:
    """Numerator and denominator of each ended teaching week, from those of single days."""
    found = []
    for week in far.ended:
        within = days[(days["day"] >= week.starts) & (days["day"] < week.until)]
        found.append((float(within["numerator"].sum()), float(within["denominator"].sum())))
    return found


def _slots(filters: Filters, viewer: Viewer) -> Rows:
    row = CounselorPeriod
    return (
        select(
            row.starts.label("day"),
            count_of(row.long > 0).label("numerator"),
            func.count().label("denominator"),
        )
        .where(*periods(filters, viewer), ended(filters))
        .group_by(row.starts)
    )


def _fields(filters: Filters, viewer: Viewer) -> Rows:
    week = fields_of_weeks(filters, viewer).subquery("week").c
    both = count_of(week.apartment * week.elsewhere > 0)
    stmt = select(week.day, both.label("numerator"), func.count().label("denominator"))
    return stmt.group_by(week.day)


def _responses(filters: Filters, viewer: Viewer) -> Rows:
    """Concerns on the day their limit ended: a week's limits are what fell due in it."""
    stage = ConcernStage
    return (
        select(
            stage.limit_day.label("day"),
            count_of(stage.responded <= stage.limit_day).label("numerator"),
            func.count().label("denominator"),
        )
        .where(*concerns(filters, viewer), stage.carried == 0, stage.limit_day < filters.as_of)
        .group_by(stage.limit_day)
    )


def _closed(filters: Filters, viewer: Viewer) -> Rows:
    """Concerns raised on a day, and those of the term confirmed on it."""
    stage, zero = ConcernStage, literal(0, Integer)
    here = [*concerns(filters, viewer), stage.carried == 0]
    one = literal(1, Integer)
    raised = select(stage.raised.label("day"), zero.label("numerator"), one.label("denominator"))
    done = select(stage.confirmed, one, zero).where(*here, stage.confirmed <= filters.as_of)
    both = union_all(raised.where(*here), done).subquery("both")
    return select(*both.c)


BY_DAY: dict[str, Callable[[Filters, Viewer], Rows]] = {
    SLOT_COVERAGE.key: _slots,
    FIELD_COVERAGE.key: _fields,
    RESPONSE_IN_TIME.key: _responses,
    CLOSED_LOOP.key: _closed,
}
"""What of each metric fell due on each day, as `day, numerator, denominator`."""

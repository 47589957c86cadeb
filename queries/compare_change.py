"""Why a share changed between two days: the same people, other people, or another definition."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, select

from data.access.viewer import Viewer
from data.errors import InvalidFilter
from data.locale.translate import t
from data.models.contact import ConcernStage, StudentContact
from data.models.dashboard import VersionTerm
from data.models.place import BuildingLead
from data.models.time import Term
from data.schemes.scheme import BUILDING, COLLEGE_LEADS
from data.summaries.method import method_of
from data.summaries.weeks import holidays, working_day_after
from queries.change_parts import Side, change_parts
from queries.compare_choice import Choice, chosen
from queries.concerns import RESPONSE_IN_TIME
from queries.contact_slice import students
from queries.evaluated_units import WHOLE
from queries.filters import Filters
from queries.metric import Metric
from queries.room_trials import unit_of_student
from queries.slice import Where, build_of, newest_version, valid_on
from queries.students_met import STUDENT_COVERAGE
from queries.teaching import term_before, year_before

BEFORE, YEAR, END = "", "year", "end"
EARLIER = {
    BEFORE: "上一学期同一教学日",
    YEAR: "上年同期",
    END: "上一学期最后一天",
}
"""Earlier days with a name; any other day is written as a date."""
EARLIER_WRONG = "对比的日期要早于当日、在已汇总的学期之内，写成 2026-06-10 这样，现在是：{value}"
SAME, CHANGED = "same", "days"
"""Whether both days count by one definition, or by limits of other numbers of working days."""
DECOMPOSED = (STUDENT_COVERAGE, RESPONSE_IN_TIME)
COUNTS = ["earlier_numerator", "earlier_denominator", "redefined_numerator"]
COUNTS += ["redefined_denominator", "numerator", "denominator"]
SIDES = ["both_then_good", "both_then", "left_good", "left"]
SIDES += ["both_now_good", "both_now", "joined_good", "joined"]
PARTS = ["total", "real", "people", "definition"]
CHANGE = ["unit_id", "unit", "metric", "name", "earlier_day", "day"]
CHANGE += [*COUNTS, *SIDES, *PARTS, "defined", "days_then", "days_now"]
Case = tuple[str, str, bool]
"""A unit, the student, and whether it counts as reached."""


@dataclass(frozen=True)
class Cases:
    """What a metric counts on two days, each day as it is counted today; `then_as_counted` where
    the earlier one was counted otherwise."""

    then: list[Case]
    now: list[Case]
    then_as_counted: list[Case] | None = None
    days: tuple[int, int] | None = None


def change(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of DECOMPOSED and chosen unit: CHANGE.

    `both_…`, `left…` and `joined…` are cases of students who are in the unit on both days, only on
    the earlier, only on the later one, by today's definition; `…_good` those reached. `total` is
    the sum of the known ones of `real`, `people` and `definition`. Without an earlier term that is
    summarised, `earlier_day` and the parts are None.
    """
    choice = chosen(conn, filters, viewer)
    if choice is None:
        return pd.DataFrame([], columns=CHANGE)
    now = choice.period.last
    then = earlier_day(conn, filters, now)
    if then is None:
        return _without(choice)
    names = choice.units.set_index("unit_id")["unit"]
    stayed = _stayed(conn, choice, (then, now))
    rows = []
    for metric in DECOMPOSED:
        cases = FINDERS[metric.key](conn, choice, (then, now))
        for unit in choice.chosen:
            head = {"unit_id": unit, "unit": names[unit], **_head(metric, then.date, now.date)}
            rows.append(head | _row(cases, unit, stayed))
    return pd.DataFrame(rows, columns=CHANGE)


def earlier_day(conn: Connection, filters: Filters, now: Filters) -> Filters | None:
    """The earlier day a slice asks for; None where no such term is summarised."""
    if filters.against == YEAR:
        return year_before(conn, now)
    if filters.against == BEFORE:
        return term_before(conn, now)
    return _ending(conn, now) if filters.against == END else _dated(conn, filters.against, now)


def _head(metric: Metric, then: str | None, now: str) -> dict[str, Any]:
    return {"metric": metric.key, "name": metric.name, "earlier_day": then, "day": now}


def _without(choice: Choice) -> pd.DataFrame:
    names = choice.units.set_index("unit_id")["unit"]
    rows = [
        {"unit_id": unit, "unit": names[unit], **_head(metric, None, choice.period.last.date)}
        for metric in DECOMPOSED
        for unit in choice.chosen
    ]
    return pd.DataFrame(rows, columns=CHANGE)


def _held(conn: Connection) -> list[Any]:
    held = and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == newest_version())
    stmt = select(Term.id, Term.starts, Term.ends).join(VersionTerm, held).order_by(Term.starts)
    return list(conn.execute(stmt))


def _ending(conn: Connection, now: Filters) -> Filters | None:
    terms = _held(conn)
    own = next(term for term in terms if term.id == now.term)
    earlier = [term for term in terms if term.starts < own.starts]
    if not earlier:
        return None
    return Filters(term=earlier[-1].id, date=earlier[-1].ends.isoformat())


def _dated(conn: Connection, text: str, now: Filters) -> Filters:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = now.as_of
    terms = [term for term in _held(conn) if term.starts <= day <= term.ends]
    if not terms or day >= now.as_of:
        raise InvalidFilter(t(EARLIER_WRONG, value=text))
    return Filters(term=terms[-1].id, date=day.isoformat())


def _stayed(
    conn: Connection, choice: Choice, days: tuple[Filters, Filters]
) -> frozenset[tuple[str, str]]:
    """(unit, student) who is counted in the unit on both days."""
    then, now = ({case[:2] for case in _students(conn, choice, day)} for day in days)
    return frozenset(then & now)


def _students(conn: Connection, choice: Choice, day: Filters) -> list[Case]:
    """Students counted on a day and whether they were met by then, of the chosen units."""
    row = StudentContact
    unit, joined = unit_of_student(choice.kind, day)
    stmt = select(unit, row.student_id, row.first_own).where(
        *students(day, WHOLE), *joined, unit.in_(choice.chosen)
    )
    return [(u, s, met is not None and met <= day.as_of) for u, s, met in conn.execute(stmt)]


def _coverage(conn: Connection, choice: Choice, days: tuple[Filters, Filters]) -> Cases:
    """No setting of a term enters who counts as met: both days have one definition."""
    return Cases(_students(conn, choice, days[0]), _students(conn, choice, days[1]))


def _responses(conn: Connection, choice: Choice, days: tuple[Filters, Filters]) -> Cases:
    """Concerns whose limit has passed, answered within it. The working days of the limit are a
    setting of the term: the earlier day is counted again by those of today."""
    limits = tuple(method_of(conn, day.term).response_days for day in days)
    then, now = (_concerns(conn, choice, day) for day in days)
    if limits[0] == limits[1]:
        return Cases(_answered(then, days[0]), _answered(now, days[1]))
    free = holidays(conn)
    again = [(u, s, raised, _limit(raised, limits[1], free), r) for u, s, raised, _, r in then]
    counted = _answered(then, days[0])
    redone = _answered(again, days[0])
    return Cases(redone, _answered(now, days[1]), counted, (limits[0], limits[1]))


def _limit(raised: date, days: int, free: Collection[date]) -> date:
    return working_day_after(raised, days, free)


def _answered(rows: list[Any], day: Filters) -> list[Case]:
    """Of those whose limit has passed, which were answered in time."""
    return [
        (unit, student, responded is not None and responded <= limit)
        for unit, student, _, limit, responded in rows
        if limit < day.as_of
    ]


def _concerns(conn: Connection, choice: Choice, day: Filters) -> list[Any]:
    """`unit, student, raised, limit, responded` of concerns raised in the term by the day."""
    row = ConcernStage
    unit, joined = _unit_of_concern(choice.kind, day)
    stmt = select(unit, row.student_id, row.raised, row.limit_day, row.responded).where(
        row.build == build_of(day.term),
        WHOLE.sees_totals(row),
        row.raised <= day.as_of,
        row.carried == 0,
        *joined,
        unit.in_(choice.chosen),
    )
    return list(conn.execute(stmt))


def _unit_of_concern(kind: str, day: Filters) -> tuple[Any, list[Where]]:
    row, lead = ConcernStage, BuildingLead
    if kind == COLLEGE_LEADS:
        here = lead.building_id == row.building_id
        return lead.college_id, [here, valid_on(day.as_of, lead.starts, lead.ends)]
    return (row.building_id if kind == BUILDING else row.college_id), []


FINDERS: dict[str, Callable[[Connection, Choice, tuple[Filters, Filters]], Cases]] = {
    STUDENT_COVERAGE.key: _coverage,
    RESPONSE_IN_TIME.key: _responses,
}


def _row(cases: Cases, unit: str, stayed: frozenset[tuple[str, str]]) -> dict[str, Any]:
    """Counts and parts of one unit."""
    then, now = (_side(rows, unit, stayed) for rows in (cases.then, cases.now))
    counted = None
    if cases.then_as_counted is not None:
        counted = _side(cases.then_as_counted, unit, stayed).all
    made = change_parts(then, now, counted)
    numbers = [*(counted or then.all), *then.all, *now.all]
    parts = [*then.both, *then.only, *now.both, *now.only]
    found: dict[str, Any] = dict(zip([*COUNTS, *SIDES], [*numbers, *parts], strict=True))
    found |= {name: getattr(made, name) for name in PARTS}
    days = cases.days or (None, None)
    said = SAME if cases.days is None else CHANGED
    return found | {"defined": said, "days_then": days[0], "days_now": days[1]}


def _side(rows: list[Case], unit: str, stayed: frozenset[tuple[str, str]]) -> Side:
    here = [((u, student) in stayed, good) for u, student, good in rows if u == unit]
    both, only = ([good for same, good in here if same is kept] for kept in (True, False))
    return Side((sum(both), len(both)), (sum(only), len(only)))

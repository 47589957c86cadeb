"""Concerns on a demo campus of 1,500 students equal loops over the ledger rows."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from data.models.forces import Concern, MethodSetting
from data.models.time import Holiday, Term
from queries.concern_progress import (
    AGE_NAMES,
    STEP_NAMES,
    TOGETHER,
    concern_ages,
    concern_funnel,
    concerns_by_category,
)
from queries.fact import SMALL
from queries.filters import BELONGS, Filters
from queries.overdue import overdue_concerns

DEAN = Viewer("dean", COMMITTEE)
USUAL_LIMIT = 3
Days = tuple[date, ...]


@dataclass(frozen=True)
class Case:
    """A concern with the days of its five steps; those not reached by the day are never."""

    id: int
    category: str
    steps: Days
    carried: bool

    @property
    def reached(self) -> int:
        """How many steps."""
        return sum(step < date.max for step in self.steps)

    def days(self, step: int) -> int:
        """From raised to a step."""
        return (self.steps[step] - self.steps[0]).days


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def slices(conn: Connection) -> Iterator[tuple[Filters, date]]:
    """The first day of each term, one early, one late, its last; of all and of a large college."""
    for term in conn.execute(select(Term.__table__).order_by(Term.starts)).all():
        for after in (0, 12, 80, (term.ends - term.starts).days):
            on = term.starts + timedelta(days=after)
            for college in ("", "08"):
                yield (
                    Filters(term=term.id, date=on.isoformat(), college=college, college_as=BELONGS),
                    term.starts,
                )


def cases(conn: Connection, filters: Filters, starts: date) -> list[Case]:
    """Concerns raised in the term by the day, and those an earlier one left unresolved."""
    found = []
    for row in conn.execute(select(Concern.__table__)).all():
        noted = (row.raised, row.assigned, row.responded, row.resolved, row.confirmed)
        steps = tuple(min(d or date.max for d in noted[n:]) for n in range(1, 5))
        left = row.raised < starts and steps[2] >= starts
        if row.raised <= filters.as_of and (row.raised >= starts or left):
            now = (d if d <= filters.as_of else date.max for d in (row.raised, *steps))
            if filters.college in ("", row.college_id):
                found.append(Case(row.id, row.category, tuple(now), left))
    return found


@dataclass(frozen=True)
class Calendar:
    """Days of holidays, and each term's own limit where it has one."""

    free: frozenset[date]
    limits: dict[str, int | None]

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.free

    def limit(self, case: Case, filters: Filters) -> date:
        """The last day on which a first answer is in time."""
        day, left = case.steps[0], self.limits.get(filters.term) or USUAL_LIMIT
        while left:
            day += timedelta(days=1)
            left -= self.works(day)
        return day


def calendar(conn: Connection) -> Calendar:
    """Of all terms."""
    settings = conn.execute(select(MethodSetting.term_id, MethodSetting.response_days)).all()
    free = {
        row.starts + timedelta(days=n)
        for row in conn.execute(select(Holiday.__table__)).all()
        for n in range((row.ends - row.starts).days + 1)
    }
    return Calendar(frozenset(free), {row.term_id: row.response_days for row in settings})


def test_steps_equal_the_slow_count(conn: Connection) -> None:
    seen = Counter[str]()
    for filters, starts in slices(conn):
        every = cases(conn, filters, starts)
        own = [case for case in every if not case.carried]
        found = concern_funnel(conn, filters, DEAN)
        assert len(found) == (5 if every else 0), filters
        for step, row in enumerate(found.itertuples()):
            there = [case for case in own if case.reached > step]
            carried = sum(case.carried and case.reached > step for case in every)
            assert (row.stage, row.numerator, row.denominator, row.carried) == (
                STEP_NAMES[step], len(there), len(own), carried,
            ), filters  # fmt: skip
            if step and there:
                assert row.days == median(case.days(step) for case in there), filters
            seen.update({"own": len(there), "carried": carried, filters.college: len(there)})
    assert min(seen.values()) > 0


def test_categories_equal_the_slow_count(conn: Connection) -> None:
    when, named = calendar(conn), set[str]()
    for filters, starts in slices(conn):
        own = [case for case in cases(conn, filters, starts) if not case.carried]
        found = concerns_by_category(conn, filters, DEAN)
        alone = set(found["category"]) - {SMALL, TOGETHER}
        named |= set(found["category"])
        for row in found.itertuples():
            mine = [
                case
                for case in own
                if row.category == TOGETHER
                or (case.category not in alone if row.category == SMALL else False)
                or case.category == row.category
            ]
            assert len(mine) >= 5 or len(found) == 1, filters
            due = [c for c in mine if when.limit(c, filters) < filters.as_of]
            in_time = sum(c.steps[2] <= when.limit(c, filters) for c in due)
            assert (row.raised, row.numerator, row.denominator, row.closed, row.unresolved) == (
                len(mine), in_time, len(due),
                sum(c.reached == 5 for c in mine), sum(c.reached < 4 for c in mine),
            ), filters  # fmt: skip
            for step, number, middle, most in (
                (2, row.answered, row.answer_median, row.answer_most),
                (3, row.solved, row.solution_median, row.solution_most),
            ):
                days = sorted(c.days(step) for c in mine if c.reached > step)
                assert number == len(days), filters
                assert not days or middle == median(days), filters
                if len(days) >= 10:
                    assert most == days[math.ceil(len(days) * 0.9) - 1], filters
                else:
                    assert most is None or math.isnan(most), filters
    assert {SMALL, TOGETHER, "宿舍"} <= named


def test_ages_equal_the_slow_count(conn: Connection) -> None:
    for filters, starts in slices(conn):
        open_ = [c for c in cases(conn, filters, starts) if c.reached < 5]
        slow = Counter(
            (AGE_NAMES[sum((filters.as_of - c.steps[0]).days > n for n in (3, 7, 14, 30, 60))],
             c.reached)
            for c in open_
        )  # fmt: skip
        found = concern_ages(conn, filters, DEAN)
        shown = {
            (row.age, reached): number
            for row in found.itertuples()
            for reached, number in enumerate(
                (row.unassigned, row.unanswered, row.unresolved, row.unconfirmed), start=1
            )
            if number
        }
        assert shown == dict(slow), filters
        assert found["total"].sum() == len(open_), filters
        assert found["carried"].sum() == sum(c.carried for c in open_), filters


def test_what_is_overdue_equals_the_slow_count(conn: Connection) -> None:
    when, listed = calendar(conn), 0
    for filters, starts in slices(conn):
        late = {
            c.id: when.limit(c, filters)
            for c in cases(conn, filters, starts)
            if c.reached < 3 and when.limit(c, filters) < filters.as_of
        }
        found = overdue_concerns(conn, filters, DEAN)
        assert dict(zip(found["concern_id"], found["limit_day"], strict=True)) == late, filters
        assert found["limit_day"].is_monotonic_increasing
        for row in found.itertuples():
            after = [row.limit_day + timedelta(days=n + 1) for n in range(row.days)]
            assert after[-1] == filters.as_of
            assert row.working_days == sum(when.works(d) for d in after)
        listed += len(found)
    assert listed > 0

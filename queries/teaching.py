"""How far a term has come, in teaching days and weeks, and the same week of the year before."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

import pandas as pd
from sqlalchemy import Connection, and_, select

from data.models.dashboard import VersionTerm
from data.models.time import Term
from data.summaries.weeks import Week, weeks_of
from queries.filters import Filters
from queries.slice import newest_version

YEAR = timedelta(days=365)
NEAR = timedelta(days=35)
"""The same term of the year before begins so near to the day a year earlier."""


@dataclass(frozen=True)
class Progress:
    """A term as of a day. `week` is the number of the teaching week the day lies in, 0 outside."""

    weeks: tuple[Week, ...]
    day: date

    @property
    def teaching(self) -> tuple[Week, ...]:
        """Weeks with a teaching day."""
        return tuple(week for week in self.weeks if week.teaching_days)

    @property
    def ended(self) -> tuple[Week, ...]:
        """Teaching weeks that are over."""
        return tuple(week for week in self.teaching if week.until <= self.day + timedelta(days=1))

    @property
    def week(self) -> int:
        """The teaching week of the day."""
        return next((w.number for w in self.teaching if w.starts <= self.day < w.until), 0)

    @property
    def days(self) -> tuple[int, int]:
        """Teaching days so far, the day itself included, and in all."""
        every = [day for week in self.teaching for day in week.teaching_days]
        return sum(day <= self.day for day in every), len(every)

    @property
    def share(self) -> float:
        """The share of teaching days that have passed; 1 in a term without any."""
        passed, every = self.days
        return passed / every if every else 1.0

    @property
    def weeks_left(self) -> float:
        """Teaching weeks to come, the running one by the part of its days that is left."""
        return sum(
            sum(day > self.day for day in week.teaching_days) / len(week.teaching_days)
            for week in self.teaching
        )


def progress(conn: Connection, filters: Filters) -> Progress:
    """How far the term of a slice has come on its as-of day."""
    return Progress(weeks_of(conn, filters.term), filters.as_of)


def weeks_with_one(weeks: Collection[Week], days: Collection[date]) -> int:
    """How many of these weeks have one of the days in them."""
    return sum(any(week.starts <= day < week.until for day in days) for week in weeks)


def week_ends(days: pd.DataFrame, far: Progress) -> list[float]:
    """The share at the end of each teaching week so far and on the day itself, of a frame with
    `day, numerator, denominator` for every day."""
    on = days[days["denominator"] > 0].set_index("day")
    ends = [week.until - timedelta(days=1) for week in far.ended]
    chosen = [day for day in dict.fromkeys((*ends, far.day)) if day in on.index]
    return list(on.loc[chosen, "numerator"] / on.loc[chosen, "denominator"])


def year_before(conn: Connection, filters: Filters) -> Filters | None:
    """The same slice as far into the teaching of the same term a year earlier; None where that term
    is not summarised."""
    newest = newest_version()
    now = conn.execute(select(Term.__table__).where(Term.id == filters.term)).one()
    kept = and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == newest)
    about = now.teaching_starts - YEAR
    then = conn.execute(
        select(Term.__table__)
        .join(VersionTerm, kept)
        .where(Term.teaching_starts.between(about - NEAR, about + NEAR))
        .order_by(Term.starts.desc())
        .limit(1)
    ).first()
    if then is None:
        return None
    day = then.teaching_starts + (filters.as_of - now.teaching_starts)
    day = min(max(day, then.starts), then.ends)
    return replace(filters, term=then.id, date=day.isoformat())


def same_day(conn: Connection, filters: Filters) -> list[tuple[str, str, date]]:
    """Each term so far, oldest first, with the day as far into its teaching as the as-of day is
    into its own: a term that has only begun is not measured against whole ones. None where the
    slice's own term is not summarised."""
    newest = newest_version()
    terms = conn.execute(
        select(Term.id, Term.name, Term.starts, Term.ends, Term.teaching_starts)
        .join(VersionTerm, and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == newest))
        .where(Term.starts <= filters.as_of)
        .order_by(Term.starts)
    ).all()
    now = next((t for t in terms if t.id == filters.term), None)
    if now is None:
        return []
    into = filters.as_of - now.teaching_starts
    days = [min(max(t.teaching_starts + into, t.starts), t.ends) for t in terms]
    return [(t.id, t.name, day) for t, day in zip(terms, days, strict=True)]


def term_before(conn: Connection, filters: Filters) -> Filters | None:
    """The same slice as far into the teaching of the term before; None where no earlier term is
    summarised."""
    terms = same_day(conn, filters)
    earlier = [(term, day) for term, _, day in takewhile(lambda t: t[0] != filters.term, terms)]
    if not earlier:
        return None
    term, day = earlier[-1]
    return replace(filters, term=term, date=day.isoformat())

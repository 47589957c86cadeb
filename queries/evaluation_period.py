"""Which days an evaluation looks at: a term, an academic year or a calendar year, term by term."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data.models.dashboard import VersionTerm
from data.models.time import Term
from data.schemes.scheme import ACADEMIC_YEAR, CALENDAR_YEAR
from queries.filters import Filters
from queries.slice import newest_version

WHOLE_YEAR = (12, 31)


@dataclass(frozen=True)
class Period:
    """A period with one slice for each of its terms, the earliest first: the term's last day, or
    the as-of day where that comes before. `key` is its one name in seals and ratings."""

    kind: str
    key: str
    parts: tuple[Filters, ...]

    @property
    def starts(self) -> str:
        """The term it begins with."""
        return self.parts[0].term

    @property
    def last(self) -> Filters:
        """Its last day."""
        return self.parts[-1]


def period_of(conn: Connection, filters: Filters, kind: str) -> Period:
    """The period of a kind that holds the slice's day, up to that day.

    A calendar year holds the terms that begin in it and ends with 31 December: the autumn term
    counts as it stood on that day.
    """
    terms = _terms(conn)
    own = next(term for term in terms if term.id == filters.term)
    key, held = _held(terms, own, kind)
    until = min(filters.as_of, date(own.starts.year, *WHOLE_YEAR)) if _is_year(kind) else None
    last = until or filters.as_of
    parts = [_whole(filters, term.id, min(term.ends, last)) for term in held if term.starts <= last]
    return Period(kind, key, tuple(parts))


def period_before(conn: Connection, filters: Filters, period: Period) -> Period | None:
    """The period of the same kind before this one, whole; None where nothing is known of it."""
    terms = _terms(conn)
    earlier = [term for term in terms if term.starts < _start(terms, period.parts[0].term)]
    if not earlier:
        return None
    last = earlier[-1]
    day = date(last.starts.year, *WHOLE_YEAR) if _is_year(period.kind) else last.ends
    slice_then = _whole(filters, last.id, min(day, last.ends))
    return period_of(conn, slice_then, period.kind)


def period_text(period: Period) -> str:
    """The period and the day it is seen from, in no language: 2026-2027 (2026-11-23)."""
    return f"{period.key} ({period.last.date})"


def _is_year(kind: str) -> bool:
    return kind == CALENDAR_YEAR


def _held(terms: list[Any], own: Any, kind: str) -> tuple[str, list[Any]]:
    if kind == ACADEMIC_YEAR:
        return own.academic_year, [x for x in terms if x.academic_year == own.academic_year]
    if kind == CALENDAR_YEAR:
        year = own.starts.year
        return str(year), [term for term in terms if term.starts.year == year]
    return own.id, [own]


def _whole(filters: Filters, term: str, day: date) -> Filters:
    """The whole university on a day: nothing chosen narrows what is scored."""
    usual = filters.usual
    return replace(Filters(), term=term, date=day.isoformat(), usual=usual)


def _start(terms: list[Any], term: str) -> date:
    return next(found.starts for found in terms if found.id == term)


def _terms(conn: Connection) -> list[Any]:
    """Every term the served data version holds, the earliest first."""
    held = VersionTerm.version_id == newest_version()
    stmt = (
        select(Term.id, Term.academic_year, Term.starts, Term.ends)
        .join(VersionTerm, VersionTerm.term_id == Term.id)
        .where(held)
        .order_by(Term.starts)
    )
    return list(conn.execute(stmt))

"""Brands side by side: sessions, people, reach, opinions, growth, rhythm, cost, and their state."""

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.dashboard import VersionTerm
from data.models.time import Term
from queries.activities import opinion
from queries.brand_people import NOBODY, guests, mixed, reached
from queries.brand_slice import (
    FACTS,
    PLACE,
    SAID,
    brands,
    is_closed,
)
from queries.brand_state import RULES, Life, rule_of, state_of
from queries.filters import Filters
from queries.slice import newest_version
from queries.teaching import progress, term_before, weeks_with_one, year_before

PEOPLE = ("participants", "again", "colleges", "mixed", "numerator", "denominator")
LIFE = ("terms", "active", "weeks", "earlier_sessions", "earlier_day", "state", "rule", "why")
COLUMNS = (
    *(*FACTS, "owner", *PLACE, "partial", "sessions", "recorded", "attended", *PEOPLE),
    *("answers", "score", "score_low", "score_high", "cost", "costed", "cost_people", "cost_each"),
    *LIFE,
)


@dataclass(frozen=True)
class Times:
    """What every brand of a slice is measured by: its ended teaching weeks, the slice it is
    compared with, and the first days of the terms summarised up to now."""

    weeks: tuple[Any, ...]
    before: Filters | None
    terms: tuple[date, ...]


def portfolio(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per brand of the slice: COLUMNS, of the term up to the as-of day.

    `participants` are the people on the lists of its `recorded` sessions, `again` those who came
    twice or more; `colleges` how many colleges they belonged to on the day they last came, `mixed`
    the effective number of these. `numerator` of `denominator` residents of the owner's
    building or cluster on the as-of day (of a 校级 brand: of all buildings), as far as the viewer
    sees them, came; NaN without an owner.
    `cost` adds up the `costed` sessions with both a cost and a list, `cost_each` is by attendance.
    `terms` are the summarised terms with a session up to now; `active` of `weeks` ended teaching
    weeks had one; `earlier_sessions` is the count up to the same teaching week (`earlier_day`) a
    year before, or of the term before where that is not summarised. `why` says which `rule` led to
    `state`.
    """
    found = brands(conn, filters, viewer)
    if found.each.empty:
        return pd.DataFrame([], columns=list(COLUMNS))
    times, held = times_of(conn, filters), found.by_brand()
    came = guests(conn, filters, viewer)
    near = reached(conn, came, filters, viewer)
    kinds = mixed(came)
    rows = []
    for row in found.each.itertuples():
        ever = held.get(row.brand_id, [])
        here = [one for one in ever if one.term == filters.term]
        judged = _judged(_life(ever, row, times, filters), times)
        rows.append(sums(here) | judged | kinds.get(row.brand_id, NOBODY) | near.pair(row))
    return found.each.join(pd.DataFrame(rows))[list(COLUMNS)]


def times_of(conn: Connection, filters: Filters) -> Times:
    """The calendar around a slice."""
    newest = newest_version()
    terms = (
        select(Term.starts)
        .join(VersionTerm, VersionTerm.term_id == Term.id)
        .where(VersionTerm.version_id == newest, Term.starts <= filters.as_of)
    )
    before = year_before(conn, filters) or term_before(conn, filters)
    return Times(progress(conn, filters).ended, before, tuple(conn.scalars(terms)))


def sums(rows: list[Any]) -> dict[str, Any]:
    """Sessions, people, opinions and cost of some sessions."""
    listed = [row for row in rows if not isnan(row.attended)]
    both = [row for row in listed if not isnan(row.cost)]
    cost, shared = sum(row.cost for row in both), sum(int(row.attended) for row in both)
    said = [sum(getattr(row, name) for row in rows) for name in SAID[:3]]
    return {
        "sessions": len(rows),
        "recorded": len(listed),
        "attended": sum(int(row.attended) for row in listed),
        **opinion(*said),
        "cost": cost if both else None,
        "costed": len(both),
        "cost_people": shared,
        "cost_each": cost / shared if shared else None,
    }


def _life(ever: list[Any], row: Any, times: Times, filters: Filters) -> Life:
    """One brand's life, of all its sessions up to the day."""
    then, first = times.before, min(times.terms, default=date.max)
    now = [one.day for one in ever if one.term == filters.term]
    past = [one for one in ever if then and one.term == then.term and one.day <= then.as_of]
    return Life(
        terms=len({one.term for one in ever}),
        known=len(times.terms),
        whole=not pd.isna(row.founded) and row.founded >= first,
        now=len(now),
        then=len(past) if then else None,
        active=weeks_with_one(times.weeks, set(now)),
        weeks=len(times.weeks),
        closed=is_closed(row, filters),
        partial=row.partial,
    )


def _judged(life: Life, times: Times) -> dict[str, Any]:
    rule = rule_of(life)
    return {
        "terms": life.terms,
        "active": life.active,
        "weeks": life.weeks,
        "earlier_sessions": life.then,
        "earlier_day": times.before.as_of if times.before else None,
        "state": state_of(rule),
        "rule": rule,
        "why": RULES[rule],
    }

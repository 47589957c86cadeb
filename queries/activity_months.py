"""Whether those who came once come again: each month's newcomers, followed through the year."""

from collections import Counter
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Connection, and_, case, func, select

from data.access.viewer import Viewer
from data.models.dashboard import VersionTerm
from data.models.time import Term
from queries.activities import CAME, HELD, whose
from queries.filters import Filters
from queries.slice import newest_version

COLUMNS = ["cohort", "month", "numerator", "denominator", "ended"]


def retention(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per month of newcomers and month since: `cohort, month, numerator, denominator,
    ended`, months by their first day.

    `denominator` people came to an activity of the slice in the month `cohort` and in none before
    of the academic year; `numerator` of them came in `month`, NaN where no list of it tells.
    `ended` is 0 of the running month. Months without newcomers are left out; of the academic year's
    terms only summarised ones count.
    """
    if viewer.role == "":
        return pd.DataFrame([], columns=COLUMNS)
    first, builds = _year(conn, filters)
    months = _months(first, filters.as_of)
    rows = []
    for seen, number in _patterns(conn, filters, viewer, builds, months).items():
        came = [month for i, month in enumerate(months) if seen >> i & 1]
        since = [month for month in months if month >= came[0]]
        rows += [(came[0], month, number * (month in came), number) for month in since]
    found = pd.DataFrame(rows, columns=COLUMNS[:4])
    sums = found.groupby(["cohort", "month"], as_index=False).sum()
    known = sums.groupby("month")["numerator"].transform("sum") > 0
    over = {month: int(next_month(month) <= filters.as_of + timedelta(days=1)) for month in months}
    sums["numerator"] = sums["numerator"].where(known)
    return sums.assign(ended=sums["month"].map(over))[COLUMNS]


def _year(conn: Connection, filters: Filters) -> tuple[date, list[int]]:
    """The first day of the summarised terms of the academic year so far, and their builds."""
    newest = newest_version()
    year = select(Term.academic_year).where(Term.id == filters.term).scalar_subquery()
    terms = conn.execute(
        select(Term.starts, VersionTerm.build)
        .join(VersionTerm, and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == newest))
        .where(Term.academic_year == year, Term.starts <= filters.as_of)
        .order_by(Term.starts)
    ).all()
    return min((term.starts for term in terms), default=filters.as_of), [t.build for t in terms]


def _months(first: date, last: date) -> list[date]:
    found = [first.replace(day=1)]
    while (month := next_month(found[-1])) <= last:
        found.append(month)
    return found


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def _patterns(
    conn: Connection, filters: Filters, viewer: Viewer, builds: list[int], months: list[date]
) -> Counter[int]:
    """How many people came in just these months: bit i of a pattern is month i."""
    there = (HELD.build.in_(builds), HELD.day <= filters.as_of, *whose(filters, viewer))
    bits = [
        func.max(case((and_(CAME.day >= month, CAME.day < next_month(month)), 1 << i), else_=0))
        for i, month in enumerate(months)
    ]
    person = (
        select(sum(bits[1:], bits[0]).label("seen"))
        .where(CAME.build.in_(builds), CAME.activity_id.in_(select(HELD.activity_id).where(*there)))
        .group_by(CAME.student_id)
        .subquery("person")
    )
    stmt = select(person.c.seen, func.count().label("number")).group_by(person.c.seen)
    return Counter({row.seen: row.number for row in conn.execute(stmt)})

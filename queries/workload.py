"""What counselors did by the end of the last counted week, added up by college or by counselor.

A rate is made of weeks that are over and were due: teaching weeks in which a counselor in office
had students or a building. Visits at other times are work too and stand in the totals.
"""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select

from data.engine import Rows
from data.models.contact import ConcernStage, CounselorPeriod
from queries.contact_slice import ended, over
from queries.filters import Filters
from queries.slice import Where, build_of, frame
from queries.students_met import count_of

PERIOD, STAGE = CounselorPeriod, ConcernStage
WORK = ["visits", "minutes", "apartment", "elsewhere", "weeks", "week_visits"]
WORK += ["fields_made", "fields_due", "slots_made", "slots_due"]
ANSWERS = ["answered", "answers_due"]


def work_by(conn: Connection, owner: Any, filters: Filters, where: list[Where]) -> pd.DataFrame:
    """One row per `owner`, a column of CounselorPeriod, named `owner`: `visits, minutes, apartment,
    elsewhere` of all weeks, `weeks` due with `week_visits` in them, `fields_made, fields_due,
    slots_made, slots_due`."""
    parts = [_totals(owner, where), _weeks(owner, filters, where), _slots(owner, filters, where)]
    found, *others = (frame(conn, part) for part in parts)
    for other in others:
        found = found.merge(other, on="owner", how="outer")
    return found


def answers_by(
    conn: Connection, owner: Any, rows: Any, filters: Filters, where: list[Where]
) -> pd.DataFrame:
    """One row per `owner`, a column of `rows`, which are concerns: `owner, answered, answers_due`,
    as in `response_in_time`."""
    past = rows.limit_day < filters.as_of
    stmt = select(
        owner.label("owner"),
        count_of(and_(past, rows.responded <= rows.limit_day)).label("answered"),
        count_of(past).label("answers_due"),
    )
    return frame(conn, stmt.where(*where, rows.carried == 0).group_by(owner))


def counted_through(conn: Connection, filters: Filters) -> date | None:
    """The last day of the weeks counted by the as-of day; None before the first has ended."""
    stmt = select(func.max(PERIOD.through)).where(
        PERIOD.build == build_of(filters.term), PERIOD.through <= filters.as_of
    )
    return conn.scalar(stmt)


def _totals(owner: Any, where: list[Where]) -> Rows:
    return (
        select(
            owner.label("owner"),
            *(func.sum(getattr(PERIOD, name)).label(name) for name in WORK[:4]),
        )
        .where(*where)
        .group_by(owner)
    )


def _weeks(owner: Any, filters: Filters, where: list[Where]) -> Rows:
    week = (
        select(
            owner.label("owner"),
            func.max(PERIOD.listed).label("listed"),
            *(func.sum(getattr(PERIOD, n)).label(n) for n in ("visits", *WORK[2:4])),
        )
        .where(*where, over(filters))
        .group_by(owner, PERIOD.counselor_id, PERIOD.week)
        .having(func.sum(PERIOD.due) > 0)
        .subquery("week")
        .c
    )
    both = and_(week.listed == 1, week.apartment > 0, week.elsewhere > 0)
    return select(
        week.owner,
        func.count().label("weeks"),
        func.sum(week.visits).label("week_visits"),
        count_of(both).label("fields_made"),
        func.sum(week.listed).label("fields_due"),
    ).group_by(week.owner)


def _slots(owner: Any, filters: Filters, where: list[Where]) -> Rows:
    made = count_of(PERIOD.long > 0).label("slots_made")
    return (
        select(owner.label("owner"), made, func.count().label("slots_due"))
        .where(*where, ended(filters))
        .group_by(owner)
    )

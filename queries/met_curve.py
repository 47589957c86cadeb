"""① over the whole term: met day by day, the pace to keep, last year, where it is heading."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.summaries.method import method_of
from queries.filters import Filters
from queries.projection import of_people
from queries.students_met import met_by_day
from queries.teaching import Progress, progress, week_ends, year_before

COLUMNS = ["day", "week", "numerator", "anyone", "denominator", "pace", "earlier_numerator"]
COLUMNS += ["earlier_denominator", "low", "projected", "high"]


def met_curve(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row a day of the term: `day, week, numerator, anyone, denominator, pace,
    earlier_numerator, earlier_denominator, low, projected, high`.

    Counts stop at the as-of day and projections begin on it. `pace` is the target by teaching days;
    the earlier pair is as many days into the teaching of the same term a year before.
    """
    days = met_by_day(conn, filters, viewer)
    if days.empty or not days["denominator"].any():
        return pd.DataFrame([], columns=COLUMNS)
    far, method = progress(conn, filters), method_of(conn, filters.term)
    found = _every_day(far).merge(days, on="day", how="left")
    found["pace"] = [method.student_target * Progress(far.weeks, d).share for d in found["day"]]
    found = found.merge(_earlier(conn, filters, viewer), on="day", how="left")
    return found.merge(_cone(days, far), on="day", how="left")[COLUMNS]


def _every_day(far: Progress) -> pd.DataFrame:
    rows = [
        (week.starts + timedelta(days=n), week.number)
        for week in far.weeks
        for n in range((week.until - week.starts).days)
    ]
    return pd.DataFrame(rows, columns=["day", "week"])


def _earlier(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The year before, on the days of this year; to the end of that term."""
    then = year_before(conn, filters)
    columns = ["day", "earlier_numerator", "earlier_denominator"]
    if then is None:
        return pd.DataFrame([], columns=columns)
    later = filters.as_of - then.as_of
    whole = progress(conn, then)
    last = whole.weeks[-1].until - timedelta(days=1)
    rows = met_by_day(conn, replace(then, date=last.isoformat()), viewer)
    moved = [day + later for day in rows["day"]]
    return pd.DataFrame(
        {"day": moved, columns[1]: rows["numerator"], columns[2]: rows["denominator"]}
    )


def _cone(days: pd.DataFrame, far: Progress) -> pd.DataFrame:
    """From where it stands to the end of the term, as `of_people` has it on each day."""
    shares, rows = week_ends(days, far), []
    for day in _every_day(far)["day"]:
        if day >= far.day:
            passed = far.weeks_left - Progress(far.weeks, day).weeks_left
            seen = of_people(shares, passed)
            rows += [(day, seen.low, seen.middle, seen.high)] if seen and far.weeks_left else []
    return pd.DataFrame(rows, columns=["day", "low", "projected", "high"])

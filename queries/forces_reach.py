"""力量下沉 in space and time: which buildings were reached, and how regularly."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, case, func, or_, select

from data.access.viewer import Viewer
from data.models.forces import CARRIERS
from data.models.place import Building, Cluster
from data.models.time import Term
from queries.counts import homes, place_names
from queries.filters import Filters
from queries.forces import SESSION, attendance, sessions
from queries.slice import frame
from queries.students_met import count_of
from queries.teaching import progress, weeks_with_one

BY_CARRIER = dict(zip(("talks", "salons", "tutorials", "stations"), CARRIERS, strict=True))
"""The column of each carrier's sessions."""
COUNTS = ("sessions", *BY_CARRIER, "attended", "counted")


def by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building, those not reached this term first, then the longest ago:
    `campus_id, cluster_id, cluster, building_id, building, sessions, talks, salons, tutorials,
    stations, attended, counted, last, days, home`.

    Other buildings where there was a session stand last, with `home` False: in no rate, but in
    every sum.
    """
    here = (
        select(
            SESSION.building_id,
            func.count().label("sessions"),
            *(count_of(SESSION.carrier == name).label(key) for key, name in BY_CARRIER.items()),
            *attendance(),
            func.max(SESSION.day).label("last"),
        )
        .where(*sessions(filters, viewer))
        .group_by(SESSION.building_id)
        .subquery("here")
    )
    home, came = and_(*homes(filters, viewer)), here.c.last.is_not(None)
    rank = case((home, 1), else_=0)
    stmt = (
        select(
            *place_names(),
            *(func.coalesce(here.c[name], 0).label(name) for name in COUNTS),
            here.c.last,
            rank.label("home"),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(here, here.c.building_id == Building.id)
        .where(or_(home, came))
        .order_by(rank.desc(), came, here.c.last, Building.id)
    )
    found = frame(conn, stmt)
    days = [None if pd.isna(last) else (filters.as_of - last).days for last in found["last"]]
    ago = pd.Series(days, index=found.index, dtype="object")
    return found.assign(days=ago, home=found["home"].astype(bool))


def by_month(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per month of the term so far and carrier: `month, carrier, sessions, attended,
    counted, numerator, denominator, carrier_weeks, all_weeks, weeks`.

    Of `denominator` residential buildings in use that had opened by the end of the month,
    `numerator` were reached in it, by whatever carrier. Of `weeks` teaching weeks that are over,
    `carrier_weeks` had a session of the carrier, `all_weeks` one of any.
    """
    stmt = select(Building.id, Building.opened).join(Cluster, Cluster.id == Building.cluster_id)
    housing = frame(conn, stmt.where(*homes(filters, viewer)))
    held = select(SESSION.day, SESSION.carrier, SESSION.building_id, SESSION.attended)
    rows = frame(conn, held.where(*sessions(filters, viewer)))
    if housing.empty and rows.empty:
        return pd.DataFrame([], columns=MONTH_COLUMNS)
    of_carrier = dict(list(rows.groupby("carrier")))
    ended = progress(conn, filters).ended
    weeks = {c: weeks_with_one(ended, set(part["day"])) for c, part in of_carrier.items()}
    every = weeks_with_one(ended, set(rows["day"]))
    found = []
    month_of = rows["day"].astype(str).str[:7]
    for month in _months(conn, filters, rows):
        in_month = rows[month_of == str(month)]
        reached, due = _reach(housing, in_month, month.end_time.date())
        shared = {"month": str(month), "numerator": reached, "denominator": due}
        shared |= {"all_weeks": every, "weeks": len(ended)}
        for carrier in CARRIERS:
            sums = _sums(in_month[in_month["carrier"] == carrier])
            of = {"carrier": carrier, "carrier_weeks": weeks.get(carrier, 0)}
            found.append(shared | of | sums)
    return pd.DataFrame(found, columns=MONTH_COLUMNS)


MONTH_COLUMNS = ["month", "carrier", "sessions", "attended", "counted", "numerator", "denominator"]
MONTH_COLUMNS += ["carrier_weeks", "all_weeks", "weeks"]


def _months(conn: Connection, filters: Filters, rows: pd.DataFrame) -> Any:
    """From the month teaching begins, or the first session where that is earlier: days before it
    in which nothing could be would make a month look empty."""
    stmt = select(Term.teaching_starts).where(Term.id == filters.term)
    begins: date = conn.execute(stmt).scalar_one()
    return pd.period_range(min(begins, filters.as_of, *rows["day"]), filters.as_of, freq="M")


def _reach(housing: pd.DataFrame, in_month: pd.DataFrame, ends: date) -> tuple[int, int]:
    """Buildings reached in a month, and those that had opened by its last day."""
    opened = [pd.isna(day) or day <= ends for day in housing["opened"]]
    due = set(housing.loc[opened, "id"])
    return len(due & set(in_month["building_id"])), len(due)


def _sums(rows: pd.DataFrame) -> dict[str, int]:
    known = rows["attended"].dropna()
    return {"sessions": len(rows), "attended": int(known.sum()), "counted": len(known)}

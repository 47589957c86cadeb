"""服务办理: what was asked for through each channel, how soon it was done, what still waits."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.models.service import CHANNELS
from data.models.support import ServiceCase
from queries.counts import PLACES, buildings, lived_in_by
from queries.filters import Filters
from queries.metric import Metric
from queries.places import UNPLACED
from queries.slice import Where, build_of, frame, within
from queries.split import EACH, SLICE, Split, by_residence, of_slice
from queries.students_met import count_of

CASE = ServiceCase
CLAUSE = "学生综合事务大厅、社区服务点终端、师生e线、智慧学工、易班"
REQUESTS_FINISHED = Metric(
    key="requests_finished",
    name="办结率",
    definition="本学期截至当日提交的服务办理中，当日已经办结的比例",
    numerator="其中当日已经办结的办件",
    denominator="本学期截至当日提交的办件，不写明楼宇的也在内",
    excluded="以前学期提交的办件",
    unit="件",
    clause=CLAUSE,
    page="/development",
)
SERVICES = (REQUESTS_FINISHED,)
TOTAL = "合计"
ENOUGH = 10
"""A 90th percentile of fewer would be the slowest one."""
COLUMNS = ["channel", "numerator", "denominator", "timed", "median", "p90", "rated", "rating"]
COLUMNS += ["backlog", "oldest", "unplaced"]


def requests(filters: Filters, viewer: Viewer) -> list[Where]:
    """Requests of the slice handed in up to the as-of day. Those of no building are in it until a
    place or a college is chosen; of a college that counts by belonging they are those of buildings
    where its students live."""
    found = [CASE.build == build_of(filters.term), CASE.submitted <= filters.as_of]
    found += [*buildings(CASE.building_id, filters, viewer), *within(CASE, filters, PLACES)]
    if filters.belonging:
        found.append(CASE.building_id.in_(lived_in_by(filters)))
    return found


def request_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The row of REQUESTS_FINISHED, `metric, numerator, denominator, exempt`; none where nothing
    was handed in."""
    return of_slice(each_request_rates(conn, filters, viewer, SLICE))


def each_request_rates(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH."""
    key = by_residence(split, CASE.building_id, filters)
    stmt = key.sums(count_of(CASE.finished <= filters.as_of), func.count())
    found = conn.execute(stmt.where(*requests(filters, viewer)))
    rows = [(unit, REQUESTS_FINISHED.key, done, every, 0) for unit, done, every in found if every]
    return pd.DataFrame(rows, columns=EACH)


def by_channel(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per channel, also where nobody used it, then 合计, and last 未归属 where there are
    requests of no building, which are in the rows above as well: `channel, numerator, denominator,
    timed, median, p90, rated, rating, backlog, oldest, unplaced`.

    Of `denominator` requests `numerator` were finished by the day, `backlog` were not, the `oldest`
    for so many days. `median` and `p90` are hours of the `timed` ones finished, `p90` only of ten
    or more; `rating` is the mean of the `rated` ones finished. Empty for whoever sees nothing.
    """
    if viewer.role == "":
        return pd.DataFrame([], columns=COLUMNS)
    columns = (CASE.channel, CASE.building_id, CASE.submitted, CASE.finished)
    stmt = select(*columns, CASE.hours, CASE.rating).where(*requests(filters, viewer))
    every = frame(conn, stmt)
    parts = [(channel, every[every["channel"] == channel]) for channel in CHANNELS]
    unplaced = every[every["building_id"] == ""]
    parts += [(TOTAL, every), *([(UNPLACED, unplaced)] if len(unplaced) else [])]
    rows = [{"channel": name} | _summed(part, filters) for name, part in parts]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"median": object, "p90": object})


def _summed(rows: pd.DataFrame, filters: Filters) -> dict[str, Any]:
    """The numbers of some requests; what is unknown is in no mean and no percentile."""
    over = [day is not None and not pd.isna(day) and day <= filters.as_of for day in rows.finished]
    done = pd.Series(over, index=rows.index, dtype=bool)
    hours = rows.loc[done, "hours"].dropna().astype(float)
    ratings = rows.loc[done, "rating"].dropna().astype(float)
    waiting = rows.loc[~done, "submitted"]
    return {
        "numerator": int(done.sum()),
        "denominator": len(rows),
        "timed": len(hours),
        "median": float(hours.median()) if len(hours) else None,
        "p90": float(hours.quantile(0.9)) if len(hours) >= ENOUGH else None,
        "rated": len(ratings),
        "rating": float(ratings.mean()) if len(ratings) else None,
        "backlog": len(waiting),
        "oldest": (filters.as_of - waiting.min()).days if len(waiting) else None,
        "unplaced": int((rows["building_id"] == "").sum()),
    }

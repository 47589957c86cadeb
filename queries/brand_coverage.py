"""Which clusters have a brand of their own (一苑一品) and which buildings (一楼一品)."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.activity import Brand, BrandOwner
from data.models.place import Building, Cluster
from queries.brand_slice import OF_BUILDING, OF_CLUSTER
from queries.counts import homes, place_names
from queries.filters import Filters
from queries.metric import Metric
from queries.slice import frame
from queries.spaces import residents_on
from queries.split import EACH, SLICE, Split, homes_by_unit, of_slice

CLAUSE = "品牌活动：一苑一品、一楼一品；文化节、艺术节、读书节、音乐节、风采展、成果展"
CLUSTER_BRAND_COVERAGE = Metric(
    key="cluster_brand_coverage",
    name="一苑一品覆盖率",
    definition="当日有一苑一品品牌的楼群，占全部住宿楼群的比例；品牌归哪个楼群按当日的归属计",
    numerator="当日有归属于它、已创建且未停办的一苑一品品牌的楼群",
    denominator="当日有在用住宿楼宇的楼群",
    excluded="已停办的品牌、当日没有归属的品牌",
    unit="个楼群",
    clause=CLAUSE,
    page="/activities",
)
BUILDING_BRAND_COVERAGE = Metric(
    key="building_brand_coverage",
    name="一楼一品覆盖率",
    definition="当日有一楼一品品牌的住宿楼宇，占在用住宿楼宇的比例；品牌归哪栋楼按当日的归属计",
    numerator="当日有归属于它、已创建且未停办的一楼一品品牌的住宿楼宇",
    denominator="当日在用的住宿楼宇",
    excluded="非住宿楼宇、已停办的品牌、当日没有归属的品牌",
    unit="栋楼",
    clause=CLAUSE,
    page="/activities",
)
BRAND_METRICS = (CLUSTER_BRAND_COVERAGE, BUILDING_BRAND_COVERAGE)
KEY = {OF_CLUSTER: CLUSTER_BRAND_COVERAGE.key, OF_BUILDING: BUILDING_BRAND_COVERAGE.key}
SUMS = ["numerator", "denominator"]


def brand_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of BRAND_METRICS that has a value: `metric, numerator, denominator,
    exempt`."""
    return of_slice(each_brand_rates(conn, filters, viewer, SLICE))


def each_brand_rates(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH. A unit has its homes and the clusters around them."""
    now, _ = _owned(conn, filters)
    clusters = conn.execute(select(Building.id, Building.cluster_id))
    around = {home: cluster for home, cluster in clusters}  # noqa: C416 - rows, typed as pairs
    rows = []
    for unit, own in homes_by_unit(conn, filters, viewer, split).items():
        places = ((OF_CLUSTER, {around[home] for home in own}), (OF_BUILDING, own))
        for level, ids in places if own else ():
            made = sum((level, place) in now for place in ids)
            rows.append((unit, KEY[level], made, len(ids), 0))
    return pd.DataFrame(rows, columns=EACH)


def owned_brands(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential cluster, then building, of the slice, those without a brand first and
    of these the largest: `level, campus_id, cluster_id, cluster, building_id, building, residents,
    numerator, denominator, brands, former, until`.

    `level` is the brand that is due there, `brands` are the names of those it has on the as-of day,
    `numerator` is 1 where there is any. Of a place without one `former` is the brand it had last
    and `until` the day that ended, None where it never had any.
    """
    stmt = select(*place_names()).join(Cluster, Cluster.id == Building.cluster_id)
    places = frame(conn, stmt.where(*homes(filters, viewer)).order_by(Cluster.id, Building.id))
    living = residents_on(conn, filters)
    places["residents"] = [living.get(home, 0) for home in places["building_id"]]
    around = ["campus_id", "cluster_id", "cluster"]
    clusters = places.groupby(around, as_index=False)[["residents"]].sum()
    clusters = clusters.assign(building_id="", building="", level=OF_CLUSTER)
    every = pd.concat([clusters, places.assign(level=OF_BUILDING)], ignore_index=True)
    found = every.assign(denominator=1, **_had(conn, every, filters))
    order = found.assign(first=found["level"] != OF_CLUSTER)
    order = order.sort_values(
        ["first", "numerator", "residents", "cluster_id", "building_id"],
        ascending=[True, True, False, True, True],
        ignore_index=True,
    )
    shown = ["level", *around, "building_id", "building", "residents", *SUMS]
    return order[[*shown, "brands", "former", "until"]]


def _had(conn: Connection, every: pd.DataFrame, filters: Filters) -> dict[str, list[Any]]:
    """Of each place: whether it has a brand of its level, their names, and the last it had."""
    now, past = _owned(conn, filters)
    places = zip(every["level"], every["building_id"], every["cluster_id"], strict=True)
    keys = [(level, building or cluster) for level, building, cluster in places]
    last = [(None, None) if key in now else past.get(key, (None, None)) for key in keys]
    return {
        "numerator": [int(key in now) for key in keys],
        "brands": ["、".join(now.get(key, [])) for key in keys],
        "former": [name for name, _ in last],
        "until": [day for _, day in last],
    }


def _owned(
    conn: Connection, filters: Filters
) -> tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], tuple[str, date]]]:
    """By level and place, whoever asks: the brands it has on the day, and the last it had with the
    day that ended."""
    now: dict[tuple[str, str], list[str]] = {}
    past: dict[tuple[str, str], tuple[str, date]] = {}
    for row in conn.execute(_owners(filters)):
        key = (row.level, row.building_id if row.level == OF_BUILDING else row.cluster_id)
        over = min((day for day in (row.ends, row.closed) if day), default=date.max)
        if over >= filters.as_of:
            now.setdefault(key, []).append(row.name)
        elif key not in past or past[key][1] <= over:
            past[key] = (row.name, over)
    return now, past


def _owners(filters: Filters) -> Rows:
    """Who has owned a cluster's or a building's brand up to the day, each with the brand's name."""
    return (
        select(Brand.name, Brand.level, Brand.closed)
        .add_columns(BrandOwner.cluster_id, BrandOwner.building_id, BrandOwner.ends)
        .join(BrandOwner, BrandOwner.brand_id == Brand.id)
        .where(
            Brand.level.in_((OF_CLUSTER, OF_BUILDING)),
            or_(Brand.founded.is_(None), Brand.founded <= filters.as_of),
            BrandOwner.starts <= filters.as_of,
        )
        .order_by(Brand.id, BrandOwner.starts)
    )

"""发展支持, the places: public spaces by function and culture features, building by building.

Both are registers read as of the day. An area or a number of seats that nobody wrote down is
unknown: it stands beside the sum and is no zero in it.
"""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, join, or_, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import StandingCount
from data.models.place import Building, Cluster
from data.models.service import CULTURE_KINDS, SPACE_FUNCTIONS, CultureFeature, Space
from queries.counts import place_names, residences
from queries.filters import Filters
from queries.held import RESIDENTS
from queries.metric import Metric
from queries.slice import Where, build_of, frame, on_day, open_on
from queries.split import EACH, SLICE, Split, by_residence, of_slice
from queries.students_met import count_of

CLAUSE = "空间：五项功能、党建墙/文化墙/文化走廊、一楼一品、试点升级"
FUNCTION_COVERAGE = Metric(
    key="function_coverage",
    name="五项功能配齐率",
    definition="在用住宿楼宇的五项功能（思想引领、学习发展、交流互动、文体活动、生活服务）中，"
    "当日至少有一处公共空间的比例；一栋楼五格",
    numerator="当日至少有一处在用公共空间的（楼宇，功能）",
    denominator="当日在用的住宿楼宇 × 5 项功能",
    excluded="非住宿楼宇、已停用的楼宇",
    unit="格",
    clause=CLAUSE,
    page="/development",
)
CULTURE_COVERAGE = Metric(
    key="culture_coverage",
    name="文化设施覆盖率",
    definition="当日至少有一处党建墙、文化墙或文化走廊的在用住宿楼宇比例",
    numerator="当日至少有一处已建成文化设施的住宿楼宇",
    denominator="当日在用的住宿楼宇",
    excluded="非住宿楼宇、已停用的楼宇",
    unit="栋楼",
    clause=CLAUSE,
    page="/development",
)
SPACES = (FUNCTION_COVERAGE, CULTURE_COVERAGE)
PLACE = ["campus_id", "cluster_id", "cluster", "building_id", "building"]


def space_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of SPACES: `metric, numerator, denominator, exempt`; none where the viewer
    sees no residential building of the slice."""
    return of_slice(each_space_rates(conn, filters, viewer, SLICE))


def each_space_rates(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH."""
    pairs = select(Space.building_id, Space.function).where(in_use(filters.as_of)).distinct()
    spaces = pairs.subquery("spaces").c
    decorated = select(CultureFeature.building_id).where(built(filters.as_of))
    served = select(func.count()).where(spaces.building_id == Building.id).scalar_subquery()
    functions = func.coalesce(func.sum(served), 0)
    key = by_residence(split, Building.id, filters)
    around = join(Building, Cluster, Cluster.id == Building.cluster_id)
    stmt = key.sums(functions, count_of(Building.id.in_(decorated)), func.count())
    here = stmt.select_from(around).where(*residences(filters, viewer))
    rows: list[tuple[Any, ...]] = []
    for unit, made, culture, every in conn.execute(here):
        due = every * len(SPACE_FUNCTIONS)
        rows.append((unit, FUNCTION_COVERAGE.key, int(made), due, 0))
        rows.append((unit, CULTURE_COVERAGE.key, culture, every, 0))
    return pd.DataFrame([row for row in rows if row[3]], columns=EACH)


def in_use(day: date) -> Where:
    """Spaces open on a day, the day they close included."""
    return open_on(day, Space.opened, Space.closed)


def built(day: date) -> Where:
    """Culture features built by a day; one without a date was there all along."""
    return or_(CultureFeature.opened.is_(None), CultureFeature.opened <= day)


def by_function(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building and function, also where there is no space; buildings that
    lack most functions first: `campus_id, cluster_id, cluster, building_id, building, residents,
    lacking, function, spaces, area, area_known, seats, seats_known, area_each, seats_each`.

    `area` (m²) and `seats` add up the `area_known` and `seats_known` of the `spaces`, and are None
    where nothing is known; `area_each` and `seats_each` are for a hundred residents of the day.
    """
    space = Space
    here = (
        select(
            space.building_id,
            space.function,
            func.count().label("spaces"),
            func.sum(space.area).label("area"),
            func.count(space.area).label("area_known"),
            func.sum(space.seats).label("seats"),
            func.count(space.seats).label("seats_known"),
        )
        .where(in_use(filters.as_of))
        .group_by(space.building_id, space.function)
    )
    found = _every(conn, _homes(filters, viewer), here, "function", SPACE_FUNCTIONS)
    living = residents_on(conn, filters)
    found["residents"] = [living.get(building, 0) for building in found["building_id"]]
    for name in ("area", "seats"):
        pairs = zip(found[name], found["residents"], strict=True)
        found[f"{name}_each"] = pd.Series(
            [per_hundred(*pair) for pair in pairs], index=found.index, dtype="object"
        )
    return _emptiest_first(found, "spaces")


def by_culture(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building and kind of culture feature, also where there is none;
    buildings that lack most kinds first: `campus_id, cluster_id, cluster, building_id, building,
    lacking, kind, features, since`; `since` is the day the first of them was built, if known."""
    feature = CultureFeature
    here = (
        select(
            feature.building_id,
            feature.kind,
            func.count().label("features"),
            func.min(feature.opened).label("since"),
        )
        .where(built(filters.as_of))
        .group_by(feature.building_id, feature.kind)
    )
    found = _every(conn, _homes(filters, viewer), here, "kind", CULTURE_KINDS)
    return _emptiest_first(found, "features")


def _homes(filters: Filters, viewer: Viewer) -> Rows:
    """Residential buildings of the slice, in the order of the map."""
    return (
        select(
            *place_names(),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(*residences(filters, viewer))
        .order_by(Cluster.campus_id, Cluster.id, Building.id)
    )


def _every(
    conn: Connection, homes: Rows, here: Rows, key: str, kinds: tuple[str, ...]
) -> pd.DataFrame:
    """Buildings × kinds beside what there is of each: counts 0 and values None where nothing is."""
    every = frame(conn, homes).merge(pd.DataFrame({key: kinds}), how="cross")
    found = every.merge(frame(conn, here), how="left", on=["building_id", key])
    counts = [name for name in ("spaces", "features", "area_known", "seats_known") if name in found]
    found[counts] = found[counts].fillna(0).astype(int)
    rest = [name for name in ("area", "seats", "since") if name in found]
    found[rest] = found[rest].astype("object").where(found[rest].notna(), None)
    return found


def _emptiest_first(found: pd.DataFrame, count: str) -> pd.DataFrame:
    """With `lacking`, how many kinds a building has nothing of; the most first."""
    lacking = (found[count] == 0).groupby(found["building_id"]).transform("sum").astype(int)
    return found.assign(lacking=lacking).sort_values(
        "lacking", ascending=False, kind="stable", ignore_index=True
    )


def per_hundred(amount: Any, residents: int) -> float | None:
    """By a hundred residents; None of an unknown amount, or where nobody lives."""
    return None if amount is None or not residents else float(amount) / residents * 100


def residents_on(conn: Connection, filters: Filters) -> dict[str, int]:
    """Building → residents on the as-of day of whatever college, whoever asks."""
    rows = StandingCount
    stmt = (
        select(rows.building_id, func.sum(rows.number))
        .where(
            and_(rows.build == build_of(filters.term), rows.metric == RESIDENTS),
            on_day(rows, filters),
        )
        .group_by(rows.building_id)
    )
    return {building: int(number) for building, number in conn.execute(stmt)}

"""Which brands a slice holds, whose they are, and the sessions of theirs that a viewer may see.

A slice chooses brands, not sessions: one is in it where its owner of the as-of day is, or where it
held a session of the term. Its numbers are then those of the whole brand, as far as the viewer sees
it: sessions in buildings in scope, and those without a place of brands that a building in scope
owns on the as-of day. Whoever sees every place sees every brand.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, String, and_, case, cast, func, or_, select

from data.access.viewer import SEES_EVERY_PLACE, Viewer
from data.engine import Rows
from data.models.activity import Brand, BrandOwner
from data.models.dashboard import VersionTerm
from data.models.place import Building, Cluster
from queries.activities import HELD, held
from queries.filters import Filters
from queries.slice import Where, build_of, frame, led_by, newest_version, valid_on

OF_CLUSTER, OF_BUILDING, OF_UNIVERSITY = "一苑一品", "一楼一品", "校级"
LEVELS = (OF_CLUSTER, OF_BUILDING, OF_UNIVERSITY)
FACTS = ("brand_id", "brand", "level", "community", "founded", "closed")
PLACE = ("campus_id", "cluster_id", "building_id")
OWNER = ("owner", *PLACE, "seen")
SESSION = ("brand_id", "build", "activity_id", "day", "building_id", "name", "attended")
SAID = ("answers", "score_sum", "score_squares", "cost")


@dataclass(frozen=True)
class Brands:
    """`each` brand of the slice: FACTS, `owner` of the day with PLACE (a building or cluster out of
    scope has a name and no id), `partial` where a session is out of scope. `sessions` in scope up
    to the day: SESSION, SAID and `term`, one row an activity, of every summarised term."""

    each: pd.DataFrame
    sessions: pd.DataFrame

    def by_brand(self) -> dict[str, list[Any]]:
        """The sessions of each brand that has any, as rows."""
        found: dict[str, list[Any]] = {}
        for row in self.sessions.itertuples():
            found.setdefault(str(row.brand_id), []).append(row)
        return found


def sees(viewer: Viewer, filters: Filters) -> Where:
    """Sessions the viewer may see: in a building in scope, or without a place and of a brand whose
    owner on the as-of day is such a building."""
    own = select(BrandOwner.brand_id).where(
        BrandOwner.building_id.is_not(None),
        viewer.sees_building(BrandOwner.building_id),
        valid_on(filters.as_of, BrandOwner.starts, BrandOwner.ends),
    )
    placeless = and_(HELD.building_id == "", HELD.brand_id.in_(own))
    return or_(viewer.sees_building(HELD.building_id), placeless)


def brands(conn: Connection, filters: Filters, viewer: Viewer) -> Brands:
    """The brands of the slice in the order of their level and id; only the chosen one where there
    is one, in whatever place."""
    if viewer.role == "":
        return Brands(
            pd.DataFrame([], columns=[*FACTS, "owner", *PLACE, "partial"]),
            pd.DataFrame([], columns=[*SESSION, *SAID, "term"]),
        )
    every = frame(conn, _sessions(filters, viewer)).astype({"attended": float, "cost": float})
    seen = every[every["seen"] == 1]
    hidden = set(every["activity_id"]) - set(seen["activity_id"])
    partial = set(every.loc[every["activity_id"].isin(hidden), "brand_id"])
    sessions = seen.drop(columns="seen").drop_duplicates("activity_id")
    found = _owned(conn, filters, viewer)
    if viewer.role not in SEES_EVERY_PLACE:
        found = found[(found["seen"] == 1) | found["brand_id"].isin(sessions["brand_id"])]
    if not filters.brand and (filters.level or filters.college):
        found = found[found["brand_id"].isin(_chosen(conn, found, filters, viewer))]
    rank = found["level"].map({level: i for i, level in enumerate(LEVELS)})
    order = found.assign(rank=rank).sort_values(["rank", "brand_id"], ignore_index=True)
    each = order.assign(partial=order["brand_id"].isin(partial))
    kept = sessions[sessions["brand_id"].isin(set(each["brand_id"]))]
    return Brands(each[[*FACTS, "owner", *PLACE, "partial"]], kept.reset_index(drop=True))


def _sessions(filters: Filters, viewer: Viewer) -> Rows:
    newest = newest_version()
    columns = [getattr(HELD, name) for name in (*SESSION, *SAID)]
    stmt = (
        select(*columns, VersionTerm.term_id.label("term"))
        .add_columns(case((sees(viewer, filters), 1), else_=0).label("seen"))
        .join(VersionTerm, VersionTerm.build == HELD.build)
        .where(VersionTerm.version_id == newest, HELD.day <= filters.as_of)
        .where(HELD.brand_id == filters.brand if filters.brand else HELD.brand_id != "")
    )
    return stmt.order_by(HELD.day, HELD.activity_id, HELD.building_id)


def _owned(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Brands founded by the day with FACTS and OWNER. Two owners on one day are a fault of the
    register: the one whose row starts later counts."""
    stmt = (
        select(
            Brand.id.label("brand_id"),
            Brand.name.label("brand"),
            Brand.level,
            func.coalesce(cast(Brand.community_type, String(16)), "").label("community"),
            Brand.founded,
            Brand.closed,
            *owner_columns(viewer),
        )
        .select_from(Brand)
        .outerjoin(BrandOwner, and_(BrandOwner.brand_id == Brand.id, *_on(filters)))
        .where(or_(Brand.founded.is_(None), Brand.founded <= filters.as_of))
        .order_by(Brand.id, BrandOwner.starts.desc())
    )
    stmt = owner_places(stmt)
    if filters.brand:
        stmt = stmt.where(Brand.id == filters.brand)
    return frame(conn, stmt).drop_duplicates("brand_id")


def owner_columns(viewer: Viewer) -> list[Any]:
    """OWNER: the owner's name, where it is, and whether that is in the viewer's scope."""
    building, cluster = BrandOwner.building_id, BrandOwner.cluster_id
    seen = or_(
        and_(building.is_not(None), viewer.sees_building(building)),
        and_(building.is_(None), cluster.is_not(None), viewer.sees_cluster(cluster)),
    )
    own = func.coalesce(Building.cluster_id, cluster)
    known = {"campus_id": Cluster.campus_id, "cluster_id": own, "building_id": building}
    return [
        func.coalesce(Building.name, Cluster.name, "").label("owner"),
        *(case((seen, func.coalesce(c, "")), else_="").label(n) for n, c in known.items()),
        case((seen, 1), else_=0).label("seen"),
    ]


def owner_places(stmt: Rows) -> Rows:
    """A SELECT from BrandOwner joined to the owning building, and to the cluster around it."""
    around = func.coalesce(Building.cluster_id, BrandOwner.cluster_id)
    joined = stmt.outerjoin(Building, Building.id == BrandOwner.building_id)
    return joined.outerjoin(Cluster, Cluster.id == around)


def _on(filters: Filters) -> list[Where]:
    return [valid_on(filters.as_of, BrandOwner.starts, BrandOwner.ends)]


def _chosen(
    conn: Connection, found: pd.DataFrame, filters: Filters, viewer: Viewer
) -> Collection[str]:
    """Brands whose owner is in the slice, or that held a session of the term in it. What a college
    holds itself is no place: of one that counts by belonging only its sessions do."""
    there = select(HELD.brand_id).where(*held(filters, viewer), HELD.brand_id != "").distinct()
    ids = set(conn.scalars(there))
    if filters.belonging:
        return ids
    inside = found["brand_id"] != ""
    for name in ("campus", "cluster", "building"):
        if place := getattr(filters, name):
            inside &= found[f"{name}_id"] == place
    if filters.leading:
        inside &= found["building_id"].isin(set(conn.scalars(led_by(filters))))
    return ids | set(found.loc[inside, "brand_id"])


def visible(conn: Connection, filters: Filters, viewer: Viewer) -> bool:
    """Whether the viewer may look at the chosen brand."""
    return not brands(conn, filters, viewer).each.empty


def to_choose(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Every brand of the slice, whichever is chosen: the columns of `Brands.each`."""
    return brands(conn, replace(filters, brand=""), viewer).each


def is_closed(row: Any, filters: Filters) -> bool:
    """Whether a brand was given up before the as-of day; the day on record still counts as open."""
    return not pd.isna(row.closed) and bool(row.closed < filters.as_of)


def in_term(filters: Filters, viewer: Viewer) -> list[Where]:
    """Sessions of brands in the term up to the as-of day, in the viewer's scope."""
    found = [HELD.build == build_of(filters.term), HELD.day <= filters.as_of]
    found.append(HELD.brand_id == filters.brand if filters.brand else HELD.brand_id != "")
    return [*found, sees(viewer, filters)]

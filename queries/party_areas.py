"""责任区和层长：how much each responsibility area carries, which floors have no leader."""

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.models.dashboard import CoverageStep, StandingCount
from data.models.party import ResponsibilityArea
from data.models.place import Building, Cluster, Floor
from queries.counts import PLACES, buildings
from queries.coverage import FLOOR_LEADER
from queries.filters import Filters
from queries.places import floor_name
from queries.slice import build_of, frame, on_day, steps, within


def areas_by_load(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per responsibility area with rooms on the day, without anyone in charge first, then
    the largest load: `cluster, building_id, building, area, rooms, keepers, residents, load`.

    `load` is rooms per member in charge, None where there is none. A college that counts by
    belonging has the areas where its students live, whole.
    """
    rows = StandingCount
    kinds = ("area_rooms", "area_keepers", "area_residents")
    held = (
        select(
            rows.kind,
            *(
                func.coalesce(func.sum(rows.number).filter(rows.metric == kind), 0).label(name)
                for kind, name in zip(kinds, ("rooms", "keepers", "residents"), strict=True)
            ),
        )
        .where(
            rows.build == build_of(filters.term),
            *buildings(rows.building_id, filters, viewer),
            *within(rows, filters, PLACES),
            rows.metric.in_(kinds),
            on_day(rows, filters),
        )
        .group_by(rows.kind)
    )
    if filters.belonging:
        theirs = func.sum(rows.number).filter(rows.college_id == filters.college)
        held = held.having(func.coalesce(theirs, 0) > 0)
    area = held.subquery("area")
    stmt = (
        select(
            Cluster.name.label("cluster"),
            Building.id.label("building_id"),
            Building.name.label("building"),
            ResponsibilityArea.name.label("area"),
            area.c.rooms,
            area.c.keepers,
            area.c.residents,
        )
        .join(ResponsibilityArea, ResponsibilityArea.id == area.c.kind)
        .join(Building, Building.id == ResponsibilityArea.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(area.c.rooms > 0)
        .order_by(Building.id, ResponsibilityArea.id)
    )
    found = frame(conn, stmt)
    load = found["rooms"] / found["keepers"].where(found["keepers"] > 0)
    return found.assign(load=load).sort_values(
        ["load", "rooms"], ascending=False, na_position="first", kind="stable", ignore_index=True
    )


def leaders_by_floor(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential floor, vacancies first and the oldest before the others: `campus_id,
    cluster_id, cluster, building_id, building, floor_id, floor, numerator, denominator, since,
    days, never`. `numerator` is 1 where a leader is in office."""
    step = CoverageStep
    stmt = (
        select(
            Cluster.campus_id,
            step.cluster_id,
            Cluster.name.label("cluster"),
            step.building_id,
            Building.name.label("building"),
            step.floor_id,
            floor_name().label("floor"),
            step.numerator,
            step.denominator,
            step.since,
            step.never,
        )
        .join(Floor, Floor.id == step.floor_id)
        .join(Building, Building.id == step.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(
            *steps(filters, viewer, level="floor"),
            step.metric == FLOOR_LEADER.key,
            step.denominator > 0,
            on_day(step, filters),
        )
        .order_by(
            step.numerator, step.since, Building.id, Floor.wing, Floor.level.desc(), step.floor_id
        )
    )
    found = frame(conn, stmt)
    days = [None if pd.isna(d) else (filters.as_of - d).days for d in found["since"]]
    return found.assign(days=pd.Series(days, index=found.index, dtype="object"))


def typical(load: pd.Series) -> tuple[float, float, float] | None:
    """The loads that a tenth of the areas stay below, the middle one, and a tenth exceed."""
    if load.empty:
        return None
    low, middle, high = (float(load.quantile(q)) for q in (0.1, 0.5, 0.9))
    return low, middle, high

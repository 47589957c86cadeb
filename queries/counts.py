"""Counts of what stands and what happens in buildings: from a slice and a viewer to rows."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from data.access.viewer import Viewer
from data.models.dashboard import CoverageStep
from data.models.people import College
from data.models.place import Building, Cluster
from queries.filters import Filters
from queries.places import RESIDENTS
from queries.slice import Where, build_of, led_by, on_day, open_on, within

PLACES = ("campus", "cluster", "building")


def counted(rows: Any, filters: Filters, viewer: Viewer) -> list[Where]:
    """Rows of StandingCount or FlowCount in the slice; a chosen college's own where it counts by
    belonging. What stands in no building is in the slice until a place or a lead is chosen."""
    found = [rows.build == build_of(filters.term), *buildings(rows.building_id, filters, viewer)]
    found += within(rows, filters, PLACES)
    if filters.belonging:
        found.append(rows.college_id == filters.college)
    return found


def buildings(building_id: Any, filters: Filters, viewer: Viewer) -> list[Where]:
    """Buildings the viewer may see and the chosen college leads."""
    found: list[Where] = [viewer.sees_building(building_id)]
    if filters.leading:
        found.append(building_id.in_(led_by(filters)))
    return found


def residences(filters: Filters, viewer: Viewer) -> list[Where]:
    """Residential buildings of the slice in use on the day, joined to their cluster; of a college
    that counts by belonging those where its students live."""
    chosen = {Cluster.campus_id: filters.campus, Cluster.id: filters.cluster}
    chosen |= {Building.id: filters.building}
    in_use = open_on(filters.as_of, Building.opened, Building.closed)
    found: list[Any] = [Building.residential, in_use]
    found += buildings(Building.id, filters, viewer)
    found += [column == place for column, place in chosen.items() if place]
    if filters.belonging:
        found.append(Building.id.in_(lived_in_by(filters)))
    return found


def homes(filters: Filters, viewer: Viewer) -> list[Where]:
    """The same where a college that counts by belonging narrows what happened, not where."""
    return residences(replace(filters, college=filters.leading), viewer)


def place_names() -> tuple[Any, ...]:
    """`campus_id, cluster_id, cluster, building_id, building` of a building joined to its
    cluster."""
    return (
        Cluster.campus_id,
        Cluster.id.label("cluster_id"),
        Cluster.name.label("cluster"),
        Building.id.label("building_id"),
        Building.name.label("building"),
    )


def lived_in_by(filters: Filters) -> Any:
    """Buildings where students of the chosen college live on the as-of day."""
    step = CoverageStep
    return _lived_in(step.building_id, filters).where(step.college_id == filters.college)


def lived_in(filters: Filters) -> Any:
    """The same of every college, each pair once: `college_id, building_id`."""
    step = CoverageStep
    pairs = _lived_in(step.college_id, filters).add_columns(step.building_id)
    return pairs.where(step.college_id.in_(select(College.id))).distinct()


def _lived_in(column: Any, filters: Filters) -> Any:
    step = CoverageStep
    return select(column).where(
        step.build == build_of(filters.term),
        step.level == "building",
        step.metric == RESIDENTS,
        on_day(step, filters),
    )

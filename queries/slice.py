"""From a slice and a viewer to WHERE clauses; every coverage query starts here."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from data.access.viewer import SEES_EVERY_PLACE, Viewer
from data.engine import Rows
from data.models.dashboard import CoverageStep, DataVersion, VersionTerm
from data.models.place import Building, BuildingLead
from queries.filters import BELONGS, LEADS, Filters

Where = ColumnElement[bool]


def frame(conn: Connection, stmt: Rows) -> pd.DataFrame:
    """The rows of a SELECT as a frame with its column names, also where there are none."""
    rows = conn.execute(stmt)
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))


def build_of(term: str) -> Any:
    """The build of a term that the newest data version shows."""
    newest = select(func.max(DataVersion.id)).scalar_subquery()
    return (
        select(VersionTerm.build)
        .where(VersionTerm.version_id == newest, VersionTerm.term_id == term)
        .scalar_subquery()
    )


def in_place(rows: Any, filters: Filters, viewer: Viewer) -> list[Where]:
    """Rows of building, floor or unit summaries inside the drilled place and the viewer's scope."""
    found = [rows.build == build_of(filters.term), viewer.sees_building(rows.building_id)]
    found += within(rows, filters)
    if filters.college and filters.college_as == LEADS:
        found.append(rows.building_id.in_(led_by(filters)))
    return found


def within(
    rows: Any,
    filters: Filters,
    levels: tuple[str, ...] = ("campus", "cluster", "building", "floor"),
) -> list[Where]:
    """Rows inside the chosen places of these levels."""
    chosen = [(name, getattr(filters, name)) for name in levels]
    return [getattr(rows, f"{name}_id") == place for name, place in chosen if place]


def on_day(rows: Any, filters: Filters) -> Where:
    """Rows in force on the as-of day."""
    return and_(rows.starts <= filters.as_of, rows.until > filters.as_of)


def led_by(filters: Filters) -> Any:
    """Buildings whose work group is led by the chosen college on the as-of day."""
    lead = BuildingLead
    return select(lead.building_id).where(
        lead.college_id == filters.college,
        lead.starts <= filters.as_of,
        or_(lead.ends.is_(None), lead.ends >= filters.as_of),
    )


def steps(filters: Filters, viewer: Viewer, *, level: str = "") -> list[Where]:
    """Steps that, summed by metric, count every unit of the slice exactly once.

    `level` asks for one row a place instead: "building" or "floor"; cluster coverage is then
    left out, since a building has no share in it.
    """
    step = CoverageStep
    belongs = filters.college if filters.college_as == BELONGS else ""
    base = [step.build == build_of(filters.term), step.college_id == belongs]
    if level:
        return [*base, step.level == level, *in_place(step, filters, viewer)]
    wide = viewer.role in SEES_EVERY_PLACE and not (filters.college and not belongs)
    if wide and filters.level in ("", "campus"):
        return [*base, step.level == "campus", *within(step, filters, ("campus",))]
    of_buildings = and_(_summed(filters), *in_place(step, filters, viewer))
    return [*base, or_(of_buildings, _clusters(filters, viewer))]


def _summed(filters: Filters) -> Where:
    """Floor rows on a floor, where building coverage has none: the building's own row serves."""
    step = CoverageStep
    if not filters.floor:
        return step.level == "building"
    return step.level == "floor"


def _clusters(filters: Filters, viewer: Viewer) -> Where:
    """Cluster coverage of the clusters around the slice."""
    step = CoverageStep
    found = [step.level == "cluster", viewer.sees_cluster(step.cluster_id)]
    found += within(step, filters, ("campus", "cluster"))
    if filters.college and filters.college_as == LEADS:
        led = select(Building.cluster_id).where(Building.id.in_(led_by(filters)))
        found.append(step.cluster_id.in_(led))
    around = and_(*found)
    if not filters.floor:
        return around
    building = and_(
        step.level == "building",
        step.metric == "building_coverage",
        step.building_id == filters.building,
        viewer.sees_building(step.building_id),
    )
    return or_(around, building)

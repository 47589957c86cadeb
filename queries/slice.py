"""From a slice and a viewer to WHERE clauses; every coverage query starts here."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from data.access.viewer import SEES_EVERY_PLACE, Viewer
from data.engine import Rows
from data.models.dashboard import CoverageStep, DataVersion, VersionTerm
from data.models.place import Building, BuildingLead
from queries.filters import Filters

Where = ColumnElement[bool]


def frame(conn: Connection, stmt: Rows) -> pd.DataFrame:
    """The rows of a SELECT as a frame with its column names, also where there are none."""
    rows = conn.execute(stmt)
    return pd.DataFrame([tuple(row) for row in rows.all()], columns=list(rows.keys()))


def newest_version() -> Any:
    """The data version that is shown; an expression, never a number."""
    return select(func.max(DataVersion.id)).scalar_subquery()


@lru_cache(maxsize=64)
def build_of(term: str) -> Any:
    """The build of a term that the newest data version shows; an expression, never a number."""
    newest = newest_version()
    return (
        select(VersionTerm.build)
        .where(VersionTerm.version_id == newest, VersionTerm.term_id == term)
        .scalar_subquery()
    )


def in_place(rows: Any, filters: Filters, viewer: Viewer) -> list[Where]:
    """Rows of building, floor or unit summaries inside the drilled place and the viewer's scope."""
    found = [rows.build == build_of(filters.term), viewer.sees_building(rows.building_id)]
    found += within(rows, filters)
    if filters.leading:
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


def valid_on(day: date, starts: Any, ends: Any) -> Where:
    """Rows of a register in force on a day, its first and last day included; no end is open."""
    return and_(starts <= day, or_(ends.is_(None), ends >= day))


def open_on(day: date, opened: Any, closed: Any) -> Where:
    """The same where a first day may be missing as well: what has none was there all along."""
    return and_(or_(opened.is_(None), opened <= day), or_(closed.is_(None), closed >= day))


def led_by(filters: Filters) -> Any:
    """Buildings whose work group is led by the chosen college on the as-of day."""
    lead = BuildingLead
    return select(lead.building_id).where(
        lead.college_id == filters.college, valid_on(filters.as_of, lead.starts, lead.ends)
    )


def steps(filters: Filters, viewer: Viewer, *, level: str) -> list[Where]:
    """Steps of one level, a row a place: "building" or "floor". Cluster coverage is left out, since
    a building has no share in it."""
    return [*_whose(filters), CoverageStep.level == level, *in_place(CoverageStep, filters, viewer)]


def parts(filters: Filters, viewer: Viewer) -> list[list[Where]]:
    """Steps that, summed by metric, count every unit of the slice exactly once, in parts to be
    united: a database finds each part by an index, but reads a whole table for their OR."""
    step, whose = CoverageStep, _whose(filters)
    if viewer.role in SEES_EVERY_PLACE and not filters.leading and filters.level in ("", "campus"):
        return [[*whose, step.level == "campus", *within(step, filters, ("campus",))]]
    level = "floor" if filters.floor else "building"
    found = [
        [*whose, step.level == level, *in_place(step, filters, viewer)],
        cluster_steps(filters, viewer),
    ]
    return [*found, [*whose, *_building(filters, viewer)]] if filters.floor else found


def _whose(filters: Filters) -> list[Where]:
    """Steps of the term that count everyone, or what the chosen college's students live in."""
    step = CoverageStep
    return [step.build == build_of(filters.term), step.college_id == filters.belonging]


def cluster_steps(filters: Filters, viewer: Viewer) -> list[Where]:
    """Cluster coverage of the clusters around the slice."""
    step = CoverageStep
    found = [*_whose(filters), step.level == "cluster"]
    found += [viewer.sees_cluster(step.cluster_id), *within(step, filters, ("campus", "cluster"))]
    if filters.building:
        around = select(Building.cluster_id).where(Building.id == filters.building)
        found.append(step.cluster_id.in_(around))
    if filters.leading:
        led = select(Building.cluster_id).where(Building.id.in_(led_by(filters)))
        found.append(step.cluster_id.in_(led))
    return found


def _building(filters: Filters, viewer: Viewer) -> list[Where]:
    """Building coverage of the building around a floor, which has none of its own."""
    step = CoverageStep
    return [
        step.level == "building",
        step.metric == "building_coverage",
        step.building_id == filters.building,
        viewer.sees_building(step.building_id),
    ]

"""What each building holds on a day: counts that stand for a while and add up over buildings.

A measure is the intervals of single things, each in one building, each one kind at a time:

    kind, campus_id, cluster_id, building_id, college_id, starts, until
"""

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, Date, String, cast, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from data.engine import Rows, earliest, latest
from data.models.forces import Concern
from data.models.place import Building, Cluster
from data.summaries.loads import area_keepers, area_residents, area_rooms
from data.summaries.rosters import enrolled_by_status, station_of, unhoused_by_status
from data.summaries.scratch import RESIDENT, TO_BUILDING, Window

Measure = Callable[[Window], Rows]


def residents_by_status(_: Window) -> Rows:
    """Residents in residence by political status."""
    return select(
        RESIDENT.c.political_status.label("kind"),
        *(RESIDENT.c[name] for name in (*TO_BUILDING, "college_id", "starts", "until")),
    )


def residents_by(column: str) -> Measure:
    """Residents in residence by degree level, grade (enrolment year) or counselor's number."""

    def residents(_: Window) -> Rows:
        kind = func.coalesce(cast(RESIDENT.c[column], String(32)), "")
        return select(
            kind.label("kind"),
            *(RESIDENT.c[name] for name in (*TO_BUILDING, "college_id", "starts", "until")),
        )

    return residents


def concerns_until(ended: InstrumentedAttribute[date | None]) -> Measure:
    """Concerns waiting, by category, from the day they were raised to the day before `ended`."""

    def waiting(window: Window) -> Rows:
        first, last = literal(window.starts, Date), literal(window.until, Date)
        until = func.coalesce(ended, last)
        return (
            select(
                Concern.category.label("kind"),
                *placed(),
                func.coalesce(Concern.college_id, "").label("college_id"),
                latest(Concern.raised, first).label("starts"),
                earliest(until, last).label("until"),
            )
            .outerjoin(Building, Building.id == Concern.building_id)
            .outerjoin(Cluster, Cluster.id == Building.cluster_id)
            .where(Concern.raised < window.until, until > window.starts, until > Concern.raised)
        )

    return waiting


def placed() -> list[ColumnElement[str]]:
    """Campus, cluster and building of an outer-joined building; "" where there is none."""
    columns = zip(TO_BUILDING, (Cluster.campus_id, Building.cluster_id, Building.id), strict=True)
    return [func.coalesce(column, "").label(name) for name, column in columns]


STANDINGS: dict[str, Measure] = {
    "residents_by_degree": residents_by("degree_level"),
    "residents_by_grade": residents_by("grade"),
    "residents_by_counselor": residents_by("counselor_id"),
    "concerns_unanswered": concerns_until(Concern.responded),
    "concerns_open": concerns_until(Concern.resolved),
    "residents_by_status": residents_by_status,
    "enrolled_by_status": enrolled_by_status,
    "unhoused_by_status": unhoused_by_status,
    "station_of_members": station_of("中共党员"),
    "station_of_probationary": station_of("预备党员"),
    "station_of_targets": station_of("发展对象"),
    "station_of_activists": station_of("入党积极分子"),
    "area_rooms": area_rooms,
    "area_keepers": area_keepers,
    "area_residents": area_residents,
}


def standing(key: str, window: Window) -> Rows:
    """The rows of StandingCount for one measure in one term."""
    found = STANDINGS[key](window).subquery("found")
    spell = [found.c[name] for name in ("kind", *TO_BUILDING, "college_id", "starts", "until")]
    return select(
        literal(key, String(32)).label("metric"), *spell, func.count().label("number")
    ).group_by(*spell)

"""Blind spots: where nothing covers yet, for how long, and whose it is."""

import heapq
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select, union_all

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import CoverageStep
from data.models.people import College
from data.models.place import Building, BuildingLead, Cluster, Floor
from queries.coverage import COVERAGE
from queries.filters import Filters
from queries.places import RESIDENTS, leads, place_name
from queries.slice import build_of, in_place, led_by, on_day, within

WORST = 20
PLACES = ("cluster_coverage", "building_coverage", "floor_coverage", "floor_leader")
NAMES = {m.key: m.name for m in COVERAGE if m.target is not None}
OF_FLOORS = tuple(key for key in NAMES if key not in PLACES[:2])
COMMITTEE_OWNS = "学生社区党工委"
PLACE = ("campus_id", "cluster_id", "building_id", "floor_id")
COLUMNS = ["metric", "place", "gap", "affected", "since", "never", "metric_name", "days", "owner"]
COLUMNS += ["leader", *PLACE]
Place = tuple[str, str, str, str]
"""Level, cluster, building and floor."""


def blind_spots(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The 20 worst gaps of metrics with a target: `metric, place, gap, affected, since, never,
    metric_name, days, owner, leader, campus_id, cluster_id, building_id, floor_id`.

    Worst is the largest product of people (a place's residents, or the uncovered rooms or people
    themselves) and days without cover. `leader` is the work group's head, a member of staff.
    """
    people, as_of = _residents(conn, filters), filters.as_of

    def affected(gap: Any) -> int:
        place = (gap.level, gap.cluster_id, gap.building_id, gap.floor_id)
        return people.get(place, 0) if gap.metric in PLACES else int(gap.gap)

    def days(gap: Any) -> int:
        return (as_of - gap.since).days

    def order(gap: Any) -> tuple[int, str, str]:
        return -max(affected(gap), 1) * max(days(gap), 1), gap.metric, gap.place

    worst = heapq.nsmallest(WORST, conn.execute(_gaps(filters, viewer)).all(), key=order)
    rows = (
        {**g._mapping, "affected": affected(g), "days": days(g), "metric_name": NAMES[g.metric]}
        for g in worst
    )
    return pd.DataFrame(rows, columns=COLUMNS)


def _residents(conn: Connection, filters: Filters) -> dict[Place, int]:
    """How many live on each floor, in each building and each cluster around the slice.

    Asked for once: joined to the gaps, a database would look for them again at each gap.
    """
    step = CoverageStep
    stmt = select(
        step.level, step.cluster_id, step.building_id, step.floor_id, step.numerator
    ).where(
        step.build == build_of(filters.term),
        step.college_id == filters.belonging,
        step.metric == RESIDENTS,
        step.level.in_(("building", "floor")),
        on_day(step, filters),
        *within(step, filters, ("campus", "cluster", "building")),
    )
    found: dict[Place, int] = {}
    for level, cluster, building, floor, count in conn.execute(stmt).all():
        found[level, cluster, building, floor] = count
        if level == "building":
            whole = ("cluster", cluster, "", "")
            found[whole] = found.get(whole, 0) + count
    return found


def _gaps(filters: Filters, viewer: Viewer) -> Rows:
    """Gaps of each metric at its own level, with names and owners."""
    step = CoverageStep
    inside = in_place(step, filters, viewer)
    parts = (
        ("floor", OF_FLOORS, inside),
        ("building", ("building_coverage",), inside),
        ("cluster", ("cluster_coverage",), [_in_cluster(filters, viewer)]),
    )
    gaps = union_all(
        *(
            select(
                step.metric,
                step.level,
                (step.denominator - step.numerator).label("gap"),
                step.since,
                step.never,
                *(getattr(step, c) for c in PLACE),
            ).where(
                *where,
                step.level == level,
                step.college_id == filters.belonging,
                step.metric.in_(metrics),
                step.numerator < step.denominator,
                on_day(step, filters),
            )
            for level, metrics, where in parts
        )
    ).subquery("gaps")
    return (
        select(
            *gaps.c,
            place_name().label("place"),
            func.coalesce(College.name, COMMITTEE_OWNS).label("owner"),
            BuildingLead.leader_name.label("leader"),
        )
        .select_from(gaps)
        .join(Cluster, Cluster.id == gaps.c.cluster_id)
        .outerjoin(Building, Building.id == gaps.c.building_id)
        .outerjoin(Floor, Floor.id == gaps.c.floor_id)
        .outerjoin(BuildingLead, leads(filters))
        .outerjoin(College, College.id == BuildingLead.college_id)
    )


def _in_cluster(filters: Filters, viewer: Viewer) -> Any:
    """Clusters stand above buildings: they are in the slice until a building is chosen."""
    step = CoverageStep
    found = [step.build == build_of(filters.term), step.level == "cluster"]
    found.append(viewer.sees_cluster(step.cluster_id))
    found += within(step, filters, ("campus", "cluster", "building"))
    if filters.leading:
        found.append(
            step.cluster_id.in_(select(Building.cluster_id).where(Building.id.in_(led_by(filters))))
        )
    return and_(*found)

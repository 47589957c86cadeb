"""Blind spots: where nothing covers yet, for how long, and whose it is."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import CoverageStep
from data.models.people import College
from data.models.place import Building, BuildingLead, Cluster, Floor
from queries.coverage import COVERAGE
from queries.filters import BELONGS, LEADS, Filters
from queries.places import RESIDENTS, leads, place_name
from queries.slice import build_of, frame, in_place, led_by, on_day, within

WORST = 20
LEVEL_OF = {"cluster_coverage": "cluster", "building_coverage": "building"}
PLACES = ("cluster_coverage", "building_coverage", "floor_coverage", "floor_leader")
COMMITTEE_OWNS = "学生社区党工委"


def blind_spots(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The 20 worst gaps of metrics with a target: `metric, place, gap, affected, since, never,
    metric_name, days, owner, leader, campus_id, cluster_id, building_id, floor_id`.

    Worst is the largest product of people (a place's residents, or the uncovered rooms or people
    themselves) and days without cover. `leader` is the work group's head, a member of staff.
    """
    found = frame(conn, _gaps(filters, viewer))
    days = (pd.to_datetime(filters.date) - pd.to_datetime(found["since"])).dt.days
    whole = found["metric"].isin(PLACES)
    affected = found["residents"].where(whole, found["gap"])
    names = found["metric"].map({m.key: m.name for m in COVERAGE})
    found = found.assign(days=days, affected=affected.astype(int), metric_name=names)
    worst = (found["affected"].clip(lower=1) * found["days"].clip(lower=1)).rename("weight")
    order = found.assign(weight=worst).sort_values(
        ["weight", "metric", "place"], ascending=[False, True, True], kind="stable"
    )
    return order.drop(columns=["weight", "residents"]).head(WORST).reset_index(drop=True)


def _gaps(filters: Filters, viewer: Viewer) -> Rows:
    step, people = CoverageStep, aliased(CoverageStep)
    belongs = filters.college if filters.college_as == BELONGS else ""
    targeted = [m.key for m in COVERAGE if m.target is not None]
    own_level = step.level == case(LEVEL_OF, value=step.metric, else_="floor")
    same = and_(
        people.build == step.build,
        people.metric == RESIDENTS,
        people.level == step.level,
        people.college_id == step.college_id,
        people.building_id == step.building_id,
        people.floor_id == step.floor_id,
        on_day(people, filters),
    )
    residents = case(
        (step.level == "cluster", _residents_of_cluster(filters, belongs)), else_=people.numerator
    )
    return (
        select(
            step.metric,
            place_name().label("place"),
            (step.denominator - step.numerator).label("gap"),
            func.coalesce(residents, 0).label("residents"),
            step.since,
            step.never,
            func.coalesce(College.name, COMMITTEE_OWNS).label("owner"),
            BuildingLead.leader_name.label("leader"),
            step.campus_id,
            step.cluster_id,
            step.building_id,
            step.floor_id,
        )
        .join(Cluster, Cluster.id == step.cluster_id)
        .outerjoin(Building, Building.id == step.building_id)
        .outerjoin(Floor, Floor.id == step.floor_id)
        .outerjoin(BuildingLead, leads(filters))
        .outerjoin(College, College.id == BuildingLead.college_id)
        .outerjoin(people, same)
        .where(
            step.college_id == belongs,
            step.metric.in_(targeted),
            own_level,
            step.numerator < step.denominator,
            on_day(step, filters),
            or_(and_(*in_place(step, filters, viewer)), _in_cluster(filters, viewer)),
        )
    )


def _in_cluster(filters: Filters, viewer: Viewer) -> Any:
    """Clusters stand above buildings: they are in the slice until a building is chosen."""
    step = CoverageStep
    found = [step.build == build_of(filters.term), step.level == "cluster"]
    found.append(viewer.sees_cluster(step.cluster_id))
    found += within(step, filters, ("campus", "cluster", "building"))
    if filters.college and filters.college_as == LEADS:
        found.append(
            step.cluster_id.in_(select(Building.cluster_id).where(Building.id.in_(led_by(filters))))
        )
    return and_(*found)


def _residents_of_cluster(filters: Filters, belongs: str) -> Any:
    people = aliased(CoverageStep)
    return (
        select(func.sum(people.numerator))
        .where(
            people.build == build_of(filters.term),
            people.metric == RESIDENTS,
            people.level == "building",
            people.college_id == belongs,
            people.cluster_id == CoverageStep.cluster_id,
            on_day(people, filters),
        )
        .scalar_subquery()
    )

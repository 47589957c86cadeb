"""The days on which coverage was founded or closed, taken up or given up."""

from typing import Any

from sqlalchemy import String, and_, case, literal, or_, select, union_all

from data.engine import Rows, day_after, earliest, latest
from data.models.party import (
    FLOOR_ORGANISATIONS,
    WORKSTATION,
    FloorLeader,
    PartyOrganisation,
    PartyOrganisationScope,
)
from data.models.place import Building, Cluster, Floor
from data.summaries.intervals import until
from data.summaries.scratch import Window

FOUNDED, CLOSED, TAKEN_UP, GIVEN_UP = "成立", "撤销", "层长上任", "层长离任"


def events(window: Window) -> Rows:
    """day, metric, kind, campus_id, cluster_id, building_id, floor_id, subject; in the term."""
    every = union_all(*_organisations(window), *_leaders(window)).subquery("events")
    return select(*every.c).distinct()


def _organisations(window: Window) -> list[Rows]:
    scope, organisation = PartyOrganisationScope, PartyOrganisation
    starts = latest(organisation.founded, scope.starts)
    ends = earliest(until(organisation.closed), until(scope.ends))
    metric = case(
        (
            and_(scope.building_id.is_not(None), organisation.kind == WORKSTATION),
            "building_coverage",
        ),
        (
            and_(scope.floor_id.is_not(None), organisation.kind.in_(FLOOR_ORGANISATIONS)),
            "floor_coverage",
        ),
        (scope.cluster_id.is_not(None), "cluster_coverage"),
        else_=literal("", String(32)),
    )
    return [
        _placed(
            select(
                day.label("day"),
                metric.label("metric"),
                literal(happened, String(16)).label("kind"),
                Cluster.campus_id,
                Cluster.id.label("cluster_id"),
                _or_nothing(Building.id).label("building_id"),
                _or_nothing(Floor.id).label("floor_id"),
                organisation.name.label("subject"),
            )
            .select_from(scope)
            .join(organisation, organisation.id == scope.organisation_id)
        ).where(day >= window.starts, day < window.until, starts < ends)
        for happened, day in ((FOUNDED, starts), (CLOSED, ends))
    ]


def _placed(stmt: Rows) -> Rows:
    scope = PartyOrganisationScope
    return (
        stmt.outerjoin(Floor, Floor.id == scope.floor_id)
        .outerjoin(
            Building, or_(Building.id == scope.building_id, Building.id == Floor.building_id)
        )
        .join(Cluster, or_(Cluster.id == scope.cluster_id, Cluster.id == Building.cluster_id))
    )


def _or_nothing(column: Any) -> Any:
    return case((column.is_(None), literal("", String(32))), else_=column)


def _leaders(window: Window) -> list[Rows]:
    """A leader is a student: the event names the post, never the person."""
    return [
        select(
            day.label("day"),
            literal("floor_leader", String(32)).label("metric"),
            literal(kind, String(16)).label("kind"),
            Cluster.campus_id,
            Cluster.id.label("cluster_id"),
            Building.id.label("building_id"),
            Floor.id.label("floor_id"),
            literal("党员层长", String(128)).label("subject"),
        )
        .select_from(FloorLeader)
        .join(Floor, Floor.id == FloorLeader.floor_id)
        .join(Building, Building.id == Floor.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(day >= window.starts, day < window.until)
        for kind, day in (
            (TAKEN_UP, FloorLeader.starts),
            (GIVEN_UP, day_after(FloorLeader.ends)),
        )
    ]

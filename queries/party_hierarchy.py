"""空间与组织：the same people counted along places and along organisations; the totals must agree.

Everyone with one of the four kinds who is enrolled counts once on each side: where they live, and
on whose roster they stand. Who lives nowhere, or stands on none, has a row 未归属 of their own.
"""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import SEES_EVERY_PLACE, Viewer
from data.models.dashboard import StandingCount
from data.models.party import (
    COMMITTEE,
    FLOOR_ORGANISATIONS,
    WORKSTATION,
    PartyOrganisation,
    PartyOrganisationScope,
)
from data.models.people import PARTY_ROSTER
from data.models.place import Building, Campus, Cluster, Floor
from queries.counts import counted, residences
from queries.filters import Filters
from queries.places import UNPLACED
from queries.slice import frame, on_day, valid_on

SPATIAL, ORGANISATIONAL = "空间", "组织"
TOTAL = "合计"
ELSEWHERE, NO_PARENT = "其他楼宇的工作站", "没有上级组织的工作站"
KINDS = dict(zip(PARTY_ROSTER, ("member", "probationary", "target", "activist"), strict=True))
STATIONS = {
    "station_of_members": "中共党员",
    "station_of_probationary": "预备党员",
    "station_of_targets": "发展对象",
    "station_of_activists": "入党积极分子",
}
COUNTS = {
    SPATIAL: ("floors", "residents", *KINDS.values()),
    ORGANISATIONAL: ("branches", "groups", *KINDS.values(), "elsewhere"),
}
EVERY = ("floors", "residents", "branches", "groups", *KINDS.values(), "elsewhere")
COLUMNS = ["side", "depth", "name", "level", "place_id", "building_id", *EVERY, "total"]


@dataclass
class Row:
    """A line of either side."""

    side: str
    depth: int
    name: str
    level: str = ""
    place_id: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, counts: dict[str, int]) -> None:
        """Add what lies below this line, or stands in it."""
        for name, count in counts.items():
            self.counts[name] = self.counts.get(name, 0) + count

    def cells(self) -> dict[str, Any]:
        """As a row of the frame."""
        building = self.place_id if self.level == "building" else None
        total = sum(self.counts.get(name, 0) for name in KINDS.values())
        head = {"side": self.side, "depth": self.depth, "name": self.name, "level": self.level}
        head |= {"place_id": self.place_id, "building_id": building}
        counts = {name: self.counts.get(name, 0) for name in COUNTS[self.side]}
        return {**head, **counts, "total": total}


def hierarchies(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Both trees as rows from the top down, each ending in 合计: `side, depth, name, level,
    place_id, building_id, floors, residents, branches, groups, member, probationary, target,
    activist, elsewhere, total`. `elsewhere` are those on a roster who do not live in a building
    its workstation serves. No rows where the slice holds nothing the viewer may count."""
    found = frame(conn, _counts(filters, viewer))
    places = frame(conn, _places(filters, viewer))
    if places.empty and found.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = [*_spatial(places, found), *_organisational(conn, filters, viewer, places, found)]
    return pd.DataFrame([row.cells() for row in rows], columns=COLUMNS)


def _counts(filters: Filters, viewer: Viewer) -> Any:
    rows = StandingCount
    wanted = ("residents_by_status", "unhoused_by_status", *STATIONS)
    return (
        select(rows.metric, rows.kind, rows.building_id, func.sum(rows.number).label("number"))
        .where(*counted(rows, filters, viewer), rows.metric.in_(wanted), on_day(rows, filters))
        .group_by(rows.metric, rows.kind, rows.building_id)
    )


def _places(filters: Filters, viewer: Viewer) -> Any:
    """Residential buildings open on the day, with the places above them and their floors."""
    floors = (
        select(func.count())
        .where(Floor.building_id == Building.id, Floor.residential)
        .scalar_subquery()
    )
    return (
        select(
            Campus.id.label("campus_id"),
            Campus.name.label("campus"),
            Cluster.id.label("cluster_id"),
            Cluster.name.label("cluster"),
            Building.id.label("building_id"),
            Building.name.label("building"),
            floors.label("floors"),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .join(Campus, Campus.id == Cluster.campus_id)
        .where(*residences(filters, viewer))
        .order_by(Campus.id, Cluster.id, Building.id)
    )


def _spatial(places: pd.DataFrame, found: pd.DataFrame) -> list[Row]:
    """Campus → cluster → building, then who lives nowhere, then everyone."""
    living = found[found["metric"] == "residents_by_status"]
    rows: dict[tuple[str, str], Row] = {}
    total, nowhere = Row(SPATIAL, 0, TOTAL), Row(SPATIAL, 0, UNPLACED)
    for place in places.itertuples():
        own = _people(living[living["building_id"] == place.building_id])
        own |= {"floors": int(str(place.floors))}
        for depth, level in enumerate(("campus", "cluster", "building")):
            key = (level, str(getattr(place, f"{level}_id")))
            row = rows.setdefault(key, Row(SPATIAL, depth, str(getattr(place, level)), *key))
            row.add(own)
        total.add(own)
    left = living[~living["building_id"].isin(places["building_id"])]
    left = pd.concat([left, found[found["metric"] == "unhoused_by_status"]])
    nowhere.add(_people(left))
    total.add(nowhere.counts)
    return [*rows.values(), *([nowhere] if nowhere.counts.get("residents") else []), total]


def _people(found: pd.DataFrame) -> dict[str, int]:
    by_kind = found.groupby("kind")["number"].sum()
    counts = {column: int(by_kind.get(kind, 0)) for kind, column in KINDS.items()}
    return {"residents": int(found["number"].sum()), **counts}


def _organisational(
    conn: Connection,
    filters: Filters,
    viewer: Viewer,
    places: pd.DataFrame,
    found: pd.DataFrame,
) -> list[Row]:
    """党工委 → workstation, with the branches and groups below it, then who stands on no roster."""
    registered = frame(conn, _organisations(filters)).set_index("id", drop=False)
    scopes = frame(conn, _scopes(filters))
    here = scopes[scopes["building_id"].isin(places["building_id"])]
    listed = _rosters(found, set(scopes.itertuples(index=False, name=None)))
    whole = not (filters.level or filters.college) and viewer.role in SEES_EVERY_PLACE
    stations = registered[registered["kind"] == WORKSTATION]
    if not whole:
        stations = stations[stations.index.isin(here["organisation_id"])]
    below, loose = _below(registered, set(stations.index), set(here["organisation_id"]), whole)
    total, nowhere = Row(ORGANISATIONAL, 0, TOTAL), Row(ORGANISATIONAL, 0, UNPLACED)
    roots: dict[str, list[Row]] = {}
    for station in stations.itertuples():
        row = Row(ORGANISATIONAL, 1, str(station.name))
        row.add(below[str(station.id)] | listed.pop(str(station.id), {}))
        parent = str(station.parent_id or "")
        root = str(registered.loc[parent, "name"]) if parent in registered.index else NO_PARENT
        roots.setdefault(root, [Row(ORGANISATIONAL, 0, root)]).append(row)
        for above in (roots[root][0], total):
            above.add(row.counts)
    nowhere.add(loose | listed.pop("", {}))
    elsewhere = Row(ORGANISATIONAL, 0, ELSEWHERE)
    for counts in listed.values():
        elsewhere.add(counts)
    ends = [row for row in (elsewhere, nowhere) if sum(row.counts.values())]
    for row in ends:
        total.add(row.counts)
    return [*(row for rows in roots.values() for row in rows), *ends, total]


def _organisations(filters: Filters) -> Any:
    organisation = PartyOrganisation
    kinds = (COMMITTEE, WORKSTATION, *FLOOR_ORGANISATIONS)
    return (
        select(organisation.id, organisation.kind, organisation.name, organisation.parent_id)
        .where(
            organisation.kind.in_(kinds),
            valid_on(filters.as_of, organisation.founded, organisation.closed),
        )
        .order_by(organisation.id)
    )


def _scopes(filters: Filters) -> Any:
    """Which building each organisation serves, or has a floor in."""
    scope = PartyOrganisationScope
    return (
        select(
            scope.organisation_id,
            func.coalesce(scope.building_id, Floor.building_id).label("building_id"),
        )
        .outerjoin(Floor, Floor.id == scope.floor_id)
        .where(valid_on(filters.as_of, scope.starts, scope.ends))
    )


def _rosters(found: pd.DataFrame, served: set[tuple[Any, ...]]) -> dict[str, dict[str, int]]:
    """By workstation, "" for none: how many of each kind, and how many live elsewhere."""
    rosters = found[found["metric"].isin(STATIONS)]
    made: dict[str, dict[str, int]] = {}
    for row in rosters.itertuples():
        station, number = str(row.kind), int(str(row.number))
        counts = made.setdefault(station, dict.fromkeys((*KINDS.values(), "elsewhere"), 0))
        counts[KINDS[STATIONS[str(row.metric)]]] += number
        if station and (station, row.building_id) not in served:
            counts["elsewhere"] += number
    return made


def _below(
    registered: pd.DataFrame, stations: set[str], here: set[str], whole: bool
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Branches and groups below each workstation, and those of the slice below none."""
    parents = registered["parent_id"].to_dict()
    below = {station: {"branches": 0, "groups": 0} for station in stations}
    loose = {"branches": 0, "groups": 0}
    living = set(registered.loc[registered["kind"] == WORKSTATION, "id"])
    for name, kind in registered["kind"].items():
        if kind not in FLOOR_ORGANISATIONS:
            continue
        column = "branches" if kind == FLOOR_ORGANISATIONS[0] else "groups"
        above = parents.get(name)
        while above in parents and above not in living:
            above = parents.get(above)
        if above in stations:
            below[str(above)][column] += 1
        elif above not in living and (whole or name in here):
            loose[column] += 1
    return below, loose

"""The places the database has, as far as footprints need them, and the writing of new ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, inspect, select, update

from data.errors import NoData
from data.footprints.creating import Existing, Plan, placed
from data.footprints.matching import Known, Match
from data.footprints.naming import spellings
from data.models.place import Building, Campus, Cluster, Floor

CAMPUS: Table = Campus.__table__  # type: ignore[assignment]
CLUSTER: Table = Cluster.__table__  # type: ignore[assignment]
BUILDING: Table = Building.__table__  # type: ignore[assignment]
FLOOR: Table = Floor.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Holdings:
    """Every campus, cluster and building."""

    campuses: dict[str, str]  # id → name
    clusters: tuple[Any, ...]
    buildings: tuple[Known, ...]

    def campus_id(self, called: str) -> str | None:
        """The campus people call by this id or name."""
        return next((i for i, name in self.campuses.items() if called in (i, name)), None)

    def of_campus(self, campus_id: str) -> Existing:
        """What a plan for new buildings on one campus must respect."""
        return Existing(
            campus_id,
            {
                spelling: (cluster.name, cluster.id)
                for cluster in self.clusters
                if cluster.campus_id == campus_id
                for spelling in spellings(cluster.name, cluster.aliases)
            },
            frozenset(
                spelling
                for building in self.buildings
                if building.campus_id == campus_id
                for spelling in spellings(building.name, building.aliases)
            ),
            frozenset(place.id for places in (self.clusters, self.buildings) for place in places),
        )


def holdings(conn: Connection) -> Holdings:
    """What stands in the database now."""
    schemas = conn.get_execution_options().get("schema_translate_map", {})
    if not inspect(conn).has_table(BUILDING.name, schemas.get(BUILDING.schema, BUILDING.schema)):
        raise NoData("数据库里还没有表：请先运行 python -m data create")
    c = BUILDING.c
    columns = (c.id, CLUSTER.c.campus_id, c.name, c.aliases, c.longitude, c.latitude, c.footprint)
    buildings = select(*columns).join(CLUSTER, CLUSTER.c.id == c.cluster_id).order_by(c.id)
    return Holdings(
        {row.id: row.name for row in conn.execute(select(CAMPUS).order_by(CAMPUS.c.id))},
        tuple(conn.execute(select(CLUSTER).order_by(CLUSTER.c.id))),
        tuple(Known(*row) for row in conn.execute(buildings)),
    )


def place_outlines(conn: Connection, matches: Iterable[Match]) -> None:
    """Give buildings their footprint and the position inside it."""
    rows = [{"target": found.building.id, **placed(found)} for found in matches if found.building]
    if rows:
        conn.execute(update(BUILDING).where(BUILDING.c.id == bindparam("target")), rows)


def add_campus(conn: Connection, campus_id: str, name: str) -> None:
    """A campus of its own."""
    conn.execute(insert(CAMPUS), {"id": campus_id, "name": name})


def add_buildings(conn: Connection, made: Plan) -> None:
    """New clusters, buildings and floors."""
    for table, rows in ((CLUSTER, made.clusters), (BUILDING, made.buildings), (FLOOR, made.floors)):
        if rows:
            conn.execute(insert(table), rows)

"""One statement for every unit: a slice split by building, or by college in either meaning.

A metric's SELECT is written once, with a key that says whose a row is. Of a slice that is not split
every row has the same key "", so that the metric of a slice is the special case.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, String, join, literal, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.place import Building, BuildingLead, Cluster
from data.schemes.scheme import BUILDING, COLLEGE_BELONGS, COLLEGE_LEADS
from queries.counts import homes, lived_in
from queries.filters import Filters
from queries.slice import Where, valid_on

RATE = ["metric", "numerator", "denominator", "exempt"]
EACH = ["unit_id", *RATE]


@dataclass(frozen=True)
class Split:
    """What a slice is split by: the kind of unit, "" for nothing, and every unit that is asked for.
    A split slice has no place and no college chosen."""

    kind: str
    units: tuple[str, ...]


SLICE = Split("", ("",))
"""A slice as a whole."""


@dataclass(frozen=True)
class Key:
    """Whose a row is: the column of unit ids, and what joins it to the rows. A row of several units
    is found once for each; one of none is not found."""

    column: Any
    where: tuple[Where, ...] = ()
    splits: bool = True

    def sums(self, *sums: Any) -> Rows:
        """Sums by unit, `unit_id` first; of a slice that is not split always one row."""
        stmt: Any = select(self.column.label("unit_id"), *sums).where(*self.where)
        return stmt.group_by(self.column) if self.splits else stmt

    def rows(self, *columns: Any) -> Rows:
        """What there is of each unit, once, `unit_id` first."""
        found: Any = select(self.column.label("unit_id"), *columns).where(*self.where).distinct()
        return found


UNSPLIT = Key(literal("", String(32)), splits=False)


def by_place(split: Split, rows: Any, filters: Filters) -> Key:
    """Rows with `building_id` and `college_id`; a college that counts by belonging has its own."""
    if split.kind == COLLEGE_BELONGS:
        return by_college(split, rows.college_id)
    return by_building(split, rows.building_id, filters)


def by_college(split: Split, college_id: Any) -> Key:
    """Rows without a building: of colleges that count by belonging, or of the whole slice."""
    return Key(college_id) if split.kind == COLLEGE_BELONGS else UNSPLIT


def by_residence(split: Split, building_id: Any, filters: Filters) -> Key:
    """Rows of buildings; a college that counts by belonging has those where its students live."""
    if split.kind == COLLEGE_BELONGS:
        lived = lived_in(filters).subquery("lived")
        return Key(lived.c.college_id, (lived.c.building_id == building_id,))
    return by_building(split, building_id, filters)


def by_building(split: Split, building_id: Any, filters: Filters) -> Key:
    """Rows of buildings, split by building or by the college that leads it on the day."""
    if split.kind == BUILDING:
        return Key(building_id)
    if split.kind == COLLEGE_LEADS:
        led = leads(filters).subquery("led")
        return Key(led.c.college_id, (led.c.building_id == building_id,))
    return UNSPLIT


def leads(filters: Filters) -> Rows:
    """Which college leads which building on the day, each pair once: `college_id, building_id`."""
    lead = BuildingLead
    stmt = select(lead.college_id, lead.building_id).distinct()
    return stmt.where(valid_on(filters.as_of, lead.starts, lead.ends))


def homes_by_unit(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> dict[str, frozenset[str]]:
    """Unit → residential buildings in use on the day. A college that counts by belonging narrows
    what happened, not where: each has all of them."""
    key = by_building(split, Building.id, filters)
    around = join(Building, Cluster, Cluster.id == Building.cluster_id)
    stmt = key.rows(Building.id).select_from(around)
    found = grouped(conn, stmt.where(*homes(filters, viewer)))
    if split.kind == COLLEGE_BELONGS:
        return dict.fromkeys(split.units, found.get("", frozenset()))
    return {unit: found.get(unit, frozenset()) for unit in split.units}


def grouped(conn: Connection, stmt: Rows) -> dict[str, frozenset[Any]]:
    """The rows of `unit_id` and one column, or several as tuples, by unit."""
    found: dict[str, set[Any]] = {}
    for unit, *values in conn.execute(stmt):
        found.setdefault(unit, set()).add(values[0] if len(values) == 1 else tuple(values))
    return {unit: frozenset(values) for unit, values in found.items()}


def of_slice(each: pd.DataFrame) -> pd.DataFrame:
    """The rates of a slice that is not split: RATE."""
    return each[RATE]

"""With whom a building is compared: those of its kind and size, never a ranking of all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.models.place import Building, Room
from queries.filters import Filters
from queries.slice import open_on

FEWEST = 4
"""A median of fewer buildings would tell what single ones hold."""
SIZES = ((600, "600 床以下"), (900, "600–899 床"))
LARGEST = "900 床及以上"


@dataclass(frozen=True)
class Peers:
    """The other buildings of a group. `size` is "" where the group is of all sizes."""

    kind: str
    size: str
    ids: tuple[str, ...]
    names: tuple[str, ...]

    def middle(self, values: dict[str, float | None]) -> float | None:
        """The median of those that have a value; None where they are fewer than four."""
        return middle(values.get(i) for i in self.ids)


def middle(values: Iterable[float | None]) -> float | None:
    """The median of the values that are known; None where they are fewer than four."""
    found = [value for value in values if value is not None and not pd.isna(value)]
    return float(median(found)) if len(found) >= FEWEST else None


def size_class(beds: float) -> str:
    """The class of a building of so many beds."""
    return next((name for below, name in SIZES if beds < below), LARGEST)


def peers_of(conn: Connection, filters: Filters) -> Peers:
    """Residential buildings in use on the day, for the same 居住对象 and of the same size; of any
    size where that leaves fewer than four."""
    every = conn.execute(_buildings(filters.as_of)).all()
    own = next((b for b in every if b.id == filters.building), None)
    if own is None:
        return Peers("", "", (), ())
    like = [b for b in every if b.residents == own.residents and b.id != own.id]
    size = size_class(own.beds)
    near = [b for b in like if size_class(b.beds) == size]
    chosen, named = (near, size) if len(near) >= FEWEST else (like, "")
    return Peers(own.residents, named, tuple(b.id for b in chosen), tuple(b.name for b in chosen))


def _buildings(day: date) -> Any:
    beds = select(func.sum(Room.beds)).where(Room.building_id == Building.id).scalar_subquery()
    return (
        select(Building.id, Building.name, Building.residents, func.coalesce(beds, 0).label("beds"))
        .where(
            Building.residential,
            open_on(day, Building.opened, Building.closed),
        )
        .order_by(Building.id)
    )

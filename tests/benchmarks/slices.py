"""Slices nobody has asked for yet: term, day, metric, place and college, at the levels of a block.

The same number draws the same term, day, metric and level on every campus, so that two campuses
can be compared.
"""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from sqlalchemy import Connection, select

from components.block import Block
from data.access import accounts
from data.access.viewer import ROLES, Viewer
from data.engine import reading
from data.errors import DashboardError, InvalidFilter, NotAllowed
from data.models.activity import Brand
from data.models.people import College
from data.models.place import Building, Campus, Cluster, Floor, Room
from queries.choices import METRIC_KEYS, resolve, serving, terms
from queries.filters import BELONGS, DRILL, LEADS, Filters

EVERY_LEVEL = ("", *DRILL)
TRIES = 2000


@dataclass(frozen=True)
class Drawn:
    """A slice as it would be asked for, and with everything filled in."""

    asked: Filters
    resolved: Filters


class Slices:
    """Draws slices on one campus, never the same for a block twice."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._next: dict[tuple[str, Viewer], int] = {}
        self._used: set[tuple[str, Filters]] = set()
        with reading(url) as conn:
            found = terms(conn, serving(conn))
            self._days = [(option.id, first, (last - first).days) for option, first, last in found]
            self._places = _places(conn)
            self._needed = {
                "brand": sorted(conn.scalars(select(Brand.id))),
                "unit": sorted(conn.scalars(select(Building.id).where(Building.residential))),
            }
            self._colleges = list(conn.scalars(select(College.id).order_by(College.id)))

    def draw(self, block: Block, viewer: Viewer) -> Drawn:
        """The next slice in which the block has something to say to this viewer."""
        who = (block.key, viewer)
        with reading(self.url) as conn:
            for _ in range(TRIES):
                number = self._next[who] = self._next.get(who, 0) + 1
                asked = self._number(block, number)
                if (block.key, asked) in self._used:
                    continue
                try:
                    resolved = resolve(conn, asked, viewer)
                except (NotAllowed, InvalidFilter):  # out of scope, or not there on the day
                    continue
                self._used.add((block.key, asked))
                return Drawn(asked, resolved)
        raise DashboardError(f"没有更多可用的切片：{block.key}，{viewer.role}")

    def _number(self, block: Block, number: int) -> Filters:
        rng = Random(f"{block.key} {number}")
        term, first, length = rng.choice(self._days if rng.random() < 0.5 else self._days[:1])
        day = first.fromordinal(first.toordinal() + int(rng.random() * (length + 1)))
        level = rng.choice(block.levels or EVERY_LEVEL)
        asked = Filters(term=term, date=day.isoformat(), metric=rng.choice(METRIC_KEYS))
        of_college = rng.random() < 0.25
        if level:
            asked = asked.at(level, rng.choice(self._places[level]))
        if of_college:
            how = rng.choice((LEADS, BELONGS))
            asked = replace(asked, college=rng.choice(self._colleges), college_as=how)
        if block.needs:
            chosen: dict[str, Any] = {block.needs: rng.choice(self._needed[block.needs])}
            asked = replace(asked, **chosen)
        return asked


def demo_viewers(url: str) -> tuple[Viewer, ...]:
    """The demo account of every role."""
    with reading(url) as conn:
        found = [accounts.find(conn, f"demo-{role}") for role in ROLES]
        if None in found:
            raise DashboardError("数据库里没有演示账号，无法测量：请先运行 python -m data demo")
        return tuple(accounts.viewer_of(conn, account) for account in found if account)


def _places(conn: Connection) -> dict[str, list[str]]:
    housed = select(Building.id).where(Building.residential)
    stmts = {
        "campus": select(Campus.id),
        "cluster": select(Cluster.id),
        "building": housed,
        "floor": select(Floor.id).where(Floor.residential, Floor.building_id.in_(housed)),
        "room": select(Room.id).where(Room.floor_id.is_not(None), Room.building_id.in_(housed)),
    }
    return {level: sorted(conn.scalars(stmt)) for level, stmt in stmts.items()}

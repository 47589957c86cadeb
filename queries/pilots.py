"""试点升级: what a pilot building had the day before its upgrade and has now, beside its peers."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, select

from data.access.viewer import Viewer
from data.models.dashboard import VersionTerm
from data.models.place import Building, Cluster
from data.models.service import Space
from data.models.time import Term
from queries.counts import place_names, residences
from queries.filters import Filters
from queries.peers import middle
from queries.slice import newest_version, open_on
from queries.spaces import PLACE, per_hundred, residents_on

BEFORE, NOW = "before", "now"
NUMBERS = ("functions", "area", "unknown", "each")
COLUMNS = [*PLACE, "kind", "upgraded", "days", "before_day", "lived_day", "peers"]
COLUMNS += [f"{when}_{name}" for name in NUMBERS for when in (BEFORE, NOW)]
COLUMNS += [f"{when}_peers_{name}" for name in ("functions", "each") for when in (BEFORE, NOW)]


@dataclass(frozen=True)
class State:
    """What buildings had on a day. `lived_day` is the day of their residents: the day itself, the
    last one of the term before in a vacation, None before any term that is summarised."""

    day: date
    lived_day: date | None
    residents: dict[str, int]
    spaces: dict[str, list[Any]]

    def of(self, building: str) -> dict[str, Any]:
        """How many functions, the area known (m²), spaces of unknown area, area per hundred."""
        here = self.spaces.get(building, [])
        known = [space.area for space in here if space.area is not None]
        area = sum(known) if known or not here else None
        return {
            "functions": len({space.function for space in here}),
            "area": area,
            "unknown": len(here) - len(known),
            "each": per_hundred(area, self.residents.get(building, 0)),
        }


def pilot_buildings(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building upgraded by the day, the latest first: `campus_id,
    cluster_id, cluster, building_id, building, kind, upgraded, days, before_day, lived_day, peers`,
    then, once with `before_` for the day before the upgrade and once with `now_` for the as-of day,
    `functions, area, unknown, each, peers_functions, peers_each`.

    `area` is in m², `unknown` are spaces whose area nobody wrote down, `each` is m² for a hundred
    residents of that day. `peers` are the buildings for the same residents that are no pilots;
    theirs are medians, none of fewer than four.
    """
    stmt = (
        select(
            *place_names(),
            Building.residents.label("kind"),
            Building.upgraded,
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(*residences(filters, viewer), Building.upgraded <= filters.as_of)
        .order_by(Building.upgraded.desc(), Building.id)
    )
    pilots = conn.execute(stmt).all()
    if not pilots:
        return pd.DataFrame([], columns=COLUMNS)
    now, others = _state(conn, filters, filters.as_of), _others(conn, filters)
    rows = [_compared(conn, filters, pilot, now, others) for pilot in pilots]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="object")


def _others(conn: Connection, filters: Filters) -> list[Any]:
    """Residential buildings in use on the day that are no pilots, whoever asks: nothing leaves here
    but medians over at least four."""
    in_use = open_on(filters.as_of, Building.opened, Building.closed)
    stmt = select(Building.id, Building.residents, Building.opened, Building.upgraded)
    every = conn.execute(stmt.where(Building.residential, in_use)).all()
    return [b for b in every if b.upgraded is None or b.upgraded > filters.as_of]


def _compared(
    conn: Connection, filters: Filters, pilot: Any, now: State, others: list[Any]
) -> dict[str, Any]:
    before = _state(conn, filters, pilot.upgraded - timedelta(days=1))
    like = [b for b in others if b.residents == pilot.kind]
    row = dict(pilot._mapping) | {
        "days": (filters.as_of - pilot.upgraded).days,
        "before_day": before.day,
        "lived_day": before.lived_day,
        "peers": len(like),
    }
    for when, state in ((BEFORE, before), (NOW, now)):
        row |= {f"{when}_{name}": value for name, value in state.of(pilot.building_id).items()}
        open_then = [b.id for b in like if b.opened is None or b.opened <= state.day]
        theirs = [state.of(building) for building in open_then]
        for name in ("functions", "each"):
            row[f"{when}_peers_{name}"] = middle(one[name] for one in theirs)
    return row


def _state(conn: Connection, filters: Filters, day: date) -> State:
    """Spaces and residents of every building on a day, whatever term it lies in."""
    stmt = select(Space.building_id, Space.function, Space.area)
    spaces: dict[str, list[Any]] = defaultdict(list)
    for space in conn.execute(stmt.where(open_on(day, Space.opened, Space.closed))):
        spaces[space.building_id].append(space)
    then = _term_of(conn, filters, day)
    living = residents_on(conn, then) if then else {}
    return State(day, then.as_of if then else None, living, spaces)


def _term_of(conn: Connection, filters: Filters, day: date) -> Filters | None:
    """The slice on that day, or on the last day of the term before it; None where that term is not
    summarised."""
    newest = newest_version()
    kept = and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == newest)
    term = conn.execute(
        select(Term.id, Term.ends, VersionTerm.build)
        .outerjoin(VersionTerm, kept)
        .where(Term.starts <= day)
        .order_by(Term.starts.desc())
        .limit(1)
    ).first()
    if term is None or term.build is None:
        return None
    return replace(filters, term=term.id, date=min(day, term.ends).isoformat())

"""Everything the campus database knows of one building, set beside its peers' median."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, or_, select

from data.access.viewer import Viewer
from data.models.dashboard import CoverageStep
from data.models.place import Building, Campus, Cluster
from data.models.time import Term
from queries.coverage import COVERAGE
from queries.fact import Fact, judged, large_named
from queries.facts import BY_FACT, FACTS, PARTS, TRENDS
from queries.filters import Filters
from queries.held import Held, held_by_building
from queries.metric import Metric
from queries.peers import Peers, peers_of
from queries.slice import build_of, on_day
from queries.teaching import same_day

ABOUT, PARTY, PEOPLE = "概况", "党团组织覆盖", "住的人与管的人"
FACT_COLUMNS = ["building_id", "section", "key", "kind", "name", "unit", "value", "median"]
FACT_COLUMNS += ["peers", "verdict", "text", "numerator", "denominator"]
BLANK = dict.fromkeys(("kind", "name", "unit", "verdict", "text"), "")
FOLLOWED = ("floor_coverage", "room_responsibility")
"""The coverage metrics followed over the terms."""
Rates = dict[str, dict[str, tuple[int, int]]]
"""Metric → building → numerator and denominator."""


@dataclass(frozen=True)
class Compared:
    """A building in scope with everything its portrait is made of."""

    building: Any
    peers: Peers
    held: dict[str, Held]
    rates: Rates

    @property
    def own(self) -> Held:
        """The building's own counts; none of them where it is not in the summaries."""
        kept = next(iter(self.held.values())).kept if self.held else frozenset()
        return self.held.get(self.building.id, Held(kept))

    def fact(self, fact: Fact) -> dict[str, Any]:
        """A fact's row."""
        value = fact.of(self.own)
        middle = self.peers.middle({i: fact.of(h) for i, h in self.held.items()})
        verdict = fact.verdict(value, middle)
        row = {"section": fact.section, "key": fact.key, "name": fact.name, "unit": fact.unit}
        return row | {"value": value, "median": middle, "verdict": verdict}

    def rate(self, metric: Metric) -> dict[str, Any]:
        """A coverage metric's row."""
        pairs = self.rates.get(metric.key, {})
        upper, lower = pairs.get(self.building.id, (0, 0))
        value = metric.value(upper, lower)
        middle = self.peers.middle({i: metric.value(*pair) for i, pair in pairs.items()})
        return {
            "section": PARTY,
            "key": metric.key,
            "name": metric.name,
            "unit": metric.unit,
            "value": value,
            "median": middle,
            "verdict": judged(value, middle, metric.better, metric.show),
            "numerator": upper,
            "denominator": lower,
        }


def portrait(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per number of the chosen building: `building_id, section, key, kind, name, unit,
    value, median, peers, verdict, text, numerator, denominator`.

    First what the building is (section 概况, in `text`), then Party coverage, facts and their
    parts by kind. `median` is that of `peers` other buildings, none where they are under four.
    """
    found = _compared(conn, filters, viewer)
    return _frame(_rows(found), found) if found else _frame((), None)


def portrait_coverage(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The rows of `portrait` that are coverage metrics."""
    found = _compared(conn, filters, viewer)
    return _frame((found.rate(m) for m in COVERAGE), found) if found else _frame((), None)


def portrait_facts(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The rows of `portrait` that are facts, each section's parts after its facts."""
    found = _compared(conn, filters, viewer)
    return _frame([*_facts(found), *_parts(found)], found) if found else _frame((), None)


def _frame(rows: Iterable[dict[str, Any]], found: Compared | None) -> pd.DataFrame:
    made = pd.DataFrame([BLANK | row for row in rows], columns=FACT_COLUMNS)
    if found:
        made["building_id"], made["peers"] = found.building.id, len(found.peers.ids)
    return made


def _compared(conn: Connection, filters: Filters, viewer: Viewer) -> Compared | None:
    building = conn.execute(
        select(
            Building.id,
            Building.name,
            Building.residents,
            Building.residential,
            Building.opened,
            Building.upgraded,
            Cluster.name.label("cluster"),
            Campus.name.label("campus"),
            Term.name.label("term"),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .join(Campus, Campus.id == Cluster.campus_id)
        .join(Term, Term.id == filters.term)
        .where(Building.id == filters.building, viewer.sees_building(Building.id))
    ).first()
    if building is None:
        return None
    held, rates = held_by_building(conn, filters), _rates(conn, filters)
    return Compared(building, peers_of(conn, filters), held, rates)


def _rates(conn: Connection, filters: Filters) -> Rates:
    """Coverage of every building; a building's share of cluster coverage is its cluster's."""
    step = CoverageStep
    place = or_(
        and_(step.level == "building", step.building_id == Building.id),
        and_(step.level == "cluster", step.cluster_id == Building.cluster_id),
    )
    rows = conn.execute(
        select(step.metric, Building.id, step.numerator, step.denominator)
        .join(Building, place)
        .where(
            step.build == build_of(filters.term),
            step.college_id == "",
            step.level.in_(("building", "cluster")),
            step.metric.in_([m.key for m in COVERAGE]),
            on_day(step, filters),
        )
    )
    found: Rates = {}
    for metric, building, numerator, denominator in rows:
        found.setdefault(metric, {})[building] = (numerator, denominator)
    return found


def _rows(found: Compared) -> Iterator[dict[str, Any]]:
    building, peers = found.building, found.peers
    about = {
        "term": building.term,
        "building": building.name,
        "cluster": building.cluster,
        "campus": building.campus,
        "residents_kind": building.residents,
        "opened": str(building.opened or ""),
        "upgraded": str(building.upgraded or ""),
        "peers_kind": peers.kind,
        "peers_size": peers.size,
        "peers": "、".join(peers.names),
    }
    yield from ({"section": ABOUT, "key": key, "text": text} for key, text in about.items())
    yield from (found.rate(metric) for metric in COVERAGE)
    yield from _facts(found)


def _facts(found: Compared) -> Iterator[dict[str, Any]]:
    return (found.fact(fact) for fact in FACTS)


def _parts(found: Compared) -> Iterator[dict[str, Any]]:
    for part in PARTS:
        counts = found.own.kinds(part.measure)
        shown = large_named(counts) if part.personal else sorted(counts.items())
        for kind, number in shown:
            yield {
                "section": part.section,
                "key": part.measure,
                "name": part.name,
                "kind": kind,
                "value": number,
            }


def portrait_terms(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The followed numbers at the same teaching day of every term, oldest first: `building_id,
    term, term_name, day, key, name, unit, value, median, verdict`."""
    rows: list[dict[str, Any]] = []
    for term, name, day in same_day(conn, filters):
        then = replace(filters, term=term, date=day.isoformat())
        found = _compared(conn, then, viewer)
        if found:
            at = {"building_id": found.building.id, "term": term, "term_name": name, "day": day}
            rates = [found.rate(m) for m in COVERAGE if m.key in FOLLOWED]
            rows += [at | row for row in (*rates, *(found.fact(BY_FACT[k]) for k in TRENDS))]
    columns = ["building_id", "term", "term_name", "day", "key", "name", "unit"]
    return pd.DataFrame(rows, columns=[*columns, "value", "median", "verdict"])

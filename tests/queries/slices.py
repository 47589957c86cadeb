"""Slices of the world, and rates as short as in its docstring."""

from typing import Any

from sqlalchemy import Connection

from data.access.viewer import COMMITTEE, Viewer
from queries.coverage import COVERAGE, FURTHER, coverage_rates
from queries.filters import Filters
from tests.brute_force import Counts
from tests.world import AUTUMN, AUTUMN_STARTS, SPRING, day

EVERYONE = Viewer("dean", COMMITTEE)
METRICS = (*COVERAGE, *FURTHER)


def slice_of(on: str = "11-20", **chosen: Any) -> Filters:
    """A resolved slice, with the places above the chosen one filled in."""
    if floor := chosen.get("floor"):
        chosen["building"] = floor[0]
    if building := chosen.get("building"):
        chosen["cluster"] = {"A": "P", "B": "P", "C": "Q", "D": "R"}[building]
    if cluster := chosen.get("cluster"):
        chosen["campus"] = "S" if cluster == "R" else "N"
    as_of = day(on)
    term = SPRING if as_of < AUTUMN_STARTS else AUTUMN
    return Filters(term=term, date=as_of.isoformat(), **chosen)


def rates(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> dict[str, str]:
    """`numerator/denominator` by metric, as on screen; — where there is nobody to count."""
    rows = coverage_rates(conn, filters, viewer).itertuples()
    found = {r.metric: (r.numerator, r.denominator) for r in rows if r.denominator}
    return written(found)


def eight(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> str:
    """The eight rates in their order: cluster, building, floor, leader, rooms, roster, plate,
    five leads."""
    shown = rates(conn, filters, viewer)
    return " ".join(shown[metric.key] for metric in COVERAGE)


def written(counts: Counts) -> dict[str, str]:
    """Counts of all metrics as on screen."""
    shown = {key: f"{covered}/{due}" for key, (covered, due) in counts.items()}
    return {metric.key: shown.get(metric.key, "—") for metric in METRICS}

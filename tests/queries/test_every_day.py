"""Every day of both terms: rates, series and the slow count agree, and totals add up."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.models.dashboard import CoverageStep
from queries.coverage import coverage_over_time
from queries.filters import BELONGS, Filters
from queries.places import RESIDENTS
from queries.slice import build_of, on_day
from tests.brute_force import Counts, Ledgers, count
from tests.queries.slices import EVERYONE, METRICS, rates, slice_of, written
from tests.world import AUTUMN, AUTUMN_STARTS, SPRING, SPRING_STARTS, day

TERM_DAYS = {SPRING: (SPRING_STARTS, day("2026-07-05")), AUTUMN: (AUTUMN_STARTS, day("2027-01-17"))}


@pytest.mark.parametrize("term", [SPRING, AUTUMN])
def test_every_day_equals_the_slow_count(conn: Connection, term: str) -> None:
    ledgers = Ledgers.read(conn)
    for on in _days(term):
        shown = rates(conn, Filters(term=term, date=on.isoformat()))
        slow = count(ledgers.units(on))
        assert shown == written(slow), on


@pytest.mark.parametrize("term", [SPRING, AUTUMN])
@pytest.mark.parametrize("building", ["A", "B", "C", "D"])
def test_every_day_of_a_building_equals_the_slow_count(
    conn: Connection, term: str, building: str
) -> None:
    last = _days(term)[-1]
    series = daily(conn, Filters(term=term, date=last.isoformat(), building=building))
    ledgers = Ledgers.read(conn)
    for on in _days(term):
        slow = count(u for u in ledgers.units(on) if u.building == building)
        shown = series(on)
        shown.pop("cluster_coverage", None)  # the building's cluster, not of the building
        assert shown == slow, on


@pytest.mark.parametrize("term", [SPRING, AUTUMN])
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"campus": "N"},
        {"campus": "N", "cluster": "P"},
        {"campus": "N", "cluster": "P", "building": "B", "floor": "BE"},
        {"college": "Y"},
        {"college": "Y", "college_as": BELONGS},
    ],
)
def test_the_series_equals_the_rates_of_each_day_of_change(
    conn: Connection, term: str, chosen: dict[str, Any]
) -> None:
    last = _days(term)[-1].isoformat()
    series = daily(conn, Filters(term=term, date=last, **chosen))
    changes = coverage_over_time(conn, Filters(term=term, date=last, **chosen), EVERYONE)["day"]
    for change in sorted(set(changes)):
        for on in (change, min(change + timedelta(days=1), _days(term)[-1])):
            found = rates(conn, Filters(term=term, date=on.isoformat(), **chosen))
            counted = series(on)
            assert found == written(counted), on


def test_the_series_ends_on_the_as_of_day(conn: Connection) -> None:
    days = coverage_over_time(conn, slice_of("11-01"), EVERYONE)["day"]
    assert max(days) == day("11-01")
    assert min(days) == AUTUMN_STARTS


def _days(term: str) -> list[date]:
    first, last = TERM_DAYS[term]
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def daily(conn: Connection, filters: Filters) -> Callable[[date], Counts]:
    """`coverage_over_time` as the counts of any day."""
    changes: dict[date, Counts] = {}
    series = coverage_over_time(conn, filters, EVERYONE)
    for row in series[series["metric"] != RESIDENTS].itertuples():
        changes.setdefault(row.day, {})[row.metric] = (row.numerator, row.denominator)

    def on(asked: date) -> Counts:
        found: Counts = {}
        for change in sorted(change for change in changes if change <= asked):
            found |= changes[change]
        return {metric: counts for metric, counts in found.items() if counts[1]}

    return on


@pytest.mark.parametrize("on", ["2026-07-05", "09-07", "10-31", "11-01", "11-20"])
def test_floors_add_up_to_buildings_and_buildings_to_the_campus(conn: Connection, on: str) -> None:
    filters = slice_of(on)
    step = CoverageStep
    rows = conn.execute(
        select(step.metric, step.level, step.building_id, step.numerator, step.denominator).where(
            step.college_id == "", on_day(step, filters), step.build == build_of(filters.term)
        )
    ).all()
    found = pd.DataFrame(rows)
    sums = found.groupby(["level", "metric"])[["numerator", "denominator"]].sum()
    for metric in (*(m.key for m in METRICS[1:]), RESIDENTS):
        levels = ["campus", "building"] + (["floor"] if metric != "building_coverage" else [])
        totals = {tuple(sums.loc[level, metric]) for level in levels}
        assert len(totals) == 1, metric
    by_building = found[found["metric"] == "room_responsibility"].groupby(["level", "building_id"])
    due = by_building["denominator"].sum()
    assert due["floor"].to_dict() == due["building"].to_dict()

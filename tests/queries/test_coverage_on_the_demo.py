"""Coverage of an invented campus of realistic shape, against the slow count, on both databases."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from queries.coverage import COVERAGE, FURTHER, coverage_rates
from queries.filters import Filters
from queries.places import coverage_by_floor
from tests.brute_force import Counts, Ledgers, Unit, count

DEAN = Viewer("dean", COMMITTEE)
KEYS = tuple(m.key for m in (*COVERAGE, *FURTHER))


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def _days(ledgers: Ledgers) -> list[tuple[str, date]]:
    """Three days of each term: the first, one in the middle, the last."""
    return [
        (term["id"], on)
        for term in ledgers.rows["term"]
        for on in (term["starts"], term["starts"] + timedelta(days=45), term["ends"])
    ]


def _shown(conn: Connection, filters: Filters) -> Counts:
    return {
        row.metric: (row.numerator, row.denominator)
        for row in coverage_rates(conn, filters, DEAN).itertuples()
        if row.metric in KEYS and row.denominator
    }


def test_the_demo_has_all_that_is_counted(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    middle = _days(ledgers)[4][1]
    counts = count(ledgers.units(middle))
    assert set(counts) == set(KEYS)
    assert all(0 < covered < due for covered, due in counts.values()), counts


def test_campus_buildings_and_floors_equal_the_slow_count(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    buildings = [(b["id"], b["cluster_id"]) for b in ledgers.rows["building"]]
    assert len(buildings) > 5
    middle = _days(ledgers)[4][1]
    for term, on in _days(ledgers):
        units = ledgers.units(on)
        assert len({(u.metric, u.id) for u in units}) == len(units)  # nobody in two rooms
        day = Filters(term=term, date=on.isoformat())
        assert _shown(conn, day) == count(units), on
        for building, cluster in buildings:
            around = [u for u in units if _counts_in(u, building, cluster)]
            chosen = Filters(term=term, date=on.isoformat(), cluster=cluster, building=building)
            assert _shown(conn, chosen) == count(around), (on, building)
        if on == middle:
            _compare_floors(conn, day, units)


def _counts_in(unit: Unit, building: str, cluster: str) -> bool:
    """A building shows what stands in it, and its cluster's coverage."""
    if unit.metric == "cluster_coverage":
        return unit.cluster == cluster
    return unit.building == building


def _compare_floors(conn: Connection, day: Filters, units: set[Unit]) -> None:
    for metric in KEYS[2:]:
        filters = Filters(term=day.term, date=day.date, metric=metric)
        rows = coverage_by_floor(conn, filters, DEAN).itertuples()
        shown = {
            (r.building_id, r.floor_id): (r.numerator, r.denominator) for r in rows if r.denominator
        }
        slow: dict[tuple[str, str], list[Unit]] = {}
        for unit in units:
            if unit.metric == metric:
                slow.setdefault((unit.building, unit.floor), []).append(unit)
        assert shown == {place: count(found)[metric] for place, found in slow.items()}, metric

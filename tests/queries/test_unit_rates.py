"""Metrics of every unit at once: the same numbers as unit by unit, in each world and on the demo.

The worlds are those in whose tests every metric of a slice is worked out by hand; they have some of
everything that is counted. By hand here what a unit adds to that, on 2026-11-20: A is led by X, B
and C by Y, D by nobody; clusters are P (A, B), Q (C) and R (D).
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, select

from data.engine import reading
from data.models.dashboard import VersionTerm
from data.models.people import DEGREE_LEVELS, College
from data.models.place import Building
from data.models.time import Term
from data.schemes.scheme import ACADEMIC_YEAR, BUILDING, COLLEGE_BELONGS, COLLEGE_LEADS, TERM
from queries.catalog import BY_KEY
from queries.choices import serving
from queries.evaluated_units import WHOLE, slice_of
from queries.evaluation_period import Period
from queries.filters import Filters
from queries.key_groups import key_group_rates
from queries.peer_support import peer_support_rates
from queries.rates import DOMAINS, Rates, rates_of
from queries.unit_rates import EACH, _every_unit, _one_unit, unit_rates
from tests import branding, databases
from tests.queries import (
    test_activities,
    test_forces,
    test_group_rates,
    test_service_requests,
    test_spaces,
)
from tests.world import AUTUMN, SPRING

KINDS = (BUILDING, COLLEGE_LEADS, COLLEGE_BELONGS)
METRICS = tuple(metric.key for held, _ in DOMAINS for metric in held)
DAYS = ((SPRING, "2026-05-15"), (AUTUMN, "2026-10-14"), (AUTUMN, "2026-11-20"))
BUILT: dict[str, Callable[[str], object]] = {
    "brands": branding.build,
    "activities": test_activities._built,
    "forces": test_forces._built,
    "service_requests": test_service_requests._built,
    "spaces": test_spaces._built,
    "groups": test_group_rates._built,
}
Counts = dict[tuple[str, str], tuple[int, int]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def urls(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Each of these worlds on one database."""
    return {
        name: databases.kept(request, tmp_path_factory, name, build)
        for name, build in BUILT.items()
    }


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    """Worlds of other tests may have had the same address."""
    _every_unit.cache.clear()
    _one_unit.cache.clear()


def units_of(conn: Connection, kind: str) -> list[str]:
    return list(conn.scalars(select(Building.id if kind == BUILDING else College.id)))


def part(term: str, day: str) -> Period:
    return Period(TERM, term, (Filters(term=term, date=day),))


def at_once(conn: Connection, period: Period, kind: str, degree: str = "") -> Counts:
    found = unit_rates(conn, period, kind, units_of(conn, kind), METRICS, degree)
    assert not found.duplicated(["unit_id", "metric"]).any()
    return {(r.unit_id, r.metric): (r.numerator, r.denominator) for r in found.itertuples()}


def one_by_one(conn: Connection, period: Period, kind: str, degree: str = "") -> Counts:
    """The same, asked of every unit's own slice."""
    found: Counts = {}
    asked = [BY_KEY[key] for key in METRICS]
    for unit in units_of(conn, kind):
        for filters in period.parts:
            own = slice_of(filters, kind, unit).of_degree(degree)
            for row in rates_of(conn, own, WHOLE, asked).itertuples():
                made, due = found.get((unit, row.metric), (0, 0))
                found[unit, row.metric] = (made + row.numerator, due + row.denominator)
    return {key: counts for key, counts in found.items() if counts[1]}


def same(url: str, day: tuple[str, str], degrees: tuple[str, ...] = ("",)) -> set[str]:
    """Compare all kinds of units on a day; the metrics that had a value."""
    known: set[str] = set()
    with reading(url) as conn:
        for kind in KINDS:
            for degree in degrees:
                expected = one_by_one(conn, part(*day), kind, degree)
                assert at_once(conn, part(*day), kind, degree) == expected, (kind, degree)
                known |= {metric for _, metric in expected}
    return known


def counts(conn: Connection, kind: str, metric: str, day: str = "2026-11-20") -> dict[str, str]:
    """Unit → `numerator/denominator` of one metric in the autumn."""
    found = unit_rates(conn, part(AUTUMN, day), kind, units_of(conn, kind), [metric])
    assert set(found["metric"]) <= {metric}
    return {r.unit_id: f"{r.numerator}/{r.denominator}" for r in found.itertuples()}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", BUILT)
def test_in_each_world_all_at_once_is_one_by_one(
    urls: dict[str, str], name: str, day: tuple[str, str]
) -> None:
    assert same(urls[name], day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_with_counselors_at_work_it_is_so_for_every_degree_level(
    counseling_database: str, day: tuple[str, str]
) -> None:
    assert same(counseling_database, day, ("", *DEGREE_LEVELS))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_with_their_visits_it_is_so_for_every_degree_level(met: str, day: tuple[str, str]) -> None:
    assert same(met, day, ("", *DEGREE_LEVELS))


def test_on_the_demo_it_is_so_in_both_terms_and_for_every_metric(demo: str) -> None:
    with reading(demo) as conn:
        terms = conn.execute(select(Term.id, Term.starts, Term.ends).order_by(Term.starts)).all()
        last = serving(conn).as_of
        held = set(conn.scalars(select(VersionTerm.term_id)))
    days = [
        (term.id, day.isoformat())
        for term in terms
        if term.id in held
        for day in (term.starts, term.starts + timedelta(days=47), min(term.ends, last))
        if day <= last
    ]
    assert len(days) > 4
    known = set[str]().union(*(same(demo, day) for day in days))
    assert known >= {metric.key for held, rates in DOMAINS if rates in EACH for metric in held}


def test_only_what_has_no_value_of_its_own_in_a_unit_is_asked_unit_by_unit() -> None:
    every: set[Rates] = {rates for _, rates in DOMAINS}
    assert every - set(EACH) == {key_group_rates, peer_support_rates}


def test_a_unit_has_its_own_by_hand(conn: Connection) -> None:
    assert counts(conn, BUILDING, "building_coverage") == {
        "A": "1/1",
        "B": "0/1",
        "C": "1/1",
        "D": "0/1",
    }
    assert counts(conn, COLLEGE_LEADS, "building_coverage") == {"X": "1/1", "Y": "1/2"}
    # of X a1 a2 a5 live in A and d1 in D; c1 is away; of Y a3 a4 in A, b1 in B, b2 c2 in C
    assert counts(conn, COLLEGE_BELONGS, "building_coverage") == {"X": "1/2", "Y": "2/3"}


def test_a_building_has_the_cluster_around_it_and_a_college_each_of_its_own_once(
    conn: Connection,
) -> None:
    # L stands in Q like C, though nobody lives there
    around = {"A": "1/1", "B": "1/1", "C": "0/1", "L": "0/1", "D": "0/1"}
    assert counts(conn, BUILDING, "cluster_coverage") == around
    assert counts(conn, COLLEGE_LEADS, "cluster_coverage") == {"X": "1/1", "Y": "1/2"}


def test_who_is_in_two_units_counts_in_both(urls: dict[str, str]) -> None:
    # in A all but c2 came again, who came to 103 alone, held in A and B; c2 came twice to C
    with reading(urls["brands"]) as conn:
        buildings = counts(conn, BUILDING, "activity_return")
        colleges = counts(conn, COLLEGE_LEADS, "activity_return")
    assert buildings == {"A": "6/7", "B": "0/3", "C": "1/1", "D": "0/5"}
    assert colleges == {"X": "6/7", "Y": "1/3"}


def test_two_terms_add_up(conn: Connection) -> None:
    first, second = (Filters(term=term, date=day) for term, day in (DAYS[0], DAYS[2]))
    both = Period(ACADEMIC_YEAR, "both", (first, second))
    assert at_once(conn, both, BUILDING) == one_by_one(conn, both, BUILDING)
    floors = {key: n for key, n in at_once(conn, both, BUILDING).items() if key[0] == "A"}
    assert floors["A", "building_coverage"] == (2, 2)


def test_rows_come_in_the_order_asked_and_only_those(conn: Connection) -> None:
    asked = ["B", "A"], ["plate", "building_coverage"]
    found = unit_rates(conn, part(*DAYS[2]), BUILDING, *asked)
    keys = list(zip(found["unit_id"], found["metric"], strict=True))
    assert keys == [
        ("B", "building_coverage"),
        ("B", "plate"),
        ("A", "building_coverage"),
        ("A", "plate"),
    ]
    assert unit_rates(conn, part(*DAYS[2]), BUILDING, [], METRICS).empty
    with pytest.raises(KeyError):
        unit_rates(conn, part(*DAYS[2]), BUILDING, ["A"], ["no such metric"])


def test_more_units_are_no_more_statements_and_a_second_time_none(conn: Connection) -> None:
    metrics = [metric.key for held, rates in DOMAINS if rates in EACH for metric in held]
    asked: list[str] = []
    note = lambda *args: asked.append(args[2])  # noqa: E731 - as long as the listener
    event.listen(conn, "before_cursor_execute", note)
    numbers = []
    for units in (["A"], ["A", "B", "C", "D"]):
        asked.clear()
        _every_unit.cache.clear()
        unit_rates(conn, part(*DAYS[2]), BUILDING, units, metrics)
        numbers.append(len(asked))
    asked.clear()
    unit_rates(conn, part(*DAYS[2]), BUILDING, ["A", "B"], metrics)
    event.remove(conn, "before_cursor_execute", note)
    assert numbers[0] == numbers[1] > 20
    assert all("data_version" in text and "building" not in text for text in asked)

"""发展支持 on a demo campus of 1,500 students equals loops over the ledger rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, WORK_GROUP, Viewer
from data.engine import reading
from data.models.people import Enrolment
from data.models.place import Building, BuildingLead, Cluster, Room
from data.models.service import CHANNELS, CultureFeature, ServiceRequest, Space
from queries.filters import LEADS, Filters
from queries.pilots import pilot_buildings
from queries.places import UNPLACED
from queries.service_requests import TOTAL, by_channel, request_rates
from queries.spaces import by_culture, by_function, space_rates
from tests.brute_force_contacts import Ledgers

DEAN = Viewer("dean", COMMITTEE)
TABLES = (Building, BuildingLead, Cluster, Enrolment, Room, Space, CultureFeature, ServiceRequest)
Held = dict[Any, list[Any]]


@dataclass(frozen=True)
class Case:
    """A slice, who asks, the buildings in it, those of them students live in, and the requests."""

    filters: Filters
    viewer: Viewer
    homes: set[str]
    requests: list[Any]


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def held(demo: str) -> Held:
    """Every row of the ledgers that count here."""
    with reading(demo) as conn:
        return {model: list(conn.execute(select(model.__table__))) for model in TABLES}


@pytest.fixture(scope="module")
def cases(held: Held, ledgers: Ledgers) -> list[Case]:
    """The whole, a campus, a leading college and a work group, early and late."""
    lead, campus = held[BuildingLead][0], held[Cluster][0].campus_id
    asked: list[tuple[dict[str, Any], Viewer]] = [
        ({}, DEAN),
        ({"campus": campus}, DEAN),
        ({"college": lead.college_id, "college_as": LEADS}, DEAN),
        ({}, Viewer("group", WORK_GROUP, buildings=frozenset([lead.building_id]))),
    ]
    return [
        _case(held, Filters(term=id_, date=on.isoformat(), **chosen), viewer, term["starts"])
        for id_, term in ledgers.terms.items()
        for on in (term["starts"] + timedelta(days=n) for n in (12, 80))
        for chosen, viewer in asked
    ]


def _case(held: Held, filters: Filters, viewer: Viewer, starts: date) -> Case:
    on = filters.as_of
    campus_of = {c.id: c.campus_id for c in held[Cluster]}
    inside = {b.id for b in held[Building] if filters.campus in ("", campus_of[b.cluster_id])}
    inside &= viewer.buildings or inside
    if filters.college:
        inside &= {
            row.building_id
            for row in held[BuildingLead]
            if row.college_id == filters.college and _open(row.starts, row.ends, on)
        }
    used = {b.id for b in held[Building] if b.residential and _open(b.opened, b.closed, on)}
    anywhere = viewer is DEAN and not filters.campus and not filters.college
    requests = [
        r
        for r in held[ServiceRequest]
        if starts <= r.submitted.date() <= on
        and (r.building_id in inside or (anywhere and r.building_id is None))
    ]
    return Case(filters, viewer, used & inside, requests)


def _open(starts: date | None, ends: date | None, on: date) -> bool:
    return (starts or date.min) <= on <= (ends or date.max)


def _living(held: Held, term: str, on: date) -> Counter[str]:
    building_of = {room.id: room.building_id for room in held[Room]}
    return Counter(
        building_of[e.room_id]
        for e in held[Enrolment]
        if e.term_id == term and e.away is None and e.room_id and _open(e.starts, e.ends, on)
    )


def _spaces(held: Held, building: str, on: date) -> list[Any]:
    return [s for s in held[Space] if s.building_id == building and _open(s.opened, s.closed, on)]


def test_spaces(conn: Connection, cases: list[Case], held: Held) -> None:
    compared = 0
    for case in cases:
        on, living = case.filters.as_of, _living(held, case.filters.term, case.filters.as_of)
        found = by_function(conn, case.filters, case.viewer)
        assert set(found["building_id"]) == case.homes
        assert len(found) == 5 * len(case.homes)
        pairs = 0
        for row in found.itertuples():
            here = [s for s in _spaces(held, row.building_id, on) if s.function == row.function]
            areas = [s.area for s in here if s.area is not None]
            seats = [s.seats for s in here if s.seats is not None]
            assert (row.spaces, row.area_known, row.seats_known) == (
                len(here),
                len(areas),
                len(seats),
            )
            people = living[row.building_id]
            assert row.residents == people
            for each, known in ((row.area_each, areas), (row.seats_each, seats)):
                if known and people:
                    assert each == pytest.approx(100 * sum(known) / people)
                else:
                    assert each is None
            pairs += bool(here)
        rates = space_rates(conn, case.filters, case.viewer).set_index("metric")
        if case.homes:
            counts = ["numerator", "denominator"]
            assert rates.loc["function_coverage", counts].tolist() == [pairs, len(found)]
        compared += pairs
    assert compared > 100


def test_culture(conn: Connection, cases: list[Case], held: Held) -> None:
    for case in cases:
        built = Counter(
            (f.building_id, f.kind)
            for f in held[CultureFeature]
            if f.building_id in case.homes and (f.opened or date.min) <= case.filters.as_of
        )
        found = by_culture(conn, case.filters, case.viewer)
        shown = {(r.building_id, r.kind): r.features for r in found.itertuples() if r.features}
        assert shown == built
        rates = space_rates(conn, case.filters, case.viewer).set_index("metric")
        if case.homes:
            counts = rates.loc["culture_coverage", ["numerator", "denominator"]].tolist()
            assert counts == [len({b for b, _ in built}), len(case.homes)]


def test_pilots(conn: Connection, cases: list[Case], held: Held, ledgers: Ledgers) -> None:
    upgraded = {b.id: b.upgraded for b in held[Building] if b.upgraded}
    compared = 0
    for case in cases:
        on = case.filters.as_of
        found = pilot_buildings(conn, case.filters, case.viewer)
        assert set(found["building_id"]) == {
            b for b in case.homes if upgraded.get(b, date.max) <= on
        }
        for row in found.itertuples():
            before = upgraded[row.building_id] - timedelta(days=1)
            for day, functions in ((before, row.before_functions), (on, row.now_functions)):
                here = _spaces(held, row.building_id, day)
                assert functions == len({s.function for s in here})
            here = _spaces(held, row.building_id, on)
            people = _living(held, case.filters.term, on)[row.building_id]
            area = sum(s.area for s in here if s.area is not None)
            assert row.now_each == pytest.approx(100 * area / people)
            assert row.now_peers_each == pytest.approx(_peers(held, row, case.filters, upgraded))
            term = _term_of(ledgers, before)
            assert (row.before_each is None) == (term is None)
            compared += term is not None
    assert compared > 0


def _peers(held: Held, row: Any, filters: Filters, upgraded: dict[str, date]) -> float:
    """The median area for a hundred residents of buildings like a pilot."""
    on, living = filters.as_of, _living(held, filters.term, filters.as_of)
    values = []
    for b in held[Building]:
        if not b.residential or b.residents != row.kind or not _open(b.opened, b.closed, on):
            continue
        if upgraded.get(b.id, date.max) > on and living[b.id]:
            area = sum(s.area for s in _spaces(held, b.id, on) if s.area is not None)
            values.append(100 * area / living[b.id])
    return median(values)


def _term_of(ledgers: Ledgers, day: date) -> str | None:
    begun = [(t["starts"], key) for key, t in ledgers.terms.items() if t["starts"] <= day]
    return max(begun)[1] if begun else None


def test_requests(conn: Connection, cases: list[Case]) -> None:
    compared = 0
    for case in cases:
        on = case.filters.as_of
        found = by_channel(conn, case.filters, case.viewer).set_index("channel")
        parts = {name: [r for r in case.requests if r.channel == name] for name in CHANNELS}
        parts[TOTAL] = case.requests
        if loose := [r for r in case.requests if r.building_id is None]:
            parts[UNPLACED] = loose
        assert list(found.index) == list(parts)
        for name, mine in parts.items():
            _same(found.loc[name], mine, on)
        rates = request_rates(conn, case.filters, case.viewer)
        done = sum(r.finished is not None and r.finished.date() <= on for r in case.requests)
        expected = [[done, len(case.requests)]] if case.requests else []
        assert rates[["numerator", "denominator"]].to_numpy().tolist() == expected
        compared += done
    assert compared > 100


def _same(row: Any, mine: list[Any], on: date) -> None:
    done = [r for r in mine if r.finished is not None and r.finished.date() <= on]
    hours = sorted((r.finished - r.submitted).total_seconds() / 3600 for r in done)
    ratings = [r.rating for r in done if r.rating is not None]
    waiting = [r for r in mine if r not in done]
    assert (row["numerator"], row["denominator"]) == (len(done), len(mine))
    assert (row["backlog"], row["rated"], row["timed"]) == (len(waiting), len(ratings), len(hours))
    assert row["unplaced"] == sum(r.building_id is None for r in mine)
    if hours:
        assert row["median"] == pytest.approx(median(hours), abs=0.001)
    if len(hours) >= 10:
        place = 0.9 * (len(hours) - 1)
        low, rest = int(place), place - int(place)
        high = min(low + 1, len(hours) - 1)
        between = hours[low] + rest * (hours[high] - hours[low])
        assert row["p90"] == pytest.approx(between, abs=0.001)
    else:
        assert pd.isna(row["p90"])
    if ratings:
        assert row["rating"] == pytest.approx(fmean(ratings))
    if waiting:
        assert row["oldest"] == (on - min(r.submitted.date() for r in waiting)).days

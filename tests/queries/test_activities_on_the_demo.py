"""Activities on a demo campus of 1,500 students equal loops over the ledger rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log
from statistics import median
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, WORK_GROUP, Viewer
from data.engine import reading
from data.models.activity import FIELDS, Activity, ActivityPlace, Attendance, Brand, Feedback
from data.models.people import Enrolment
from data.models.place import Building, BuildingLead, Cluster, Room
from queries.activities import SIX_TYPES_COVERAGE, activity_cards, activity_rates
from queries.activity_months import retention
from queries.activity_peers import cards_beside_peers
from queries.activity_spread import BUILDING, by_building, by_festival, by_season, never_reached
from queries.community_types import community_types
from queries.fact import SMALL
from queries.filters import BELONGS, LEADS, Filters
from queries.peers import peers_of
from tests.brute_force_contacts import Ledgers

DEAN = Viewer("dean", COMMITTEE)
TABLES = (Activity, ActivityPlace, Attendance, Feedback, Building, BuildingLead, Cluster)


@dataclass(frozen=True)
class Case:
    """A slice, who asks, its residential buildings, activities with their hosts, and students."""

    filters: Filters
    viewer: Viewer
    homes: set[str]
    hosts: dict[int, set[str]]
    living: dict[str, str]


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def held(demo: str) -> dict[Any, list[Any]]:
    """Every row of the ledgers that count here."""
    tables = (*TABLES, Brand, Enrolment, Room)
    with reading(demo) as conn:
        return {model: list(conn.execute(select(model.__table__))) for model in tables}


@pytest.fixture(scope="module")
def cases(held: dict[Any, list[Any]], ledgers: Ledgers) -> list[Case]:
    """The whole, a campus, a college in both meanings and a work group, early and late."""
    group = Viewer("group", WORK_GROUP, buildings=frozenset([held[ActivityPlace][0].building_id]))
    own = Counter(a.college_id for a in held[Activity] if a.college_id).most_common(1)[0][0]
    asked: list[tuple[dict[str, Any], Viewer]] = [
        ({}, DEAN),
        ({"campus": held[Cluster][0].campus_id}, DEAN),
        ({"college": held[BuildingLead][0].college_id, "college_as": LEADS}, DEAN),
        ({"college": own, "college_as": BELONGS}, DEAN),
        ({}, group),
    ]
    return [
        _case(held, Filters(term=id_, date=on.isoformat(), **chosen), viewer, term)
        for id_, term in ledgers.terms.items()
        for on in (term["starts"] + timedelta(days=n) for n in (12, 80))
        for chosen, viewer in asked
    ]


def _case(held: dict[Any, list[Any]], filters: Filters, viewer: Viewer, term: Any) -> Case:
    on, campus = filters.as_of, {c.id: c.campus_id for c in held[Cluster]}
    every = {b.id for b in held[Building] if filters.campus in ("", campus[b.cluster_id])}
    scope = every & (viewer.buildings or every)
    narrow = bool(filters.campus or viewer.buildings)
    if filters.leading:
        led = {
            x.building_id
            for x in held[BuildingLead]
            if _on(x, on) and x.college_id == filters.college
        }
        scope, narrow = scope & led, True
    homes = {b.id for b in held[Building] if b.id in scope and b.residential}
    homes -= {
        b.id for b in held[Building] if (b.opened and b.opened > on) or (b.closed and b.closed < on)
    }
    at = defaultdict(set)
    for place in held[ActivityPlace]:
        at[place.activity_id].add(place.building_id)
    hosts = {
        a.id: (at[a.id] & scope) or ({""} if not at[a.id] and not narrow else set())
        for a in held[Activity]
        if term["starts"] <= a.day <= on and filters.belonging in ("", a.college_id)
    }
    room = {r.id: r.building_id for r in held[Room]}
    living = {
        e.student_id: room.get(e.room_id, "")
        for e in held[Enrolment]
        if e.term_id == filters.term
        and not e.away
        and _on(e, on)
        and filters.belonging in ("", e.college_id)
        and (not narrow or room.get(e.room_id, "") in scope)
    }
    return Case(
        filters, viewer, homes, {a: places for a, places in hosts.items() if places}, living
    )


def _on(row: Any, day: date) -> bool:
    return row.starts <= day and (row.ends is None or row.ends >= day)


def _came(held: dict[Any, list[Any]], case: Case, term: Any) -> set[str]:
    """Whoever came to any activity of the term so far, anywhere."""
    ids = {a.id for a in held[Activity] if term["starts"] <= a.day <= case.filters.as_of}
    return {x.student_id for x in held[Attendance] if x.activity_id in ids}


def test_cards_and_rates(
    conn: Connection, held: dict[Any, list[Any]], cases: list[Case], ledgers: Ledgers
) -> None:
    lists = defaultdict(set)
    for x in held[Attendance]:
        lists[x.activity_id].add(x.student_id)
    field = {a.id: a.field for a in held[Activity]}
    for case in cases:
        row = activity_cards(conn, case.filters, case.viewer).iloc[0]
        listed = [lists[a] for a in case.hosts if a in lists]
        assert (row["sessions"], row["recorded"]) == (len(case.hosts), len(listed))
        assert row["attended"] == sum(map(len, listed))
        assert row["participants"] == len(set().union(*listed))
        scores = [
            f.score
            for f in held[Feedback]
            if f.activity_id in case.hosts
            and (
                f.student_id is None
                or f.activity_id not in lists
                or f.student_id in lists[f.activity_id]
            )
        ]
        assert row["answers"] == len(scores)
        assert not scores or row["score"] == pytest.approx(sum(scores) / len(scores))
        came = _came(held, case, ledgers.terms[case.filters.term])
        assert (row["reached"], row["students"]) == (len(came & set(case.living)), len(case.living))
        people = Counter(x for listed_ in listed for x in listed_)
        assert row["again"] == sum(n > 1 for n in people.values())
        rates = activity_rates(conn, case.filters, case.viewer).set_index("metric")
        pairs = {(b, field[a]) for a, places in case.hosts.items() for b in places & case.homes}
        made = sum(kind in FIELDS for _, kind in pairs)
        if case.homes:
            seven = rates.loc["seven_fields_coverage"]
            assert tuple(seven[["numerator", "denominator"]]) == (made, len(case.homes) * 7)


def test_community_types(conn: Connection, held: dict[Any, list[Any]], cases: list[Case]) -> None:
    """An activity's own type, else its brand's, where it was held."""
    brands = {b.id: b.community_type for b in held[Brand]}
    kind = {a.id: a.community_type or brands.get(a.brand_id) for a in held[Activity]}
    for case in cases:
        pairs = {(b, kind[a]) for a, places in case.hosts.items() for b in places & case.homes}
        found = community_types(conn, case.filters, case.viewer)
        found = found[found["metric"] == SIX_TYPES_COVERAGE.key].dropna(subset="numerator")
        assert not found.empty or not case.homes
        for row in found.itertuples():
            assert row.numerator == sum(of_type == row.type for _, of_type in pairs)
            assert row.denominator == len(case.homes)


def test_buildings(
    conn: Connection, held: dict[Any, list[Any]], cases: list[Case], ledgers: Ledgers
) -> None:
    lists = Counter(x.activity_id for x in held[Attendance])
    theme = {a.id: a.theme for a in held[Activity]}
    for case in cases:
        found = by_building(conn, case.filters, case.viewer).set_index("building_id")
        assert set(found.index) == case.homes
        came = _came(held, case, ledgers.terms[case.filters.term])
        for home, row in found.iterrows():
            here = [a for a, places in case.hosts.items() if home in places]
            assert row["sessions"] == len(here)
            people = [lists[a] for a in here if a in lists]
            assert _same(row["typical"], median(people) if people else None)
            kinds = Counter(theme[a] for a in here if theme[a])
            n = sum(kinds.values())
            entropy = -sum(k / n * log(k / n) for k in kinds.values())
            assert _same(row["themes"], exp(entropy) if n else None)
            living = {s for s, b in case.living.items() if b == home}
            assert (row["numerator"], row["denominator"]) == (len(living & came), len(living))


def test_peers(
    conn: Connection, held: dict[Any, list[Any]], cases: list[Case], ledgers: Ledgers
) -> None:
    """The median of the other buildings of the kind, each counted from the lists."""
    lists = defaultdict(set)
    for x in held[Attendance]:
        lists[x.activity_id].add(x.student_id)
    told = 0
    for case in (c for c in cases if c.viewer is DEAN and c.homes and c.filters == _whole(c)):
        came = _came(held, case, ledgers.terms[case.filters.term])
        for home in sorted(case.homes):
            filters = replace(case.filters, building=home)
            row = cards_beside_peers(conn, filters, DEAN).iloc[0]
            others = []
            for peer in peers_of(conn, filters).ids:
                living = {s for s, b in case.living.items() if b == peer}
                here = [a for a, places in case.hosts.items() if peer in places]
                listed = [lists[a] for a in here if a in lists]
                who = len(set().union(*listed)) if listed or not here else None
                if living:
                    found = (len(here), who, len(living & came))
                    others.append([None if n is None else n / len(living) for n in found])
            assert row["peers"] == len(others)
            if len(others) >= 4:
                told += 1
                shown = row["peer_sessions"], row["peer_participants"], row["peer_reach"]
                known = [
                    [n for n in column if n is not None] for column in zip(*others, strict=True)
                ]
                medians = [median(column) * 100 for column in known]
                assert shown == pytest.approx(medians)
    assert told


def _whole(case: Case) -> Filters:
    return Filters(term=case.filters.term, date=case.filters.date)


def test_who_came_again(
    conn: Connection, held: dict[Any, list[Any]], cases: list[Case], ledgers: Ledgers
) -> None:
    """Each person's months, from the lists of the academic year's terms so far."""
    on = {a.id: a.day for a in held[Activity]}
    for case in (c for c in cases if not c.filters.leading):
        year = case.filters.term[:-2]
        first = min(t["starts"] for id_, t in ledgers.terms.items() if id_.startswith(year))
        wide = _case(held, case.filters, case.viewer, {"starts": first})
        months = defaultdict(set)
        for x in held[Attendance]:
            if x.activity_id in wide.hosts:
                months[x.student_id].add((on[x.activity_id].year, on[x.activity_id].month))
        listed = set().union(*months.values())
        came: Counter[Any] = Counter(
            (min(seen), month) for seen in months.values() for month in seen
        )
        new = Counter(min(seen) for seen in months.values())
        found = retention(conn, case.filters, case.viewer)
        assert not found.empty or not months
        for row in found.itertuples():
            cohort, month = (row.cohort.year, row.cohort.month), (row.month.year, row.month.month)
            assert row.denominator == new[cohort]
            assert _same(row.numerator, came[cohort, month] if month in listed else None)
        assert set(new) == {(day.year, day.month) for day in found["cohort"]}


def _same(value: Any, expected: float | None) -> bool:
    return bool(pd.isna(value)) if expected is None else value == pytest.approx(expected)


def test_whom_nobody_reached(
    conn: Connection, held: dict[Any, list[Any]], cases: list[Case], ledgers: Ledgers
) -> None:
    for case in cases:
        found = never_reached(conn, case.filters, case.viewer)
        came = _came(held, case, ledgers.terms[case.filters.term])
        homes = found[found["part"] == BUILDING].set_index("key")
        left = Counter(home for student, home in case.living.items() if student not in came)
        assert homes["unreached"].sum() == left.total()
        named = homes.drop(index=SMALL, errors="ignore")
        assert all(n == left[str(home)] for home, n in named["unreached"].items())
        assert (homes["denominator"] >= 5).all() or list(homes.index) == [SMALL]


def test_seasons(conn: Connection, held: dict[Any, list[Any]], cases: list[Case]) -> None:
    """Over both terms the whole university's activities add up, each in the season of its day."""
    whole = [
        case
        for case in cases
        if case.viewer is DEAN and not (case.filters.campus or case.filters.college)
    ]
    assert whole
    for case in whole:
        found = by_season(conn, case.filters, case.viewer)
        first = min(found["starts"])
        days = [a.day for a in held[Activity] if first <= a.day <= case.filters.as_of]
        assert found["sessions"].sum() == len(days)
        kinds = Counter(
            a.festival
            for a in held[Activity]
            if first <= a.day <= case.filters.as_of and a.festival
        )
        festivals = by_festival(conn, case.filters, case.viewer).set_index("festival")["sessions"]
        assert {name: n for name, n in festivals.items() if n} == dict(kinds)

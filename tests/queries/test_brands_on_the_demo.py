"""Brands on a demo campus of 1,500 students equal loops over the ledger rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, WORK_GROUP, Viewer
from data.demo.brands import MOVED_BRAND, MOVED_FROM, MOVED_ON, MOVED_TO
from data.engine import reading
from data.models.activity import Activity, ActivityPlace, Attendance, Brand, BrandOwner, Feedback
from data.models.people import College, Enrolment
from data.models.place import Building, Cluster, Room
from data.models.time import Term
from queries.brand_coverage import owned_brands
from queries.brand_overlap import overlap
from queries.brand_profile import by_college, by_term, owners, session_list
from queries.brands import portfolio
from queries.fact import SMALL
from queries.filters import Filters

DEAN = Viewer("dean", COMMITTEE)
TABLES = (
    *(Activity, ActivityPlace, Attendance, Brand, BrandOwner, Feedback),
    *(Building, Cluster, Room, Enrolment, College, Term),
)
Held = dict[Any, list[Any]]


@dataclass(frozen=True)
class Case:
    """A day, who asks, and the brands' sessions of theirs by brand: those of the term, and those
    of all terms so far."""

    filters: Filters
    viewer: Viewer
    now: dict[str, list[Any]]
    ever: dict[str, list[Any]]
    part: set[str]


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
def cases(held: Held) -> list[Case]:
    """The whole and two work groups, early and late, and on both sides of a change of owner."""
    moved = (MOVED_ON - timedelta(days=1), MOVED_ON)
    terms = [t for t in held[Term] if any(e.term_id == t.id for e in held[Enrolment])]
    days = {t.id: {t.starts + timedelta(days=n) for n in (20, 80)} for t in terms}
    for term in terms:
        days[term.id] |= {d for d in moved if term.starts <= d <= term.ends}
    assert any(set(moved) <= found for found in days.values())
    viewers = (
        DEAN,
        Viewer("old", WORK_GROUP, buildings=frozenset([MOVED_FROM])),
        Viewer("new", WORK_GROUP, buildings=frozenset([MOVED_TO, "song1"])),
    )
    return [
        _case(held, terms, term, on, viewer)
        for term in terms
        for on in sorted(days[term.id])
        for viewer in viewers
    ]


def _on(row: Any, day: date) -> bool:
    return row.starts <= day and (row.ends is None or row.ends >= day)


def _case(held: Held, terms: list[Any], term: Any, on: date, viewer: Viewer) -> Case:
    places = _places(held)
    mine = {o.brand_id for o in held[BrandOwner] if _on(o, on) and o.building_id}
    mine &= {
        o.brand_id for o in held[BrandOwner] if o.building_id in viewer.buildings and _on(o, on)
    }
    now, ever, part = defaultdict(list), defaultdict(list), set()
    for a in held[Activity]:
        within = [t.id for t in terms if t.starts <= a.day <= t.ends]
        if not a.brand_id or a.day > on or not within:
            continue
        whole = viewer is DEAN
        here = places[a.id] & viewer.buildings if places[a.id] else a.brand_id in mine
        if not (whole or here):
            part.add(a.brand_id)
            continue
        ever[a.brand_id].append(a)
        if within == [term.id]:
            now[a.brand_id].append(a)
    filters = Filters(term=term.id, date=on.isoformat())
    return Case(filters, viewer, now, ever, part)


def _places(held: Held) -> dict[int, set[str]]:
    places = defaultdict(set)
    for p in held[ActivityPlace]:
        places[p.activity_id].add(p.building_id)
    return places


def _lists(held: Held) -> dict[int, set[str]]:
    lists = defaultdict(set)
    for x in held[Attendance]:
        lists[x.activity_id].add(x.student_id)
    return lists


def _people(case: Case, lists: dict[int, set[str]]) -> dict[str, Counter[str]]:
    """Brand → student → times."""
    return {
        brand: Counter(s for a in sessions for s in lists.get(a.id, ()))
        for brand, sessions in case.now.items()
    }


def _owner(held: Held, brand: str, on: date) -> Any:
    return next((o for o in held[BrandOwner] if o.brand_id == brand and _on(o, on)), None)


def _listed(held: Held, case: Case) -> set[str]:
    """The brands that are there on the day, as far as the viewer may know."""
    on = case.filters.as_of
    there = {b.id for b in held[Brand] if b.founded is None or b.founded <= on}
    if case.viewer is DEAN:
        return there
    around = {b.cluster_id for b in held[Building] if b.id in case.viewer.buildings}
    own = {
        o.brand_id
        for o in held[BrandOwner]
        if _on(o, on)
        and (
            o.building_id in case.viewer.buildings or (not o.building_id and o.cluster_id in around)
        )
    }
    return there & (own | set(case.ever))


def test_every_brand(conn: Connection, held: Held, cases: list[Case]) -> None:
    lists = _lists(held)
    brands = {b.id: b for b in held[Brand]}
    for case in cases:
        found = portfolio(conn, case.filters, case.viewer).set_index("brand_id")
        assert set(found.index) == _listed(held, case)
        people = _people(case, lists)
        for brand, row in found.iterrows():
            sessions = case.now.get(brand, [])
            known = [a for a in sessions if a.id in lists]
            assert (row["sessions"], row["recorded"]) == (len(sessions), len(known))
            assert row["attended"] == sum(len(lists[a.id]) for a in known)
            times = people.get(brand, Counter())
            assert row["participants"] == len(times)
            assert row["again"] == sum(n > 1 for n in times.values())
            both = [a for a in known if a.cost is not None]
            assert row["costed"] == len(both)
            heads = sum(len(lists[a.id]) for a in both)
            cost = sum(a.cost for a in both) / heads if heads else None
            assert _same(row["cost_each"], cost)
            closed = brands[brand].closed
            assert (row["rule"] == "closed") == bool(closed and closed < case.filters.as_of)
            assert (brand in case.part) == row["partial"]


def test_opinions_terms_and_weeks(conn: Connection, held: Held, cases: list[Case]) -> None:
    lists = _lists(held)
    said = defaultdict(list)
    for f in held[Feedback]:
        listed = f.activity_id in lists
        if f.student_id is None or not listed or f.student_id in lists[f.activity_id]:
            said[f.activity_id].append(f.score)
    terms = {t.id: t for t in held[Term]}
    for case in cases:
        found = portfolio(conn, case.filters, case.viewer).set_index("brand_id")
        term, on = terms[case.filters.term], case.filters.as_of
        for brand, row in found.iterrows():
            scores = [s for a in case.now.get(brand, []) for s in said[a.id]]
            assert row["answers"] == len(scores)
            assert _same(row["score"], sum(scores) / len(scores) if scores else None)
            ever = case.ever.get(brand, [])
            assert row["terms"] == sum(
                any(t.starts <= a.day <= t.ends for a in ever) for t in held[Term]
            )
            mondays = {a.day - timedelta(days=a.day.weekday()) for a in case.now.get(brand, [])}
            first = term.teaching_starts
            ended = {
                first + timedelta(weeks=n)
                for n in range(term.teaching_weeks)
                if first + timedelta(weeks=n, days=6) <= on
            }
            # a week without any teaching day counts for nothing, with or without a session
            assert row["active"] <= len(mondays & ended)
            assert row["active"] >= len(mondays & ended) - (len(ended) - row["weeks"])


def test_colleges(conn: Connection, held: Held, cases: list[Case]) -> None:
    lists, slices = _lists(held), _slices(held)
    for case in cases:
        found = portfolio(conn, case.filters, case.viewer).set_index("brand_id")
        for brand, row in found.iterrows():
            last = _last(case, str(brand), lists)
            kinds = Counter(
                e.college_id
                for student, day in last.items()
                for e in slices[student, case.filters.term]
                if _on(e, day)
            )
            assert row["colleges"] == len(kinds)
            n = kinds.total()
            entropy = -sum(k / n * log(k / n) for k in kinds.values())
            assert _same(row["mixed"], exp(entropy) if n else None)


def test_reach(conn: Connection, held: Held, cases: list[Case]) -> None:
    lists, seen = _lists(held), 0
    for case in cases:
        living = _living(held, case)
        found = portfolio(conn, case.filters, case.viewer).set_index("brand_id")
        for brand, row in found.iterrows():
            homes = _homes(held, case, str(brand), row["level"])
            if homes is None:
                assert pd.isna(row["denominator"])
                continue
            there = {s for s, b in living.items() if b in homes}
            came = there & set(_last(case, str(brand), lists))
            assert (row["numerator"], row["denominator"]) == (len(came), len(there))
            seen += len(came)
    assert seen > 100


def _slices(held: Held) -> dict[tuple[str, str], list[Any]]:
    slices = defaultdict(list)
    for e in held[Enrolment]:
        slices[e.student_id, e.term_id].append(e)
    return slices


def _last(case: Case, brand: str, lists: dict[int, set[str]]) -> dict[str, date]:
    """Student → the day they last came to a brand in the term."""
    last: dict[str, date] = {}
    for a in case.now.get(brand, []):
        for student in lists.get(a.id, ()):
            last[student] = max(last.get(student, a.day), a.day)
    return last


def _living(held: Held, case: Case) -> dict[str, str]:
    """Student → building on the day, of those in scope who are not away."""
    room = {r.id: r.building_id for r in held[Room]}
    living = {
        e.student_id: room.get(e.room_id, "")
        for e in held[Enrolment]
        if e.term_id == case.filters.term and _on(e, case.filters.as_of) and not e.away
    }
    if case.viewer is DEAN:
        return living
    return {s: b for s, b in living.items() if b in case.viewer.buildings}


def _homes(held: Held, case: Case, brand: str, level: str) -> set[str] | None:
    """Where the people live whom a brand is there for; None where it has no owner in scope."""
    owner = _owner(held, brand, case.filters.as_of)
    if owner is None:
        return {b.id for b in held[Building]} if level == "校级" else None
    mine = {owner.building_id}
    if not owner.building_id:
        mine = {b.id for b in held[Building] if b.cluster_id == owner.cluster_id}
    return mine if case.viewer is DEAN or mine & case.viewer.buildings else None


def _same(value: Any, expected: float | None) -> bool:
    return bool(pd.isna(value)) if expected is None else value == pytest.approx(expected)


def test_shared_audiences(conn: Connection, held: Held, cases: list[Case]) -> None:
    lists, seen = _lists(held), 0
    for case in cases:
        people = {brand: set(found) for brand, found in _people(case, lists).items()}
        people = {b: p for b, p in people.items() if len(p) >= 5 and b in _listed(held, case)}
        found = overlap(conn, case.filters, case.viewer)
        largest = sorted(people, key=lambda b: (-len(people[b]), b))[:20]
        assert len(found) == len(largest) * (len(largest) - 1)
        for row in found.itertuples():
            both = len(people[row.brand_id] & people[row.other_id])
            assert row.denominator == len(people[row.brand_id])
            assert row.hidden == (0 < both < 5)
            assert _same(row.numerator, None if row.hidden else both)
            seen += 1
    assert seen > 100


def test_places_without_a_brand(conn: Connection, held: Held, cases: list[Case]) -> None:
    for case in cases:
        on = case.filters.as_of
        good = {
            b.id: b.level
            for b in held[Brand]
            if (b.founded is None or b.founded <= on) and (b.closed is None or b.closed >= on)
        }
        having = {
            (good[o.brand_id], o.building_id or o.cluster_id)
            for o in held[BrandOwner]
            if _on(o, on) and o.brand_id in good
        }
        homes = [
            b
            for b in held[Building]
            if b.residential
            and (b.opened is None or b.opened <= on)
            and (b.closed is None or b.closed >= on)
            and (case.viewer is DEAN or b.id in case.viewer.buildings)
        ]
        expected = {("一楼一品", b.id): ("一楼一品", b.id) in having for b in homes}
        expected |= {
            ("一苑一品", b.cluster_id): ("一苑一品", b.cluster_id) in having for b in homes
        }
        found = owned_brands(conn, case.filters, case.viewer)
        assert {
            (row.level, row.building_id or row.cluster_id): bool(row.numerator)
            for row in found.itertuples()
        } == expected


def test_one_brand(conn: Connection, held: Held, cases: list[Case]) -> None:
    """The brand that moved: its sessions, those under each owner, and its people by college."""
    lists, names = _lists(held), {c.id: c.name for c in held[College]}
    for case in cases:
        if case.viewer is not DEAN:
            continue
        filters = Filters(term=case.filters.term, date=case.filters.date, brand=MOVED_BRAND)
        ever = case.ever.get(MOVED_BRAND, [])
        assert len(session_list(conn, filters, DEAN)) == len(ever)
        assert by_term(conn, filters, DEAN)["sessions"].sum() == len(ever)
        for row in owners(conn, filters, DEAN).itertuples():
            assert row.sessions == sum(_on(row, a.day) for a in ever)
        people = _people(case, lists).get(MOVED_BRAND, Counter())
        found = by_college(conn, filters, DEAN)
        assert found["people"].sum() == len(people)
        named = found[found["college"] != SMALL]
        assert (named["people"] >= 5).all()
        assert set(named["college"]) <= set(names.values())

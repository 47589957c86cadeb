"""力量下沉 on a demo campus of 1,500 students equals loops over the ledger rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, WORK_GROUP, Viewer
from data.engine import reading
from data.models.forces import Engagement
from data.models.people import CounselorBuilding, Enrolment
from data.models.place import Building, BuildingLead, Cluster, Room
from queries.filters import BELONGS, LEADS, Filters
from queries.forces import by_carrier_and_kind, forces_cards, forces_rates
from queries.forces_absences import TOTAL, not_yet_come
from queries.forces_posts import building_counselors
from queries.forces_reach import BY_CARRIER, by_building, by_month
from tests.brute_force_contacts import Ledgers

DEAN = Viewer("dean", COMMITTEE)
TABLES = (Engagement, Building, BuildingLead, Cluster, CounselorBuilding, Enrolment, Room)


@dataclass(frozen=True)
class Case:
    """A slice, who asks, and the buildings and sessions in it, found by hand."""

    filters: Filters
    viewer: Viewer
    homes: set[str]
    sessions: list[Any]
    ever: list[Any]


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def held(demo: str) -> dict[Any, list[Any]]:
    """Every row of the ledgers that count here."""
    with reading(demo) as conn:
        return {model: list(conn.execute(select(model.__table__))) for model in TABLES}


@pytest.fixture(scope="module")
def cases(held: dict[Any, list[Any]], ledgers: Ledgers) -> list[Case]:
    """The whole, a campus, a college in both meanings and a work group, early and late."""
    campus = held[Cluster][0].campus_id
    lead = held[BuildingLead][0].college_id
    own = Counter(e.college_id for e in held[Engagement] if e.college_id).most_common(1)[0][0]
    group = Viewer("group", WORK_GROUP, buildings=frozenset([held[Engagement][0].building_id]))
    asked: list[tuple[dict[str, Any], Viewer]] = [
        ({}, DEAN),
        ({"campus": campus}, DEAN),
        ({"college": lead, "college_as": LEADS}, DEAN),
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
    on = filters.as_of
    campus_of = {c.id: c.campus_id for c in held[Cluster]}
    inside = {b.id for b in held[Building] if filters.campus in ("", campus_of[b.cluster_id])} & (
        viewer.buildings or {b.id for b in held[Building]}
    )
    if filters.college and filters.college_as == LEADS:
        inside &= {
            row.building_id
            for row in held[BuildingLead]
            if row.college_id == filters.college and row.starts <= on <= (row.ends or date.max)
        }
    ever = [e for e in held[Engagement] if e.day <= on and e.building_id in inside]
    if filters.college and filters.college_as == BELONGS:
        ever = [e for e in ever if e.college_id == filters.college]
    used = {
        b.id
        for b in held[Building]
        if b.residential and (b.opened or date.min) <= on <= (b.closed or date.max)
    }
    now = [e for e in ever if e.day >= term["starts"]]
    return Case(filters, viewer, used & inside, now, ever)


def test_cards_and_rates(
    conn: Connection, cases: list[Case], held: dict[Any, list[Any]], ledgers: Ledgers
) -> None:
    seen = 0
    for case in cases:
        row = forces_cards(conn, case.filters, case.viewer).iloc[0]
        known = [e.attended for e in case.sessions if e.attended is not None]
        reached = {e.building_id for e in case.sessions} & case.homes
        found = [row[name] for name in ("sessions", "attended", "counted", "reached", "buildings")]
        assert found == [
            *(len(case.sessions), sum(known), len(known)),
            *(len(reached), len(case.homes)),
        ]
        assert row["persons"] == len({e.person_code for e in case.sessions if e.person_code})
        assert row["unnamed"] == sum(not e.person_code for e in case.sessions)
        assert row["hours"] == pytest.approx(sum(e.hours or 0 for e in case.sessions))
        assert rates(conn, case) == slow_rates(case, held, ledgers)
        seen += len(case.sessions)
    assert seen > 100


def rates(conn: Connection, case: Case) -> dict[str, tuple[int, int]]:
    rows = forces_rates(conn, case.filters, case.viewer).itertuples()
    return {row.metric: (row.numerator, row.denominator) for row in rows}


def slow_rates(
    case: Case, held: dict[Any, list[Any]], ledgers: Ledgers
) -> dict[str, tuple[int, int]]:
    on = case.filters.as_of
    weeks = [w for w in ledgers.weeks(case.filters.term) if w.last <= on]
    days = {e.day for e in case.sessions}
    graduate = {b.id for b in held[Building] if b.residents == "研究生"} & case.homes
    posted = {
        row.building_id
        for row in held[CounselorBuilding]
        if row.starts <= on <= (row.ends or date.max)
    }
    found = {
        "engagement_reach": (
            len({e.building_id for e in case.sessions} & case.homes),
            len(case.homes),
        ),
        "engagement_weeks": (
            sum(any(w.first <= day <= w.last for day in days) for w in weeks),
            len(weeks) if case.homes else 0,
        ),
        "building_counselor_coverage": (len(graduate & posted), len(graduate)),
    }
    return {key: pair for key, pair in found.items() if pair[1]}


def test_carriers_kinds_and_buildings(conn: Connection, cases: list[Case]) -> None:
    for case in cases:
        cells = by_carrier_and_kind(conn, case.filters, case.viewer)
        shown = {(r.carrier, r.person_kind): r.sessions for r in cells.itertuples() if r.sessions}
        assert shown == Counter((e.carrier, e.person_kind) for e in case.sessions)
        buildings = by_building(conn, case.filters, case.viewer)
        assert set(buildings.loc[buildings["home"], "building_id"]) == case.homes
        assert buildings["sessions"].sum() == len(case.sessions)
        for row in buildings.itertuples():
            here = [e for e in case.sessions if e.building_id == row.building_id]
            last = max((e.day for e in here), default=None)
            assert (None if pd.isna(row.last) else row.last) == last
            split = {name: getattr(row, key) for key, name in BY_CARRIER.items()}
            assert {k: v for k, v in split.items() if v} == Counter(e.carrier for e in here)
            assert row.counted == sum(e.attended is not None for e in here)
        order = [row.last for row in buildings.itertuples() if row.home and not pd.isna(row.last)]
        assert order == sorted(order)


def test_months(
    conn: Connection, cases: list[Case], held: dict[Any, list[Any]], ledgers: Ledgers
) -> None:
    opened = {b.id: b.opened or date.min for b in held[Building]}
    for case in cases:
        weeks = [w for w in ledgers.weeks(case.filters.term) if w.last <= case.filters.as_of]
        found = by_month(conn, case.filters, case.viewer)
        assert found["sessions"].sum() == len(case.sessions)
        for row in found.itertuples():
            here = [e for e in case.sessions if e.day.isoformat()[:7] == row.month]
            of = [e for e in here if e.carrier == row.carrier]
            assert row.sessions == len(of)
            assert row.attended == sum(e.attended or 0 for e in of)
            due = {b for b in case.homes if opened[b].isoformat()[:7] <= row.month}
            assert (row.numerator, row.denominator) == (
                len(due & {e.building_id for e in here}),
                len(due),
            )
            with_one = {e.day for e in case.sessions if e.carrier == row.carrier}
            assert row.carrier_weeks == sum(
                any(w.first <= day <= w.last for day in with_one) for w in weeks
            )


def test_posts(conn: Connection, cases: list[Case], held: dict[Any, list[Any]]) -> None:
    building_of = {room.id: room.building_id for room in held[Room]}
    kinds = {b.id: b.residents for b in held[Building]}
    assert "研究生" in kinds.values()
    for case in cases:
        on = case.filters.as_of
        living = Counter(
            (building_of[e.room_id], e.degree_level)
            for e in held[Enrolment]
            if e.term_id == case.filters.term and e.away is None and e.room_id
            if e.starts <= on <= (e.ends or date.max)
        )
        posts = Counter(
            row.building_id
            for row in held[CounselorBuilding]
            if row.starts <= on <= (row.ends or date.max)
        )
        found = building_counselors(conn, case.filters, case.viewer)
        assert set(found["building_id"]) == {b for b in case.homes if kinds[b] != "本科生"}
        for row in found.itertuples():
            levels = (row.undergraduates, row.masters, row.doctors)
            home = row.building_id
            assert levels == tuple(living[home, k] for k in ("本科生", "硕士生", "博士生"))
            assert (row.residents, row.number) == (sum(levels), posts[home])
        assert list(found["number"] > 0) == sorted(found["number"] > 0)


def test_absences(conn: Connection, cases: list[Case], ledgers: Ledgers) -> None:
    order = sorted(ledgers.terms, key=lambda term: ledgers.terms[term]["starts"])
    compared = 0
    for case in cases:
        at = order.index(case.filters.term)
        before = ledgers.terms[order[at - 1]] if at else None
        then = [e for e in case.ever if before and before["starts"] <= e.day <= before["ends"]]
        here = {e.person_code for e in case.sessions if e.person_code}
        found = not_yet_come(conn, case.filters, case.viewer)
        for row in found.itertuples():
            mine = [
                [e for e in part if _is(e, row.college_id, row.person_kind)]
                for part in (case.sessions, case.ever, then)
            ]
            now, ever, earlier = mine
            persons = {e.person_code for e in earlier if e.person_code}
            assert row.sessions == len(now)
            assert (None if pd.isna(row.last) else row.last) == max(
                (e.day for e in ever), default=None
            )
            assert (row.persons, row.missing) == (len(persons), len(persons - here))
            compared += len(persons - here)
    assert compared > 0


def _is(session: Any, college: str, kind: str) -> bool:
    return college in (TOTAL, session.college_id or "") and kind in (TOTAL, session.person_kind)

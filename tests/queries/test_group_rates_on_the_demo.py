"""Student groups on a demo campus of 1,500 students equal loops over the ledger rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, WORK_GROUP, Viewer
from data.engine import reading
from data.models.activity import (
    GROUP_KINDS,
    Activity,
    ActivityPlace,
    Attendance,
    StudentGroup,
    StudentGroupMember,
)
from data.models.people import Enrolment
from data.models.place import Building, BuildingLead, Cluster, Room
from queries.filters import BELONGS, LEADS, Filters
from queries.group_mix import group_list
from queries.group_places import by_building
from queries.group_rates import group_rates
from queries.student_groups import by_kind
from tests.brute_force_contacts import Ledgers

DEAN = Viewer("dean", COMMITTEE)
TABLES = (StudentGroup, StudentGroupMember, Activity, ActivityPlace, Attendance)
PLACES = (Building, BuildingLead, Cluster, Room, Enrolment)
Held = dict[Any, list[Any]]


@dataclass(frozen=True)
class Case:
    """A slice and who asks; its homes; groups with all members (student → college, major), with
    those of the slice, and with what they held there: activity → places of the slice."""

    filters: Filters
    viewer: Viewer
    homes: set[str]
    everyone: dict[str, dict[str, tuple[str, str | None]]]
    members: dict[str, set[str]]
    sessions: dict[str, dict[int, set[str]]]

    @property
    def narrow(self) -> bool:
        """Whether not all groups are in it."""
        chosen = self.filters.campus or self.filters.cluster or self.filters.college
        return bool(chosen or self.viewer.buildings)


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as conn:
        yield conn


@pytest.fixture(scope="module")
def held(demo: str) -> Held:
    """Every row of the ledgers that count here."""
    with reading(demo) as conn:
        return {m: list(conn.execute(select(m.__table__))) for m in (*TABLES, *PLACES)}


@pytest.fixture(scope="module")
def cases(held: Held, ledgers: Ledgers) -> list[Case]:
    """The whole, a campus, a cluster, a college in both meanings and a work group, at three times
    of each term."""
    homes = Counter(p.building_id for p in held[ActivityPlace]).most_common(2)
    group = Viewer("group", WORK_GROUP, buildings=frozenset(home for home, _ in homes))
    cluster = held[Cluster][0]
    own = Counter(e.college_id for e in held[Enrolment]).most_common(1)[0][0]
    asked: list[tuple[dict[str, Any], Viewer]] = [
        ({}, DEAN),
        ({"campus": cluster.campus_id}, DEAN),
        ({"campus": cluster.campus_id, "cluster": cluster.id}, DEAN),
        ({"college": held[BuildingLead][0].college_id, "college_as": LEADS}, DEAN),
        ({"college": own, "college_as": BELONGS}, DEAN),
        ({}, group),
    ]
    return [
        _case(held, Filters(term=id_, date=on.isoformat(), **chosen), viewer, term)
        for id_, term in ledgers.terms.items()
        for on in (term["starts"] + timedelta(days=n) for n in (12, 40, 78))
        for chosen, viewer in asked
    ]


def _case(held: Held, filters: Filters, viewer: Viewer, term: Any) -> Case:
    on, scope = filters.as_of, _scope(held, filters, viewer)
    room = {r.id: r.building_id for r in held[Room]}
    enrolled = {
        e.student_id: e for e in held[Enrolment] if e.term_id == filters.term and _on(e, on)
    }
    everyone: dict[str, dict[str, tuple[str, str | None]]] = defaultdict(dict)
    members: dict[str, set[str]] = defaultdict(set)
    open_now = {g.id for g in held[StudentGroup] if _open(g.founded, g.closed, on)}
    for m in held[StudentGroupMember]:
        one = enrolled.get(m.student_id)
        if m.group_id in open_now and one and _on(m, on):
            everyone[m.group_id][m.student_id] = (one.college_id, one.major)
            home = room.get(one.room_id, "")
            if filters.belonging in ("", one.college_id) and (scope is None or home in scope):
                members[m.group_id].add(m.student_id)
    at = defaultdict(set)
    for place in held[ActivityPlace]:
        at[place.activity_id].add(place.building_id)
    sessions: dict[str, dict[int, set[str]]] = defaultdict(dict)
    for a in held[Activity]:
        if not a.group_id or not term["starts"] <= a.day <= on:
            continue
        there = at[a.id] if scope is None else at[a.id] & scope
        if (there or scope is None) and (not filters.belonging or members[a.group_id]):
            sessions[a.group_id][a.id] = there
    residential = {
        b.id
        for b in held[Building]
        if b.residential and _open(b.opened, b.closed, on) and (scope is None or b.id in scope)
    }
    return Case(filters, viewer, residential, everyone, members, sessions)


def _scope(held: Held, filters: Filters, viewer: Viewer) -> set[str] | None:
    """The buildings of a slice; None where it holds what has no place too."""
    if not (filters.campus or filters.leading or viewer.buildings):
        return None
    campus = {c.id: c.campus_id for c in held[Cluster]}
    found = {
        b.id
        for b in held[Building]
        if filters.campus in ("", campus[b.cluster_id]) and filters.cluster in ("", b.cluster_id)
    }
    if filters.leading:
        led = [x for x in held[BuildingLead] if _on(x, filters.as_of)]
        found &= {x.building_id for x in led if x.college_id == filters.college}
    return found & viewer.buildings if viewer.buildings else found


def _on(row: Any, day: date) -> bool:
    return row.starts <= day and (row.ends is None or row.ends >= day)


def _open(opened: date | None, closed: date | None, day: date) -> bool:
    return (opened is None or opened <= day) and (closed is None or closed >= day)


def _shown(held: Held, case: Case) -> list[Any]:
    """Open groups of the slice."""
    return [
        g
        for g in held[StudentGroup]
        if _open(g.founded, g.closed, case.filters.as_of)
        and (not case.narrow or case.members[g.id] or case.sessions[g.id])
    ]


def _reached(case: Case, group: str) -> set[str]:
    return {home for places in case.sessions[group].values() for home in places & case.homes}


def test_rates(conn: Connection, held: Held, cases: list[Case]) -> None:
    told = Counter[str]()
    for case in cases:
        found = group_rates(conn, case.filters, case.viewer).set_index("metric")
        pairs = {str(k): (r["numerator"], r["denominator"]) for k, r in found.iterrows()}
        groups = _shown(held, case)
        made = [list(case.everyone[g.id].values()) for g in groups if case.everyone[g.id]]
        every = {home for group in list(case.sessions) for home in _reached(case, group)}
        expected = {
            "groups_in_community": (sum(bool(_reached(case, g.id)) for g in groups), len(groups)),
            "group_buildings": (len(every), len(case.homes)),
            "cross_college_groups": (sum(len({c for c, _ in m}) > 1 for m in made), len(made)),
            "cross_major_groups": (sum(len({n for _, n in m}) > 1 for m in made), len(made)),
        }
        assert pairs == {key: pair for key, pair in expected.items() if pair[1]}, case.filters
        told.update(key for key, (part, whole) in expected.items() if 0 < part < whole)
    assert told["groups_in_community"] > 3
    assert told["group_buildings"] > 3


def test_kinds(conn: Connection, held: Held, cases: list[Case]) -> None:
    lists = Counter(x.activity_id for x in held[Attendance])
    for case in cases:
        found = by_kind(conn, case.filters, case.viewer).set_index("kind")
        assert list(found.index) == list(GROUP_KINDS)
        for kind, row in found.iterrows():
            groups = [g for g in _shown(held, case) if g.kind == kind]
            ids = [g.id for g in held[StudentGroup] if g.kind == kind]
            activities = [a for id_ in ids for a in case.sessions[id_]]
            homes = {home for id_ in ids for home in _reached(case, id_)}
            people = {student for id_ in ids for student in case.members[id_]}
            assert row["denominator"] == len(groups)
            assert row["numerator"] == sum(bool(_reached(case, g.id)) for g in groups)
            assert row["dormant"] == sum(not case.sessions[g.id] for g in groups)
            assert (row["members"], row["sessions"]) == (len(people), len(activities))
            assert row["recorded"] == sum(a in lists for a in activities)
            assert row["attended"] == sum(lists[a] for a in activities)
            assert (row["homes"], row["every"]) == (len(homes), len(case.homes))


def test_every_group(conn: Connection, held: Held, cases: list[Case]) -> None:
    for case in cases:
        found = group_list(conn, case.filters, case.viewer).set_index("group_id")
        shown = {g.id for g in _shown(held, case)} | {g for g, own in case.sessions.items() if own}
        assert set(found.index) == shown
        for group, row in found.iterrows():
            colleges = Counter(college for college, _ in case.everyone[str(group)].values())
            assert row["members"] == len(case.members[str(group)])
            assert (row["everyone"], row["colleges"]) == (colleges.total(), len(colleges))
            n = colleges.total()
            entropy = -sum(k / n * log(k / n) for k in colleges.values())
            assert _same(
                row["evenness"], entropy / log(len(colleges)) if len(colleges) > 1 else None
            )
            assert row["sessions"] == len(case.sessions[str(group)])
            assert row["homes"] == len(_reached(case, str(group)))


def _same(value: Any, expected: float | None) -> bool:
    return bool(pd.isna(value)) if expected is None else value == pytest.approx(expected)


def test_buildings(conn: Connection, held: Held, cases: list[Case]) -> None:
    kind = {g.id: g.kind for g in held[StudentGroup]}
    for case in cases:
        found = by_building(conn, case.filters, case.viewer)
        counts = Counter(
            (home, kind[group])
            for group, own in case.sessions.items()
            for places in own.values()
            for home in places & case.homes
        )
        pairs = zip(found["building_id"], found["group_kind"], found["sessions"], strict=True)
        assert {(home, name): n for home, name, n in pairs if n} == dict(counts)
        assert set(found["building_id"]) == case.homes
        kinds = found.drop_duplicates("building_id")["kinds"].tolist()
        assert kinds == sorted(kinds)

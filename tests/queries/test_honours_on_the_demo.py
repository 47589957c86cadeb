"""Honours, satisfaction and evidence on a demo campus equal loops over the ledger rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import isnan, sqrt
from statistics import variance
from typing import Any

import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from data.models.activity import Activity, ActivityPlace, Attendance, Feedback
from data.models.evaluation import Award, Publication
from data.models.forces import Visit
from data.models.party import JointStudioCollege, PartyOrganisation, PartyOrganisationScope
from data.models.people import Counselor
from data.models.place import Building, BuildingLead, Floor
from data.models.service import Space
from data.models.time import Term
from data.schemes.scheme import (
    ACADEMIC_YEAR,
    BUILDING,
    COLLEGE_BELONGS,
    COLLEGE_LEADS,
    TERM,
    EvidenceRule,
    Indicator,
    Rule,
    Source,
)
from queries.choices import resolve
from queries.evaluated_units import units_of
from queries.evaluation_period import Period, period_of
from queries.evidence import by_rules
from queries.evidence_ledgers import records_of
from queries.filters import Filters
from queries.source_honours import award_values, publication_values, satisfaction_values
from tests import honoured as made

Rows = dict[Any, list[Any]]
TABLES = (
    *(Activity, ActivityPlace, Attendance, Feedback, Award, Publication, Visit, Counselor),
    *(JointStudioCollege, PartyOrganisation, PartyOrganisationScope, Building, BuildingLead),
    *(Floor, Space, Term),
)
ORDER = ["校级", "市级", "省级", "国家级"]
POINTS = dict(made.LEVELS)
ANSWERS = {5: 100.0, 4: 80.0, 3: 60.0, 2: 0.0, 1: 0.0}
KINDS = (BUILDING, COLLEGE_LEADS, COLLEGE_BELONGS)


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def held(demo: str) -> Rows:
    """Every row of the ledgers that count here."""
    with reading(demo) as conn:
        return {model: list(conn.execute(select(model.__table__))) for model in TABLES}


@pytest.fixture(params=[TERM, ACADEMIC_YEAR])
def period(conn: Connection, request: pytest.FixtureRequest) -> Period:
    """The running term and its year."""
    return period_of(conn, resolve(conn, Filters(), Viewer("dean", COMMITTEE)), request.param)


def on(row: Any, day: date) -> bool:
    """Whether a row of a register is in force."""
    return row.starts <= day and (row.ends is None or day <= row.ends)


def days(held: Rows, period: Period) -> tuple[date, date]:
    """First and last."""
    first = next(term.starts for term in held[Term] if term.id == period.parts[0].term)
    return first, period.last.as_of


def leads(held: Rows, building: str, day: date) -> set[str]:
    """Colleges that lead a building on a day."""
    return {x.college_id for x in held[BuildingLead] if x.building_id == building and on(x, day)}


def winners(held: Rows, award: Any, kind: str) -> set[tuple[str, str]]:
    """Units an award belongs to, each with who holds it there."""
    places = {(award.building_id, award.building_id)} if award.building_id else set()
    floors = {floor.id: floor.building_id for floor in held[Floor]}
    for scope in held[PartyOrganisationScope]:
        if scope.organisation_id != award.organisation_id or not on(scope, award.day):
            continue
        place = scope.building_id or floors.get(scope.floor_id)
        if place:
            places.add((place, place))
        for building in held[Building]:
            open_ = (building.opened or date.min) <= award.day <= (building.closed or date.max)
            if building.cluster_id == scope.cluster_id and building.residential and open_:
                places.add((building.id, scope.cluster_id))
    if kind == BUILDING:
        return {(place, "") for place, _ in places}
    own = {(award.college_id, award.college_id)} if award.college_id else set()
    if kind == COLLEGE_LEADS:
        led = {(c, holder) for place, holder in places for c in leads(held, place, award.day)}
        return own | led
    joined = [s for s in held[JointStudioCollege] if s.organisation_id == award.organisation_id]
    return own | {(s.college_id, s.college_id) for s in joined if on(s, award.day)}


@pytest.mark.parametrize("kind", KINDS)
def test_awards_are_those_of_the_ledger(
    conn: Connection, held: Rows, period: Period, kind: str
) -> None:
    first, last = days(held, period)
    best: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for award in held[Award]:
        if not first <= award.day <= last:
            continue
        seen: set[str] = set()
        for unit, holder in sorted(winners(held, award, kind), key=str):
            if unit in seen:  # one award is one, whatever places it comes through
                continue
            seen.add(unit)
            key = ("".join(award.name.split()), holder)
            before = best[unit].get(key, award.level)
            best[unit][key] = max(before, award.level, key=ORDER.index)
    units = list(units_of(conn, period, kind)["unit_id"])
    one = made.scheme().indicators[0]
    found = award_values(conn, made.scheme(kind), one, period, units)
    assert found["numerator"].sum() > 0
    for row in found.itertuples():
        levels = list(best[row.unit_id].values())
        expected = (len(levels), sum(POINTS[level] for level in levels))
        assert (row.numerator, row.value) == expected, row.unit_id


@pytest.mark.parametrize("kind", KINDS)
def test_publications_are_those_of_the_ledger(
    conn: Connection, held: Rows, period: Period, kind: str
) -> None:
    first, last = days(held, period)
    titles: dict[str, set[str]] = defaultdict(set)
    for paper in held[Publication]:
        if first <= paper.day <= last:
            owners = {paper.building_id} if kind == BUILDING else {paper.college_id}
            if kind == COLLEGE_LEADS:
                owners |= leads(held, paper.building_id, paper.day)
            for unit in owners:
                titles[unit].add("".join(paper.title_text.split()))
    units = list(units_of(conn, period, kind)["unit_id"])
    one = made.scheme().indicators[2]
    found = publication_values(conn, made.scheme(kind), one, period, units)
    assert found["value"].sum() > 0
    for row in found.itertuples():
        assert row.value == row.numerator == len(titles[row.unit_id]), row.unit_id


def hosts(held: Rows, period: Period, kind: str) -> dict[str, set[int]]:
    """Activities of each unit in the terms of the period, up to its last day in each."""
    terms = {term.id: term for term in held[Term]}
    places: dict[int, set[str]] = defaultdict(set)
    for place in held[ActivityPlace]:
        places[place.activity_id].add(place.building_id)
    found: dict[str, set[int]] = defaultdict(set)
    for part in period.parts:
        for activity in held[Activity]:
            if not terms[part.term].starts <= activity.day <= part.as_of:
                continue
            units = places[activity.id] if kind == BUILDING else {activity.college_id}
            if kind == COLLEGE_LEADS:
                units = {c for b in places[activity.id] for c in leads(held, b, part.as_of)}
            for unit in units:
                found[unit].add(activity.id)
    return found


def answers(held: Rows) -> dict[int, list[int]]:
    """What was answered on each activity, but by names that are not on its list."""
    lists: dict[int, set[str]] = defaultdict(set)
    for row in held[Attendance]:
        lists[row.activity_id].add(row.student_id)
    found: dict[int, list[int]] = defaultdict(list)
    for row in held[Feedback]:
        listed = lists.get(row.activity_id)
        if row.student_id is None or listed is None or row.student_id in listed:
            found[row.activity_id].append(row.score)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_satisfaction_is_that_of_the_feedback(
    conn: Connection, held: Rows, period: Period, kind: str
) -> None:
    own, said = hosts(held, period, kind), answers(held)
    units = list(units_of(conn, period, kind)["unit_id"])
    one = made.scheme().indicators[3]
    found = satisfaction_values(conn, made.scheme(kind), one, period, units)
    assert found["value"].notna().sum() > 3
    for row in found.itertuples():
        points = [ANSWERS[score] for id_ in own[row.unit_id] for score in said[id_]]
        if not points:
            assert isnan(row.value), row.unit_id
            continue
        assert (row.numerator, row.denominator) == (sum(points), len(points)), row.unit_id
        if len(set(points)) > 1:
            assert row.error == pytest.approx(sqrt(variance(points) / len(points)))


@pytest.mark.parametrize("kind", KINDS)
def test_records_are_those_of_the_ledgers(
    conn: Connection, held: Rows, period: Period, kind: str
) -> None:
    """Activities, visits by week and spaces of every third unit."""
    own, last = hosts(held, period, kind), period.last.as_of
    college_of = {counselor.id: counselor.college_id for counselor in held[Counselor]}
    terms = {term.id: term for term in held[Term]}
    for unit in list(units_of(conn, period, kind)["unit_id"])[::3]:
        found = records_of(conn, kind, unit, period)
        listed = found[found["ledger"] == "activity"]["record_id"]
        assert sorted(map(int, listed)) == sorted(own[unit])
        weeks: Counter[str] = Counter()
        for part in period.parts:
            for visit in held[Visit]:
                if not terms[part.term].starts <= visit.day <= part.as_of:
                    continue
                its = {visit.building_id}
                if kind == COLLEGE_LEADS:
                    its = leads(held, visit.building_id, part.as_of)
                if kind == COLLEGE_BELONGS:
                    its = {college_of[visit.counselor_id]}
                if unit in its:
                    monday = visit.day - timedelta(days=visit.day.weekday())
                    place = "公寓" if visit.venue == "公寓" else "课堂或实验室"
                    weeks[f"{monday}|{place}"] += 1
        told = found[found["ledger"] == "visit"].set_index("record_id")["number"]
        assert dict(told) == dict(weeks), unit
        spaces = {
            space.id
            for space in held[Space]
            if (space.opened or date.min) <= last <= (space.closed or date.max)
            and (space.building_id == unit or unit in leads(held, space.building_id, last))
        }
        expected = set() if kind == COLLEGE_BELONGS else spaces
        assert set(found[found["ledger"] == "space"]["record_id"]) == expected, unit


def test_rules_choose_what_loops_choose(conn: Connection, held: Rows, period: Period) -> None:
    rules = (
        EvidenceRule("activity", (("field", ("学生党建", "劳动教育")), ("theme", ("正其心",)))),
        EvidenceRule("award", (("level", ("校级",)),)),
        EvidenceRule("space", (("function", ("学习发展",)),)),
    )
    one = Indicator("x", "x", 1, Source("rating", "x"), Rule("points"), "exclude", "", "", "")
    one = replace(one, evidence=rules)
    activities = {row.id: row for row in held[Activity]}
    awards = {row.id: row for row in held[Award]}
    spaces = {row.id: row for row in held[Space]}
    total = 0
    for unit in units_of(conn, period, BUILDING)["unit_id"]:
        records = records_of(conn, BUILDING, unit, period)
        chosen = records[by_rules(one, records)]
        expected = 0
        for row in records.itertuples():
            if row.ledger == "activity":
                own = activities[int(row.record_id)]
                expected += own.field in ("学生党建", "劳动教育") and own.theme == "正其心"
            elif row.ledger == "award":
                expected += awards[int(row.record_id)].level == "校级"
            elif row.ledger == "space":
                expected += spaces[row.record_id].function == "学习发展"
        assert len(chosen) == expected
        total += expected
    assert total > 10

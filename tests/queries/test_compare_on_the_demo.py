"""Comparison on the demo campus equals loops over the ledger rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from data.models.forces import Concern
from data.models.place import BuildingLead
from data.schemes.scheme import BUILDING, COLLEGE_BELONGS, COLLEGE_LEADS
from queries.compare import best_practice, side_by_side
from queries.compare_change import change
from queries.compare_choice import chosen
from queries.compare_funnel import funnel
from queries.filters import Filters
from queries.intervals import wilson
from tests import brute_force_contacts as slow
from tests.brute_force_contacts import Ledgers, Who

DEAN = Viewer("dean", COMMITTEE)
COVERAGE, ANSWERED = "student_coverage", "response_in_time"
KINDS = (BUILDING, COLLEGE_LEADS, COLLEGE_BELONGS)
Days = tuple[tuple[str, date], tuple[str, date]]


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def days(ledgers: Ledgers) -> Days:
    """The last day of the first term, and one in the middle of the second."""
    first, second = sorted(ledgers.rows["term"], key=lambda term: term["starts"])
    later = date.fromordinal((second["starts"].toordinal() + second["ends"].toordinal()) // 2)
    return (first["id"], first["ends"]), (second["id"], min(later, second["ends"]))


@dataclass(frozen=True)
class Registers:
    """Rows that the ledgers of the slow count do not hold."""

    leads: list[Any]
    concerns: list[Any]


@pytest.fixture(scope="module")
def held(demo: str) -> Registers:
    with reading(demo) as conn:
        tables = (BuildingLead.__table__, Concern.__table__)
        return Registers(*(list(conn.execute(select(table))) for table in tables))


def asked(days: Days, **more: Any) -> Filters:
    term, day = days[1]
    return Filters(term=term, date=day.isoformat(), **more)


def unit_of(kind: str, row: Any, held: Registers, day: date) -> str | None:
    """The unit of a row with a building and a college."""
    if kind == BUILDING:
        return row["building_id"]
    if kind == COLLEGE_BELONGS:
        return row["college_id"]
    return next(
        (
            lead.college_id
            for lead in held.leads
            if lead.building_id == row["building_id"]
            and lead.starts <= day
            and (lead.ends is None or lead.ends >= day)
        ),
        None,
    )


def living(ledgers: Ledgers, kind: str, held: Registers, on: tuple[str, date]) -> Any:
    """{unit: {student: met}} of those counted on a day, and {unit: rooms and students without}."""
    term, day = on
    known = ledgers.meetings.get(term, {})
    people: dict[str, dict[str, bool]] = {}
    rooms: dict[str, set[str]] = {}
    for row in ledgers.present(term, day, Who()):
        unit = unit_of(kind, row, held, day)
        if unit is None:
            continue
        met = any(m.own and m.day <= day for m in known.get(row["student_id"], ()))
        people.setdefault(unit, {})[row["student_id"]] = met
        rooms.setdefault(unit, set()).add(row["room_id"] or f"alone {row['student_id']}")
    return people, {unit: len(found) for unit, found in rooms.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_shares_rooms_and_medians(
    conn: Connection, ledgers: Ledgers, held: Registers, days: Days, kind: str
) -> None:
    filters = asked(days, compare_as=kind, measures=COVERAGE)
    people, rooms = living(ledgers, kind, held, days[1])
    choice = chosen(conn, filters, DEAN)
    assert choice is not None
    group_of = dict(zip(choice.units["unit_id"], choice.units["peer_group"], strict=True))
    assert len(group_of) > 5
    shares = {unit: sum(met.values()) / len(met) for unit, met in people.items()}
    for start in range(0, len(group_of), 6):
        part = list(group_of)[start : start + 6]
        found = side_by_side(conn, replace(filters, units=",".join(part)), DEAN)
        for row in found.itertuples():
            met = people.get(row.unit_id, {})
            if not met:
                assert pd.isna(row.value)
                continue
            assert (row.numerator, row.denominator) == (sum(met.values()), len(met))
            assert row.trials == rooms[row.unit_id]
            limits = wilson(shares[row.unit_id] * row.trials, row.trials)
            assert (row.low, row.high) == pytest.approx(limits)
            peers = [shares[u] for u, g in group_of.items() if g == row.peer_group and u in shares]
            if len(peers) > 3:
                assert row.median == pytest.approx(median(peers))
                assert row.peers == len(peers)
            else:
                assert pd.isna(row.median)


@pytest.mark.parametrize("kind", KINDS)
def test_best_practice(
    conn: Connection, ledgers: Ledgers, held: Registers, days: Days, kind: str
) -> None:
    filters = asked(days, compare_as=kind, measures=COVERAGE)
    people, rooms = living(ledgers, kind, held, days[1])
    choice = chosen(conn, filters, DEAN)
    assert choice is not None
    group_of = dict(zip(choice.units["unit_id"], choice.units["peer_group"], strict=True))
    found = best_practice(conn, filters, DEAN)
    assert len(found)
    for group in {group_of[unit] for unit in choice.chosen}:
        shares = {
            u: sum(people[u].values()) / len(people[u])
            for u, g in group_of.items()
            if g == group and u in people
        }
        clear = []
        if len(shares) > 3:
            middle = median(shares.values())
            clear = [
                u for u, s in shares.items() if (wilson(s * rooms[u], rooms[u]) or [0])[0] > middle
            ]
        best = {u for u in clear if shares[u] == max(shares[one] for one in clear)} or {""}
        assert set(found[found["peer_group"] == group]["unit_id"]) == best


def test_the_common_share_is_that_of_all_students(
    conn: Connection, ledgers: Ledgers, held: Registers, days: Days
) -> None:
    found = funnel(conn, asked(days, compare_as=COLLEGE_BELONGS, measures=COVERAGE), DEAN)
    people, _ = living(ledgers, COLLEGE_BELONGS, held, days[1])
    met = sum(sum(of_unit.values()) for of_unit in people.values())
    everyone = sum(len(of_unit) for of_unit in people.values())
    assert set(found["centre"]) == {met / everyone}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("metric", [COVERAGE, ANSWERED])
def test_changes(
    conn: Connection,
    ledgers: Ledgers,
    held: Registers,
    days: Days,
    kind: str,
    metric: str,
) -> None:
    """Counts of those on both days, gone and come, by loops; and the parts add up to the change of
    the rates the dashboard shows."""
    filters = asked(days, compare_as=kind, against="end")
    found = change(conn, filters, DEAN).set_index("metric").loc[[metric]]
    (then, _), (now, _) = (living(ledgers, kind, held, on) for on in days)
    assert len(found) > 3
    compared = 0
    for row in found.itertuples():
        same = set(then.get(row.unit_id, {})) & set(now.get(row.unit_id, {}))
        cases = [
            list(people.get(row.unit_id, {}).items())
            if metric == COVERAGE
            else answered(ledgers, held, kind, row.unit_id, (*on, days[1][0]))
            for people, on in ((then, days[0]), (now, days[1]))
        ]
        expected = [
            number
            for of_day in cases
            for kept in (True, False)
            for number in numbers([good for student, good in of_day if (student in same) is kept])
        ]
        names = ("both_then", "left", "both_now", "joined")
        shown = [getattr(row, f"{name}{end}") for name in names for end in ("_good", "")]
        assert shown == expected
        assert (row.numerator, row.denominator) == numbers([good for _, good in cases[1]])
        parts = [row.real, row.people, row.definition]
        if not pd.isna(row.total):
            compared += 1
            whole = row.numerator / row.denominator
            whole -= row.earlier_numerator / row.earlier_denominator
            assert sum(p for p in parts if not pd.isna(p)) == pytest.approx(whole)
            assert row.total == pytest.approx(whole)
    assert compared


def numbers(cases: list[bool]) -> tuple[int, int]:
    return sum(cases), len(cases)


def answered(
    ledgers: Ledgers,
    held: Registers,
    kind: str,
    unit: str,
    on: tuple[str, date, str],
) -> list[tuple[str, bool]]:
    """(student, in time) of the concerns of a unit whose limit has passed, by the later term's
    number of working days."""
    term, day, rule = on
    starts, found = ledgers.terms[term]["starts"], []
    for row in held.concerns:
        of_unit = unit_of(kind, row._mapping, held, day)
        limit = ledgers.limit(rule, row.raised)
        if of_unit != unit or not starts <= row.raised <= day or limit >= day:
            continue
        steps = [step for step in (row.responded, row.resolved, row.confirmed) if step]
        found.append((row.student_id or "", bool(steps) and min(steps) <= limit))
    return found


def test_the_demo_changes_a_definition(conn: Connection, ledgers: Ledgers, days: Days) -> None:
    """Its first term has another limit: the slow count by its own limit is what was shown then."""
    limits = [ledgers.setting(term, "response_days", 3) for term, _ in days]
    assert limits[0] != limits[1]
    found = change(conn, asked(days, against="end"), DEAN).set_index("metric").loc[[ANSWERED]]
    for row in found.itertuples():
        shown = slow.response_in_time(ledgers, *days[0], Who(building=row.unit_id))
        assert (row.earlier_numerator, row.earlier_denominator) == shown
    assert (found["definition"].abs() > 0).any()

"""44023 by college, building and counselor on a demo campus equals loops over the ledger rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Any

import pytest
from sqlalchemy import Connection, text

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, Viewer
from data.engine import reading
from queries.by_building import by_building
from queries.by_college import by_college
from queries.by_counselor import by_counselor
from queries.filters import Filters
from tests.brute_force_contacts import (
    NEVER,
    Ledgers,
    Who,
    field_coverage,
    last_contact,
    node_coverage,
    response_in_time,
    slot_coverage,
    student_coverage,
)

DEAN = Viewer("dean", COMMITTEE)


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def days(ledgers: Ledgers) -> list[tuple[str, date]]:
    """The end of a week early in each term, and of one late, on which all visits are counted."""
    return [
        (key, ledgers.weeks(key)[number].last)
        for key in sorted(ledgers.slices)
        for number in (2, 9)
    ]


def slice_at(term: str, on: date) -> Filters:
    """The whole campus on a day."""
    return Filters(term=term, date=on.isoformat())


def visits_of(ledgers: Ledgers, term: str, on: date, **of: Any) -> list[dict[str, Any]]:
    """Visits of the term up to a day."""
    starts = ledgers.terms[term]["starts"]
    every = (v for v in ledgers.rows["visit"] if starts <= v["day"] <= on)
    return [v for v in every if all(v[name] == value for name, value in of.items())]


def asked(ledgers: Ledgers, term: str, counselor: str, on: date) -> int:
    """The weeks that were due of a counselor."""
    return slot_coverage(ledgers, term, on, Who(counselor=counselor))[1] // 4


def test_colleges_equal_the_slow_count(conn: Connection, ledgers: Ledgers) -> None:
    for term, on in days(ledgers):
        found = {r.college_id: r for r in by_college(conn, slice_at(term, on), DEAN).itertuples()}
        everyone = ledgers.present(term, on, Who())
        assert {there["college_id"] for there in everyone} <= set(found)
        for college in filter(None, found):
            row, who = found[college], Who(college=str(college))
            here = ledgers.present(term, on, who)
            staff = [c["id"] for c in ledgers.rows["counselor"] if c["college_id"] == college]
            came = [v for v in visits_of(ledgers, term, on) if v["counselor_id"] in staff]
            assert goals(row) == slow_goals(ledgers, term, on, who), (college, on)
            assert row.counselors == len({there["counselor_id"] for there in here})
            assert row.visits == len(came)
            assert row.apartment == sum(v["venue"] == "公寓" for v in came)
            assert row.weeks == sum(asked(ledgers, term, one, on) for one in staff)
        assert sum(r.visits for r in found.values()) == len(visits_of(ledgers, term, on))
        assert found[""].visits > 0  # building counselors are of no college


def goals(row: Any) -> list[tuple[int, int]]:
    """The four goals of a row, as numerator and denominator."""
    students = (row.numerator, row.denominator)
    answers = (row.answered, row.answers_due)
    fields = (row.fields_made, row.fields_due)
    return [students, (row.slots_made, row.slots_due), fields, answers]


def slow_goals(ledgers: Ledgers, term: str, on: date, who: Who) -> list[tuple[int, int]]:
    """The same by loops."""
    metrics = (student_coverage, slot_coverage, field_coverage, response_in_time)
    return [metric(ledgers, term, on, who) for metric in metrics]


def test_buildings_equal_the_slow_count(conn: Connection, ledgers: Ledgers) -> None:
    rooms = Counter(ledgers.building_of.values())
    for term, on in days(ledgers):
        seen = {v["id"] for v in visits_of(ledgers, term, on)}
        reached = Counter(
            ledgers.building_of[room]
            for room in {r["room_id"] for r in ledgers.rows["visit_room"] if r["visit_id"] in seen}
        )
        rows = by_building(conn, slice_at(term, on), DEAN)
        for row in rows[rows["building_id"] != ""].itertuples():
            who = Who(building=str(row.building_id))
            assert (row.numerator, row.denominator) == student_coverage(ledgers, term, on, who)
            assert (row.nodes_done, row.nodes_due) == node_coverage(ledgers, term, on, who)
            assert row.visits == len(visits_of(ledgers, term, on, building_id=who.building))
            assert (row.reached, row.rooms) == (reached[who.building], rooms[who.building])
        everyone = ledgers.present(term, on, Who())
        assert rows["denominator"].sum() == len(everyone)
        assert rows["visits"].sum() == len(seen)


def charges(ledgers: Ledgers, term: str, on: date) -> dict[str, list[dict[str, Any]]]:
    """Whom each counselor is in charge of on a day, each student once."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for there in ledgers.present(term, on, Who()):
        posts = (
            post["counselor_id"]
            for post in ledgers.rows["counselor_building"]
            if post["building_id"] == there["building_id"]
            and post["starts"] <= on <= (post["ends"] or NEVER)
        )
        for who in {there["counselor_id"], *posts} - {None}:
            found.setdefault(who, {})[there["student_id"]] = there
    return {who: list(mine.values()) for who, mine in found.items()}


def rows_of(conn: Connection, ledgers: Ledgers, term: str, on: date) -> dict[str, Any]:
    """The row of every counselor, as their college sees it, or they themselves without one."""
    staff = ledgers.rows["counselor"]
    viewers = [Viewer("c", COLLEGE, college=c) for c in {k["college_id"] for k in staff} - {None}]
    viewers += [Viewer("k", COUNSELOR, counselor=k["id"]) for k in staff if not k["college_id"]]
    rows = (by_counselor(conn, slice_at(term, on), viewer) for viewer in viewers)
    return {row.counselor_id: row for part in rows for row in part.itertuples()}


def in_office(counselor: dict[str, Any], on: date) -> bool:
    """Whether a counselor is in office on a day."""
    return bool((counselor["starts"] or date.min) <= on <= (counselor["ends"] or NEVER))


def test_counselors_equal_the_slow_count(conn: Connection, ledgers: Ledgers) -> None:
    for term, on in days(ledgers):
        mine, last = charges(ledgers, term, on), last_contact(ledgers, term, on)
        found = rows_of(conn, ledgers, term, on)
        office = {c["id"] for c in ledgers.rows["counselor"] if in_office(c, on)}
        assert set(found) == office | set(mine)
        for who, row in found.items():
            here, alone = mine.get(who, []), Who(counselor=who)
            met = sum(there["student_id"] in last for there in here)
            assert (row.numerator, row.denominator) == (met, len(here))
            assert row.met_counted == met  # every week so far has ended
            assert row.listed == sum(there["counselor_id"] == who for there in here)
            assert row.visits == len(visits_of(ledgers, term, on, counselor_id=who))
            slots, fields = (m(ledgers, term, on, alone) for m in (slot_coverage, field_coverage))
            assert (row.slots_made, row.slots_due) == slots
            assert (row.fields_made, row.fields_due) == fields


def test_what_is_left_to_do_equals_the_slow_count(conn: Connection, ledgers: Ledgers) -> None:
    schema = "" if conn.dialect.name == "sqlite" else "campus."
    rooms = conn.execute(text(f"SELECT id, floor_id FROM {schema}room"))  # noqa: S608
    floors = {row.id: row.floor_id for row in rooms}
    needed = 0
    for term, on in days(ledgers):
        mine, last = charges(ledgers, term, on), last_contact(ledgers, term, on)
        for who, row in rows_of(conn, ledgers, term, on).items():
            unmet = [t for t in mine.get(who, []) if t["student_id"] not in last]
            doors = {there["room_id"] for there in unmet} - {None}
            levels = Counter((ledgers.building_of[d], floors[d]) for d in doors)
            assert (row.unmet, row.unmet_rooms) == (len(unmet), len(doors))
            assert row.unhoused == sum(there["room_id"] is None for there in unmet)
            assert row.visits_needed == sum(ceil(n / 8) for n in levels.values())
            needed += row.visits_needed
    assert needed > 0


def test_those_with_as_many_students_equal_the_slow_count(
    conn: Connection, ledgers: Ledgers
) -> None:
    compared = 0
    for term, on in days(ledgers):
        mine, last = charges(ledgers, term, on), last_contact(ledgers, term, on)
        rates = {w: sum(t["student_id"] in last for t in h) / len(h) for w, h in mine.items()}
        for who, row in rows_of(conn, ledgers, term, on).items():
            size = len(mine.get(who, []))
            like = [
                rate
                for other, rate in rates.items()
                if other != who and 4 * abs(len(mine[other]) - size) <= size
            ]
            assert row.peers == len(like)
            if len(like) >= 4:
                assert row.peer_median == pytest.approx(median(like))
                compared += 1
    assert compared > 0


def test_weeks_and_visits_make_the_pace(conn: Connection, ledgers: Ledgers) -> None:
    """Visits a week for a hundred students, of weeks due alone."""
    term, on = days(ledgers)[-1]
    weeks = [week for week in ledgers.weeks(term) if week.last <= on]
    checked = 0
    for who, row in rows_of(conn, ledgers, term, on).items():
        if row.weeks < len(weeks) or not row.denominator:
            continue  # in office only for some of them
        inside = [
            v
            for v in visits_of(ledgers, term, on, counselor_id=who)
            if any(week.first <= v["day"] <= week.last for week in weeks)
        ]
        expected = 100 * len(inside) / len(weeks) / row.denominator
        assert row.per_hundred == pytest.approx(expected)
        checked += 1
    assert checked > 3


def test_a_day_inside_a_week_counts_the_weeks_before_it(conn: Connection, ledgers: Ledgers) -> None:
    term, on = days(ledgers)[-1]
    then, now = (rows_of(conn, ledgers, term, on + timedelta(days=n)) for n in (0, 3))
    both = set(then) & set(now)
    assert both
    for who in both:
        assert (now[who].visits, now[who].slots_due) == (then[who].visits, then[who].slots_due)
    assert sum(now[w].numerator for w in both) > sum(then[w].numerator for w in both)

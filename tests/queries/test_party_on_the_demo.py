"""先锋矩阵 on a demo campus of 1,500 students equals loops over the ledger rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from queries.filters import Filters
from queries.party_areas import areas_by_load
from queries.party_hierarchy import hierarchies
from queries.party_leads import displays_by_building, leads_by_month
from queries.party_rosters import rosters_by_building
from tests.brute_force import MEMBERS, ROSTER, Ledgers, Row

DEAN = Viewer("dean", COMMITTEE)


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def days(ledgers: Ledgers) -> list[tuple[str, date]]:
    """A day early in each term, and one late."""
    return [
        (term["id"], on)
        for term in ledgers.rows["term"]
        for on in (term["starts"] + timedelta(days=12), term["starts"] + timedelta(days=80))
    ]


def in_force(rows: list[Row], on: date, starts: str = "starts", ends: str = "ends") -> list[Row]:
    """Rows that hold on a day; the last day counts."""
    return [row for row in rows if row[starts] <= on <= (row[ends] or date.max)]


def slice_at(term: str, on: date) -> Filters:
    """The whole campus on a day."""
    return Filters(term=term, date=on.isoformat())


def test_gaps_by_building_equal_the_slow_count(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    for term, on in days(ledgers):
        units = [u for u in ledgers.units(on) if u.metric == "workstation_enrolment"]
        shown = {
            r.building_id: (r.numerator, r.gap)
            for r in rosters_by_building(conn, slice_at(term, on), DEAN).itertuples()
        }
        slow = {
            building: (
                sum(u.covered for u in units if u.building == building),
                sum(not u.covered for u in units if u.building == building),
            )
            for building in {u.building for u in units}
        }
        assert shown == slow, on
        assert any(gap for _, gap in slow.values())


def test_the_hierarchies_count_everyone_once(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    rooms = {room["id"]: room["building_id"] for room in ledgers.rows["room"]}
    homes = {b["id"] for b in ledgers.rows["building"] if b["residential"]}
    for term, on in days(ledgers):
        people = [
            e
            for e in in_force(ledgers.rows["enrolment"], on)
            if e["term_id"] == term and e["political_status"] in ROSTER
        ]
        stations = {
            o["id"]
            for o in in_force(ledgers.rows["party_organisation"], on, "founded", "closed")
            if o["kind"] == "工作站"
        }
        rosters = in_force(ledgers.rows["workstation_member"], on)
        listed = {m["student_id"] for m in rosters if m["organisation_id"] in stations}
        housed = [e for e in people if e["away"] is None and rooms.get(e["room_id"]) in homes]
        found = hierarchies(conn, slice_at(term, on), DEAN)
        totals = {(r.side, r.name): r.total for r in found.itertuples() if r.depth == 0}
        assert totals["空间", "合计"] == totals["组织", "合计"] == len(people)
        assert totals["空间", "未归属"] == len(people) - len(housed)
        assert totals["组织", "未归属"] == sum(e["student_id"] not in listed for e in people)
        kinds = Counter(e["political_status"] for e in people)
        (total,) = found[(found["side"] == "组织") & (found["name"] == "合计")].itertuples()
        columns = (total.member, total.probationary, total.target, total.activist)
        assert [int(n) for n in columns] == [
            kinds[k] for k in ("中共党员", "预备党员", "发展对象", "入党积极分子")
        ]


def test_areas_carry_what_the_ledgers_say(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    for term, on in days(ledgers):
        enrolled = [e for e in in_force(ledgers.rows["enrolment"], on) if e["term_id"] == term]
        members = {e["student_id"] for e in enrolled if e["political_status"] in MEMBERS}
        rooms = Counter(
            r["area_id"] for r in in_force(ledgers.rows["responsibility_area_room"], on)
        )
        keepers = Counter(
            m["area_id"]
            for m in in_force(ledgers.rows["responsibility_area_member"], on)
            if m["student_id"] in members
        )
        found = areas_by_load(conn, slice_at(term, on), DEAN)
        shown = Counter((r.rooms, r.keepers) for r in found.itertuples())
        assert shown == Counter((n, keepers[area]) for area, n in rooms.items()), on
        assert shown


def test_leads_and_displays_equal_the_slow_count(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    starts = {term["id"]: term["starts"] for term in ledgers.rows["term"]}
    for term, on in days(ledgers):
        slow = Counter(
            (e["lead"], e["day"].isoformat()[:7])
            for e in ledgers.rows["five_lead_entry"]
            if starts[term] <= e["day"] <= on
        )
        rows = leads_by_month(conn, slice_at(term, on), DEAN).itertuples()
        assert {(r.lead, r.month): r.entries for r in rows if r.entries} == dict(slow)
        units = ledgers.units(on)
        found = displays_by_building(conn, slice_at(term, on), DEAN)
        for metric, part, whole in (("plate", "plates", "rooms"), ("identity", "shown", "members")):
            due = [u.covered for u in units if u.metric == metric]
            assert (found[part].sum(), found[whole].sum()) == (sum(due), len(due)), (metric, on)

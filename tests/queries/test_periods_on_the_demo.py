"""② on a demo campus of 1,500 students equals loops over the ledger rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from data.models.forces import Visit
from data.models.people import Counselor, CounselorBuilding, Enrolment
from data.models.place import Building, BuildingLead, Room
from data.models.time import Holiday, KeyNode, Term
from queries.filters import BELONGS, LEADS, Filters
from queries.key_dates import node_pairs
from queries.period_weeks import fields_by_week, period_weeks
from queries.periods import period_coverage
from queries.term_calendar import term_calendar

DEAN = Viewer("dean", COMMITTEE)
MODELS = (Term, Holiday, KeyNode, Visit, Counselor, CounselorBuilding, Enrolment, Building, Room)
Row = dict[str, Any]
Cells = dict[tuple[int, str], tuple[int, int]]


@dataclass(frozen=True)
class Ledgers:
    """Every row that periods and key dates depend on, by table."""

    rows: dict[str, list[Row]]

    @classmethod
    def read(cls, conn: Connection) -> "Ledgers":
        """All of it."""
        models = (*MODELS, BuildingLead)
        return cls({m.__tablename__: _all(conn, m) for m in models})

    def term(self, key: str) -> Row:
        return next(t for t in self.rows["term"] if t["id"] == key)

    def weeks(self, key: str) -> dict[int, tuple[date, list[date]]]:
        """Monday and teaching days of each week that has any."""
        term = self.term(key)
        free = [(h["starts"], h["ends"]) for h in self.rows["holiday"]]
        found = {}
        for number in range(term["teaching_weeks"]):
            monday = term["teaching_starts"] + timedelta(days=7 * number)
            days = [monday + timedelta(days=n) for n in range(5)]
            days = [d for d in days if not any(a <= d <= b for a, b in free) and d <= term["ends"]]
            if days:
                found[number + 1] = (monday, days)
        return found

    def listed(self, key: str) -> set[str]:
        """Counselors with a student of the term who is not away."""
        term = self.term(key)
        return {
            e["counselor_id"]
            for e in self.rows["enrolment"]
            if e["term_id"] == key and e["counselor_id"] and e["away"] is None
            if e["starts"] <= term["ends"] and (e["ends"] or date.max) >= term["starts"]
        }

    def posted(self, key: str) -> set[str]:
        """Counselors of a building at some time of the term."""
        term = self.term(key)
        return {
            p["counselor_id"]
            for p in self.rows["counselor_building"]
            if p["starts"] <= term["ends"] and (p["ends"] or date.max) >= term["starts"]
        }

    def in_office(self, key: str, monday: date) -> set[str]:
        """Counselors in office from Monday to Sunday; a term that ends earlier ends the week."""
        sunday = min(monday + timedelta(days=6), self.term(key)["ends"])
        return {
            c["id"]
            for c in self.rows["counselor"]
            if (c["starts"] or date.min) <= monday and (c["ends"] or date.max) >= sunday
        }


def _all(conn: Connection, model: Any) -> list[Row]:
    return [dict(row) for row in conn.execute(select(model.__table__)).mappings()]


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def days(ledgers: Ledgers) -> list[tuple[str, date]]:
    """A Sunday early in each term, a Saturday and a Thursday later."""
    return [
        (term["id"], term["starts"] + timedelta(days=number))
        for term in ledgers.rows["term"]
        for number in (13, 40, 80)
    ]


def whole(term: str, on: date) -> Filters:
    """The whole campus on a day."""
    return Filters(term=term, date=on.isoformat())


def period_of(visit: Row) -> str:
    """The period a visit began in, by the usual hours."""
    if visit["starts"] is None:
        return ""
    hour = visit["starts"].hour
    return "上午" if hour < 12 else "中午" if hour < 14 else "下午" if hour < 18 else "晚上"


def lasted(visit: Row) -> int:
    """Minutes on record; 0 where there are none, or cannot be."""
    if visit["starts"] is None or visit["ends"] is None:
        return 0
    first, last = (t.hour * 60 + t.minute for t in (visit["starts"], visit["ends"]))
    if visit["ends"] >= visit["starts"]:
        return last - first
    over_midnight = visit["starts"] >= time(18) and visit["ends"] < time(6)
    return last + 24 * 60 - first if over_midnight else 0


def slow_cells(ledgers: Ledgers, term: str, on: date, chosen: set[str]) -> Cells:
    """Made and due by week and period, of the chosen counselors, in weeks that are over."""
    found: Cells = {}
    for number, (monday, _) in ledgers.weeks(term).items():
        sunday = min(monday + timedelta(days=6), ledgers.term(term)["ends"])
        if sunday > on:
            continue
        due = ledgers.in_office(term, monday) & chosen
        made = {
            (v["counselor_id"], period_of(v))
            for v in ledgers.rows["visit"]
            if monday <= v["day"] <= sunday and lasted(v) >= 40 and v["counselor_id"] in due
        }
        for period in ("上午", "中午", "下午", "晚上"):
            came = sum(p == period for _, p in made)
            found[number, period] = (came, len(due))
    return found


def shown_cells(conn: Connection, filters: Filters) -> Cells:
    found = period_weeks(conn, filters, DEAN)
    rated = found[found["denominator"].notna() & found["hours"].notna()]
    return {(r.week, r.period): (r.numerator, r.denominator) for r in rated.itertuples()}


def test_every_cell_of_the_heat_map_equals_the_slow_count(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    seen = 0
    for term, on in days(ledgers):
        everyone = ledgers.listed(term) | ledgers.posted(term)
        slow = slow_cells(ledgers, term, on, everyone)
        assert shown_cells(conn, whole(term, on)) == slow, on
        rate = period_coverage(conn, whole(term, on), DEAN).set_index("metric")
        sums = [sum(pair[part] for pair in slow.values()) for part in (0, 1)]
        assert list(rate.loc["slot_coverage", ["numerator", "denominator"]]) == sums
        seen += sums[0]
    assert seen > 100


def test_the_cells_of_a_college_and_of_a_counselor_are_their_own(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    for term, on in days(ledgers):
        everyone = ledgers.listed(term) | ledgers.posted(term)
        one = min(ledgers.listed(term))
        college = next(c["college_id"] for c in ledgers.rows["counselor"] if c["id"] == one)
        theirs = {c["id"] for c in ledgers.rows["counselor"] if c["college_id"] == college}
        belongs = replace(whole(term, on), college=college, college_as=BELONGS)
        assert shown_cells(conn, belongs) == slow_cells(ledgers, term, on, theirs & everyone)
        alone = replace(whole(term, on), counselor=one)
        assert shown_cells(conn, alone) == slow_cells(ledgers, term, on, {one})


def test_fields_by_week_equal_the_slow_count(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    for term, on in days(ledgers):
        slow = {}
        for number, (monday, _) in ledgers.weeks(term).items():
            sunday = min(monday + timedelta(days=6), ledgers.term(term)["ends"])
            if sunday > on:
                continue
            due = ledgers.in_office(term, monday) & ledgers.listed(term)
            came = {
                (v["counselor_id"], v["venue"] == "公寓")
                for v in ledgers.rows["visit"]
                if monday <= v["day"] <= sunday
            }
            at = Counter(((who, True) in came, (who, False) in came) for who in due)
            slow[number] = (at[True, True], at[True, False], at[False, True], at[False, False])
        found = fields_by_week(conn, whole(term, on), DEAN)
        over = found[found["denominator"].notna()]
        shown = {r.week: (r.both, r.apartment, r.elsewhere, r.neither) for r in over.itertuples()}
        assert shown == slow, on


def slow_pairs(ledgers: Ledgers, term: str, on: date) -> dict[tuple[str, str], str]:
    """The state of every residential building and key date."""
    found = {}
    for node in ledgers.rows["key_node"]:
        for home in ledgers.rows["building"]:
            opened, closed = home["opened"] or date.min, home["closed"] or date.max
            due = max(node["starts"], opened)
            if node["term_id"] != term or not home["residential"]:
                continue
            if due > node["ends"] or closed < due:
                continue
            came = any(
                v["building_id"] == home["id"] and v["venue"] == "公寓"
                for v in ledgers.rows["visit"]
                if due <= v["day"] <= min(node["ends"], on)
            )
            over = "缺口" if node["ends"] < on else "窗口内未到"
            state = "未开始" if due > on else "已覆盖" if came else over
            found[node["id"], home["id"]] = state
    return found


def test_the_node_matrix_equals_the_slow_count(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    states: Counter[str] = Counter()
    for term, on in days(ledgers):
        slow = slow_pairs(ledgers, term, on)
        found = node_pairs(conn, whole(term, on), DEAN)
        assert {(r.node_id, r.building_id): r.state for r in found.itertuples()} == slow, on
        states.update(slow.values())
        rate = period_coverage(conn, whole(term, on), DEAN).set_index("metric")
        begun = [state for state in slow.values() if state != "未开始"]
        expected = [begun.count("已覆盖"), len(begun)]
        assert list(rate.loc["node_coverage", ["numerator", "denominator"]]) == expected
        lead = next(x for x in ledgers.rows["building_lead"] if x["starts"] <= on)
        led = {
            x["building_id"]
            for x in ledgers.rows["building_lead"]
            if x["college_id"] == lead["college_id"] and x["starts"] <= on
            if (x["ends"] or date.max) >= on
        }
        asked = replace(whole(term, on), college=lead["college_id"], college_as=LEADS)
        found = node_pairs(conn, asked, DEAN)
        assert {(r.node_id, r.building_id): r.state for r in found.itertuples()} == {
            key: state for key, state in slow.items() if key[1] in led
        }
    assert states["已覆盖"] > 100
    assert states["未开始"] > 100


def test_the_calendar_equals_the_slow_count(conn: Connection) -> None:
    ledgers = Ledgers.read(conn)
    homes = {b["id"] for b in ledgers.rows["building"] if b["residential"]}
    for term, on in days(ledgers):
        first = ledgers.term(term)["starts"]
        slow = Counter(
            v["day"]
            for v in ledgers.rows["visit"]
            if first <= v["day"] <= on and v["building_id"] in homes
        )
        found = term_calendar(conn, whole(term, on), DEAN)
        each = [day for days in found["days"] for day in days]
        assert {day.day: day.visits for day in each if day.visits} == dict(slow)
        assert all((day.visits is None) == (day.day > on) for day in each)
        taught = {day.day for day in each if day.kind == "教学日"}
        assert taught == {d for _, days in ledgers.weeks(term).values() for d in days}

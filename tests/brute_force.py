"""Coverage counted the slow way: loops over ledger rows, written from the definitions alone.

Nothing is shared with the summaries or the queries; where they differ, one of them is wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

LEADS = {
    "five_lead_study": "学习提高",
    "five_lead_contact": "联系学生",
    "five_lead_volunteer": "志愿服务",
    "five_lead_help": "帮困助学",
    "five_lead_discipline": "遵纪守法",
}
MEMBERS = {"中共党员", "预备党员"}
ROSTER = MEMBERS | {"发展对象", "入党积极分子"}
TABLES = {
    "term": "id starts ends",
    "cluster": "id campus_id",
    "building": "id cluster_id residential opened closed",
    "floor": "id building_id residential organisation_required",
    "room": "id building_id floor_id",
    "enrolment": "student_id term_id starts ends college_id room_id political_status away",
    "party_organisation": "id kind founded closed",
    "party_organisation_scope": "organisation_id cluster_id building_id floor_id starts ends",
    "workstation_member": "organisation_id student_id starts ends",
    "floor_leader": "floor_id student_id starts ends",
    "responsibility_area_member": "area_id student_id starts ends",
    "responsibility_area_room": "area_id room_id starts ends",
    "member_display": "student_id kind room_id starts ends",
    "five_lead_entry": "student_id lead day",
}
Row = dict[str, Any]
Counts = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Unit:
    """One thing that counts in a denominator, where it stands, and whether it is covered.

    A cluster stands in no building, a building on no floor.
    """

    metric: str
    id: str
    cluster: str
    building: str
    floor: str
    covered: bool


@dataclass(frozen=True)
class Ledgers:
    """Every row that coverage depends on, by table."""

    rows: dict[str, list[Row]]

    @classmethod
    def read(cls, conn: Connection) -> "Ledgers":
        """All of it, by one plain SELECT a table."""
        schema = "" if conn.dialect.name == "sqlite" else "campus."
        return cls({name: _read(conn, schema, name) for name in TABLES})

    def units(self, day: date) -> set[Unit]:
        """Every unit of every metric that is due on a day; those exempt are not."""
        return {
            *self._places(day),
            *self._floors(day),
            *self._rooms(day),
            *self._persons(day),
        }

    def _in_force(self, table: str, day: date) -> list[Row]:
        return [row for row in self.rows[table] if _holds(row, day)]

    def _homes(self) -> dict[str, Row]:
        """Rooms in residential buildings, with their cluster."""
        buildings = {b["id"]: b for b in self.rows["building"] if b["residential"]}
        return {
            room["id"]: {**room, "cluster_id": buildings[room["building_id"]]["cluster_id"]}
            for room in self.rows["room"]
            if room["building_id"] in buildings
        }

    def _term(self, day: date) -> Row | None:
        return next((t for t in self.rows["term"] if t["starts"] <= day <= t["ends"]), None)

    def _enrolled(self, day: date) -> list[Row]:
        term = self._term(day)
        return [e for e in self._in_force("enrolment", day) if term and e["term_id"] == term["id"]]

    def _residents(self, day: date) -> list[Row]:
        """Who lives on campus: not away, with a room in a residential building."""
        homes = self._homes()
        return [
            {**person, **homes[person["room_id"]]}
            for person in self._enrolled(day)
            if person["away"] is None and person["room_id"] in homes
        ]

    def _members(self, day: date) -> set[str]:
        """Party members enrolled on a day, wherever they live."""
        return {e["student_id"] for e in self._enrolled(day) if e["political_status"] in MEMBERS}

    def _served(self, day: date, place: str, kinds: Iterable[str]) -> dict[str, set[str]]:
        """Organisations of these kinds, or of any where none is named, by the place they serve."""
        alive = {
            o["id"]
            for o in self.rows["party_organisation"]
            if o["founded"] <= day <= (o["closed"] or date.max)
            and (not kinds or o["kind"] in kinds)
        }
        found: dict[str, set[str]] = {}
        for scope in self._in_force("party_organisation_scope", day):
            if scope["organisation_id"] in alive and scope[place] is not None:
                found.setdefault(scope[place], set()).add(scope["organisation_id"])
        return found

    def _open(self, day: date) -> list[Row]:
        return [
            b
            for b in self.rows["building"]
            if b["residential"] and (b["opened"] or date.min) <= day <= (b["closed"] or date.max)
        ]

    def _places(self, day: date) -> Iterator[Unit]:
        clusters = self._served(day, "cluster_id", ())
        stations = self._served(day, "building_id", ("工作站",))
        for b in self._open(day):
            cluster = b["cluster_id"]
            yield Unit("cluster_coverage", cluster, cluster, "", "", cluster in clusters)
            yield Unit("building_coverage", b["id"], cluster, b["id"], "", b["id"] in stations)

    def _floors(self, day: date) -> Iterator[Unit]:
        clusters = {b["id"]: b["cluster_id"] for b in self._open(day)}
        served = self._served(day, "floor_id", ("功能型党支部", "党小组"))
        members = self._members(day)
        led = {
            leader["floor_id"]
            for leader in self._in_force("floor_leader", day)
            if leader["student_id"] in members
        }
        for floor in self.rows["floor"]:
            building, name = floor["building_id"], floor["id"]
            if not floor["residential"] or building not in clusters:
                continue
            stands = (name, clusters[building], building, name)
            yield Unit("floor_leader", *stands, name in led)
            if floor["organisation_required"]:
                yield Unit("floor_coverage", *stands, name in served)

    def _rooms(self, day: date) -> Iterator[Unit]:
        members = self._members(day)
        kept = {
            keeper["area_id"]
            for keeper in self._in_force("responsibility_area_member", day)
            if keeper["student_id"] in members
        }
        in_charge = {
            room["room_id"]
            for room in self._in_force("responsibility_area_room", day)
            if room["area_id"] in kept
        }
        plates = {
            shown["room_id"]
            for shown in self._in_force("member_display", day)
            if shown["kind"] == "宿舍亮牌"
        }
        for person in self._residents(day):
            room = person["room_id"]
            stands = (room, person["cluster_id"], person["building_id"], person["floor_id"] or "")
            yield Unit("room_responsibility", *stands, room in in_charge)
            if person["political_status"] in MEMBERS:
                yield Unit("plate", *stands, room in plates)

    def _persons(self, day: date) -> Iterator[Unit]:
        stations = self._served(day, "building_id", ("工作站",))
        rosters = {
            (m["student_id"], m["organisation_id"])
            for m in self._in_force("workstation_member", day)
        }
        entered = self._entered(day)
        shown = {
            display["student_id"]
            for display in self._in_force("member_display", day)
            if display["kind"] == "亮身份"
        }
        for person in self._residents(day):
            who, building = person["student_id"], person["building_id"]
            stands = (who, person["cluster_id"], building, person["floor_id"] or "")
            if person["political_status"] in ROSTER:
                listed = any((who, station) in rosters for station in stations.get(building, ()))
                yield Unit("workstation_enrolment", *stands, listed)
            if person["political_status"] in MEMBERS:
                done = entered.get(who, set())
                yield Unit("identity", *stands, who in shown)
                yield Unit("five_lead", *stands, done == set(LEADS.values()))
                for metric, lead in LEADS.items():
                    yield Unit(metric, *stands, lead in done)

    def _entered(self, day: date) -> dict[str, set[str]]:
        """The leads each student has an entry of, in the term and by the day."""
        term = self._term(day)
        found: dict[str, set[str]] = {}
        for entry in self.rows["five_lead_entry"]:
            if term and term["starts"] <= entry["day"] <= day:
                found.setdefault(entry["student_id"], set()).add(entry["lead"])
        return found


def count(units: Iterable[Unit]) -> Counts:
    """Numerator and denominator of every metric that has a denominator."""
    found: Counts = {}
    for unit in units:
        covered, due = found.get(unit.metric, (0, 0))
        found[unit.metric] = (covered + unit.covered, due + 1)
    return found


def _holds(row: Row, day: date) -> bool:
    """Ledger dates include the last day; none means it still holds."""
    return bool(row["starts"] <= day <= (row["ends"] or date.max))


def _read(conn: Connection, schema: str, table: str) -> list[Row]:
    columns = TABLES[table].split()
    rows = conn.execute(text(f"SELECT {', '.join(columns)} FROM {schema}{table}"))  # noqa: S608
    return [{c: _as_date(c, value) for c, value in row._mapping.items()} for row in rows]


def _as_date(column: str, value: Any) -> Any:
    """SQLite keeps a date as text."""
    dated = column in {"starts", "ends", "opened", "closed", "founded", "day"}
    return date.fromisoformat(value) if dated and isinstance(value, str) else value

"""44023 counted the slow way: loops over ledger rows, written from the definitions alone.

Each metric is a function `(ledgers, term, day, who) -> (numerator, denominator)`. Nothing is shared
with the summaries or the queries; where they differ, one of them is wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, text

TABLES = {
    "term": "id starts ends teaching_starts teaching_weeks",
    "holiday": "starts ends",
    "key_node": "id term_id starts ends",
    "method_setting": "term_id noon_starts afternoon_starts evening_starts minutes response_days",
    "building": "id residential opened closed",
    "room": "id building_id",
    "counselor": "id college_id starts ends",
    "counselor_building": "counselor_id building_id starts ends",
    "enrolment": "student_id term_id starts ends college_id room_id counselor_id away",
    "visit": "id counselor_id day starts ends venue building_id",
    "visit_room": "visit_id room_id",
    "visit_student": "term_id student_id visit_id met",
    "concern": "college_id building_id counselor_id raised responded resolved confirmed",
    "support_need": "term_id student_id category",
}
CLOCKS = {
    ("visit", "starts"),
    ("visit", "ends"),
    *(("method_setting", f"{name}_starts") for name in ("noon", "afternoon", "evening")),
}
DAYS = {
    *("starts", "ends", "teaching_starts", "opened", "closed", "day"),
    *("raised", "responded", "resolved", "confirmed"),
}
Row = dict[str, Any]
Count = tuple[int, int]
ALWAYS, NEVER = date.min, date.max


@dataclass(frozen=True)
class Who:
    """Everybody, or those of one college, building or counselor."""

    college: str = ""
    building: str = ""
    counselor: str = ""


@dataclass(frozen=True)
class Meeting:
    """A student met on a day, in which way; `own` is true where their own counselor did, or the
    one of their building."""

    day: date
    how: str
    own: bool


@dataclass(frozen=True)
class Week:
    """A teaching week: its first and last day within the term."""

    number: int
    first: date
    last: date


@dataclass(frozen=True)
class Ledgers:
    """Every row that 44023 depends on, by table."""

    rows: dict[str, list[Row]]

    @classmethod
    def read(cls, conn: Connection) -> "Ledgers":
        """All of it, by one plain SELECT a table."""
        schema = "" if conn.dialect.name == "sqlite" else "campus."
        return cls({name: _read(conn, schema, name) for name in TABLES})

    @cached_property
    def terms(self) -> dict[str, Row]:
        return {term["id"]: term for term in self.rows["term"]}

    @cached_property
    def visits(self) -> dict[int, Row]:
        return {visit["id"]: visit for visit in self.rows["visit"]}

    @cached_property
    def building_of(self) -> dict[str, str]:
        return {room["id"]: room["building_id"] for room in self.rows["room"]}

    @cached_property
    def free(self) -> set[date]:
        """Every day of every holiday."""
        return {
            holiday["starts"] + timedelta(days=n)
            for holiday in self.rows["holiday"]
            for n in range((holiday["ends"] - holiday["starts"]).days + 1)
        }

    @cached_property
    def slices(self) -> dict[str, dict[str, list[Row]]]:
        """Enrolment by term and student, each row with its building."""
        found: dict[str, dict[str, list[Row]]] = {}
        for row in self.rows["enrolment"]:
            placed = {**row, "building_id": self.building_of.get(row["room_id"])}
            of_term = found.setdefault(row["term_id"], {})
            of_term.setdefault(row["student_id"], []).append(placed)
        return found

    def slice_on(self, term: str, student: str, day: date) -> Row | None:
        """Where a student belonged on a day."""
        mine = self.slices[term].get(student, ())
        return next((row for row in mine if _holds(row, day)), None)

    @cached_property
    def meetings(self) -> dict[str, dict[str, list[Meeting]]]:
        """By term and student, of the days of the term."""
        found: dict[str, dict[str, list[Meeting]]] = {}
        for row in self.rows["visit_student"]:
            visit, term = self.visits[row["visit_id"]], self.terms[row["term_id"]]
            if term["starts"] <= visit["day"] <= term["ends"]:
                there = self.slice_on(term["id"], row["student_id"], visit["day"])
                meeting = Meeting(visit["day"], row["met"], self.is_own(visit, there))
                of_term = found.setdefault(term["id"], {})
                of_term.setdefault(row["student_id"], []).append(meeting)
        return found

    def is_own(self, visit: Row, there: Row | None) -> bool:
        """Whether a visit was by the counselor of a student who belonged there on its day, or by
        one appointed on that day to the building the student lived in."""
        if there is None:
            return False
        return there["counselor_id"] == visit["counselor_id"] or any(
            post["counselor_id"] == visit["counselor_id"]
            and post["building_id"] == there["building_id"]
            and _holds(post, visit["day"])
            for post in self.rows["counselor_building"]
        )

    @cached_property
    def reached(self) -> dict[str, dict[str, date]]:
        """By term and student, the first day their own came through the room they lived in."""
        rooms: dict[str, list[Row]] = {}
        for row in self.rows["visit_room"]:
            rooms.setdefault(row["room_id"], []).append(self.visits[row["visit_id"]])
        return {term: dict(self._reached(term, rooms)) for term in self.slices}

    def _reached(self, term: str, rooms: dict[str, list[Row]]) -> Iterator[tuple[str, date]]:
        held = self.terms[term]
        for student, mine in self.slices[term].items():
            days = [
                visit["day"]
                for there in mine
                for visit in rooms.get(there["room_id"], ())
                if there["away"] is None
                and held["starts"] <= visit["day"] <= held["ends"]
                and _holds(there, visit["day"])
                and self.is_own(visit, there)
            ]
            if days:
                yield student, min(days)

    def setting(self, term: str, name: str, usual: Any) -> Any:
        """What the university set for a term, or the usual."""
        found = [row[name] for row in self.rows["method_setting"] if row["term_id"] == term]
        return usual if not found or found[0] is None else found[0]

    def weeks(self, term: str) -> list[Week]:
        """Weeks of teaching with at least one day of it."""
        held = self.terms[term]
        monday = held["teaching_starts"] - timedelta(days=held["teaching_starts"].weekday())
        found = []
        for number in range(1, held["teaching_weeks"] + 1):
            days = [monday + timedelta(days=7 * (number - 1) + n) for n in range(7)]
            days = [d for d in days if held["starts"] <= d <= held["ends"]]
            if any(d >= held["teaching_starts"] and self.works(d) for d in days):
                found.append(Week(number, days[0], days[-1]))
        return found

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.free

    def limit(self, term: str, raised: date) -> date:
        """The last day on which a first answer is in time."""
        left, day = self.setting(term, "response_days", 3), raised
        while left:
            day += timedelta(days=1)
            left -= self.works(day)
        return day

    def present(self, term: str, day: date, who: Who) -> list[Row]:
        """Enrolment in force on a day of those not away."""
        if (term, day) not in self._present:
            every = (there for mine in self.slices[term].values() for there in mine)
            here = [row for row in every if _holds(row, day) and row["away"] is None]
            self._present[term, day] = here
        return [row for row in self._present[term, day] if _is(row, who)]

    @cached_property
    def _present(self) -> dict[tuple[str, date], list[Row]]:
        return {}  # asked for again and again: for every college, building and counselor

    @cached_property
    def last(self) -> dict[tuple[str, date], dict[str, date]]:
        """What `last_contact` found."""
        return {}

    def asked(self, term: str, who: Who, *, students: bool) -> list[Row]:
        """Counselors with students in the term; or with a building, unless `students` is asked."""
        held = self.terms[term]
        found = {
            there["counselor_id"]
            for mine in self.slices[term].values()
            for there in mine
            if there["away"] is None
        }
        if not students:
            found |= {
                post["counselor_id"]
                for post in self.rows["counselor_building"]
                if post["starts"] <= held["ends"] and (post["ends"] or NEVER) >= held["starts"]
            }
        return [
            counselor
            for counselor in self.rows["counselor"]
            if counselor["id"] in found
            and who.college in ("", counselor["college_id"])
            and who.counselor in ("", counselor["id"])
        ]

    @cached_property
    def visits_of(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for visit in self.rows["visit"]:
            found.setdefault(visit["counselor_id"], []).append(visit)
        return found

    def period(self, term: str, visit: Row) -> int | None:
        """0 to 3: the period a visit began in; None where that is not known."""
        if visit["starts"] is None:
            return None
        edges = (
            self.setting(term, "noon_starts", time(12)),
            self.setting(term, "afternoon_starts", time(14)),
            self.setting(term, "evening_starts", time(18)),
        )
        return sum(visit["starts"] >= edge for edge in edges)

    def long(self, term: str, visit: Row) -> bool:
        """Whether a visit lasted as long as asked, perhaps over midnight."""
        if visit["starts"] is None or visit["ends"] is None:
            return False
        began, ended = (_minute(visit[name]) for name in ("starts", "ends"))
        evening = self.setting(term, "evening_starts", time(18))
        if ended < began and visit["starts"] >= evening and visit["ends"] < time(6):
            ended += 24 * 60
        return ended >= began and ended - began >= self.setting(term, "minutes", 40)


Metric = Callable[[Ledgers, str, date, Who], Count]


def _share(met: Callable[[Meeting], bool]) -> Metric:
    """Of the students present on a day, those with such a meeting up to it."""

    def count(ledgers: Ledgers, term: str, day: date, who: Who) -> Count:
        here = ledgers.present(term, day, who)
        known = ledgers.meetings.get(term, {})
        found = [
            any(met(m) and m.day <= day for m in known.get(there["student_id"], ()))
            for there in here
        ]
        return sum(found), len(found)

    return count


student_coverage = _share(lambda m: m.own)
student_coverage_any = _share(lambda _: True)
met_in_talk = _share(lambda m: m.own and m.how == "谈话")
met_present = _share(lambda m: m.own and m.how == "在寝")
met_in_class = _share(lambda m: m.own and m.how == "随堂")


def room_reached(ledgers: Ledgers, term: str, day: date, who: Who) -> Count:
    """Students present whose own counselor has come through their room."""
    here = ledgers.present(term, day, who)
    first = ledgers.reached[term]
    return sum(first.get(there["student_id"], NEVER) <= day for there in here), len(here)


def last_contact(ledgers: Ledgers, term: str, day: date) -> dict[str, date]:
    """The last day in the term, up to a day, on which a student was met by their own."""
    if (term, day) not in ledgers.last:
        found = ledgers.last[term, day] = {}
        for student, meetings in ledgers.meetings.get(term, {}).items():
            days = [m.day for m in meetings if m.own and m.day <= day]
            if days:
                found[student] = max(days)
    return ledgers.last[term, day]


def slot_coverage(ledgers: Ledgers, term: str, day: date, who: Who) -> Count:
    """Four periods for each week that has ended and each counselor in office all of it."""
    made = due = 0
    for counselor, week in _ended(ledgers, term, day, ledgers.asked(term, who, students=False)):
        found = {
            ledgers.period(term, visit)
            for visit in _within(ledgers, counselor, week)
            if ledgers.long(term, visit)
        }
        made += len(found - {None})
        due += 4
    return made, due


def field_coverage(ledgers: Ledgers, term: str, day: date, who: Who) -> Count:
    """Weeks of counselors with students that saw both an apartment and a class or laboratory."""
    made = due = 0
    for counselor, week in _ended(ledgers, term, day, ledgers.asked(term, who, students=True)):
        venues = {visit["venue"] for visit in _within(ledgers, counselor, week)}
        made += "公寓" in venues and bool(venues & {"课堂", "实验室"})
        due += 1
    return made, due


def _ended(
    ledgers: Ledgers, term: str, day: date, counselors: list[Row]
) -> Iterator[tuple[Row, Week]]:
    for week in ledgers.weeks(term):
        if week.last <= day:
            for counselor in counselors:
                starts, ends = counselor["starts"] or ALWAYS, counselor["ends"] or NEVER
                if starts <= week.first and ends >= week.last:
                    yield counselor, week


def _within(ledgers: Ledgers, counselor: Row, week: Week) -> Iterator[Row]:
    for visit in ledgers.visits_of.get(counselor["id"], ()):
        if week.first <= visit["day"] <= week.last:
            yield visit


def node_coverage(ledgers: Ledgers, term: str, day: date, who: Who) -> Count:
    """Pairs of a residential building in use and a key date begun, with an apartment visit."""
    made = due = 0
    homes = [b for b in ledgers.rows["building"] if b["residential"]]
    for node in ledgers.rows["key_node"]:
        for building in homes if node["term_id"] == term else ():
            since = max(node["starts"], building["opened"] or ALWAYS)
            in_use = since <= node["ends"] and (building["closed"] or NEVER) >= since
            if in_use and since <= day and who.building in ("", building["id"]):
                due += 1
                made += any(
                    visit["building_id"] == building["id"]
                    and visit["venue"] == "公寓"
                    and since <= visit["day"] <= min(node["ends"], day)
                    for visit in ledgers.rows["visit"]
                )
    return made, due


def response_in_time(ledgers: Ledgers, term: str, day: date, who: Who) -> Count:
    """Concerns of the term whose limit has passed. An answer that is not on record was given by
    the day of a later step."""
    past = [
        (concern, limit)
        for concern in _raised(ledgers, term, day, who)
        if (limit := ledgers.limit(term, concern["raised"])) < day
    ]
    steps = ("responded", "resolved", "confirmed")
    kept = [min(c[step] or NEVER for step in steps) <= limit for c, limit in past]
    return sum(kept), len(kept)


def closed_loop(ledgers: Ledgers, term: str, day: date, who: Who) -> Count:
    """Concerns raised in the term so far, and confirmed."""
    closed = [(c["confirmed"] or NEVER) <= day for c in _raised(ledgers, term, day, who)]
    return sum(closed), len(closed)


def _raised(ledgers: Ledgers, term: str, day: date, who: Who) -> list[Row]:
    starts = ledgers.terms[term]["starts"]
    return [c for c in ledgers.rows["concern"] if starts <= c["raised"] <= day and _is(c, who)]


def key_group_contact(
    ledgers: Ledgers, term: str, day: date, who: Who, category: str = ""
) -> Count:
    """Students present with a need (of one category), met by their own."""
    needy = {
        need["student_id"]
        for need in ledgers.rows["support_need"]
        if need["term_id"] == term and category in ("", need["category"])
    }
    last = last_contact(ledgers, term, day)
    here = [r for r in ledgers.present(term, day, who) if r["student_id"] in needy]
    return sum(row["student_id"] in last for row in here), len(here)


OF_STUDENTS: dict[str, Metric] = {
    "student_coverage": student_coverage,
    "student_coverage_any": student_coverage_any,
    "talk": met_in_talk,
    "present": met_present,
    "class": met_in_class,
    "room": room_reached,
}
"""By college, building and counselor."""


def _is(row: Row, who: Who) -> bool:
    return (
        who.college in ("", row["college_id"])
        and who.building in ("", row["building_id"])
        and who.counselor in ("", row["counselor_id"])
    )


def _holds(row: Row, day: date) -> bool:
    """Ledger dates include the last day; none means it still holds."""
    return bool(row["starts"] <= day <= (row["ends"] or NEVER))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _read(conn: Connection, schema: str, table: str) -> list[Row]:
    columns = TABLES[table].split()
    rows = conn.execute(text(f"SELECT {', '.join(columns)} FROM {schema}{table}"))  # noqa: S608
    return [{c: _value(table, c, value) for c, value in row._mapping.items()} for row in rows]


def _value(table: str, column: str, value: Any) -> Any:
    """SQLite keeps dates and times as text."""
    if not isinstance(value, str):
        return value
    if (table, column) in CLOCKS:
        return time.fromisoformat(value)
    return date.fromisoformat(value) if column in DAYS else value

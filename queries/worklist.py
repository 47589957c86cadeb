"""智能推荐: next week's visits for a counselor, a college or a building, as rows to walk by.

What a plan is made from is read here; `queries/plan.py` finds it. Students and rooms are those the
viewer may see one by one: whoever sees only totals gets no plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, and_, func, or_, select

from data.access.viewer import COUNSELOR, Viewer
from data.errors import InvalidFilter
from data.locale.translate import t
from data.models.contact import ConcernStage, NodeCoverage, StudentContact
from data.models.people import Counselor, CounselorBuilding, Student
from data.models.place import Building, Floor, Room
from data.models.time import KeyNode
from data.summaries.method import PERIODS, Method, method_of
from data.summaries.weeks import weeks_of
from queries.contact_slice import appointed, concerns, nodes, students
from queries.filters import Filters
from queries.places import floor_name
from queries.plan import NOBODY_LEFT, Plan, Visit, solve
from queries.plan_instance import (
    ROOMS_PER_VISIT,
    Concern,
    Instance,
    KeyDate,
    Rules,
    Slot,
    Unmet,
    Walker,
)
from queries.plan_instance import Room as PlanRoom
from queries.students_met import count_of, met_by, not_yet_met
from queries.unmet import day_of, last_contact, names_shown

CONTACT = StudentContact
MOST_WEEKS, MOST_VISITS, MOST_ROOMS = 4, 20, 20
EVERY_PERIOD = PERIODS
NO_CHOICE = "no_choice"
"""No counselor, college or building is chosen: a plan for everybody is nobody's."""
COLUMNS = ["visit", "week", "day", "period", "starts", "ends", "counselor_id", "counselor"]
COLUMNS += ["building_id", "building", "floor_id", "floor", "room_id", "room", "class_name"]
COLUMNS += ["students", "names", "last", "adds", "concerns", "key_dates", "numerator"]
COLUMNS += ["denominator", "before", "unmet", "unreachable", "best", "greedy", "bound"]
COLUMNS += ["optimal", "reason"]


@dataclass(frozen=True)
class Wish:
    """What whoever plans can change, from the address: weeks, visits a week, rooms a visit, the
    periods to go in, and whether every week should reach both fields."""

    weeks: int
    visits: int
    rooms: int
    periods: tuple[str, ...]
    both_fields: bool

    @classmethod
    def of(cls, filters: Filters) -> "Wish":
        """The wish of a slice; InvalidFilter says which part cannot be."""
        chosen = tuple(filters.periods.split(",")) if filters.periods else PERIODS
        if set(chosen) - set(PERIODS):
            raise InvalidFilter(
                t("时段只有上午、中午、下午、晚上，没有：{value}", value=filters.periods)
            )
        return cls(
            _number(filters.weeks, 1, MOST_WEEKS),
            _number(filters.visits, 5, MOST_VISITS),
            _number(filters.rooms, ROOMS_PER_VISIT, MOST_ROOMS),
            tuple(name for name in PERIODS if name in chosen),
            filters.both != "no",
        )


def _number(text: str, usual: int, most: int) -> int:
    if not text:
        return usual
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise InvalidFilter(
            t("请填 1 到 {most} 之间的整数，现在是：{value}", most=most, value=text)
        )
    return int(text)


def worklist(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per visit and room (or class), in the order to walk: `visit, week, day, period,
    starts, ends, counselor_id, counselor, building_id, building, floor_id, floor, room_id, room,
    class_name, students, names, last, adds, concerns, key_dates, numerator, denominator, before,
    unmet, unreachable, best, greedy, bound, optimal, reason`.

    `students` are those a row meets first, `last` when the longest not met of them was met last;
    `numerator` of `denominator` students are met once the visit is kept, `before` are met already.
    `names` only where one may know them. A plan without visits has one row that says its `reason`.
    """
    wish = Wish.of(filters)
    total, met = _standing(conn, filters, viewer)
    if not total:
        return pd.DataFrame([], columns=COLUMNS)
    if not _chosen(filters, viewer):
        return _alone(NO_CHOICE)
    unmet = conn.execute(_unmet(filters, viewer)).all()
    instance = _instance(conn, filters, viewer, unmet, wish)
    if not (instance.students or instance.concerns):
        return _alone(NOBODY_LEFT)
    plan = solve(instance)
    if not plan.visits:
        return _alone(plan.reason)
    return _rows(conn, filters, viewer, plan, unmet).assign(
        numerator=lambda df: met + df["covered"],
        denominator=total,
        before=met,
        unmet=plan.unmet,
        unreachable=len(plan.unreachable),
        best=plan.value.students,
        greedy=plan.greedy.students,
        bound=plan.bound,
        optimal=plan.optimal,
        reason="",
    )[COLUMNS]


def _chosen(filters: Filters, viewer: Viewer) -> bool:
    own = viewer.role == COUNSELOR
    return bool(own or filters.counselor or filters.college or filters.building)


def _alone(reason: str) -> pd.DataFrame:
    """A frame that only says why there is no plan."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS) | {"visit": 0, "reason": reason}
    blank = ("building_id", "floor_id", "room_id", "building", "floor", "room", "class_name")
    return pd.DataFrame([row | dict.fromkeys(blank, "")], columns=COLUMNS)


def _standing(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[int, int]:
    """Students of the slice whom the viewer may see, and how many of them are met."""
    met = count_of(met_by(CONTACT.first_own, filters))
    stmt = select(func.count(), met).where(*_seen(filters, viewer))
    total, done = conn.execute(stmt).one()
    return total, done


def _seen(filters: Filters, viewer: Viewer) -> list[Any]:
    return [*students(filters, viewer), viewer.sees_enrolment(CONTACT)]


def _unmet(filters: Filters, viewer: Viewer) -> Any:
    """Students to be met: where they live and learn, when they were last met."""
    return (
        select(
            CONTACT.student_id,
            CONTACT.counselor_id,
            CONTACT.building_id,
            CONTACT.floor_id,
            CONTACT.room_id,
            CONTACT.class_name,
            Room.code,
            Student.name,
            last_contact(filters).label("last"),
        )
        .join(Student, Student.id == CONTACT.student_id)
        .outerjoin(Room, Room.id == CONTACT.room_id)
        .where(*_seen(filters, viewer), not_yet_met(filters))
        .order_by(CONTACT.student_id)
    )


def _instance(
    conn: Connection, filters: Filters, viewer: Viewer, unmet: Iterable[Row[Any]], wish: Wish
) -> Instance:
    begins = filters.as_of + timedelta(days=7 - filters.as_of.weekday())
    until = begins + timedelta(weeks=wish.weeks)
    slots = _slots(conn, filters, begins, until, wish)
    people = list(unmet)
    served = _serving(conn, filters, {row.building_id for row in people if row.building_id})
    waiting = tuple(_concerns(conn, filters, viewer))
    names = {row.counselor_id for row in people} | {c.counselor for c in waiting}
    who = _who(filters, viewer, names - {""}, served)
    return Instance(
        begins,
        tuple(Walker(name, slots, frozenset(served.get(name, ())), wish.visits) for name in who),
        tuple(
            {
                row.room_id: PlanRoom(row.room_id, row.code, row.floor_id, row.building_id)
                for row in people
                if row.room_id
            }.values()
        ),
        tuple(_student(row, filters) for row in people),
        waiting,
        tuple(_key_dates(conn, filters, viewer, begins, until)),
        Rules(
            rooms_per_visit=wish.rooms,
            both_fields=wish.both_fields and not filters.building,
        ),
    )


def _student(row: Row[Any], filters: Filters) -> Unmet:
    last = day_of(row.last)
    days = None if last is None else (filters.as_of - last).days
    group = "" if filters.building else row.class_name  # a building's plan stays in the building
    return Unmet(row.student_id, row.counselor_id, row.room_id, group, days)


def _slots(
    conn: Connection, filters: Filters, begins: date, until: date, wish: Wish
) -> tuple[Slot, ...]:
    """The chosen periods of every teaching day of the coming weeks."""
    method = method_of(conn, filters.term)
    days = [d for week in weeks_of(conn, filters.term) for d in week.teaching_days]
    return tuple(
        Slot(day, *_times(name, method), name)
        for day in days
        if begins <= day < until
        for name in wish.periods
    )


def _times(period: str, method: Method) -> tuple[time, time]:
    """A usual time for a visit in each period, as long as the term asks."""
    begins = {
        PERIODS[0]: _later(method.noon_starts, -120),
        PERIODS[1]: _later(method.noon_starts, 30),
        PERIODS[2]: _later(method.evening_starts, -90),
        PERIODS[3]: _later(method.evening_starts, 60),
    }[period]
    return begins, _later(begins, method.minutes)


def _later(moment: time, minutes: int) -> time:
    return (
        datetime.combine(date.min + timedelta(days=1), moment) + timedelta(minutes=minutes)
    ).time()


def _serving(conn: Connection, filters: Filters, buildings: set[str]) -> dict[str, set[str]]:
    """Building counselors in office on the day, and their buildings among these."""
    post = CounselorBuilding
    stmt = select(post.counselor_id, post.building_id).where(
        appointed(filters), post.building_id.in_(sorted(buildings))
    )
    found: dict[str, set[str]] = {}
    for counselor, building in conn.execute(stmt):
        found.setdefault(counselor, set()).add(building)
    return found


def _who(
    filters: Filters, viewer: Viewer, names: set[str], served: dict[str, set[str]]
) -> list[str]:
    """Who goes: one counselor, or those of the students and concerns; building counselors where a
    building is planned, or where they plan for themselves."""
    one = filters.counselor or (viewer.counselor if viewer.role == COUNSELOR else "")
    return [one] if one else sorted(names | (set(served) if filters.building else set()))


def _concerns(conn: Connection, filters: Filters, viewer: Viewer) -> Iterable[Concern]:
    """Concerns of the slice that are not resolved."""
    stage = ConcernStage
    lives = and_(
        CONTACT.build == stage.build,
        CONTACT.student_id == stage.student_id,
        CONTACT.starts <= filters.as_of,
        CONTACT.until > filters.as_of,
    )
    stmt = (
        select(
            stage.concern_id,
            stage.counselor_id,
            stage.building_id,
            func.coalesce(CONTACT.room_id, "").label("room_id"),
            func.coalesce(CONTACT.class_name, "").label("class_name"),
        )
        .outerjoin(CONTACT, lives)
        .where(
            *concerns(filters, viewer),
            viewer.sees_case(stage),
            or_(stage.resolved.is_(None), stage.resolved > filters.as_of),
        )
        .order_by(stage.concern_id)
    )
    for row in conn.execute(stmt):
        yield Concern(
            str(row.concern_id),
            row.counselor_id,
            row.building_id,
            row.room_id,
            "" if filters.building else row.class_name,
        )


def _key_dates(
    conn: Connection, filters: Filters, viewer: Viewer, begins: date, until: date
) -> Iterable[KeyDate]:
    """Pairs of the slice without a visit so far whose window meets the weeks planned."""
    pair = NodeCoverage
    stmt = select(pair.node_id, pair.building_id, pair.due, pair.ends).where(
        *nodes(filters, viewer),
        pair.due < until,
        pair.ends >= begins,
        or_(pair.first_visit.is_(None), pair.first_visit > filters.as_of),
    )
    for row in conn.execute(stmt.order_by(pair.node_id, pair.building_id)):
        yield KeyDate(f"{row.node_id}|{row.building_id}", row.building_id, row.due, row.ends)


def _rows(
    conn: Connection, filters: Filters, viewer: Viewer, plan: Plan, unmet: Iterable[Row[Any]]
) -> pd.DataFrame:
    """The visits of a plan in words, a row for each room."""
    people = {row.student_id: row for row in unmet}
    words = _Words(conn, plan)
    named = names_shown(filters, viewer)
    rows: list[dict[str, Any]] = []
    for number, visit in enumerate(plan.visits, start=1):
        said = words.visit(visit) | {"visit": number, "covered": visit.covered}
        left = [people[name] for name in visit.adds]
        for room in visit.rooms or ("",):
            here = [row for row in left if not room or row.room_id == room]
            lasts = [day_of(row.last) for row in here]
            rows.append(
                said
                | {
                    "room_id": room,
                    "room": words.rooms.get(room, ""),
                    "students": len(here),
                    "names": "、".join(row.name or row.student_id for row in here) if named else "",
                    "last": None if None in lasts or not lasts else min(lasts),  # type: ignore[type-var]
                    "adds": len(visit.adds),
                }
            )
    return pd.DataFrame(rows)


class _Words:
    """Names of what a plan speaks of by id."""

    def __init__(self, conn: Connection, plan: Plan) -> None:
        def named(column: Any, name: Any, ids: set[str]) -> dict[str, str]:
            rows = conn.execute(select(column, name).where(column.in_(sorted(ids))))
            return dict(list(map(tuple, rows)))

        visits = plan.visits
        self.counselors = named(Counselor.id, Counselor.name, {v.walker for v in visits})
        self.buildings = named(Building.id, Building.name, {v.building for v in visits})
        self.floors = named(Floor.id, floor_name(), {v.floor for v in visits})
        self.rooms = named(Room.id, Room.code, {room for v in visits for room in v.rooms})
        dates = {key.split("|")[0] for v in visits for key in v.key_dates}
        self.nodes = named(KeyNode.id, KeyNode.name, dates)

    def visit(self, visit: Visit) -> dict[str, Any]:
        """A visit without its rooms."""
        slot = visit.slot
        return {
            "week": visit.week,
            "day": slot.day,
            "period": slot.period,
            "starts": f"{slot.starts:%H:%M}",
            "ends": f"{slot.ends:%H:%M}",
            "counselor_id": visit.walker,
            "counselor": self.counselors.get(visit.walker, visit.walker),
            "building_id": visit.building,
            "building": self.buildings.get(visit.building, ""),
            "floor_id": visit.floor,
            "floor": self.floors.get(visit.floor, ""),
            "class_name": visit.class_name,
            "concerns": len(visit.concerns),
            "key_dates": "、".join(self.nodes[key.split("|")[0]] for key in visit.key_dates),
        }

"""The ledgers of the corpus: which fields each has, and rows that are right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from data.models.activity import FIELDS, THEMES
from data.models.forces import CARRIERS, ENGAGED, MET
from data.models.party import FIVE_LEADS
from data.models.people import POLITICAL_STATUSES
from data.models.service import CHANNELS, SPACE_FUNCTIONS
from tests import world
from tests.data.ledger.corpus import fields
from tests.data.ledger.corpus.campus import (
    ACTIVITIES,
    BUILDINGS,
    CLUSTERS,
    COLLEGES,
    COUNSELORS,
    FLOORS,
    NOT_ENROLLED,
    ROOMS,
    STUDENTS,
    TERMS,
    VISITS,
    WORKSTATIONS,
)
from tests.data.ledger.corpus.fields import Field, Row, plain, reference

Draw = Callable[[Random, int], Row]


@dataclass(frozen=True)
class Spec:
    """One ledger: its fields, how a right row is drawn, and what makes a row a second one."""

    table: str
    fields: tuple[Field, ...]
    draw: Draw
    most: int = 25
    order: tuple[str, str] | None = None  # columns that must not be the wrong way round
    derived: tuple[str, ...] = ()  # what is filled in when the file leaves it out

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of its key, where the file gives them all."""
        table = fields.of(self.table, next(iter(self.fields)).columns[0]).table
        return tuple(column.name for column in table.primary_key.columns)


def _day(rng: Random) -> date:
    return date(2026, 9, 8) + timedelta(days=rng.randrange(70))


def _one(rng: Random, of: Any) -> Any:
    return rng.choice(list(of))


def _maybe(rng: Random, value: Any) -> Any:
    return value if rng.random() < 0.7 else None


def _building(rng: Random, n: int) -> Row:
    return {
        "id": f"T{n + 1:02}",
        "cluster_id": _one(rng, CLUSTERS),
        "name": f"新苑{n + 21}号楼",
        "residents": _one(rng, ("本科生", "研究生", "混合")),
        "residential": rng.random() < 0.9,
        "opened": _maybe(rng, date(2010 + n % 10, 9, 1)),
        "longitude": _maybe(rng, round(117 + rng.random(), 6)),
        "latitude": _maybe(rng, round(34 + rng.random(), 6)),
    }


def _floor(rng: Random, n: int) -> Row:
    building = _one(rng, BUILDINGS)
    return {
        "id": f"{building}N{n + 11}",
        "building_id": building,
        "wing": rng.choice(("", "东", "西")),
        "level": n + 11,
        "residential": rng.random() < 0.9,
        "organisation_required": rng.random() < 0.9,
    }


def _room(rng: Random, n: int) -> Row:
    floor = _one(rng, FLOORS)
    return {
        "id": f"new-{n + 1}",
        "building_id": FLOORS[floor][0],
        "floor_id": _maybe(rng, floor),
        "code": f"{FLOORS[floor][2]}9{n:02}",
        "beds": rng.choice((4, 6, 8)),
    }


def _college(rng: Random, n: int) -> Row:
    return {
        "id": f"c{n + 10}",
        "name": f"第{n + 1}书院",
        "aliases": _maybe(rng, f"书院{n + 1}、{n + 1}院"),
        "starts": _maybe(rng, date(2020, 9, 1)),
        "successor_id": _maybe(rng, _one(rng, COLLEGES)),
    }


def _counselor(rng: Random, n: int) -> Row:
    return {
        "id": f"{6001 + n}",
        "name": f"老师{chr(0x4E00 + 37 * n)}",
        "kind": rng.choice(("学院辅导员", "楼宇辅导员")),
        "employment": rng.choice(("专职", "兼职")),
        "college_id": _maybe(rng, _one(rng, COLLEGES)),
        "starts": _maybe(rng, _day(rng)),
    }


def _student(rng: Random, n: int) -> Row:
    return {
        "id": str(4222020001 + n),
        "name": _maybe(rng, f"新生{chr(0x4E8C + 41 * n)}"),
        "gender": _maybe(rng, rng.choice("男女")),
    }


def _enrolment(rng: Random, n: int) -> Row:
    return {
        "student_id": NOT_ENROLLED[n],
        "term_id": world.AUTUMN,
        "starts": world.AUTUMN_STARTS,
        "college_id": _one(rng, COLLEGES),
        "grade": rng.choice((2023, 2024, 2025, 2026)),
        "degree_level": rng.choice(("本科生", "硕士生", "博士生")),
        "major": _maybe(rng, "采矿工程"),
        "class_name": _maybe(rng, f"采矿{n % 5 + 1}班"),
        "room_id": _maybe(rng, _one(rng, ROOMS)),
        "counselor_id": _maybe(rng, _one(rng, COUNSELORS)),
        "political_status": _one(rng, POLITICAL_STATUSES),
        "away": rng.choice((None,) * 6 + ("实习", "交换")),
    }


def _visit(rng: Random, n: int) -> Row:
    starts = time(rng.randrange(8, 21), rng.choice((0, 15, 30)))
    building = _one(rng, BUILDINGS)
    rooms = [key for key, place in ROOMS.items() if place[0] == building]
    return {
        "counselor_id": _one(rng, COUNSELORS),
        "day": date(2026, 9, 8) + timedelta(days=n),
        "starts": starts,
        "ends": time(starts.hour + 1, rng.choice((5, 45))),
        "venue": "公寓",
        "building_id": building,
        "rooms": tuple(sorted(rng.sample(rooms, rng.randrange(1, 4)))) if rooms else (),
        "topic": _maybe(rng, rng.choice(("安全检查", "谈心谈话", "考前动员,复习"))),
        "entered": _maybe(rng, datetime(2026, 11, 20, 9, 30)),  # noqa: DTZ001 - campus time
    }


def _visit_student(rng: Random, n: int) -> Row:
    return {
        "term_id": world.AUTUMN,
        "student_id": tuple(STUDENTS)[n],
        "visit_id": _one(rng, VISITS),
        "met": _one(rng, MET),
    }


def _concern(rng: Random, n: int) -> Row:
    raised = _day(rng)
    return {
        "student_id": tuple(STUDENTS)[n],
        "building_id": _maybe(rng, _one(rng, BUILDINGS)),
        "college_id": _maybe(rng, _one(rng, COLLEGES)),
        "counselor_id": _maybe(rng, _one(rng, COUNSELORS)),
        "category": rng.choice(("学业", "就业", "经济", "心理", "宿舍")),
        "raised": raised,
        "assigned": _maybe(rng, raised + timedelta(days=1)),
        "resolved": _maybe(rng, raised + timedelta(days=rng.randrange(2, 9))),
    }


def _activity(rng: Random, n: int) -> Row:
    starts = time(rng.randrange(8, 19), rng.choice((0, 30)))
    return {
        "name": f"第{n + 1}届“宿舍文化”节，开幕",
        "day": _day(rng),
        "starts": starts,
        "ends": time(starts.hour + 2, 0),
        "college_id": _maybe(rng, _one(rng, COLLEGES)),
        "theme": _maybe(rng, _one(rng, THEMES)),
        "field": _maybe(rng, _one(rng, FIELDS)),
        "cost": _maybe(rng, rng.choice((1200.0, 88.5, 23456.75))),
        "places": tuple(sorted(rng.sample(sorted(BUILDINGS), rng.randrange(3)))),
    }


def _organisation(rng: Random, n: int) -> Row:
    return {
        "id": f"po{n + 1}",
        "kind": rng.choice(("工作站", "功能型党支部", "党小组", "团支部")),
        "name": f"新苑{n + 1}层党支部",
        "parent_id": _maybe(rng, _one(rng, WORKSTATIONS)),
        "leader_name": _maybe(rng, "赵老师"),
        "founded": _day(rng),
        "closed": None if rng.random() < 0.8 else date(2026, 12, 31),
    }


def _member(rng: Random, n: int) -> Row:
    return {
        "organisation_id": _one(rng, WORKSTATIONS),
        "student_id": tuple(STUDENTS)[n],
        "starts": _day(rng),
        "ends": None if rng.random() < 0.7 else date(2026, 12, 20),
        "duty": _maybe(rng, "宣传委员"),
    }


def _leader(rng: Random, n: int) -> Row:
    return {
        "floor_id": _one(rng, FLOORS),
        "student_id": tuple(STUDENTS)[n],
        "starts": _day(rng),
        "ends": None if rng.random() < 0.7 else date(2026, 12, 20),
    }


def _lead(rng: Random, n: int) -> Row:
    return {
        "student_id": tuple(STUDENTS)[n],
        "lead": _one(rng, FIVE_LEADS),
        "day": _day(rng),
        "summary": _maybe(rng, "帮扶同学\t补课 3 次"),
        "hours": _maybe(rng, rng.choice((0.5, 1.0, 2.5))),
    }


def _award(rng: Random, n: int) -> Row:
    return {
        "name": f"第{n + 1}批文明宿舍",
        "level": rng.choice(("校级", "市级", "省级", "国家级")),
        "day": _day(rng),
        "building_id": _maybe(rng, _one(rng, BUILDINGS)),
        "college_id": _maybe(rng, _one(rng, COLLEGES)),
    }


def _request(rng: Random, n: int) -> Row:
    submitted = datetime(2026, 9, 8 + n % 20, rng.randrange(8, 20), 15)  # noqa: DTZ001
    return {
        "channel": _one(rng, CHANNELS),
        "category": f"报修{n + 1}",
        "building_id": _maybe(rng, _one(rng, BUILDINGS)),
        "submitted": submitted,
        "finished": _maybe(rng, submitted + timedelta(days=1, hours=2)),
        "rating": _maybe(rng, rng.randrange(1, 6)),
    }


def _space(rng: Random, n: int) -> Row:
    return {
        "id": f"sp{n + 1}",
        "building_id": _one(rng, BUILDINGS),
        "name": f"学习室{n + 1}",
        "function": _one(rng, SPACE_FUNCTIONS),
        "area": _maybe(rng, 30.5 + n),
        "seats": _maybe(rng, 12 + n),
        "opened": _maybe(rng, _day(rng)),
    }


def _engagement(rng: Random, n: int) -> Row:
    return {
        "carrier": _one(rng, CARRIERS),
        "person_kind": _one(rng, ENGAGED),
        "person_code": f"E{n + 1:03}",
        "college_id": _maybe(rng, _one(rng, COLLEGES)),
        "building_id": _one(rng, BUILDINGS),
        "day": _day(rng),
        "hours": _maybe(rng, rng.choice((1.0, 1.5))),
        "attended": _maybe(rng, rng.randrange(3, 80)),
    }


def _feedback(rng: Random, n: int) -> Row:
    return {
        "activity_id": _one(rng, ACTIVITIES),
        "student_id": tuple(STUDENTS)[n],
        "score": rng.randrange(1, 6),
        "submitted": _maybe(rng, datetime(2026, 11, 2, 10, n)),  # noqa: DTZ001 - campus time
    }


def _need(rng: Random, n: int) -> Row:
    return {
        "student_id": tuple(STUDENTS)[n],
        "term_id": _one(rng, TERMS),
        "category": rng.choice(("学业困难", "就业困难", "经济困难", "心理困惑")),
    }


def _holiday(rng: Random, n: int) -> Row:
    starts = _day(rng)
    return {
        "term_id": world.AUTUMN,
        "name": f"节日{n + 1}",
        "starts": starts,
        "ends": starts + timedelta(days=rng.randrange(3)),
    }


def drawn(spec: "Spec", rng: Random, n: int) -> Row:
    """A right row of a ledger, with what stands beside its columns."""
    row = spec.draw(rng, n)
    return {**row, "student_name": row["student_id"]} if "student_id" in row else row


def _plains(table: str, names: str, events: str = "") -> tuple[Field, ...]:
    return tuple(plain(table, name, event=name in events.split()) for name in names.split())


BUILDING, COLLEGE = fields.building(), fields.college("学院编号", "学院名称", "学院", "所在学院")
STUDENT, COUNSELOR = fields.student(), fields.counselor("工号", "辅导员姓名", "辅导员", "走访人")
TAKEN_UP = fields.counselor("承办辅导员工号", "承办辅导员", "承办辅导员姓名")
IN_CHARGE = fields.counselor("辅导员工号", "辅导员姓名", "辅导员")
HOST = fields.college("主办学院编号", "主办学院", "主办学院名称")
OWN = fields.college("所在学院编号", "所在学院", "所在学院名称")
PARENT = fields.workstation("上级组织编号", "上级组织", "上级组织名称")
STATION = fields.workstation("工作站编号", "工作站", "工作站名称")

SPECS = (
    Spec(
        "building",
        (
            *_plains("building", "id name residents residential opened longitude latitude"),
            reference("building", "cluster_id", *fields.cluster()),
        ),
        _building,
    ),
    Spec(
        "floor",
        (
            *_plains("floor", "id wing level residential organisation_required"),
            reference("floor", "building_id", *BUILDING),
        ),
        _floor,
    ),
    Spec(
        "room",
        (
            *_plains("room", "id code beds"),
            reference("room", "building_id", *BUILDING),
            reference("room", "floor_id", fields.floor()[0]),
        ),
        _room,
    ),
    Spec(
        "college",
        (
            *_plains("college", "id name aliases starts"),
            reference("college", "successor_id", fields.college("承接学院编号")[0]),
        ),
        _college,
    ),
    Spec(
        "counselor",
        (
            *_plains("counselor", "id name kind employment starts"),
            reference("counselor", "college_id", *COLLEGE),
        ),
        _counselor,
    ),
    Spec("student", _plains("student", "id name gender"), _student),
    Spec(
        "enrolment",
        (
            reference("enrolment", "student_id", *STUDENT),
            reference("enrolment", "term_id", *fields.term()),
            *_plains(
                "enrolment", "starts grade degree_level major class_name political_status away"
            ),
            reference("enrolment", "college_id", *COLLEGE),
            reference("enrolment", "room_id", *fields.room()),
            reference("enrolment", "counselor_id", *IN_CHARGE),
        ),
        _enrolment,
        most=20,
        derived=("starts",),
    ),
    Spec(
        "visit",
        (
            reference("visit", "counselor_id", *COUNSELOR),
            plain("visit", "day", event=True),
            fields.times("visit"),
            *_plains("visit", "venue topic entered"),
            reference("visit", "building_id", *BUILDING, optional=False),
            fields.rooms(),
        ),
        _visit,
    ),
    Spec(
        "visit_student",
        (
            reference("visit_student", "term_id", *fields.term(), optional=True),
            reference("visit_student", "student_id", *STUDENT),
            fields.student_name(),
            reference("visit_student", "visit_id", *fields.numbered("走访编号")),
            plain("visit_student", "met"),
        ),
        _visit_student,
        derived=("term_id",),
    ),
    Spec(
        "concern",
        (
            reference("concern", "student_id", *STUDENT, optional=False),
            fields.student_name(),
            reference("concern", "building_id", *BUILDING),
            reference("concern", "college_id", *COLLEGE),
            reference("concern", "counselor_id", *TAKEN_UP),
            *_plains("concern", "category raised assigned resolved", "raised assigned resolved"),
        ),
        _concern,
        order=("raised", "resolved"),
    ),
    Spec(
        "activity",
        (
            plain("activity", "name"),
            plain("activity", "day", event=True),
            fields.times("activity"),
            *_plains("activity", "theme field cost"),
            reference("activity", "college_id", *HOST),
            fields.places(),
        ),
        _activity,
    ),
    Spec(
        "party_organisation",
        (
            *_plains("party_organisation", "id kind name leader_name founded closed"),
            reference("party_organisation", "parent_id", *PARENT),
        ),
        _organisation,
        order=("founded", "closed"),
    ),
    Spec(
        "workstation_member",
        (
            reference("workstation_member", "organisation_id", *STATION),
            reference("workstation_member", "student_id", *STUDENT),
            fields.student_name(),
            *_plains("workstation_member", "starts ends duty"),
        ),
        _member,
        order=("starts", "ends"),
    ),
    Spec(
        "floor_leader",
        (
            reference("floor_leader", "floor_id", *fields.floor()),
            reference("floor_leader", "student_id", *STUDENT),
            fields.student_name(),
            *_plains("floor_leader", "starts ends"),
        ),
        _leader,
        order=("starts", "ends"),
    ),
    Spec(
        "five_lead_entry",
        (
            reference("five_lead_entry", "student_id", *STUDENT),
            fields.student_name(),
            *_plains("five_lead_entry", "lead day summary hours", "day"),
        ),
        _lead,
    ),
    Spec(
        "award",
        (
            *_plains("award", "name level day"),
            reference("award", "building_id", *BUILDING),
            reference("award", "college_id", *COLLEGE),
        ),
        _award,
    ),
    Spec(
        "service_request",
        (
            *_plains("service_request", "channel category submitted finished rating"),
            reference("service_request", "building_id", *BUILDING),
        ),
        _request,
        order=("submitted", "finished"),
    ),
    Spec(
        "space",
        (
            *_plains("space", "id name function area seats opened"),
            reference("space", "building_id", *BUILDING),
        ),
        _space,
    ),
    Spec(
        "engagement",
        (
            *_plains("engagement", "carrier person_kind person_code day hours attended", "day"),
            reference("engagement", "building_id", *BUILDING),
            reference("engagement", "college_id", *OWN),
        ),
        _engagement,
    ),
    Spec(
        "feedback",
        (
            *_plains("feedback", "score submitted"),
            reference("feedback", "activity_id", *fields.numbered("活动编号")),
            reference("feedback", "student_id", *STUDENT, optional=False),
            fields.student_name(),
        ),
        _feedback,
    ),
    Spec(
        "support_need",
        (
            reference("support_need", "student_id", *STUDENT),
            fields.student_name(),
            reference("support_need", "term_id", *fields.term()),
            plain("support_need", "category"),
        ),
        _need,
    ),
    Spec(
        "holiday",
        (
            reference("holiday", "term_id", *fields.term()),
            *_plains("holiday", "name starts ends"),
        ),
        _holiday,
        order=("starts", "ends"),
    ),
)

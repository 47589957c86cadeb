"""A campus without a fault, with at least one row in every table of the contract.

One campus N, cluster P, building A with floor A1, room A11 (2 beds). Students s1 (中共党员) and s2
live in A11 in the spring and the autumn of 2026; s2 moves out on 2026-10-31, s3 moves in the next
day. Workstation w serves A, branch f serves A1; s1 leads the floor and is in charge of A11.
On 2026-10-10 counselor k met s1 in A11, and everybody else's one row hangs on these.

`LOOSE` has the same tables as anybody might declare them: no key, no constraint, everything may be
empty. Only there can a test put what the contract forbids.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Connection, MetaData, String, Table, insert

from data.models.tables import contract_tables

SPRING, AUTUMN = "2025-2026-2", "2026-2027-1"
SPRING_STARTS, AUTUMN_STARTS = date(2026, 3, 2), date(2026, 9, 7)
MOVED = date(2026, 10, 31)
DAY = date(2026, 10, 10)
NOON = datetime(2026, 10, 10, 12, 0)  # noqa: DTZ001 - campus time

ROWS: dict[str, tuple[dict[str, Any], ...]] = {
    "campus": ({"id": "N", "name": "北区"},),
    "cluster": ({"id": "P", "campus_id": "N", "name": "桃苑"},),
    "building": (
        {
            "id": "A",
            "cluster_id": "P",
            "name": "桃苑1号楼",
            "residents": "本科生",
            "residential": True,
            "longitude": 117.1,
            "footprint": {"type": "Polygon", "coordinates": []},
        },
    ),
    "floor": (
        {
            "id": "A1",
            "building_id": "A",
            "wing": "",
            "level": 1,
            "residential": True,
            "organisation_required": True,
        },
    ),
    "room": ({"id": "A11", "building_id": "A", "floor_id": "A1", "code": "101", "beds": 2},),
    "college": ({"id": "X", "name": "矿业工程学院"},),
    "building_lead": ({"building_id": "A", "starts": SPRING_STARTS, "college_id": "X"},),
    "counselor": (
        {"id": "k", "name": "甲", "kind": "学院辅导员", "employment": "专职", "college_id": "X"},
    ),
    "counselor_building": ({"counselor_id": "k", "building_id": "A", "starts": SPRING_STARTS},),
    "student": ({"id": "s1", "gender": "男"}, {"id": "s2"}, {"id": "s3"}),
    "term": (
        {
            "id": SPRING,
            "name": "2026春",
            "academic_year": "2025-2026",
            "starts": SPRING_STARTS,
            "ends": date(2026, 7, 5),
            "teaching_starts": SPRING_STARTS,
            "teaching_weeks": 18,
        },
        {
            "id": AUTUMN,
            "name": "2026秋",
            "academic_year": "2026-2027",
            "starts": AUTUMN_STARTS,
            "ends": date(2027, 1, 17),
            "teaching_starts": AUTUMN_STARTS,
            "teaching_weeks": 19,
        },
    ),
    "holiday": (
        {
            "term_id": AUTUMN,
            "name": "国庆",
            "starts": date(2026, 10, 1),
            "ends": date(2026, 10, 7),
        },
    ),
    "key_node": (
        {
            "id": "n",
            "term_id": AUTUMN,
            "name": "开学",
            "kind": "开学",
            "starts": AUTUMN_STARTS,
            "ends": date(2026, 9, 20),
        },
    ),
    "method_setting": ({"term_id": AUTUMN, "evening_starts": time(18), "slot_target": 0.8},),
    "enrolment": tuple(
        {
            "student_id": student,
            "term_id": term,
            "starts": starts,
            "ends": ends,
            "college_id": "X",
            "grade": 2024,
            "degree_level": "本科生",
            "room_id": "A11",
            "counselor_id": "k",
            "political_status": "中共党员" if student == "s1" else "共青团员",
            "away": None,
        }
        for student, term, starts, ends in (
            ("s1", SPRING, SPRING_STARTS, None),
            ("s1", AUTUMN, AUTUMN_STARTS, None),
            ("s2", SPRING, SPRING_STARTS, date(2026, 7, 5)),
            ("s2", AUTUMN, AUTUMN_STARTS, MOVED),
            ("s3", AUTUMN, date(2026, 11, 1), None),
        )
    ),
    "party_organisation": (
        {"id": "w", "kind": "工作站", "name": "桃1工作站", "founded": SPRING_STARTS},
        {
            "id": "f",
            "kind": "功能型党支部",
            "name": "桃1一层党支部",
            "parent_id": "w",
            "founded": SPRING_STARTS,
        },
    ),
    "party_organisation_scope": (
        {"id": 1, "organisation_id": "w", "building_id": "A", "starts": SPRING_STARTS},
        {"id": 2, "organisation_id": "f", "floor_id": "A1", "starts": SPRING_STARTS},
    ),
    "joint_studio_college": ({"organisation_id": "f", "college_id": "X", "starts": DAY},),
    "workstation_member": ({"organisation_id": "w", "student_id": "s1", "starts": DAY},),
    "floor_leader": ({"floor_id": "A1", "student_id": "s1", "starts": DAY},),
    "responsibility_area": ({"id": "r", "building_id": "A", "name": "责任区"},),
    "responsibility_area_member": ({"area_id": "r", "student_id": "s1", "starts": DAY},),
    "responsibility_area_room": ({"area_id": "r", "room_id": "A11", "starts": DAY},),
    "member_display": ({"student_id": "s1", "kind": "宿舍亮牌", "starts": DAY, "room_id": "A11"},),
    "five_lead_entry": (
        {"id": 1, "student_id": "s1", "lead": "志愿服务", "day": DAY, "hours": 1.5},
    ),
    "visit": (
        {
            "id": 1,
            "counselor_id": "k",
            "day": DAY,
            "starts": time(19, 30),
            "ends": time(20, 15),
            "venue": "公寓",
            "building_id": "A",
            "entered": NOON,
        },
    ),
    "visit_room": ({"visit_id": 1, "room_id": "A11"},),
    "visit_student": ({"term_id": AUTUMN, "student_id": "s1", "visit_id": 1, "met": "谈话"},),
    "concern": (
        {
            "id": 1,
            "student_id": "s1",
            "building_id": "A",
            "college_id": "X",
            "counselor_id": "k",
            "category": "宿舍",
            "raised": DAY,
        },
    ),
    "engagement": (
        {
            "id": 1,
            "carrier": "导师有约",
            "person_kind": "研究生导师",
            "building_id": "A",
            "day": DAY,
        },
    ),
    "space": ({"id": "p", "building_id": "A", "name": "书屋", "function": "学习发展"},),
    "culture_feature": ({"id": 1, "building_id": "A", "floor_id": "A1", "kind": "文化墙"},),
    "service_request": ({"id": 1, "channel": "易班", "building_id": "A", "submitted": NOON},),
    "brand": ({"id": "b", "name": "桃园夜话", "level": "一苑一品"},),
    "brand_owner": ({"brand_id": "b", "starts": DAY, "cluster_id": "P"},),
    "student_group": ({"id": "g", "name": "读书会", "kind": "社团"},),
    "student_group_member": ({"group_id": "g", "student_id": "s1", "starts": DAY},),
    "activity": ({"id": 1, "name": "读书夜", "day": DAY, "theme": "乐其学"},),
    "activity_place": ({"activity_id": 1, "building_id": "A", "space_id": "p"},),
    "attendance": ({"activity_id": 1, "student_id": "s1"},),
    "feedback": ({"id": 1, "activity_id": 1, "student_id": "s1", "score": 5},),
    "support_need": ({"student_id": "s2", "term_id": AUTUMN, "category": "学业困难"},),
    "rating": (
        {"id": 1, "term_id": AUTUMN, "indicator": "i", "rater": "甲", "score": 9.5, "rated": NOON},
    ),
    "award": ({"id": 1, "name": "优秀社区", "level": "校级", "day": DAY, "building_id": "A"},),
    "publication": ({"id": 1, "title_text": "经验", "channel": "高校思政网", "day": DAY},),
}


def _loose() -> MetaData:
    metadata = MetaData()
    for _, table in contract_tables():
        kinds = (
            (c.name, String() if isinstance(c.type, String) else c.type) for c in table.columns
        )
        Table(table.name, metadata, *(Column(n, kind) for n, kind in kinds), schema=table.schema)
    return metadata


LOOSE = _loose()


def loose(name: str) -> Table:
    """A table of the contract as anybody might declare it."""
    return LOOSE.tables[f"campus.{name}"]


def fill(conn: Connection) -> None:
    """Put the campus into empty tables, loose or strict."""
    for _, table in contract_tables():
        for row in ROWS[table.name]:
            conn.execute(insert(loose(table.name)).values(**row))

"""The world with brands, their owners and sessions, and a third term before the two.

Owners (A, B in cluster P; C in Q; D in R, which opens on 10-01) and what they held; `list` by id:

    b-a  一楼一品, A until 10-14, B since 10-15
         101 09-10 A  a1 a2 a3 a4 a5, cost 100, feedback 5; held by college X
         102 09-24 A  a1 b1
         103 10-20 A and B  a2 b1 c2, cost 60, feedback 4 and 2
         104 11-05 B  no list, cost 40
         105 11-12 nowhere on record  a1
         111 2026-03-20 A  a1 · 121 2025-10-13 A  no list · 122 2025-11-28 A  no list
    b-p  一苑一品, P   201 09-15 A  a1 a2 a3 a4 a5 b1 · 202 11-10 B  no list
         211 2025-10-01 A, 212 2025-10-15 B, 213 2026-04-10 A, no lists
    b-c  一楼一品, C, given up after 10-31   301 09-20 C  c2, feedback 3 · 302 10-25 C  c2
    b-u  校级, nobody's   401 10-12 D  b2 c1 c2 d1 z1 · 402 11-18 nowhere  no list
    b-n  一苑一品, Q, founded on 09-10, never held
    b-l  一楼一品, D, founded on 10-01   501 11-03 D  no list
    b-f  一楼一品, C, founded on 12-01

a2 moves from A to D on 11-01. a1 goes from college X to Y on 11-10, a3 from Y to X on 11-01.
Present on 11-20: a1 a3 a4 a5 in A, b1 in B, b2 c2 in C, a2 d1 in D, z1 nowhere (c1 is away): ten.
"""

from typing import Any

from sqlalchemy import Connection, update

from data.engine import writing
from data.models.activity import Activity, ActivityPlace, Attendance, Brand, BrandOwner, Feedback
from data.models.people import Enrolment
from data.models.time import Term
from data.summaries.refresh import refresh
from tests import world
from tests.world import AUTUMN, TODAY, day, rows

OLD = "2025-2026-1"
HELD: dict[str, dict[int, tuple[str, str, str, float | None]]] = {
    "b-a": {
        101: ("2026-09-10", "A", "a1 a2 a3 a4 a5", 100.0),
        102: ("2026-09-24", "A", "a1 b1", None),
        103: ("2026-10-20", "A B", "a2 b1 c2", 60.0),
        104: ("2026-11-05", "B", "", 40.0),
        105: ("2026-11-12", "", "a1", None),
        111: ("2026-03-20", "A", "a1", None),
        121: ("2025-10-13", "A", "", None),
        122: ("2025-11-28", "A", "", None),
    },
    "b-p": {
        201: ("2026-09-15", "A", "a1 a2 a3 a4 a5 b1", None),
        202: ("2026-11-10", "B", "", None),
        211: ("2025-10-01", "A", "", None),
        212: ("2025-10-15", "B", "", None),
        213: ("2026-04-10", "A", "", None),
    },
    "b-c": {
        301: ("2026-09-20", "C", "c2", None),
        302: ("2026-10-25", "C", "c2", None),
    },
    "b-u": {
        401: ("2026-10-12", "D", "b2 c1 c2 d1 z1", None),
        402: ("2026-11-18", "", "", None),
    },
    "b-l": {501: ("2026-11-03", "D", "", None)},
}
"""Brand → activity → day, places, who came, cost."""


def build(url: str) -> None:
    """Fill an empty database with the world and its brands."""
    world.build(url)
    with writing(url) as conn:
        weeks = "id name academic_year starts ends teaching_starts teaching_weeks"
        old = (OLD, "2025-2026学年第一学期", "2025-2026")
        rows(conn, Term, weeks, (*old, day("2025-09-01"), day("2026-01-18"), day("2025-09-08"), 18))
        _changed(conn, "a2", "11-01", room_id="D11")
        _changed(conn, "a3", "11-01", college_id="X")
        _changed(conn, "a1", "11-10", college_id="Y")
        _brands(conn)
        _activities(conn)
    refresh(url, today=TODAY)


def _changed(conn: Connection, student: str, on: str, **values: Any) -> None:
    """The autumn slice of a student's enrolment ends, and another begins."""
    here = (Enrolment.student_id == student, Enrolment.term_id == AUTUMN)
    old = conn.execute(Enrolment.__table__.select().where(*here)).one()._asdict()
    last = day(on).replace(day=day(on).day - 1) if day(on).day > 1 else day("10-31")
    conn.execute(update(Enrolment).where(*here).values(ends=last))
    new = old | {"starts": day(on)} | values
    rows(conn, Enrolment, " ".join(new), tuple(new.values()))


def _brands(conn: Connection) -> None:
    rows(
        conn,
        Brand,
        "id name level community_type founded closed",
        ("b-a", "灯下书屋", "一楼一品", "先锋", day("2025-03-01"), None),
        ("b-p", "桃李讲堂", "一苑一品", "学习", day("2024-01-01"), None),
        ("b-c", "清晨朗读", "一楼一品", None, day("2025-03-01"), day("10-31")),
        ("b-u", "社区文化节", "校级", "活力", None, None),
        ("b-n", "松风晨跑", "一苑一品", "活力", day("09-10"), None),
        ("b-l", "竹韵书声", "一楼一品", "学习", day("10-01"), None),
        ("b-f", "心语信箱", "一楼一品", "平安", day("12-01"), None),
    )
    rows(
        conn,
        BrandOwner,
        "brand_id starts ends cluster_id building_id",
        ("b-a", day("2025-03-01"), day("10-14"), None, "A"),
        ("b-a", day("10-15"), None, None, "B"),
        ("b-p", day("2024-01-01"), None, "P", None),
        ("b-c", day("2025-03-01"), day("10-31"), None, "C"),
        ("b-n", day("09-10"), None, "Q", None),
        ("b-l", day("10-01"), None, None, "D"),
        ("b-f", day("12-01"), None, None, "C"),
    )


def _activities(conn: Connection) -> None:
    every = [(brand, id_, *what) for brand, held in HELD.items() for id_, what in held.items()]
    made = [
        (id_, f"活动{id_}", day(on), brand, cost, "X" if id_ == 101 else None)
        for brand, id_, on, _, _, cost in every
    ]
    rows(conn, Activity, "id name day brand_id cost college_id", *made)
    at = [(id_, home) for _, id_, _, homes, _, _ in every for home in homes.split()]
    rows(conn, ActivityPlace, "activity_id building_id", *at)
    came = [(id_, name) for _, id_, _, _, names, _ in every for name in names.split()]
    rows(conn, Attendance, "activity_id student_id", *came)
    rows(
        conn,
        Feedback,
        "id activity_id student_id score",
        (1, 101, "a1", 5),
        (2, 103, "b1", 4),
        (3, 103, None, 2),
        (4, 301, "c2", 3),
        (5, 301, "d1", 1),
    )

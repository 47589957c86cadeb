"""A world with units enough to be compared, small enough to check by hand.

That of tests/met.py, with four more buildings for undergraduates in cluster R, and concerns of B.
Everyone there belongs to X, is counseled by k1, and lives there all autumn:

    E  8 students in 8 rooms, all met on 09-15        8/8, 8 rooms
    F  4 students in 2 rooms, 3 met                   3/4, 2 rooms
    G  4 students in 2 rooms, 2 met                   2/4, 2 rooms
    H  4 students in 1 room, 1 met                    1/4, 1 room

On 11-20 the buildings for undergraduates are A 2/5 (4 rooms), D 0/1, E, F, G, H: their median is
that of 0, 1/4, 2/5, 1/2, 3/4, 1, which is 0.45. B (graduates) is 1/1, C (mixed) 2/2.

Concerns of B; a limit has 5 working days in the spring, 3 in the autumn (5-day and 3-day limit):
    21 b1 06-01 answered 06-05 (06-08, 06-04)     22 b1 06-10 answered 06-11
    23 g1 06-15 answered 06-19 (06-22, 06-18)     24 b1 09-14 answered 09-15
    25 b2 09-21 answered 10-09 (–, 09-24)         26 anonymous 10-12 answered 10-13
On 07-05 3/3 in time, by the autumn's limit 1/3; on 11-20 2/3. b1 lives there on both days, g1 only
in the spring, b2 has moved out.
"""

from datetime import time

from sqlalchemy import Connection

from data.engine import writing
from data.models.forces import Concern, MethodSetting, Visit, VisitStudent
from data.models.people import Enrolment, Student
from data.models.place import Building, Room
from data.summaries.refresh import refresh
from tests import met
from tests.world import AUTUMN, AUTUMN_STARTS, SPRING, TODAY, day, rows

HOMES = {"E": (8, 8, 8), "F": (4, 2, 3), "G": (4, 2, 2), "H": (4, 1, 1)}
"""Students, rooms, and students met."""


def build(url: str) -> str:
    """Fill an empty database with it and refresh it; its URL again."""
    met.build(url)
    with writing(url) as conn:
        _homes(conn)
        _met(conn)
        _concerns(conn)
    refresh(url, full=True, today=TODAY)
    return url


def _living() -> list[tuple[str, str, str]]:
    """(student, building, room) of the new buildings."""
    return [
        (f"p{home}{n}", home, f"{home}{n % rooms + 1:02}")
        for home, (students, rooms, _) in HOMES.items()
        for n in range(students)
    ]


def _homes(conn: Connection) -> None:
    columns = "id cluster_id name residents residential"
    rows(conn, Building, columns, *((b, "R", f"竹苑{b}楼", "本科生", True) for b in HOMES))
    rooms = dict.fromkeys((room, home) for _, home, room in _living())
    rows(conn, Room, "id building_id code beds", *((r, b, r, 4) for r, b in rooms))
    rows(conn, Student, "id name", *((s, f"同学{s}") for s, _, _ in _living()))
    rows(
        conn,
        Enrolment,
        "student_id term_id starts college_id room_id counselor_id political_status grade"
        " degree_level",
        *(
            (s, AUTUMN, AUTUMN_STARTS, "X", room, "k1", "共青团员", 2024, "本科生")
            for s, _, room in _living()
        ),
    )


def _met(conn: Connection) -> None:
    at = (day("09-15"), time(10), time(11), "公寓")
    columns = "id counselor_id day starts ends venue building_id"
    visits = {home: number for number, home in enumerate(HOMES, 50)}
    rows(conn, Visit, columns, *((n, "k1", *at, home) for home, n in visits.items()))
    rows(
        conn,
        VisitStudent,
        "term_id visit_id student_id met",
        *(
            (AUTUMN, visits[home], f"p{home}{n}", "谈话")
            for home, (_, _, met_) in HOMES.items()
            for n in range(met_)
        ),
    )


def _concerns(conn: Connection) -> None:
    rows(conn, MethodSetting, "term_id response_days", (SPRING, 5), (AUTUMN, 3))
    rows(
        conn,
        Concern,
        "id student_id building_id college_id counselor_id category raised responded",
        *(
            (number, student, "B", "Y", "k2", "宿舍", day(raised), day(responded))
            for number, student, raised, responded in (
                (21, "b1", "2026-06-01", "2026-06-05"),
                (22, "b1", "2026-06-10", "2026-06-11"),
                (23, "g1", "2026-06-15", "2026-06-19"),
                (24, "b1", "09-14", "09-15"),
                (25, "b2", "09-21", "10-09"),
                (26, None, "10-12", "10-13"),
            )
        ),
    )

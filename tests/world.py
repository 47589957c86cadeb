"""A world small enough to check by hand.

    Campus N   cluster P: building A (lead college X), building B (lead college Y)
               cluster Q: building C (lead Y), a laboratory L that houses nobody
    Campus S   cluster R: building D (no lead), open since 2026-10-01

Two terms: 2025-2026-2 (from 2026-03-02 to 2026-07-05), 2026-2027-1 (2026-09-07 to 2027-01-17).
Floors: A1 A2, A3 (no organisation required); B wings E and W on level 1; C1; D1; L1.
Rooms: A11 A12 on A1, A21 on A2, A31 on A3, BE1, BW1 (empty), C11, C99 (code does not parse), D11.

Who lives there in the autumn (X, Y are colleges):
    a1 中共党员 X A11 · a2 预备党员 X A11 · a3 入党积极分子 Y A12
    a4 共青团员 Y A21 · a5 共青团员 X A31
    b1 中共党员 Y BE1 · b2 发展对象 Y BE1 until 10-31, then C11
    c1 中共党员 X C11, away on exchange · c2 共青团员 Y C99
    d1 中共党员 X D11 since 10-01 · z1 中共党员 X without a room
In the spring a1, a2 (then 发展对象), b1 lived in the same rooms; g1 (graduated since) in BE1.

On 2026-11-20, by hand:
    cluster coverage      P by joint studio since 03-10, Q not, R not                        1/3
    building coverage     A workstation; B closed on 11-10; C since 11-01; D none            2/4
    floor coverage        A1 branch, A2 group closed on 10-14, A3 exempt, BE group, BW no,
                          C1 no, D1 no                                                       2/6
    floor leader          A1 a1; A2 a4 (no Party member); BE g1 (graduated); D1 d1; else no  2/7
    room responsibility   occupied A11 A12 A21 A31 BE1 C11 C99 D11; in a1's area A11 A12,
                          in g1's area BE1 (graduated: no)                                   2/8
    workstation enrolment a1 a2 a3 b1 b2 d1; on the roster a1 a2, b2 (of C since 11-05),
                          b1 only of B's closed station                                      3/6
    plate                 rooms A11 BE1 D11; plates at A11, and at BW1, which is empty       1/3
    five-lead             members a1 a2 b1 d1; a1 has all five since 11-12, b1 four          1/4
"""

from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert

from data.engine import writing
from data.migrations.upgrading import create_tables
from data.models.forces import Visit
from data.models.party import (
    DISPLAY_PLATE,
    FIVE_LEADS,
    FiveLeadEntry,
    FloorLeader,
    MemberDisplay,
    PartyOrganisation,
    PartyOrganisationScope,
    ResponsibilityArea,
    ResponsibilityAreaMember,
    ResponsibilityAreaRoom,
    WorkstationMember,
)
from data.models.people import College, Counselor, Enrolment, Student
from data.models.place import Building, BuildingLead, Campus, Cluster, Floor, Room
from data.models.time import Term

SPRING, AUTUMN = "2025-2026-2", "2026-2027-1"
TODAY = date(2026, 11, 20)
SPRING_STARTS, AUTUMN_STARTS = date(2026, 3, 2), date(2026, 9, 7)


def build(url: str) -> str:
    """Fill an empty database with the world; its URL again."""
    create_tables(url)
    with writing(url) as conn:
        _places(conn)
        _people(conn)
        _party(conn)
    return url


def day(text: str) -> date:
    """`11-05` is a day of the autumn of 2026, `2026-03-10` itself."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def rows(conn: Connection, model: Any, columns: str, *values: tuple[Any, ...]) -> None:
    """Insert rows given as tuples in the order of the named columns."""
    names = columns.split()
    conn.execute(insert(model), [dict(zip(names, row, strict=True)) for row in values])


def _places(conn: Connection) -> None:
    rows(conn, Campus, "id name", ("N", "北区"), ("S", "南区"))
    rows(
        conn,
        Cluster,
        "id campus_id name",
        ("P", "N", "桃苑"),
        ("Q", "N", "松苑"),
        ("R", "S", "竹苑"),
    )
    square = {
        "type": "Polygon",
        "coordinates": [[[117.0, 34.0], [117.001, 34.0], [117.001, 34.0005], [117.0, 34.0]]],
    }
    rows(
        conn,
        Building,
        "id cluster_id name residents residential opened footprint",
        ("A", "P", "桃苑1号楼", "本科生", True, None, square),
        ("B", "P", "桃苑2号楼", "研究生", True, None, None),
        ("C", "Q", "松苑1号楼", "混合", True, None, None),
        ("D", "R", "竹苑1号楼", "本科生", True, day("10-01"), None),
        ("L", "Q", "松苑实验楼", "混合", False, None, None),
    )
    rows(
        conn,
        Floor,
        "id building_id wing level residential organisation_required",
        ("A1", "A", "", 1, True, True),
        ("A2", "A", "", 2, True, True),
        ("A3", "A", "", 3, True, False),
        ("BE", "B", "E", 1, True, True),
        ("BW", "B", "W", 1, True, True),
        ("C1", "C", "", 1, True, True),
        ("D1", "D", "", 1, True, True),
        ("L1", "L", "", 1, True, True),
    )
    rows(
        conn,
        Room,
        "id building_id floor_id code beds",
        ("A11", "A", "A1", "101", 4),
        ("A12", "A", "A1", "102", 4),
        ("A21", "A", "A2", "201", 4),
        ("A31", "A", "A3", "301", 4),
        ("BE1", "B", "BE", "E101", 4),
        ("BW1", "B", "BW", "W101", 4),
        ("C11", "C", "C1", "101", 4),
        ("C99", "C", None, "阁楼", 4),
        ("D11", "D", "D1", "101", 4),
    )


def _people(conn: Connection) -> None:
    rows(conn, College, "id name", ("X", "矿业工程学院"), ("Y", "化工学院"))
    rows(
        conn,
        BuildingLead,
        "building_id starts college_id leader_name",
        ("A", day("2026-03-01"), "X", "组长甲"),
        ("B", day("2026-03-01"), "Y", "组长乙"),
        ("C", day("2026-03-01"), "Y", "组长乙"),
    )
    rows(
        conn,
        Counselor,
        "id name kind employment college_id",
        ("k1", "辅导员一", "学院辅导员", "专职", "X"),
        ("k2", "辅导员二", "学院辅导员", "专职", "Y"),
    )
    people = ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "c1", "c2", "d1", "z1", "g1"]
    rows(conn, Student, "id name", *((p, f"学生{p}") for p in people))
    rows(
        conn,
        Term,
        "id name academic_year starts ends teaching_starts teaching_weeks",
        (SPRING, "2026春", "2025-2026", SPRING_STARTS, day("2026-07-05"), SPRING_STARTS, 18),
        (AUTUMN, "2026秋", "2026-2027", AUTUMN_STARTS, day("2027-01-17"), AUTUMN_STARTS, 19),
    )
    autumn, spring = (AUTUMN, AUTUMN_STARTS), (SPRING, SPRING_STARTS)
    member, probation, target, activist = "中共党员", "预备党员", "发展对象", "入党积极分子"
    rows(
        conn,
        Enrolment,
        "student_id term_id starts ends college_id room_id political_status away counselor_id"
        " grade degree_level",
        *(
            (*row, "k1" if row[4] == "X" else "k2", 2024, "本科生")
            for row in (
                ("a1", *autumn, None, "X", "A11", member, None),
                ("a2", *autumn, None, "X", "A11", probation, None),
                ("a3", *autumn, None, "Y", "A12", activist, None),
                ("a4", *autumn, None, "Y", "A21", "共青团员", None),
                ("a5", *autumn, None, "X", "A31", "共青团员", None),
                ("b1", *autumn, None, "Y", "BE1", member, None),
                ("b2", *autumn, day("10-31"), "Y", "BE1", target, None),
                ("b2", AUTUMN, day("11-01"), None, "Y", "C11", target, None),
                ("c1", *autumn, None, "X", "C11", member, "交换"),
                ("c2", *autumn, None, "Y", "C99", "共青团员", None),
                ("d1", AUTUMN, day("10-01"), None, "X", "D11", member, None),
                ("z1", *autumn, None, "X", None, member, None),
                ("a1", *spring, None, "X", "A11", member, None),
                ("a2", *spring, None, "X", "A11", target, None),
                ("b1", *spring, None, "Y", "BE1", member, None),
                ("g1", *spring, None, "Y", "BE1", member, None),
            )
        ),
    )


def _party(conn: Connection) -> None:
    rows(
        conn,
        PartyOrganisation,
        "id kind name founded closed",
        ("js", "党团联合工作室", "桃苑联合工作室", day("2026-03-10"), None),
        ("wa", "工作站", "桃1工作站", day("2026-03-02"), None),
        ("wb", "工作站", "桃2工作站", day("2026-03-02"), day("11-10")),
        ("wc", "工作站", "松1工作站", day("11-01"), None),
        ("fa", "功能型党支部", "桃1一层党支部", day("2026-03-02"), None),
        ("ga", "党小组", "桃1二层党小组", day("2026-04-01"), day("10-14")),
        ("gb", "党小组", "桃2东党小组", day("09-20"), None),
        ("ty", "团支部", "松1一层团支部", day("2026-03-02"), None),
    )
    scope = count(1)
    rows(
        conn,
        PartyOrganisationScope,
        "id organisation_id cluster_id building_id floor_id starts ends",
        *(
            (next(scope), organisation, cluster, building, floor, day(starts), None)
            for organisation, cluster, building, floor, starts in (
                ("js", "P", None, None, "2026-03-10"),
                ("wa", None, "A", None, "2026-03-02"),
                ("wb", None, "B", None, "2026-03-02"),
                ("wc", None, "C", None, "11-01"),
                ("fa", None, None, "A1", "2026-03-02"),
                ("ga", None, None, "A2", "2026-04-01"),
                ("gb", None, None, "BE", "09-20"),
                ("ty", None, None, "C1", "2026-03-02"),
            )
        ),
    )
    rows(
        conn,
        WorkstationMember,
        "organisation_id student_id starts ends",
        ("wa", "a1", day("2026-03-02"), None),
        ("wa", "a2", day("09-07"), None),
        ("wb", "b1", day("2026-03-02"), None),
        ("wb", "b2", day("09-07"), None),
        ("wc", "b2", day("11-05"), None),
    )
    rows(
        conn,
        FloorLeader,
        "floor_id student_id starts ends",
        ("A1", "a1", day("2026-03-02"), None),
        ("A2", "a4", day("09-07"), None),
        ("BE", "g1", day("2026-03-02"), None),
        ("D1", "d1", day("11-18"), None),
    )
    rows(
        conn,
        ResponsibilityArea,
        "id building_id name",
        ("ra", "A", "桃1责任区1"),
        ("rb", "B", "桃2责任区1"),
    )
    rows(
        conn,
        ResponsibilityAreaMember,
        "area_id student_id starts",
        ("ra", "a1", day("2026-03-02")),
        ("rb", "g1", day("2026-03-02")),
    )
    rows(
        conn,
        ResponsibilityAreaRoom,
        "area_id room_id starts",
        ("ra", "A11", day("2026-03-02")),
        ("ra", "A12", day("10-08")),
        ("rb", "BE1", day("2026-03-02")),
    )
    rows(
        conn,
        MemberDisplay,
        "student_id kind room_id starts ends",
        ("a1", DISPLAY_PLATE, "A11", day("09-10"), None),
        ("b1", DISPLAY_PLATE, "BW1", day("2026-03-02"), None),
        ("b1", "亮身份", None, day("2026-03-02"), None),
    )
    number = count(1)
    days = ("09-15", "09-20", "10-10", "11-01", "11-12")
    rows(
        conn,
        FiveLeadEntry,
        "id student_id lead day",
        *((next(number), "a1", lead, day(d)) for lead, d in zip(FIVE_LEADS, days, strict=True)),
        *((next(number), "b1", lead, day("10-20")) for lead in FIVE_LEADS[:4]),
        (next(number), "d1", FIVE_LEADS[0], day("2026-05-20")),
    )
    rows(
        conn,
        Visit,
        "id counselor_id day venue building_id entered",
        (1, "k1", TODAY, "公寓", "A", datetime(2026, 11, 20, 20, 0)),  # noqa: DTZ001 - campus time
    )

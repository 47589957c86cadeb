"""The campus the corpus is about: the world of the other tests, and people with real-looking ids.

    桃苑 P   1号楼 A, 2号楼 B, 3号楼 P3 (rooms 101…), 5号楼 P5 (wings A and B, rooms A101…)
    松苑 Q   1号楼 C, 5号楼 Q5 (so that 5号楼 alone is two buildings)
    竹苑 R   1号楼 D, 2号楼 R2 (units: rooms 1-101…)

Two counselors are called 张伟; 王芳 has a number with leading zeros.
"""

from datetime import date, time

from data.engine import writing
from data.models.activity import Activity, Brand, StudentGroup
from data.models.forces import Visit
from data.models.people import Counselor, Enrolment, Student
from data.models.place import Building, Floor, Room
from data.models.service import Space
from tests import world

CLUSTERS = {"P": "桃苑", "Q": "松苑", "R": "竹苑"}
BUILDINGS = {
    "A": ("P", 1), "B": ("P", 2), "P3": ("P", 3), "P5": ("P", 5),
    "C": ("Q", 1), "Q5": ("Q", 5), "D": ("R", 1), "R2": ("R", 2),
}  # fmt: skip
FLOORS = {
    **{f"P3F{level}": ("P3", "", level) for level in (1, 2, 3, 4)},
    **{f"P5{wing}{level}": ("P5", wing, level) for wing in "AB" for level in (1, 2)},
    **{f"Q5F{level}": ("Q5", "", level) for level in (1, 2, 3)},
    **{f"R2U{unit}F{level}": ("R2", unit, level) for unit in "12" for level in (1, 2)},
}
ROOMS = {
    **{
        f"P3-{level}{room:02}": ("P3", f"P3F{level}", f"{level}{room:02}")
        for level in (1, 2, 3, 4)
        for room in (1, 2, 3, 12)
    },
    **{
        f"P5-{wing}{level}{room:02}": ("P5", f"P5{wing}{level}", f"{wing}{level}{room:02}")
        for wing in "AB"
        for level in (1, 2)
        for room in (1, 2)
    },
    **{
        f"R2-{unit}-{level}{room:02}": ("R2", f"R2U{unit}F{level}", f"{unit}-{level}{room:02}")
        for unit in "12"
        for level in (1, 2)
        for room in (1, 2)
    },
}
COLLEGES = {"X": "矿业工程学院", "Y": "化工学院"}
COUNSELORS = {"k1": "辅导员一", "k2": "辅导员二", "5033": "李娜", "00123": "王芳"}
NAMESAKES = {"5041": "X", "5042": "Y"}  # 张伟 of two colleges
STUDENTS = {str(4111010001 + number): f"同学{number + 1:02}" for number in range(40)}
ENROLLED, NOT_ENROLLED = tuple(STUDENTS)[:20], tuple(STUDENTS)[20:]
WORKSTATIONS = {"wa": "桃1工作站", "wc": "松1工作站"}
VISITS = tuple(range(101, 121))
ACTIVITIES = tuple(range(11, 21))
TERMS = {world.SPRING: "2026春", world.AUTUMN: "2026秋"}


def build(url: str) -> str:
    """Fill an empty database with the campus; its URL again."""
    world.build(url)
    with writing(url) as conn:
        rows = world.rows
        rows(
            conn,
            Building,
            "id cluster_id name aliases residents",
            *(
                (key, cluster, f"{CLUSTERS[cluster]}{number}号楼", alias(key), "本科生")
                for key, (cluster, number) in BUILDINGS.items()
                if key not in "ABCD"
            ),
        )
        rows(
            conn,
            Floor,
            "id building_id wing level",
            *((key, *place) for key, place in FLOORS.items()),
        )
        rows(
            conn,
            Room,
            "id building_id floor_id code beds",
            *((key, *place, 4) for key, place in ROOMS.items()),
        )
        rows(
            conn,
            Counselor,
            "id name kind employment college_id",
            ("5033", "李娜", "学院辅导员", "专职", "X"),
            ("00123", "王芳", "学院辅导员", "兼职", "Y"),
            *(
                (key, "张伟", "学院辅导员", "专职", of)
                for key, of in zip(NAMESAKES, "XY", strict=True)
            ),
        )
        rows(conn, Student, "id name", *STUDENTS.items())
        rows(
            conn,
            Enrolment,
            "student_id term_id starts college_id grade degree_level room_id political_status",
            *(
                (key, world.AUTUMN, world.AUTUMN_STARTS, "XY"[n % 2], 2025, "本科生", room, "群众")
                for n, (key, room) in enumerate(zip(ENROLLED, ROOMS, strict=False))
            ),
        )
        rows(
            conn,
            Visit,
            "id counselor_id day starts venue building_id",
            *(
                (key, "k1", date(2026, 10, 1 + n), time(19, 0), "公寓", "P3")
                for n, key in enumerate(VISITS)
            ),
        )
        rows(
            conn,
            Activity,
            "id name day",
            *((key, f"活动{key}", date(2026, 10, n + 1)) for n, key in enumerate(ACTIVITIES)),
        )
        rows(
            conn, Brand, "id name level", ("b1", "桃李讲堂", "校级"), ("b2", "松风夜话", "一苑一品")
        )
        rows(conn, StudentGroup, "id name kind", ("g1", "爱心社", "社团"))
        rows(
            conn,
            Space,
            "id building_id name function",
            ("s1", "P3", "研讨室", "学习发展"),
            ("s2", "Q5", "活动室", "文体活动"),
        )
    return url


def alias(building: str) -> str:
    """桃3 for 桃苑3号楼."""
    cluster, number = BUILDINGS[building]
    return f"{CLUSTERS[cluster][0]}{number}"

"""What happened in building A of the world, small enough to check by hand.

visits      11-20 (the world's own, without times); 10-10 18:30–19:10 through A11 and A12;
            11-12 08:00–08:39 through A11; 11-25, after the day of the tests
concerns    宿舍 10-01, answered 10-03, resolved 10-05; 宿舍 11-01, answered 11-06; 心理 11-10;
            学业 raised in June, answered on 09-10
requests    易班 10-01 23:50 to 10-02 00:10, rated 4; 事务大厅 11-01, the same day, rated 5;
            易班 11-19, not finished
activities  10-08 正其心 in A and B, a1 and a2 came; 11-01 in A, no theme, nobody on record
"""

from datetime import date, datetime, time

from sqlalchemy import Connection

from data.models.activity import Activity, ActivityPlace, Attendance, Brand, BrandOwner
from data.models.evaluation import Award, Publication
from data.models.forces import Concern, Engagement, Visit, VisitRoom
from data.models.service import CultureFeature, ServiceRequest, Space
from tests.world import day, rows


def add(conn: Connection) -> None:
    """Write all of it into a world."""
    _forces(conn)
    _services(conn)
    _activities(conn)
    rows(
        conn,
        Space,
        "id building_id name function area seats opened",
        ("s1", "A", "党建活动室", "思想引领", 50.0, 20, None),
        ("s2", "A", "自习室", "学习发展", 30.0, 10, day("11-21")),
    )
    culture = (1, "A", "文化墙", "一层文化墙", day("10-01"))
    rows(conn, CultureFeature, "id building_id kind name opened", culture)
    rows(conn, Award, "id name level day building_id", (1, "文明楼", "校级", day("11-02"), "A"))
    published = (1, "楼里的故事", "高校思政网", day("11-03"), "A")
    rows(conn, Publication, "id title_text channel day building_id", published)


def _forces(conn: Connection) -> None:
    rows(
        conn,
        Visit,
        "id counselor_id day starts ends venue building_id",
        (2, "k1", day("10-10"), time(18, 30), time(19, 10), "公寓", "A"),
        (3, "k1", day("11-12"), time(8), time(8, 39), "公寓", "A"),
        (4, "k2", day("11-25"), time(8), time(10), "公寓", "A"),
    )
    rows(conn, VisitRoom, "visit_id room_id", (2, "A11"), (2, "A12"), (3, "A11"), (4, "A31"))
    rows(
        conn,
        Concern,
        "id building_id category raised responded resolved",
        (1, "A", "宿舍", day("10-01"), day("10-03"), day("10-05")),
        (2, "A", "宿舍", day("11-01"), day("11-06"), None),
        (3, "A", "心理", day("11-10"), None, None),
        (4, "A", "学业", day("2026-06-20"), day("09-10"), None),
    )
    session = (1, "导师有约", "研究生导师", "A", day("10-15"), 12)
    rows(conn, Engagement, "id carrier person_kind building_id day attended", session)


def _services(conn: Connection) -> None:
    def at(text: str, hour: int = 9, minute: int = 0) -> datetime:
        return datetime.combine(date.fromisoformat(f"2026-{text}"), time(hour, minute))

    rows(
        conn,
        ServiceRequest,
        "id channel building_id submitted finished rating",
        (1, "易班", "A", at("10-01", 23, 50), at("10-02", 0, 10), 4),
        (2, "事务大厅", "A", at("11-01"), at("11-01", 17), 5),
        (3, "易班", "A", at("11-19"), None, None),
    )


def _activities(conn: Connection) -> None:
    brand = ("br", "桃李讲堂", "一楼一品", day("09-10"))
    rows(conn, Brand, "id name level founded", brand)
    rows(conn, BrandOwner, "brand_id starts building_id", ("br", day("09-10"), "A"))
    rows(
        conn,
        Activity,
        "id name day theme brand_id",
        (1, "读书会", day("10-08"), "正其心", "br"),
        (2, "夜跑", day("11-01"), None, None),
    )
    rows(conn, ActivityPlace, "activity_id building_id", (1, "A"), (1, "B"), (2, "A"))
    rows(conn, Attendance, "activity_id student_id", (1, "a1"), (1, "a2"))

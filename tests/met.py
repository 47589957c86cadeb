"""Whom counselors met in the world, small enough to check by hand.

Added to the world (k1 counsels the students of X, k2 those of Y; c1 is away, z1 has no room, d1
came on 10-01, b2 moved from B to C on 11-01; k3 has been building counselor of C since 11-01):

    06-10 (spring)  k2 talked with b1
    09-10           k1 in A: talk with a1, a2 present, a3 (of k2) present
    10-12           k2 in class: b1, b2
    11-05           k3 in C: talk with b2, c2 present
    11-10           k1 went through A31, where a5 lives; nobody on record
    11-22           k2 talked with c2 and a4: after the day of the tests

On 11-20, of a1 a2 a3 a4 a5 b1 b2 c2 d1 z1 and c1 away:
    own     a1 a2 (09-10), b1 b2 (10-12), c2 (11-05, by the building's)            5/10
    anyone  a3 too                                                                 6/10
    ways    talk a1 b2; present a2 c2; class b1 b2; room only a5
    since   b2 c2 15 days; b1 39; a1 a2 71; a3 a4 a5 d1 z1 never
"""

from datetime import time

from data.engine import writing
from data.models.forces import Visit, VisitRoom, VisitStudent
from data.models.people import Counselor, CounselorBuilding
from data.summaries.refresh import refresh
from tests import world
from tests.world import AUTUMN, SPRING, TODAY, day, rows


def build(url: str) -> str:
    """Fill an empty database with the world and these visits, refreshed; its URL again."""
    world.build(url)
    with writing(url) as conn:
        rows(conn, Counselor, "id name kind employment", ("k3", "楼辅三", "楼宇辅导员", "专职"))
        rows(conn, CounselorBuilding, "counselor_id building_id starts", ("k3", "C", day("11-01")))
        rows(
            conn,
            Visit,
            "id counselor_id day starts ends venue building_id",
            (10, "k2", day("2026-06-10"), time(10), time(10, 45), "公寓", "B"),
            (11, "k1", day("09-10"), time(10), time(10, 45), "公寓", "A"),
            (12, "k2", day("10-12"), time(19), time(19, 45), "课堂", None),
            (13, "k3", day("11-05"), time(15), time(16), "公寓", "C"),
            (14, "k1", day("11-10"), time(15), time(16), "公寓", "A"),
            (15, "k2", day("11-22"), time(15), time(16), "公寓", "A"),
        )
        rows(conn, VisitRoom, "visit_id room_id", (14, "A31"))
        rows(
            conn,
            VisitStudent,
            "term_id visit_id student_id met",
            (SPRING, 10, "b1", "谈话"),
            *(
                (AUTUMN, *row)
                for row in (
                    (11, "a1", "谈话"),
                    (11, "a2", "在寝"),
                    (11, "a3", "在寝"),
                    (12, "b1", "随堂"),
                    (12, "b2", "随堂"),
                    (13, "b2", "谈话"),
                    (13, "c2", "在寝"),
                    (15, "c2", "谈话"),
                    (15, "a4", "谈话"),
                )
            ),
        )
    refresh(url, today=TODAY)
    return url

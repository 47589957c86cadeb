"""Counselors at work in the world (tests/world.py), small enough to check by hand.

People  k1 counsels the students of X, k2 those of Y. k3 is building counselor of C from 10-12 to
        11-08. k4 of X came on Wednesday 10-14 and counsels a4, who went from Y and k2 to X and k4
        on 10-21. b2 moved from B to C on 11-01, d1 came on 10-01, c1 is away, z1 has no room.
Weeks   week n of the autumn begins 7(n - 1) days after 09-07. 国庆节 10-01 to 10-07 (3 teaching
        days left in week 4, 2 in week 5); 秋假 10-19 to 10-25, all of week 7. Week 11 is running
        on Friday 11-20. The limit for a first answer is 5 working days in the spring, then 3.

Visits (room; whom they met)
    03-02 k1 教1 class           a1                  first day of the spring
    06-10 k1 B  talk             g1                  who is k2's
    07-05 k2 B  10:00–10:45      talk b1             last day of the spring
    07-06 k2 B                   talk b1             a day too late, though noted as spring
    09-07 k1 A  08:00–08:39      A11; a1 a2 present  a minute short; first day
    09-08 k1 A  12:00–12:40      A11; talk a2        noon on the dot, just long enough
    09-30 k2 B  23:40–00:25      BE1; b1 b2 present  over midnight: 45 minutes
    10-06 k1 A  14:00–15:00      A12; talk a3        a holiday; a3 is k2's
    10-15 k1 教1 10:00–          class a1 z1         without an end
    10-16 k2 实验室 08:30–09:20   class a4            then still k2's
    10-18 k2 B  20:00–20:30                          a Sunday; nobody, no room
    10-20 k2 C  18:00–19:00      C99                 c2's room reached; a week without teaching
    11-03 k4 A  19:00–19:30      A21; talk a4        by now k4's
    11-04 k2 A  12:30–13:20      A21; a4 present     no longer k2's
    11-05 k2 C  15:00–16:00      C11; talk b2        the same visit:
          k3 C  15:00–16:00      C11; b2 c1 present  two counselors, two rows
    11-06 k2 B  16:00–17:00      BE1; b1 present     entered on 11-18
    11-10 k3 C  19:00–19:40      C99; talk c2        two days after the appointment ended
    11-12 k1 A  no times         A31; talk a5
    11-20 k1 A  no times                             the world's own
    11-25 k2 C  talk             c2                  after the day of the tests

Students, in the autumn (first by own, by anyone, talk, present, class, room; last; spring's last)
    a1  09-07  09-07  –      09-07  10-15  09-07   10-15  03-02   days 0 38
    a2  09-07  09-07  09-08  09-07  –      09-07   09-08          days 0 1
    a3  –      10-06  –      –      –      –       –
    a4  10-16  10-16  11-03  –      10-16  11-03   11-03          days 39 57
    a5  11-12  11-12  11-12  –      –      11-12   11-12          day  66
    b1  09-30  09-30  –      09-30  –      09-30   11-06  07-05   days 23 60
    b2  09-30  09-30  11-05  09-30  –      09-30   11-05          days 23 59
    c1  11-05  11-05  –      11-05  –      –       11-05          day  59 (away: no room)
    c2  11-25  11-10  11-25  –      –      10-20   11-25          day  79
    d1  never      z1  10-15  10-15  –  –  10-15  –  10-15        day  38
    In the spring a1 03-02 (day 0), b1 07-05 (day 125), g1 06-10 by anyone, a2 never.
On 11-20: own a1 a2 a4 a5 b1 b2 z1 = 7/10, anyone a3 c2 too = 9/10; c1 is not asked for.

Periods  due in weeks 1–6 and 8–10 (9 ended) and 11: k1 k2 k3 each 4, k4 from week 8 on.
    made k1 week 1 noon, 5 afternoon; k2 week 4 evening, 6 morning, 9 noon and afternoon; k3 week 9
    afternoon, 10 evening; k4 none = 8 of 36 + 36 + 36 + 12 = 120. Both fields: only k2 in week 6,
    of 9 + 9 + 3 = 21; k3 has no students.
Key dates  n1 09-07 to 09-20, n2 09-28 to 10-11, n3 10-05 to 11-08, n4 01-04 to 01-10; D opened on
    10-01: n1 is not its own, and n2 due from then. n1: A 09-07; n2: A 10-06, B 09-30; n3: A 10-06,
    B 10-18, C 10-20. On 11-20 6 of 3 + 4 + 4 = 11.
Concerns (raised: limit; taken up, answered, resolved, confirmed)
    1 06-20 Sat: 06-24 (spring's own limit 06-26); 06-22, 09-10, –, –     carried over; b1
    2 09-25 Fri: 09-30; 09-30 (noted 10-08), 09-30, 10-09, 10-10          answered, then taken up
    3 09-29 Tue: 10-09 (over 国庆节); 10-12, 10-12, –, –                   anonymous; late
    4 10-16 Fri: 10-28 (over 秋假); 10-27, 10-27, 10-27, –                 only 解决 is on record
    5 11-17 Tue: 11-20; –                                                 its limit ends today
    6 11-18 Wed: 11-23 (over a weekend); 11-18, 11-18, 11-19, 11-19       解决 is not on record
    7 06-01: confirmed 07-01, so not carried      8 05-01: resolved on 09-07, so carried
    On 11-20 in time 2 4 of 2 3 4 = 2/3; closed loop 2 6 of 2 3 4 5 6 = 2/5.
Needs  d1 经济 and 心理, a2 学业, b2 经济, c1 经济 (away). On 11-20 a2 b2 of a2 b2 d1 = 2/3.
"""

from datetime import date, datetime, time

from sqlalchemy import Connection, update

from data.engine import writing
from data.models.activity import Activity, ActivityPlace
from data.models.evaluation import SupportNeed
from data.models.forces import Concern, Engagement, MethodSetting, Visit, VisitRoom, VisitStudent
from data.models.people import Counselor, CounselorBuilding, Enrolment
from data.models.time import Holiday, KeyNode
from data.summaries.refresh import refresh
from tests import world
from tests.world import AUTUMN, AUTUMN_STARTS, SPRING, TODAY, day, rows

TALK, PRESENT, IN_CLASS = "谈话", "在寝", "随堂"
ENDED_WEEKS = (1, 2, 3, 4, 5, 6, 8, 9, 10)
"""Teaching weeks of the autumn that have ended on TODAY."""
COVERAGE = {"own": (7, 10), "any": (9, 10)}
SLOTS, FIELDS, NODES = (8, 120), (1, 21), (6, 11)
IN_TIME, CLOSED, NEEDS = (2, 3), (2, 5), (2, 3)
"""On TODAY, of everybody."""


def build(url: str) -> str:
    """Fill an empty database with the world and all of it, and refresh it; its URL again."""
    world.build(url)
    with writing(url) as conn:
        add(conn)
    refresh(url, today=TODAY)
    return url


def add(conn: Connection) -> None:
    """Write all of it into a world."""
    _people(conn)
    _calendar(conn)
    _visits(conn)
    _met(conn)
    _concerns(conn)
    _others(conn)


def _people(conn: Connection) -> None:
    rows(
        conn,
        Counselor,
        "id name kind employment college_id starts",
        ("k3", "辅导员三", "楼宇辅导员", "专职", None, None),
        ("k4", "辅导员四", "学院辅导员", "专职", "X", day("10-14")),
    )
    post = ("k3", "C", day("10-12"), day("11-08"))
    rows(conn, CounselorBuilding, "counselor_id building_id starts ends", post)
    a4 = (Enrolment.student_id == "a4", Enrolment.term_id == AUTUMN)
    conn.execute(update(Enrolment).where(*a4).values(ends=day("10-20")))
    rows(
        conn,
        Enrolment,
        "student_id term_id starts college_id room_id political_status counselor_id grade"
        " degree_level",
        ("a4", AUTUMN, day("10-21"), "X", "A21", "共青团员", "k4", 2024, "本科生"),
    )


def _calendar(conn: Connection) -> None:
    rows(conn, MethodSetting, "term_id response_days", (SPRING, 5))
    rows(
        conn,
        Holiday,
        "term_id name starts ends",
        (AUTUMN, "国庆节", day("10-01"), day("10-07")),
        (AUTUMN, "秋假", day("10-19"), day("10-25")),
    )
    rows(
        conn,
        KeyNode,
        "id term_id name kind starts ends",
        ("n1", AUTUMN, "开学", "开学", AUTUMN_STARTS, day("09-20")),
        ("n2", AUTUMN, "国庆前后", "节假日", day("09-28"), day("10-11")),
        ("n3", AUTUMN, "心理高发期", "心理", day("10-05"), day("11-08")),
        ("n4", AUTUMN, "考试周", "考试", day("2027-01-04"), day("2027-01-10")),
    )


def _visits(conn: Connection) -> None:
    def at(text: str) -> time | None:
        return time.fromisoformat(text) if text else None

    rows(
        conn,
        Visit,
        "id counselor_id day starts ends venue building_id place entered",
        *(
            (number, who, day(on), at(starts), at(ends), venue, building, place, _entered(on))
            for number, who, on, starts, ends, venue, building, place in (
                (10, "k1", "2026-03-02", "", "", "课堂", None, "教1"),
                (11, "k1", "2026-06-10", "", "", "公寓", "B", None),
                (12, "k2", "2026-07-05", "10:00", "10:45", "公寓", "B", None),
                (13, "k2", "2026-07-06", "", "", "公寓", "B", None),
                (20, "k1", "09-07", "08:00", "08:39", "公寓", "A", None),
                (21, "k1", "09-08", "12:00", "12:40", "公寓", "A", None),
                (22, "k2", "09-30", "23:40", "00:25", "公寓", "B", None),
                (23, "k1", "10-06", "14:00", "15:00", "公寓", "A", None),
                (24, "k1", "10-15", "10:00", "", "课堂", None, "教1"),
                (25, "k2", "10-16", "08:30", "09:20", "实验室", None, "实验楼"),
                (26, "k2", "10-18", "20:00", "20:30", "公寓", "B", None),
                (27, "k2", "10-20", "18:00", "19:00", "公寓", "C", None),
                (28, "k4", "11-03", "19:00", "19:30", "公寓", "A", None),
                (29, "k2", "11-04", "12:30", "13:20", "公寓", "A", None),
                (30, "k2", "11-05", "15:00", "16:00", "公寓", "C", None),
                (31, "k3", "11-05", "15:00", "16:00", "公寓", "C", None),
                (32, "k2", "11-06", "16:00", "17:00", "公寓", "B", None),
                (33, "k3", "11-10", "19:00", "19:40", "公寓", "C", None),
                (34, "k1", "11-12", "", "", "公寓", "A", None),
                (35, "k2", "11-25", "", "", "公寓", "C", None),
            )
        ),
    )


def _entered(on: str) -> datetime:
    """On the evening of the day, but once twelve days later."""
    return datetime.combine(day("11-18" if on == "11-06" else on), time(22, 30))


def _met(conn: Connection) -> None:
    rows(
        conn,
        VisitRoom,
        "visit_id room_id",
        *((20, "A11"), (21, "A11"), (22, "BE1"), (23, "A12"), (27, "C99"), (28, "A21")),
        *((29, "A21"), (30, "C11"), (31, "C11"), (32, "BE1"), (33, "C99"), (34, "A31")),
    )
    rows(
        conn,
        VisitStudent,
        "term_id visit_id student_id met",
        (SPRING, 10, "a1", IN_CLASS),
        *((SPRING, number, student, TALK) for number, student in ((11, "g1"), (12, "b1"))),
        (SPRING, 13, "b1", TALK),
        *((AUTUMN, 20, student, PRESENT) for student in ("a1", "a2")),
        (AUTUMN, 21, "a2", TALK),
        *((AUTUMN, 22, student, PRESENT) for student in ("b1", "b2")),
        (AUTUMN, 23, "a3", TALK),
        *((AUTUMN, 24, student, IN_CLASS) for student in ("a1", "z1")),
        (AUTUMN, 25, "a4", IN_CLASS),
        (AUTUMN, 28, "a4", TALK),
        (AUTUMN, 29, "a4", PRESENT),
        (AUTUMN, 30, "b2", TALK),
        *((AUTUMN, 31, student, PRESENT) for student in ("b2", "c1")),
        (AUTUMN, 32, "b1", PRESENT),
        (AUTUMN, 33, "c2", TALK),
        (AUTUMN, 34, "a5", TALK),
        (AUTUMN, 35, "c2", TALK),
    )


def _concerns(conn: Connection) -> None:
    def on(text: str) -> date | None:
        return day(text) if text else None

    rows(
        conn,
        Concern,
        "id student_id building_id college_id counselor_id category raised assigned responded"
        " resolved confirmed",
        *(
            (*about, day(raised), *map(on, steps))
            for about, raised, *steps in (
                ((1, "b1", "B", "Y", "k2", "宿舍"), "2026-06-20", "2026-06-22", "09-10", "", ""),
                ((2, "b2", "B", "Y", "k2", "宿舍"), "09-25", "10-08", "09-30", "10-09", "10-10"),
                ((3, None, "A", "X", "k1", "安全"), "09-29", "10-12", "10-12", "", ""),
                ((4, "c2", "C", "X", "k1", "学业"), "10-16", "", "", "10-27", ""),
                ((5, "c2", None, "Y", None, "心理"), "11-17", "", "", "", ""),
                ((6, "a3", "A", "Y", "k2", "就业"), "11-18", "11-18", "11-18", "", "11-19"),
                ((7, "b1", "B", "Y", "k2", "后勤"), "2026-06-01", "", "", "", "2026-07-01"),
                ((8, "a1", "A", "X", "k1", "其他"), "2026-05-01", "", "", "09-07", ""),
            )
        ),
    )


def _others(conn: Connection) -> None:
    rows(
        conn,
        SupportNeed,
        "term_id student_id category",
        *((AUTUMN, "d1", category) for category in ("经济困难", "心理困惑")),
        (AUTUMN, "a2", "学业困难"),
        *((AUTUMN, student, "经济困难") for student in ("b2", "c1")),
        (SPRING, "b1", "就业困难"),
    )
    rows(
        conn,
        Engagement,
        "id carrier person_kind person_code college_id building_id day hours attended",
        (1, "导师有约", "研究生导师", None, "X", "C", day("10-15"), None, None),
        (2, "领导面对面", "领导干部", "L1", None, "A", TODAY, 1.5, 30),
        (3, "春晖工作站", "五老", "V1", None, "B", day("2026-07-05"), 1.0, 8),
    )
    rows(conn, Activity, "id name day college_id", (1, "读书会", day("09-10"), "X"))
    rows(conn, ActivityPlace, "activity_id building_id", (1, "A"), (1, "B"))

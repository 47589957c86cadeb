"""The world with honours, activities and visits, small enough to check by hand.

Awards      1  文明楼 校级 11-02 of A         2  文明楼 省级 11-10 of A
            3  文明 楼 校级 11-12 of wa, which serves A
            4  优秀工作室 市级 10-01 of js, which serves P (A and B), a studio of Y until 10-31
            5  样板支部 国家级 10-10 of fa, on A1   6  样板小组 校级 11-01 of gb, on BE
            7  学院奖 省级 09-20 of X         8  晚奖 校级 11-21 of A, too late
            9  春奖 校级 2026-05-01 of A     10  早奖 校级 2026-03-05 of js, before it served P
            11 文明楼 校级 11-03 of B
Papers      1  楼里的故事 11-03 of A and X    2  楼里的 故事 11-05 of A    3  两楼 10-05 of B
            4  春 2026-04-01 of A          5  后 11-21 of A, too late   6  学院文 10-06 of Y
Activities  1  09-08 in A by X, with a1 a2: 5 by a1, 3 without a name, 1 by c2, who was not there
            2  10-08 in A and B, with a2 b1: 4 by b1    3  11-01 in A, no list: 5
            4  2026-05-12 in B by Y, with a1: 2 without a name
Spaces      s1 党建活动室 思想引领, s2 自习室 学习发展, s3 旧自习室 学习发展 until 10-31,
            s4 新自习室 学习发展 from 11-21; all in A
Visits      to A: 10-10 and 11-20 (the world's own) 公寓, 10-12 实验室

X leads A, Y leads B and C. Nobody else has anything.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from data.engine import writing
from data.models.activity import Activity, ActivityPlace, Attendance, Feedback
from data.models.evaluation import Award, Publication
from data.models.forces import Visit
from data.models.party import JointStudioCollege
from data.models.service import Space
from data.schemes.scheme import (
    AWARDS,
    BUILDING,
    EXCLUDE,
    PUBLICATIONS,
    RATING,
    SATISFACTION,
    TERM,
    Dimension,
    EvidenceRule,
    Indicator,
    Rule,
    Scheme,
    Source,
    SubDimension,
    Veto,
)
from data.summaries.refresh import refresh
from tests import world
from tests.world import TODAY, day, rows

LEVELS = (("校级", 2.0), ("市级", 3.0), ("省级", 5.0), ("国家级", 8.0))


def build(url: str) -> str:
    """A refreshed database with all of it; its URL again."""
    world.build(url)
    with writing(url) as conn:
        _honours(conn)
        _activities(conn)
        spaces = (
            ("s1", "A", "党建活动室", "思想引领", 50.0, None, None),
            ("s2", "A", "自习室", "学习发展", 30.0, None, None),
            ("s3", "A", "旧自习室", "学习发展", 20.0, None, day("10-31")),
            ("s4", "A", "新自习室", "学习发展", 20.0, day("11-21"), None),
        )
        rows(conn, Space, "id building_id name function area opened closed", *spaces)
        visits = ((2, "k1", day("10-10"), "公寓", "A"), (3, "k1", day("10-12"), "实验室", "A"))
        rows(conn, Visit, "id counselor_id day venue building_id", *visits)
    refresh(url, today=TODAY)
    return url


def _honours(conn: Connection) -> None:
    rows(
        conn,
        Award,
        "id name level day building_id college_id organisation_id",
        (1, "文明楼", "校级", day("11-02"), "A", None, None),
        (2, "文明楼", "省级", day("11-10"), "A", None, None),
        (3, "文明 楼", "校级", day("11-12"), None, None, "wa"),
        (4, "优秀工作室", "市级", day("10-01"), None, None, "js"),
        (5, "样板支部", "国家级", day("10-10"), None, None, "fa"),
        (6, "样板小组", "校级", day("11-01"), None, None, "gb"),
        (7, "学院奖", "省级", day("09-20"), None, "X", None),
        (8, "晚奖", "校级", day("11-21"), "A", None, None),
        (9, "春奖", "校级", day("2026-05-01"), "A", None, None),
        (10, "早奖", "校级", day("2026-03-05"), None, None, "js"),
        (11, "文明楼", "校级", day("11-03"), "B", None, None),
    )
    studio = ("js", "Y", day("2026-03-10"), day("10-31"))
    rows(conn, JointStudioCollege, "organisation_id college_id starts ends", studio)
    rows(
        conn,
        Publication,
        "id title_text channel day building_id college_id",
        (1, "楼里的故事", "高校思政网", day("11-03"), "A", "X"),
        (2, "楼里的 故事", "易班", day("11-05"), "A", None),
        (3, "两楼", "校报", day("10-05"), "B", None),
        (4, "春", "易班", day("2026-04-01"), "A", None),
        (5, "后", "易班", day("11-21"), "A", None),
        (6, "学院文", "易班", day("10-06"), None, "Y"),
    )


def _activities(conn: Connection) -> None:
    rows(
        conn,
        Activity,
        "id name day theme field college_id",
        (1, "主题党日", day("09-08"), "正其心", "学生党建", "X"),
        (2, "读书会", day("10-08"), "乐其学", "学风建设", None),
        (3, "楼会", day("11-01"), None, None, None),
        (4, "党课", day("2026-05-12"), "正其心", "学生党建", "Y"),
    )
    held = ((1, "A"), (2, "A"), (2, "B"), (3, "A"), (4, "B"))
    rows(conn, ActivityPlace, "activity_id building_id", *held)
    came = ((1, "a1"), (1, "a2"), (2, "a2"), (2, "b1"), (4, "a1"))
    rows(conn, Attendance, "activity_id student_id", *came)
    rows(
        conn,
        Feedback,
        "id activity_id student_id score",
        (1, 1, "a1", 5),
        (2, 1, None, 3),
        (3, 1, "c2", 1),
        (4, 2, "b1", 4),
        (5, 3, "c2", 5),
        (6, 4, None, 2),
    )


def scheme(kind: str = BUILDING, vetoes: tuple[Veto, ...] = (), quota: float = 0.5) -> Scheme:
    """党建 60: awards 40, of which 20 points are full, and a rating 20. 成效 40: publications 20,
    10 each of 20, and satisfaction 20."""
    party = (
        _line(
            *("honours", "获奖", 40, "党建引领"),
            source=Source(AWARDS, levels=LEVELS),
            rule=Rule("bonus", top=20.0),
            evidence=(
                EvidenceRule("activity", (("field", ("学生党建",)),)),
                EvidenceRule("award"),
            ),
        ),
        _line(
            *("station", "制度", 20, "党建引领"),
            source=Source(RATING, "station_organisation", rubric=(("优", 95.0),)),
            rule=Rule("points"),
        ),
    )
    life = (
        _line(
            *("papers", "发表", 20, "数字赋能"),
            source=Source(PUBLICATIONS),
            rule=Rule("per_item", per=10.0, top=20.0),
            evidence=(
                EvidenceRule("publication"),
                EvidenceRule("visit", (("venue", ("公寓",)),)),
                EvidenceRule("space", (("function", ("学习发展",)),)),
            ),
        ),
        _line(
            *("opinion", "满意度", 20, "学生参与"),
            source=Source(SATISFACTION),
            rule=Rule("points"),
        ),
    )
    dimensions = (
        Dimension("party", "党建", 60, (SubDimension("party", "组织", 60, party),)),
        Dimension("life", "成效", 40, (SubDimension("life", "成果", 40, life),)),
    )
    whole = Scheme("small", "1", "小方案", kind, TERM, "", dimensions, vetoes=vetoes)
    return replace(whole, quota=quota)


def _line(key: str, name: str, weight: float, heading: str, **more: Any) -> Indicator:
    return Indicator(
        key,
        name,
        weight,
        more["source"],
        more["rule"],
        EXCLUDE,
        "",
        heading,
        f"{name}标准",
        evidence=more.get("evidence", ()),
    )

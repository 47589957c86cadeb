"""朋辈互助 for 重点群体 by hand: eighty-two students with a support need, and whom it reached.

X has 30 students in need, Y 40 and Z 12, all 经济困难; the first 25 of Y 学业困难 too. Of X six
were on the roll of 帮扶队 from 10-01, one of them until 10-15 only, and one came to it on 11-10; of
Y four came on 10-06 and one on 11-12; of Z five on 11-18. One more of Z came to 棋社, which is no
peer support, and one of X is on its roll; another is on that of a peer support group that closed in
the summer.

Reached by 11-08: X 6, Y 4, Z 0; by 11-15: X 7, Y 5, Z 0.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import (
    COLLEGE,
    COMMITTEE,
    COUNSELOR,
    EVALUATOR,
    STEWARD,
    WORK_GROUP,
    Viewer,
)
from data.engine import reading, writing
from data.models.activity import Activity, Attendance, StudentGroup, StudentGroupMember
from data.models.evaluation import SupportNeed
from data.models.people import College, Enrolment, Student
from data.summaries.refresh import refresh
from queries.filters import BELONGS, LEADS
from queries.key_groups import key_groups
from queries.peer_support import peer_support, peer_support_rates
from queries.suppression import Group, Shown, beside
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, AUTUMN_STARTS, TODAY, day, rows

OF_X = Viewer("college-X", COLLEGE, college="X")
K1, K2 = (Viewer(k, COUNSELOR, counselor=k) for k in ("k1", "k2"))
LATER, EARLIER = "11-20", "11-14"
"""Their week ends are 11-15 and 11-08."""
IN_NEED = {"X": (30, "k1"), "Y": (40, "k2"), "Z": (12, "k2")}
CAME = {
    1: ("10-06", "peer", "Y00 Y01 Y02 Y03"),
    2: ("11-10", "peer", "X06"),
    3: ("11-12", "peer", "Y04"),
    4: ("11-18", "peer", "Z00 Z01 Z02 Z03 Z04"),
    5: ("10-07", "chess", "Z05"),
    6: ("10-08", "peer", ""),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "peers", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> None:
    world.build(url)
    with writing(url) as conn:
        rows(conn, College, "id name", ("Z", "数学学院"))
        for college, (count, counselor) in IN_NEED.items():
            _students(conn, college, counselor, [f"{college}{n:02}" for n in range(count)])
        few = [(f"Y{n:02}", AUTUMN, "学业困难") for n in range(25)]
        rows(conn, SupportNeed, "student_id term_id category", *few)
        _reached(conn)
    refresh(url, today=TODAY)


def _students(conn: Connection, college: str, counselor: str, students: list[str]) -> None:
    rows(conn, Student, "id", *((student,) for student in students))
    columns = "student_id term_id starts college_id political_status counselor_id grade"
    same = (AUTUMN, AUTUMN_STARTS, college, "群众", counselor, 2024, "本科生")
    rows(conn, Enrolment, f"{columns} degree_level", *((student, *same) for student in students))
    every = ((student, AUTUMN, "经济困难") for student in students)
    rows(conn, SupportNeed, "student_id term_id category", *every)


def _reached(conn: Connection) -> None:
    closed = day("2026-07-01")
    rows(
        conn,
        StudentGroup,
        "id name kind closed",
        ("peer", "帮扶队", "朋辈互助", None),
        ("old", "老帮扶队", "朋辈互助", closed),
        ("chess", "棋社", "社团", None),
    )
    since = day("10-01")
    rows(
        conn,
        StudentGroupMember,
        "group_id student_id starts ends",
        ("peer", "X00", since, day("10-15")),
        *(("peer", f"X0{n}", since, None) for n in range(1, 6)),
        ("old", "X20", day("2026-03-02"), None),
        ("chess", "X21", since, None),
    )
    each = ((id_, f"活动{id_}", day(on), group) for id_, (on, group, _) in CAME.items())
    rows(conn, Activity, "id name day group_id", *each)
    lists = ((id_, student) for id_, (*_, came) in CAME.items() for student in came.split())
    rows(conn, Attendance, "activity_id student_id", *lists)


def lines(frame: pd.DataFrame) -> list[str]:
    """Every line: name, total, reached, not reached, share."""
    shown = frame[["name", "total", "met", "unmet", "rate"]]
    return [" ".join(row) for row in shown.itertuples(index=False, name=None)]


def rate(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> str:
    """The metric as n/d; "" where there is none."""
    found = peer_support_rates(conn, slice_of(**chosen), viewer)
    return " ".join(f"{r.numerator}/{r.denominator}" for r in found.itertuples())


def test_five_may_be_shown(conn: Connection) -> None:
    """A student with two needs is one of the 12 reached, and one in each category."""
    assert lines(peer_support(conn, slice_of(LATER), EVERYONE)) == [
        "全校 82 12 70 14.6%",
        "学业困难 25 5 20 20.0%",
        "就业困难 0 0 0 —",
        "经济困难 82 12 70 14.6%",
        "心理困惑 0 0 0 —",
        "矿业工程学院 30 7 23 23.3%",
        "化工学院 40 5 35 12.5%",
        "数学学院 12 0 12 0.0%",
    ]


def test_four_is_hidden_and_so_is_what_would_tell_it(conn: Connection) -> None:
    """10 − 6 of X would leave the 4 of Y: how many of X were reached is withheld."""
    assert lines(peer_support(conn, slice_of(EARLIER), EVERYONE)) == [
        "全校 82 10 72 12.2%",
        "学业困难 25 <5 ≥21 ≤16.0%",
        "就业困难 0 0 0 —",
        "经济困难 82 10 72 12.2%",
        "心理困惑 0 0 0 —",
        "矿业工程学院 30 — — —",
        "化工学院 40 <5 ≥36 ≤10.0%",
        "数学学院 12 0 12 0.0%",
    ]


@pytest.mark.parametrize(
    ("on", "rates"), [(LATER, ["7/30", "5/40", "0/12"]), (EARLIER, ["", "", "0/12"])]
)
def test_the_page_of_a_college_hides_what_the_table_hides(
    conn: Connection, on: str, rates: list[str]
) -> None:
    table = lines(peer_support(conn, slice_of(on), EVERYONE))
    for college, line, expected in zip(IN_NEED, table[5:], rates, strict=True):
        chosen: dict[str, Any] = {"on": on, "college": college, "college_as": BELONGS}
        assert lines(peer_support(conn, slice_of(**chosen), EVERYONE)) == [line]
        assert rate(conn, **chosen) == expected


def test_a_college_sees_the_university_and_itself(conn: Connection) -> None:
    found = lines(peer_support(conn, slice_of(LATER), OF_X))
    assert [line.split()[0] for line in found[5:]] == ["矿业工程学院"]
    assert peer_support(conn, slice_of(college="Y", college_as=BELONGS), OF_X).empty


def test_a_counselor_sees_the_sum_of_the_own_list(conn: Connection) -> None:
    assert lines(peer_support(conn, slice_of(LATER), K1)) == ["本人名单 30 7 23 23.3%"]
    assert lines(peer_support(conn, slice_of(EARLIER), K2)) == ["本人名单 52 <5 ≥48 ≤7.7%"]
    assert (rate(conn, K1), rate(conn, K2, on=EARLIER)) == ("7/30", "")


@pytest.mark.parametrize(
    ("chosen", "viewer"),
    [
        *(({name: place}, EVERYONE) for name, place in (("campus", "N"), ("building", "A"))),
        ({"college": "Y", "college_as": LEADS}, EVERYONE),
        ({"counselor": "k2"}, EVERYONE),
        ({"on": "09-12"}, EVERYONE),
        ({}, Viewer("group", WORK_GROUP, buildings=frozenset("ABCD"))),
        ({}, Viewer("lost", COUNSELOR)),
        ({}, Viewer("nobody")),
    ],
)
def test_nothing_else_has_an_answer(
    conn: Connection, chosen: dict[str, Any], viewer: Viewer
) -> None:
    assert peer_support(conn, slice_of(**chosen), viewer).empty
    assert rate(conn, viewer, **chosen) == ""


@pytest.mark.parametrize("role", [COMMITTEE, EVALUATOR, STEWARD])
def test_totals_are_those_of_the_contacts(conn: Connection, role: str) -> None:
    """The two tables divide the same people."""
    viewer = Viewer("e", role)
    for on in (EARLIER, LATER):
        met, reached = (ask(conn, slice_of(on), viewer) for ask in (key_groups, peer_support))
        assert met[["section", "name", "total"]].equals(reached[["section", "name", "total"]])


def test_a_total_hidden_there_stays_hidden_here() -> None:
    """Twelve and three: how many of each were reached would be harmless, their totals are not."""
    groups = {"X": Group(30, 7), "Y": Group(12, 6), "Z": Group(3, 0)}
    known = {"X": Shown.ALL, "Y": Shown.NOTHING, "Z": Shown.FEW}
    shown = beside(Group(45, 13), groups, known, adding_up=True)
    assert (shown["Y"], shown["Z"]) == (Shown.NOTHING, Shown.FEW)
    nothing = dict.fromkeys(groups, Shown.NOTHING)
    assert beside(Group(45, 13), groups, nothing, adding_up=True) == nothing
    assert beside(Group(8, 4), {"X": Group(8, 4)}, {"X": Shown.TOTAL}, adding_up=True) == {
        "X": Shown.NOTHING
    }

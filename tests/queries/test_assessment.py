"""The assessment sheet and the list of organisations (tests/honoured.py), on 11-20, by hand.

A: awards 16 of 20 points are 80 %, and the rating nobody gave leaves its 20 to them: 48 of 60. One
publication of two is 10 of 20, satisfaction 85 is 17 of 20. Together 75.
"""

from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading
from data.locale.translate import ENGLISH, language, t
from data.schemes.scheme import COLLEGE_LEADS, Scheme, Veto
from queries import evaluation
from queries.assessment import BY_HEADINGS, TOTAL, assessment
from queries.award_places import places
from queries.commendations import (
    BEYOND,
    STRUCK,
    TIED,
    UNSCORED,
    WITHIN,
    _mark,
    commendations,
)
from tests import honoured as made
from tests.queries.slices import EVERYONE, slice_of

OF_A = slice_of(unit="A")
FEW = Veto("papers", 2.0, "", "发表不足两篇")


@pytest.fixture
def conn(honoured: str) -> Iterator[Connection]:
    with reading(honoured) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    judge(monkeypatch, made.scheme())


def judge(patch: pytest.MonkeyPatch, scheme: Scheme) -> None:
    """Evaluate by this scheme."""
    patch.setattr(evaluation, "chosen_scheme", lambda _: scheme)


def told(found: pd.DataFrame) -> list[tuple[str, float, float | None]]:
    """Name, 分值 and 得分 of each line."""
    points = [None if pd.isna(p) else round(p, 6) for p in found["points"]]
    return list(zip(found["name"], found["weight"], points, strict=True))


LINES = [("获奖", 40, 48), ("制度", 20, None), ("发表", 20, 10), ("满意度", 20, 17), ("", 100, 75)]


def test_the_sheet_in_the_order_of_the_scheme(conn: Connection) -> None:
    found = assessment(conn, OF_A, EVERYONE)
    assert told(found) == LINES
    assert list(found["group"]) == ["党建", "党建", "成效", "成效", "合计"]
    assert list(zip(found["group_weight"], found["group_points"].round(6), strict=True)) == [
        *[(60, 48)] * 2,
        *[(40, 27)] * 2,
        (100, 75),
    ]
    assert found["kind"].iloc[-1] == TOTAL


def test_the_sheet_under_the_six_headings_has_the_same_lines(conn: Connection) -> None:
    found = assessment(conn, slice_of(unit="A", order=BY_HEADINGS), EVERYONE)
    assert list(found["group"]) == ["党建引领", "党建引领", "学生参与", "数字赋能", "合计"]
    assert sorted(told(found), key=str) == sorted(LINES, key=str)
    assert list(found["group_points"].round(6)) == [48, 48, 17, 10, 75]


def test_basis_and_remarks_in_words(conn: Connection) -> None:
    found = assessment(conn, OF_A, EVERYONE).set_index("indicator")
    assert found.loc["honours", "basis"] == (
        "获奖 3 项，按级别计 16 分；6 条依据：文明 楼、文明楼×2、样板支部等"
    )
    assert found.loc["honours", "remark"] == "缺项的分值转来后按 60.0 分计"
    assert found.loc["station", "basis"] == "—"
    assert found.loc["station", "remark"].endswith("：不计分，权重分给同一上级的其他指标")
    assert found.loc["papers", "basis"] == (
        "发表 1 篇；3 条依据：《楼里的 故事》、《楼里的故事》、自习室；走访 2 次"
    )
    assert found.loc["opinion", "basis"] == (
        "4 份反馈，平均 85 分；有名单的活动 4 人次，反馈 3 份（75%）"
    )
    assert dict(found["counted"]) == {"honours": 6, "station": 0, "papers": 5, "opinion": 0, "": 0}


def test_basis_is_said_in_the_reader_s_language(conn: Connection) -> None:
    found = assessment(conn, OF_A, EVERYONE).set_index("indicator")
    token = language.set(ENGLISH)
    try:
        assert "3" in t(found.loc["honours", "basis"])
        assert "依据" not in t(found.loc["honours", "basis"])
        assert "学期" not in t(found.loc["honours", "period"])
    finally:
        language.reset(token)


def test_a_veto_strikes_the_total_and_says_so(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(monkeypatch, made.scheme(vetoes=(FEW,)))
    found = assessment(conn, OF_A, EVERYONE)
    assert told(found) == [*LINES[:-1], ("", 100, 0)]
    remarks = found.set_index("indicator")["remark"]
    assert remarks["papers"] == "一票否决：发表不足两篇"
    assert remarks[""] == "一票否决前 75.0 分，之后 0.0 分"


def test_a_college_s_sheet(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """X: awards 21 points are more than enough, 60; papers 10; satisfaction 17."""
    judge(monkeypatch, made.scheme(COLLEGE_LEADS))
    found = assessment(conn, slice_of(unit="X"), EVERYONE)
    assert [points for _, _, points in told(found)] == [60, None, 10, 17, 87]
    assert set(found["building_id"]) == {""}


def test_who_sees_the_sheet(conn: Connection) -> None:
    of_b = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
    counselor = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("A"))
    for viewer in (of_b, counselor, Viewer("nobody")):
        assert assessment(conn, OF_A, viewer).empty
    assert len(assessment(conn, slice_of(unit="B"), of_b)) == 5
    assert set(commendations(conn, slice_of(), of_b)["unit_id"]) <= {"B"}
    assert commendations(conn, slice_of(), counselor).empty
    assert commendations(conn, slice_of(), Viewer("nobody")).empty


def test_workstations_in_the_order_of_their_evaluation(conn: Connection) -> None:
    """B's closed on 11-10, D has none. C has only 0 of 20 points for publications, and nothing
    for its awards: 0 of 100 without satisfaction. A is first of A and D: a half is one place."""
    found = commendations(conn, slice_of(), EVERYONE)
    rows = [
        (r.station, r.peer_group, r.rank, r.of, round(r.total, 6), r.places, r.mark, r.awards)
        for r in found.itertuples()
    ]
    assert rows == [
        ("桃1工作站", "本科生", 1, 2, 75, 1, WITHIN, 3),
        ("松1工作站", "混合", 1, 1, 0, 0, BEYOND, 0),
    ]
    a, c = found.itertuples()
    assert a.award_names == "文明楼（省级）；样板支部（国家级）；优秀工作室（市级）"
    assert (a.leading, a.members, a.enrolled, a.due) == (1, 2, 2, 3)
    assert (c.enrolled, c.due) == (1, 1)
    assert pd.isna(c.members)
    assert set(found["without"]) == {2}


def test_only_a_term_s_evaluation_of_buildings_gives_the_list(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert commendations(conn, slice_of(period="academic_year"), EVERYONE).empty
    judge(monkeypatch, made.scheme(COLLEGE_LEADS))
    assert commendations(conn, slice_of(), EVERYONE).empty


def test_a_vetoed_workstation_is_not_within(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(monkeypatch, made.scheme(vetoes=(FEW,)))
    found = commendations(conn, slice_of(), EVERYONE).set_index("unit_id")
    assert dict(found["mark"]) == {"A": STRUCK, "C": STRUCK}


@pytest.mark.parametrize(
    ("quota", "scored", "expected"), [(0.2, 4, 0), (0.2, 5, 1), (0.2, 21, 4), (0.1, 30, 3)]
)
def test_places_are_whole(quota: float, scored: int, expected: int) -> None:
    assert places(scored, quota) == expected


def test_who_shares_the_last_place_is_marked() -> None:
    """Two places: the first has one, three share the second, one is fifth."""
    rows = pd.DataFrame(
        {
            "rank": [1.0, 2.0, 2.0, 2.0, 5.0, float("nan"), 1.0],
            "level": [1, 3, 3, 3, 1, 1, 1],
            "places": 2,
            "veto": [""] * 6 + ["没有工作站"],
        }
    )
    marks = [_mark(row) for row in rows.itertuples()]
    assert marks == [WITHIN, TIED, TIED, TIED, BEYOND, UNSCORED, STRUCK]

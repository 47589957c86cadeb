"""Tables and cards of the work by college, building and counselor, and of the records."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from components.figures.lengths import length_bars
from components.panels.by_counselor import ONLY_IN_SCOPE, counselor_cards
from components.panels.by_unit import building_table, college_table
from components.panels.records import agreement_tables, record_table
from components.panels.shares import percent, share
from components.sentences_work import (
    of_agreement,
    of_building_rows,
    of_colleges,
    of_counselors,
    of_lengths,
    of_records,
)
from data.access.viewer import COLLEGE, COUNSELOR, Viewer
from data.engine import reading
from pages._by_counselor import BY_BUILDING, BY_COLLEGE, BY_COUNSELOR
from queries.by_building import by_building
from queries.by_college import by_college
from queries.by_counselor import by_counselor
from queries.filters import BELONGS, Filters
from queries.intervals import FEW
from queries.students_met import STUDENT_COVERAGE
from queries.visit_records import source_agreement, visit_lengths, visit_records
from tests.queries.slices import EVERYONE, slice_of

X = Viewer("college-X", COLLEGE, college="X")
K3 = Viewer("k3", COUNSELOR, counselor="k3", buildings=frozenset("C"), serves=frozenset("C"))
TODAY = slice_of()


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    """Reads the world with counselors at work."""
    with reading(counseling_database) as opened:
        yield opened


def words(shown: Any) -> str:
    """What can be read of a component, piece by piece."""
    return " | ".join(_pieces(shown))


def _pieces(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, list | tuple):
        for one in shown:
            yield from _pieces(one)
    elif hasattr(shown, "children"):
        yield from _pieces(shown.children)


def links(shown: Any) -> list[str]:
    """The addresses a component leads to."""
    return [one.href for one in shown._traverse() if hasattr(one, "href")]


def test_few_carry_their_interval_and_many_do_not() -> None:
    assert words(share(5, 6)) == "83.3%　5/6 | 95% 区间 44%–97%"
    assert "区间" not in words(share(FEW - 10, FEW))
    assert "区间" in words(share(FEW - 10, FEW - 1))
    assert "区间" in words(share(900, 1000, few=float("inf")))
    assert (share(0, 0), percent(None), percent(float("nan"))) == ("—", "—", "—")


def test_colleges_stand_in_a_table_without_ranks(conn: Connection) -> None:
    shown = words(college_table(by_college(conn, TODAY, EVERYONE), STUDENT_COVERAGE, TODAY))
    assert "3 人（师生比 1:200） | 6 名学生 · 2 名辅导员 | 0.5 次 | 6 次 ÷ 12 人周" in shown
    assert "公寓 85.7% | 课堂或实验室 14.3%" in shown
    assert "未归属学院 | — | 0.2 次" in shown
    for block in (BY_COLLEGE, BY_BUILDING, BY_COUNSELOR):
        headings = [column.heading for column in block.columns]
        assert not [h for h in headings if "名次" in h or "排名" in h]


def test_buildings_are_links_and_whoever_is_in_none_is_not(conn: Connection) -> None:
    shown = building_table(by_building(conn, TODAY, EVERYONE), STUDENT_COVERAGE, TODAY)
    assert [re.sub(r".*building=(\w).*", r"\1", link) for link in links(shown)] == list("ABCD")
    assert "不在楼宇 | 未安排住宿的学生；课堂和实验室走访" in words(shown)
    assert "7 次 | 每百人 140.0 次 | 3/3 | 100.0%　4/4" in words(shown)


def test_a_card_says_what_is_left_and_leads_to_the_worklist(conn: Connection) -> None:
    chosen = slice_of(building="D")
    shown = counselor_cards(by_counselor(conn, chosen, X), STUDENT_COVERAGE, chosen)
    said = words(shown)
    assert "带学生 5 人（师生比 1:200） | 80.0%　4/5 | 95% 区间 38%–96%" in said
    assert "还没见到 1 人，住 1 间，约需 1 次走访（一次一层楼、8 间）。" in said
    assert "学生数相近的辅导员不足 4 名，不作对照" in said
    assert "每百名学生每周 11.1 次，每次走访新见到 0.7 人" in said
    (link,) = links(shown)
    assert link.startswith("/worklist?")
    assert Filters.parse(link.split("?")[1]).counselor == "k1"
    assert Filters.parse(link.split("?")[1]).level == ""


def test_the_cards_of_a_college_stand_by_name(conn: Connection) -> None:
    said = words(counselor_cards(by_counselor(conn, TODAY, X), STUDENT_COVERAGE, TODAY))
    assert said.index("辅导员一") < said.index("辅导员四")
    assert "带的学生都已见到。" in said  # k4's a4


def test_a_building_counselor_has_a_building_and_no_list(conn: Connection) -> None:
    then = slice_of("11-05")
    said = words(counselor_cards(by_counselor(conn, then, K3), STUDENT_COVERAGE, then))
    assert "楼宇辅导员 · 专职 | 松苑1号楼，住 2 人 | 50.0%　1/2" in said


def test_whoever_may_not_see_counselors_is_told_why(conn: Connection) -> None:
    found = by_counselor(conn, TODAY, EVERYONE)
    assert words(counselor_cards(found, STUDENT_COVERAGE, TODAY)) == ONLY_IN_SCOPE
    assert "学院和楼宇" in ONLY_IN_SCOPE


def test_records_have_a_total_and_what_chance_would_bring(conn: Connection) -> None:
    found = visit_records(conn, TODAY, EVERYONE)
    said = words(record_table(found, STUDENT_COVERAGE, TODAY))
    assert (
        "合计 | 18.8% | 3/16 | 15.4% | 2/13 | 邻近分钟 0.0% | 15.4% | 2/13 | 邻近分钟 1.9%" in said
    )
    sentence = of_records(found, STUDENT_COVERAGE, TODAY)
    assert sentence.startswith("登记习惯，不是对个人的评价：15.4% 的走访正好 30 分钟，")
    found = source_agreement(conn, TODAY, EVERYONE)
    said = words(agreement_tables(found, STUDENT_COVERAGE, TODAY))
    assert "化工学院 | 100.0% | 5/5 | 100.0% | 5/5 | 100.0% | 1/1" in said
    assert "桃苑1号楼 | 100.0% | 7/7 | 100.0% | 6/6 | —" in said
    assert "66.7%（3 处）" in of_agreement(found, STUDENT_COVERAGE, TODAY)


def test_half_an_hour_and_forty_minutes_stand_out(conn: Connection) -> None:
    found = visit_lengths(conn, TODAY, EVERYONE)
    figure = length_bars(found, STUDENT_COVERAGE, TODAY)
    (bars,) = figure["data"]
    hatched = [x for x, p in zip(bars["x"], bars["marker"]["pattern"]["shape"], strict=True) if p]
    assert hatched == [30, 40]
    assert [a["text"] for a in figure["layout"]["annotations"]] == ["<b>15.4%</b>"] * 2
    assert "13 次走访登记了起止时间，其中 4 次（30.8%）" in of_lengths(
        found, STUDENT_COVERAGE, TODAY
    )
    with_nothing = length_bars(found.iloc[:0], STUDENT_COVERAGE, TODAY)
    assert with_nothing["data"] == []


@pytest.mark.parametrize(
    ("chosen", "college", "building", "ledger"),
    [
        ({}, False, False, False),
        ({"counselor": "k2"}, False, True, True),
        ({"degree": "本科生"}, True, True, True),
        ({"building": "A"}, True, False, False),
        ({"college": "X", "college_as": BELONGS}, False, True, False),
    ],
)
def test_what_cannot_be_narrowed_is_said(
    conn: Connection, chosen: dict[str, str], college: bool, building: bool, ledger: bool
) -> None:
    filters = slice_of(**chosen)
    metric = STUDENT_COVERAGE
    said = of_colleges(by_college(conn, filters, EVERYONE), metric, filters)
    assert ("全部工作" in said) is college
    said = of_building_rows(by_building(conn, filters, EVERYONE), metric, filters)
    assert ("不能按辅导员" in said or "不分学院" in said) is building
    for say, query in ((of_records, visit_records), (of_lengths, visit_lengths),
                       (of_agreement, source_agreement)):  # fmt: skip
        assert (
            "只按学院和楼宇统计" in say(query(conn, filters, EVERYONE), metric, filters)
        ) is ledger


def test_filters_choose_whose_card_is_shown(conn: Connection) -> None:
    chosen = slice_of(building="D")
    said = of_counselors(by_counselor(conn, chosen, X), STUDENT_COVERAGE, chosen)
    assert said.startswith("1 名辅导员按姓名排列，不排名次。")
    assert "筛选只决定列出谁" in said
    everyone = of_counselors(by_counselor(conn, TODAY, X), STUDENT_COVERAGE, TODAY)
    assert "筛选" not in everyone
    assert "1 名还有学生没见到" in everyone
    assert of_counselors(pd.DataFrame(), STUDENT_COVERAGE, TODAY) == "没有可以列出的辅导员。"

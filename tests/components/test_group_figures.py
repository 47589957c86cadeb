"""The drawings of 学生参与: a group of one college stands out, unknown is no zero."""

from typing import Any

import pandas as pd
import pytest

from components import sentences_groups as sentences
from components.figures.activities import field_matrix
from components.figures.group_mix import LOOKS, mix_dots
from components.panels.group_cards import BLOCK_OF, group_cards
from components.panels.group_lists import group_kinds, group_list
from components.panels.key_groups import peer_support_tables
from pages.participation import PAGE
from queries.filters import Filters
from queries.group_mix import COLUMNS, DORMANT, INSIDE, OUTSIDE
from queries.group_rates import GROUP_METRICS, GROUPS_IN_COMMUNITY
from queries.key_groups import COLUMNS as PEER_COLUMNS
from queries.marks import Mark
from queries.student_groups import KIND_COUNTS, KINDS

HERE = Filters(term="2026-2027-1", date="2026-11-20")
NOTHING = pd.DataFrame()
SAY = (
    *(sentences.of_cards, sentences.of_kinds, sentences.of_matrix),
    *(sentences.of_mix, sentences.of_list, sentences.of_peer_support),
)


def one(
    name: str, state: str, colleges: int, evenness: float | None, **more: Any
) -> dict[str, Any]:
    """A group of ten members as the query lists it."""
    counts: dict[str, Any] = {
        "members": 10,
        "everyone": 10,
        "majors": 2,
        "unknown": 0,
        "sessions": 1,
    }
    row = {"group_id": name, "name": name, "kind": "社团", "state": state, "colleges": colleges}
    counts |= {"recorded": 1, "attended": 8, "homes": 1, "last": "2026-11-02"}
    return row | {"evenness": evenness} | counts | more


EVERY = pd.DataFrame(
    [
        one("棋社", DORMANT, 1, None, sessions=0, recorded=0, attended=0, homes=0, last=None),
        one("琴社", OUTSIDE, 2, 0.81, kind="朋辈互助", homes=0, unknown=3),
        one("画社", INSIDE, 3, 0.97, recorded=0, attended=0, members=4),
    ],
    columns=COLUMNS,
)


@pytest.mark.parametrize("draw", [group_cards, group_kinds, group_list, peer_support_tables])
def test_an_empty_panel_says_so(draw: Any) -> None:
    assert draw(NOTHING, GROUPS_IN_COMMUNITY, HERE).className == "empty"


@pytest.mark.parametrize("draw", [mix_dots, field_matrix])
def test_an_empty_chart_says_so(draw: Any) -> None:
    assert draw(NOTHING, GROUPS_IN_COMMUNITY, HERE)["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize("say", SAY)
def test_an_empty_sentence_says_so(say: Any) -> None:
    assert say(NOTHING, GROUPS_IN_COMMUNITY, HERE).endswith("。")


def test_cards_lead_to_blocks_of_the_page() -> None:
    assert set(BLOCK_OF) == {metric.key for metric in GROUP_METRICS}
    assert set(BLOCK_OF.values()) <= {block.key for block in PAGE.blocks}


def test_a_group_of_one_college_is_a_cross_at_the_foot() -> None:
    shown = mix_dots(EVERY, GROUPS_IN_COMMUNITY, HERE)
    by_name = {trace["name"]: trace for trace in shown["data"]}
    assert list(by_name) == ["社团", "朋辈互助", "只有一个学院"]
    assert by_name["只有一个学院"]["marker"]["symbol"] == "x"
    assert by_name["只有一个学院"]["y"][0] < min(by_name["社团"]["y"])
    assert by_name["朋辈互助"]["x"] == [2]
    assert len(LOOKS) == len(KINDS)


def test_the_axis_of_evenness_holds_every_mark() -> None:
    low = EVERY.assign(evenness=[None, 0.31, 0.97])
    axis = mix_dots(low, GROUPS_IN_COMMUNITY, HERE)["layout"]["yaxis"]
    assert axis["range"][0] < 0.3


def test_without_members_there_is_nothing_to_draw() -> None:
    nobody = EVERY.assign(everyone=0)
    assert not mix_dots(nobody, GROUPS_IN_COMMUNITY, HERE)["data"]
    assert (
        sentences.of_mix(nobody, GROUPS_IN_COMMUNITY, HERE)
        == "你的范围内没有登记了成员的学生团体。"
    )


def test_the_sentence_of_the_mix_names_single_colleges_and_the_least_even() -> None:
    assert sentences.of_mix(EVERY, GROUPS_IN_COMMUNITY, HERE) == (
        "3 个有成员的团体中，只有一个学院的 1 个：棋社。均衡度中位数 0.89，最低的是琴社（0.81）。"
    )


def test_the_list_says_what_is_not_known() -> None:
    """琴社 has three members without a major; nobody knows who came to 画社."""
    text = str(group_list(EVERY, GROUPS_IN_COMMUNITY, HERE))
    assert "3 人未登记" in text
    assert "人数未统计" in text
    assert "全体 10" in text
    assert sentences.of_list(EVERY, GROUPS_IN_COMMUNITY, HERE) == (
        "3 个在办团体中 1 个本学期在范围内没有活动：棋社。1 个办过活动，但没有进住宿楼宇。"
    )


def kinds(**earlier: Any) -> pd.DataFrame:
    """Two open groups of a kind; one came to a home."""
    counts = dict(zip(KIND_COUNTS, (1, 2, 1, 20, 3, 2, 30, 1, 4), strict=True))
    then = {f"earlier_{name}": earlier.get(name) for name in KIND_COUNTS}
    return pd.DataFrame([{"kind": "社团", **counts, **then, "earlier_day": None}])


def test_a_year_without_data_says_so() -> None:
    assert str(group_kinds(kinds(), GROUPS_IN_COMMUNITY, HERE)).count("上年无数据") == 6
    before = dict(zip(KIND_COUNTS, (2, 2, 0, 18, 4, 1, 12, 2, 4), strict=True))
    text = str(group_kinds(kinds(**before), GROUPS_IN_COMMUNITY, HERE))
    assert "上年 100.0%" in text
    assert "上年 ≥12 人次" in text
    assert "上年无数据" not in text


def test_the_kinds_in_a_sentence() -> None:
    assert sentences.of_kinds(kinds(), GROUPS_IN_COMMUNITY, HERE) == (
        "2 个在办团体，3 场活动；1 个本学期在范围内没有活动。"
        "到楼最少的是社团：4 栋住宿楼宇只到过 1 栋。"
    )


def card(**more: Any) -> str:
    """The cards where only 跨专业团体率 has a value."""
    row = {"metric": "cross_major_groups", "numerator": 1, "denominator": 2, "exempt": 1}
    row |= {"earlier_numerator": None, "earlier_denominator": None, "mark": Mark()} | more
    return str(group_cards(pd.DataFrame([row]), GROUPS_IN_COMMUNITY, HERE))


def test_cards_say_what_nobody_can_tell() -> None:
    assert "1 个团体只有一个专业的成员；1 个无从判断" in card()
    assert "上年无数据" in card()
    assert "▼ 上年同周 75.0%" in card(earlier_numerator=3, earlier_denominator=4)
    assert "没有缺口" in card(numerator=2, exempt=0)


def test_buildings_without_any_group_are_named() -> None:
    rows = [(home, home, kind, 0 if home == "C" else 1) for home in "CA" for kind in KINDS]
    df = pd.DataFrame(rows, columns=["building_id", "building", "group_kind", "sessions"])
    df["kinds"] = df["building_id"].map({"C": 0, "A": 6})
    assert sentences.of_matrix(df, GROUPS_IN_COMMUNITY, HERE) == (
        "2 栋住宿楼宇中 1 栋本学期没有任何学生团体来过：C。12 格中 6 格是空的。"
    )
    shown = field_matrix(df, GROUPS_IN_COMMUNITY, HERE, column="group_kind")
    assert shown["data"][0]["text"][0] == ["✕"] * 6


@pytest.mark.parametrize(
    ("total", "met", "said"),
    [
        ("40", "28", "本学期朋辈互助触达 28 人（70.0%）。只有人数，没有名单。"),
        ("40", "—", "触达多少人不给出，以免推算出不足 5 人的数。"),
        ("—", "—", "人数不给出，以免推算出别处不足 5 人的数。"),
    ],
)
def test_what_is_withheld_is_said_to_be(total: str, met: str, said: str) -> None:
    row = ("全校", "全校", total, met, "12", "70.0%", None, None, None, "2026-11-15")
    df = pd.DataFrame([row], columns=PEER_COLUMNS)
    assert sentences.of_peer_support(df, GROUPS_IN_COMMUNITY, HERE).endswith(said)
    assert "num bad" not in str(peer_support_tables(df, GROUPS_IN_COMMUNITY, HERE))

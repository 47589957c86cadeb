"""The drawings of brands: unknown is no zero, few people are not given, a state has its reason."""

from typing import Any

import pandas as pd
import pytest

from components.brand_words import reach, unplotted
from components.figures.brand_profile import college_bars, score_marks, week_cells
from components.figures.brands import LOOKS, overlap_cells, portfolio_dots
from components.panels.brand_list import FIRST, SIGNS, brand_finder, brand_list, without_brand
from components.panels.brand_profile import brand_head, brand_owners, brand_sessions
from components.sentences_brands import (
    of_brand,
    of_colleges,
    of_finder,
    of_gaps,
    of_list,
    of_overlap,
    of_owners,
    of_portfolio,
    of_scores,
    of_sessions,
    of_weeks,
)
from queries.brand_coverage import BUILDING_BRAND_COVERAGE as METRIC
from queries.brand_state import RULES, STATES, state_of
from queries.brands import COLUMNS
from queries.filters import Filters

HERE = Filters(term="2026-2027-1", date="2026-11-20")
CHOSEN = Filters(term="2026-2027-1", date="2026-11-20", brand="b")
NOTHING = pd.DataFrame()
SAYINGS = (
    *(of_portfolio, of_list, of_gaps, of_overlap, of_finder, of_brand, of_weeks),
    *(of_colleges, of_scores, of_sessions, of_owners),
)
PANELS = (brand_list, without_brand, brand_finder, brand_head, brand_sessions, brand_owners)
FIGURES = (portfolio_dots, overlap_cells, week_cells, college_bars, score_marks)


def brands(*changes: dict[str, Any]) -> pd.DataFrame:
    """Rows of the portfolio: two lists in three sessions, and what is changed."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {"brand_id": "b", "brand": "桃苑1号楼·书屋", "level": "一楼一品", "community": ""}
    row |= {"owner": "桃苑1号楼", "cluster_id": "P", "building_id": "A", "rule": "grew"}
    row |= {"sessions": 3, "recorded": 2, "attended": 30, "participants": 20, "again": 5}
    row |= {"numerator": 10.0, "denominator": 40.0, "colleges": 2, "mixed": 1.5}
    row |= {"answers": 4, "score": 4.5, "score_low": 4.0, "score_high": 5.0, "costed": 0}
    row |= {
        "terms": 3,
        "active": 2,
        "weeks": 10,
        "earlier_sessions": 1,
        "earlier_day": "2025-11-21",
    }
    rows = [row | {"brand_id": f"b{i}" if i else "b"} | one for i, one in enumerate(changes)]
    made = [r | {"state": state_of(r["rule"]), "why": RULES[r["rule"]]} for r in rows]
    return pd.DataFrame(made)


@pytest.mark.parametrize("draw", PANELS)
@pytest.mark.parametrize("filters", [HERE, CHOSEN], ids=["none", "chosen"])
def test_an_empty_panel_says_so(draw: Any, filters: Filters) -> None:
    assert draw(NOTHING, METRIC, filters).className == "empty"


@pytest.mark.parametrize("draw", FIGURES)
def test_an_empty_chart_says_so(draw: Any) -> None:
    assert draw(NOTHING, METRIC, HERE)["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize("say", SAYINGS)
@pytest.mark.parametrize("filters", [HERE, CHOSEN], ids=["none", "chosen"])
def test_an_empty_sentence_says_so(say: Any, filters: Filters) -> None:
    assert say(NOTHING, METRIC, filters).endswith("。")


def test_every_state_has_a_look_a_sign_and_a_place() -> None:
    assert set(LOOKS) == set(SIGNS) == set(FIRST) == set(STATES)
    assert len({symbol for symbol, _ in LOOKS.values()}) == len(STATES)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"sessions": 0, "recorded": 0}, "本学期没有办"),
        ({"recorded": 0}, "没有名单"),
        ({"answers": 0, "score": None}, "没有反馈"),
        ({"denominator": None, "numerator": None}, "没有归属"),
    ],
)
def test_what_is_unknown_is_not_drawn(change: dict[str, Any], why: str) -> None:
    df = brands({}, change)
    assert unplotted(list(df.itertuples())[1]) == why
    drawn = portfolio_dots(df, METRIC, HERE)
    assert sum(len(trace["x"]) for trace in drawn["data"]) == (1 if why else 2)
    assert ("不在图中" in of_portfolio(df, METRIC, HERE)) == bool(why)


def test_a_click_leads_to_the_brand() -> None:
    trace = portfolio_dots(brands({}), METRIC, HERE)["data"][0]
    assert trace["customdata"] == [{"brand": "b"}]
    assert (trace["x"], trace["y"]) == ([0.25], [4.5])
    assert "/brand?" in str(brand_list(brands({}), METRIC, HERE))


def test_reach_without_a_list_is_unknown() -> None:
    assert reach(next(brands({"recorded": 0, "numerator": 0.0}).itertuples())) == "—"


def test_a_state_stands_beside_its_reason() -> None:
    shown = str(brand_head(brands({"rule": "fell"}), METRIC, CHOSEN))
    assert "衰退" in shown
    assert RULES["fell"] in shown
    assert all(said in shown for said in RULES.values())


def test_few_people_in_common_are_not_given() -> None:
    df = pd.DataFrame(
        [
            ("p", "甲", "q", "乙", float("nan"), 9, 1),
            ("q", "乙", "p", "甲", 0.0, 8, 0),
        ],
        columns=["brand_id", "brand", "other_id", "other", "numerator", "denominator", "hidden"],
    )
    trace = overlap_cells(df, METRIC, HERE)["data"][0]
    assert trace["text"] == [["", "<5"], ["0", ""]]
    assert "不足 5 人" in trace["hovertext"][0][1]
    assert trace["zmin"] < 0 < trace["zmax"]
    assert "没有两个品牌" in of_overlap(df, METRIC, HERE)


def test_a_term_without_answers_has_no_mark() -> None:
    columns = ["term", "term_name", "answers", "score", "score_low", "score_high"]
    df = pd.DataFrame(
        [("1", "秋", 0, None, None, None), ("2", "春", 1, 4.0, None, None)], columns=columns
    )
    trace = score_marks(df, METRIC, CHOSEN)["data"][0]
    assert (trace["x"], trace["y"], trace["error_y"]["array"]) == ([1], [4.0], [0])
    assert "没有区间" in of_scores(df, METRIC, CHOSEN)


def test_a_week_without_a_session_is_a_point_only_where_there_was_teaching() -> None:
    columns = ["term", "term_name", "week", "starts", "teaching", "sessions", "recorded"]
    df = pd.DataFrame(
        [
            ("1", "秋", 0, "2026-08-31", 0, 0, 0, 0),
            ("1", "秋", 1, "2026-09-07", 1, 0, 0, 0),
            ("1", "秋", 2, "2026-09-14", 1, 2, 0, 0),
        ],
        columns=[*columns, "attended"],
    )
    trace = week_cells(df, METRIC, CHOSEN)["data"][0]
    assert trace["text"] == [["", "·", "2"]]
    assert "人数未统计" in trace["hovertext"][0][2]

"""What the pages of an evaluation say: rules in words, the waterfall, the opened score."""

from dataclasses import replace
from math import nan

import pandas as pd
import pytest

from components.figures.waterfall import waterfall
from components.panels.opened_score import score_sheet
from components.panels.ranking import ranking_list
from components.rule_words import rule_text, value_text
from components.sentences_evaluation import of_opened, of_ranking
from data.schemes.scheme import AWARDS, EXCLUDE, METRIC, Indicator, Rule, Source
from queries.catalog import METRICS
from queries.filters import Filters
from queries.opened_score import COLUMNS
from queries.ranking import COLUMNS as RANKED
from queries.scoring_rules import KINDS

ANY = METRICS[0]
LINE = Indicator("i", "i", 1, Source(METRIC), Rule("target", target=0.9), EXCLUDE, "", "", "")


def ruled(source: str = METRIC, **settings: object) -> Indicator:
    """An indicator with a rule."""
    return replace(LINE, source=Source(source), rule=Rule(**settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        (LINE, "目标线性：90.0% 得满分，按比例计分"),
        (
            ruled(kind="goalposts", worst=0.5, best=1.0),
            "固定门柱：50.0% 得 0 分，100.0% 得满分，中间按比例",
        ),
        (
            ruled(kind="bands", bands=((0.9, 100.0), (0.6, 50.0))),
            "分档：≥ 90.0% 得 100 分，≥ 60.0% 得 50 分",
        ),
        (ruled(AWARDS, kind="bonus", top=10.0), "封顶加分：按级别加分，10 分封顶（即满分）"),
        (
            replace(ruled(kind="yes_no", target=0.1), higher=False, cap=80),
            "达标与否：不超过 10.0% 得满分，否则不得分；最低 0 分，最高 80 分",
        ),
        (
            ruled(kind="mixture", parts=(("本科生", 0.9), ("硕士", 0.7))),
            "按人数加权：各培养层次按自己的目标计分再按人数加权：本科生 90.0%、硕士 70.0%",
        ),
    ],
)
def test_a_rule_in_words(indicator: Indicator, said: str) -> None:
    assert rule_text(indicator) == said


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words(kind: str) -> None:
    every = Rule(
        *(kind, 0.9, 0.1, 0.8, 0.6, 60, 4, 2, 10), bands=((0.5, 100.0),), parts=(("本科生", 0.9),)
    )
    assert rule_text(replace(LINE, rule=every)).startswith(KINDS[kind].name)


def test_values_in_words() -> None:
    assert value_text(LINE, 0.832) == "83.2%"
    assert value_text(LINE, nan) == "—"
    assert value_text(ruled(AWARDS, kind="bonus", top=10.0), 3.0) == "3"


def opened(**changed: object) -> pd.DataFrame:
    """Two indicators of a unit, the second without a value."""
    row = dict.fromkeys(COLUMNS, nan) | {
        "unit_id": "A",
        "unit": "桃苑1号楼",
        "peer_group": "本科生",
        "total": 50.0,
        "rank": 1,
        "of": 2,
        "veto": "",
        "period": "2026",
        "dimension": "党建引领",
        "part": "组织",
        "indicator": "one",
        "name": "甲",
        "weight": 40,
        "score": 50.0,
        "full": 100.0,
        "points": 50.0,
        "filled": False,
        "numerator": 1,
        "denominator": 2,
        "value": 0.5,
        "why": "",
    }
    blank = {"indicator": "two", "name": "乙", "score": nan, "full": nan, "points": nan}
    second = row | blank | {"value": nan, "why": "没有分母"}
    return pd.DataFrame([row | changed, second | changed], columns=COLUMNS)


def test_the_waterfall_leaves_out_what_has_no_points() -> None:
    bars = waterfall(opened(), ANY, Filters())["data"]
    assert bars[0]["y"] == ["甲"]
    assert bars[0]["text"] == ["50.0/100.0"]
    assert bars[-1]["x"] == [50.0]


def test_nothing_scored_is_no_empty_chart() -> None:
    none = opened(points=nan, full=nan)
    assert "没有可以计分" in str(waterfall(none, ANY, Filters())["layout"]["annotations"])
    assert "没有可以计分" in of_opened(none, ANY, Filters())


def test_where_most_was_lost() -> None:
    assert (
        of_opened(opened(), ANY, Filters())
        == "桃苑1号楼得 50.0 分，失分最多的是“甲”（失 50.0 分）。"
    )


def test_lists_without_rows_say_so() -> None:
    assert "没有可以查看" in str(ranking_list(pd.DataFrame([], columns=RANKED), ANY, Filters()))
    assert "没有可以查看" in of_ranking(pd.DataFrame([], columns=RANKED), ANY, Filters())
    assert "没有这个单位" in str(score_sheet(pd.DataFrame([], columns=COLUMNS), ANY, Filters()))

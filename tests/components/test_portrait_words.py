"""The paragraph of a portrait, worked out by hand."""

from typing import Any

import pandas as pd
import pytest

from components.portrait_words import summary
from queries.coverage import COVERAGE
from queries.fact import BETTER, SAME, WORSE
from queries.facts import BY_FACT
from queries.filters import Filters
from queries.portrait import ABOUT, FACT_COLUMNS, PARTY

DAY = Filters(date="2026-11-20")
NAMES = {m.key: m.name for m in COVERAGE} | {key: f.name for key, f in BY_FACT.items()}


def fact(key: str, value: float | None, median: float | None = None, verdict: str = "") -> Any:
    """A row of the frame."""
    return {"section": "", "key": key, "value": value, "median": median, "verdict": verdict}


def rate(key: str, upper: int, lower: int, median: float | None = None, verdict: str = "") -> Any:
    """A coverage row."""
    value = upper / lower if lower else None
    counts = {"numerator": upper, "denominator": lower, "section": PARTY}
    return fact(key, value, median, verdict) | counts


def said(*rows: Any, peers: int = 11) -> str:
    """The paragraph about a building of 5 residents with these numbers."""
    about = {"building": "桃苑1号楼", "cluster": "桃苑", "residents_kind": "本科生"}
    first = [{"section": ABOUT, "key": k, "text": v} for k, v in about.items()]
    made = pd.DataFrame([*first, *rows, *PEOPLE], columns=FACT_COLUMNS)
    return summary(made.assign(peers=peers, name=made["key"].map(NAMES)), COVERAGE[0], DAY)


PEOPLE = (fact("residents", 5), fact("occupancy", 0.3125))
HEAD = "桃苑1号楼（桃苑，本科生）截至 2026-11-20 住 5 人，入住率 31.2%。"


def test_gaps_first_then_worse_then_better() -> None:
    assert said(
        rate("building_coverage", 1, 1, 1.0, SAME),
        rate("floor_coverage", 1, 2, 0.75, WORSE),
        rate("five_lead", 0, 2, 0.0, SAME),
        fact("visits", 60.0, 41.25, BETTER),
        fact("answer_days", 5.0, 2.0, WORSE),
    ) == (
        HEAD + "党团组织覆盖 2 项目标中有 1 项未达到：楼层覆盖率 50.0%（缺 1 个楼层）。"
        "与同类 11 栋楼的中位数相比，差于中位数 2 项：楼层覆盖率 50.0%（75.0%）、"
        "首次答复天数中位数 5.0（2.0）；优于中位数 1 项：每百人走访次数 60.0（41.2）；持平 2 项。"
    )


def test_only_ties() -> None:
    assert said(rate("plate", 1, 1, 1.0, SAME)) == (
        HEAD + "党团组织覆盖的 1 项目标全部达到。与同类 11 栋楼的中位数相比，持平 1 项。"
    )


def test_too_few_peers_and_missing_numbers() -> None:
    assert said(rate("plate", 0, 0), fact("rating", None), peers=3) == (
        HEAD
        + "党团组织覆盖没有可计算的单位。同类楼宇不足 4 栋，不作比较。没有数据：亮牌率、办件评分。"
    )


def test_nothing_to_compare() -> None:
    assert said(rate("plate", 1, 1)).endswith("没有可与同类楼宇比较的数据。")


def test_at_most_five_are_named() -> None:
    keys = ("visits", "activities", "themes", "culture", "brands", "awards")
    found = said(*(fact(key, 0.0, 1.0, WORSE) for key in keys))
    assert "差于中位数 6 项：" in found
    assert found.endswith("一楼一品 0（1）等。")


@pytest.mark.parametrize("filters", [DAY, Filters(date="2026-11-20", building="A")])
def test_a_building_out_of_scope_has_no_words(filters: Filters) -> None:
    assert summary(pd.DataFrame(columns=FACT_COLUMNS), COVERAGE[0], filters) == (
        "你的范围内没有这栋楼。"
    )

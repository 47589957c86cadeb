"""How rank bands, trials, awards and cautions are drawn, also of nothing and of one."""

from typing import Any

import orjson
import pandas as pd
import pytest
from plotly.io.json import to_json_plotly

from components import sentences_standing as say
from components.figures.rank_bands import rank_band_chart
from components.frozen import frozen
from components.panels.awards import award_list, decision_list
from components.panels.rule_chance import rule_chance_panel
from components.panels.standing import standing
from components.panels.what_if import what_if_panel
from queries.award_places import OUT, PROPOSED, STATES, TIED, VETOED
from queries.catalog import METRICS
from queries.filters import Filters
from queries.rule_chance import NO_CHANCE, NO_COUNTS, NOT_USED, RELATIVE_RULE, VOLUME

METRIC, HERE = METRICS[0], Filters(term="2026-2027-1", date="2026-11-20")


def stable(**columns: Any) -> pd.DataFrame:
    """Three undergraduate buildings with one place, one of graduates without."""
    base = {
        "unit_id": ["A", "B", "D", "C"],
        "unit": ["桃1", "桃2", "桃3", "研1"],
        "peer_group": ["本科生"] * 3 + ["研究生"],
        "rank": [1.0, 2.0, 3.0, 1.0],
        "of": [3, 3, 3, 1],
        "total": [90.0, 85.0, 60.0, 70.0],
        "median": [1.0, 2.0, 3.0, 1.0],
        "low": [1.0, 1.0, 3.0, 1.0],
        "high": [2.0, 2.0, 3.0, 1.0],
        "band": [1, 1, 2, 1],
        "places": [1, 1, 1, 0],
        "inside": [0.7, 0.3, 0.0, 0.0],
        "near": [True, True, False, False],
        "veto": [""] * 4,
        "spread": ["medium"] * 4,
        "period": ["本期"] * 4,
        "draws": [10_000] * 4,
    }
    return pd.DataFrame({**base, **columns})


def text(drawn: Any) -> str:
    """What a panel says."""
    return str(frozen(orjson.loads(to_json_plotly(drawn))))


def test_each_peer_group_has_a_panel_with_its_line_and_its_bands() -> None:
    figure = rank_band_chart(stable(), METRIC, HERE)
    layout = figure["layout"]
    assert layout["xaxis"]["range"] == [0.4, 3.6]
    assert layout["xaxis2"]["range"] == [0.4, 1.6]
    assert layout["yaxis"]["ticktext"] == ["桃1", "桃2", "桃3"]
    lines = [s for s in layout["shapes"] if s["type"] == "line"]
    assert [(line["xref"], line["x0"]) for line in lines] == [("x", 1.5)]
    shades = [s for s in layout["shapes"] if s["type"] == "rect" and s["yref"] == "y"]
    assert [(s["y0"], s["y1"]) for s in shades] == [(-0.5, 1.5), (1.5, 2.5)]
    top, below = layout["yaxis"]["domain"], layout["yaxis2"]["domain"]
    assert 0 <= below[0] < below[1] < top[0] < top[1] <= 1


def test_who_is_near_the_line_looks_different() -> None:
    figure = rank_band_chart(stable(), METRIC, HERE)
    at = {trace["name"]: trace for trace in figure["data"] if trace["yaxis"] == "y"}
    assert at["名次（在名额线的不确定范围内）"]["x"] == [1.0, 2.0]
    assert at["名次"]["x"] == [3.0]
    assert at["90% 区间（名额线两边都可能）"]["x"] == [0.7, 2.3, None, 0.7, 2.3, None]
    assert "70%" in at["名次（在名额线的不确定范围内）"]["hovertext"][0]
    assert sum(trace["showlegend"] for trace in figure["data"]) == 5


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_unit_are_drawn(count: int) -> None:
    df = stable().tail(count)
    figure = rank_band_chart(df, METRIC, HERE)
    assert bool(figure["data"]) == bool(count)
    for panel in (standing, what_if_panel, award_list, decision_list, rule_chance_panel):
        if not count:
            assert to_json_plotly(panel(df, METRIC, HERE))
    assert to_json_plotly(standing(df, METRIC, HERE))
    for sentence in (say.of_standing, say.of_bands):
        assert sentence(df, METRIC, HERE)


def test_who_stands_at_the_line_is_named_with_the_chance() -> None:
    shown = text(standing(stable(), METRIC, HERE))
    assert "桃1（70%）、桃2（30%）" in shown
    assert "spread=large" in shown
    assert "2 个在名额线的不确定范围内" in say.of_standing(stable(), METRIC, HERE)


def tried(**columns: Any) -> pd.DataFrame:
    """A falls behind B; one unit has no total under the trial."""
    base = {
        "unit_id": ["A", "B", "C"],
        "unit": ["桃1", "桃2", "研1"],
        "peer_group": ["本科生", "本科生", "研究生"],
        "of": [2, 2, 1],
        "rank": [1.0, 2.0, 1.0],
        "total": [90.0, 85.0, 70.0],
        "tried_rank": [2.0, 1.0, float("nan")],
        "tried_total": [80.0, 85.0, float("nan")],
        "moved": [-1.0, 1.0, float("nan")],
        "tried": [True] * 3,
    }
    return pd.DataFrame({**base, **columns})


def test_moves_are_told_by_sign_and_word() -> None:
    shown = text(what_if_panel(tried(), METRIC, HERE))
    assert "▼ 降 1 位" in shown
    assert "▲ 升 1 位" in shown
    assert "不会保存" in shown
    said = say.of_what_if(tried(), METRIC, HERE)
    assert "2 个单位" in said
    assert "桃1（1 → 2）" in said


def test_before_a_trial_there_is_only_how_to() -> None:
    df = tried(tried=[False] * 3, moved=[0.0] * 3)
    assert "▲" not in text(what_if_panel(df, METRIC, HERE))
    assert "不保存" in say.of_what_if(df, METRIC, HERE)
    assert "没有变动" in say.of_what_if(tried(moved=[0.0] * 3), METRIC, HERE)


def awards(*, may_decide: bool, **columns: Any) -> pd.DataFrame:
    """One proposed, one vetoed, one out; the graduates tied."""
    states = [PROPOSED, VETOED, OUT, TIED]
    more = {
        "state": states,
        "state_name": [STATES[state] for state in states],
        "veto": ["", "安全事故", "", ""],
        "chosen": [False] * 4,
        "decided": [False] * 4,
        "may_decide": [may_decide] * 4,
    }
    return stable(**{**more, **columns})


def test_only_the_committee_has_a_form_and_a_vetoed_unit_no_choice() -> None:
    assert "textarea" not in text(award_list(awards(may_decide=False), METRIC, HERE))
    shown = text(award_list(awards(may_decide=True), METRIC, HERE))
    assert 'name="note"' in shown
    assert 'value="A" selected' in shown.replace(
        'selected="selected" value="A"', 'value="A" selected'
    )
    assert 'value="D"' in shown
    assert 'value="B"' not in shown
    assert "安全事故" in shown
    assert "没有单独的名额" in shown


def test_what_was_decided_is_chosen_in_the_form() -> None:
    df = awards(may_decide=True, decided=[True] * 4, chosen=[False, False, True, False])
    shown = text(award_list(df, METRIC, HERE))
    assert shown.count("selected=") == 3
    assert "其余" not in shown  # what was chosen is not folded away
    assert "1 个在名额线上并列" in say.of_awards(df, METRIC, HERE)


def decided(**columns: Any) -> pd.DataFrame:
    base = {
        "decision": [7, 7, 3],
        "current": [True, True, False],
        "at": pd.to_datetime(["2026-12-01 09:30"] * 2 + ["2026-11-30 09:00"]),
        "author": ["党工委"] * 3,
        "note": ["会议讨论", "会议讨论", "初议"],
        "chosen": [3, 3, 0],
        "beyond": [1, 1, 0],
        "unit_id": ["A", "D", ""],
        "unit": ["桃1", "桃3", ""],
        "peer_group": ["本科生", "本科生", ""],
        "scheme_version": ["2026.1"] * 3,
        "data_version": [8, 8, 7],
        "period": ["本期"] * 3,
    }
    return pd.DataFrame({**base, **columns})


def test_a_decision_says_what_one_may_not_see_and_that_nobody_was_chosen() -> None:
    shown = text(decision_list(decided(), METRIC, HERE))
    assert "桃1、桃3；另有 1 个单位不在你的查看范围（超出名额 1 个）" in shown
    assert "本期不评" in shown
    assert "先前的 1 次决定" in shown
    assert "3 个单位" in say.of_decisions(decided(), METRIC, HERE)


def chances(use: str, why: str = "") -> pd.DataFrame:
    nan = float("nan")
    numbers = dict.fromkeys(
        ("sd", "low", "high", "steady_sd", "steady_low", "steady_high"), nan if why else 1.7
    )
    counts = {"units": 22, "fewest": 400.0, "most": 1400.0, "rate": 0.92}
    names = {"indicator": "a", "name": "应纳尽纳", "weight": 6.0, "rule": "rank"}
    row = {**names, "rule_name": "名次", "use": use, "why": why, **counts, **numbers}
    return pd.DataFrame([row])


def test_a_rule_that_amplifies_chance_is_cautioned_first() -> None:
    shown = text(rule_chance_panel(chances(RELATIVE_RULE), METRIC, HERE))
    assert "偶然被放大" in shown
    assert "放大到 1 倍" in shown
    assert say.of_rules(chances(RELATIVE_RULE), METRIC, HERE).startswith("1 项")


def test_other_cautions() -> None:
    assert "鼓励凑次数" in text(rule_chance_panel(chances(VOLUME, NO_COUNTS), METRIC, HERE))
    assert "逐一清点" in text(rule_chance_panel(chances(RELATIVE_RULE, NO_CHANCE), METRIC, HERE))
    assert "如果给“应纳尽纳”" in text(rule_chance_panel(chances(NOT_USED), METRIC, HERE))
    assert "不会放大偶然" in say.of_rules(chances(NOT_USED), METRIC, HERE)

"""What the pages say and draw of students met: bars, curve, goals, names."""

import json
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from plotly.io.json import to_json_plotly

from components import sentences_met as sentences
from components.figures.met_curve import met_curve
from components.figures.people_bars import span_bars, way_bars
from components.panels.goal_cards import goal_cards
from components.panels.goals import goal_columns
from components.panels.unmet import unmet_buildings, unmet_names
from queries.filters import Filters
from queries.goals import COLUMNS as GOAL_COLUMNS
from queries.marks import Mark
from queries.met_curve import COLUMNS as CURVE_COLUMNS
from queries.rates import GOALS
from queries.students_met import STUDENT_COVERAGE, WAYS
from queries.unmet import SPAN_NAMES, UNMET_COLUMNS

HERE = Filters(term="2026-2027-1", date="2026-11-20")


def text(drawn: Any) -> str:
    """Everything a reader finds in a component, in order."""
    if isinstance(drawn, list | tuple):
        return "".join(map(text, drawn))
    if drawn is None or isinstance(drawn, str | int | float):
        return "" if drawn is None else str(drawn)
    return text(getattr(drawn, "children", None))


def goal(metric: str, numerator: int, denominator: int, **more: Any) -> dict[str, Any]:
    names = {m.key: m.name for m in GOALS}
    blank = dict.fromkeys(GOAL_COLUMNS)
    known = {"metric": metric, "name": names[metric], "numerator": numerator, "exempt": 0}
    known |= {"denominator": denominator, "goal": "覆盖全体学生", "week": 11}
    return blank | known | {"passed": 55, "days": 95} | more


def goals_frame() -> pd.DataFrame:
    own = goal(
        "student_coverage",
        60,
        100,
        exempt=7,
        target=0.9,
        pace=0.5,
        earlier_numerator=55,
        earlier_denominator=100,
        earlier_day=date(2025, 11, 21),
        low=0.7,
        projected=0.8,
        high=0.85,
    )
    anyone = goal("student_coverage_any", 65, 100)
    return pd.DataFrame([own, anyone], columns=GOAL_COLUMNS).assign(mark=None)


def test_a_goal_says_its_value_and_what_it_is_held_against() -> None:
    frame = goals_frame().drop(columns="mark")
    shown = text(goal_columns(frame, STUDENT_COVERAGE, HERE))
    for said in (
        "60.0%60 / 100 人，另有 7 人不在校",
        "目标90.0%，还差 30 人",
        "今日应到50.0%（教学日 55/95） 快 10.0 点",
        "上年同一教学周55.0%（2025-11-21） 高 5.0 点",
        "学期末预计80.0%（70.0%–85.0%）",
        "学生被任一辅导员见到的比例65.0%65/100",
    ):
        assert said in shown
    assert shown.count("这里还没有可计算的数值。") == 2


def test_a_goal_reached_late_or_without_a_past_says_so() -> None:
    row = goal("student_coverage", 45, 50, target=0.9, pace=0.95)
    shown = text(goal_columns(pd.DataFrame([row]), STUDENT_COVERAGE, HERE))
    assert "目标90.0%，已达到" in shown
    assert "慢 5.0 点" in shown
    assert "没有上年数据" in shown
    assert "不作预计" in shown


def test_cards_say_dashes_for_what_has_no_value() -> None:
    frame = goals_frame().assign(mark=Mark())
    shown = text(goal_cards(frame, STUDENT_COVERAGE, HERE))
    assert "学生覆盖率60.0%▲5.0点 较上年同周60 / 100 人目标 90.0%，学期末预计 80.0%" in shown
    assert "时段覆盖率——这里没有可以显示的数值" in shown
    assert "未设目标" in shown


def test_without_any_number_the_panels_say_why() -> None:
    empty = pd.DataFrame([], columns=GOAL_COLUMNS)
    for draw in (goal_columns, goal_cards):
        assert "还没有可计算的 44023 数据" in text(draw(empty, STUDENT_COVERAGE, HERE))
    assert "还没有可计算的 44023 数据" in sentences.of_goals(empty, STUDENT_COVERAGE, HERE)


def test_the_sentence_of_the_goals_names_the_week() -> None:
    said = sentences.of_goals(goals_frame(), STUDENT_COVERAGE, HERE)
    assert said == "截至 2026-11-20（第11教学周）：学生覆盖率 60.0%。"


def curve() -> pd.DataFrame:
    """Ten days, the sixth is today; the projection opens on it."""
    days = [date(2026, 9, 7) + timedelta(days=n) for n in range(10)]
    past = [n if n < 6 else None for n in range(10)]
    ahead = [None if n < 5 else 0.5 + (n - 5) / 20 for n in range(10)]
    frame = pd.DataFrame({"day": days, "week": [1] * 7 + [2] * 3, "numerator": past})
    frame = frame.assign(anyone=past, denominator=[10 if p is not None else None for p in past])
    frame = frame.assign(pace=[n / 9 for n in range(10)], earlier_numerator=None)
    frame = frame.assign(earlier_denominator=None, low=ahead, projected=ahead, high=ahead)
    return frame[CURVE_COLUMNS]


def test_the_curve_stops_today_and_the_band_begins_there() -> None:
    drawn = met_curve(curve(), STUDENT_COVERAGE, HERE)
    by_name = {trace.get("name", ""): trace for trace in drawn["data"]}
    own = by_name["自己的辅导员见到"]["y"]
    assert own[:6] == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
    assert own[6:] == [None] * 4
    assert by_name["学期末预计"]["x"][0] == "2026-09-12"
    assert set(by_name["上年同期"]["y"]) == {None}
    assert drawn["layout"]["xaxis"]["ticktext"] == ["第1周"]
    said = sentences.of_curve(curve(), STUDENT_COVERAGE, HERE)
    assert said.startswith(
        "已见到 5 人，占 10 名在校学生的 50.0%；按教学日今天应到 55.6%；照最近四周"
    )


def test_bars_name_every_class_with_number_and_share() -> None:
    spans = pd.DataFrame({"span": SPAN_NAMES, "number": [5, 2, 1, 1, 1, 0], "total": 10})
    bars = span_bars(spans, STUDENT_COVERAGE, HERE)["data"][0]
    assert bars["text"][0] == "5（50.0%）"
    assert bars["y"] == list(SPAN_NAMES)
    said = sentences.of_spans(spans, STUDENT_COVERAGE, HERE)
    assert "2 人（20.0%）超过 30 天" in said
    ways = pd.DataFrame({"way": WAYS, "numerator": [3, 2, 4, 1], "denominator": 10})
    bars = way_bars(ways, STUDENT_COVERAGE, HERE)["data"][0]
    assert bars["marker"]["pattern"]["shape"] == ["", "", "", "/"]
    said = sentences.of_ways(ways, STUDENT_COVERAGE, HERE)
    assert "谈话 30.0%，在寝 20.0%，随堂 40.0%" in said
    assert "另有 1 人的房间走到过" in said


@pytest.mark.parametrize("draw", [met_curve, span_bars, way_bars])
def test_a_chart_of_nobody_says_so(draw: Any) -> None:
    drawn = draw(pd.DataFrame([]), STUDENT_COVERAGE, HERE)
    assert "没有在校学生" in drawn["layout"]["annotations"][0]["text"]
    assert json.loads(to_json_plotly(drawn))


def test_buildings_and_names() -> None:
    frame = pd.DataFrame(
        {
            "building_id": ["A", ""],
            "building": ["桃苑1号楼", "未归属"],
            "numerator": [3, 0],
            "denominator": [5, 1],
            "unmet": [2, 1],
        }
    )
    shown = text(unmet_buildings(frame, STUDENT_COVERAGE, HERE))
    assert "桃苑1号楼60.0%　3/52" in shown
    assert "未安排住宿0.0%　0/11" in shown
    said = sentences.of_buildings(frame, STUDENT_COVERAGE, HERE)
    assert said == "还有 3 人没见到；比例最高的是桃苑1号楼，40.0%。"
    names = pd.DataFrame([], columns=UNMET_COLUMNS)
    assert "名单只给学生自己的辅导员" in text(unmet_names(names, STUDENT_COVERAGE, HERE))
    row = dict.fromkeys(UNMET_COLUMNS) | {"student_id": "s1", "name": "张三", "days": 12.0}
    shown = text(unmet_names(pd.DataFrame([row]), STUDENT_COVERAGE, HERE))
    assert "张三s1———12 天前—" in shown

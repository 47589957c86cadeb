"""The drawings of goal ③: every concern is drawn once, nothing hidden is drawn at all."""

from typing import Any

import pandas as pd
import pytest
from plotly.io.json import to_json_plotly

from components import sentences_concerns as sentences
from components.figures.ages import age_bars
from components.figures.funnel import step_bars
from components.panels.concerns import category_table, overdue_list
from components.panels.key_groups import key_group_tables
from queries.concern_progress import AGE_COLUMNS, CATEGORY_COLUMNS, FUNNEL_COLUMNS
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME
from queries.filters import Filters
from queries.key_groups import COLUMNS as KEY_GROUP_COLUMNS
from queries.key_groups import KEY_GROUP_CONTACT
from queries.overdue import COLUMNS as OVERDUE_COLUMNS

HERE = Filters(term="2026-2027-1", date="2026-11-20")
FUNNEL = pd.DataFrame(
    [
        ("提出", 10, 10, None, None, 3),
        ("受理", 8, 10, 80.0, 1.0, 3),
        ("首次答复", 8, 10, 100.0, 2.5, 2),
        ("解决", 4, 10, 50.0, 6.0, 1),
        ("学生确认", 0, 10, 0.0, None, 0),
    ],
    columns=FUNNEL_COLUMNS,
)
AGES = pd.DataFrame(
    [("0–3 天", 2, 1, 0, 0, 3, 0), ("60 天以上", 0, 0, 4, 1, 5, 4)], columns=AGE_COLUMNS
)


def text(shown: Any) -> str:
    """Everything a component says."""
    return str(to_json_plotly(shown))


def test_a_step_and_what_it_lost_are_as_long_as_the_step_before() -> None:
    reached, lost = step_bars(FUNNEL, CLOSED_LOOP, HERE)["data"]
    assert reached["x"] == [10, 8, 8, 4, 0]
    assert lost["x"] == [0, 2, 0, 4, 4]
    assert lost["text"][0] == "10"
    assert lost["text"][2] == "8 · 80.0%<br>上一步的 100.0%<br>中位 2.5 天"
    assert lost["text"][4] == "0 · 0.0%<br>上一步的 0.0%"


def test_nothing_raised_draws_empty_steps() -> None:
    none = FUNNEL.assign(numerator=0, denominator=0, of_before=None, days=None)
    reached, lost = step_bars(none, CLOSED_LOOP, HERE)["data"]
    assert reached["x"] == lost["x"] == [0] * 5
    assert "本学期提出 0 个问题" in sentences.of_funnel(none, CLOSED_LOOP, HERE)


def test_bars_of_an_age_add_up_to_what_is_written_above() -> None:
    drawn = age_bars(AGES, CLOSED_LOOP, HERE)
    assert [sum(bar["y"][place] for bar in drawn["data"]) for place in (0, 1)] == [3, 5]
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["<b>3</b>", "<b>5</b>"]
    patterns = [bar["marker"]["pattern"]["shape"] for bar in drawn["data"]]
    assert len(set(patterns)) == 4  # told apart in grey


def test_sentences_say_what_earlier_terms_left() -> None:
    assert "遗留 3 个，其中 1 个本学期已解决" in sentences.of_funnel(FUNNEL, CLOSED_LOOP, HERE)
    none = FUNNEL.assign(carried=0)
    assert "没有以前学期遗留的" in sentences.of_funnel(none, CLOSED_LOOP, HERE)


def test_long_waits_are_those_of_more_than_thirty_days() -> None:
    spans = ("0–3 天", "4–7 天", "8–14 天", "15–30 天", "31–60 天", "60 天以上")
    rows = [(span, 1, 0, 0, 0, 1, 0) for span in spans]
    said = sentences.of_ages(pd.DataFrame(rows, columns=AGE_COLUMNS), CLOSED_LOOP, HERE)
    assert said.startswith("6 个问题还没有闭环")
    assert "2 个提出已超过 30 天" in said


def test_the_terms_limit_is_printed() -> None:
    row = ("合计", 6, 2, 5, 1, 3, 4, 2.0, None, 3, 4.5, None, 5)
    df = pd.DataFrame([row], columns=CATEGORY_COLUMNS)
    said = sentences.of_categories(df, RESPONSE_IN_TIME, HERE)
    assert said == "本学期首次答复时限是 5 个工作日：时限已过的 5 个问题里 2 个按时答复（40.0%）。"
    shown = text(category_table(df, RESPONSE_IN_TIME, HERE))
    assert "中位 4.5 天（3 个）" in shown
    assert "九成" not in shown.split("天数是日历日")[0]  # of so few none is given


def overdue(**values: Any) -> pd.DataFrame:
    """One row of what is overdue."""
    return pd.DataFrame([values]).reindex(columns=OVERDUE_COLUMNS)


def test_an_overdue_concern_says_who_and_both_kinds_of_days() -> None:
    row = {"concern_id": 7, "category": "宿舍", "limit_day": "2026-11-13", "total": 1, "days": 7}
    df = overdue(**row, raised="2026-11-10", working_days=5, limit_days=3)
    shown = text(overdue_list(df, RESPONSE_IN_TIME, HERE))
    for said in ("#7", "还没有指定", "5 个工作日", "（7 天）"):
        assert said in shown
    assert "nan" not in shown.lower()


def test_numbers_by_college_list_no_concern() -> None:
    df = overdue(college="化工学院", number=3, total=3, limit_days=3)
    shown = text(overdue_list(df, RESPONSE_IN_TIME, HERE))
    assert "化工学院 3" in shown
    assert "Table" not in shown
    assert sentences.of_overdue(df, RESPONSE_IN_TIME, HERE).endswith("包括以前学期遗留的。")


@pytest.mark.parametrize(("unmet", "bars"), [("<5", 1), ("—", 0)])
def test_a_hidden_share_draws_no_bar(unmet: str, bars: int) -> None:
    rate, sure = ("≥80.0%", 0.8) if bars else ("—", None)
    row = ("全校", "全校", "20", "≥16", unmet, rate, sure, None, None, "2026-11-15")
    df = pd.DataFrame([row], columns=KEY_GROUP_COLUMNS)
    assert text(key_group_tables(df, KEY_GROUP_CONTACT, HERE)).count("meter-bar") == bars
    said = sentences.of_key_groups(df, KEY_GROUP_CONTACT, HERE)
    assert said.startswith("2026-11-15 周末，全校登记的重点群体 20 人")


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ("40", "化工学院登记的重点群体 40 人；见到多少人不给出，以免推算出不足 5 人的数。"),
        ("<5", "化工学院登记的重点群体 <5 人；见到多少人不给出，以免推算出不足 5 人的数。"),
        ("—", "化工学院的人数不给出，以免推算出别处不足 5 人的数。"),
    ],
)
def test_what_is_withheld_is_said_to_be(total: str, said: str) -> None:
    row = ("学院", "化工学院", total, "—", "—", "—", None, None, None, "2026-11-15")
    df = pd.DataFrame([row], columns=KEY_GROUP_COLUMNS)
    assert sentences.of_key_groups(df, KEY_GROUP_CONTACT, HERE) == f"2026-11-15 周末，{said}"


def test_few_are_counted_one_by_one() -> None:
    assert age_bars(AGES, CLOSED_LOOP, HERE)["layout"]["yaxis"]["dtick"] == 1
    assert "dtick" not in age_bars(AGES.assign(total=9), CLOSED_LOOP, HERE)["layout"]["yaxis"]

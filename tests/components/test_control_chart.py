"""The drawing of one control chart: gaps, limits by stretch, marks by shape, words in the hover."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from plotly.io.json import to_json_plotly

from components.figures.control_chart import LIMIT, MARKED, PROVISIONAL, control_chart
from queries.control import RULES, Chart, p_chart, signals
from queries.filters import Filters
from queries.series import BUILDING, UNIVERSITY
from queries.students_met import STUDENT_COVERAGE
from queries.warnings import CHART_COLUMNS

HERE = Filters(term="2026-2027-1", date="2026-11-20")
WEEKS = (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13)
MET = (50, 52, 48, 51, 49, 50, 52, 48, 90, 51, 49, 50)


def frame(
    weeks: Sequence[int],
    met: Sequence[int],
    wholes: Sequence[int] = (),
    *,
    subject: str = UNIVERSITY,
) -> pd.DataFrame:
    """Of 100 people a week, or of as many as said, so many were met; weeks left out break."""
    wholes = wholes or [100] * len(weeks)
    breaks = [i for i in range(1, len(weeks)) if weeks[i] != weeks[i - 1] + 1]
    chart = p_chart(met, wholes, breaks=breaks)
    rules = dict.fromkeys(range(len(weeks)), "")
    for signal in signals(chart):
        rules |= dict.fromkeys(range(signal.first, signal.last + 1), signal.rule)
    return pd.DataFrame(
        {
            **columns_of(chart),
            "measure": "met_share",
            "subject": subject,
            "week": list(weeks),
            "starts": [f"2026-09-{day:02}" for day in range(1, len(weeks) + 1)],
            "part": list(met),
            "whole": list(wholes),
            "raw": list(chart.points),
            "level": 0.5,
            "signal": [rules[place] for place in range(len(weeks))],
        },
        columns=CHART_COLUMNS,
    )


def columns_of(chart: Chart) -> dict[str, Any]:
    return {
        "value": list(chart.points),
        "centre": chart.centre,
        "lower": chart.lower,
        "upper": chart.upper,
        "near_lower": chart.near_lower,
        "near_upper": chart.near_upper,
        "kind": chart.kind,
        "provisional": chart.provisional,
    }


def drawn(df: pd.DataFrame) -> dict[str, Any]:
    return control_chart(df, STUDENT_COVERAGE, HERE)


def band(figure: dict[str, Any]) -> dict[str, Any]:
    return next(trace for trace in figure["data"] if trace.get("fill") == "toself")


def lines(figure: dict[str, Any], colour: str) -> list[dict[str, Any]]:
    traces = [t for t in figure["data"] if t["mode"] == "lines" and "fill" not in t]
    return [t for t in traces if t["line"].get("color") == colour]


def marks(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in figure["data"] if trace["mode"] == "markers"}


def labels(figure: dict[str, Any]) -> list[str]:
    return [note["text"].split("<br>")[0] for note in figure["layout"]["annotations"]]


def test_the_line_and_the_limits_stop_where_there_was_no_teaching() -> None:
    """Week 4 had none: no value there, and no limit between half past 3 and half past 4."""
    figure = drawn(frame(WEEKS, MET))
    line = next(t for t in figure["data"] if list(t["x"]) == list(range(1, 14)))
    assert [week for week, y in zip(line["x"], line["y"], strict=True) if y is None] == [4]
    for trace in (*lines(figure, LIMIT), band(figure)):
        gap = trace["y"].index(None)
        assert (trace["x"][gap], trace["y"][gap]) == (None, None)
        known = [x for x in trace["x"] if x is not None]
        assert not [x for x in known if 3.5 < x < 4.5]
        assert (min(known), max(known)) == (0.5, 13.5)


def test_the_band_is_closed_by_stretch() -> None:
    """Two shapes: of three weeks, six corners above and six below, then of nine."""
    corners = list(band(drawn(frame(WEEKS, MET)))["x"])
    first = corners[: corners.index(None)]
    assert first == [0.5, 1.5, 1.5, 2.5, 2.5, 3.5, 3.5, 2.5, 2.5, 1.5, 1.5, 0.5]
    assert len(corners) == 2 * 2 * 12 + 2


def test_a_week_alone_between_two_breaks_has_its_limits() -> None:
    figure = drawn(frame([1, 2, 3, 4, 6, 8], [50, 52, 48, 51, 49, 50]))
    known = [x for x in band(figure)["x"] if x is not None]
    assert {5.5, 6.5} <= set(known)


def test_a_special_week_is_told_by_shape_and_by_word() -> None:
    figure = drawn(frame(WEEKS, MET))
    found = marks(figure)
    assert set(found) == {"常规波动", "一点超出控制限"}
    plain, special = found["常规波动"], found["一点超出控制限"]
    assert list(special["x"]) == [10]
    assert special["marker"]["symbol"] != plain["marker"]["symbol"]
    assert special["marker"]["color"] != plain["marker"]["color"]
    assert special["hovertext"] == [
        "<b>第10周（2026-09-09 起）</b><br>当周见到学生的比例 90.0%(90/100)<br>一点超出控制限"
    ]
    assert "超出" not in plain["hovertext"][0]


def test_each_rule_has_a_shape_of_its_own() -> None:
    assert set(MARKED) == set(RULES)
    assert len({*MARKED.values(), "circle"}) == len(RULES) + 1


def test_limits_of_fewer_than_twelve_weeks_are_lighter_and_called_provisional() -> None:
    final, trial = drawn(frame(WEEKS, MET)), drawn(frame(WEEKS[:11], MET[:11]))
    assert labels(final) == ["上限", "中线", "下限"]
    assert labels(trial) == ["暂定上限", "中线", "暂定下限"]
    assert [t["line"].get("dash") for t in lines(final, LIMIT)] == ["dash", "dash", None]
    assert [t["line"].get("dash") for t in lines(trial, PROVISIONAL)] == ["dash", "dash"]
    assert not lines(final, PROVISIONAL)


def test_under_five_weeks_there_is_a_centre_and_no_limit() -> None:
    figure = drawn(frame([1, 2, 3, 4], [50, 52, 48, 51]))
    assert labels(figure) == ["中线"]
    assert band(figure)["x"] == []
    assert set(marks(figure)) == {"常规波动"}


def test_a_week_without_a_value_is_a_gap_and_no_mark() -> None:
    """The labels at the right are then those of the last week that has limits."""
    figure = drawn(frame([1, 2, 3, 4, 5, 6], [50, 52, 48, 51, 49, 0], [100] * 5 + [0]))
    assert list(marks(figure)["常规波动"]["x"]) == [1, 2, 3, 4, 5]
    assert labels(figure) == ["暂定上限", "中线", "暂定下限"]


def test_a_building_is_written_in_times_the_university() -> None:
    figure = drawn(frame(WEEKS, MET, subject=BUILDING))
    text = marks(figure)["常规波动"]["hovertext"][0]
    assert "全校同周 50.0%" in text
    assert "是全校水平的 0.50 倍" in text
    assert figure["layout"]["yaxis"]["title"]["text"] == "全校同周水平的倍数"


@pytest.mark.parametrize("weeks", [0, 4, 12])
def test_it_can_be_sent(weeks: int) -> None:
    df = frame(WEEKS[:weeks], MET[:weeks]) if weeks else pd.DataFrame(columns=CHART_COLUMNS)
    assert to_json_plotly(drawn(df))


def test_nothing_yet_says_so() -> None:
    figure = drawn(pd.DataFrame(columns=CHART_COLUMNS))
    assert [note["text"] for note in figure["layout"]["annotations"]] == [
        "本学期还没有完整的教学周"
    ]

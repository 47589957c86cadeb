"""The drawings of ②: sums are divided; the running week and weeks without teaching stand apart."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from plotly.io.json import to_json_plotly

from components import sentences_periods as sentences
from components.figures.field_bars import field_bars
from components.figures.node_matrix import LOOKS, WIDEST, node_matrix
from components.figures.period_heatmap import period_heatmap, rounded
from components.panels.key_dates import NAMED, key_date_list
from components.panels.term_calendar import calendar
from queries.filters import Filters
from queries.key_dates import NODE_COLUMNS, PAIR_COLUMNS
from queries.period_weeks import FIELD_COLUMNS, PERIOD_COLUMNS
from queries.periods import FIELD_COVERAGE, NODE_COVERAGE, SLOT_COVERAGE
from queries.term_calendar import COLUMNS, Day, Window

HERE = Filters(term="2026-2027-1", date="2026-09-24")
MONDAY = date(2026, 9, 7)
PERIODS = ("上午", "中午", "下午", "晚上")
HOURS = ("–12:00", "12:00–14:00", "14:00–18:00", "18:00–")
STATES = ("已结束", "无教学", "进行中", "未到")


def week_row(number: int, state: str) -> dict[str, Any]:
    starts = MONDAY + timedelta(days=7 * number)
    return {
        "week": number + 1,
        "starts": starts,
        "until": starts + timedelta(days=7),
        "state": state,
    }


def four_weeks() -> pd.DataFrame:
    """One week of each state; in the first 1, 2, 3 and 4 of 4 made the periods, in the third 1."""
    found = []
    for number, state in enumerate(STATES):
        for place, (period, hours) in enumerate(zip(PERIODS, HOURS, strict=True)):
            row = {**week_row(number, state), "period": period, "hours": hours, "minutes": 40}
            over, known = state == "已结束", state in ("已结束", "进行中")
            made, due = (place + 1, 4) if over else (1, 4) if known else (None, None)
            row |= {"made": made, "due": due, "visits": 7 if known else None, "long": made}
            row |= {"numerator": made if over else None, "denominator": due if over else None}
            found.append(row)
    return pd.DataFrame(found, columns=PERIOD_COLUMNS, dtype=object)


def heat(df: pd.DataFrame) -> dict[str, Any]:
    return next(trace for trace in period_heatmap(df, SLOT_COVERAGE, HERE)["data"] if "z" in trace)


def plain(text: str) -> str:
    """A cell's text without its small print's tags."""
    return text.replace("<span style='font-size:11px'>", "").replace("</span>", "")


def test_cells_carry_share_and_fraction_and_sums_are_divided() -> None:
    text = [[plain(cell) for cell in row] for row in heat(four_weeks())["text"]]
    assert [row[0] for row in text[:4]] == ["25%<br>1/4", "50%<br>2/4", "75%<br>3/4", "100%<br>4/4"]
    assert text[5][0] == "62%<br>10/16"  # of the week
    assert [row[-1] for row in text[:4]] == [row[0] for row in text[:4]]  # one week is over
    assert text[5][-1] == "62%<br>10/16"


def test_the_running_week_has_counts_only_and_an_outline() -> None:
    drawn = period_heatmap(four_weeks(), SLOT_COVERAGE, HERE)
    cells = heat(four_weeks())
    assert [plain(row[2]) for row in cells["text"][:4]] == ["1/4"] * 4
    assert plain(cells["text"][5][2]) == "4/16"
    assert len({row[2] for row in cells["z"][:4]}) == 1  # the class without a value
    (outline,) = drawn["layout"]["shapes"]
    assert (outline["x0"], outline["x1"]) == (2, 3)
    assert "进行中" in drawn["layout"]["xaxis"]["ticktext"][2]


def test_weeks_without_teaching_are_hatched_and_named_and_those_to_come_are_empty() -> None:
    drawn = period_heatmap(four_weeks(), SLOT_COVERAGE, HERE)
    hatched = drawn["data"][0]
    assert hatched["x"] == [1.5]
    assert hatched["marker"]["pattern"]["shape"] == "/"
    corner, name = drawn["layout"]["annotations"]
    assert (corner["text"], name["text"], name["x"]) == ("教学周", "无教学", 1.5)
    cells = heat(four_weeks())
    for column in (1, 3):
        assert [row[column] for row in cells["z"]] == [None] * 6


def test_a_share_is_none_or_all_only_where_it_is() -> None:
    assert [rounded(v) for v in (0, 0.001, 0.5, 0.999, 1)] == ["0%", "1%", "50%", "99%", "100%"]


def field_weeks() -> pd.DataFrame:
    found = []
    for number, state in enumerate(STATES):
        known = state in ("已结束", "进行中")
        counts = dict(
            zip(FIELD_COLUMNS[4:9], (5, 2, 1, 0, 8) if known else (None,) * 5, strict=True)
        )
        over = state == "已结束"
        rate = {"numerator": 5 if over else None, "denominator": 8 if over else None}
        found.append({**week_row(number, state), **counts, **rate})
    return pd.DataFrame(found, columns=FIELD_COLUMNS, dtype=object)


def test_fields_are_stacked_with_patterns_and_the_share_stands_above() -> None:
    drawn = field_bars(field_weeks(), FIELD_COVERAGE, HERE)
    *parts, free = drawn["data"]
    assert [part["y"] for part in parts] == [[n, None, n, None] for n in (5, 2, 1, 0)]
    assert len({part["marker"]["pattern"]["shape"] for part in parts}) == 4
    assert all(part["marker"]["opacity"][2] < 1 for part in parts)
    assert (free["x"], free["y"]) == ([1], [8])
    (share,) = drawn["layout"]["annotations"]  # none for the running week
    assert (share["x"], share["y"], share["text"]) == (0, 8, "62%")


def pair_rows(buildings: int = 3, cluster: str = "桃苑") -> pd.DataFrame:
    """Four key dates, one of each state, of so many buildings of a cluster."""
    found = []
    for number, look in enumerate(LOOKS):
        starts = MONDAY + timedelta(days=number)
        for building in range(1, buildings + 1):
            node = (f"n{number}", f"节点{number}", "其他", starts, starts)
            place = (cluster, cluster, f"{cluster}-{building}", f"{cluster}{building}号楼")
            visit = starts if number == 0 else None
            found.append((*node, *place, look.state, visit, int(number == 0), int(number < 3)))
    return pd.DataFrame(found, columns=PAIR_COLUMNS)


def test_every_pair_has_its_mark_and_drills_to_its_building() -> None:
    drawn = node_matrix(pair_rows(), NODE_COVERAGE, HERE)
    cells = next(trace for trace in drawn["data"] if "z" in trace)
    assert [row[0] for row in cells["text"]] == ["●", "○", "✕", "·"]
    assert [row[2]["building"] for row in cells["customdata"]] == ["桃苑-3"] * 4
    names = drawn["layout"]["yaxis"]["ticktext"]
    assert "100.0% · 3/3" in names[0]
    assert "0.0% · 0/3" in names[2]
    assert "09-10" in names[3]  # has not begun: no share
    numbers = [a["text"] for a in drawn["layout"]["annotations"]]
    assert numbers == ["1", "2", "3", "<b>桃苑</b>"]


def test_many_buildings_stand_in_bands_that_nothing_sticks_out_of() -> None:
    clusters = [pair_rows(20, name) for name in ("桃苑", "松苑", "竹苑", "梅苑")]
    drawn = node_matrix(pd.concat(clusters), NODE_COVERAGE, HERE)
    bands = [trace for trace in drawn["data"] if "z" in trace]
    assert len(bands) == 2
    assert sum(len([c for c in band["z"][0] if c is not None]) for band in bands) == 80
    assert max(edge for band in bands for edge in band["x"]) <= WIDEST
    assert bands[0]["y"][-1] < bands[1]["y"][0]
    assert drawn["layout"]["yaxis"]["range"][0] == bands[1]["y"][-1]
    everyone = pair_rows(WIDEST + 6)
    first, second = [t for t in node_matrix(everyone, NODE_COVERAGE, HERE)["data"] if "z" in t]
    assert (len(first["z"][0]), len(second["z"][0])) == (WIDEST, 6)


def key_row(state: str, missing: int, **more: Any) -> pd.DataFrame:
    names = tuple((f"b{n}", f"{n}号楼") for n in range(missing))
    row = {
        "node_id": "n",
        "node": "节点",
        "kind": "其他",
        "starts": MONDAY,
        "ends": MONDAY,
        "state": state,
        "left": None,
        "numerator": 10 - missing,
        "denominator": 10,
        "buildings": 10,
        "quiet": None,
        "names": "",
        "missing": names,
    }
    return pd.DataFrame([row | more], columns=NODE_COLUMNS, dtype=object)


@pytest.mark.parametrize(
    ("row", "said", "links"),
    [
        (key_row("已结束", 0), ["全部到过", "100.0%"], 0),
        (key_row("已结束", NAMED + 2), [f"等 {NAMED + 2} 栋"], NAMED),
        (key_row("窗口进行中", 2, left=3), ["还剩 3 天", "80.0%"], 2),
        (key_row("窗口进行中", 2, left=0), ["当日是最后一天"], 2),
        (
            key_row("未开始", 0, left=9, denominator=0, numerator=0, quiet=4),
            ["9 天后开始", "10 栋待走访", "4 栋近 14 天没有走访"],
            0,
        ),
        (key_row("未开始", 0, left=9, denominator=0, numerator=0), ["10 栋待走访"], 0),
    ],
)
def test_a_key_date_says_what_is_left_to_do(row: pd.DataFrame, said: list[str], links: int) -> None:
    shown = to_json_plotly(key_date_list(row, NODE_COVERAGE, HERE))
    assert all(text in shown for text in said), shown
    assert shown.count("building=b") == links


def term(*windows: Window) -> pd.DataFrame:
    """Two weeks, of which Thursday of the second is today."""
    found = []
    for number in range(2):
        monday = date(2026, 9, 14) + timedelta(days=7 * number)
        dates = [monday + timedelta(days=n) for n in range(7)]
        visits = [n + 1 if d <= HERE.as_of else None for n, d in enumerate(dates)]
        kinds = ["教学日"] * 5 + ["周末"] * 2
        days = [Day(d, k, "", v) for d, k, v in zip(dates, kinds, visits, strict=True)]
        inside = tuple(w for w in windows if w.starts <= dates[-1] and w.ends >= monday)
        known = sum(v for v in visits if v)
        found.append((number + 2, monday, STATES[0], *visits, known, "", "", tuple(days), inside))
    return pd.DataFrame(found, columns=COLUMNS, dtype=object)


def parts(component: Any, kind: str) -> list[Any]:
    """Every component of a kind inside another."""
    found = [component] if type(component).__name__ == kind else []
    below = getattr(component, "children", None)
    for child in below if isinstance(below, list) else [below]:
        if child is not None and not isinstance(child, str):
            found += parts(child, kind)
    return found


def test_every_row_of_the_calendar_is_seven_days_wide() -> None:
    windows = (
        Window("a", "甲", date(2026, 9, 1), date(2026, 9, 16), "已结束", 2, 9),
        Window("b", "乙", date(2026, 9, 15), date(2026, 9, 25), "窗口进行中", 1, 9),
        Window("c", "丙", date(2026, 9, 18), date(2026, 9, 18), "已结束", 0, 9),
        Window("d", "丁", date(2026, 9, 27), date(2026, 9, 30), "未开始", 0, 9),
    )
    shown = calendar(term(*windows), NODE_COVERAGE, HERE)
    bodies = parts(shown, "Tbody")
    assert [len(body.children) for body in bodies] == [3, 2]  # a and c share a line; b and d too
    for body in bodies:
        for row in body.children:
            cells = [cell for cell in row.children if type(cell).__name__ == "Td"]
            assert sum(getattr(cell, "colSpan", None) or 1 for cell in cells) == 7
    looks = [getattr(div, "className", "") for div in parts(shown, "Div")]
    bars = [look for look in looks if look.startswith("node-bar")]
    assert bars == [
        "node-bar gap stops",
        "node-bar done starts stops",
        "node-bar open starts",
        "node-bar open stops",
        "node-bar ahead starts",
    ]
    text = to_json_plotly(shown)
    assert "缺 2 栋" in text
    assert "还有 1 栋没到" in text
    assert "9 栋待走访" in text


def test_today_is_outlined_and_days_to_come_have_no_number() -> None:
    shown = calendar(term(), NODE_COVERAGE, HERE)
    cells = [cell for cell in parts(shown, "Td") if cell.children]
    current = [cell for cell in cells if getattr(cell, "aria-current", None) == "date"]
    assert [cell.children[0].dateTime for cell in current] == ["2026-09-24"]
    numbers = [[span.children for span in parts(cell, "Span")] for cell in cells]
    assert numbers == [[str(n)] for n in range(1, 8)] + [[str(n)] for n in range(1, 5)] + [[]] * 3
    assert [cell.className for cell in cells[:7]] == [
        "shade-1", "shade-2", "shade-2", "shade-3", "shade-3", "rest shade-4", "rest shade-4",
    ]  # fmt: skip


def test_empty_frames_say_why() -> None:
    for draw, columns, metric in (
        (period_heatmap, PERIOD_COLUMNS, SLOT_COVERAGE),
        (field_bars, FIELD_COLUMNS, FIELD_COVERAGE),
        (node_matrix, PAIR_COLUMNS, NODE_COVERAGE),
    ):
        drawn = draw(pd.DataFrame(columns=columns), metric, HERE)
        assert len(drawn["layout"]["annotations"]) == 1
    for show, columns in ((key_date_list, NODE_COLUMNS), (calendar, COLUMNS)):
        assert show(pd.DataFrame(columns=columns), NODE_COVERAGE, HERE).className == "empty"


def test_a_first_week_that_is_not_over_has_no_rate_to_speak_of() -> None:
    running = four_weeks().query("state == '进行中'")
    said = sentences.of_periods(running, SLOT_COVERAGE, HERE)
    assert said.startswith("还没有结束的教学周。第3周进行中，只列人数，不计入比率。")
    assert "40 分钟" in said
    drawn = heat(running)
    assert [row[-1] for row in drawn["text"]] == ["—", "—", "—", "—", "", "—"]
    field = field_weeks().query("state == '进行中'")
    assert sentences.of_fields(field, FIELD_COVERAGE, HERE).startswith("还没有结束的教学周。")


def test_a_sentence_says_the_best_and_the_worst_period() -> None:
    said = sentences.of_periods(four_weeks(), SLOT_COVERAGE, HERE)
    assert said.startswith(
        "已结束的 1 个教学周里，四时段做到 10/16（62.5%）；"
        "最高是晚上（100.0%），最低是上午（25.0%）。"
    )
    assert "上午 –12:00，中午 12:00–14:00，下午 14:00–18:00，晚上 18:00–" in said

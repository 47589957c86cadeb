"""The drawings of 力量下沉: nothing is a cross, unknown is no zero, nobody is named."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from components.figures.cells import EMPTY, folded
from components.figures.forces import carrier_cells, month_cells
from components.forces_words import people
from components.panels.absence_board import absence_board
from components.panels.counselor_posts import counselor_posts
from components.panels.forces_cards import forces_cards
from components.panels.reach_board import FRESH, NEVER, OLD, RECENT, look_of, reach_board
from components.sentences_forces import (
    of_absences,
    of_buildings,
    of_cards,
    of_cells,
    of_months,
    of_posts,
)
from queries.filters import Filters
from queries.forces import BUILDING_COUNSELOR_COVERAGE, ENGAGEMENT_REACH, ENGAGEMENT_WEEKS
from queries.forces_absences import TOTAL

HERE = Filters(term="2026-2027-1", date="2026-11-20")
NOTHING = pd.DataFrame()


@pytest.mark.parametrize("draw", [carrier_cells, month_cells])
def test_an_empty_frame_says_so(draw: Any) -> None:
    drawn = draw(NOTHING, ENGAGEMENT_REACH, HERE)
    assert drawn["data"] == []
    assert drawn["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize("draw", [forces_cards, reach_board, counselor_posts, absence_board])
def test_an_empty_panel_says_so(draw: Any) -> None:
    assert draw(NOTHING, ENGAGEMENT_REACH, HERE).className == "empty"


@pytest.mark.parametrize(
    "say", [of_cards, of_cells, of_buildings, of_months, of_posts, of_absences]
)
def test_an_empty_sentence_says_so(say: Any) -> None:
    assert say(NOTHING, ENGAGEMENT_REACH, HERE).endswith("。")


@pytest.mark.parametrize(
    ("attended", "counted", "sessions", "said"),
    [(0, 0, 0, ""), (0, 0, 2, "人数未统计"), (30, 1, 2, "≥30 人次"), (1200, 2, 2, "1,200 人次")],
)
def test_people_are_at_least_those_counted(
    attended: int, counted: int, sessions: int, said: str
) -> None:
    assert people(attended, counted, sessions) == said


def test_a_cell_holds_sessions_and_people_or_a_cross() -> None:
    rows = [("教授沙龙", "专家学者", 2, 30, 1), ("导师有约", "专家学者", 0, 0, 0)]
    df = pd.DataFrame(rows, columns=["carrier", "person_kind", "sessions", "attended", "counted"])
    drawn = carrier_cells(df, ENGAGEMENT_REACH, HERE)
    ((held, empty),) = drawn["data"][0]["text"]
    assert held.startswith("2<br>")
    assert "≥30 人次" in held
    assert empty == EMPTY
    assert "2 场" in drawn["layout"]["yaxis"]["ticktext"][0]
    assert "另有 1 场" in drawn["data"][0]["hovertext"][0][0]
    assert "1 种" in of_cells(df, ENGAGEMENT_REACH, HERE)


def months() -> pd.DataFrame:
    """Two carriers in two months: one came in two of four weeks, the other never."""
    rows = [
        *(("2026-10", "教授沙龙", 3, 30, 3, 1, 4, 2, 2, 4),),
        *(("2026-10", "导师有约", 0, 0, 0, 1, 4, 0, 2, 4),),
        *(("2026-11", "教授沙龙", 1, 0, 0, 3, 4, 2, 2, 4),),
        *(("2026-11", "导师有约", 0, 0, 0, 3, 4, 0, 2, 4),),
    ]
    columns = ["month", "carrier", "sessions", "attended", "counted", "numerator", "denominator"]
    return pd.DataFrame(rows, columns=[*columns, "carrier_weeks", "all_weeks", "weeks"])


def test_shares_stand_below_the_months_and_beside_the_carriers() -> None:
    counts, shares = month_cells(months(), ENGAGEMENT_WEEKS, HERE)["data"]
    assert counts["z"] == [[3, 1], [0, 0]]
    assert [row[-1] for row in shares["z"]] == [0.5, 0.0, None, 0.5]
    assert shares["z"][-1] == [0.25, 0.75, None, 0.5]
    assert all(value is None for row in shares["z"][:-1] for value in row[:-1])
    assert len(shares["x"]) == len(shares["z"][0]) + 1
    assert len(shares["y"]) == len(shares["z"]) + 1
    assert "2 周有活动（50.0%）" in of_months(months(), ENGAGEMENT_WEEKS, HERE)


def test_the_month_of_the_day_is_not_over() -> None:
    october, november, _ = month_cells(months(), ENGAGEMENT_WEEKS, HERE)["layout"]["xaxis"][
        "ticktext"
    ]
    assert "至 20 日" in november
    assert "至" not in october


def test_a_long_name_is_parted_near_its_middle() -> None:
    assert folded("Face to face with leaders") == "Face to face<br>with leaders"
    assert folded("Veterans") == "Veterans"
    assert folded("专职思政干部与研究生导师和五老") == "专职思政干部与研究生导师和五老"


@pytest.mark.parametrize(
    ("days", "look"),
    [(None, NEVER), (0, FRESH), (14, FRESH), (15, RECENT), (30, RECENT), (31, OLD), (900, OLD)],
)
def test_a_tile_looks_as_long_ago_as_somebody_came(days: int | None, look: Any) -> None:
    assert look_of(days) is look


def buildings() -> pd.DataFrame:
    """Two buildings of one cluster, one of them not reached, and a laboratory."""
    rows = [
        ("N", "P", "桃苑", "A", "桃苑1号楼", 0, 0, 0, 0, 0, 0, 0, None, True, None),
        ("N", "P", "桃苑", "B", "桃苑2号楼", 2, 0, 2, 0, 0, 9, 1, date(2026, 11, 6), True, 14),
        ("N", "Q", "松苑", "L", "实验楼", 1, 1, 0, 0, 0, 5, 1, date(2026, 11, 1), False, 19),
    ]
    columns = ["campus_id", "cluster_id", "cluster", "building_id", "building", "sessions"]
    columns += ["talks", "salons", "tutorials", "stations", "attended", "counted", "last"]
    return pd.DataFrame(rows, columns=[*columns, "home", "days"])


def test_every_building_is_a_tile_that_leads_to_its_portrait() -> None:
    shown: Any = reach_board(buildings(), ENGAGEMENT_REACH, HERE)
    cluster, elsewhere = shown.children[1].children
    tiles = cluster.children[1].children
    assert [tile.className for tile in tiles] == ["reach gap", "reach fresh"]
    assert all(tile.href.startswith("/building?") for tile in tiles)
    assert "到过 1/2 栋" in str(cluster)
    assert "不计入到楼率" in str(elsewhere)
    assert "教" in str(tiles[1])
    assert "≥9 人次" in str(tiles[1])
    said = of_buildings(buildings(), ENGAGEMENT_REACH, HERE)
    assert said == "2 栋住宿楼宇中 1 栋本学期还没有人来过：桃苑1号楼。"


def posts() -> pd.DataFrame:
    columns = ["building_id", "building", "kind", "counselors", "since", "number", "residents"]
    columns += ["undergraduates", "masters", "doctors", "each", "norm"]
    rows = [
        ("A", "研1", "研究生", "", None, 0, 300, 0, 200, 100, None, 200),
        ("C", "混1", "混合", "", None, 0, 50, 20, 30, 0, None, 200),
        ("B", "研2", "研究生", "甲、乙", date(2025, 9, 1), 2, 800, 0, 500, 300, 400.0, 200),
    ]
    return pd.DataFrame(rows, columns=columns)


def test_only_a_graduate_building_without_anyone_is_a_gap() -> None:
    shown = str(counselor_posts(posts(), BUILDING_COUNSELOR_COVERAGE, HERE))
    assert shown.count("'未聘任'") == 1
    assert "未聘任（不要求）" in shown
    assert "1:400（参考 1:200 的 2.0 倍）" in shown
    assert "2 栋研究生楼宇中 1 栋" in of_posts(posts(), BUILDING_COUNSELOR_COVERAGE, HERE)


def test_totals_say_from_how_many_colleges_people_came() -> None:
    columns = ["college_id", "college", "person_kind", "sessions", "last", "persons", "missing"]
    day = date(2026, 5, 1)
    rows = [
        (TOTAL, TOTAL, "五老", 2, day, 3, 2),
        (TOTAL, TOTAL, TOTAL, 2, day, 3, 2),
        ("X", "矿业", "五老", 2, day, 1, 0),
        ("X", "矿业", TOTAL, 2, day, 1, 0),
        ("Y", "化工", "五老", 0, day, 2, 2),
        ("Y", "化工", TOTAL, 0, day, 2, 2),
    ]
    df = pd.DataFrame(rows, columns=columns)
    shown = str(absence_board(df, ENGAGEMENT_REACH, HERE))
    assert "来自 1/2 个学院" in shown
    assert "上次 2026-05-01" in shown
    assert "2 / 3 人" in shown
    said = of_absences(df, ENGAGEMENT_REACH, HERE)
    assert said.startswith("2 个学院中 1 个本学期还没有人来过；上学期来过的 3 人中 2 人还没有来。")

"""The time line of a building: every dated fact, up to the day, without a student's name."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from data.access.viewer import WORK_GROUP, Viewer
from data.engine import writing
from data.errors import InvalidFilter
from queries.choices import resolve
from queries.chronicle import KINDS, chronicle
from queries.filters import Filters
from tests import deeds
from tests.queries.slices import EVERYONE, slice_of


def told(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> list[str]:
    """Records as lines, newest first."""
    rows = chronicle(conn, filters, viewer).itertuples()
    return [f"{str(row.day)[5:10]} {row.event} {row.subject}" for row in rows]


def test_all_that_happened_to_a_building(conn: Connection) -> None:
    assert told(conn, slice_of(building="A")) == [
        "10-14 撤销 党小组“桃1二层党小组”",
        "09-07 层长上任 2层",
        "04-01 成立 党小组“桃1二层党小组”",
        "03-10 成立 党团联合工作室“桃苑联合工作室”",
        "03-02 层长上任 1层",
        "03-02 成立 功能型党支部“桃1一层党支部”",
        "03-02 成立 工作站“桃1工作站”",
        "03-01 楼宇工作组由其牵头 矿业工程学院，组长 组长甲",
    ]


def test_an_earlier_day_does_not_know_later_ones(conn: Connection) -> None:
    assert told(conn, slice_of("10-13", building="A"))[0] == "09-07 层长上任 2层"


def test_one_kind_alone(conn: Connection) -> None:
    chosen = replace(slice_of(building="D"), kind="place")
    assert told(conn, chosen) == ["10-01 启用 竹苑1号楼"]
    with pytest.raises(InvalidFilter, match="没有这一类记录：nonsense"):
        resolve(conn, Filters(kind="nonsense"), EVERYONE)
    for kind in KINDS:
        resolve(conn, Filters(kind=kind), EVERYONE)


def test_only_own_buildings(conn: Connection) -> None:
    group = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
    assert told(conn, slice_of(building="A"), group) == []
    assert told(conn, slice_of(building="B"), group)


def test_spaces_brands_and_honours(world_copy: str) -> None:
    with writing(world_copy) as conn:
        deeds.add(conn)
        later = told(conn, slice_of("11-21", building="A"))
    assert [line for line in later if "党小组" not in line and "层长" not in line][:5] == [
        "11-21 空间启用 自习室（学习发展）",
        "11-03 经验报送 《楼里的故事》高校思政网",
        "11-02 获奖 校级 · 文明楼",
        "10-01 建成 一层文化墙",
        "09-10 品牌创建 一楼一品“桃李讲堂”",
    ]

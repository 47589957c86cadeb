"""Finding a building by whatever people call it."""

import pytest
from sqlalchemy import Connection, update

from data.engine import writing
from data.errors import InvalidFilter
from data.models.place import Building
from queries.called import building_called, buildings_to_find, close_buildings
from queries.choices import resolve
from queries.filters import Filters
from tests.queries.slices import EVERYONE, slice_of


@pytest.mark.parametrize(
    "text", ["A", "桃苑1号楼", "桃苑１号楼", " 桃苑 1 栋", "桃苑1", "p1", "P 1", "桃1"]
)
def test_many_ways_to_call_one(world_copy: str, text: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(update(Building).where(Building.id == "A").values(aliases="桃1、桃1楼"))
        assert building_called(conn, text) == "A"


def test_several_are_asked_about_and_none_is_left_to_the_page(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(update(Building).values(aliases="一号楼"))
        with pytest.raises(InvalidFilter, match="桃苑1号楼（A）、桃苑2号楼（B）"):
            building_called(conn, "一号楼")
        assert building_called(conn, "梅9") == "梅9"


def test_an_unknown_one_is_explained_with_names_written_alike(conn: Connection) -> None:
    assert close_buildings(conn, "桃苑11号楼")[0] == "桃苑1号楼"
    with pytest.raises(InvalidFilter, match="写法相近的楼宇：桃苑1号楼"):
        resolve(conn, Filters.parse("?building=桃苑11号楼"), EVERYONE)


def test_an_alias_in_the_address_is_resolved(conn: Connection) -> None:
    for search in ("?building=桃苑1栋", "?id=桃苑1", "?id=A"):
        found = resolve(conn, Filters.parse(search), EVERYONE)
        assert found.search == "?campus=N&cluster=P&building=A", search


def test_buildings_stand_in_natural_order(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(update(Building).where(Building.id == "A").values(name="桃苑10号楼"))
        found = buildings_to_find(conn, slice_of(), EVERYONE)
        assert list(found["building_id"]) == ["B", "A", "C", "D"]
        assert list(buildings_to_find(conn, slice_of("09-30"), EVERYONE)["building_id"]) == [
            *("B", "A", "C")
        ]

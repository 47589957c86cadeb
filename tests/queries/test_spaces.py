"""Spaces and culture features by hand, on the world with a few of them.

Residents on 11-20: A 5, B 1, C 2, D 1; D opened on 10-01, and nobody lives in L.

    spaces    A 思想引领 30 m², 12 seats, always there
              A 思想引领 20 m², seats unknown, since 09-01
              A 学习发展 area unknown, 8 seats, from 10-01 to 11-20
              B 交流互动 10 m², 4 seats, since 11-20
              C 生活服务 6 m², seats unknown, since 11-21
              D 文体活动 nothing known, since 2026-05-01
              L 文体活动 99 m², 50 seats
    features  A 党建墙 always there, A 党建墙 since 2026-03-01, B 文化走廊 since 11-20,
              C 文化墙 since 11-21, L 文化墙
"""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.service import CultureFeature, Space
from data.summaries.refresh import refresh
from queries.filters import BELONGS, LEADS, Filters
from queries.spaces import by_culture, by_function, space_rates
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import TODAY, day, rows

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
NOBODY = Viewer("nobody")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "spaces", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> str:
    world.build(url)
    with writing(url) as conn:
        rows(
            conn,
            Space,
            "id building_id name function area seats opened closed",
            ("s1", "A", "党建活动室", "思想引领", 30.0, 12, None, None),
            ("s2", "A", "宣讲室", "思想引领", 20.0, None, day("09-01"), None),
            ("s3", "A", "自习室", "学习发展", None, 8, day("10-01"), day("11-20")),
            ("s4", "B", "交流空间", "交流互动", 10.0, 4, day("11-20"), None),
            ("s5", "C", "便民站", "生活服务", 6.0, None, day("11-21"), None),
            ("s6", "L", "球馆", "文体活动", 99.0, 50, None, None),
            ("s7", "D", "健身角", "文体活动", None, None, day("2026-05-01"), None),
        )
        rows(
            conn,
            CultureFeature,
            "id building_id kind opened",
            (1, "A", "党建墙", None),
            (2, "A", "党建墙", day("2026-03-01")),
            (3, "B", "文化走廊", day("11-20")),
            (4, "C", "文化墙", day("11-21")),
            (5, "L", "文化墙", None),
        )
    refresh(url, today=TODAY)
    return url


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of(), EVERYONE, "4/20 2/4"),
        (slice_of("11-21"), EVERYONE, "4/20 3/4"),
        (slice_of("11-19"), EVERYONE, "3/20 1/4"),
        (slice_of("09-30"), EVERYONE, "1/15 1/3"),
        (slice_of(campus="S"), EVERYONE, "1/5 0/1"),
        (slice_of(building="A"), EVERYONE, "2/5 1/1"),
        (slice_of(college="Y", college_as=LEADS), EVERYONE, "1/10 1/2"),
        (slice_of(college="X", college_as=BELONGS), EVERYONE, "3/10 1/2"),
        (slice_of(), OF_B, "1/5 1/1"),
        (slice_of(), K1, "3/15 1/3"),
        (slice_of(), NOBODY, "— —"),
    ],
)
def test_rates(conn: Connection, filters: Filters, viewer: Viewer, expected: str) -> None:
    """X's students live in A and D: who is away on exchange has no home in C."""
    found = space_rates(conn, filters, viewer).set_index("metric")
    shown = [
        f"{found.loc[key, 'numerator']}/{found.loc[key, 'denominator']}"
        if key in found.index
        else "—"
        for key in ("function_coverage", "culture_coverage")
    ]
    assert " ".join(shown) == expected


@pytest.mark.parametrize("query", [space_rates, by_function, by_culture])
def test_nobody_gets_no_rows(conn: Connection, query: Callable[..., pd.DataFrame]) -> None:
    assert query(conn, slice_of(), NOBODY).empty


def test_every_building_has_every_function_the_emptiest_first(conn: Connection) -> None:
    found = by_function(conn, slice_of(), EVERYONE)
    assert len(found) == 20
    shown = found.drop_duplicates("building_id")[["building_id", "lacking", "residents"]]
    assert shown.to_numpy().tolist() == [["C", 5, 2], ["B", 4, 1], ["D", 4, 1], ["A", 3, 5]]


def test_what_nobody_wrote_down_is_unknown_and_no_zero(conn: Connection) -> None:
    cells = by_function(conn, slice_of(), EVERYONE).set_index(["building_id", "function"])
    columns = ["spaces", "area", "area_known", "seats", "seats_known", "area_each", "seats_each"]

    def cell(building: str, function: str) -> list[object]:
        return list(cells.loc[(building, function), columns])

    assert cell("A", "思想引领") == [2, 50.0, 2, 12, 1, 1000.0, 240.0]
    assert cell("A", "学习发展") == [1, None, 0, 8, 1, None, 160.0]
    assert cell("D", "文体活动") == [1, None, 0, None, 0, None, None]
    assert cell("C", "生活服务") == [0, None, 0, None, 0, None, None]


def test_a_space_is_there_on_its_last_day_and_not_after(conn: Connection) -> None:
    for on, spaces in (("11-20", 1), ("11-21", 0)):
        cells = by_function(conn, slice_of(on), EVERYONE).set_index(["building_id", "function"])
        assert cells.loc[("A", "学习发展"), "spaces"] == spaces


def test_where_nobody_lives_there_is_no_number_for_a_hundred(conn: Connection) -> None:
    """In the spring nobody lived in C, and D was not open."""
    found = by_function(conn, slice_of("2026-07-05"), EVERYONE)
    assert set(found["building_id"]) == {"A", "B", "C"}
    assert set(found.loc[found["building_id"] == "C", "area_each"]) == {None}


def test_culture_features(conn: Connection) -> None:
    """One of the two walls in A has no day; the other was built in the spring."""
    found = by_culture(conn, slice_of(), EVERYONE)
    order = found.drop_duplicates("building_id")[["building_id", "lacking"]]
    assert order.to_numpy().tolist() == [["C", 3], ["D", 3], ["A", 2], ["B", 2]]
    held = found[found["features"] > 0].set_index(["building_id", "kind"])
    assert held[["features", "since"]].T.to_dict("list") == {
        ("A", "党建墙"): [2, day("2026-03-01")],
        ("B", "文化走廊"): [1, day("11-20")],
    }

"""六型社区 by hand, on the world with a few typed activities.

Added, all in the autumn:

    1  09-08  A     先锋
    2  10-08  A, B  no type of its own; its brand is 美丽
    3  11-01  A     neither it nor a brand has a type
    4  11-02  L     学习: nobody lives in L
    5  11-21  C     活力: after the day of the tests
    6  11-03  B     平安, though its brand is 美丽

So of four residential buildings, by 11-20: 先锋 A; 美丽 A and B; 平安 B; no other type any.
"""

from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.activity import COMMUNITY_TYPES, Activity, ActivityPlace, Brand
from data.summaries.refresh import refresh
from queries.activities import SIX_TYPES_COVERAGE, activity_rates
from queries.community_types import INDICATORS, community_types
from queries.filters import Filters
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import TODAY, day, rows

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "types", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> None:
    world.build(url)
    with writing(url) as conn:
        rows(conn, Brand, "id name level community_type", ("b", "花园", "一楼一品", "美丽"))
        rows(
            conn,
            Activity,
            "id name day community_type brand_id",
            (1, "党课", day("09-08"), "先锋", None),
            (2, "种花", day("10-08"), None, "b"),
            (3, "楼会", day("11-01"), None, None),
            (4, "读书会", day("11-02"), "学习", None),
            (5, "夜跑", day("11-21"), "活力", None),
            (6, "消防演练", day("11-03"), "平安", "b"),
        )
        held = ((1, "A"), (2, "A"), (2, "B"), (3, "A"), (4, "L"), (5, "C"), (6, "B"))
        rows(conn, ActivityPlace, "activity_id building_id", *held)
    refresh(url, today=TODAY)


def _types(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> pd.DataFrame:
    found = community_types(conn, filters, viewer)
    return found[found["metric"] == SIX_TYPES_COVERAGE.key].set_index("type")


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of(), EVERYONE, "1/4 0/4 0/4 1/4 2/4 0/4"),
        (slice_of("10-31"), EVERYONE, "1/4 0/4 0/4 0/4 2/4 0/4"),
        (slice_of(building="B"), EVERYONE, "0/1 0/1 0/1 1/1 1/1 0/1"),
        (slice_of(), OF_B, "0/1 0/1 0/1 1/1 1/1 0/1"),
    ],
)
def test_buildings_with_an_activity_of_a_type(
    conn: Connection, filters: Filters, viewer: Viewer, expected: str
) -> None:
    """An activity's own type goes before its brand's."""
    found = _types(conn, filters, viewer).loc[list(COMMUNITY_TYPES)]
    assert (
        " ".join(
            f"{n:.0f}/{d:.0f}"
            for n, d in zip(found["numerator"], found["denominator"], strict=True)
        )
        == expected
    )
    rates = activity_rates(conn, filters, viewer).set_index("metric").loc[SIX_TYPES_COVERAGE.key]
    sums = (found["numerator"].sum(), found["denominator"].sum())
    assert (rates["numerator"], rates["denominator"]) == sums


def test_a_score_is_the_plain_mean_of_the_shares_there_are(conn: Connection) -> None:
    """先锋, from the table of the world: stations 2/4, floors 2/6, leaders 2/7, rooms 2/8, roster
    3/6, plates 1/3, and activities 1/4: the mean of the seven is 0.35034. Nobody asked for
    anything, so 办结率 has no value and no part in 美丽, which has no space and no wall either."""
    found = community_types(conn, slice_of(), EVERYONE)
    first = found[found["type"] == "先锋"]
    pairs = [
        f"{n:.0f}/{d:.0f}" for n, d in zip(first["numerator"], first["denominator"], strict=True)
    ]
    assert pairs == ["2/4", "2/6", "2/7", "2/8", "3/6", "1/3", "1/4"]
    assert first["score"].unique() == pytest.approx(
        100 * (1 / 2 + 1 / 3 + 2 / 7 + 1 / 4 + 1 / 2 + 1 / 3 + 1 / 4) / 7
    )
    beauty = found[found["type"] == "美丽"].set_index("metric")
    assert pd.isna(beauty.loc["requests_finished", "numerator"])
    known = beauty.dropna(subset="numerator")
    shares = known["numerator"] / known["denominator"]
    assert beauty["score"].iloc[0] == pytest.approx(shares.mean() * 100)
    assert found["earlier_score"].isna().all()


def test_every_type_stands_with_all_its_indicators(conn: Connection) -> None:
    """Also where none has a value: the row is there, its numbers are not."""
    found = community_types(conn, slice_of(), EVERYONE)
    assert list(dict.fromkeys(found["type"])) == list(COMMUNITY_TYPES)
    assert len(found) == sum(map(len, INDICATORS.values())) + len(COMMUNITY_TYPES)


def test_a_floor_shows_its_building(conn: Connection) -> None:
    floor = community_types(conn, slice_of(floor="A1"), EVERYONE)
    pd.testing.assert_frame_equal(floor, community_types(conn, slice_of(building="A"), EVERYONE))


def test_nobody_gets_no_rows(conn: Connection) -> None:
    assert community_types(conn, slice_of(), Viewer("nobody")).empty

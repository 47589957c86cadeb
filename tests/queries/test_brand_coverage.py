"""Which places have a brand, by hand, on the world with brands (tests/branding.py)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from data.access.viewer import WORK_GROUP, Viewer
from data.engine import reading
from queries.brand_coverage import brand_rates, owned_brands
from queries.filters import LEADS, Filters
from tests import branding, databases
from tests.queries.slices import EVERYONE, slice_of
from tests.world import day

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "brands", branding.build)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of("09-09"), EVERYONE, "1/2 2/3"),  # R has no home yet, b-n is founded on 09-10
        (slice_of("09-10"), EVERYONE, "2/2 2/3"),
        (slice_of("10-14"), EVERYONE, "2/3 3/4"),  # A on its last day, C, D
        (slice_of("10-15"), EVERYONE, "2/3 3/4"),  # B, C, D
        (slice_of("10-31"), EVERYONE, "2/3 3/4"),  # C on its last day
        (slice_of("11-01"), EVERYONE, "2/3 2/4"),
        (slice_of(), EVERYONE, "2/3 2/4"),
        (slice_of(building="A"), EVERYONE, "1/1 0/1"),
        (slice_of("10-14", building="A"), EVERYONE, "1/1 1/1"),
        (slice_of(college="Y", college_as=LEADS), EVERYONE, "2/2 1/2"),
        (slice_of(), OF_B, "1/1 1/1"),
        (slice_of("10-14"), OF_B, "1/1 0/1"),
        (slice_of(), Viewer("nobody"), ""),
    ],
)
def test_rates(conn: Connection, filters: Filters, viewer: Viewer, expected: str) -> None:
    found = brand_rates(conn, filters, viewer)
    assert " ".join(f"{r.numerator}/{r.denominator}" for r in found.itertuples()) == expected


def test_places_without_one_come_first(conn: Connection) -> None:
    """A and C had one before; R never had. Of those without, the larger stands first."""
    found = owned_brands(conn, slice_of(), EVERYONE)
    lacking = found[found["numerator"] == 0]
    assert list(zip(lacking["cluster_id"], lacking["building_id"], strict=True)) == [
        ("R", ""),
        ("P", "A"),
        ("Q", "C"),
    ]
    assert lacking["residents"].tolist() == [2, 4, 2]
    assert [None if f != f else f for f in lacking["former"]] == [None, "灯下书屋", "清晨朗读"]  # noqa: PLR0124
    assert lacking["until"].tolist()[1:] == [day("10-14"), day("10-31")]
    having = found[found["numerator"] == 1].set_index("building_id")
    assert having.loc["B", "brands"] == "灯下书屋"

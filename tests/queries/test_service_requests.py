"""Service requests by hand, on the world with a few of them.

1     易班 A       09-10 08:00 to 18:00, 5 points
2     易班 A       09-20 08:00 to 09-22 08:00, unrated
3     易班 nowhere 10-01 09:00 to 11:00, 3 points
4     易班 B       11-19 12:00 to 11-21 12:00, 4 points: open on 11-20
5     师生e线 nowhere 11-01, open
6     师生e线 D    11-20 23:00, open
7     师生e线 A    11-21 08:00: after the day of the tests
8     智慧学工 C   10-10 10:00, finished an hour before it began, it is said
9     易班 A       2026-06-30 12:00 to 09-08: of the spring
10-19 自助终端 C   10-05 08:00, taking 1, 2 … 10 hours, unrated
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from components.panels.request_channels import request_channels
from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.service import CHANNELS, ServiceRequest
from data.summaries.refresh import refresh
from queries.filters import BELONGS, LEADS, Filters
from queries.places import UNPLACED
from queries.service_requests import REQUESTS_FINISHED, TOTAL, by_channel, request_rates
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import TODAY, rows

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
NOBODY = Viewer("nobody")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "service_requests", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def at(text: str) -> datetime:
    """A moment of 2026 as the ledger writes it: campus time, without a zone."""
    return datetime.fromisoformat(f"2026-{text}")


def _built(url: str) -> str:
    world.build(url)
    begun = at("10-05 08:00")
    terminal = [
        (9 + n, "自助终端", "C", begun, begun + timedelta(hours=n), None) for n in range(1, 11)
    ]
    with writing(url) as conn:
        rows(
            conn,
            ServiceRequest,
            "id channel building_id submitted finished rating",
            (1, "易班", "A", at("09-10 08:00"), at("09-10 18:00"), 5),
            (2, "易班", "A", at("09-20 08:00"), at("09-22 08:00"), None),
            (3, "易班", None, at("10-01 09:00"), at("10-01 11:00"), 3),
            (4, "易班", "B", at("11-19 12:00"), at("11-21 12:00"), 4),
            (5, "师生e线", None, at("11-01 09:00"), None, None),
            (6, "师生e线", "D", at("11-20 23:00"), None, None),
            (7, "师生e线", "A", at("11-21 08:00"), None, None),
            (8, "智慧学工", "C", at("10-10 10:00"), at("10-10 09:00"), None),
            (9, "易班", "A", at("06-30 12:00"), at("09-08 12:00"), None),
            *terminal,
        )
    refresh(url, today=TODAY)
    return url


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of(), EVERYONE, "14/17"),
        (slice_of("11-21"), EVERYONE, "15/18"),
        (slice_of("09-21"), EVERYONE, "1/2"),
        (slice_of("2026-07-05"), EVERYONE, "0/1"),
        (slice_of(campus="N"), EVERYONE, "13/14"),
        (slice_of(campus="S"), EVERYONE, "0/1"),
        (slice_of(building="B"), EVERYONE, "0/1"),
        (slice_of(college="Y", college_as=LEADS), EVERYONE, "11/12"),
        (slice_of(college="X", college_as=BELONGS), EVERYONE, "2/3"),
        (slice_of(), OF_B, "0/1"),
        (slice_of(), K1, "13/14"),
        (slice_of(), NOBODY, "—"),
    ],
)
def test_rate(conn: Connection, filters: Filters, viewer: Viewer, expected: str) -> None:
    """The campuses have 14 and 1, and 2 are of no building: none of the 17 is lost."""
    found = request_rates(conn, filters, viewer)
    shown = [f"{row.numerator}/{row.denominator}" for row in found.itertuples()]
    assert (shown or ["—"]) == [expected]


@pytest.mark.parametrize("query", [request_rates, by_channel])
def test_nobody_gets_no_rows(conn: Connection, query: Callable[..., pd.DataFrame]) -> None:
    assert query(conn, slice_of(), NOBODY).empty


def channels(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> dict[str, Any]:
    """Channel → its numbers; None where there is no value."""
    rows = by_channel(conn, filters, viewer).to_dict("records")
    return {row.pop("channel"): [None if pd.isna(v) else v for v in row.values()] for row in rows}


def test_channels(conn: Connection) -> None:
    """Finished, submitted, timed, median, p90, rated, rating, backlog, oldest, unplaced."""
    found = channels(conn, slice_of())
    assert list(found) == [*CHANNELS, TOTAL, UNPLACED]
    assert found["易班"] == [3, 4, 3, 10.0, None, 2, 4.0, 1, 1, 1]
    assert found["师生e线"] == [0, 2, 0, None, None, 0, None, 2, 19, 1]
    assert found["智慧学工"] == [1, 1, 0, None, None, 0, None, 0, None, 0]
    assert found["事务大厅"] == [0, 0, 0, None, None, 0, None, 0, None, 0]
    assert found["自助终端"] == [10, 10, 10, 5.5, pytest.approx(9.1), 0, None, 0, None, 0]
    assert found[TOTAL] == [14, 17, 13, 6.0, pytest.approx(10.0), 2, 4.0, 3, 19, 2]
    assert found[UNPLACED] == [1, 2, 1, 2.0, None, 1, 3.0, 1, 19, 2]


def test_what_is_finished_later_is_open_on_the_day(conn: Connection) -> None:
    assert channels(conn, slice_of("11-21"))["易班"] == [4, 4, 4, 29.0, None, 3, 4.0, 0, None, 1]


def test_a_place_has_only_its_own(conn: Connection) -> None:
    """Whoever sees one building sees nothing of those that name none."""
    for found in (channels(conn, slice_of(building="B")), channels(conn, slice_of(), OF_B)):
        assert list(found) == [*CHANNELS, TOTAL]
        assert found[TOTAL] == [0, 1, 0, None, None, 0, None, 1, 1, 0]


def test_a_mean_never_stands_without_how_many_rated(conn: Connection) -> None:
    shown = str(
        request_channels(by_channel(conn, slice_of(), EVERYONE), REQUESTS_FINISHED, slice_of())
    )
    assert "2 件已评，1 件未评" in shown
    assert "无人评价" in shown
    assert "不足 10 件，不列" in shown
    assert "nan" not in shown

"""Pilot buildings by hand, on the world with four more buildings for undergraduates.

E, F, G and H in cluster R have one resident each all autumn; A has 5, C 2, B and D 1.
Upgraded: A on 10-15, C on 2026-07-20 (a vacation), B on 2026-03-02 (before any residents are
known); D will be on 12-01, and is no pilot yet.

    A 思想引领 20 m² always, 5 m² until 10-14; 学习发展 30 m² since 10-15;
      交流互动 of unknown area since 10-20
    C 生活服务 8 m² always; B nothing
    E 10 m² always, F 20 m², G 30 m² since 11-01, H of unknown area; D nothing
"""

from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy import Connection, update

from components.figures.pilots import pilot_change
from data.access.viewer import WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.people import Enrolment, Student
from data.models.place import Building, Room
from data.models.service import Space
from data.summaries.refresh import refresh
from queries.pilots import pilot_buildings
from queries.spaces import FUNCTION_COVERAGE
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, AUTUMN_STARTS, TODAY, day, rows

OF_A = Viewer("group", WORK_GROUP, buildings=frozenset("A"))
UPGRADED = {"A": "10-15", "C": "2026-07-20", "B": "2026-03-02", "D": "12-01"}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "pilots", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> str:
    world.build(url)
    with writing(url) as conn:
        for building, on in UPGRADED.items():
            stmt = update(Building).where(Building.id == building)
            conn.execute(stmt.values(upgraded=day(on)))
        _peers(conn)
        rows(
            conn,
            Space,
            "id building_id name function area opened closed",
            ("p1", "A", "室", "思想引领", 20.0, None, None),
            ("p2", "A", "室", "学习发展", 30.0, day("10-15"), None),
            ("p3", "A", "室", "交流互动", None, day("10-20"), None),
            ("p4", "A", "室", "思想引领", 5.0, None, day("10-14")),
            ("q1", "C", "室", "生活服务", 8.0, None, None),
            ("e1", "E", "室", "学习发展", 10.0, None, None),
            ("f1", "F", "室", "学习发展", 20.0, None, None),
            ("g1", "G", "室", "学习发展", 30.0, day("11-01"), None),
            ("h1", "H", "室", "学习发展", None, None, None),
        )
    refresh(url, today=TODAY)
    return url


def _peers(conn: Connection) -> None:
    columns = "id cluster_id name residents residential"
    rows(conn, Building, columns, *((b, "R", f"竹苑{b}楼", "本科生", True) for b in "EFGH"))
    rows(conn, Room, "id building_id code beds", *((f"{b}11", b, "101", 4) for b in "EFGH"))
    rows(conn, Student, "id name", *((f"p{b}", f"同学{b}") for b in "EFGH"))
    rows(
        conn,
        Enrolment,
        "student_id term_id starts college_id room_id political_status grade degree_level",
        *(
            (f"p{b}", AUTUMN, AUTUMN_STARTS, "X", f"{b}11", "共青团员", 2024, "本科生")
            for b in "EFGH"
        ),
    )


def test_before_and_after_beside_the_peers(conn: Connection) -> None:
    """D, E, F, G and H are the peers of A; the area of H is unknown. Before, G had nothing."""
    found = pilot_buildings(conn, slice_of(), EVERYONE)
    assert list(found["building_id"]) == ["A", "C", "B"]
    a = found.iloc[0]
    assert (a["before_day"], a["lived_day"], a["days"]) == (day("10-14"), day("10-14"), 36)
    names = ("functions", "area", "unknown", "each", "peers_functions", "peers_each")
    assert [a[f"before_{name}"] for name in names] == [1, 25.0, 0, 500.0, 1.0, 500.0]
    assert [a[f"now_{name}"] for name in names] == [3, 50.0, 1, 1000.0, 1.0, 1500.0]
    assert a["peers"] == 5


def test_residents_of_a_vacation_are_those_of_the_term_before(conn: Connection) -> None:
    """Nobody lived in C in the spring; it is the only building for both, and has no peers."""
    c = pilot_buildings(conn, slice_of(), EVERYONE).set_index("building_id").loc["C"]
    assert (c["before_day"], c["lived_day"]) == (day("2026-07-19"), day("2026-07-05"))
    assert (c["before_functions"], c["before_area"], c["before_each"]) == (1, 8.0, None)
    assert (c["now_each"], c["peers"], c["now_peers_each"]) == (400.0, 0, None)


def test_before_any_summary_residents_are_unknown(conn: Connection) -> None:
    b = pilot_buildings(conn, slice_of(), EVERYONE).set_index("building_id").loc["B"]
    assert (b["lived_day"], b["before_area"], b["before_each"]) == (None, 0, None)
    assert b["now_each"] == 0.0


def test_a_building_is_a_pilot_from_the_day_of_its_upgrade(conn: Connection) -> None:
    on = {d: pilot_buildings(conn, slice_of(d), EVERYONE) for d in ("10-14", "10-15")}
    assert list(on["10-14"]["building_id"]) == ["C", "B"]
    assert list(on["10-15"]["building_id"]) == ["A", "C", "B"]


def test_only_the_own_buildings_are_shown(conn: Connection) -> None:
    own = pilot_buildings(conn, slice_of(), OF_A)
    whole = pilot_buildings(conn, slice_of(), EVERYONE)
    assert list(own["building_id"]) == ["A"]
    pd.testing.assert_frame_equal(own, whole.head(1))
    assert pilot_buildings(conn, slice_of(), Viewer("nobody")).empty


def test_what_is_unknown_is_not_drawn(conn: Connection) -> None:
    found = pilot_buildings(conn, slice_of(), EVERYONE)
    drawn = pilot_change(found, FUNCTION_COVERAGE, slice_of())
    path, peers, before, now = drawn["data"]
    assert (before["x"], now["x"]) == ([500.0], [1000.0, 400.0, 0.0])
    assert (path["x"], peers["x"]) == ([500.0, 1000.0, None], [1500.0])
    assert pilot_change(found.head(0), FUNCTION_COVERAGE, slice_of())["data"] == []

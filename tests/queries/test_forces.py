"""力量下沉 by hand, and counted again on the demo from the ledger alone.

Added to the world (k3 is building counselor of B, the graduate building, since 2026-09-01; C houses
both; P1 … are person numbers):

    spring    05-10 A 导师有约 研究生导师 P1 of X, 10 there; 06-01 B 教授沙龙 专家学者 P2 of Y, 8
    09-15     A 导师有约 研究生导师 P1 of X, 12 there
    10-20     A 导师有约 研究生导师 P3 of X, nobody counted
    10-20     B 领导面对面 领导干部, person unknown, no college, 20
    11-21     D 春晖工作站 五老 P4 of Y, 9: after the day of the tests
    10-05     L 教授沙龙 专家学者 P5 of Y, 30: nobody lives in L
"""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import Connection, select

from data.access.viewer import WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.forces import Engagement
from data.models.people import Counselor, CounselorBuilding
from data.models.place import Building
from data.models.time import Term
from data.summaries.refresh import refresh
from queries.choices import resolve
from queries.filters import BELONGS, LEADS, Filters
from queries.forces import (
    building_counselors,
    by_building,
    by_carrier_and_kind,
    by_month,
    forces_cards,
    forces_rates,
    not_yet_come,
)
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import TODAY, day, rows

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield _built(f"sqlite:///{tmp_path_factory.mktemp('forces') / 'forces.db'}")
    else:
        server: databases.Server = request.getfixturevalue("postgresql")
        with server.database("forces") as made:
            yield _built(made)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> str:
    world.build(url)
    with writing(url) as conn:
        rows(conn, Counselor, "id name kind employment", ("k3", "楼辅三", "楼宇辅导员", "专职"))
        post = ("k3", "B", day("2026-09-01"))
        rows(conn, CounselorBuilding, "counselor_id building_id starts", post)
        rows(
            conn,
            Engagement,
            "id carrier person_kind person_code college_id building_id day hours attended",
            (1, "导师有约", "研究生导师", "P1", "X", "A", day("2026-05-10"), 1.0, 10),
            (2, "教授沙龙", "专家学者", "P2", "Y", "B", day("2026-06-01"), 1.5, 8),
            (3, "导师有约", "研究生导师", "P1", "X", "A", day("09-15"), 1.0, 12),
            (4, "导师有约", "研究生导师", "P3", "X", "A", day("10-20"), None, None),
            (5, "领导面对面", "领导干部", None, None, "B", day("10-20"), 2.0, 20),
            (6, "春晖工作站", "五老", "P4", "Y", "D", day("11-21"), 1.0, 9),
            (7, "教授沙龙", "专家学者", "P5", "Y", "L", day("10-05"), 1.0, 30),
        )
    refresh(url, today=TODAY)
    return url


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of(), EVERYONE, {"engagement_reach": "2/4", "building_counselors": "1/1"}),
        (slice_of("10-19"), EVERYONE, {"engagement_reach": "1/4", "building_counselors": "1/1"}),
        (slice_of("09-30"), EVERYONE, {"engagement_reach": "1/3", "building_counselors": "1/1"}),
        (
            slice_of("2026-06-01"),
            EVERYONE,
            {"engagement_reach": "2/3", "building_counselors": "0/1"},
        ),
        (slice_of(campus="S"), EVERYONE, {"engagement_reach": "0/1"}),
        (
            slice_of(college="Y", college_as=LEADS),
            EVERYONE,
            {"engagement_reach": "1/2", "building_counselors": "1/1"},
        ),
        (
            slice_of(college="X", college_as=BELONGS),
            EVERYONE,
            {"engagement_reach": "1/4", "building_counselors": "1/1"},
        ),
        (slice_of(), OF_B, {"engagement_reach": "1/1", "building_counselors": "1/1"}),
        (slice_of(), Viewer("nobody"), {}),
    ],
)
def test_rates(
    conn: Connection, filters: Filters, viewer: Viewer, expected: dict[str, str]
) -> None:
    """A and B were reached; of a college that counts by belonging, what its own people reached."""
    found = forces_rates(conn, filters, viewer)
    assert {r.metric: f"{r.numerator}/{r.denominator}" for r in found.itertuples()} == expected


def test_cards_keep_what_nobody_counted_out_of_the_sum(conn: Connection) -> None:
    row = forces_cards(conn, slice_of(), EVERYONE).iloc[0]
    assert (row["sessions"], row["attended"], row["counted"]) == (4, 62, 3)
    assert (row["persons"], row["unnamed"], row["hours"]) == (3, 1, 4.0)
    assert (row["reached"], row["buildings"]) == (2, 4)
    assert pd.isna(row["earlier_sessions"])
    assert forces_cards(conn, slice_of(), Viewer("nobody")).empty


def test_every_carrier_and_kind_has_its_cell(conn: Connection) -> None:
    found = by_carrier_and_kind(conn, slice_of(), EVERYONE)
    assert len(found) == 20
    held = found[found["sessions"] > 0].set_index(["carrier", "person_kind"])
    assert held["sessions"].to_dict() == {
        ("领导面对面", "领导干部"): 1,
        ("教授沙龙", "专家学者"): 1,
        ("导师有约", "研究生导师"): 2,
    }
    assert held.loc[("导师有约", "研究生导师"), "attended"] == 12


def test_buildings_nobody_came_to_stand_first(conn: Connection) -> None:
    found = by_building(conn, slice_of(), EVERYONE)
    shown = [(r.building_id, r.sessions, r.days) for r in found.itertuples()]
    assert shown == [("C", 0, None), ("D", 0, None), ("A", 2, 31), ("B", 1, 31)]


def test_months_and_weeks(conn: Connection) -> None:
    """Ten weeks are over: sessions in those of 09-15, 10-05 and 10-20."""
    found = by_month(conn, slice_of(), EVERYONE)
    assert list(dict.fromkeys(found["month"])) == ["2026-09", "2026-10", "2026-11"]
    october = found[found["month"] == "2026-10"].set_index("carrier")
    assert october["sessions"].to_dict() == {
        "领导面对面": 1,
        "教授沙龙": 1,
        "导师有约": 1,
        "春晖工作站": 0,
    }
    assert (october["reached"].iloc[0], found["buildings"].iloc[0]) == (2, 4)
    assert (found["weeks"].iloc[0], found["weeks_with"].iloc[0]) == (10, 3)


def test_posts_and_whom_they_serve(conn: Connection) -> None:
    """b1 lives in B; b2 and c2 in C, which houses both and needs nobody of its own."""
    found = building_counselors(conn, slice_of(), EVERYONE).set_index("building_id")
    assert list(found.index) == ["B", "C"]
    assert found.loc["B", ["counselors", "number", "residents"]].tolist() == ["楼辅三", 1, 1]
    assert found.loc["C", ["counselors", "number", "residents"]].tolist() == ["", 0, 2]
    spring = building_counselors(conn, slice_of("2026-06-01"), EVERYONE).set_index("building_id")
    assert spring.loc["B", "number"] == 0


def test_who_has_not_come_yet(conn: Connection) -> None:
    """P2 of Y came in the spring and has not come yet; P1 of X has."""
    found = not_yet_come(conn, slice_of(), EVERYONE).set_index(["college_id", "person_kind"])
    assert len(found) == 15
    assert found.loc[("X", "研究生导师"), ["sessions", "persons", "missing"]].tolist() == [2, 1, 0]
    scholars = found.loc[("Y", "专家学者")]
    assert scholars[["sessions", "persons", "missing"]].tolist() == [1, 1, 1]
    assert found.loc[("", "领导干部"), "sessions"] == 1
    assert pd.isna(found.loc[("Y", "五老"), "last"])
    one = not_yet_come(conn, slice_of(college="Y", college_as=BELONGS), EVERYONE)
    assert set(one["college_id"]) == {"Y"}


def test_on_the_demo_it_is_what_the_ledger_says(demo: str) -> None:
    """Plain loops over the ledger rows, on the last day and a month before."""
    with reading(demo) as conn:
        ledger = conn.execute(select(Engagement.__table__)).all()
        housed = {b.id for b in conn.execute(select(Building.__table__)) if b.residential}
        terms = {t.id: t for t in conn.execute(select(Term.__table__))}
        last = resolve(conn, Filters(), EVERYONE)
        month = resolve(conn, replace(last, date="2026-10-21"), EVERYONE)
        for filters in (last, month):
            first = terms[filters.term].starts
            here = [e for e in ledger if first <= e.day <= filters.as_of]
            row = forces_cards(conn, filters, EVERYONE).iloc[0]
            assert row["sessions"] == len(here) > 10
            assert row["attended"] == sum(e.attended or 0 for e in here)
            assert row["persons"] == len({e.person_code for e in here if e.person_code})
            assert row["reached"] == len({e.building_id for e in here} & housed)
            cells = by_carrier_and_kind(conn, filters, EVERYONE)
            for cell in cells.itertuples():
                kind = (cell.carrier, cell.person_kind)
                same = [e for e in here if (e.carrier, e.person_kind) == kind]
                assert cell.sessions == len(same)
            for building in by_building(conn, filters, EVERYONE).itertuples():
                days = [e.day for e in here if e.building_id == building.building_id]
                assert building.sessions == len(days)
                assert (None if pd.isna(building.last) else building.last) == max(
                    days, default=None
                )

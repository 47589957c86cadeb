"""① by hand on tests/met.py: who was met by whom, on each day, in each slice, and who was not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading
from queries.filters import BELONGS, LEADS, Filters
from queries.met_curve import met_curve
from queries.students_met import met_by_day, student_coverage, ways_met
from queries.unmet import buildings_on_map, last_contacts, met_by_building, unmet_students
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN_STARTS, TODAY

K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
K3 = Viewer("k3", COUNSELOR, counselor="k3", buildings=frozenset("C"), serves=frozenset("C"))
OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
OF_Y = Viewer("college", COLLEGE, college="Y")
BELONG_X, BELONG_Y = (
    {"college": "X", "college_as": BELONGS},
    {"college": "Y", "college_as": BELONGS},
)


@pytest.fixture
def conn(met: str) -> Iterator[Connection]:
    with reading(met) as opened:
        yield opened


def coverage(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> str:
    """`own anyone/enrolled +away`, — where there is nobody."""
    found = student_coverage(conn, filters, viewer)
    if found.empty:
        return "—"
    (_, own, everyone, away), (_, anyone, _, _) = found.itertuples(index=False, name=None)
    return f"{own} {anyone}/{everyone} +{away}"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-06-09", "0 0/4 +0"),
        ("2026-06-10", "1 1/4 +0"),
        ("2026-07-05", "1 1/4 +0"),
        ("09-07", "0 0/9 +1"),
        ("09-10", "2 3/9 +1"),
        ("09-30", "2 3/9 +1"),
        ("10-01", "2 3/10 +1"),
        ("10-12", "4 5/10 +1"),
        ("11-04", "4 5/10 +1"),
        ("11-20", "5 6/10 +1"),
    ],
)
def test_every_day_is_what_it_was_on_that_day(conn: Connection, on: str, expected: str) -> None:
    assert coverage(conn, slice_of(on)) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"campus": "N"}, "5 6/8 +1"),
        ({"campus": "S"}, "0 0/1 +0"),
        ({"cluster": "P"}, "3 4/6 +0"),
        ({"building": "A"}, "2 3/5 +0"),
        ({"building": "B"}, "1 1/1 +0"),
        ({"building": "C"}, "2 2/2 +1"),
        ({"floor": "A1"}, "2 3/3 +0"),
        (BELONG_X, "2 2/5 +1"),
        (BELONG_Y, "3 4/5 +0"),
        ({"college": "Y", "college_as": LEADS}, "3 3/3 +1"),
        ({"college": "X", "college_as": LEADS}, "2 3/5 +0"),
        ({"counselor": "k1"}, "2 2/5 +1"),
        ({"counselor": "k3"}, "2 2/2 +1"),
        ({"degree": "本科生"}, "5 6/10 +1"),
        ({"degree": "博士生"}, "—"),
    ],
)
def test_every_slice_counts_its_own_students(
    conn: Connection, chosen: dict[str, str], expected: str
) -> None:
    assert coverage(conn, slice_of(**chosen)) == expected


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [(K1, "2 2/5 +1"), (K3, "2 2/2 +1"), (OF_B, "1 1/1 +0"), (OF_Y, "5 6/10 +1")],
)
def test_everyone_counts_what_they_may(conn: Connection, viewer: Viewer, expected: str) -> None:
    assert coverage(conn, slice_of(), viewer) == expected
    assert coverage(conn, slice_of(), Viewer("nobody")) == "—"


@pytest.mark.parametrize(
    ("chosen", "viewer"),
    [
        ({}, EVERYONE),
        ({"campus": "N"}, EVERYONE),
        (BELONG_X, EVERYONE),
        ({"degree": "本科生"}, EVERYONE),
        ({"building": "C"}, EVERYONE),
        ({}, K1),
        ({}, OF_B),
    ],
)
def test_the_days_are_the_rates_of_each_day(
    conn: Connection, chosen: dict[str, str], viewer: Viewer
) -> None:
    """Also where the whole university is read from totals and a building from its students."""
    here = slice_of(**chosen)
    found = met_by_day(conn, here, viewer)
    assert list(found["day"]) == [AUTUMN_STARTS + timedelta(days=n) for n in range(75)]
    for row in found.itertuples():
        there = replace(here, date=row.day.isoformat())
        rates = student_coverage(conn, there, viewer)
        shown = [*rates["numerator"], *rates["denominator"][:1]] if len(rates) else [0, 0, 0]
        assert [row.numerator, row.anyone, row.denominator] == shown, row.day


def test_how_they_were_met(conn: Connection) -> None:
    found = ways_met(conn, slice_of(), EVERYONE)
    assert dict(zip(found["way"], found["numerator"], strict=True)) == {
        "谈话": 2,
        "在寝": 2,
        "随堂": 2,
        "只到房间": 1,
    }
    assert set(found["denominator"]) == {10}
    before = ways_met(conn, slice_of("11-09"), EVERYONE)
    assert list(before["numerator"]) == [2, 2, 2, 0]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("11-20", [0, 0, 2, 1, 2, 5]),
        ("11-05", [2, 0, 1, 2, 0, 5]),
        ("10-12", [2, 0, 0, 2, 0, 6]),
        ("09-17", [2, 0, 0, 0, 1, 6]),
        ("09-07", [0, 0, 0, 0, 1, 8]),
    ],
)
def test_days_since_the_last_contact(conn: Connection, on: str, expected: list[int]) -> None:
    """11-05: b2 and c2 that day, b1 24 days, a1 and a2 56; on 09-07 and 09-17 only b1 has a last
    contact of the spring, 89 and 99 days ago."""
    found = last_contacts(conn, slice_of(on), EVERYONE)
    assert list(found["number"]) == expected
    assert set(found["total"]) == {sum(expected)}


def test_buildings_by_the_share_not_yet_met(conn: Connection) -> None:
    found = met_by_building(conn, slice_of(), EVERYONE)
    counts = zip(found["building_id"], found["unmet"], found["denominator"], strict=True)
    assert list(counts) == [("D", 1, 1), ("A", 3, 5), ("B", 0, 1), ("C", 0, 2), ("", 1, 1)]
    shown = buildings_on_map(conn, slice_of(), EVERYONE)
    assert list(shown["building_id"]) == ["A", "B", "C", "D"]
    assert list(shown["owner"].dropna()) == ["矿业工程学院", "化工学院", "化工学院"]


def names(conn: Connection, filters: Filters, viewer: Viewer) -> dict[str, float | None]:
    """Students listed, with the days since they were last met."""
    found = unmet_students(conn, filters, viewer)
    days = [None if pd.isna(d) else d for d in found["days"]]
    return dict(zip(found["student_id"], days, strict=True))


def test_names_are_for_those_who_may_know_them_at_the_lowest_level(conn: Connection) -> None:
    assert names(conn, slice_of(), K1) == {"a5": None, "d1": None, "z1": None}
    assert names(conn, slice_of(), EVERYONE) == {}
    assert names(conn, slice_of(floor="A2"), EVERYONE) == {"a4": None}
    assert names(conn, slice_of(floor="A3"), OF_Y) == {}
    assert names(conn, slice_of(counselor="k2"), OF_Y) == {"a3": None, "a4": None}
    assert names(conn, slice_of("10-31"), K3) == {"c2": None}
    assert names(conn, slice_of("10-31", floor="A1"), OF_B) == {}
    assert names(conn, slice_of("09-30", counselor="k2"), OF_Y)["b1"] == 112
    found = unmet_students(conn, slice_of(), K1).set_index("student_id")
    assert str(found.loc["a5", "reached"]) == "2026-11-10"
    assert found.loc["a5", "room"] == "301"
    assert pd.isna(found.loc["z1", "building"])


def test_the_curve_ends_where_the_day_is_and_looks_ahead(conn: Connection) -> None:
    """Ten weeks and five days of 19 have been taught: the pace of a target of 1 is 55 of 95."""
    found = met_curve(conn, slice_of(), EVERYONE).set_index("day")
    assert len(found) == 133
    now = found.loc[TODAY]
    assert (now["numerator"], now["anyone"], now["denominator"]) == (5, 6, 10)
    assert now["pace"] == pytest.approx(55 / 95)
    assert (now["low"], now["projected"], now["high"]) == pytest.approx((0.5, 0.5, 0.5))
    assert pd.isna(found.loc[TODAY + timedelta(days=1), "numerator"])
    assert pd.isna(found.loc[TODAY - timedelta(days=1), "low"])
    end = found.iloc[-1]
    # weeks 8 to 11 ended at 4, 5, 5 and 5 of 10, the eighth began with 4: of six left one was met
    assert end["low"] == pytest.approx(0.5)
    left = 0.5 * (5 / 6) ** (8 / 4)
    assert end["projected"] == pytest.approx(1 - left)
    assert end["high"] == pytest.approx(1 - 0.5 * (5 / 6) ** 8)

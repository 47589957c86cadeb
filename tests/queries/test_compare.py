"""Comparison by hand on tests/comparing.py: who is compared with whom, by which intervals and
medians, and of what a change is made."""

from collections.abc import Iterator
from math import isnan
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, STEWARD, WORK_GROUP, Viewer
from data.engine import reading
from data.errors import InvalidFilter
from queries.compare import best_practice, profiles, side_by_side
from queries.compare_change import CHANGED, SAME, change
from queries.compare_choice import MEASURES, USUAL, first_units
from queries.compare_funnel import caterpillar, funnel
from queries.compare_offer import offered
from queries.door import Query
from queries.funnel import Z95, Z998, fitted
from queries.intervals import wilson
from queries.shrinkage import shrunken
from tests import comparing, databases
from tests.queries.slices import EVERYONE, slice_of

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
QUERIES: tuple[Query, ...] = (
    *(offered, side_by_side, best_practice, profiles),
    *(funnel, caterpillar, change),
)
COVERAGE, ANSWERED = "student_coverage", "response_in_time"
LEADS, BELONGS = "college_lead", "college_belong"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "comparing", comparing.build)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def row(df: pd.DataFrame, unit: str, metric: str = COVERAGE) -> Any:
    """The row of a unit and measure."""
    return df.set_index(["unit_id", "metric"]).loc[(unit, metric)]


def chosen(df: pd.DataFrame, part: str = "unit") -> list[str]:
    """The keys that are marked as chosen."""
    return list(df[(df["part"] == part) & (df["chosen"] == 1)]["key"])


def test_units_beside_each_other_with_the_median_of_their_peers(conn: Connection) -> None:
    found = side_by_side(conn, slice_of(units="E,A,B", measures=COVERAGE), EVERYONE)
    assert list(found["unit_id"]) == ["E", "A", "B"]
    counts = found[["numerator", "denominator", "trials"]].to_numpy(int).tolist()
    assert counts == [[8, 8, 8], [2, 5, 4], [1, 1, 1]]
    assert list(found["peer_group"]) == ["本科生", "本科生", "研究生"]
    assert list(found["median"][:2]) == [pytest.approx(0.45)] * 2
    assert list(found["peers"]) == [6, 6, 0]
    assert found["gap"].iloc[0] == pytest.approx(0.55)
    assert found["gap"].iloc[1] == pytest.approx(-0.05)
    assert isnan(found["median"].iloc[2])
    assert isnan(found["gap"].iloc[2])


def test_intervals_of_rooms_keep_the_share_of_students(conn: Connection) -> None:
    """A is 2 of 5 students in 4 rooms: 0.4 with the interval of 1.6 of 4."""
    found = side_by_side(conn, slice_of(units="A", measures=COVERAGE), EVERYONE)
    expected = wilson(1.6, 4)
    assert expected is not None
    assert (found["low"].iloc[0], found["high"].iloc[0]) == pytest.approx(expected)


def test_other_measures_count_their_own_cases(conn: Connection) -> None:
    found = side_by_side(conn, slice_of(units="B", measures=f"floor_coverage,{ANSWERED}"), EVERYONE)
    counts = found.set_index("metric")[["numerator", "denominator", "trials"]]
    assert list(counts.loc["floor_coverage"]) == [1, 2, 2]
    assert list(counts.loc[ANSWERED]) == [2, 3, 3]


def test_a_measure_over_nobody_has_no_value(conn: Connection) -> None:
    found = side_by_side(conn, slice_of(units="E", measures=ANSWERED), EVERYONE).iloc[0]
    assert all(isnan(found[name]) for name in ("numerator", "denominator", "value", "low", "gap"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (BELONGS, {"X": (16, 25, 17), "Y": (3, 5, 5)}),
        (LEADS, {"X": (2, 5, 4), "Y": (3, 3, 3)}),
    ],
)
def test_colleges_in_either_meaning(
    conn: Connection, kind: str, expected: dict[str, tuple[int, int, int]]
) -> None:
    """X: a1 a2 met of a1 a2 a5 d1 z1 (rooms A11, A31, D11, and z1 alone) and 14 of 20 in 13 rooms;
    leading A. Y: b1 b2 c2 of a3 a4 b1 b2 c2; leading B and C (rooms BE1, C11, C99)."""
    found = side_by_side(conn, slice_of(compare_as=kind, measures=COVERAGE), EVERYONE)
    shown = found.set_index("unit_id")[["numerator", "denominator", "trials"]]
    assert {key: tuple(shown.loc[key]) for key in shown.index} == expected


def test_best_practice_is_clearly_above_the_median(conn: Connection) -> None:
    """E: 8 of 8 rooms are above 0.67, the median is 0.45; F (1.5 of 2 rooms) may be chance."""
    found = best_practice(conn, slice_of(units="A,B", measures=COVERAGE), EVERYONE)
    assert list(found["unit_id"]) == ["E", ""]
    assert list(found["peer_group"]) == ["本科生", "研究生"]
    assert found["low"].iloc[0] == pytest.approx(8 / (8 + 1.959964**2))
    assert list(found["peers"]) == [6, 1]


def test_profiles_hold_everyone_the_chosen_first(conn: Connection) -> None:
    found = profiles(conn, slice_of(units="C,A", measures=f"{COVERAGE},floor_coverage"), EVERYONE)
    assert list(found["unit_id"].unique()) == ["C", "A", "B", "D", "E", "F", "G", "H"]
    assert list(found["metric"][:2]) == [COVERAGE, "floor_coverage"]
    assert list(found["chosen"]) == [1, 1, 1, 1, *[0] * 12]


def test_a_small_peer_group_is_held_against_all(conn: Connection) -> None:
    """Six undergraduate buildings are too few: all eight, 19 of 29 students."""
    found = funnel(conn, slice_of(units="A,B", measures=COVERAGE), EVERYONE)
    assert list(found["unit_id"]) == ["C", "A", "B", "D", "E", "F", "G", "H"]
    assert set(found["pool"]) == {""}
    assert set(found["count"]) == {8}
    assert found["centre"].iloc[0] == pytest.approx(19 / 29)
    assert list(found["trials"]) == [2, 4, 1, 1, 8, 2, 2, 1]
    shares = [1, 0.4, 1, 0, 1, 0.75, 0.5, 0.25]
    assert list(found["value"]) == pytest.approx(shares)
    made = fitted(19 / 29, shares, found["trials"])
    assert set(found["spread"]) == {made.spread}
    for name, z in (("95", Z95), ("998", Z998)):
        low, high = made.limits(found["trials"], z)
        assert list(found[f"low{name}"]) == pytest.approx(list(low))
        assert list(found[f"high{name}"]) == pytest.approx(list(high))
    assert set(found["flag"]) == {0}
    assert set(found["verdict"]) == {"在控制限之内"}


def test_estimates_stand_in_the_order_of_buildings(conn: Connection) -> None:
    found = caterpillar(conn, slice_of(units="A", measures=COVERAGE), EVERYONE)
    assert list(found["unit_id"]) == ["C", "A", "B", "D", "E", "F", "G", "H"]
    met = [2, 1.6, 1, 0, 8, 1.5, 1, 0.25]
    made = shrunken(met, [2, 4, 1, 1, 8, 2, 2, 1])
    assert made is not None
    assert list(found["estimate"]) == pytest.approx(list(made.estimate))
    assert list(found["near"]) == pytest.approx(list(made.low))
    assert found["low"].iloc[1] == pytest.approx((wilson(1.6, 4) or (0, 0))[0])


def test_two_units_with_a_value_are_not_drawn_in(conn: Connection) -> None:
    found = caterpillar(conn, slice_of(compare_as=LEADS, measures=COVERAGE), EVERYONE)
    assert len(found) == 2
    assert found["estimate"].isna().all()


def test_a_change_among_the_same_and_other_students(conn: Connection) -> None:
    """A from 07-05 to 11-20: a1 a2 stayed, 0/2 → 2/2; a3 a4 a5 came, none met. B: b1 was met both
    times, g1 left unmet. Nobody lived in E or C."""
    found = change(conn, slice_of(units="A,B,E,C", against="end"), EVERYONE)
    assert set(found["earlier_day"]) == {"2026-07-05"}
    a, b = row(found, "A"), row(found, "B")
    assert [a[name] for name in ("both_then_good", "both_then", "left_good", "left")] == [
        0,
        2,
        0,
        0,
    ]
    assert [a[name] for name in ("both_now_good", "both_now", "joined")] == [2, 2, 3]
    assert (a["total"], a["real"], a["people"]) == pytest.approx((0.4, 1.0, -0.6))
    assert (b["total"], b["real"], b["people"]) == pytest.approx((0.5, 0.0, 0.5))
    assert (a["definition"], a["defined"]) == (0, SAME)
    for home in ("E", "C"):
        assert pd.isna(row(found, home)["total"])
        assert pd.isna(row(found, home)["real"])


def test_a_change_of_colleges_in_either_meaning(conn: Connection) -> None:
    """Students of Y: b1 met both times, g1 left, a3 a4 b2 c2 came and two of them were met. In the
    buildings Y leads: g1 left; b2 and c2 in C came, both met."""
    y = row(change(conn, slice_of(compare_as=BELONGS, units="Y", against="end"), EVERYONE), "Y")
    assert (y["total"], y["real"], y["people"]) == pytest.approx((3 / 5 - 1 / 2, 0.0, 0.1))
    assert (y["left"], y["joined"], y["joined_good"]) == (1, 4, 2)
    led = row(change(conn, slice_of(compare_as=LEADS, units="Y", against="end"), EVERYONE), "Y")
    assert (led["total"], led["real"], led["people"]) == pytest.approx((0.5, 0.0, 0.5))
    assert (led["left"], led["joined"], led["joined_good"]) == (1, 2, 2)


def test_a_change_of_the_definition_is_a_part_of_its_own(conn: Connection) -> None:
    """Concerns of B: 3/3 by five days, 1/3 by three; b1's 1/2 and then 1/1; g1's 0/1, then b2's
    and the anonymous one 1/2."""
    b = row(change(conn, slice_of(units="B", against="end"), EVERYONE), "B", ANSWERED)
    counts = ("earlier_numerator", "earlier_denominator", "redefined_numerator")
    assert [b[name] for name in (*counts, "redefined_denominator")] == [3, 3, 1, 3]
    assert (b["numerator"], b["denominator"]) == (2, 3)
    assert (b["defined"], b["days_then"], b["days_now"]) == (CHANGED, 5, 3)
    parts = (b["total"], b["real"], b["people"], b["definition"])
    assert parts == pytest.approx((-1 / 3, 1 / 2, -1 / 6, -2 / 3))


@pytest.mark.parametrize(
    ("against", "expected"),
    [("", "2026-05-15"), ("end", "2026-07-05"), ("2026-06-09", "2026-06-09")],
)
def test_the_earlier_day(conn: Connection, against: str, expected: str) -> None:
    found = change(conn, slice_of(units="A", against=against), EVERYONE)
    assert set(found["earlier_day"]) == {expected}


def test_a_day_of_the_same_term(conn: Connection) -> None:
    """On 09-10 a1 and a2 were met already; b2 then lived in B, where c2's building was not."""
    found = change(conn, slice_of(units="A,B", against="2026-10-12"), EVERYONE)
    b = row(found, "B")
    assert (b["earlier_numerator"], b["earlier_denominator"]) == (2, 2)
    assert (b["left"], b["left_good"], b["total"]) == (1, 1, 0.0)


def test_without_an_earlier_term_nothing_is_compared(conn: Connection) -> None:
    for against in ("year", "end", ""):
        found = change(conn, slice_of("2026-07-05", units="A", against=against), EVERYONE)
        assert found["earlier_day"].isna().all()
        assert found["total"].isna().all()
        assert len(found) == 2


@pytest.mark.parametrize("against", ["2026-11-20", "2026-08-01", "2020-01-01", "去年"])
def test_a_day_that_cannot_be_explains_itself(conn: Connection, against: str) -> None:
    with pytest.raises(InvalidFilter, match=against):
        change(conn, slice_of(units="A", against=against), EVERYONE)
    found = offered(conn, slice_of(units="A", against=against), EVERYONE)
    assert set(found["problem"]) == {"against"}


@pytest.mark.parametrize(
    ("asked", "fault", "value"),
    [
        ({"units": "A,Z"}, "unit", "Z"),
        ({"units": "A,L"}, "unit", "L"),
        ({"units": "A,B,C,D,E,F,G"}, "units", "7"),
        ({"measures": "key_group_contact"}, "measure", "key_group_contact"),
        ({"measures": ",".join(list(MEASURES)[:13])}, "measures", "13"),
        ({"compare_as": "floor"}, "kind", "floor"),
        ({"compare_as": BELONGS, "units": "A"}, "unit", "A"),
        ({"measures": COVERAGE, "funnel": "plate"}, "funnel", "plate"),
    ],
)
def test_a_choice_that_cannot_be_explains_itself(
    conn: Connection, asked: dict[str, str], fault: str, value: str
) -> None:
    """The chooser still offers all there is, with the usual choice and the reason."""
    for query in (side_by_side, best_practice, profiles, funnel, caterpillar, change):
        with pytest.raises(InvalidFilter, match=value):
            query(conn, slice_of(**asked), EVERYONE)
    found = offered(conn, slice_of(**asked), EVERYONE)
    assert set(zip(found["problem"], found["asked"], strict=True)) == {(fault, value)}
    assert chosen(found)


def test_nothing_chosen_shows_the_largest_peer_group(conn: Connection) -> None:
    found = offered(conn, slice_of(), EVERYONE)
    assert chosen(found) == ["A", "D", "E", "F", "G", "H"]
    assert chosen(found, "measure") == [key for key in MEASURES if MEASURES[key] in USUAL]
    assert not {"key_group_contact", "peer_support_reach"} & set(found["key"])
    assert list(found[found["funnel"] == 1]["key"]) == [COVERAGE]


def test_the_place_of_the_slice_comes_first(conn: Connection) -> None:
    assert "E" in chosen(offered(conn, slice_of(building="A"), EVERYONE))
    assert chosen(offered(conn, slice_of(building="B"), EVERYONE)) == ["C", "B"]
    found = side_by_side(conn, slice_of(building="B", measures=COVERAGE), EVERYONE)
    assert list(found["unit_id"]) == ["B", "C"]


def test_units_next_to_the_first_one() -> None:
    names = [f"u{n}" for n in range(10)]
    units = pd.DataFrame({"unit_id": names, "peer_group": ["甲"] * 8 + ["乙"] * 2})
    assert first_units(units, "") == ("u0", "u1", "u2", "u3", "u4", "u5")
    assert first_units(units, "u1") == ("u1", "u2", "u3", "u4", "u5", "u6")
    assert first_units(units, "u7") == ("u2", "u3", "u4", "u5", "u6", "u7")
    assert first_units(units, "u9") == ("u8", "u9")


def test_a_work_group_sees_its_own_beside_the_median_of_all(conn: Connection) -> None:
    of_a = Viewer("group", WORK_GROUP, buildings=frozenset("A"))
    asked = slice_of(measures=COVERAGE)
    shown = side_by_side(conn, asked, of_a)
    assert list(shown["unit_id"]) == ["A"]
    assert shown["median"].iloc[0] == pytest.approx(0.45)
    assert list(best_practice(conn, asked, of_a)["unit_id"]) == [""]
    for query in QUERIES[3:]:
        assert set(query(conn, asked, of_a)["unit_id"]) == {"A"}, query
    assert funnel(conn, asked, of_a)["centre"].iloc[0] == pytest.approx(19 / 29)
    with pytest.raises(InvalidFilter, match="不在你的范围内"):
        side_by_side(conn, slice_of(units="A", measures=COVERAGE), OF_B)
    for query in QUERIES:
        assert query(conn, slice_of(compare_as=BELONGS), of_a).empty, query


@pytest.mark.parametrize("role", [COLLEGE, EVALUATOR, STEWARD])
def test_who_sees_every_place_compares_all(conn: Connection, role: str) -> None:
    viewer = Viewer("one", role, college="X" if role == COLLEGE else "")
    for query in QUERIES:
        found, whole = query(conn, slice_of(), viewer), query(conn, slice_of(), EVERYONE)
        pd.testing.assert_frame_equal(found, whole)


def test_counselors_and_nobody_get_nothing(conn: Connection) -> None:
    for query in QUERIES:
        for viewer in (K1, Viewer("nobody")):
            assert query(conn, slice_of(), viewer).empty, query
            assert query(conn, slice_of(units="A"), viewer).empty, query

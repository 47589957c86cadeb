"""Coverage by hand: the numbers of tests/world.py, in every slice and on past days."""

import pytest
from sqlalchemy import Connection

from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from queries.coverage import (
    COVERAGE,
    FURTHER,
    SINGLE_LEADS,
    chosen_over_time,
    coverage_cards,
    coverage_events,
    coverage_rates,
)
from queries.filters import BELONGS, LEADS
from queries.places import coverage_by_floor
from tests.queries.slices import EVERYONE, METRICS, eight, rates, slice_of
from tests.world import day


@pytest.mark.parametrize(
    ("on", "expected", "why"),
    [
        ("2026-03-02", "0/2 2/3 1/5 2/6 2/2 2/4 0/2 0/3", "the studio is not founded yet"),
        ("2026-03-09", "0/2 2/3 1/5 2/6 2/2 2/4 0/2 0/3", "nor on the day before"),
        ("2026-03-10", "1/2 2/3 1/5 2/6 2/2 2/4 0/2 0/3", "the studio begins"),
        ("2026-04-01", "1/2 2/3 2/5 2/6 2/2 2/4 0/2 0/3", "the group of A2 begins"),
        ("2026-07-05", "1/2 2/3 2/5 2/6 2/2 2/4 0/2 0/3", "g1 still leads on the last day"),
        ("2026-09-07", "1/2 2/3 2/5 1/6 1/6 4/5 0/2 0/3", "g1 has graduated, D is not open"),
        ("2026-09-10", "1/2 2/3 2/5 1/6 1/6 4/5 1/2 0/3", "a1 shows the plate"),
        ("2026-09-20", "1/2 2/3 3/5 1/6 1/6 4/5 1/2 0/3", "the group of BE begins"),
        ("2026-10-01", "1/3 2/4 3/6 1/7 1/7 4/6 1/3 0/4", "D opens and d1 moves in"),
        ("2026-10-08", "1/3 2/4 3/6 1/7 2/7 4/6 1/3 0/4", "A12 joins the area of a1"),
        ("2026-10-14", "1/3 2/4 3/6 1/7 2/7 4/6 1/3 0/4", "the group of A2 serves its last day"),
        ("2026-10-15", "1/3 2/4 2/6 1/7 2/7 4/6 1/3 0/4", "and is closed"),
        ("2026-10-31", "1/3 2/4 2/6 1/7 2/7 4/6 1/3 0/4", "b2 is in B for the last day"),
        ("2026-11-01", "1/3 3/4 2/6 1/7 2/8 3/6 1/3 0/4", "b2 is in C, on the roster of B"),
        ("2026-11-05", "1/3 3/4 2/6 1/7 2/8 4/6 1/3 0/4", "b2 joins the roster of C"),
        ("2026-11-10", "1/3 3/4 2/6 1/7 2/8 4/6 1/3 0/4", "the station of B serves its last day"),
        ("2026-11-11", "1/3 2/4 2/6 1/7 2/8 3/6 1/3 0/4", "and b1 is on no living roster"),
        ("2026-11-12", "1/3 2/4 2/6 1/7 2/8 3/6 1/3 1/4", "a1 has the fifth lead"),
        ("2026-11-18", "1/3 2/4 2/6 2/7 2/8 3/6 1/3 1/4", "d1 leads floor D1"),
        ("2026-11-20", "1/3 2/4 2/6 2/7 2/8 3/6 1/3 1/4", "as the world's docstring says"),
    ],
)
def test_a_past_day_gives_past_truth(conn: Connection, on: str, expected: str, why: str) -> None:
    assert eight(conn, slice_of(on)) == expected, why


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"campus": "N"}, "1/2 2/3 2/5 1/6 2/7 3/5 1/2 1/3"),
        ({"campus": "S"}, "0/1 0/1 0/1 1/1 0/1 0/1 0/1 0/1"),
        ({"cluster": "P"}, "1/1 1/2 2/4 1/5 2/5 2/4 1/2 1/3"),
        ({"cluster": "Q"}, "0/1 1/1 0/1 0/1 0/2 1/1 — —"),
        ({"building": "A"}, "1/1 1/1 1/2 1/3 2/4 2/3 1/1 1/2"),
        ({"building": "B"}, "1/1 0/1 1/2 0/2 0/1 0/1 0/1 0/1"),
        ({"building": "C"}, "0/1 1/1 0/1 0/1 0/2 1/1 — —"),  # C99 counts without a floor
        ({"building": "D"}, "0/1 0/1 0/1 1/1 0/1 0/1 0/1 0/1"),
        ({"floor": "A1"}, "1/1 1/1 1/1 1/1 2/2 2/3 1/1 1/2"),
        ({"floor": "A2"}, "1/1 1/1 0/1 0/1 0/1 — — —"),  # a4 leads, but is no Party member
        ({"floor": "A3"}, "1/1 1/1 — 0/1 0/1 — — —"),  # exempt, not uncovered
        ({"floor": "BE"}, "1/1 0/1 1/1 0/1 0/1 0/1 0/1 0/1"),
        ({"floor": "BW"}, "1/1 0/1 0/1 0/1 — — — —"),  # the plate left behind counts nowhere
        ({"floor": "C1"}, "0/1 1/1 0/1 0/1 0/1 1/1 — —"),  # c1 is away
        ({"floor": "A1", "room": "A12"}, "1/1 1/1 1/1 1/1 2/2 2/3 1/1 1/2"),
    ],
)
def test_each_place_counts_what_stands_in_it(
    conn: Connection, chosen: dict[str, str], expected: str
) -> None:
    assert eight(conn, slice_of(**chosen)) == expected


@pytest.mark.parametrize(
    ("college", "kind", "chosen", "expected"),
    [
        ("X", LEADS, {}, "1/1 1/1 1/2 1/3 2/4 2/3 1/1 1/2"),
        ("Y", LEADS, {}, "1/2 1/2 1/3 0/3 0/3 1/2 0/1 0/1"),
        ("Y", LEADS, {"building": "B"}, "1/1 0/1 1/2 0/2 0/1 0/1 0/1 0/1"),
        # students of X live in A11, A31 and D11; c1 is away, z1 has no room
        ("X", BELONGS, {}, "1/2 1/2 1/2 2/3 1/3 2/3 1/2 1/3"),
        # students of Y in A12, A21, BE1, C11, C99, on floors A1, A2, BE, C1
        ("Y", BELONGS, {}, "1/2 2/3 2/4 1/4 1/5 1/3 0/1 0/1"),
        ("Y", BELONGS, {"building": "A"}, "1/1 1/1 1/2 1/2 1/2 0/1 — —"),
        ("X", BELONGS, {"campus": "S"}, "0/1 0/1 0/1 1/1 0/1 0/1 0/1 0/1"),
    ],
)
def test_a_college_leads_buildings_or_has_students_there(
    conn: Connection, college: str, kind: str, chosen: dict[str, str], expected: str
) -> None:
    assert eight(conn, slice_of(college=college, college_as=kind, **chosen)) == expected


def test_persons_of_all_colleges_add_up_to_everyone(conn: Connection) -> None:
    for key in ("workstation_enrolment", "five_lead", *(m.key for m in FURTHER)):
        whole = rates(conn, slice_of())[key]
        by = [rates(conn, slice_of(college=c, college_as=BELONGS))[key] for c in ("X", "Y")]
        sums = [sum(int(rate.split("/")[i]) for rate in by) for i in (0, 1)]
        assert f"{sums[0]}/{sums[1]}" == whole, key


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-07-05", "0/3 0/3 0/3 0/3 0/3"),  # d1's entry: not enrolled in spring
        ("09-14", "0/3 0/3 0/3 0/3 0/3"),
        ("09-15", "1/3 0/3 0/3 0/3 0/3"),
        ("10-10", "1/4 1/4 1/4 0/4 0/4"),  # d1's entry is of the term before
        ("10-20", "2/4 2/4 2/4 1/4 0/4"),
        ("11-01", "2/4 2/4 2/4 2/4 0/4"),
        ("11-12", "2/4 2/4 2/4 2/4 1/4"),
    ],
)
def test_each_lead_counts_its_own_entries_of_the_term(
    conn: Connection, on: str, expected: str
) -> None:
    shown = rates(conn, slice_of(on))
    assert " ".join(shown[m.key] for m in SINGLE_LEADS) == expected


def test_a_rate_over_nobody_has_no_value(conn: Connection) -> None:
    found = coverage_rates(conn, slice_of(floor="A3"), EVERYONE).set_index("metric")
    row = found.loc["floor_coverage"]
    assert (row["numerator"], row["denominator"], row["exempt"]) == (0, 0, 1)
    assert COVERAGE[2].total(found.loc[["floor_coverage"]]) is None
    assert COVERAGE[2].show(None) == "—"


def test_exempt_floors_are_counted_beside_the_rate(conn: Connection) -> None:
    found = coverage_rates(conn, slice_of(), EVERYONE).set_index("metric")
    assert found.loc["floor_coverage", "exempt"] == 1
    assert found.loc["floor_leader", "exempt"] == 0


def test_the_term_before_is_its_last_day(conn: Connection) -> None:
    found = coverage_rates(conn, slice_of(), EVERYONE).set_index("metric")
    earlier = [
        f"{found.loc[m.key, 'earlier_numerator']:.0f}/{found.loc[m.key, 'earlier_denominator']:.0f}"
        for m in COVERAGE
    ]
    assert " ".join(earlier) == "1/2 2/3 2/5 2/6 2/2 2/4 0/2 0/3"


def test_the_first_term_has_none_before_it(conn: Connection) -> None:
    found = coverage_rates(conn, slice_of("2026-04-01"), EVERYONE)
    assert found["earlier_denominator"].isna().all()


def test_cards_hold_every_metric_in_their_order(conn: Connection) -> None:
    cards = coverage_cards(conn, slice_of(), EVERYONE)
    assert list(cards["metric"]) == [m.key for m in METRICS]
    series = dict(zip(cards["metric"], cards["series"], strict=True))["building_coverage"]
    assert series == [
        ("2026-09-07", 2 / 3),
        ("2026-10-01", 2 / 4),
        ("2026-11-01", 3 / 4),
        ("2026-11-11", 2 / 4),
    ]


def test_a_room_with_an_unparsed_code_counts_in_its_building_in_a_row_of_its_own(
    conn: Connection,
) -> None:
    chosen = slice_of(building="C", metric="room_responsibility")
    floors = coverage_by_floor(conn, chosen, EVERYONE).set_index("floor")
    assert dict(floors["denominator"]) == {"1层": 1, "未归属": 1}
    assert floors.loc["未归属", "floor_id"] == ""
    assert rates(conn, chosen)["room_responsibility"] == "0/2"


def test_events_name_what_was_founded_closed_and_taken_up(conn: Connection) -> None:
    found = coverage_events(conn, slice_of("11-18"), EVERYONE)
    shown = [(str(row.day), row.kind, row.subject, row.place) for row in found.itertuples()]
    assert shown == [("2026-11-18", "层长上任", "党员层长", "竹苑1号楼1层")]
    week_before = coverage_events(conn, slice_of("11-17"), EVERYONE)
    assert list(week_before["subject"]) == ["桃2工作站"]
    assert list(week_before["day"]) == [day("11-11")]


def test_the_series_of_a_metric_carries_its_events(conn: Connection) -> None:
    steps = chosen_over_time(conn, slice_of(metric="building_coverage"), EVERYONE)
    told = dict(zip(steps["day"].astype(str), steps["event"], strict=True))
    assert told == {
        "2026-09-07": "",
        "2026-10-01": "",
        "2026-11-01": "成立 松1工作站",
        "2026-11-11": "撤销 桃2工作站",
    }


def test_a_work_group_sums_its_own_buildings(conn: Connection) -> None:
    group = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
    assert eight(conn, slice_of(), group) == "1/1 0/1 1/2 0/2 0/1 0/1 0/1 0/1"
    assert eight(conn, slice_of(building="A"), group).split()[1:] == ["—"] * 7


def test_a_counselor_without_buildings_counts_nothing(conn: Connection) -> None:
    assert eight(conn, slice_of(), Viewer("new", COUNSELOR, counselor="k9")) == " ".join("—" * 8)


def test_nobody_counts_nothing(conn: Connection) -> None:
    assert coverage_rates(conn, slice_of(), Viewer("nobody")).empty

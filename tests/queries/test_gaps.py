"""Blind spots by hand: since when, whether never covered, and which come first."""

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import WORK_GROUP, Viewer
from queries.gaps import blind_spots
from queries.places import coverage_by_building, coverage_by_floor
from tests.queries.slices import EVERYONE, slice_of


def gaps(frame: pd.DataFrame, by: str) -> dict[str, tuple[str, bool]]:
    """Since when, and whether never covered, of the rows with a gap."""
    open_ = frame[frame["numerator"] < frame["denominator"]]
    rows = zip(open_[by], open_["since"], open_["never"], strict=True)
    return {place: (str(since), bool(never)) for place, since, never in rows}


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (
            "cluster_coverage",
            {"C": ("2026-03-02", True), "D": ("2026-10-01", True)},  # shown at their buildings
        ),
        (
            "building_coverage",
            {"B": ("2026-11-11", False), "D": ("2026-10-01", True)},
        ),
    ],
)
def test_a_gap_of_a_place_dates_from_its_last_cover_or_its_opening(
    conn: Connection, metric: str, expected: dict[str, tuple[str, bool]]
) -> None:
    frame = coverage_by_building(conn, slice_of(metric=metric), EVERYONE)
    assert gaps(frame, "building_id") == expected


@pytest.mark.parametrize(
    ("metric", "on", "expected"),
    [
        (
            "floor_coverage",
            "11-20",
            {
                "A2": ("2026-10-15", False),
                "BW": ("2026-03-02", True),
                "C1": ("2026-03-02", True),  # a League branch is no Party group
                "D1": ("2026-10-01", True),
            },
        ),
        (
            "floor_leader",
            "11-20",
            {
                "A2": ("2026-03-02", True),
                "A3": ("2026-03-02", True),
                "BE": ("2026-07-06", False),  # g1 graduated with the spring term
                "BW": ("2026-03-02", True),
                "C1": ("2026-03-02", True),
            },
        ),
        (
            "room_responsibility",
            "11-20",
            {
                "A2": ("2026-09-07", True),
                "A3": ("2026-09-07", True),
                "BE": ("2026-07-06", False),
                "C1": ("2026-11-01", True),  # empty until b2 moved in
                "": ("2026-09-07", True),  # C99, whose code gives no floor
                "D1": ("2026-10-01", True),
            },
        ),
        (
            "workstation_enrolment",
            "11-03",
            {
                "A1": ("2026-09-07", True),  # a3
                "C1": ("2026-11-01", True),  # b2, since moving in
                "D1": ("2026-10-01", True),
            },
        ),
        (
            "workstation_enrolment",
            "11-20",
            {
                "A1": ("2026-09-07", True),
                "BE": ("2026-11-11", False),  # b1, since the station closed
                "D1": ("2026-10-01", True),
            },
        ),
        ("plate", "11-20", {"BE": ("2026-09-07", True), "D1": ("2026-10-01", True)}),
        (
            "five_lead",
            "11-20",
            {
                "A1": ("2026-09-07", True),
                "BE": ("2026-09-07", True),
                "D1": ("2026-10-01", True),
            },
        ),
    ],
)
def test_a_gap_on_a_floor_is_as_old_as_its_oldest(
    conn: Connection, metric: str, on: str, expected: dict[str, tuple[str, bool]]
) -> None:
    frame = coverage_by_floor(conn, slice_of(on, metric=metric), EVERYONE)
    assert gaps(frame, "floor_id") == expected


def spots(
    conn: Connection, viewer: Viewer = EVERYONE, on: str = "11-20", **chosen: str
) -> list[str]:
    """Blind spots as `metric place gap×affected days owner`, worst first."""
    found = blind_spots(conn, slice_of(on, **chosen), viewer)
    return [
        f"{r.metric} {r.floor_id or r.building_id or r.cluster_id} {r.gap}×{r.affected}"
        f" {r.days} {r.owner} {'—' if pd.isna(r.leader) else r.leader}"
        for r in found.itertuples()
    ]


def test_the_worst_has_most_people_for_most_days(conn: Connection) -> None:
    """In C on 11-20 live b2 and c2, c2 on a floor unknown; never anything since 03-02."""
    assert spots(conn, building="C") == [
        "floor_coverage C1 1×1 263 化工学院 组长乙",
        "floor_leader C1 1×1 263 化工学院 组长乙",
        "room_responsibility C 1×1 74 化工学院 组长乙",
        "room_responsibility C1 1×1 19 化工学院 组长乙",
    ]


def test_a_cluster_belongs_to_the_committee_and_weighs_with_all_its_residents(
    conn: Connection,
) -> None:
    assert spots(conn, cluster="Q")[0] == "cluster_coverage Q 1×2 263 学生社区党工委 —"
    assert [s for s in spots(conn) if s.startswith("cluster_coverage")] == [
        "cluster_coverage Q 1×2 263 学生社区党工委 —",
        "cluster_coverage R 1×1 50 学生社区党工委 —",
    ]


def test_twenty_at_most_and_none_out_of_scope(conn: Connection) -> None:
    assert len(spots(conn)) == 20
    group = Viewer("group", WORK_GROUP, buildings=frozenset("D"))
    assert {s.split()[1] for s in spots(conn, group)} == {"R", "D", "D1"}
    assert spots(conn, Viewer("nobody")) == []


def test_a_closed_gap_is_no_blind_spot_and_a_later_one_not_yet(conn: Connection) -> None:
    assert not any(s.startswith("building_coverage B ") for s in spots(conn, on="11-10"))
    assert "building_coverage B 1×1 0 化工学院 组长乙" in spots(conn, on="11-11", building="B")

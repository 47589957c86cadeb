"""The list behind a number names persons only on a floor, and only those in scope."""

from typing import Any

import pytest
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, WORK_GROUP, Viewer
from queries.units import units_behind
from tests.queries.slices import EVERYONE, METRICS, slice_of

X, Y = (Viewer(f"college-{c}", COLLEGE, college=c) for c in "XY")
GROUP = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K2 = Viewer("k2", COUNSELOR, counselor="k2", buildings=frozenset("ABC"))
EVALUATOR_ = Viewer("evaluator", EVALUATOR)


def behind(
    conn: Connection, metric: str, viewer: Viewer = EVERYONE, **chosen: Any
) -> list[str] | None:
    """The list as `unit state`."""
    found = units_behind(conn, slice_of(**chosen), viewer, metric)
    return None if found is None else [f"{r.unit} {r.state}" for r in found.itertuples()]


@pytest.mark.parametrize(
    ("metric", "chosen", "expected"),
    [
        ("cluster_coverage", {}, ["松苑 缺口", "竹苑 缺口", "桃苑 覆盖"]),
        (
            "building_coverage",
            {},
            ["竹苑1号楼 缺口", "桃苑2号楼 缺口", "松苑1号楼 覆盖", "桃苑1号楼 覆盖"],
        ),
        (
            "floor_coverage",
            {"building": "A"},
            ["桃苑1号楼2层 缺口", "桃苑1号楼1层 覆盖", "桃苑1号楼3层 不要求"],
        ),
        ("room_responsibility", {"building": "C"}, ["松苑1号楼 阁楼 缺口", "松苑1号楼 101 缺口"]),
        ("room_responsibility", {"floor": "A1", "room": "A12"}, ["桃苑1号楼 102 覆盖"]),
        (
            "workstation_enrolment",
            {"floor": "A1"},
            ["学生a3 a3 缺口", "学生a1 a1 覆盖", "学生a2 a2 覆盖"],
        ),
        ("five_lead", {"floor": "A1"}, ["学生a2 a2 缺口", "学生a1 a1 覆盖"]),
        ("five_lead_discipline", {"floor": "BE"}, ["学生b1 b1 缺口"]),
        ("plate", {"floor": "A1"}, ["桃苑1号楼 101 覆盖"]),
    ],
)
def test_gaps_come_first_and_the_oldest_before_the_others(
    conn: Connection, metric: str, chosen: dict[str, Any], expected: list[str]
) -> None:
    assert behind(conn, metric, **chosen) == expected


def test_persons_are_not_listed_above_a_floor(conn: Connection) -> None:
    personal = [m.key for m in METRICS[5:]]
    above: tuple[dict[str, Any], ...] = ({}, {"campus": "N"}, {"cluster": "P"}, {"building": "A"})
    for chosen in above:
        assert [behind(conn, metric, **chosen) for metric in personal] == [None] * len(personal)


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        (X, ["学生a1 a1 覆盖", "学生a2 a2 覆盖"]),
        (Y, ["学生a3 a3 缺口"]),
        (K2, ["学生a3 a3 缺口"]),
        (GROUP, []),
        (EVALUATOR_, []),
        (Viewer("nobody"), []),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_only_persons_in_scope_are_listed(
    conn: Connection, viewer: Viewer, expected: list[str]
) -> None:
    assert behind(conn, "workstation_enrolment", viewer, floor="A1") == expected


def test_rooms_of_party_members_are_listed_where_one_in_scope_lives(conn: Connection) -> None:
    assert behind(conn, "plate", X, floor="A1") == ["桃苑1号楼 101 覆盖"]
    assert behind(conn, "plate", Y, floor="A1") == []
    assert behind(conn, "plate", GROUP, floor="BE") == ["桃苑2号楼 E101 缺口"]
    assert behind(conn, "plate", EVALUATOR_, floor="A1") == []

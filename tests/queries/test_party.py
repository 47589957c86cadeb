"""先锋矩阵 by hand: rosters, leads, displays, areas, leaders, studios and the two hierarchies."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, insert, update

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.party import JointStudioCollege, PartyOrganisation
from queries.filters import BELONGS, LEADS
from queries.party_areas import areas_by_load, leaders_by_floor, typical
from queries.party_hierarchy import hierarchies
from queries.party_leads import displays_by_building, leads_by_month
from queries.party_rosters import (
    GAPS,
    rosters_by_building,
    rosters_by_kind,
    unlisted_by_floor,
    unlisted_people,
)
from queries.party_studios import studios
from tests.queries.slices import EVERYONE, slice_of

X, Y = (Viewer(f"college-{c}", COLLEGE, college=c) for c in "XY")
GROUP = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))


def lines(frame: pd.DataFrame, *columns: str) -> list[str]:
    """The rows, each as its values with blanks between; — where there is none."""
    shown = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), "—")
    return [" ".join(str(v) for v in row) for row in shown.itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, "中共党员 1/3 · 预备党员 1/1 · 发展对象 1/1 · 入党积极分子 0/1"),
        ({"on": "11-10"}, "中共党员 2/3 · 预备党员 1/1 · 发展对象 1/1 · 入党积极分子 0/1"),
        ({"on": "11-04"}, "中共党员 2/3 · 预备党员 1/1 · 发展对象 0/1 · 入党积极分子 0/1"),
        ({"on": "2026-07-05"}, "中共党员 2/3 · 发展对象 0/1"),  # a2 was no member, on no roster
        ({"building": "A"}, "中共党员 1/1 · 预备党员 1/1 · 入党积极分子 0/1"),
        ({"campus": "S"}, "中共党员 0/1"),
        ({"college": "Y", "college_as": LEADS}, "中共党员 0/1 · 发展对象 1/1"),
        ({"college": "X", "college_as": BELONGS}, "中共党员 1/2 · 预备党员 1/1"),
    ],
)
def test_each_kind_on_the_roster_of_those_who_live_there(
    conn: Connection, chosen: dict[str, Any], expected: str
) -> None:
    found = rosters_by_kind(conn, slice_of(**chosen), EVERYONE)
    assert " · ".join(f"{r.kind} {r.numerator}/{r.denominator}" for r in found.itertuples()) == (
        expected
    )


def test_buildings_stand_in_the_order_of_their_gaps(conn: Connection) -> None:
    found = rosters_by_building(conn, slice_of(), EVERYONE)
    columns = ("building_id", "numerator", "denominator", *GAPS)
    assert lines(found, *columns) == [
        "B 0 1 1 0 0 0",
        "D 0 1 1 0 0 0",
        "A 2 3 0 0 0 1",
        "C 1 1 0 0 0 0",
    ]
    assert lines(rosters_by_building(conn, slice_of(), GROUP), "building", "owner", "gap") == [
        "桃苑2号楼 化工学院 1"
    ]


def test_floors_say_how_many_are_missing(conn: Connection) -> None:
    found = unlisted_by_floor(conn, slice_of(building="A"), EVERYONE)
    assert lines(found, "floor_id", "floor", "gap", "denominator") == ["A1 1层 1 3"]
    assert unlisted_by_floor(conn, slice_of(building="A"), GROUP).empty


@pytest.mark.parametrize(
    ("viewer", "floor", "expected"),
    [
        (EVERYONE, "A1", ["a3 学生a3 入党积极分子 102 74"]),
        (EVERYONE, "BE", ["b1 学生b1 中共党员 E101 9"]),  # since the station closed
        (EVERYONE, "C1", []),
        (Y, "A1", ["a3 学生a3 入党积极分子 102 74"]),
        (X, "A1", []),
        (K1, "A1", []),
        (GROUP, "BE", ["b1 学生b1 中共党员 E101 9"]),
        (Viewer("e", EVALUATOR), "A1", []),
        (Viewer("nobody"), "A1", []),
    ],
)
def test_people_are_named_to_those_who_may_know_them(
    conn: Connection, viewer: Viewer, floor: str, expected: list[str]
) -> None:
    found = unlisted_people(conn, slice_of(floor=floor), viewer)
    assert lines(found, "student_id", "name", "political_status", "room", "days") == expected


def test_a_room_and_a_college_narrow_the_names(conn: Connection) -> None:
    def names(**chosen: Any) -> list[str]:
        found = unlisted_people(conn, slice_of(floor="A1", **chosen), EVERYONE)
        return list(found["student_id"])

    assert names(room="A12") == ["a3"]
    assert names(room="A11") == []
    assert names(college="Y", college_as=BELONGS) == ["a3"]
    assert names(college="X", college_as=BELONGS) == []


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, ["学习提高 1 1 0 2/4", "联系学生 1 1 0 2/4", "志愿服务 0 2 0 2/4",
              "帮困助学 0 1 1 2/4", "遵纪守法 0 0 1 1/4"]),
        ({"on": "10-15"}, ["学习提高 1 0 1/4", "联系学生 1 0 1/4", "志愿服务 0 1 1/4",
                           "帮困助学 0 0 0/4", "遵纪守法 0 0 0/4"]),
        ({"building": "B"}, ["学习提高 1 1/1", "联系学生 1 1/1", "志愿服务 1 1/1",
                             "帮困助学 1 1/1", "遵纪守法 0 0/1"]),
        ({"campus": "S"}, []),
    ],
)  # fmt: skip
def test_entries_by_lead_and_month(
    conn: Connection, chosen: dict[str, Any], expected: list[str]
) -> None:
    found = leads_by_month(conn, slice_of(**chosen), EVERYONE)
    shown = []
    for lead, rows in found.groupby("lead", sort=False):
        entries = " ".join(str(n) for n in rows["entries"])
        shown.append(f"{lead} {entries} {rows['people'].iloc[0]}/{rows['members'].iloc[0]}")
    assert shown == expected


def test_plates_and_identities_by_building(conn: Connection) -> None:
    found = displays_by_building(conn, slice_of(), EVERYONE)
    columns = ("building_id", "plates", "rooms", "shown", "members")
    assert lines(found, *columns) == ["A 1 1 0 2", "B 0 1 1 1", "D 0 1 0 1"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, ["桃2责任区1 1 0 1 —", "桃1责任区1 2 1 3 2.0"]),  # g1 has graduated
        ({"on": "10-07"}, ["桃2责任区1 1 0 2 —", "桃1责任区1 1 1 2 1.0"]),
        ({"on": "2026-07-05"}, ["桃1责任区1 1 1 2 1.0", "桃2责任区1 1 1 2 1.0"]),
        ({"building": "A"}, ["桃1责任区1 2 1 3 2.0"]),
        ({"college": "X", "college_as": BELONGS}, ["桃1责任区1 2 1 3 2.0"]),
        ({"college": "Y", "college_as": LEADS}, ["桃2责任区1 1 0 1 —"]),
        ({"campus": "S"}, []),
    ],
)
def test_areas_by_rooms_per_member_in_charge(
    conn: Connection, chosen: dict[str, Any], expected: list[str]
) -> None:
    found = areas_by_load(conn, slice_of(**chosen), EVERYONE)
    assert lines(found, "area", "rooms", "keepers", "residents", "load") == expected


def test_the_typical_range_holds_four_in_five() -> None:
    assert typical(pd.Series(range(1, 12))) == (2.0, 6.0, 10.0)
    assert typical(pd.Series([], dtype=float)) is None


def test_vacant_floors_come_first_and_the_oldest_before_the_others(conn: Connection) -> None:
    found = leaders_by_floor(conn, slice_of(), EVERYONE)
    assert lines(found, "floor_id", "numerator", "days") == [
        *(f"{floor} 0 263" for floor in ("A3", "A2", "BW", "C1")),
        "BE 0 137",  # g1 led it until the spring ended
        "A1 1 —",
        "D1 1 —",
    ]
    assert (date(2026, 11, 20) - date(2026, 3, 2)).days == 263
    assert list(leaders_by_floor(conn, slice_of(), GROUP)["floor_id"]) == ["BW", "BE"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, ["js A", "js B", "— C", "— D"]),
        ({"on": "2026-03-09"}, ["— A", "— B", "— C"]),
        ({"cluster": "P"}, ["js A", "js B"]),
        ({"college": "X", "college_as": BELONGS}, ["js A", "— D"]),
        ({"college": "Y", "college_as": LEADS}, ["js B", "— C"]),
    ],
)
def test_studios_serve_the_buildings_of_their_cluster(
    conn: Connection, chosen: dict[str, Any], expected: list[str]
) -> None:
    found = studios(conn, slice_of(**chosen), EVERYONE)
    assert lines(found, "studio_id", "building_id") == expected


def test_studios_join_colleges_for_a_time(world_copy: str) -> None:
    ties = [("X", date(2026, 3, 10), None), ("Y", date(2026, 3, 10), date(2026, 11, 1))]
    keys = ("college_id", "starts", "ends")
    with writing(world_copy) as conn:
        rows = [{"organisation_id": "js", **dict(zip(keys, tie, strict=True))} for tie in ties]
        conn.execute(insert(JointStudioCollege), rows)

    def joined(on: str, viewer: Viewer = EVERYONE, **chosen: Any) -> list[str]:
        with reading(world_copy) as conn:
            found = studios(conn, slice_of(on, **chosen), viewer)
        return lines(found[found["college_id"].notna()], "studio_id", "college_id")

    assert joined("11-01") == ["js X", "js Y"]
    assert joined("11-02") == ["js X"]
    assert joined("11-02", cluster="Q") == []
    assert joined("11-02", GROUP) == ["js X"]
    assert joined("11-02", Viewer("nobody")) == []


SPATIAL = ("name", "floors", "residents", "member", "probationary", "target", "activist", "total")
ORGANISATIONAL = ("name", "branches", "groups", "elsewhere", *SPATIAL[3:])


def trees(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> tuple[list[str], ...]:
    """Both sides, line by line."""
    found = hierarchies(conn, slice_of(**chosen), viewer)
    return tuple(
        lines(found[found["side"] == side], *columns)
        for side, columns in (("空间", SPATIAL), ("组织", ORGANISATIONAL))
    )


def test_the_same_people_stand_in_both_hierarchies(conn: Connection) -> None:
    places, organisations = trees(conn)
    assert [line.replace(".0", "") for line in places] == [
        "北区 6 8 2 1 1 1 5",
        "桃苑 5 6 2 1 0 1 4",
        "桃苑1号楼 3 5 1 1 0 1 3",
        "桃苑2号楼 2 1 1 0 0 0 1",
        "松苑 1 2 0 0 1 0 1",
        "松苑1号楼 1 2 0 0 1 0 1",
        "南区 1 1 1 0 0 0 1",
        "竹苑 1 1 1 0 0 0 1",
        "竹苑1号楼 1 1 1 0 0 0 1",
        "未归属 0 2 2 0 0 0 2",  # c1 is away, z1 has no room
        "合计 7 11 5 1 1 1 8",
    ]
    assert [line.replace(".0", "") for line in organisations] == [
        "没有上级组织的工作站 0 0 0 1 1 1 0 3",
        "桃1工作站 0 0 0 1 1 0 0 2",
        "松1工作站 0 0 0 0 0 1 0 1",
        "未归属 1 1 0 4 0 0 1 5",  # b1 c1 d1 z1, a3; a branch and a group without a parent
        "合计 1 1 0 5 1 1 1 8",
    ]


def test_who_stands_on_the_roster_of_another_building(conn: Connection) -> None:
    """On 11-04 b2 lived in C, on the roster of B."""
    _, organisations = trees(conn, on="11-04")
    assert [line.replace(".0", "") for line in organisations[1:4]] == [
        "桃1工作站 0 0 0 1 1 0 0 2",
        "桃2工作站 0 0 1 1 0 1 0 2",
        "松1工作站 0 0 0 0 0 0 0 0",
    ]
    _, organisations = trees(conn, on="11-04", building="C")
    assert [line.replace(".0", "") for line in organisations[1:]] == [
        "松1工作站 0 0 0 0 0 0 0 0",
        "其他楼宇的工作站 0 0 1 0 0 1 0 1",
        "合计 0 0 1 0 0 1 0 1",
    ]


@pytest.mark.parametrize(
    ("viewer", "chosen", "total"),
    [
        (EVERYONE, {}, 8),
        (EVERYONE, {"on": "2026-07-05"}, 4),  # a1 a2 b1 g1
        (EVERYONE, {"on": "09-30"}, 7),  # d1 is not here yet
        (EVERYONE, {"campus": "N"}, 5),
        (EVERYONE, {"building": "D"}, 1),
        (EVERYONE, {"college": "X", "college_as": BELONGS}, 5),  # a1 a2 c1 d1 z1
        (EVERYONE, {"college": "Y", "college_as": LEADS}, 2),  # b1 in B, b2 in C
        (GROUP, {}, 1),
        (K1, {}, 5),
        (X, {}, 8),
    ],
)
def test_the_totals_agree_in_every_slice(
    conn: Connection, viewer: Viewer, chosen: dict[str, Any], total: int
) -> None:
    found = hierarchies(conn, slice_of(**chosen), viewer)
    totals = found[found["name"] == "合计"]
    assert list(totals["total"]) == [total, total]
    for kind in ("member", "probationary", "target", "activist"):
        left, right = totals[kind]
        assert left == right, kind


def test_branches_and_groups_stand_below_their_workstation(world_copy: str) -> None:
    organisation = PartyOrganisation
    with writing(world_copy) as conn:
        root = {"id": "pc", "kind": "党工委", "name": "学生社区党工委", "founded": date(2026, 3, 1)}
        conn.execute(insert(organisation), [root])
        for child, parent in (("wa", "pc"), ("fa", "wa"), ("ga", "fa"), ("gb", "fa")):
            conn.execute(
                update(organisation).where(organisation.id == child).values(parent_id=parent)
            )
    with reading(world_copy) as conn:
        _, now = trees(conn)
        _, before = trees(conn, on="10-14")
    assert [line.replace(".0", "") for line in now[:2]] == [
        "学生社区党工委 1 1 0 1 1 0 0 2",
        "桃1工作站 1 1 0 1 1 0 0 2",
    ]
    assert [line.replace(".0", "") for line in before[:2]] == [
        "学生社区党工委 1 2 0 1 1 0 0 2",
        "桃1工作站 1 2 0 1 1 0 0 2",
    ]

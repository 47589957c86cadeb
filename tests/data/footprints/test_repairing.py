"""Whatever a file calls a footprint becomes a valid polygon, or is refused with its reason."""

import math
from contextlib import suppress
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from data.footprints.coordinates import Unrepairable
from data.footprints.crs import (
    bd09_from_wgs84,
    gcj02_from_wgs84,
    unchanged,
    wgs84_from_bd09,
    wgs84_from_gcj02,
)
from data.footprints.repairing import Outline, repair
from tests.data.footprints.maps import SIDE, X, Y, polygon, square

CLEAN = square()
HOLE = square(0.25, 0.25, SIDE / 2)[::-1]


def repaired(geometry: object) -> Outline:
    return repair(geometry, unchanged)


def test_a_clean_polygon_is_left_alone() -> None:
    outline = repaired(polygon(CLEAN, HOLE))
    assert outline.footprint == polygon(CLEAN, HOLE)
    assert outline.notes == ()
    assert shape(outline.footprint).contains(shapely.Point(outline.longitude, outline.latitude))


def test_a_multipolygon_keeps_its_parts() -> None:
    geometry = {"type": "MultiPolygon", "coordinates": [[CLEAN, HOLE], [square(3)]]}
    assert repaired(geometry).footprint == geometry
    alone = {"type": "MultiPolygon", "coordinates": [[CLEAN]]}
    assert repaired(alone).footprint == polygon(CLEAN)


TURNED = [point[::-1] for point in CLEAN]
REPAIRS = [
    ("环的方向", polygon(CLEAN[::-1])),
    ("环的方向", polygon(CLEAN, HOLE[::-1])),
    ("已补上终点", polygon(CLEAN[:-1])),
    ("文本，已转为数值", polygon([[f" {x}", str(y)] for x, y in CLEAN])),
    ("经纬度顺序颠倒", polygon(TURNED)),
    ("去掉了高程", polygon([[*point, 31.5] for point in CLEAN])),
]


@pytest.mark.parametrize(("note", "geometry"), REPAIRS)
def test_repairs_say_what_they_did(note: str, geometry: dict[str, Any]) -> None:
    outline = repaired(geometry)
    assert any(note in each for each in outline.notes)
    assert (
        shape(outline.footprint)
        .normalize()
        .equals(shape(polygon(CLEAN, HOLE) if len(geometry["coordinates"]) > 1 else polygon(CLEAN)))
    )
    assert shape(outline.footprint).exterior.is_ccw
    assert not any(hole.is_ccw for hole in shape(outline.footprint).interiors)


def test_swapped_axes_abroad_show_only_beyond_90_degrees() -> None:
    california = [[-119.85, 34.41], [-119.8496, 34.41], [-119.8496, 34.4104], [-119.85, 34.41]]
    outline = repaired(polygon([point[::-1] for point in california]))
    assert outline.footprint["coordinates"][0][0][0] < -119
    assert "经纬度顺序颠倒，已对调" in outline.notes


def test_a_small_self_intersection_is_resolved() -> None:
    """The last side crosses the first by a hair: 0.1 m of 40 m."""
    spike = [*CLEAN[:-1], [X - 0.000001, Y - 0.000001], [X + 0.000004, Y + 0.000001], CLEAN[0]]
    outline = repaired(polygon(spike))
    assert "自相交" in outline.notes[0]
    assert shape(outline.footprint).is_valid
    assert shape(outline.footprint).area == pytest.approx(SIDE**2, rel=0.01)


BOW = [CLEAN[0], CLEAN[2], CLEAN[1], CLEAN[3], CLEAN[0]]
LINE = [[X, Y], [X + SIDE, Y], [X + 2 * SIDE, Y], [X, Y]]
REFUSALS = [
    ("自相交.*面积变化 100%", polygon(BOW)),
    ("面积为零", polygon(LINE)),
    ("面积为零", polygon([[X, Y], [X, Y], [X, Y], [X, Y]])),
    ("自相交", {"type": "MultiPolygon", "coordinates": [[CLEAN], [square(0.5)]]}),
    ("不像一栋楼", polygon(square(side=SIDE / 100))),
    ("不像一栋楼", polygon(square(side=SIDE * 30))),
    ("geometry 为空", None),
    ("几何类型是 Point", {"type": "Point", "coordinates": [X, Y]}),
    ("几何类型是 LineString", {"type": "LineString", "coordinates": CLEAN}),
    ("几何类型是 GeometryCollection", {"type": "GeometryCollection", "geometries": []}),
    ("没有坐标", polygon()),
    ("没有坐标", {"type": "MultiPolygon", "coordinates": [[], [CLEAN]]}),
    ("嵌套层次", {"type": "Polygon", "coordinates": CLEAN}),
    ("嵌套层次", {"type": "Polygon"}),
    ("不足两个坐标", polygon([[X], *CLEAN])),
    ("不是数值", polygon([["东经117度", "34"], *CLEAN])),
    ("不是数值", polygon([[True, 34], *CLEAN])),
    ("不是数值", polygon([[None, 34], *CLEAN])),
    ("不是数值", polygon([[10**400, 34], *CLEAN])),
    ("不是有限", polygon([[float("nan"), 34], *CLEAN])),
    ("不是有限", polygon([["inf", 34], *CLEAN])),
    ("一部分顶点经纬度颠倒", polygon([CLEAN[0], *TURNED[1:4], CLEAN[0]])),
    ("投影坐标", polygon([[500_000 + x, 3_780_000 + y] for x, y in CLEAN])),
]


@pytest.mark.parametrize(("reason", "geometry"), REFUSALS)
def test_refusals_say_why(reason: str, geometry: object) -> None:
    with pytest.raises(Unrepairable, match=reason):
        repaired(geometry)


def test_chinese_coordinates_come_back_to_wgs84() -> None:
    for there, back in (
        (gcj02_from_wgs84, wgs84_from_gcj02),
        (bd09_from_wgs84, wgs84_from_bd09),
    ):
        moved = polygon([list(there((x, y))) for x, y in CLEAN])
        outline = repair(moved, back)
        found = [value for point in outline.footprint["coordinates"][0] for value in point]
        assert found == pytest.approx([v for point in CLEAN for v in point], abs=2e-7)


def test_chinese_coordinates_abroad_are_refused() -> None:
    abroad = polygon([[x - 200, y] for x, y in CLEAN])
    with pytest.raises(Unrepairable, match="不在中国境内"):
        repair(abroad, wgs84_from_gcj02)


grid = st.integers(0, 12).map(lambda step: step * SIDE / 4)
points = st.tuples(grid, grid).map(lambda p: [X + p[0], Y + p[1]])
loose = st.tuples(st.floats(0, SIDE * 5), st.floats(0, SIDE * 5)).map(
    lambda p: [X + p[0], Y + p[1]]
)
rings = st.one_of(st.lists(points, min_size=3, max_size=9), st.lists(loose, min_size=3, max_size=9))
radii = st.lists(st.floats(SIDE / 4, SIDE), min_size=5, max_size=24)


def star(reaches: list[float], winding: int, spike: float) -> list[list[float]]:
    """A simple ring around a point, its first corner doubled into a spike that may cross."""
    turns = [winding * math.tau * i / len(reaches) for i in range(len(reaches))]
    ring = [[X + r * math.cos(t), Y + r * math.sin(t)] for r, t in zip(reaches, turns, strict=True)]
    return [*ring, [ring[0][0] + spike, ring[0][1] - spike], [ring[0][0] - spike, ring[0][1]]]


stars = st.builds(star, radii, st.sampled_from([1, -1]), st.floats(-SIDE / 100, SIDE / 100))
geometries = st.one_of(
    stars.map(polygon),
    st.lists(rings, min_size=1, max_size=3).map(lambda r: polygon(*r)),
    st.lists(st.lists(rings, min_size=1, max_size=2), min_size=1, max_size=3).map(
        lambda parts: {"type": "MultiPolygon", "coordinates": parts}
    ),
)


@given(geometries)
def test_what_is_not_refused_is_valid(geometry: dict[str, Any]) -> None:
    try:
        outline = repaired(geometry)
    except Unrepairable:
        return
    made = shape(outline.footprint)
    assert made.is_valid
    assert made.area > 0
    assert made.contains(shapely.Point(outline.longitude, outline.latitude))
    for part in shapely.get_parts(made):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)


junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.integers(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(["Polygon", "MultiPolygon", "Point", None]), junk)
def test_junk_never_crashes(kind: str | None, coordinates: object) -> None:
    with suppress(Unrepairable):
        assert shape(repaired({"type": kind, "coordinates": coordinates}).footprint).is_valid

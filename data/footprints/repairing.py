"""Make a footprint one that any map can draw: valid, wound as RFC 7946 asks, in WGS-84."""

import math
import re
from dataclasses import dataclass
from typing import Any

import shapely

from data.footprints.coordinates import Polygons, Unrepairable, polygons
from data.footprints.crs import Conversion, Point, in_china, unchanged

DECIMALS = 7  # a centimetre
METRES_PER_DEGREE = 111_320
SMALLEST, LARGEST = 1.0, 1e6  # square metres; beyond them it is not a building
TOLERATED_CHANGE = 0.01  # of the area, when a self-intersection is resolved
SAME_PLACE = 0.5  # share of the union two outlines of one building have in common


@dataclass(frozen=True)
class Outline:
    """A footprint as the campus database holds it."""

    footprint: dict[str, Any]
    shape: Any
    longitude: float
    latitude: float
    notes: tuple[str, ...]


def repair(geometry: object, to_wgs84: Conversion) -> Outline:
    """The outline of a GeoJSON geometry with notes on what was repaired, or Unrepairable."""
    written, notes = polygons(geometry)
    rings = _converted(written, to_wgs84)
    shape = shapely.MultiPolygon([shapely.Polygon(shell, holes) for shell, *holes in rings])
    if not shapely.is_valid(shape):
        shape, note = _made_valid(shape)
        notes = (*notes, note)
    if not SMALLEST <= _square_metres(shape) <= LARGEST:
        raise Unrepairable(f"面积 {_square_metres(shape):,.1f} 平方米，不像一栋楼")
    if _wrongly_wound(rings):
        notes = (*notes, "环的方向已改为外环逆时针、洞顺时针")
    shape = shapely.orient_polygons(shape.geoms[0] if len(shape.geoms) == 1 else shape)
    inside = shapely.point_on_surface(shape)
    return Outline(
        footprint(shape), shape, round(inside.x, DECIMALS), round(inside.y, DECIMALS), notes
    )


def footprint(shape: Any) -> dict[str, Any]:
    """A Polygon or MultiPolygon as GeoJSON of plain lists, equal to what JSON gives back."""
    parts = [
        [[list(point) for point in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shape)
    ]
    kind = shape.geom_type
    return {"type": kind, "coordinates": parts[0] if kind == "Polygon" else parts}


def same_place(one: Any, other: Any) -> bool:
    """Whether two shapes outline the same building."""
    return bool(one.intersection(other).area > SAME_PLACE * one.union(other).area)


def metres(one: Point, other: Point) -> float:
    """The distance between two points on one campus."""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return METRES_PER_DEGREE * math.hypot(east, one[1] - other[1])


def _converted(written: Polygons, to_wgs84: Conversion) -> Polygons:
    """Rounded before anything is judged: rounding afterwards could break what was valid."""
    points = [point for part in written for ring in part for point in ring]
    if to_wgs84 is not unchanged and not all(map(in_china, points)):
        raise Unrepairable("位置不在中国境内，不会是 GCJ-02 或 BD-09 坐标：请核对 --crs")

    def moved(point: Point) -> Point:
        x, y = to_wgs84(point)
        return round(x, DECIMALS), round(y, DECIMALS)

    return tuple(tuple(tuple(map(moved, ring)) for ring in part) for part in written)


def _made_valid(shape: Any) -> tuple[Any, str]:
    fault = shapely.is_valid_reason(shape)
    at = re.search(r"\[(.+) (.+)\]", fault)
    where = f"在 {float(at[1]):.5f}, {float(at[2]):.5f} 附近" if at else ""
    fixed = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = [p for p in shapely.get_parts(fixed) if p.geom_type == "Polygon" and p.area > 0]
    if not parts:
        raise Unrepairable("面积为零")
    fixed = shapely.MultiPolygon(parts)
    change = abs(fixed.area - shape.area) / fixed.area
    if change > TOLERATED_CHANGE or not shapely.is_valid(fixed):
        raise Unrepairable(f"轮廓自相交({where}),修复会使面积变化 {change:.0%}:请重画这栋楼")
    return fixed, f"轮廓自相交({where}),已修复，面积变化 {change:.2%}"


def _square_metres(shape: Any) -> float:
    latitude = shapely.get_coordinates(shape)[:, 1].mean()
    return float(shape.area * METRES_PER_DEGREE**2 * math.cos(math.radians(latitude)))


def _wrongly_wound(rings: Polygons) -> bool:
    return any(
        shapely.is_ccw(shapely.LinearRing(ring)) != (place == 0)
        for part in rings
        for place, ring in enumerate(part)
    )

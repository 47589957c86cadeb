"""Turn what a file calls coordinates into rings of numbers, or say why that cannot be done."""

import math
from dataclasses import dataclass

from data.footprints.crs import Point, in_china

Ring = tuple[Point, ...]
Polygons = tuple[tuple[Ring, ...], ...]  # of each polygon its shell, then its holes


class Unrepairable(Exception):
    """Why a footprint cannot be taken; the importer reports it beside the feature."""


@dataclass(frozen=True)
class Position:
    """One vertex as written."""

    point: Point
    was_text: bool
    had_height: bool

    @property
    def reads_swapped(self) -> bool:
        """Latitude first: impossible as written, or in China only the other way round."""
        x, y = self.point
        return abs(x) <= 90 < abs(y) <= 180 or (not in_china((x, y)) and in_china((y, x)))


def polygons(geometry: object) -> tuple[Polygons, tuple[str, ...]]:
    """The rings of a Polygon or MultiPolygon, longitude first and closed, and what was repaired."""
    parts = [[_ring(ring) for ring in _list(part)] for part in _parts(geometry)]
    positions = [position for part in parts for ring in part for position in ring]
    if not positions or not all(parts):
        raise Unrepairable("没有坐标")
    swapped = _swapped(positions)
    unclosed = any(ring[0].point != ring[-1].point for part in parts for ring in part)
    notes = {
        "坐标是文本，已转为数值": any(p.was_text for p in positions),
        "经纬度顺序颠倒，已对调": swapped,
        "环没有闭合，已补上终点": unclosed,
        "去掉了高程": any(p.had_height for p in positions),
    }
    cleaned = tuple(tuple(_closed(ring, swapped) for ring in part) for part in parts)
    return cleaned, tuple(note for note, applies in notes.items() if applies)


def _parts(geometry: object) -> list[object]:
    if not isinstance(geometry, dict):
        raise Unrepairable("没有几何图形(geometry 为空)")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        return [coordinates]
    if kind == "MultiPolygon":
        return _list(coordinates)
    raise Unrepairable(f"几何类型是 {kind}，楼宇轮廓要用 Polygon 或 MultiPolygon")


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise Unrepairable("坐标的嵌套层次不对")
    return value


def _ring(value: object) -> list[Position]:
    ring = [_position(each) for each in _list(value)]
    if len({position.point for position in ring}) < 3:
        raise Unrepairable("有的环不足三个不同的顶点，面积为零")
    return ring


def _position(value: object) -> Position:
    numbers = _list(value)
    if len(numbers) < 2:
        raise Unrepairable("有的顶点不足两个坐标")
    was_text = any(isinstance(number, str) for number in numbers[:2])
    return Position((_number(numbers[0]), _number(numbers[1])), was_text, len(numbers) > 2)


def _number(value: object) -> float:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError
        number = float(value)
    except (ValueError, OverflowError):
        raise Unrepairable(f"坐标“{str(value)[:20]}”不是数值") from None
    if not math.isfinite(number):
        raise Unrepairable(f"坐标“{value}”不是有限的数")
    return number


def _swapped(positions: list[Position]) -> bool:
    swapped = sum(position.reads_swapped for position in positions)
    if 0 < swapped < len(positions):
        raise Unrepairable("一部分顶点经纬度颠倒，一部分没有")
    if not swapped and any(abs(p.point[0]) > 180 or abs(p.point[1]) > 90 for p in positions):
        raise Unrepairable("坐标超出经纬度范围，像是投影坐标(米):请转换为经纬度")
    return swapped > 0


def _closed(ring: list[Position], swapped: bool) -> Ring:
    points = [p.point[::-1] if swapped else p.point for p in ring]
    return (*points, *points[:1]) if points[0] != points[-1] else tuple(points)

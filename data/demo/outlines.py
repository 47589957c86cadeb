"""Plausible outlines: slabs, L and U shapes around a point, as GeoJSON in WGS-84."""

import math
from collections.abc import Sequence
from typing import Any

METRES_PER_DEGREE = 111_320.0
DEPTH = 16.0
ROOM_WIDTH, ROOM_DEPTH, CORRIDOR = 3.6, 6.0, 2.0

Point = tuple[float, float]


def footprint(
    shape: str, *, length: float, angle: float, longitude: float, latitude: float
) -> dict[str, Any]:
    """A GeoJSON Polygon, counter-clockwise, `angle` degrees turned from east."""
    turn = math.radians(angle)
    east = METRES_PER_DEGREE * math.cos(math.radians(latitude))
    ring = []
    for x, y in _outline(shape, length):
        u = x * math.cos(turn) - y * math.sin(turn)
        v = x * math.sin(turn) + y * math.cos(turn)
        lon, lat = longitude + u / east, latitude + v / METRES_PER_DEGREE
        ring.append([round(lon, 6), round(lat, 6)])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _outline(shape: str, length: float) -> Sequence[Point]:
    half, thick = length / 2, DEPTH / 2
    if shape == "L":
        arm = 34.0
        return (
            (-half, -thick),
            (half, -thick),
            (half, thick),
            (-half + DEPTH, thick),
            (-half + DEPTH, arm - thick),
            (-half, arm - thick),
        )
    if shape == "U":
        arm = 30.0
        return (
            (-half, -thick),
            (half, -thick),
            (half, arm - thick),
            (half - DEPTH, arm - thick),
            (half - DEPTH, thick),
            (-half + DEPTH, thick),
            (-half + DEPTH, arm - thick),
            (-half, arm - thick),
        )
    return (-half, -thick), (half, -thick), (half, thick), (-half, thick)


def room_plan(position: int) -> dict[str, Any]:
    """Metres on the floor: even positions south of the corridor, odd ones north of it."""
    west = position // 2 * ROOM_WIDTH
    south = (ROOM_DEPTH + CORRIDOR) if position % 2 else 0.0
    east, north = round(west + ROOM_WIDTH, 1), south + ROOM_DEPTH
    west = round(west, 1)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}

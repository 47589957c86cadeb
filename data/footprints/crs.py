"""What a longitude and latitude mean in China: WGS-84 (GPS), GCJ-02 (Chinese maps), BD-09 (Baidu).

GCJ-02 is defined inside China only; elsewhere it equals WGS-84.
"""

import math
from collections.abc import Callable, Mapping

Point = tuple[float, float]  # longitude, latitude in degrees
Conversion = Callable[[Point], Point]

AXIS = 6378245.0  # Krasovsky 1940, the ellipsoid GCJ-02 computes its shift on
ECCENTRICITY_SQUARED = 0.00669342162296594323
WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
BAIDU_SHIFT = (0.0065, 0.006)
BAIDU_TURNS = math.pi * 3000 / 180
EXACT = 1e-10  # degrees; a hundredth of a millimetre


def in_china(point: Point) -> bool:
    """Whether a point lies in the rectangle inside which GCJ-02 shifts coordinates."""
    return WEST < point[0] < EAST and SOUTH < point[1] < NORTH


def gcj02_from_wgs84(point: Point) -> Point:
    """GPS position → position on Chinese maps."""
    if not in_china(point):
        return point
    east, north = _shift_metres(point[0] - 105, point[1] - 35)
    latitude = math.radians(point[1])
    flat = 1 - ECCENTRICITY_SQUARED * math.sin(latitude) ** 2
    per_longitude = math.radians(AXIS / math.sqrt(flat) * math.cos(latitude))
    per_latitude = math.radians(AXIS * (1 - ECCENTRICITY_SQUARED) / flat**1.5)
    return point[0] + east / per_longitude, point[1] + north / per_latitude


def bd09_from_gcj02(point: Point) -> Point:
    """Position on Chinese maps → position on Baidu's."""
    x, y = point
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * BAIDU_TURNS)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * BAIDU_TURNS)
    return radius * math.cos(angle) + BAIDU_SHIFT[0], radius * math.sin(angle) + BAIDU_SHIFT[1]


def bd09_from_wgs84(point: Point) -> Point:
    """GPS position → position on Baidu's maps."""
    return bd09_from_gcj02(gcj02_from_wgs84(point))


def wgs84_from_gcj02(point: Point) -> Point:
    """Position on Chinese maps → GPS position."""
    return _inverse(gcj02_from_wgs84, point)


def gcj02_from_bd09(point: Point) -> Point:
    """Position on Baidu's maps → position on Chinese maps."""
    return _inverse(bd09_from_gcj02, point)


def wgs84_from_bd09(point: Point) -> Point:
    """Position on Baidu's maps → GPS position."""
    return wgs84_from_gcj02(gcj02_from_bd09(point))


def unchanged(point: Point) -> Point:
    """WGS-84 is what the campus database holds."""
    return point


TO_WGS84: Mapping[str, Conversion] = {
    "wgs84": unchanged,
    "gcj02": wgs84_from_gcj02,
    "bd09": wgs84_from_bd09,
}


def _shift_metres(x: float, y: float) -> Point:
    """The published GCJ-02 shift, in metres east and north of a point given from (105, 35)."""
    common = 20 * math.sin(6 * math.pi * x) + 20 * math.sin(2 * math.pi * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + common * 2 / 3
    east += (20 * math.sin(math.pi * x) + 40 * math.sin(math.pi * x / 3)) * 2 / 3
    east += (150 * math.sin(math.pi * x / 12) + 300 * math.sin(math.pi * x / 30)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (common + 20 * math.sin(math.pi * y) + 40 * math.sin(math.pi * y / 3)) * 2 / 3
    north += (160 * math.sin(math.pi * y / 12) + 320 * math.sin(math.pi * y / 30)) * 2 / 3
    return east, north


def _inverse(forward: Conversion, wanted: Point) -> Point:
    """The point that `forward` moves to `wanted`: shifts vary slowly, so a few steps suffice."""
    x, y = wanted
    for _ in range(10):
        reached = forward((x, y))
        over = reached[0] - wanted[0], reached[1] - wanted[1]
        x, y = x - over[0], y - over[1]
        if max(map(abs, over)) < EXACT:
            break
    return x, y

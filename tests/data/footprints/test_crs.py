"""Chinese coordinate systems agree with published pairs and can be undone."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.footprints import crs
from data.footprints.crs import Point
from data.footprints.repairing import metres
from tests.real_data import real

inside_china = st.tuples(st.floats(75, 134), st.floats(4, 53))
CONVERSIONS = [
    ("wgs84", "gcj02", crs.gcj02_from_wgs84),
    ("gcj02", "wgs84", crs.wgs84_from_gcj02),
    ("gcj02", "bd09", crs.bd09_from_gcj02),
    ("bd09", "gcj02", crs.gcj02_from_bd09),
    ("wgs84", "bd09", crs.bd09_from_wgs84),
    ("bd09", "wgs84", crs.wgs84_from_bd09),
]


@pytest.mark.parametrize(("source", "target", "convert"), CONVERSIONS)
def test_83_cities_agree_within_a_metre(source: str, target: str, convert: crs.Conversion) -> None:
    with real("campus/coordinate_pairs.csv").open(encoding="utf-8-sig") as file:
        cities = list(csv.DictReader(file))
    assert len(cities) == 83

    def point(city: dict[str, str], system: str) -> Point:
        return float(city[f"{system}_lng"]), float(city[f"{system}_lat"])

    errors = [metres(convert(point(city, source)), point(city, target)) for city in cities]
    assert max(errors) < 1


def test_a_published_pair() -> None:
    """驻马店, from the test data of gcoord (MIT)."""
    gps, chinese, baidu = (
        (114.0164322, 33.0133556),
        (114.022306, 33.0115324),
        (114.0287781, 33.0176697),
    )
    assert metres(crs.gcj02_from_wgs84(gps), chinese) < 1
    assert metres(crs.bd09_from_gcj02(chinese), baidu) < 0.1


@given(inside_china)
def test_there_and_back_again(point: Point) -> None:
    assert metres(crs.wgs84_from_gcj02(crs.gcj02_from_wgs84(point)), point) < 1e-3
    assert metres(crs.gcj02_from_bd09(crs.bd09_from_gcj02(point)), point) < 1e-3
    assert metres(crs.wgs84_from_bd09(crs.bd09_from_wgs84(point)), point) < 1e-3


@given(inside_china)
def test_the_shift_is_some_hundred_metres(point: Point) -> None:
    assert 5 < metres(crs.gcj02_from_wgs84(point), point) < 1500


def test_nothing_is_shifted_abroad() -> None:
    assert crs.gcj02_from_wgs84((-119.85, 34.41)) == (-119.85, 34.41)
    assert crs.wgs84_from_gcj02((-119.85, 34.41)) == (-119.85, 34.41)

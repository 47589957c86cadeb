"""Intervals of shares against published ones."""

import pandas as pd
import pytest

from queries.intervals import FEW, bounds, wilson

# Newcombe (1998), Statistics in Medicine 17, 857-872, Table I, method 3
NEWCOMBE = ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718))  # fmt: skip


@pytest.mark.parametrize(("numerator", "denominator", "low", "high"), NEWCOMBE)
def test_the_score_interval_is_newcombes(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    assert wilson(numerator, denominator) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(5, 6, "44-97"), (11, 12, "65-99"), (22, 24, "74-98"), (72, 80, "81-95")],
)
def test_shares_of_few_reach_far(numerator: int, denominator: int, shown: str) -> None:
    low, high = wilson(numerator, denominator) or (0, 0)
    assert f"{low * 100:.0f}-{high * 100:.0f}" == shown


def test_it_is_the_mirror_image_of_the_share_of_the_others() -> None:
    low, high = wilson(3, 17) or (0, 0)
    assert wilson(14, 17) == pytest.approx((1 - high, 1 - low))


def test_nobody_has_none_and_none_leaves_the_share() -> None:
    assert wilson(0, 0) is None
    for denominator in range(1, 40):
        for numerator in range(denominator + 1):
            low, high = wilson(numerator, denominator) or (1, 0)
            assert 0 <= low <= numerator / denominator <= high + 1e-12 <= 1 + 1e-12


def test_few_are_those_whose_interval_at_nine_in_ten_is_wider_than_five_points() -> None:
    def half(number: int) -> float:
        low, high = wilson(0.9 * number, number) or (0, 0)
        return (high - low) / 2

    assert half(FEW) == pytest.approx(0.05, abs=1e-5)
    assert half(FEW - 1) > 0.05 + 1e-4


def test_a_frame_gets_both_ends() -> None:
    found = bounds(pd.DataFrame({"n": [1, 0], "d": [29, 0]}), "n", "d", "x_")
    assert found["x_low"] == [pytest.approx(0.0061, abs=5e-5), None]
    assert found["x_high"] == [pytest.approx(0.1718, abs=5e-5), None]

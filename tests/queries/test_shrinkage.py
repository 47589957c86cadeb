"""Shrunken estimates against simulation with known truth, and where the answer is known."""

import numpy as np
import pytest

from queries.shrinkage import shrunken

ROUNDS, UNITS = 150, 22
MEAN = 0.88


def _rounds(size: float, seed: int = 20261123) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """True shares from one beta distribution, with counts of 60 to 900 students drawn from them."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(ROUNDS):
        n = chance.integers(60, 900, UNITS)
        true = chance.beta(MEAN * size, (1 - MEAN) * size, UNITS)
        found.append((true, chance.binomial(n, true), n))
    return found


@pytest.mark.parametrize("size", [10.0, 60.0, 400.0])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_intervals_cover_the_truth_as_often_as_they_say(size: float, level: float) -> None:
    covered = []
    for true, x, n in _rounds(size):
        made = shrunken(x, n, level)
        assert made is not None
        covered.append(((made.low <= true) & (true <= made.high)).mean())
    assert np.mean(covered) == pytest.approx(level, abs=0.012)


def test_intervals_of_units_that_are_all_alike_are_wide_rather_than_narrow() -> None:
    covered = []
    for true, x, n in _rounds(1e6):
        made = shrunken(x, n, 0.9)
        assert made is not None
        covered.append(((made.low <= true) & (true <= made.high)).mean())
    assert np.mean(covered) > 0.9


@pytest.mark.parametrize(("size", "most"), [(60.0, 0.95), (400.0, 0.75), (1e6, 0.4)])
def test_estimates_err_less_than_the_shares_themselves(size: float, most: float) -> None:
    """The more alike the units, the more is won."""
    drawn = raw = 0.0
    for true, x, n in _rounds(size):
        made = shrunken(x, n)
        assert made is not None
        drawn += float(((made.estimate - true) ** 2).sum())
        raw += float(((x / n - true) ** 2).sum())
    assert drawn**0.5 < most * raw**0.5


def test_where_units_are_wholly_apart_shrinking_does_no_harm() -> None:
    drawn = raw = 0.0
    for true, x, n in _rounds(10.0):
        made = shrunken(x, n)
        assert made is not None
        drawn += float(((made.estimate - true) ** 2).sum())
        raw += float(((x / n - true) ** 2).sum())
    assert drawn < 1.03 * raw


def test_estimates_lie_between_the_share_and_the_mean_the_smaller_the_nearer() -> None:
    x, n = np.array([10, 100, 440, 400, 420]), np.array([20, 200, 500, 500, 500])
    made = shrunken(x, n)
    assert made is not None
    low, high = np.minimum(x / n, made.centre), np.maximum(x / n, made.centre)
    assert ((low <= made.estimate) & (made.estimate <= high)).all()
    moved = np.abs(made.estimate - x / n) / np.abs(made.centre - x / n)
    assert moved[0] > moved[1] > moved[2]
    assert (made.low < made.estimate).all()
    assert (made.estimate < made.high).all()


def test_many_cases_of_units_apart_count_nearly_alone() -> None:
    made = shrunken([9000, 5000, 1000, 7000], [10_000] * 4)
    assert made is not None
    assert made.estimate == pytest.approx([0.9, 0.5, 0.1, 0.7], abs=0.002)


def test_an_estimate_has_so_many_cases_of_the_mean_added() -> None:
    """x + μM of n + M: what is between the unit's share and the mean is M ÷ (n + M), up to how
    unsure M is."""
    x, n = np.array([40, 45, 47, 38, 44, 42, 46, 39]), np.full(8, 50)
    made = shrunken(x, n)
    assert made is not None
    slope = float(np.polyfit(x / n, made.estimate, 1)[0])
    assert made.centre == pytest.approx(x.sum() / n.sum(), abs=0.02)
    assert 1 - slope == pytest.approx(made.pull / (50 + made.pull), abs=0.15)


def test_shares_at_the_ends_have_intervals_too() -> None:
    made = shrunken([50, 40, 60, 55], [50, 40, 60, 55])
    assert made is not None
    assert (made.estimate > 0.9).all()
    assert (made.low < 1).all()
    assert np.isfinite([*made.low, *made.high]).all()


def test_the_same_counts_give_the_same_numbers() -> None:
    one, other = (shrunken([5, 8, 9, 3], [10, 10, 10, 10]) for _ in range(2))
    assert one is not None
    assert other is not None
    assert list(one.low) == list(other.low)


def test_of_three_units_nothing_is_said() -> None:
    assert shrunken([1, 2, 3], [4, 4, 4]) is None

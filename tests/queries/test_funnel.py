"""Funnel limits and flags: against published ones, all points, and by hand."""

import csv
from math import asin, sin, sqrt

import numpy as np
import pytest

from queries.funnel import Z95, Z998, Funnel, arcsine_limits, fitted, flags, score_limits
from tests.real_data import real

NAMES = {2: "High (0.001)", 1: "High (0.025)", 0: "Not significant"}
NAMES |= {-1: "Low (0.025)", -2: "Low (0.001)"}
PLACES = 6
"""Published limits are printed to so many decimals of a percent."""


def published(name: str) -> list[dict[str, str]]:
    """Rows of a published table of PHEindicatormethods."""
    path = real(f"published/testdata_funnel_prop_{name}.csv")
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def areas() -> tuple[np.ndarray, np.ndarray, Funnel]:
    """Numerators and denominators of all published areas, and their plain funnel."""
    rows = published("inputs")
    x, n = (np.array([float(row[c]) for row in rows]) for c in ("numerator", "denominator"))
    return x, n, Funnel(float(x.sum() / n.sum()), 1.0, 0.0, len(n))


@pytest.mark.parametrize(("z", "sides"), [(Z95, "2s0025"), (Z998, "3s0001")])
def test_limits_are_the_published_ones_to_every_printed_digit(z: float, sides: str) -> None:
    _, _, funnel = areas()
    rows = published("outputs")
    assert len(rows) == 100
    low, high = funnel.limits([float(row["Population"]) for row in rows], z)
    for row, below, above in zip(rows, low, high, strict=True):
        assert round(100 * funnel.centre, PLACES) == float(row["Baseline"])
        assert round(100 * below, PLACES) == float(row[f"Lower{sides}limit"]), row
        assert round(100 * above, PLACES) == float(row[f"Upper{sides}limit"]), row


def test_every_area_has_its_published_flag() -> None:
    x, n, funnel = areas()
    expected = [row["significance"] for row in published("inputs")]
    assert len(expected) == 303
    assert [NAMES[int(flag)] for flag in flags(funnel, x / n, n)] == expected


def test_these_areas_differ_by_far_more_than_chance() -> None:
    """With so many cases every difference is beyond chance: the limits widen until they hold."""
    x, n, plain = areas()
    wide = fitted(plain.centre, x / n, n)
    assert wide.dispersion > 50
    assert wide.adjusted
    outside = np.abs(flags(wide, x / n, n))
    assert (outside == 2).sum() < 5 < (np.abs(flags(plain, x / n, n)) == 2).sum()


def test_the_spread_by_hand() -> None:
    """Four units of 100 around one half, at 40, 60, 30 and 70 %: the outer z-scores are drawn in
    to the quantiles at a tenth and nine tenths."""
    shares, trials = [0.4, 0.6, 0.3, 0.7], [100.0] * 4
    angle = asin(sqrt(0.5))
    inner, outer = (20 * (asin(sqrt(share)) - angle) for share in (0.6, 0.7))
    drawn = inner + 0.7 * (outer - inner)  # 0.9 × 3 = 2.7 steps up the sorted four
    phi = (2 * inner**2 + 2 * drawn**2) / 4
    made = fitted(0.5, shares, trials)
    assert made.dispersion == pytest.approx(phi, rel=1e-12)
    assert made.spread == pytest.approx((4 * phi - 3) / (1600 - 400), rel=1e-12)
    low, high = made.limits(100, Z95)
    half = Z95 * sqrt(1 / 400 + made.spread)
    assert float(low) == pytest.approx(sin(angle - half) ** 2, rel=1e-12)
    assert float(high) == pytest.approx(sin(angle + half) ** 2, rel=1e-12)
    assert made.expected(0.05) == 0.2


def test_units_that_chance_explains_get_plain_limits() -> None:
    made = fitted(0.5, [0.5, 0.52, 0.48, 0.51], [100] * 4)
    assert (made.spread, made.adjusted) == (0.0, False)
    assert made.limits([100], Z95)[0] == score_limits(0.5, [100], Z95)[0]


def test_flags_tell_the_two_limits_apart() -> None:
    funnel = Funnel(0.5, 1.0, 0.0, 5)  # of 100: 0.402 and 0.598; 0.3455 and 0.6545
    assert list(flags(funnel, [0.5, 0.41, 0.39, 0.34, 0.66], [100] * 5)) == [0, 0, -1, -2, 2]
    assert list(flags(funnel, [0.6, 0.59], [100] * 2)) == [1, 0]


def test_a_common_share_at_an_end_flags_nobody() -> None:
    for share in (0.0, 1.0):
        made = fitted(share, [share] * 3, [5, 10, 20])
        assert list(flags(made, [share] * 3, [5, 10, 20])) == [0, 0, 0]


def test_one_unit_or_none_is_no_spread() -> None:
    assert fitted(0.5, [0.9], [100]).spread == 0.0
    assert fitted(0.5, [], []).units == 0


def test_limits_stay_within_and_narrow_with_the_cases() -> None:
    trials = np.arange(1, 400)
    for low, high in (
        score_limits(0.9, trials, Z998),
        arcsine_limits(0.9, 0.002, trials, Z998),
        arcsine_limits(0.05, 0.1, trials, Z998),
    ):
        assert (low >= 0).all()
        assert (high <= 1).all()
        assert (low <= high).all()
        assert (np.diff(low) >= -1e-12).all()
        assert (np.diff(high) <= 1e-12).all()


def test_chance_alone_puts_outside_what_the_page_says() -> None:
    """4,000 funnels of 22 units that are all the same: about 5 % and 0.2 % lie outside."""
    chance = np.random.default_rng(7)
    funnel, trials = Funnel(0.5, 1.0, 0.0, 22), np.full((4000, 22), 400)
    found = np.abs(flags(funnel, chance.binomial(trials, 0.5) / trials, trials))
    assert (found > 0).mean() == pytest.approx(0.05, abs=0.006)
    assert (found == 2).mean() == pytest.approx(0.002, abs=0.001)

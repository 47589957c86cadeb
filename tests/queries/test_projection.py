"""Projections by hand: what the last four weeks say of the end of the term."""

import pytest

from queries.projection import of_people, of_weeks


def test_of_those_left_every_week_meets_the_same_part() -> None:
    """Half of those left were met each week: 0, ½, ¾; two weeks later 15/16."""
    seen = of_people([0.0, 0.5, 0.75], 2)
    assert seen is not None
    assert (seen.low, seen.middle, seen.high) == pytest.approx((15 / 16,) * 3)


def test_the_range_is_the_slowest_and_the_fastest_week() -> None:
    """Left over: 1 → 0.8 (a fifth met) → 0.4 (half met); one more week leaves 0.32 or 0.2."""
    seen = of_people([0.0, 0.2, 0.6], 1)
    assert seen is not None
    assert (seen.low, seen.high) == pytest.approx((0.68, 0.8))
    assert seen.middle == pytest.approx(1 - 0.4 * 0.4**0.5)


def test_only_the_last_four_weeks_count() -> None:
    slow = [0.0, 0.9, 0.9, 0.9, 0.9, 0.9]
    seen = of_people(slow, 10)
    assert seen is not None
    assert (seen.low, seen.middle, seen.high) == pytest.approx((0.9, 0.9, 0.9))


def test_a_share_that_falls_is_not_projected_below_what_it_is() -> None:
    """People who move in unmet lower the share; the coming weeks are not held to do so."""
    seen = of_people([0.6, 0.5], 3)
    assert seen is not None
    assert (seen.low, seen.high) == pytest.approx((0.5, 0.5))


def test_everyone_met_stays_so_and_one_week_says_nothing() -> None:
    seen = of_people([0.9, 1.0, 1.0], 5)
    assert seen is not None
    assert (seen.low, seen.middle, seen.high) == (1.0, 1.0, 1.0)
    assert of_people([0.4], 5) is None
    assert of_people([], 5) is None


def test_what_falls_due_goes_on_as_on_average() -> None:
    """8 of 30 so far, 1, 3 and 4 of 10 a week; two weeks to come with 10 due each."""
    seen = of_weeks([(1, 10), (3, 10), (4, 10)], (8, 30), 2)
    assert seen is not None
    assert seen.middle == pytest.approx((8 + 20 * 8 / 30) / 50)
    assert seen.low == pytest.approx((8 + 20 * 0.1) / 50)
    assert seen.high == pytest.approx((8 + 20 * 0.4) / 50)


def test_weeks_with_nothing_due_bring_nothing() -> None:
    """Of two weeks one was without anything due: a coming week brings 2, not 4."""
    seen = of_weeks([(0, 0), (2, 4)], (2, 4), 1)
    assert seen is not None
    assert seen.middle == pytest.approx((2 + 1) / 6)
    assert of_weeks([(0, 0)], (0, 0), 3) is None
    assert of_weeks([], (1, 2), 3) is None


def test_a_share_never_exceeds_all() -> None:
    """More was confirmed lately than raised: old concerns are worked off."""
    seen = of_weeks([(9, 3)], (10, 12), 10)
    assert seen is not None
    assert seen.high == 1.0

"""Rank bands against simulations whose truth is known, and by hand where one can count."""

import numpy as np
import pytest

from data.schemes.scheme import Scheme, Veto
from queries.rank_bands import Bands, groups_of, places_of, rank_bands
from queries.rank_draws import Known
from queries.scoring import ranks
from queries.scoring_rules import Values
from tests.queries.trial_schemes import certain, counted, indicator, scheme

ONE = scheme([indicator("a", 100.0)])


def bands(one: Scheme, known: Known, spread: float = 0.0, cut: int = 1, seed: str = "s") -> Bands:
    """Bands with the same number of places in each group."""
    return rank_bands(one, known, dict.fromkeys(known.groups, cut), spread, seed)


def truth(rng: np.random.Generator, units: int, indicators: int, spread: float) -> Values:
    """True shares of about 85 %, so far apart."""
    strength = 0.85 * 0.15 / spread**2 - 1
    return rng.beta(0.85 * strength, 0.15 * strength, (units, indicators))


@pytest.mark.parametrize(
    ("units", "indicators", "spread"),
    [(22, 1, 0.02), (22, 3, 0.05), (22, 3, 0.005), (40, 5, 0.05), (6, 3, 0.05), (4, 3, 0.05)],
)
def test_nine_in_ten_bands_hold_the_true_rank(units: int, indicators: int, spread: float) -> None:
    """Also where the units hardly differ (spread 0.005), as flat priors' bands do not (0.76 there);
    40 campuses, buildings of 50 to 400."""
    rng = np.random.default_rng([units, indicators, int(spread * 1000)])
    one = scheme([indicator(f"i{n}", 100 / indicators) for n in range(indicators)])
    held = []
    for campus in range(40):
        true = truth(rng, units, indicators, spread)
        whole = rng.integers(50, 400, true.shape)
        found = bands(one, counted(rng.binomial(whole, true), whole), seed=f"s{campus}")
        place = ranks(true.mean(axis=1))
        held.append(((found.low <= place) & (place <= found.high)).mean())
    assert np.mean(held) >= 0.88
    assert np.mean(held) <= 0.985 or units < 20  # of few places a band holds many


def test_the_chance_of_an_award_is_as_often_true_as_it_says() -> None:
    """Of units whose chance is said to be 30 to 70 %, about half are truly among the first four."""
    rng = np.random.default_rng(4)
    said, was = [], []
    for campus in range(60):
        true = truth(rng, 22, 1, 0.03)
        whole = rng.integers(50, 400, true.shape)
        known = counted(rng.binomial(whole, true), whole)
        said.append(bands(ONE, known, cut=4, seed=f"s{campus}").inside)
        was.append(ranks(true[:, 0]) <= 4)
    chance, true_ones = np.concatenate(said), np.concatenate(was)
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.7), (0.7, 1.01)):
        among = (chance >= low) & (chance < high)
        error = 3 * (0.25 / among.sum()) ** 0.5
        assert true_ones[among].mean() == pytest.approx(chance[among].mean(), abs=error)


def test_without_error_and_with_fixed_weights_a_rank_is_certain() -> None:
    found = bands(ONE, certain([[0.5], [0.9], [0.7]]))
    assert found.median.tolist() == found.low.tolist() == found.high.tolist() == [3, 1, 2]
    assert found.band.tolist() == [3, 1, 2]
    assert found.inside.tolist() == [0, 1, 0]


def test_equal_units_share_rank_and_band() -> None:
    found = bands(ONE, certain([[0.9], [0.7], [0.9], [0.7]]), cut=2)
    assert found.median.tolist() == [1, 3, 1, 3]
    assert found.band.tolist() == [1, 2, 1, 2]
    assert found.inside.tolist() == [1, 0, 1, 0]


def test_one_unit_in_a_group_is_the_first() -> None:
    found = bands(ONE, counted([[3], [5], [8]], [[10]] * 3, groups=["g", "g", "h"]), cut=0)
    assert (found.low[2], found.median[2], found.high[2], found.band[2]) == (1, 1, 1, 1)
    assert found.inside[2] == 0


def test_a_unit_without_any_value_has_no_band_and_takes_no_place() -> None:
    """Even though its peers would lend it values."""
    found = bands(ONE, certain([[0.5], [np.nan], [0.9]]))
    assert np.isnan([found.low[1], found.median[1], found.high[1], found.inside[1]]).all()
    assert found.band.tolist() == [2, 0, 1]
    assert found.high[0] == 2


def test_weights_of_nothing_give_no_ranks() -> None:
    nothing = scheme([indicator("a", 0.0)])
    assert np.isnan(bands(nothing, certain([[0.5], [0.9]]), spread=2.0).median).all()


def test_no_units_at_all() -> None:
    assert len(bands(ONE, certain(np.empty((0, 1)))).median) == 0


def test_what_is_missing_widens_the_band_of_that_unit() -> None:
    """Its other indicator leaves it in the middle; what is missing may make it first or last."""
    two = scheme([indicator("a", 50.0), indicator("b", 50.0)])
    values = [[0.5, 0.1], [0.5, 0.9], [0.5, 0.3], [0.5, 0.7], [0.5, np.nan]]
    found = bands(two, certain(values))
    assert found.low[:4].tolist() == [4, 1, 3, 2]
    assert (found.low[4], found.high[4]) == (1, 4)


def test_the_more_weights_vary_the_wider_the_bands() -> None:
    """Two units of the same total, each better in one half."""
    two = scheme([indicator("a", 50.0), indicator("b", 50.0)])
    values = [[0.9, 0.5], [0.5, 0.9], [0.72, 0.72], [0.3, 0.3]]
    still, large = (bands(two, certain(values), spread=s) for s in (0.0, 4.0))
    assert still.high.tolist() == [2, 2, 1, 4]
    assert large.high.tolist() == [3, 3, 2, 4]
    assert large.band[3] == 2


def test_the_order_of_units_and_indicators_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    whole = rng.integers(20, 90, (9, 3))
    known = counted(rng.binomial(whole, 0.8), whole, groups=["g"] * 5 + ["h"] * 4)
    weights = {"a": 50.0, "b": 30.0, "c": 20.0}
    first = bands(scheme([indicator(k, w) for k, w in weights.items()]), known, 2.0)
    order, turn = rng.permutation(9), [2, 0, 1]
    tables = (known.values, known.part, known.whole, known.error)
    mixed = Known(
        [known.units[n] for n in order],
        [known.groups[n] for n in order],
        *(table[order][:, turn] for table in tables),
    )
    keys = ["c", "a", "b"]
    again = bands(scheme([indicator(k, weights[k]) for k in keys]), mixed, 2.0)
    for name in ("median", "low", "high", "inside", "band"):
        np.testing.assert_array_equal(getattr(again, name), getattr(first, name)[order])


def test_a_vetoed_unit_competes_for_no_award() -> None:
    """The best of three is struck from one dimension: the next has its place."""
    one = scheme(
        [indicator("a", 90.0), indicator("b", 10.0)], vetoes=(Veto("b", 0.5, "d1", "事故"),)
    )
    found = bands(one, certain([[1.0, 0.4], [0.6, 1.0], [0.5, 1.0]]))
    assert found.median.tolist() == [1, 2, 3]
    assert found.inside.tolist() == [0, 1, 0]


def test_bands_walk_down_the_median_order() -> None:
    """Twenty draws of four units: b is behind a in all, c behind a in 18 (not 95 %), d behind c in
    all but behind b in none of the first two."""
    places = np.array([[1, 3, 2, 4]] * 18 + [[2, 3, 1, 4]] * 2)
    assert groups_of(places, ["a", "b", "c", "d"]).tolist() == [1, 2, 1, 3]
    assert groups_of(places[:, :1], ["a"]).tolist() == [1]


@pytest.mark.parametrize("seed", range(5))
def test_places_are_those_of_an_evaluation(seed: int) -> None:
    totals = np.random.default_rng(seed).integers(0, 6, (50, 8)) / 3
    np.testing.assert_array_equal(places_of(totals), ranks(totals))

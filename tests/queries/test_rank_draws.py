"""Draws of values and weights: as wide as they say, the same whatever the order, and added up to
the same totals as one evaluation at a time."""

from dataclasses import replace

import numpy as np
import pytest

from data.schemes.scheme import ARITHMETIC, GEOMETRIC, WITHHOLD, ZERO, Source, Veto
from queries.aggregate import aggregate
from queries.catalog import BY_KEY
from queries.many_totals import totals_of, without_vetoed
from queries.rank_draws import (
    AS_COUNTED,
    BY_ROOM,
    DESIGN,
    Known,
    prior,
    value_draws,
    weight_draws,
)
from queries.scoring_rules import FULL
from tests.queries.trial_schemes import certain, counted, indicator, scheme

WAYS = [
    (ARITHMETIC, ARITHMETIC, ARITHMETIC),
    (GEOMETRIC, GEOMETRIC, GEOMETRIC),
    (ARITHMETIC, GEOMETRIC, ARITHMETIC),
    (GEOMETRIC, ARITHMETIC, GEOMETRIC),
]


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("seed", range(6))
def test_many_draws_add_up_as_one_evaluation_does(how: tuple[str, str, str], seed: int) -> None:
    """With missing scores, scores of nothing and weights of nothing; 3 draws of the values under 4
    of the weights."""
    rng = np.random.default_rng([seed, 7])
    weights = rng.choice([0.0, 5.0, 10.0, 20.0], 12)
    strict = rng.random() < 0.5
    made = [
        indicator(f"i{n}", w, missing=WITHHOLD if strict and n == 3 else "exclude")
        for n, w in enumerate(weights)
    ]
    one = scheme(made, sizes=(3, 1, 2, 2, 4), how=how)
    scores = rng.uniform(0, FULL, (3, 9, 12))
    scores[:, rng.random((9, 12)) < 0.25] = np.nan
    scores[rng.random(scores.shape) < 0.05] = 0.0
    scores[:, 0] = np.nan
    if seed == 5:
        scores = rng.uniform(0, FULL, scores.shape)  # nothing is missing
    drawn = rng.dirichlet(np.ones(12), (3, 4)) * 100 * (weights > 0)
    expected = np.stack([aggregate(one, scores, drawn[:, n]).total for n in range(4)], axis=1)
    assert np.isnan(expected).any() == (seed < 5)
    np.testing.assert_allclose(totals_of(one, scores, drawn), expected, atol=1e-9)


@pytest.mark.parametrize("spread", [1.0, 2.0, 4.0])
def test_a_weight_of_ten_points_spreads_by_so_many(spread: float) -> None:
    one = scheme([indicator("a", 10.0), indicator("b", 60.0), indicator("c", 30.0)])
    drawn = weight_draws(one, spread, "seed")
    assert drawn.shape == (10_000, 3)
    np.testing.assert_allclose(drawn.sum(axis=1), 100.0)
    np.testing.assert_allclose(drawn.mean(axis=0), [10, 60, 30], atol=4 * spread / 50)
    assert drawn[:, 0].std() == pytest.approx(spread, rel=0.05)


def test_weights_that_are_not_varied_and_weights_of_nothing_stay() -> None:
    one = scheme([indicator("a", 70.0), indicator("b", 0.0), indicator("c", 30.0)])
    assert (weight_draws(one, 0.0, "seed", 5) == [70, 0, 30]).all()
    drawn = weight_draws(one, 2.0, "seed")
    assert (drawn[:, 1] == 0).all()
    assert drawn[:, 0].std() > 1
    nothing = scheme([indicator("a", 0.0), indicator("b", 0.0)])
    assert (weight_draws(nothing, 2.0, "seed", 5) == 0).all()


def test_the_same_words_draw_the_same_and_other_words_others() -> None:
    one, known = scheme([indicator("a", 100.0)]), counted([[8], [5]], [[10], [10]])
    first = value_draws(one, known, "seed")
    assert (value_draws(one, known, "seed") == first).all()
    assert (value_draws(one, known, "other") != first).any()


def test_the_order_of_units_and_of_indicators_changes_nothing() -> None:
    part, whole = [[8, 3], [5, 9], [7, 2]], [[10, 10], [10, 10], [10, 4]]
    known = counted(part, whole)
    one = scheme([indicator("a", 60.0), indicator("b", 40.0)])
    turned = Known(
        known.units[::-1],
        known.groups,
        *(table[::-1, ::-1] for table in (known.values, known.part, known.whole, known.error)),
    )
    other = scheme([indicator("b", 40.0), indicator("a", 60.0)])
    first, second = value_draws(one, known, "s"), value_draws(other, turned, "s")
    np.testing.assert_array_equal(first, second[:, ::-1, ::-1])
    weights = weight_draws(one, 2.0, "s"), weight_draws(other, 2.0, "s")
    np.testing.assert_allclose(weights[0], weights[1][:, ::-1])


def test_few_peers_have_the_prior_of_jeffreys() -> None:
    """Beta(8½, 2½): mean 0.7727, standard deviation √(8.5 × 2.5 ÷ (121 × 12)) = 0.121."""
    one = scheme([indicator("a", 100.0)])
    drawn = value_draws(one, counted([[8]] * 4, [[10]] * 4), "s", 20_000)[:, 0, 0]
    assert drawn.mean() == pytest.approx(0.7727, abs=0.005)
    assert drawn.std() == pytest.approx(0.121, abs=0.005)


def test_the_prior_of_many_peers_by_hand() -> None:
    """Six units of 100: 50 60 70 50 60 70, p̂ = 360.5 ÷ 601 = 0.59983; Σ n (p − p̂)² = 4.0 within
    0.001, binomial 0.24003 × 5 = 1.2002; N − Σ n² ÷ N − 5 = 600 − 100 − 5 = 495; τ² = 2.8 ÷ 495 =
    0.005656; strength 0.24003 ÷ 0.005656 − 1 = 41.44: Beta(24.86, 16.58)."""
    part, whole = np.array([50, 60, 70, 50, 60, 70.0]), np.full(6, 100.0)
    assert prior(part, whole) == pytest.approx((24.86, 16.58), abs=0.05)


def test_peers_that_do_not_differ_are_all_one_rate() -> None:
    """Then the prior weighs as much as all of them together, and no more."""
    a, b = prior(np.full(6, 60.0), np.full(6, 100.0))
    assert a + b == pytest.approx(600)
    assert prior(np.full(6, 100.0), np.full(6, 100.0))[1] > 0


def test_students_met_room_by_room_count_half() -> None:
    assert pytest.approx(2.0) == DESIGN
    part, whole = [[80]] * 4, [[100]] * 4
    wide = value_draws(
        scheme([indicator(next(iter(BY_ROOM)), 100.0)]), counted(part, whole), "s", 20_000
    )
    narrow = value_draws(scheme([indicator("a", 100.0)]), counted(part, whole), "s", 20_000)
    assert wide.std() == pytest.approx(narrow.std() * 2**0.5, rel=0.03)


def test_places_counted_one_by_one_are_as_they_are() -> None:
    assert set(BY_KEY) >= AS_COUNTED | BY_ROOM
    one = scheme([indicator("floor_coverage", 100.0)])
    known = counted([[1], [2]], [[3], [3]])
    assert (value_draws(one, known, "s") == known.values).all()


def test_ratings_spread_by_their_error_and_nothing_else_does() -> None:
    known = replace(certain([[80.0], [70.0]]), error=np.array([[2.0], [np.nan]]))
    drawn = value_draws(scheme([indicator("a", 100.0)]), known, "s", 20_000)[:, :, 0]
    assert drawn[:, 0].mean() == pytest.approx(80, abs=0.1)
    assert drawn[:, 0].std() == pytest.approx(2, rel=0.05)
    assert (drawn[:, 1] == 70).all()


def test_a_value_made_from_a_share_moves_with_it() -> None:
    """按人数加权: 90 points from a share of 0.8; half the share would be half the points."""
    known = replace(counted([[80]] * 4, [[100]] * 4), values=np.full((4, 1), 90.0))
    drawn = value_draws(scheme([indicator("a", 100.0)]), known, "s", 20_000)
    plain = value_draws(
        scheme([indicator("a", 100.0)]), counted([[80]] * 4, [[100]] * 4), "s", 20_000
    )
    np.testing.assert_allclose(drawn, plain * 90 / 0.8)


def test_what_is_missing_is_drawn_from_the_peers_alone() -> None:
    values = [[1.0], [3.0], [np.nan], [9.0], [np.nan], [np.nan]]
    known = certain(values, groups=["g", "g", "g", "h", "h", "k"])
    drawn = value_draws(scheme([indicator("a", 100.0)]), known, "s", 2000)[:, :, 0]
    assert set(drawn[:, 2]) == {1.0, 3.0}
    assert drawn[:, 2].mean() == pytest.approx(2, abs=0.1)
    assert set(drawn[:, 4]) == {9.0}
    assert np.isnan(drawn[:, 5]).all()


@pytest.mark.parametrize("missing", [ZERO, WITHHOLD])
def test_where_the_scheme_says_what_becomes_of_it_it_stays_missing(missing: str) -> None:
    one = scheme([indicator("a", 100.0, missing=missing)])
    assert np.isnan(value_draws(one, certain([[1.0], [np.nan]]), "s")[:, 1]).all()


def test_a_veto_goes_by_the_record() -> None:
    """Over a dimension it takes its scores, over the whole it is told."""
    vetoes = (Veto("a", 0.5, "d1", "维度"), Veto("a", 0.1, "", "整体"))
    one = scheme(
        [indicator("a", 60.0, source=Source("rating", "x")), indicator("b", 40.0)], vetoes=vetoes
    )
    values = np.array([[0.9, 1.0], [0.4, 1.0], [0.0, 1.0]])
    scores, gone = without_vetoed(one, values, np.full((2, 3, 2), 50.0))
    assert scores.tolist() == [[[50, 50], [50, 0], [50, 0]]] * 2
    assert gone.tolist() == [False, False, True]

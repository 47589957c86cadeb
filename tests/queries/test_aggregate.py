"""Totals by hand: weighted sums and products, what is missing, weights of nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes.scheme import GEOMETRIC, WITHHOLD, Scheme
from queries.aggregate import aggregate, dimension_of
from tests.queries.scoring_schemes import dimension, flat, indicator, part, scheme

NONE = float("nan")
TREE = scheme(
    dimension(
        "a", part("p", indicator("i", 10), indicator("j", 30)), part("q", indicator("k", 20))
    ),
    dimension("b", part("r", indicator("m", 40))),
)
"""a: p (i 10, j 30), q (k 20); b: r (m 40)."""


def total(of: Scheme, *scores: float, weights: list[float] | None = None) -> float:
    given_weights = None if weights is None else np.array(weights)
    return float(aggregate(of, np.array([scores]), given_weights).total[0])


def test_a_weighted_sum_level_by_level() -> None:
    found = aggregate(TREE, np.array([[80.0, 40.0, 90.0, 60.0]]))
    # p = (10 × 80 + 30 × 40) ÷ 40 = 50; a = (40 × 50 + 20 × 90) ÷ 60; total = 38 + 24
    assert found.parts[0].tolist() == pytest.approx([50, 90, 60])
    assert found.dimensions[0].tolist() == pytest.approx([3800 / 60, 60])
    assert found.total[0] == pytest.approx(62)


def test_what_is_missing_gives_its_weight_to_its_brothers() -> None:
    # p is j alone, 40; the 40 of p still count: (40 × 40 + 20 × 90 + 40 × 60) ÷ 100
    assert total(TREE, NONE, 40, 90, 60) == pytest.approx(58)
    # no p at all: a is q alone, 90, and still weighs 60: (60 × 90 + 40 × 60) ÷ 100
    assert total(TREE, NONE, NONE, 90, 60) == pytest.approx(78)
    # no a at all: the total is b
    assert total(TREE, NONE, NONE, NONE, 60) == pytest.approx(60)
    assert np.isnan(total(TREE, NONE, NONE, NONE, NONE))


def test_weights_of_nothing_count_for_nothing() -> None:
    assert total(TREE, 80, 40, 90, 60, weights=[0, 40, 20, 40]) == pytest.approx(58)
    assert total(TREE, 80, 40, 90, 60, weights=[0, 0, 60, 40]) == pytest.approx(78)
    assert total(TREE, 80, 40, 90, 60, weights=[0, 0, 0, 100]) == pytest.approx(60)
    assert np.isnan(total(TREE, 80, 40, 90, 60, weights=[0, 0, 0, 0]))
    # what alone has a weight is missing: nothing is left to go by
    assert np.isnan(total(flat(indicator("i", 0), indicator("j", 100)), 50, NONE))


def test_a_product() -> None:
    even = flat(*(indicator(key, 25) for key in "abcd"), how=GEOMETRIC)
    assert total(even, 16, 1, 1, 1) == pytest.approx(2)
    uneven = flat(indicator("i", 75), indicator("j", 25), how=GEOMETRIC)
    assert total(uneven, 16, 81) == pytest.approx(8 * 3)
    assert total(uneven, 16, NONE) == pytest.approx(16)


def test_a_product_with_a_nothing_is_nothing() -> None:
    product = flat(indicator("i", 75), indicator("j", 25), how=GEOMETRIC)
    assert total(product, 100, 0) == 0
    assert total(product, 100, 0, weights=[100, 0]) == pytest.approx(100), "it does not count"
    assert np.isnan(total(product, NONE, NONE))


def test_products_and_sums_can_be_mixed() -> None:
    mixed = scheme(
        dimension("a", part("p", indicator("i", 50), indicator("j", 50))),
        dimension("b", part("q", indicator("k", 100))),
        aggregation=GEOMETRIC,
    )
    # a = 50 weighs 100, b = 72 weighs 100: √(50 × 72) = 60
    assert total(mixed, 20, 80, 72) == pytest.approx(60)


def test_a_value_that_must_not_be_missing_withholds_the_total() -> None:
    strict = flat(indicator("i", 50, missing=WITHHOLD), indicator("j", 50))
    found = aggregate(strict, np.array([[NONE, 80.0], [60.0, NONE]]))
    assert np.isnan(found.total[0])
    assert found.total[1] == 60
    assert found.dimensions[0, 0] == 80, "its dimension is still shown"
    # and again under weights of which one draw does not ask for it
    draws = aggregate(strict, np.array([[NONE, 80.0]]), np.array([[50.0, 50.0], [0.0, 100.0]]))
    assert draws.total[:, 0].tolist() == pytest.approx([NONE, 80], nan_ok=True)


def test_draws_of_weights_and_of_scores() -> None:
    scores = np.array([[80.0, 40.0, 90.0, 60.0], [NONE, 40.0, 90.0, 60.0]])
    weights = np.array([[10.0, 30.0, 20.0, 40.0], [0.0, 0.0, 60.0, 40.0], [1.0, 1.0, 1.0, 1.0]])
    found = aggregate(TREE, scores, weights)
    assert found.total.shape == (3, 2)
    assert found.dimensions.shape == (3, 2, 2)
    assert found.parts.shape == (3, 2, 3)
    for n, row in enumerate(weights):
        assert found.total[n].tolist() == pytest.approx(aggregate(TREE, scores, row).total.tolist())
    drawn = aggregate(TREE, np.stack([scores, scores / 2, scores * 0]), weights)
    assert drawn.total[1].tolist() == pytest.approx((found.total[1] / 2).tolist())


def test_the_dimension_of_an_indicator() -> None:
    assert [dimension_of(TREE, key).key for key in "ijkm"] == ["a", "a", "a", "b"]


SCORES = st.one_of(st.just(NONE), st.just(0.0), st.floats(0, 100))
WEIGHTS = st.one_of(st.just(0.0), st.floats(0.1, 100))
HOW = st.sampled_from(["arithmetic", GEOMETRIC])


@given(st.lists(st.tuples(SCORES, WEIGHTS), min_size=1, max_size=6), HOW, st.randoms())
def test_the_order_of_indicators_changes_no_total(
    held: list[tuple[float, float]], how: str, shuffle: object
) -> None:
    mixed = list(held)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    straight, turned = (
        total(flat(*(indicator(f"i{n}", w) for n, (_, w) in enumerate(order)), how=how),
              *(s for s, _ in order))
        for order in (held, mixed)
    )  # fmt: skip
    assert straight == pytest.approx(turned, nan_ok=True, abs=1e-9)


@given(st.lists(SCORES, min_size=4, max_size=4), HOW, HOW, st.integers(0, 3), st.floats(0, 100))
def test_a_better_score_never_lowers_the_total(
    scores: list[float], upper: str, lower: str, place: int, more: float
) -> None:
    tree = scheme(
        dimension("a", part("p", indicator("i", 10), indicator("j", 30), how=lower), how=upper),
        dimension("b", part("q", indicator("k", 20), indicator("m", 40), how=lower), how=lower),
        aggregation=upper,
    )
    before = [50.0 if n == place and np.isnan(s) else s for n, s in enumerate(scores)]
    after = [min(s + more, 100.0) if n == place else s for n, s in enumerate(before)]
    assert total(tree, *after) >= total(tree, *before) - 1e-9
    assert 0 <= total(tree, *after) <= 100 + 1e-9

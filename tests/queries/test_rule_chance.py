"""What chance alone does under each rule, against the calculations published for this project: 22
buildings of 400 to 1,400 residents, all truly at 92 %."""

import numpy as np
import pytest

from data.schemes.scheme import Rule
from queries.rule_chance import BASE, COMPLETION, simulated, spread_of
from queries.scoring_rules import FULL, Values, scored
from tests.queries.trial_schemes import indicator

RATE = 0.92
RESIDENTS = np.random.default_rng(20251123).integers(400, 1401, 22).astype(float)


def points(rule: Rule, full: float) -> Values:
    """Points of `full` by chance alone."""
    one = indicator("a", full, rule)
    rng = np.random.default_rng(1)
    return simulated(
        lambda values: full / FULL * scored(one, values), RESIDENTS, ["g"] * 22, RATE, rng
    )


def test_places_differ_by_1_7_of_6_points_where_nothing_differs() -> None:
    """6 × [1 − (r − 1) ÷ 22]: every place equally likely, 6 ÷ 22 × √((22² − 1) ÷ 12) = 1.73."""
    found = spread_of(points(Rule("rank"), 6.0))
    assert found.sd == pytest.approx(1.73, abs=0.01)
    assert (found.low, found.high) == pytest.approx((6 / 11, 63 / 11), abs=0.01)


def test_the_rate_itself_differs_by_0_05() -> None:
    assert spread_of(points(COMPLETION, 6.0)).sd == pytest.approx(0.05, abs=0.005)


def test_the_published_rule_of_line_and_best_differs_by_1_7_of_25_points() -> None:
    """22 + 3 × (rate − line) ÷ (best − line) with the line at the truth; 1 to 99 %: 17 to 25."""

    def published(values: Values) -> Values:
        best = values.max(axis=-1, keepdims=True)
        return 22 + 3 * (values - RATE) / (best - RATE)

    made = simulated(published, RESIDENTS, ["g"] * 22, RATE, np.random.default_rng(1))
    assert spread_of(made).sd == pytest.approx(1.7, abs=0.05)
    assert np.quantile(made, [0.01, 0.99]) == pytest.approx([17, 25], abs=0.3)


def test_our_rule_of_line_and_best_is_milder_below_the_line() -> None:
    """There it falls in proportion to the rate: half the spread is left, above the line."""
    found = spread_of(points(Rule("line_best", line=RATE, base=BASE), 25.0))
    assert found.sd == pytest.approx(0.97, abs=0.03)
    assert found.low > 21.5


def test_a_standard_score_always_differs_by_ten_of_a_hundred() -> None:
    """Among 22 with the deviation of a sample: 10 × √(21 ÷ 22)."""
    expected = 10 * np.sqrt(21 / 22)
    assert spread_of(points(Rule("z_score"), 100.0)).sd == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("kind", ["min_max", "percentile"])
def test_other_rules_that_look_around_differ_as_much(kind: str) -> None:
    assert spread_of(points(Rule(kind), 6.0)).sd > 1.5


def test_a_rule_sees_one_peer_group_at_a_time() -> None:
    """A group of one is always first; two equals are first and second, half the points apart."""
    one = indicator("a", 100.0, Rule("rank"))
    made = simulated(
        lambda values: scored(one, values),
        np.array([100.0, 1000.0, 1000.0]),
        ["h", "g", "g"],
        0.5,
        np.random.default_rng(1),
    )
    assert (made[:, 0] == 100).all()
    assert set(made[:, 1]) == {50.0, 100.0}

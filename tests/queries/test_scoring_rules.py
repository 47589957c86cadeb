"""Every kind of rule worked out by hand, and what must hold of all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes.rule_settings import NEEDS, UPWARDS
from data.schemes.scheme import Rule
from queries.scoring_rules import KINDS, RELATIVE, Values, scored
from tests.queries.scoring_schemes import indicator

NONE = float("nan")
SETTINGS: dict[str, dict[str, object]] = {
    "target": {"target": 0.8},
    "goalposts": {"worst": 0.2, "best": 0.7},
    "line_best": {"line": 0.5, "base": 60},
    "bands": {"bands": ((0.9, 100.0), (0.7, 80.0), (0.4, 50.0))},
    "deduct": {"required": 0.9, "per": 150},
    "per_item": {"per": 5, "top": 4},
    "bonus": {"top": 0.75},
    "yes_no": {"target": 0.6},
    "mixture": {"parts": (("本科生", 1.0),)},
}
"""Settings for values of 0 to 1, the higher the better."""
LOWER: dict[str, dict[str, object]] = {
    **SETTINGS,
    "goalposts": {"worst": 0.7, "best": 0.2},
    "bands": {"bands": ((0.1, 100.0), (0.3, 80.0), (0.6, 50.0))},
}


def score(rule: Rule, *values: float, higher: bool = True, **bounds: float) -> list[float]:
    """Scores of one peer group, to two decimals."""
    one = indicator("one", rule=rule, higher=higher, **bounds)
    made = scored(one, np.array(values))
    assert made.shape == (len(values),)
    return [round(float(x), 2) for x in made]


def same(found: list[float], expected: list[float]) -> bool:
    return np.array_equal(found, expected, equal_nan=True)


CASES = [
    # completion × points, at most the full score
    ("target", {"target": 0.8}, True, (0, 0.4, 0.8, 1.0, NONE), (0, 50, 100, 100, NONE)),
    # (0.75 − 0.5) ÷ 0.5 is half the way; below the worst nothing, above the best no more
    ("goalposts", {"worst": 0.5, "best": 1}, True, (0.4, 0.75, 1, NONE), (0, 50, 100, NONE)),
    ("goalposts", {"worst": 0.5, "best": 0.1}, False, (0.6, 0.3, 0, NONE), (0, 50, 100, NONE)),
    # from the least known to the greatest known
    ("min_max", {}, True, (2, 4, 3, NONE), (0, 100, 50, NONE)),
    ("min_max", {}, False, (2, 4, 3, NONE), (100, 0, 50, NONE)),
    ("min_max", {}, True, (3, 3, NONE), (100, 100, NONE)),  # nobody is behind
    ("min_max", {}, True, (3,), (100,)),
    # mean 4, squares 4 + 0 + 4, standard deviation √(8 ÷ 2) = 2
    ("z_score", {}, True, (2, 4, 6, NONE), (40, 50, 60, NONE)),
    ("z_score", {}, False, (2, 4, 6, NONE), (60, 50, 40, NONE)),
    ("z_score", {}, True, (0.1, 0.1, 0.1), (50, 50, 50)),  # 0.1 + 0.1 + 0.1 is not 3 × 0.1
    ("z_score", {}, True, (7, NONE), (50, NONE)),
    # no better than 1: one of four; than 3: itself, its equal and the one below
    ("percentile", {}, True, (1, 3, 3, 9, NONE), (25, 75, 75, 100, NONE)),
    ("percentile", {}, False, (1, 3, 3, 9, NONE), (100, 75, 75, 25, NONE)),
    ("percentile", {}, True, (5,), (100,)),
    # places 4, 2, 2, 1 of four
    ("rank", {}, True, (1, 3, 3, 9, NONE), (25, 75, 75, 100, NONE)),
    ("rank", {}, False, (1, 3, 3, 9, NONE), (100, 75, 75, 25, NONE)),
    ("rank", {}, True, (4, 4, 4), (100, 100, 100)),
    # the line has 60; halfway between line and best 60 + 40 ÷ 2; half of the line half of 60
    ("line_best", {"line": 0.6, "base": 60}, True,
     (0.3, 0.6, 0.75, 0.9, NONE), (30, 60, 80, 100, NONE)),
    ("line_best", {"line": 0.6, "base": 60}, True, (0.3, 0.45), (30, 45)),  # nobody reaches it
    ("line_best", {"line": 0.6, "base": 60}, True, (0.6, 0.3), (100, 30)),  # the line is the best
    ("line_best", {"line": 4, "base": 60}, False,
     (8, 4, 3, 2, NONE), (30, 60, 80, 100, NONE)),
    ("line_best", {"line": 4, "base": 60}, False, (0, 4), (100, 60)),
    ("bands", {"bands": ((0.9, 100.0), (0.7, 80.0))}, True,
     (0.9, 0.89, 0.7, 0.5, NONE), (100, 80, 80, 0, NONE)),
    ("bands", {"bands": ((1.0, 100.0), (3.0, 80.0))}, False,
     (0, 1, 2, 4, NONE), (100, 100, 80, 0, NONE)),
    # 20 off for each of four that is missing; more than four are no merit
    ("deduct", {"required": 4, "per": 20}, True, (4, 3, 1, 6, NONE), (100, 80, 40, 100, NONE)),
    # 5 points each of at most 10: one is half of the full score
    ("per_item", {"per": 5, "top": 10}, True, (0, 1, 2, 7, NONE), (0, 50, 100, 100, NONE)),
    ("bonus", {"top": 10}, True, (0, 5, 10, 13, NONE), (0, 50, 100, 100, NONE)),
    ("yes_no", {"target": 1}, True, (1, 0.99, NONE), (100, 0, NONE)),
    ("yes_no", {"target": 0}, False, (0, 1, NONE), (100, 0, NONE)),
    ("points", {}, True, (82.5, 0, 100, NONE), (82.5, 0, 100, NONE)),
    ("mixture", {"parts": (("本科生", 1.0),)}, True, (90, NONE), (90, NONE)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "settings", "higher", "values", "expected"), CASES)
def test_by_hand(
    kind: str,
    settings: dict[str, object],
    higher: bool,
    values: tuple[float, ...],
    expected: tuple[float, ...],
) -> None:
    rule = Rule(kind, **settings)  # type: ignore[arg-type]
    assert same(score(rule, *values, higher=higher), list(expected))


def test_every_kind_is_worked_out_by_hand_and_needs_what_reading_asks_for() -> None:
    assert {case[0] for case in CASES} == set(KINDS) == set(NEEDS)
    assert {key: kind.needs for key, kind in KINDS.items()} == NEEDS


def test_floor_and_cap_bound_the_score() -> None:
    rule = Rule("deduct", required=10, per=20)
    assert same(score(rule, 2, 7, 10, NONE, floor=60, cap=95), [60, 60, 95, NONE])
    z_score = Rule("z_score")
    assert score(z_score, *([0] * 60), 1)[-1] == 100, "no outlier is worth more than the full score"


def test_means_of_the_same_marks_are_equal_however_they_were_added() -> None:
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    values = (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1)
    assert score(Rule("rank"), *values) == [100, 100]
    assert score(Rule("percentile"), *values, higher=False) == [100, 100]
    assert score(Rule("min_max"), *values) == [100, 100]
    assert score(Rule("z_score"), *values) == [50, 50]
    assert score(Rule("bands", bands=((0.6, 100.0),)), *values) == [100, 100]
    assert score(Rule("yes_no", target=0.6), *values, higher=False) == [100, 100]


@pytest.mark.parametrize("kind", KINDS)
def test_draws_are_scored_each_by_itself(kind: str) -> None:
    one = indicator("one", rule=Rule(kind, **SETTINGS.get(kind, {})))  # type: ignore[arg-type]
    draws = np.array([[0.2, 0.5, NONE], [0.9, 0.1, 0.6], [NONE, NONE, NONE]])
    both = scored(one, draws[:, None, :].repeat(2, axis=1))
    assert both.shape == (3, 2, 3)
    for n, row in enumerate(draws):
        assert np.array_equal(both[n, 1], scored(one, row), equal_nan=True)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_at_all_has_no_score(kind: str) -> None:
    one = indicator("one", rule=Rule(kind, **SETTINGS.get(kind, {})))  # type: ignore[arg-type]
    assert scored(one, np.array([NONE, NONE])).tolist() == pytest.approx([NONE, NONE], nan_ok=True)
    assert scored(one, np.empty(0)).shape == (0,)


VALUES = st.lists(
    st.one_of(st.just(NONE), st.integers(0, 20).map(lambda n: n / 20), st.floats(0, 1)),
    min_size=1,
    max_size=7,
)
DIRECTIONS = st.sampled_from(
    [(k, h) for k in KINDS for h in (True, False) if h or k not in UPWARDS]
)


def rule_of(kind: str, higher: bool) -> Rule:
    return Rule(kind, **(SETTINGS if higher else LOWER).get(kind, {}))  # type: ignore[arg-type]


def scores(kind: str, higher: bool, values: Values) -> Values:
    return scored(indicator("one", rule=rule_of(kind, higher), higher=higher), values)


@given(DIRECTIONS, VALUES, st.randoms())
def test_the_order_of_units_changes_no_score(
    direction: tuple[str, bool], values: list[float], shuffle: object
) -> None:
    order = list(range(len(values)))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    straight = scores(*direction, np.array(values))
    mixed = scores(*direction, np.array(values)[order])
    assert np.allclose(straight[order], mixed, equal_nan=True, rtol=0, atol=1e-5)


@given(DIRECTIONS, VALUES, st.floats(0, 40), st.floats(60, 100))
def test_scores_are_known_where_values_are_and_within_bounds(
    direction: tuple[str, bool], values: list[float], floor: float, cap: float
) -> None:
    kind, higher = direction
    one = indicator("one", rule=rule_of(kind, higher), higher=higher, floor=floor, cap=cap)
    made = scored(one, np.array(values))
    assert np.array_equal(np.isnan(made), np.isnan(values))
    known = made[np.isfinite(made)]
    assert ((floor <= known) & (known <= cap)).all()


@given(DIRECTIONS, VALUES, st.data())
def test_who_improves_alone_never_loses(
    direction: tuple[str, bool], values: list[float], data: st.DataObject
) -> None:
    """And where a rule looks at nobody else, nobody else's score moves."""
    kind, higher = direction
    n = data.draw(st.integers(0, len(values) - 1))
    known = 0.5 if np.isnan(values[n]) else values[n]
    better = data.draw(st.floats(known, 1) if higher else st.floats(0, known))
    before, after = np.array(values), np.array(values)
    before[n], after[n] = known, better
    was, now = scores(kind, higher, before), scores(kind, higher, after)
    assert now[n] >= was[n] - 1e-5
    if kind not in RELATIVE:
        others = np.arange(len(values)) != n
        assert np.array_equal(was[others], now[others], equal_nan=True)


@given(DIRECTIONS, VALUES)
def test_the_better_of_two_never_has_less(direction: tuple[str, bool], values: list[float]) -> None:
    kind, higher = direction
    held = np.array(values)
    made = scores(kind, higher, held)
    known = np.isfinite(held)
    order = np.argsort(held[known] if higher else -held[known], kind="stable")
    assert (np.diff(made[known][order]) >= -1e-5).all()

"""A whole scheme over all units by hand: peer groups, missing values, vetoes, places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes.scheme import EXCLUDE, MEDIAN, WITHHOLD, ZERO, Rule, Scheme, Veto
from queries.scoring import Scored, ranks, score_all, vetoed
from queries.scoring_rules import KINDS
from tests.queries.scoring_schemes import dimension, flat, indicator, part, scheme

NONE = float("nan")
HERE, THERE = "本科生", "研究生"


def all_scored(of: Scheme, values: list[list[float]], groups: list[str] | None = None) -> Scored:
    return score_all(of, groups or [HERE] * len(values), np.array(values, float))


def test_relative_rules_look_at_the_peer_group_only() -> None:
    one = flat(indicator("i", 100, Rule("min_max")))
    groups = [HERE, HERE, THERE, HERE, THERE, "混合"]
    found = all_scored(one, [[1], [3], [5], [2], [9], [4]], groups)
    assert found.totals.total.tolist() == [0, 100, 0, 50, 100, 100]


MISSING = [
    # i of the second unit is missing; its brothers in the group have 40 and 90; j has 60
    (EXCLUDE, NONE, 60),
    (ZERO, 0, 30),
    (MEDIAN, 65, 62.5),
    (WITHHOLD, NONE, NONE),
]


@pytest.mark.parametrize(("missing", "score", "total"), MISSING)
def test_missing_values_under_each_rule(missing: str, score: float, total: float) -> None:
    both = flat(indicator("i", 50, missing=missing), indicator("j", 50))
    groups = [HERE, HERE, HERE, THERE]
    found = all_scored(both, [[40, 60], [NONE, 60], [90, 60], [0, 60]], groups)
    assert found.scores[1, 0] == pytest.approx(score, nan_ok=True)
    assert found.totals.total[1] == pytest.approx(total, nan_ok=True)
    assert found.filled.tolist() == [
        [False, False],
        [missing in (ZERO, MEDIAN), False],
        [False, False],
        [False, False],
    ]
    assert found.totals.total[[0, 2, 3]].tolist() == [50, 75, 30], "nobody else is touched"


def test_missing_values_are_told_from_zero() -> None:
    both = flat(indicator("i", 50), indicator("j", 50))
    found = all_scored(both, [[NONE, 60], [0, 60]])
    assert found.totals.total.tolist() == [60, 30]


def test_a_missing_value_that_counts_as_the_least_has_the_floor() -> None:
    one = flat(indicator("i", 100, Rule("deduct", required=4, per=50), missing=ZERO, floor=40))
    assert all_scored(one, [[4], [NONE], [0]]).totals.total.tolist() == [100, 40, 40]


def test_a_median_of_nobody_stays_missing() -> None:
    both = flat(indicator("i", 50, missing=MEDIAN), indicator("j", 50))
    found = all_scored(both, [[NONE, 70], [NONE, 80], [90, 10]], [HERE, HERE, THERE])
    assert found.totals.total.tolist() == [70, 80, 50]
    assert not found.filled.any()


def test_one_unit_in_its_group_and_an_indicator_all_alike() -> None:
    relative = [key for key, kind in KINDS.items() if kind.relative and not kind.needs]
    for key in relative:
        one = flat(indicator("i", 100, Rule(key)))
        expected = 50 if key == "z_score" else 100
        found = all_scored(one, [[0.3], [0.1], [0.1], [0.1]], [THERE, HERE, HERE, HERE])
        assert found.totals.total.tolist() == [expected] * 4, key


STRUCK = scheme(
    dimension("a", part("p", indicator("i", 30), indicator("j", 30))),
    dimension("b", part("q", indicator("k", 40))),
    vetoes=(Veto("j", 20, "a", "无工作站"), Veto("k", 10, "", "重大事故")),
)


def test_a_veto_takes_a_dimension_or_the_whole() -> None:
    values: list[list[float]] = [
        [80, 20, 50],
        [80, 19, 50],
        [80, 20, 9],
        [80, NONE, 50],
        [NONE, 0, NONE],
    ]
    found = all_scored(STRUCK, values)
    assert vetoed(STRUCK, np.array(values, float)).tolist() == [
        [False, False],
        [True, False],
        [False, True],
        [False, False],
        [True, False],
    ]
    # 0.6 × 50 + 0.4 × 50; 0.4 × 50; nothing; j unknown strikes nobody: 0.6 × 80 + 20; a is nothing
    assert found.totals.total.tolist() == pytest.approx([50, 20, 0, 68, 0])
    assert found.totals.dimensions[1].tolist() == [0, 50]
    assert found.totals.dimensions[2].tolist() == [50, 9], "what it had is still shown"


def test_a_veto_is_not_undone_by_weights_nor_gives_a_withheld_total() -> None:
    values = np.array([[80.0, 19, 50], [80.0, 30, 50]])
    weights = np.array([[30.0, 30, 40], [0.0, 0, 100], [100.0, 0, 0]])
    found = score_all(STRUCK, [HERE, HERE], values, weights)
    assert found.totals.total.tolist() == [
        pytest.approx([20, 53]),
        pytest.approx([50, 50]),
        pytest.approx([0, 80]),
    ]
    strict = scheme(
        dimension("a", part("p", indicator("i", 50, missing=WITHHOLD), indicator("j", 50))),
        vetoes=(Veto("j", 20, "", "重大事故"),),
    )
    assert np.isnan(all_scored(strict, [[NONE, 0]]).totals.total[0])


def test_places_share_the_better_one_and_skip_who_has_no_total() -> None:
    found = ranks(np.array([70, 90, 70, NONE, 50, 90]))
    assert found.tolist() == pytest.approx([3, 1, 3, NONE, 5, 1], nan_ok=True)
    assert ranks(np.array([NONE, NONE])).tolist() == pytest.approx([NONE, NONE], nan_ok=True)
    assert ranks(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 1]
    draws = np.array([[[1.0, 2, 3]], [[3.0, 2, 1]]])
    assert ranks(draws).tolist() == [[[3, 2, 1]], [[1, 2, 3]]]


def test_no_unit_at_all() -> None:
    found = score_all(STRUCK, [], np.empty((0, 3)))
    assert found.totals.total.shape == (0,)
    assert ranks(found.totals.total).shape == (0,)


VALUES = st.one_of(st.just(NONE), st.integers(0, 10).map(lambda n: n * 10.0), st.floats(0, 100))
RULES = (
    Rule("points"),
    Rule("min_max"),
    Rule("z_score"),
    Rule("rank"),
    Rule("line_best", line=50, base=60),
)
HOW_MISSING = st.sampled_from([EXCLUDE, ZERO, MEDIAN, WITHHOLD])


@given(
    st.lists(st.tuples(st.sampled_from([HERE, THERE]), VALUES, VALUES, VALUES), max_size=6),
    st.permutations(range(3)),
    st.lists(HOW_MISSING, min_size=3, max_size=3),
    st.sampled_from(RULES),
    st.randoms(),
)
def test_the_order_of_units_and_of_indicators_changes_no_total(
    rows: list[tuple[str, float, float, float]],
    turned: list[int],
    missing: list[str],
    rule: Rule,
    shuffle: object,
) -> None:
    held = [
        indicator(key, weight, rule, missing=how)
        for key, weight, how in zip("ijk", (20, 30, 50), missing, strict=True)
    ]
    veto = (Veto("j", 5, "all", ""),)
    straight = scheme(dimension("all", part("all", *held)), vetoes=veto)
    other = scheme(dimension("all", part("all", *(held[n] for n in turned))), vetoes=veto)
    order = list(range(len(rows)))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    groups = [row[0] for row in rows]
    values = np.array([row[1:] for row in rows], float).reshape(-1, 3)
    before = score_all(straight, groups, values).totals.total
    after = score_all(other, [groups[n] for n in order], values[order][:, turned]).totals.total
    assert np.allclose(before[order], after, equal_nan=True, rtol=0, atol=1e-5)

"""How a value becomes a score of 0 to 100, one function for each kind of rule.

Every function takes the values of all units of one peer group on the last axis (any axes before it
are draws) and gives scores of the same shape; a value that is not known (NaN) has no score. Rules
that look at the other units move a unit's score where only its neighbours changed: they amplify
noise, and stand in RELATIVE.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from data.schemes.rule_settings import NEEDS
from data.schemes.scheme import Indicator, Rule

Values = npt.NDArray[np.float64]
Scorer = Callable[[Rule, Values, bool], Values]
FULL = 100.0
EXACT = 9
"""Values are equal where they agree to so many decimals: beyond, means of the same marks differ by
the order they were added in, which must not decide about a place or a threshold."""
Z_STEP = 10.0
"""Points a standard deviation is worth; the mean has 50."""


@dataclass(frozen=True)
class RuleKind:
    """A formula family: its Chinese name, its formula in words, the settings it needs, and whether
    it looks at the other units."""

    name: str
    formula: str
    score: Scorer
    needs: tuple[str, ...] = ()
    relative: bool = False


def _target(rule: Rule, values: Values, _higher: bool) -> Values:
    return FULL * values / _of(rule.target)


def _goalposts(rule: Rule, values: Values, _higher: bool) -> Values:
    worst, best = _of(rule.worst), _of(rule.best)
    return FULL * (values - worst) / (best - worst)


def _min_max(_rule: Rule, values: Values, higher: bool) -> Values:
    low, high = _ends(values)
    share = _divided(values - low if higher else high - values, high - low, 1.0)
    return FULL * share


def _z_score(_rule: Rule, values: Values, higher: bool) -> Values:
    """By the standard deviation of a sample (n − 1), as in the OECD/JRC handbook of 2008, table 15;
    the mean for everybody where there is none."""
    known = np.isfinite(values)
    count = known.sum(-1, keepdims=True)
    mean = _divided(np.where(known, values, 0).sum(-1, keepdims=True), count, np.nan)
    off = values - mean
    square = np.where(known, off**2, 0).sum(-1, keepdims=True)
    low, high = _ends(values)
    # Rounding of the mean leaves a spread of its own where all values are equal.
    spread = np.where(high > low, np.sqrt(_divided(square, count - 1, 0.0)), 0.0)
    return FULL / 2 + Z_STEP * _divided(off if higher else -off, spread, 0.0)


def _percentile(_rule: Rule, values: Values, higher: bool) -> Values:
    """The share of units that are no better."""
    _, behind, count = _standing(values, higher)
    return FULL * _divided(behind, count, 1.0)


def _rank(_rule: Rule, values: Values, higher: bool) -> Values:
    """100 × [1 − (rank − 1) ÷ n]; equal values share the better rank."""
    ahead, _, count = _standing(values, higher)
    return FULL * (1 - _divided(ahead, count, 0.0))


def _line_best(rule: Rule, values: Values, higher: bool) -> Values:
    """Below the line in proportion to it, up to `base`; above it the rest, up to the best."""
    line, base = _of(rule.line), _of(rule.base)
    low, high = _ends(values)
    best = high if higher else low
    over = _divided(values - line, best - line, 1.0)
    lines = np.full_like(values, line)
    under = _divided(values, lines, 1.0) if higher else _divided(lines, values, 1.0)
    reached = values >= line if higher else values <= line
    return np.where(reached, base + (FULL - base) * over, base * under) + 0 * values


def _bands(rule: Rule, values: Values, higher: bool) -> Values:
    """The points of the first band whose threshold is reached; nothing below the last."""
    reached = [values >= start if higher else values <= start for start, _ in rule.bands]
    return np.select(reached, [points for _, points in rule.bands], 0.0) + 0 * values


def _deduct(rule: Rule, values: Values, _higher: bool) -> Values:
    """So many points off for each one that is missing of those required."""
    return FULL - _of(rule.per) * np.maximum(_of(rule.required) - values, 0)


def _per_item(rule: Rule, values: Values, _higher: bool) -> Values:
    """So many points for each, up to `top` points, which are the full score."""
    top = _of(rule.top)
    return FULL * np.minimum(_of(rule.per) * values, top) / top


def _bonus(rule: Rule, values: Values, _higher: bool) -> Values:
    """The value is points by level of award; `top` of them are the full score."""
    top = _of(rule.top)
    return FULL * np.minimum(values, top) / top


def _yes_no(rule: Rule, values: Values, higher: bool) -> Values:
    """All or nothing, at the target."""
    target = _of(rule.target)
    return np.where(values >= target if higher else values <= target, FULL, 0.0) + 0 * values


def _points(_rule: Rule, values: Values, _higher: bool) -> Values:
    """The value is a score of 0 to 100 already: a rubric, several raters, satisfaction."""
    return values.astype(float)


KINDS: dict[str, RuleKind] = {
    "target": RuleKind("目标线性", "100 × 数值 ÷ 目标", _target, NEEDS["target"]),
    "goalposts": RuleKind(
        "固定门柱", "100 ×（数值 − 最差）÷（最好 − 最差）", _goalposts, NEEDS["goalposts"]
    ),
    "min_max": RuleKind("极差", "100 ×（数值 − 最小）÷（最大 − 最小）", _min_max, relative=True),
    "z_score": RuleKind("标准分", "50 + 10 ×（数值 − 均值）÷ 标准差", _z_score, relative=True),
    "percentile": RuleKind("百分位", "100 × 不优于它的单位数 ÷ n", _percentile, relative=True),
    "rank": RuleKind("名次", "100 × [1 −（名次 − 1）÷ n]", _rank, relative=True),
    "line_best": RuleKind(
        "目标线加比先进",
        "达线得基本分，超出部分按（数值 − 目标线）÷（最好 − 目标线）",
        _line_best,
        NEEDS["line_best"],
        relative=True,
    ),
    "bands": RuleKind("分档", "达到哪一档得哪一档的分", _bands, NEEDS["bands"]),
    "deduct": RuleKind("少一次扣分", "100 − 每缺一次扣分 × 缺的次数", _deduct, NEEDS["deduct"]),
    "per_item": RuleKind("按次计分", "每次得分 × 次数，有上限", _per_item, NEEDS["per_item"]),
    "bonus": RuleKind("封顶加分", "按级别加分，有上限", _bonus, NEEDS["bonus"]),
    "yes_no": RuleKind("达标与否", "达到得 100，否则 0", _yes_no, NEEDS["yes_no"]),
    "points": RuleKind("直接计分", "数值就是 0–100 的得分", _points),
    "mixture": RuleKind(
        "按人数加权",
        "Σ（该部分人数 ÷ 总人数）× 该部分得分",
        _points,
        NEEDS["mixture"],
    ),
}
RELATIVE = frozenset(key for key, kind in KINDS.items() if kind.relative)
"""Rules by which chance alone moves a score a long way."""


def scored(indicator: Indicator, values: Values) -> Values:
    """Scores of one peer group on one indicator, within its floor and cap."""
    exact = np.round(values, EXACT)
    made = KINDS[indicator.rule.kind].score(indicator.rule, exact, indicator.higher)
    return np.clip(made, indicator.floor, indicator.cap)


def _of(setting: float | None) -> float:
    """A setting that reading the scheme has made sure of."""
    if setting is None:
        raise ValueError("a scheme was not checked before it was used")
    return setting


def _ends(values: Values) -> tuple[Values, Values]:
    """The least and the greatest known value of each draw, NaN where none is known."""
    known = np.isfinite(values)
    low = np.where(known, values, np.inf).min(-1, keepdims=True, initial=np.inf)
    high = np.where(known, values, -np.inf).max(-1, keepdims=True, initial=-np.inf)
    none = ~known.any(-1, keepdims=True)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def _divided(upper: Values, lower: Values, otherwise: float) -> Values:
    """One by the other; `otherwise` where there is nothing to divide by."""
    upper, lower = np.broadcast_arrays(np.asarray(upper, float), np.asarray(lower, float))
    made = np.full(upper.shape, otherwise)
    np.divide(upper, lower, out=made, where=lower != 0)
    return np.where(np.isnan(upper), np.nan, made)


def _standing(values: Values, higher: bool) -> tuple[Values, Values, Values]:
    """Of each unit how many are better, how many no better, and of how many in all."""
    known = np.isfinite(values)
    count = known.sum(-1, keepdims=True).astype(float)
    worth = np.where(known, values if higher else -values, -np.inf)
    no_better = rankdata(worth, method="max", axis=-1)
    ahead = np.where(known, values.shape[-1] - no_better, np.nan)
    return ahead, count - ahead, count

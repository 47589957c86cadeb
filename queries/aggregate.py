"""From scores of indicators to a total: weighted sums or products, level by level.

Scores and weights may be many draws at once: axes before the last two of scores, and before the
last of weights, are broadcast against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.schemes.scheme import GEOMETRIC, WITHHOLD, Dimension, Scheme, SubDimension
from queries.scoring_rules import Values

LEAST = 1e-9


@dataclass(frozen=True)
class Totals:
    """Scores of 0 to 100: `total` (…, units), `dimensions` and `parts` (…, units, their number).
    What has no indicator with a value is NaN."""

    total: Values
    dimensions: Values
    parts: Values


def aggregate(scheme: Scheme, scores: Values, weights: Values | None = None) -> Totals:
    """Totals of scores (…, units, indicators), with the scheme's weights or others (…, indicators)
    in the order of `scheme.indicators`.

    An indicator without a score gives its weight to its brothers, a part without any to its own.
    A product is exp(Σ w ln s ÷ Σ w): one part at nothing makes the whole nothing.
    """
    weights = np.asarray(scheme.weights if weights is None else weights, float)
    weights = weights[..., None, :]
    withheld = _withheld(scheme, scores, weights)
    parts, part_weights = _level(
        scores, weights, [(p.aggregation, len(p.indicators)) for p in _parts(scheme)]
    )
    dimensions, dimension_weights = _level(
        parts, part_weights, [(d.aggregation, len(d.parts)) for d in scheme.dimensions]
    )
    total, _ = _level(dimensions, dimension_weights, [(scheme.aggregation, len(scheme.dimensions))])
    return Totals(np.where(withheld, np.nan, total[..., 0]), dimensions, parts)


def _parts(scheme: Scheme) -> list[SubDimension]:
    return [part for dimension in scheme.dimensions for part in dimension.parts]


def _level(
    scores: Values, weights: Values, groups: Sequence[tuple[str, int]]
) -> tuple[Values, Values]:
    """The mean of each group of neighbours, and the weight all of them together have."""
    made, kept, first = [], [], 0
    for how, size in groups:
        group, weight = scores[..., first : first + size], weights[..., first : first + size]
        made.append(_mean(group, weight, how == GEOMETRIC))
        kept.append(np.broadcast_to(weight.sum(-1), made[-1].shape))
        first += size
    return np.stack(made, -1), np.stack(kept, -1)


def _mean(scores: Values, weights: Values, product: bool) -> Values:
    known = np.isfinite(scores)
    worth = np.where(known, weights, 0.0)
    filled = np.where(known, scores, 0.0)
    if product:
        # The least score counts as nothing without a warning from the logarithm.
        filled = np.log(np.maximum(filled, LEAST))
    whole = worth.sum(-1)
    made = np.full(whole.shape, np.nan)
    np.divide((worth * filled).sum(-1), whole, out=made, where=whole > 0)
    if not product:
        return made
    nothing = (known & (scores <= 0) & (worth > 0)).any(-1)
    return np.where(nothing, 0.0, np.exp(made))


def _withheld(scheme: Scheme, scores: Values, weights: Values) -> np.ndarray:
    """Where a value is missing that the scheme says cannot be, and that counts for something."""
    strict = np.array([one.missing == WITHHOLD for one in scheme.indicators])
    return (np.isnan(scores) & strict & (weights > 0)).any(-1)


def dimension_of(scheme: Scheme, indicator: str) -> Dimension:
    """The dimension an indicator stands in."""
    return next(
        dimension
        for dimension in scheme.dimensions
        if any(one.key == indicator for part in dimension.parts for one in part.indicators)
    )

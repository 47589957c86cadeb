"""Where the points of a total came from and where they were lost, indicator by indicator.

Every unit starts from 100. What it loses is shared out level by level: in a weighted sum an
indicator loses w (100 − s) ÷ Σ w, in a product in proportion to w ln(100 ÷ s), so that the losses
of all indicators add up to 100 less the total in both.
"""

from collections.abc import Sequence

import numpy as np

from data.schemes.scheme import GEOMETRIC, Dimension, Scheme
from queries.aggregate import LEAST, Totals
from queries.scoring import EXACT
from queries.scoring_rules import FULL, Values


def contributions(scheme: Scheme, scores: Values, totals: Totals) -> tuple[Values, Values]:
    """What each indicator could give and what it gave: two arrays (units, indicators) of points of
    the total, NaN where it has no score. Vetoes are left out: `totals` are those before them.

    What it could give is its weight after the weight of those without a score went to the others.
    """
    weights = np.broadcast_to(np.asarray(scheme.weights, float), scores.shape)
    whole = np.full(len(scores), FULL), FULL - totals.total
    tops = [np.sum([i.weight for p in d.parts for i in p.indicators]) for d in scheme.dimensions]
    top = _shared(whole, totals.dimensions, np.array(tops), scheme.aggregation)
    full, lost, first, part = np.full(scores.shape, np.nan), np.full(scores.shape, np.nan), 0, 0
    for d, dimension in enumerate(scheme.dimensions):
        parts = slice(part, part + len(dimension.parts))
        middle = _shared(
            (top[0][:, d], top[1][:, d]), totals.parts[:, parts], _sums(dimension), _how(dimension)
        )
        for p, one in enumerate(dimension.parts):
            here = slice(first, first + len(one.indicators))
            given = middle[0][:, p], middle[1][:, p]
            full[:, here], lost[:, here] = _shared(
                given, scores[:, here], weights[:, here], one.aggregation
            )
            first += len(one.indicators)
        part += len(dimension.parts)
    return np.round(full, EXACT) + 0.0, np.round(full - lost, EXACT) + 0.0  # no minus zero


def _sums(dimension: Dimension) -> Values:
    return np.array([sum(one.weight for one in part.indicators) for part in dimension.parts])


def _how(dimension: Dimension) -> str:
    return dimension.aggregation


def _shared(
    given: tuple[Values, Values], scores: Values, weights: Values | Sequence[float], how: str
) -> tuple[Values, Values]:
    """Points and loss of a level shared out among its members (units, members)."""
    points, loss = given
    worth = np.where(np.isfinite(scores), weights, np.nan)
    part = worth / np.nansum(worth, axis=1, keepdims=True)
    lack = FULL - scores
    if how == GEOMETRIC:
        lack = np.log(FULL / np.maximum(scores, LEAST))
    heavy = worth * lack
    whole = np.nansum(heavy, axis=1, keepdims=True)
    share = np.where(whole > 0, heavy / np.where(whole > 0, whole, 1), part)
    return points[:, None] * part, loss[:, None] * share

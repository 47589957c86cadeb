"""Shares drawn in toward those of their group, the further the fewer cases stand behind. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln

Values = NDArray[np.float64]
MEANS, SIZES = 60, 60
SMALLEST, LARGEST = 0.3, 300.0
"""Ends of the grid of M, the latter times the median number of cases: nothing differs there."""
ERRORS = 4.5
DRAWS = 8000
SEED = 20261123
"""Draws are the same each time: a page that is opened twice shows the same."""
FEWEST = 4
"""Of fewer units nobody can tell how much they differ."""


@dataclass(frozen=True)
class Shrunken:
    """One row a unit: its estimate and the interval it lies in with the asked chance (shares).
    `centre` is the mean of the group, `pull` how many cases of the group's mean count beside a
    unit's own: the more alike units are, the more."""

    estimate: Values
    low: Values
    high: Values
    centre: float
    pull: float


def shrunken(numerators: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Shrunken | None:
    """Estimates of units whose true shares come from one beta distribution; None of under four.

    A unit with x of n has (x + μM) ÷ (n + M), where μ and M belong to the group and are learnt from
    its counts (beta-binomial). How sure one may be of μ and M is carried along: both are weighted
    on a grid by how well they explain the counts, both such that the mean and the variance between
    units, μ (1 − μ) ÷ (M + 1), are flat.
    Morris, C. N. and Lysy, M. (2012), Shrinkage estimation in multilevel normal models, Statistical
    Science 27, 115–134: with this prior intervals cover the truth as often as they say.
    """
    x, n = np.asarray(numerators, float), np.asarray(trials, float)
    if len(n) < FEWEST:
        return None
    means, sizes, weights = _group(x, n)
    own = (x[:, None] + means * sizes) / (n[:, None] + sizes)
    low, high = _interval(x, n, (means, sizes, weights), level)
    pull = float(1 / np.sum(weights / sizes))
    return Shrunken(own @ weights, low, high, float(means @ weights), pull)


def _group(x: Values, n: Values) -> tuple[Values, Values, Values]:
    """Pairs of μ and M on a grid with their weights, flattened; the least likely left out."""
    sizes = np.geomspace(SMALLEST, LARGEST * np.median(n), SIZES)
    mean, size = (grid.ravel() for grid in np.meshgrid(_near(x, n), sizes))
    high, low = mean * size, (1 - mean) * size
    likely = np.repeat(np.log(sizes) - 2 * np.log1p(sizes), MEANS)
    for met, number in zip(x, n, strict=True):
        likely += betaln(met + high, number - met + low) - betaln(high, low)
    weights = np.exp(likely - likely.max())
    kept = weights > weights.max() * 1e-6
    return mean[kept], size[kept], weights[kept] / weights[kept].sum()


def _near(x: Values, n: Values) -> Values:
    """Values the group's mean may have: around the share of all cases and the mean of the shares,
    by a few standard errors of either."""
    pooled, shares = float(x.sum() / n.sum()), x / n
    chance = max(pooled * (1 - pooled), 1 / n.sum())
    far = ERRORS * np.sqrt(max(shares.var(ddof=1) / len(n), chance / n.sum()))
    low, high = (f(pooled, float(shares.mean())) for f in (min, max))
    low, high = max(low - far, 0.0), min(high + far, 1.0)
    return low + (high - low) * (np.arange(MEANS) + 0.5) / MEANS


def _interval(
    x: Values, n: Values, group: tuple[Values, Values, Values], level: float
) -> tuple[Values, Values]:
    """The middle part of draws of each unit's true share."""
    means, sizes, weights = group
    chance = np.random.default_rng(SEED)
    drawn = chance.choice(len(weights), size=DRAWS, p=weights)
    high, low = (means * sizes)[drawn], ((1 - means) * sizes)[drawn]
    shares = chance.beta(x[:, None] + high, (n - x)[:, None] + low)
    ends = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2], axis=1)
    return ends[0], ends[1]

"""How often a series warns by chance alone: what a page of many series must be read against.

Shares and rates warn as often as individuals, within a point or two. Small counts are skewed and
warn more often: 18 weeks of 4 events in 15 of a hundred series instead of 10, of 20 events in 12.
"""

from collections.abc import Iterable

import numpy as np

from queries.control import FEWEST, signals, xmr

DRAWS, SEED = 20_000, 20251123
TABLE = {
    **{5: 0.007, 6: 0.017, 7: 0.020, 8: 0.023, 9: 0.028, 10: 0.036, 11: 0.042, 12: 0.052},
    **{13: 0.059, 14: 0.070, 15: 0.075, 16: 0.089, 17: 0.096, 18: 0.104, 19: 0.114, 20: 0.125},
    **{21: 0.135, 22: 0.144, 23: 0.158, 24: 0.162, 25: 0.170, 26: 0.184},
}
"""Points → share of series of pure noise that warn, from `simulated` (20,000 series each), as
`python -m tests.queries.chance` prints it."""


def chance_of_signal(points: int) -> float:
    """The share of series of so many points of pure noise in which some rule is broken."""
    if points < FEWEST:
        return 0.0
    low, high = min(TABLE), max(TABLE)
    return TABLE[min(max(points, low), high)]


def expected_by_chance(lengths: Iterable[int]) -> float:
    """How many of these series would warn although nothing has changed."""
    return sum(chance_of_signal(points) for points in lengths)


def simulated(points: int, draws: int = DRAWS, seed: int = SEED) -> float:
    """The share of individuals charts of normal noise that warn."""
    rng = np.random.default_rng([seed, points])
    noise = rng.normal(100, 10, (draws, points))
    return sum(bool(signals(xmr(list(row)))) for row in noise) / draws

"""How sure a rank is: where a unit stands in many draws of values and weights, and which units
cannot be told apart. Pure.

The spread of the weights is one question (would another fair scheme say the same?), the error of
the values another (would another such term say the same?): both are carried along together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.schemes.scheme import Scheme
from queries.many_totals import totals_of, without_vetoed
from queries.rank_draws import VALUE_DRAWS, WEIGHT_DRAWS, Known, value_draws, weight_draws
from queries.scoring import EXACT, score_all, vetoed
from queries.scoring_rules import Values

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
"""The ends of a 90 % band, and the median between."""
SURE = 0.95
"""One unit is told apart from another that it is ahead of in so many draws."""


@dataclass(frozen=True)
class Bands:
    """One entry a unit, NaN for one without a total: the median and the 90 % band of its rank among
    its peers, the share of draws in which it is inside the cut, and the number of its group of
    units that cannot be told apart from the first of them, 1 at the top; 0 without a total."""

    median: Values
    low: Values
    high: Values
    inside: Values
    band: np.ndarray


def rank_bands(
    scheme: Scheme, known: Known, cuts: dict[str, int], spread: float, seed: str
) -> Bands:
    """Bands of every unit. `cuts` are the places to be awarded in each peer group: only units no
    veto has struck compete for them. A unit without a total has none in any draw."""
    totals = drawn_totals(scheme, known, spread, seed)
    fair = np.asarray(~np.any(vetoed(scheme, known.values), axis=1))
    own = score_all(scheme, known.groups, known.values).totals.total
    size = len(known.units)
    ends, inside, band = np.full((3, size), np.nan), np.full(size, np.nan), np.zeros(size, int)
    for name, group in _ranked(known.groups, own):
        places = places_of(totals[:, group])
        ends[:, group] = np.quantile(places, [LOW, MIDDLE, HIGH], axis=0, method="inverted_cdf")
        band[group] = groups_of(places, [known.units[n] for n in group])
        among = group[fair[group]]
        rivals = places if len(among) == len(group) else places_of(totals[:, among])
        inside[group] = 0.0
        inside[among] = (rivals <= cuts.get(name, 0)).mean(axis=0)
    return Bands(ends[1], ends[0], ends[2], inside, band)


def drawn_totals(scheme: Scheme, known: Known, spread: float, seed: str) -> Values:
    """Totals (WEIGHT_DRAWS, units): each draw of the values under its share of the weights."""
    values = value_draws(scheme, known, seed)
    scores = score_all(scheme, known.groups, values).scores
    scores, gone = without_vetoed(scheme, known.values, scores)
    weights = weight_draws(scheme, spread, seed)
    each = weights.reshape(VALUE_DRAWS, WEIGHT_DRAWS // VALUE_DRAWS, -1)
    totals = totals_of(scheme, scores, each).reshape(WEIGHT_DRAWS, -1)
    totals[:, gone] = np.where(np.isnan(totals[:, gone]), np.nan, 0.0)
    return totals


def places_of(totals: Values) -> np.ndarray:
    """Places from 1 in each draw (draws, units), the highest total first; equal totals share the
    better place. Every unit has a total."""
    exact = np.round(totals, EXACT)
    order = np.argsort(-exact, axis=1, kind="stable")
    line = np.take_along_axis(exact, order, axis=1)
    steps = np.arange(totals.shape[1])
    new = np.ones(line.shape, bool)
    new[:, 1:] = line[:, 1:] != line[:, :-1]
    place = np.maximum.accumulate(np.where(new, steps, 0), axis=1) + 1
    made = np.empty(line.shape, int)
    np.put_along_axis(made, order, place, axis=1)
    return made


def groups_of(places: np.ndarray, units: Sequence[str]) -> np.ndarray:
    """Numbers from 1: going down the median order, a unit opens a new group where the first of the
    group before is ahead of it in 95 % of the draws."""
    middle, mean = np.median(places, axis=0), places.mean(axis=0)
    order = sorted(range(places.shape[1]), key=lambda n: (middle[n], mean[n], units[n]))
    made, number, first = np.zeros(places.shape[1], int), 0, -1
    for n in order:
        if first < 0 or (places[:, first] < places[:, n]).mean() >= SURE:
            number, first = number + 1, n
        made[n] = number
    return made


def _ranked(groups: Sequence[str], totals: Values) -> list[tuple[str, np.ndarray]]:
    """The units of each peer group that have a total."""
    names = np.asarray(groups, dtype=object)
    found = [(name, np.flatnonzero((names == name) & np.isfinite(totals))) for name in set(groups)]
    return [(name, group) for name, group in found if len(group)]

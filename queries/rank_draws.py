"""What a score might as well have been: values and weights drawn many times.

A share of cases is drawn from its posterior, a rating from a normal, what is missing from what the
peers have, weights from a Dirichlet around the scheme's. Every draw belongs to the ids of a unit
and an indicator and not to their place, so that order changes nothing. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from data.schemes.scheme import WITHHOLD, ZERO, Indicator, Scheme
from queries.scoring_rules import Values

VALUE_DRAWS, WEIGHT_DRAWS = 400, 10_000
FEWEST = 5
"""Of fewer peers one cannot tell how far they truly differ."""
ROOM, ALIKE = 4, 1 / 3
DESIGN = 1 + (ROOM - 1) * ALIKE
"""Visits go through whole rooms: whether one student of a room was met says much of the others.
With four to a room and an intraclass correlation of 1/3, n students tell as much as n ÷ 2."""
BY_ROOM = frozenset({"student_coverage", "student_coverage_any"})
AS_COUNTED = frozenset(
    {
        *("cluster_coverage", "building_coverage", "floor_coverage", "floor_leader"),
        *("building_counselor_coverage", "engagement_reach", "group_buildings"),
        *("cluster_brand_coverage", "building_brand_coverage"),
        *("function_coverage", "culture_coverage", "seven_fields_coverage", "six_types_coverage"),
    }
)
"""Shares of places, every one of them looked at: a place has it or has not, by nobody's chance."""
TEN_POINTS = 30.0
"""100 √(0.1 × 0.9): the standard deviation of a weight of ten is this over √(concentration + 1)."""


@dataclass(frozen=True)
class Known:
    """Values with what is known of their error: arrays (units, indicators), NaN where there is
    nothing. `part` of `whole` cases; `error` is a standard error. `units` are ids."""

    units: Sequence[str]
    groups: Sequence[str]
    values: Values
    part: Values
    whole: Values
    error: Values


def generator(seed: str, *names: str) -> np.random.Generator:
    """The same numbers for the same words."""
    told = sha256("|".join((seed, *names)).encode()).digest()
    return np.random.default_rng(int.from_bytes(told[:16], "big"))


def weight_draws(scheme: Scheme, spread: float, seed: str, count: int = WEIGHT_DRAWS) -> Values:
    """Weights (count, indicators) around the scheme's, with the same sum: a Dirichlet in which a
    weight of 10 points has a standard deviation of `spread` points. A weight of nothing stays so.
    """
    weights = np.array(scheme.weights, float)
    whole = weights.sum()
    if not spread or not whole:
        return np.tile(weights, (count, 1))
    strength = ((TEN_POINTS / spread) ** 2 - 1) / whole
    columns = [
        generator(seed, "weight", one.key).standard_gamma(strength * one.weight, count)
        for one in scheme.indicators
    ]
    drawn = np.stack(columns, axis=1)
    return whole * drawn / drawn.sum(axis=1, keepdims=True)


def value_draws(scheme: Scheme, known: Known, seed: str, count: int = VALUE_DRAWS) -> Values:
    """Values (count, units, indicators) as they might have been."""
    made = np.repeat(known.values[None], count, axis=0)
    names = np.asarray(known.groups, dtype=object)
    order = np.argsort(np.asarray(known.units, dtype=object), kind="stable")
    for n, indicator in enumerate(scheme.indicators):
        rng = generator(seed, "value", indicator.key)
        for name in sorted(set(known.groups)):
            group = order[names[order] == name]
            made[:, group, n] = _drawn(rng, indicator, _cell(known, group, n), count)
    return made


def prior(part: Values, whole: Values) -> tuple[float, float]:
    """The Beta distribution of the peers' true shares, from their counts by the method of moments;
    Jeffreys' (½, ½) where they are few.

    Σ n (p − p̂)² has the expectation (k − 1) p̂ (1 − p̂) + τ² (N − Σ n² ÷ N − k + 1), τ² being the
    variance of the true shares; α + β = p̂ (1 − p̂) ÷ τ² − 1, at least 1 and at most N. Kleinman
    (1973), Proportions with extraneous variance, JASA 68, 46-54. Without it the unit that stands
    highest would seem surer of its place than it is, since it stands there partly by luck.
    """
    held = whole > 0
    if held.sum() < FEWEST:
        return 0.5, 0.5
    part, whole = part[held], whole[held]
    number = whole.sum()
    mean = (part.sum() + 0.5) / (number + 1)
    binomial = mean * (1 - mean)
    square = (whole * (part / whole - mean) ** 2).sum()
    less = len(whole) - 1
    room = number - (whole**2).sum() / number - less
    between = (square - less * binomial) / room if room > 0 else 0.0
    strength = number if between <= 0 else min(max(binomial / between - 1, 1.0), number)
    return mean * strength, (1 - mean) * strength


def _cell(known: Known, group: np.ndarray, n: int) -> tuple[Values, Values, Values, Values]:
    return (
        known.values[group, n],
        known.part[group, n],
        known.whole[group, n],
        known.error[group, n],
    )


def _drawn(
    rng: np.random.Generator,
    indicator: Indicator,
    cell: tuple[Values, Values, Values, Values],
    count: int,
) -> Values:
    """One indicator of one peer group: (count, units)."""
    values, part, whole, error = cell
    made = np.repeat(values[None], count, axis=0)
    shares = np.isfinite(values) & (whole > 0) & (part >= 0) & (part <= whole)
    if shares.any() and indicator.source.key not in AS_COUNTED:
        made[:, shares] = _shares(rng, indicator, (values, part, whole), shares, count)
    noisy = np.isfinite(values) & np.isfinite(error)
    made[:, noisy] += rng.standard_normal((count, int(noisy.sum()))) * error[noisy]
    missing = np.isnan(values)
    if missing.any() and not missing.all() and indicator.missing not in (ZERO, WITHHOLD):
        donors = np.flatnonzero(~missing)
        taken = donors[rng.integers(0, len(donors), (count, int(missing.sum())))]
        made[:, missing] = np.take_along_axis(made, taken, axis=1)
    return made


def _shares(
    rng: np.random.Generator,
    indicator: Indicator,
    counted: tuple[Values, Values, Values],
    held: np.ndarray,
    count: int,
) -> Values:
    """Shares from their posterior. Where the value is made from the share (按人数加权) it moves in
    proportion."""
    values, part, whole = (one[held] for one in counted)
    alike = DESIGN if indicator.source.key in BY_ROOM else 1.0
    a, b = prior(part / alike, whole / alike)
    drawn = rng.beta(part / alike + a, (whole - part) / alike + b, (count, len(values)))
    share = part / whole
    ratio = np.divide(values, share, out=np.ones_like(share), where=share > 0)
    return drawn * np.where(np.isclose(values, share, rtol=1e-9), 1.0, ratio)

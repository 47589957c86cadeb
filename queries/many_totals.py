"""Totals of many draws of scores under many weights at once, by matrix products. Pure."""

from collections.abc import Sequence

import numpy as np

from data.schemes.scheme import GEOMETRIC, WITHHOLD, Scheme
from queries.aggregate import LEAST
from queries.scoring import vetoed
from queries.scoring_rules import Values


def totals_of(scheme: Scheme, scores: Values, weights: Values) -> Values:
    """`aggregate` of many draws at once: scores (draws, units, indicators) each under several
    weights (draws, several, indicators) give totals (draws, several, units).

    The same numbers as `queries/aggregate.py`, by matrix products.
    """
    if _is_plain_sum(scheme) and np.isfinite(scores).all():
        return _leaf(scores, weights, product=False)
    first, tops, shares = 0, [], []
    for dimension in scheme.dimensions:
        means, worths = [], []
        for part in dimension.parts:
            here = slice(first, first + len(part.indicators))
            first += len(part.indicators)
            own = weights[..., here]
            means.append(_leaf(scores[..., here], own, product=part.aggregation == GEOMETRIC))
            worths.append(own.sum(-1, keepdims=True))
        tops.append(_branch(means, worths, product=dimension.aggregation == GEOMETRIC))
        shares.append(np.sum(worths, axis=0))
    total = _branch(tops, shares, product=scheme.aggregation == GEOMETRIC)
    strict = [n for n, one in enumerate(scheme.indicators) if one.missing == WITHHOLD]
    if not strict:
        return total
    unknown = np.any(np.isnan(scores[..., strict]), axis=-1)
    return np.where(np.expand_dims(unknown, -2), np.nan, total)


def without_vetoed(scheme: Scheme, values: Values, scores: Values) -> tuple[Values, np.ndarray]:
    """Scores (draws, units, indicators) with nothing in a dimension that a veto takes away, and
    which units lose the whole. Vetoes go by what is on record (`values`), not by what is drawn."""
    hit = vetoed(scheme, values)
    whole = [n for n, veto in enumerate(scheme.vetoes) if not veto.over]
    first, made = 0, scores.copy() if scheme.vetoes else scores
    for dimension in scheme.dimensions:
        size = sum(len(part.indicators) for part in dimension.parts)
        over = [n for n, veto in enumerate(scheme.vetoes) if veto.over == dimension.key]
        if over:
            made[:, np.any(hit[:, over], axis=1), first : first + size] = 0.0
        first += size
    return made, np.asarray(np.any(hit[:, whole], axis=1))


def _is_plain_sum(scheme: Scheme) -> bool:
    """Whether it is one weighted sum, where nothing is missing."""
    parts = [part.aggregation for dimension in scheme.dimensions for part in dimension.parts]
    ways = {scheme.aggregation, *parts, *(one.aggregation for one in scheme.dimensions)}
    return GEOMETRIC not in ways


def _leaf(scores: Values, weights: Values, *, product: bool) -> Values:
    """The mean of single indicators: (draws, several, units)."""
    known = np.isfinite(scores)
    filled = np.where(known, np.log(np.maximum(scores, LEAST)) if product else scores, 0.0)
    upper = weights @ _turned(filled)
    lower = weights @ _turned(known.astype(float))
    mean = np.divide(upper, lower, out=np.full(upper.shape, np.nan), where=lower > 0)
    if not product:
        return mean
    nothing = (weights > 0).astype(float) @ _turned((known & (scores <= 0)).astype(float))
    return np.where(nothing > 0, 0.0, np.exp(mean))


def _branch(scores: Sequence[Values], weights: Sequence[Values], *, product: bool) -> Values:
    """The mean of means, each (draws, several, units), by weights (draws, several, 1)."""
    if len(scores) == 1 and (weights[0] > 0).all():
        return scores[0]
    upper, lower = np.zeros(scores[0].shape), np.zeros(scores[0].shape)
    nothing = np.zeros(scores[0].shape, bool)
    for one, worth in zip(scores, weights, strict=True):
        known = ~np.isnan(one)
        filled = np.log(np.maximum(one, LEAST)) if product else one
        if known.all():
            upper += worth * filled
            lower += worth
        else:
            upper += np.where(known, worth * filled, 0.0)
            lower += np.where(known, worth, 0.0)
        if product:
            nothing |= known & (one <= 0) & (worth > 0)
    mean = np.divide(upper, lower, out=np.full(upper.shape, np.nan), where=lower > 0)
    return np.where(nothing, 0.0, np.exp(mean)) if product else mean


def _turned(table: Values) -> Values:
    return np.swapaxes(table, -1, -2)

"""From values to scores and ranks: the whole of a scheme applied to all units at once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.schemes.scheme import MEDIAN, ZERO, Scheme
from queries.aggregate import Totals, aggregate
from queries.scoring_rules import Values, scored

EXACT = 9
"""Totals are equal where they agree to so many decimals: sums in another order differ beyond."""


@dataclass(frozen=True)
class Scored:
    """Scores of 0 to 100: `scores` (…, units, indicators) with `filled` where a missing value was
    given one, and their totals, `before` the vetoes were carried out and after it."""

    scores: Values
    filled: np.ndarray
    before: Totals
    totals: Totals


def score_all(
    scheme: Scheme, groups: Sequence[str], values: Values, weights: Values | None = None
) -> Scored:
    """Values (…, units, indicators) scored within the units' peer groups and added up, with the
    vetoes carried out."""
    scores = np.full(values.shape, np.nan)
    names = np.asarray(groups)
    for name in dict.fromkeys(groups):
        group = np.flatnonzero(names == name)
        for n, indicator in enumerate(scheme.indicators):
            scores[..., group, n] = scored(indicator, values[..., group, n])
        _fill(scheme, scores, group)
    totals = aggregate(scheme, scores, weights)
    filled = np.isfinite(scores) & np.isnan(values)
    return Scored(scores, filled, totals, _struck(scheme, values, totals, scores, weights))


def _fill(scheme: Scheme, scores: Values, group: np.ndarray) -> None:
    """Give a score to those without a value, as each indicator says."""
    for n, indicator in enumerate(scheme.indicators):
        of_group = scores[..., group, n]
        if indicator.missing == ZERO:
            scores[..., group, n] = np.where(np.isnan(of_group), indicator.floor, of_group)
        elif indicator.missing == MEDIAN and not np.isnan(of_group).all():
            middle = np.nanmedian(of_group, axis=-1, keepdims=True)
            scores[..., group, n] = np.where(np.isnan(of_group), middle, of_group)


def vetoed(scheme: Scheme, values: Values) -> np.ndarray:
    """Which veto strikes which unit: (…, units, vetoes). An unknown value strikes nobody."""
    keys = [indicator.key for indicator in scheme.indicators]
    struck = np.zeros((*values.shape[:-1], len(scheme.vetoes)), bool)
    for n, veto in enumerate(scheme.vetoes):
        struck[..., n] = values[..., keys.index(veto.indicator)] < veto.least
    return struck


def _struck(
    scheme: Scheme, values: Values, totals: Totals, scores: Values, weights: Values | None
) -> Totals:
    """Totals with what a veto takes away: a dimension, or the whole."""
    if not scheme.vetoes:
        return totals
    hit = vetoed(scheme, values)
    changed = scores.copy()
    first = 0
    for dimension in scheme.dimensions:
        size = sum(len(part.indicators) for part in dimension.parts)
        over = [n for n, veto in enumerate(scheme.vetoes) if veto.over == dimension.key]
        gone = np.any(hit[..., over], axis=-1)
        changed[..., first : first + size] = np.where(
            np.expand_dims(gone, -1), 0.0, changed[..., first : first + size]
        )
        first += size
    made = aggregate(scheme, changed, weights)
    whole = [n for n, veto in enumerate(scheme.vetoes) if not veto.over]
    none = np.any(hit[..., whole], axis=-1)
    total = np.where(none & np.isfinite(made.total), 0.0, made.total)
    return Totals(total, made.dimensions, made.parts)


def ranks(totals: Values) -> Values:
    """Places from 1, the highest total first; equal totals share the better place, a unit without
    one has NaN. Totals are (…, units)."""
    exact = np.round(totals, EXACT)
    order = np.sort(np.where(np.isnan(exact), -np.inf, exact), axis=-1)
    if not exact.size:
        return exact
    flat, ordered = exact.reshape(-1, exact.shape[-1]), order.reshape(-1, order.shape[-1])
    places = [
        len(row) - np.searchsorted(line, row, side="right") + 1.0
        for row, line in zip(flat, ordered, strict=True)
    ]
    made = np.array(places).reshape(exact.shape)
    return np.where(np.isnan(exact), np.nan, made)

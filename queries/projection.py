"""Where a goal will stand at the end of the term if the coming weeks are like the last four.

Both ways are arithmetic a reader can redo; the range is the same sum with the worst and the best of
the four weeks, and no confidence interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

RECENT = 4
"""Ended teaching weeks that the coming ones are held to be like."""


@dataclass(frozen=True)
class Projection:
    """A share at the end of the term: as the recent weeks on average, the worst, the best."""

    low: float
    middle: float
    high: float


def of_people(shares: Sequence[float], weeks_left: float) -> Projection | None:
    """A share of people met at least once, from its values at the ends of weeks, the last one now.

    Of those not yet met at the beginning of a week a part is met in it; the coming weeks meet the
    same part of whoever is left. None before two weeks have ended.
    """
    recent = shares[-RECENT - 1 :]
    if len(recent) < 2:
        return None
    missed = [
        (1 - after) / (1 - before) if before < 1 else 0.0 for before, after in pairwise(recent)
    ]
    missed = [min(max(part, 0.0), 1.0) for part in missed]
    first, last = 1 - recent[0], 1 - recent[-1]
    usual = min((last / first) ** (1 / len(missed)), 1.0) if first > 0 else 0.0
    low, middle, high = (1 - last * part**weeks_left for part in (max(missed), usual, min(missed)))
    return Projection(low, middle, high)


def of_weeks(
    weeks: Sequence[tuple[float, float]], done: tuple[float, float], weeks_left: float
) -> Projection | None:
    """A share of what fell due, from numerator and denominator of single weeks, the last one first
    counted in `done`, which holds all so far.

    The coming weeks bring as much due as the recent ones on average. None where nothing was due.
    """
    recent = weeks[-RECENT:]
    due = sum(whole for _, whole in recent)
    if not recent or not done[1] or not due:
        return None
    coming = due / len(recent) * weeks_left
    rates = [part / whole for part, whole in recent if whole]
    usual = sum(part for part, _ in recent) / due

    def ends(rate: float) -> float:
        return min((done[0] + rate * coming) / (done[1] + coming), 1.0)

    return Projection(ends(min(rates)), ends(usual), ends(max(rates)))

"""Funnel plots: how far shares may lie from a common one before it is more than chance. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]
Z95, Z998 = 1.9599639845400545, 3.090232306167813
"""Normal quantiles of two-sided limits of 95 % and 99.8 %."""
TAIL = 0.1
"""The part of z-scores at each end that is drawn in before dispersion is judged."""
OUTSIDE_95, OUTSIDE_998 = 0.05, 0.002
"""The shares of units that chance alone puts outside."""


@dataclass(frozen=True)
class Funnel:
    """The common share of units that were judged together, and how much they differ from it.

    `dispersion` is the mean square of the drawn-in z-scores, near 1 where chance explains them all;
    `spread` is τ², the variance between units on the arcsine scale beyond chance, 0 where there is
    no sign of any.
    """

    centre: float
    dispersion: float
    spread: float
    units: int

    @property
    def adjusted(self) -> bool:
        """Whether units differ by more than chance throughout, so that the limits are wider."""
        return self.spread > 0

    def limits(self, trials: ArrayLike, z: float) -> tuple[Values, Values]:
        """Lower and upper limits (shares) for numbers of trials: plain ones where chance explains
        the differences, else those that carry the spread."""
        if self.adjusted:
            return arcsine_limits(self.centre, self.spread, trials, z)
        return score_limits(self.centre, trials, z)

    def expected(self, outside: float) -> float:
        """How many units chance alone puts outside limits that leave out such a share."""
        return self.units * outside


def score_limits(centre: float, trials: ArrayLike, z: float) -> tuple[Values, Values]:
    """p ± z √(p (1 − p) ÷ n) within 0 and 1: beyond them Wilson's interval of a share leaves out p.

    The control limits for proportions of PHEindicatormethods (`calculate_funnel_limits`).
    """
    half = z * np.sqrt(centre * (1 - centre) / np.asarray(trials, float))
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def arcsine_limits(
    centre: float, spread: float, trials: ArrayLike, z: float
) -> tuple[Values, Values]:
    """sin²(asin √p ± z √(s² + τ²)) with s = 1 ÷ (2 √n), the angle kept within a quarter turn."""
    half = z * np.sqrt(1 / (4 * np.asarray(trials, float)) + spread)
    middle = np.arcsin(np.sqrt(centre))
    low, high = np.clip(middle - half, 0, np.pi / 2), np.clip(middle + half, 0, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


def fitted(centre: float, shares: ArrayLike, trials: ArrayLike) -> Funnel:
    """The funnel of units with these shares of these trials around a common share.

    Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, Statistics in
    Medicine 24, 1185–1202: z-scores on the arcsine scale, a tenth drawn in at each end, and
    τ² = max(0, (nφ − (n − 1)) ÷ (Σw − Σw² ÷ Σw)) with w = 1 ÷ s² by the method of moments.
    """
    numbers, shown = np.asarray(trials, float), np.asarray(shares, float)
    count = len(numbers)
    weights = 4 * numbers
    z = (np.arcsin(np.sqrt(shown)) - np.arcsin(np.sqrt(centre))) * np.sqrt(weights)
    drawn = np.clip(z, *np.quantile(z, [TAIL, 1 - TAIL])) if count else z
    phi = float(np.mean(drawn**2)) if count else 0.0
    excess = count * phi - (count - 1)
    room = weights.sum() - (weights**2).sum() / weights.sum() if count > 1 else 0.0
    spread = float(excess / room) if excess > 0 and room > 0 else 0.0
    return Funnel(centre, phi, spread, count)


def flags(funnel: Funnel, shares: ArrayLike, trials: ArrayLike) -> NDArray[np.int_]:
    """−2 below the 99.8 % limits, −1 only below those of 95 %, 0 within, 1 and 2 above."""
    shown = np.asarray(shares, float)
    found = np.zeros(shown.shape, int)
    for z in (Z95, Z998):
        low, high = funnel.limits(trials, z)
        found += (shown > high).astype(int) - (shown < low).astype(int)
    return found

"""How sure a share is: its interval, where few were counted."""

from math import sqrt

import pandas as pd

Z95 = 1.959964
"""The normal quantile of a two-sided 95 % interval."""
FEW = 141
"""With fewer, a 95 % interval around 90 % is wider than 5 points to either side."""


def wilson(numerator: float, denominator: float, z: float = Z95) -> tuple[float, float] | None:
    """The score interval of a share; None over nobody.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209–212.
    """
    if not denominator:
        return None
    share, spread = numerator / denominator, z * z / denominator
    middle = share + spread / 2
    half = z * sqrt(max(share * (1 - share) / denominator + spread / (4 * denominator), 0.0))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return max(low, 0.0), min(high, 1.0)


def bounds(
    found: pd.DataFrame, numerator: str, denominator: str, prefix: str
) -> dict[str, list[float | None]]:
    """The intervals of a frame's shares as two columns, `low` and `high` after a prefix."""
    pairs = [wilson(n, d) for n, d in zip(found[numerator], found[denominator], strict=True)]
    ends = [pair or (None, None) for pair in pairs]
    return {f"{prefix}{end}": [pair[i] for pair in ends] for i, end in enumerate(("low", "high"))}

"""How measured seconds are summed up: the middle, and what one in twenty exceeds."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile of some measurements, and how many there were."""

    p50: float
    p95: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """By nearest rank, so that both are values that were measured."""
        ordered = sorted(values)
        return cls(_rank(ordered, 0.5), _rank(ordered, 0.95), len(ordered))


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _rank(ordered: list[float], share: float) -> float:
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]

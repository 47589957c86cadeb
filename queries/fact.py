"""What a fact is: a plain number of one building, how it is counted, and how it is judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from queries.held import RESIDENTS, Held
from queries.metric import Better

Count = Callable[[Held], float | None]
BETTER, SAME, WORSE = "优于", "持平", "差于"
FEWEST_NAMED = 5
"""Groups of fewer people or concerns are shown together."""
SMALL = "其余合计"


@dataclass(frozen=True)
class Fact:
    """A number of one building. `decimals` is how exactly it is written, and compared."""

    key: str
    section: str
    name: str
    definition: str
    of: Count
    unit: str = ""
    better: Better = Better.NEITHER
    decimals: int = 0
    share: bool = False

    def show(self, value: float | None) -> str:
        """As written on the page; a share as a percentage."""
        if value is None or pd.isna(value):
            return "—"
        return f"{value:.{self.decimals}%}" if self.share else f"{value:,.{self.decimals}f}"

    def verdict(self, value: float | None, median: float | None) -> str:
        """优, 劣 or 平 beside the peers' median; "" where it is not judged."""
        return judged(value, median, self.better, self.show)


@dataclass(frozen=True)
class Part:
    """A measure divided by kind, drawn beside the facts of its section. Where it is `personal`,
    kinds of fewer than five are shown as one."""

    measure: str
    section: str
    name: str
    personal: bool = False


def count(measure: str) -> Count:
    """How many."""
    return lambda held: held.count(measure)


def amount(measure: str) -> Count:
    """What they add up to."""
    return lambda held: held.amount(measure)


def median(measure: str) -> Count:
    """The median of a measure counted by whole numbers."""
    return lambda held: held.median(measure)


def kinds(measure: str) -> Count:
    """How many different kinds."""
    return lambda held: len(held.kinds(measure)) if measure in held.kept else None


def over(upper: Count, lower: Count, times: float = 1.0) -> Count:
    """One number by another; no value over nobody."""

    def divided(held: Held) -> float | None:
        above, below = upper(held), lower(held)
        return None if above is None or not below else times * above / below

    return divided


residents = count(RESIDENTS)


def per_hundred(upper: Count) -> Count:
    """By a hundred residents of the as-of day."""
    return over(upper, residents, 100.0)


def judged(
    value: float | None, median: float | None, better: Better, show: Callable[[float | None], str]
) -> str:
    """How a value stands beside a median, at the exactness shown; "" where it is not judged."""
    if value is None or median is None or pd.isna(value) or pd.isna(median):
        return ""
    if better is Better.NEITHER:
        return ""
    if show(value) == show(median):
        return SAME
    return BETTER if (value - median) * better.value > 0 else WORSE


def large_named(counts: Mapping[str, float]) -> list[tuple[str, int]]:
    """Kinds of five or more, the largest first, then all smaller ones as one.

    Where that would be a single kind or under five, the totals around it would tell how large it
    is: the smallest named kind then goes with it.
    """
    held = sorted((n, kind) for kind, n in counts.items() if n > 0)
    few = hidden_among([n for n, _ in held])
    named = [(kind, int(n)) for n, kind in sorted(held[few:], key=lambda one: (-one[0], one[1]))]
    return [*named, *([(SMALL, int(sum(n for n, _ in held[:few])))] if few else [])]


def hidden_among(counts: Sequence[float]) -> int:
    """How many of these counts, the smallest first, are shown only together: those under five, and
    as many more as it takes to hide a single one or a sum under five."""
    few = sum(n < FEWEST_NAMED for n in counts)
    while 0 < few < len(counts) and (few == 1 or sum(counts[:few]) < FEWEST_NAMED):
        few += 1
    return few

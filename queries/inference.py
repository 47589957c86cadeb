"""What a reader can work out of a table of counts in which some are hidden.

A number from 1 to 4 is safe where values as far apart as 1 and 4 remain possible for it, whatever
else the table shows. The reader knows the rules by which numbers were hidden: where one may lie is
a span, its ends included.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FEWEST = 5
"""Smaller counts are shown as <5."""
MOST = FEWEST - 1
Ends = tuple[int, int]
Pair = tuple[int, int]
"""A total, and how many of them were not met."""


def small(number: int) -> bool:
    """Too small to be shown; nobody at all is no secret."""
    return 0 < number < FEWEST


@dataclass(frozen=True)
class Span:
    """Where the total of a group may lie, and how many of it were not met."""

    total: Ends
    unmet: Ends

    @property
    def sure(self) -> bool:
        """Whether the total is known."""
        return self.total[0] == self.total[1]


@dataclass(frozen=True)
class Table:
    """A whole, the spans of its groups, and the numbers of the groups that hide something."""

    whole: Span
    spans: Mapping[str, Span]
    hidden: Mapping[str, Pair]

    def agrees(self, name: str, pair: Pair, unmet: int) -> bool:
        """Whether a group may be so where `unmet` of the whole were not met; with the name of no
        group and nobody in it, whether the whole may be so."""
        raise NotImplementedError

    def is_safe(self) -> bool:
        """Whether every small number may still be values as far apart as 1 and 4."""
        wholes = range(self.whole.unmet[0], self.whole.unmet[1] + 1)
        if not all(self.agrees("", (0, 0), unmet) for unmet in wholes):
            return False
        return all(self._is_open(name, pair, wholes) for name, pair in self.hidden.items())

    def _is_open(self, name: str, pair: Pair, wholes: range) -> bool:
        few = [place for place, number in enumerate(_three(pair)) if small(number)]
        near = _near(self.spans[name], pair) if few else ()
        may = [_three(p) for p in near if any(self.agrees(name, p, unmet) for unmet in wholes)]
        spreads = [{numbers[place] for numbers in may} for place in few]
        return all(max(spread) - min(spread) >= MOST - 1 for spread in spreads)

    def _others(self, name: str) -> list[Span]:
        return [span for key, span in self.spans.items() if key != name]


def _three(pair: Pair) -> tuple[int, int, int]:
    """Total, not met, met."""
    return pair[0], pair[1], pair[0] - pair[1]


def _near(span: Span, pair: Pair) -> Iterator[Pair]:
    """Numbers a group may have with one of them small."""
    low, high = span.unmet
    totals = range(pair[0], pair[0] + 1)
    if small(pair[0]):
        totals = range(span.total[0], span.total[1] + 1)
    for total in totals:
        few = {*range(low, MOST + 1), *range(total - MOST, min(high, total) + 1)}
        yield from ((total, unmet) for unmet in sorted(few) if low <= unmet <= min(high, total))


class Sum(Table):
    """Groups that add up to the whole."""

    def agrees(self, name: str, pair: Pair, unmet: int) -> bool:
        """The totals still hidden take up what is left of the whole's, in whatever parts."""
        others = self._others(name)
        unsure = [span for span in others if not span.sure]
        left = self.whole.total[0] - pair[0] - sum(s.total[0] for s in others if s.sure)
        least, most = (sum(span.total[end] for span in unsure) for end in (0, 1))
        low = sum(span.unmet[0] for span in others)
        high = sum(span.unmet[1] for span in others if span.sure) + left
        return least <= left <= most and low <= unmet - pair[1] <= high


class Union(Table):
    """Groups that together hold everyone of the whole, some of them more than once."""

    def agrees(self, name: str, pair: Pair, unmet: int) -> bool:
        """No group exceeds the whole, and together they reach it, in those met and not met."""
        met, own_met = self.whole.total[0] - unmet, pair[0] - pair[1]
        others = self._others(name)
        sure = [span for span in others if span.sure]
        ends = [(max(s.unmet[0], s.total[0] - met), min(s.unmet[1], unmet)) for s in sure]
        if pair[1] > unmet or own_met > met or any(low > high for low, high in ends):
            return False
        low, high = (sum(end[side] for end in ends) for side in (0, 1))
        least, most = unmet - pair[1], sum(s.total[0] for s in sure) - (met - own_met)
        tries = (min(max(number, low), high) for number in (least, most))
        short = min(max(0, least - n) + max(0, n - most) for n in tries)
        return short <= MOST * (len(others) - len(sure))

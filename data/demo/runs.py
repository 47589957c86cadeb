"""Groups of positions laid end to end: who lives in each room, which rooms a counselor walks."""

from dataclasses import dataclass

import numpy as np

from data.demo.draws import Floats, Ints


@dataclass(frozen=True)
class Runs:
    """Group `g` holds `items[start[g] : start[g] + count[g]]`."""

    items: Ints
    start: Ints
    count: Ints

    @classmethod
    def of(cls, keys: Ints, items: Ints, groups: int) -> "Runs":
        """Items gathered by key, in their given order."""
        order = np.argsort(keys, kind="stable")
        count = np.bincount(keys, minlength=groups)
        return cls(items[order], np.cumsum(count) - count, count)

    def all_of(self, groups: Ints) -> tuple[Ints, Ints]:
        """Every item of each group asked for: position of the asking, item."""
        return self.stretch(groups, np.zeros(len(groups), dtype=np.int64), self.count[groups])

    def stretch(self, groups: Ints, first: Ints, length: Ints) -> tuple[Ints, Ints]:
        """For each group asked for, `length` items from the `first` on, round and round."""
        length = np.minimum(length, self.count[groups])
        asked = np.repeat(np.arange(len(groups)), length)
        within = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
        size = np.maximum(self.count[groups], 1)
        at = (first[asked] + within) % size[asked]
        return asked, self.items[self.start[groups][asked] + at]

    def one_of(self, groups: Ints, luck: Floats) -> Ints:
        """One item of each group; an empty group borrows its neighbour's."""
        at = self.start[groups] + (luck * self.count[groups]).astype(np.int64)
        return self.items[np.minimum(at, len(self.items) - 1)]

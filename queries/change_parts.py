"""A change of a share taken apart: the same people, other people, another definition. Pure."""

from dataclasses import dataclass

Pair = tuple[int, int]
"""How many of how many."""


@dataclass(frozen=True)
class Side:
    """One of two days: those who are there on both, and those only on this one."""

    both: Pair
    only: Pair

    @property
    def all(self) -> Pair:
        """Everyone of the day."""
        return self.both[0] + self.only[0], self.both[1] + self.only[1]


@dataclass(frozen=True)
class Parts:
    """Parts of a change between two shares; those that are known add up to `total`.

    `real` is the change among who was there on both days, `people` what came of who left and who
    came, `definition` what came of counting differently. `real` is None where nobody was there on
    both: all the rest is then of other people. All are None where a share is over nobody.
    """

    total: float | None = None
    real: float | None = None
    people: float | None = None
    definition: float | None = None


def share(pair: Pair) -> float | None:
    """A share; None over nobody."""
    return pair[0] / pair[1] if pair[1] else None


def change_parts(then: Side, now: Side, as_counted: Pair | None = None) -> Parts:
    """The parts of the change from `then` to `now`, both by today's definition; `as_counted` is the
    earlier day by the definition it had, None where that is the same.

    With S for who was there on both days: R₁ − R₀ = [R₁(S) − R₀(S)] + [R₁ − R₁(S)] + [R₀(S) − R₀].
    Melitz, M. J. and Polanec, S. (2015), Dynamic Olley-Pakes productivity decomposition with entry
    and exit, RAND Journal of Economics 46, 362–375.
    """
    before, after = share(then.all), share(now.all)
    shown = before if as_counted is None else share(as_counted)
    if before is None or after is None or shown is None:
        return Parts()
    stayed, still = share(then.both), share(now.both)
    real = still - stayed if stayed is not None and still is not None else None
    people = (after - before) - (real or 0.0)
    return Parts(after - shown, real, people, before - shown)

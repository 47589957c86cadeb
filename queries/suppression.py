"""Counts that give nobody away: which numbers of a table may stand, and which stay hidden so that
nothing small can be worked out from the rest.

A table is a whole and groups of it, each a number of people of whom some were met. Groups are
hidden beside the small ones until `queries/inference.py` finds nothing left to work out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from math import ceil, floor

from queries.inference import FEWEST, MOST, Span, Sum, Table, Union, small

LESS, HIDDEN = f"<{FEWEST}", "—"
TELLING = 2 * MOST + 1
"""From so many people on, only one of two parts can be small; of fewer, a word about either part
would tell the other."""


class Shown(Enum):
    """What of a group is shown, from everything to nothing."""

    ALL = 1
    FEW_UNMET = 2  # the total, and that fewer than five are not yet met
    FEW_MET = 3  # the total, and that fewer than five were met
    TOTAL = 4  # the total alone
    FEW = 5  # that they are fewer than five
    NOTHING = 6


@dataclass(frozen=True)
class Group:
    """People, and how many of them were met."""

    total: int
    met: int

    @property
    def unmet(self) -> int:
        """How many were not."""
        return self.total - self.met


Groups = Mapping[str, Group]
Decision = dict[str, Shown]
NAMED = frozenset({Shown.ALL, Shown.FEW_UNMET, Shown.FEW_MET})
UNSURE = frozenset({Shown.FEW, Shown.NOTHING})
"""Groups whose totals are hidden too."""


def alone(group: Group) -> Shown:
    """What of a group may be shown with nothing beside it."""
    if small(group.total):
        return Shown.FEW
    if not small(group.met) and not small(group.unmet):
        return Shown.ALL
    if group.total < TELLING:
        return Shown.TOTAL
    return Shown.FEW_UNMET if small(group.unmet) else Shown.FEW_MET


def written(group: Group, shown: Shown) -> tuple[str, str, str]:
    """Total, met and not met as a reader sees them."""
    total, most = f"{group.total:,}", f"≥{group.total - MOST:,}"
    said = {
        Shown.ALL: (total, f"{group.met:,}", f"{group.unmet:,}"),
        Shown.FEW_UNMET: (total, most, LESS),
        Shown.FEW_MET: (total, LESS, most),
        Shown.TOTAL: (total, HIDDEN, HIDDEN),
        Shown.FEW: (LESS, HIDDEN, HIDDEN),
        Shown.NOTHING: (HIDDEN, HIDDEN, HIDDEN),
    }
    return said[shown]


def share(group: Group, shown: Shown) -> str:
    """The share of those met as a reader sees it, or the side it lies on, rounded that way."""
    sure = sure_share(group, shown)
    if shown is Shown.ALL and sure is not None:
        return f"{sure:.1%}"
    if shown is Shown.FEW_UNMET and sure is not None:
        return f"≥{floor(1000 * sure) / 10:.1f}%"
    return f"≤{ceil(1000 * MOST / group.total) / 10:.1f}%" if shown is Shown.FEW_MET else HIDDEN


def sure_share(group: Group, shown: Shown) -> float | None:
    """The share that was met for certain, as a reader knows it; None where that is nothing."""
    if shown is Shown.ALL and group.total:
        return group.met / group.total
    return (group.total - MOST) / group.total if shown is Shown.FEW_UNMET else None


def parts(whole: Group, groups: Groups) -> Decision:
    """What may be shown of groups that add up to a whole of which `alone` is shown.

    The smallest groups are hidden beside the small ones, no more than needed; where that is not
    enough no group is divided, and where that is not enough either nothing is shown.
    """
    for shown in _attempts(groups) if alone(whole) in NAMED else ():
        safe = not _rest_is_small(whole, groups, shown)
        if safe and _table(Sum, whole, groups, shown).is_safe():
            return shown
    return dict.fromkeys(groups, Shown.NOTHING)


def overlapping(whole: Group, groups: Groups) -> Decision:
    """The same for groups that hold everyone of the whole at least once, and some several times."""
    few = [name for name, group in groups.items() if small(group.total)]
    own = {name: alone(group) for name, group in groups.items()}
    for shown in (own, _undivided(groups, few)) if alone(whole) in NAMED else ():
        if _table(Union, whole, groups, shown).is_safe():
            return shown
    return dict.fromkeys(groups, Shown.NOTHING)


def beside(whole: Group, groups: Groups, known: Decision, *, adding_up: bool) -> Decision:
    """What may be shown of how many of the same people something else is true, where `known` is
    shown of them already: a total that is hidden there stays hidden here, and no other is.

    Two such numbers of a group have nothing but its total in common, so that each may be judged
    by itself as long as the totals are the same. Groups add up to the whole, or overlap.
    """
    hidden = [name for name, shown in known.items() if shown in UNSURE]
    others = sorted(
        (name for name, group in groups.items() if group.total and name not in hidden),
        key=lambda name: (groups[name].total, name),
    )
    attempts = (*_divided(groups, hidden, others), _undivided(groups, hidden))
    for shown in attempts if others and alone(whole) in NAMED else ():
        if adding_up and _rest_is_small(whole, groups, shown):
            continue
        if _table(Sum if adding_up else Union, whole, groups, shown).is_safe():
            return shown
    return dict.fromkeys(groups, Shown.NOTHING)


def _attempts(groups: Groups) -> Iterator[Decision]:
    """What could be shown, from as much as possible to as little as makes sense."""
    few = [name for name, group in groups.items() if small(group.total)]
    others = sorted(set(groups) - set(few), key=lambda name: (groups[name].total, name))
    others = [name for name in others if groups[name].total]
    beside = [others[:number] for number in (range(len(others) + 1) if few else (0,))]
    for hidden in beside:
        yield from _divided(groups, [*few, *hidden], others)
    for hidden in beside:
        yield _undivided(groups, [*few, *hidden])


def _divided(groups: Groups, hidden: list[str], others: list[str]) -> Iterator[Decision]:
    """Groups with a part under five, then those and one more, then those and all others that are
    large enough to hide something."""
    own = {name: alone(group) for name, group in groups.items()} | _held(groups, hidden)
    yield own
    large = [name for name in others if own[name] is Shown.ALL and _large(groups[name])]
    for name in large:
        yield own | {name: Shown.TOTAL}
    yield own | dict.fromkeys(large, Shown.TOTAL)


def _undivided(groups: Groups, hidden: Iterable[str]) -> Decision:
    """Totals alone."""
    known = {name: Shown.TOTAL if group.total else Shown.ALL for name, group in groups.items()}
    return known | _held(groups, hidden)


def _held(groups: Groups, hidden: Iterable[str]) -> Decision:
    few, nothing = Shown.FEW, Shown.NOTHING
    return {name: few if small(groups[name].total) else nothing for name in hidden}


def _large(group: Group) -> bool:
    """Both parts are, and one of them by more than a reader would know anyway."""
    return min(group.met, group.unmet) >= FEWEST and group.total > 2 * FEWEST


def _rest_is_small(whole: Group, groups: Groups, shown: Decision) -> bool:
    """Whether what the groups shown leave of the whole is itself a small number."""
    hidden = [groups[name] for name, how in shown.items() if how is not Shown.ALL]
    unsure = [groups[name] for name, how in shown.items() if how in UNSURE]
    rest = [sum(group.total for group in unsure)]
    if alone(whole) is Shown.ALL:
        rest += [sum(group.met for group in hidden), sum(group.unmet for group in hidden)]
    return any(small(number) for number in rest)


def _table(kind: type[Table], whole: Group, groups: Groups, shown: Decision) -> Table:
    divided = any(how in (Shown.FEW_UNMET, Shown.FEW_MET) for how in shown.values())
    divided = divided or any(how is Shown.ALL and groups[name].total for name, how in shown.items())
    spans = {name: _span(groups[name], how, divided=divided) for name, how in shown.items()}
    hidden = {name: groups[name] for name, how in shown.items() if how is not Shown.ALL}
    known = _span(whole, alone(whole), divided=True)
    pairs = {name: (group.total, group.unmet) for name, group in hidden.items()}
    return kind(known, spans, pairs)


def _span(group: Group, shown: Shown, *, divided: bool) -> Span:
    """What a reader knows; where some group is `divided`, one that is not has its reason."""
    total, unmet = group.total, group.unmet
    kept = (1, total - 1) if total < TELLING else (FEWEST, total - FEWEST)
    spans = {
        Shown.ALL: Span((total, total), (unmet, unmet)),
        Shown.FEW_UNMET: Span((total, total), (1, MOST)),
        Shown.FEW_MET: Span((total, total), (total - MOST, total - 1)),
        Shown.TOTAL: Span((total, total), kept if divided else (0, total)),
        Shown.FEW: Span((1, MOST), (0, MOST)),
        Shown.NOTHING: Span((FEWEST, BEYOND), (0, BEYOND)),
    }
    return spans[shown]


BEYOND = 10**9
"""More people than there are."""

"""A choice as visits: what each goes through and reaches, before anybody says when."""

from dataclasses import dataclass
from itertools import pairwise

from queries.plan_instance import Goals
from queries.plan_reach import Choice, Problem, Way, total


@dataclass(frozen=True)
class Stop:
    """A visit without its time: of a class, or of a floor through these rooms, in walking order."""

    way: Way
    rooms: tuple[Way, ...]
    targets: frozenset[int]

    @property
    def is_class(self) -> bool:
        """Otherwise it is a floor."""
        return not self.rooms


def stops_of(problem: Problem, choice: Choice, walker: str) -> list[Stop]:
    """A walker's visits, those that add most students first. A floor that takes several is walked
    in stretches of about equal length."""
    mine = [way.walker == walker for way in problem.ways]
    found = [
        _stop(problem, number, ())
        for number in problem.classes
        if number in choice.taken and mine[number]
    ]
    for floor, visits in sorted(choice.visits.items()):
        if mine[floor]:
            rooms = [room for room in problem.floors[floor] if room in choice.taken]
            cuts = [len(rooms) * n // visits for n in range(visits + 1)]
            found += [_stop(problem, floor, tuple(rooms[a:b])) for a, b in pairwise(cuts)]
    return _most_first(problem, found)


def _stop(problem: Problem, number: int, rooms: tuple[int, ...]) -> Stop:
    targets = frozenset(n for way in (number, *rooms) for n in problem.reached_by[way])
    return Stop(problem.ways[number], tuple(problem.ways[room] for room in rooms), targets)


def _most_first(problem: Problem, stops: list[Stop]) -> list[Stop]:
    left, ordered = list(stops), []
    met: frozenset[int] = frozenset()
    while left:
        best = max(left, key=lambda stop: _worth(problem, stop.targets - met))
        left.remove(best)
        ordered.append(best)
        met |= best.targets
    return ordered


def _worth(problem: Problem, targets: frozenset[int]) -> Goals:
    return total(problem.targets[number].goals for number in targets)

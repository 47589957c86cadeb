"""The greedy worklist: again and again the visit that adds most. A yardstick, and a safety net."""

from collections import Counter, defaultdict
from typing import NamedTuple

from queries.plan_reach import Choice, Problem, Target

DAYS_BITS, TOUCHED_BITS = 40, 24
"""Goals become one whole number, the first in front; no sum of days or touches needs more bits."""


class Offer(NamedTuple):
    """A visit of a floor through these rooms, or of a class: what it adds to those made so far, and
    what it would be worth alone, by which visits that add nothing are told apart."""

    adds: int
    alone: int
    stop: int
    rooms: tuple[int, ...]


def greedy(problem: Problem) -> Choice:
    """Visits by what they add to those before, until nothing adds or no period is left.

    A visit of a floor takes the rooms that add most. Periods that a field still asks for are kept.
    """
    run = _Run(problem)
    while offer := run.best():
        run.make(offer)
    return Choice(frozenset(run.taken), dict(run.visits))


class _Run:
    """How far the choice has come. `gain` is what each way would still add."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.value = [_number(target) for target in problem.targets]
        self.gain = [sum(self.value[n] for n in numbers) for numbers in problem.reached_by]
        self.alone = tuple(self.gain)
        self.met = [False] * len(problem.targets)
        self.taken: set[int] = set()
        self.visits: Counter[int] = Counter()
        self.stops: dict[str, list[int]] = defaultdict(list)
        for stop in (*problem.floors, *problem.classes):
            self.stops[problem.ways[stop].walker].append(stop)
        self.offers: dict[str, Offer | None] = {}

    def best(self) -> Offer | None:
        """The visit that adds most of all; None when there is none worth making."""
        for name in self.stops:
            if name not in self.offers:
                self.offers[name] = self._best_of(name)
        found = [offer for offer in self.offers.values() if offer]
        return max(found, key=lambda offer: (offer[:2], -offer.stop), default=None)

    def make(self, offer: Offer) -> None:
        """Make the visit; whoever could have met the same is looked at again."""
        stop, ways = offer.stop, (offer.stop, *offer.rooms)
        if offer.rooms:
            self.visits[stop] += 1
        self.taken.update(offer.rooms or (stop,))
        self.offers.pop(self.problem.ways[stop].walker)
        for number in {n for way in ways for n in self.problem.reached_by[way]}:
            if not self.met[number]:
                self._meet(number)

    def _meet(self, number: int) -> None:
        self.met[number] = True
        for way in self.problem.targets[number].ways:
            self.gain[way] -= self.value[number]
            self.offers.pop(self.problem.ways[way].walker, None)

    def _best_of(self, name: str) -> Offer | None:
        duty, stops = self.problem.duties[name], self.stops[name]
        classes = sum(stop in self.taken for stop in stops)
        floors = sum(self.visits[stop] for stop in stops)
        owed = max(0, duty.floors_least - floors), max(0, duty.classes_least - classes)
        left = duty.visits - floors - classes
        offers = []
        if left > owed[1]:
            offers += [self._floor(s) for s in stops if s in self.problem.floors]
        if left > owed[0] and classes < duty.classes_most:
            offers += [self._class(s) for s in stops if s not in self.problem.floors]
        worth = [o for o in offers if o and (o.adds or owed[0 if o.rooms else 1])]
        return max(worth, key=lambda offer: (offer[:2], -offer.stop), default=None)

    def _floor(self, floor: int) -> Offer | None:
        left = [room for room in self.problem.floors[floor] if room not in self.taken]
        left.sort(key=lambda room: (-self.gain[room], -self.alone[room], room))
        most = left[: self.problem.rooms_per_visit]
        rooms = tuple(room for room in most if self.gain[room]) or tuple(most)
        adds = self.gain[floor] + sum(self.gain[room] for room in rooms)
        alone = sum(self.alone[room] for room in rooms)
        return Offer(adds, alone, floor, rooms) if rooms else None

    def _class(self, stop: int) -> Offer | None:
        taken = stop in self.taken
        return None if taken else Offer(self.gain[stop], self.alone[stop], stop, ())


def _number(target: Target) -> int:
    goals = target.goals
    return (((goals.students << DAYS_BITS) + goals.days) << TOUCHED_BITS) + goals.touched

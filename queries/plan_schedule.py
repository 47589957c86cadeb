"""When to go: one walker's visits laid into their periods."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from queries.plan_instance import Instance, KeyDate, Slot, Walker
from queries.plan_reach import Duty, weekly_visits
from queries.plan_stops import Stop

Era = frozenset[str]
"""The key dates whose windows are open on a day."""


@dataclass
class Week:
    """What is to be done in a week, by number of the stop. `pinned` stops go to a day of an era."""

    slots: list[Slot]
    left: int
    classes_left: int
    stops: list[int] = field(default_factory=list)
    pinned: dict[int, Era] = field(default_factory=dict)


class Timetable:
    """Lays stops into the earliest weeks, in the order given: those that add most come first.

    Before that, the weeks that two fields are asked of get a class, each key date gets a visit
    inside its window, and the weeks get a floor if one is left. Within a week a building's visits
    follow each other, and classes fill the periods in which there are classes.
    """

    def __init__(
        self, instance: Instance, walker: Walker, duty: Duty, key_dates: Iterable[KeyDate]
    ) -> None:
        self.rules, self.duty = instance.rules, duty
        self.key_dates = sorted(key_dates, key=lambda k: k.id)
        slots = defaultdict(list)
        for slot in sorted(walker.slots):
            slots[instance.week(slot.day)].append(slot)
        self.weeks = [
            Week(slots[number], visits, self.rules.classes_of(visits))
            for number, visits in weekly_visits(instance, walker).items()
        ]
        self.stops: list[Stop] = []
        self.waiting: list[int] = []

    def lay(self, stops: list[Stop]) -> list[tuple[Slot, Stop]]:
        """Every stop with its period, by time. There must be a period for each."""
        self.stops, self.waiting = stops, list(range(len(stops)))
        both = [week for week in self.weeks if week.left > 1]
        for week in both[: self.duty.classes_least]:
            self._add_field(week, classes=True)
        self._keep_key_dates()
        for week in both[: self.duty.floors_least]:
            self._add_field(week, classes=False)
        for stop in list(self.waiting):
            self._put(stop, next(week for week in self.weeks if self._fits(stop, week)))
        laid = [pair for week in self.weeks for pair in self._laid(week)]
        return sorted(laid, key=lambda pair: pair[0])

    def _add_field(self, week: Week, *, classes: bool) -> None:
        """The first stop of a field that waits, where the week has none yet."""
        there = any(self.stops[n].is_class == classes for n in week.stops)
        found = [n for n in self.waiting if self.stops[n].is_class == classes]
        if not there and found and self._fits(found[0], week):
            self._put(found[0], week)

    def _put(self, stop: int, week: Week) -> None:
        self.waiting.remove(stop)
        week.stops.append(stop)
        week.left -= 1
        week.classes_left -= self.stops[stop].is_class

    def _fits(self, stop: int, week: Week) -> bool:
        """A floor may not take the last period of a class that waits."""
        if self.stops[stop].is_class:
            return min(week.left, week.classes_left) > 0
        waiting = sum(self.stops[n].is_class for n in self.waiting)
        room = sum(min(w.classes_left, w.left - (w is week)) for w in self.weeks)
        return week.left > 0 and room >= waiting

    def _keep_key_dates(self) -> None:
        """The scarcest windows first; where windows of a building overlap, one visit for both."""
        done: set[str] = set()
        days = [slot.day for week in self.weeks for slot in week.slots]
        scarce = {k.id: sum(k.open_on(day) for day in days) for k in self.key_dates}
        for key_date in sorted(self.key_dates, key=lambda k: (scarce[k.id], k.id)):
            if key_date.id in done:
                continue
            alike = {k.id for k in self.key_dates if k.building == key_date.building}
            places = [
                (-len(alike & era - done), number, stop, era)
                for number, week in enumerate(self.weeks)
                for era in self._eras_with_room(week)
                for stop in self._first_in(key_date.building)
                if key_date.id in era and self._fits(stop, week)
            ]
            for _, number, stop, era in sorted(places, key=lambda p: p[:3])[:1]:
                self._put(stop, self.weeks[number])
                self.weeks[number].pinned[stop] = era
                done |= alike & era

    def _first_in(self, building: str) -> list[int]:
        return [n for n in self.waiting if self.stops[n].way.building == building][:1]

    def _eras_with_room(self, week: Week) -> list[Era]:
        """In the order of their days, those with a period that nothing is pinned to."""
        slots = Counter(self._era(slot.day) for slot in week.slots)
        return [era for era, number in (slots - Counter(week.pinned.values())).items() if number]

    def _era(self, day: date) -> Era:
        return frozenset(k.id for k in self.key_dates if k.open_on(day))

    def _laid(self, week: Week) -> Iterator[tuple[Slot, Stop]]:
        free = list(week.slots)
        classes = sorted(n for n in week.stops if self.stops[n].is_class)
        pinned = Counter(week.pinned.values())
        kept: list[Slot] = []
        for era, number in pinned.items():
            kept += _take(free, number, partial(self._off, era))
        taught = _take(free, len(classes), lambda s: not self._taught(s))
        others = len(week.stops) - len(classes) - len(week.pinned)
        kept += _take(free, others, self._taught)
        for slot, stop in zip(taught, classes, strict=True):
            yield slot, self.stops[stop]
        yield from self._in_blocks(week, sorted(kept))

    def _in_blocks(self, week: Week, free: list[Slot]) -> Iterator[tuple[Slot, Stop]]:
        """Floors into the periods kept for them, building by building."""
        floors = sorted(n for n in week.stops if not self.stops[n].is_class)
        first: dict[str, int] = {}
        near: dict[str, set[Era]] = defaultdict(set)
        for stop in floors:
            first.setdefault(self.stops[stop].way.building, stop)
        for stop, era in week.pinned.items():
            near[self.stops[stop].way.building].add(era)
        pins = Counter(week.pinned.values())
        for stop in sorted(floors, key=lambda n: (first[self.stops[n].way.building], n)):
            building = self.stops[stop].way.building
            eras = Counter(self._era(slot.day) for slot in free)
            if stop in week.pinned:
                allowed = {week.pinned[stop]}
                pins[week.pinned[stop]] -= 1
            else:
                allowed = {era for era, number in eras.items() if number > pins[era]}
            options = [slot for slot in free if self._era(slot.day) in allowed]
            slot = min(options, key=lambda s: (self._era(s.day) not in near[building], s))
            free.remove(slot)
            yield slot, self.stops[stop]

    def _off(self, era: Era, slot: Slot) -> tuple[bool, bool]:
        """Periods of the era first, and of those the ones without classes."""
        return self._era(slot.day) != era, self._taught(slot)

    def _taught(self, slot: Slot) -> bool:
        return slot.period in self.rules.class_periods


def _take(free: list[Slot], number: int, last: Callable[[Slot], Any]) -> list[Slot]:
    """Takes periods out of `free`, the earliest of those that come first by `last`."""
    taken = sorted(sorted(free, key=lambda slot: (last(slot), slot))[:number])
    for slot in taken:
        free.remove(slot)
    return taken

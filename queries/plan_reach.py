"""Who is reached by which way: a worklist's problem, taken apart where nobody is shared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from data.footprints.naming import natural_key
from queries.plan_instance import Concern, Goals, Instance, KeyDate, Room, Unmet, Walker

CONCERN, KEY_DATE = "concern", "key_date"
Extra = tuple[str, str]
"""CONCERN or KEY_DATE, and its id."""


class Way(NamedTuple):
    """One thing a counselor can do: come to a class, walk a room, or come to its floor at all."""

    walker: str
    class_name: str = ""
    building: str = ""
    floor: str = ""
    room: str = ""

    @property
    def on_floor(self) -> "Way":
        """The floor of a room."""
        return self._replace(room="")


Ways = tuple[Way, ...]


@dataclass(frozen=True)
class Target:
    """What is reached as soon as one of the ways (positions) is taken, and what that is worth."""

    goals: Goals
    ways: tuple[int, ...]


@dataclass(frozen=True)
class Duty:
    """How many visits a walker has, and what the two fields ask for and allow."""

    visits: int
    floors_least: int
    classes_least: int
    classes_most: int


@dataclass(frozen=True)
class Problem:
    """Walkers who share students, with every way of theirs.

    `floors` gives for the position of a floor those of its rooms in walking order.
    """

    duties: dict[str, Duty]
    ways: Ways
    floors: dict[int, tuple[int, ...]]
    classes: tuple[int, ...]
    targets: tuple[Target, ...]
    rooms_per_visit: int

    def alone(self, walker: str, met: set[int]) -> tuple["Problem", tuple[int, ...]]:
        """What is left to one walker when the targets in `met` are seen to, and for its ways their
        positions here."""
        here = tuple(n for n, way in enumerate(self.ways) if way.walker == walker)
        at = {position: number for number, position in enumerate(here)}
        left = (t for n, t in enumerate(self.targets) if n not in met)
        mine = ((t.goals, tuple(at[way] for way in t.ways if way in at)) for t in left)
        problem = Problem(
            duties={walker: self.duties[walker]},
            ways=tuple(self.ways[position] for position in here),
            floors={
                at[floor]: tuple(at[room] for room in rooms)
                for floor, rooms in self.floors.items()
                if floor in at
            },
            classes=tuple(at[stop] for stop in self.classes if stop in at),
            targets=tuple(Target(goals, ways) for goals, ways in mine if ways),
            rooms_per_visit=self.rooms_per_visit,
        )
        return problem, here

    def most_visits(self, floor: int) -> int:
        """More visits of a floor would find no room left."""
        return visits_for(len(self.floors[floor]), self.rooms_per_visit)

    @cached_property
    def reached_by(self) -> tuple[tuple[int, ...], ...]:
        """For every way the targets it reaches."""
        found: list[list[int]] = [[] for _ in self.ways]
        for number, target in enumerate(self.targets):
            for way in target.ways:
                found[way].append(number)
        return tuple(tuple(numbers) for numbers in found)

    @cached_property
    def worth(self) -> tuple[Goals, ...]:
        """For every way what it reaches on its own."""
        return tuple(total(self.targets[n].goals for n in numbers) for numbers in self.reached_by)


@dataclass(frozen=True)
class Choice:
    """Rooms and classes taken (positions), and how many visits each floor gets."""

    taken: frozenset[int]
    visits: dict[int, int]

    def met(self, problem: Problem) -> set[int]:
        """The targets it reaches."""
        return {n for way in {*self.taken, *self.visits} for n in problem.reached_by[way]}

    def worth(self, problem: Problem) -> tuple[Goals, int]:
        """What it reaches; of two that reach the same, the one with fewer visits is the better."""
        classes = len(self.taken.intersection(problem.classes))
        reached = total(problem.targets[n].goals for n in self.met(problem))
        return reached, -classes - sum(self.visits.values())


@dataclass(frozen=True)
class Reach:
    """The whole instance: students who are reached alike stand together.

    `extras` are open concerns and key dates; they matter last and so do not tie walkers together:
    they are offered to one problem after another.
    """

    instance: Instance
    alike: dict[Ways, tuple[Unmet, ...]]
    extras: dict[Extra, Ways]

    @cached_property
    def useful(self) -> frozenset[Way]:
        """Rooms and classes with students not yet met."""
        return frozenset(way for ways in self.alike for way in ways)

    @cached_property
    def stops(self) -> dict[str, Ways]:
        """Every walker's rooms and classes, in walking order."""
        codes = {r.id: natural_key(r.code) for r in self.instance.rooms}
        places = {w for ways in self.extras.values() for w in ways if w.room or w.class_name}
        ordered = sorted(
            self.useful | places, key=lambda w: (w[:-1], codes.get(w.room, ()), w.room)
        )
        return {name: tuple(each) for name, each in groupby(ordered, lambda w: w.walker)}

    def parts(self) -> list[tuple[str, ...]]:
        """The walkers of each problem: those tied together by students whom either can reach."""
        parent = {walker.id: walker.id for walker in self.instance.walkers}
        for ways in self.alike:
            roots = {_root(parent, way.walker) for way in ways}
            parent.update(dict.fromkeys(roots, min(roots)))
        tied = defaultdict(list)
        for name in sorted(self.stops):
            tied[_root(parent, name)].append(name)
        return [tuple(names) for names in tied.values()]

    def problem(self, walkers: tuple[str, ...], extras: Iterable[Extra]) -> Problem:
        """The problem of these walkers, with the concerns and key dates that are still open."""
        stops = [way for name in walkers for way in self.stops[name]]
        ways = (*stops, *dict.fromkeys(way.on_floor for way in stops if way.room))
        at = {way: number for number, way in enumerate(ways)}
        floors = defaultdict(list)
        for way in stops:
            if way.room:
                floors[at[way.on_floor]].append(at[way])
        people = {w.id: w for w in self.instance.walkers}
        return Problem(
            duties={name: self._duty(people[name]) for name in walkers},
            ways=ways,
            floors={floor: tuple(rooms) for floor, rooms in floors.items()},
            classes=tuple(at[way] for way in stops if way.class_name),
            targets=tuple(self._targets(at, extras)),
            rooms_per_visit=self.instance.rules.rooms_per_visit,
        )

    def _targets(self, at: dict[Way, int], extras: Iterable[Extra]) -> Iterator[Target]:
        for ways, students in self.alike.items():
            if ways[0] in at:
                goals = Goals(len(students), sum(s.waited for s in students))
                yield Target(goals, tuple(at[way] for way in ways))
        for extra in extras:
            found = tuple(at[way] for way in self.extras[extra] if way in at)
            if found:
                yield Target(Goals(touched=1), found)

    def _duty(self, walker: Walker) -> Duty:
        """Both fields in every week with time for two visits, as far as anybody is left to meet:
        nobody is asked for more class or floor visits than have students."""
        rules, useful = self.instance.rules, self.useful.intersection(self.stops[walker.id])
        weeks = weekly_visits(self.instance, walker).values()
        rooms = Counter(way.on_floor for way in useful if way.room)
        floors = sum(visits_for(number, rules.rooms_per_visit) for number in rooms.values())
        classes = sum(bool(way.class_name) for way in useful)
        both = sum(visits > 1 for visits in weeks) if rules.both_fields else 0
        most = sum(rules.classes_of(visits) for visits in weeks)
        return Duty(sum(weeks), min(both, floors), min(both, classes, most), most)


def visits_for(rooms: int, rooms_per_visit: int) -> int:
    """How many visits so many rooms of a floor take."""
    return -(-rooms // rooms_per_visit)


def total(goals: Iterable[Goals]) -> Goals:
    """The sum of each goal."""
    columns = tuple(zip(*goals, strict=True))
    return Goals(*(sum(column) for column in columns))


def weekly_visits(instance: Instance, walker: Walker) -> dict[int, int]:
    """Week of the plan → how many visits the walker has in it."""
    slots = Counter(instance.week(slot.day) for slot in walker.slots)
    most = walker.weekly
    return {w: n if most is None else min(n, most) for w, n in sorted(slots.items())}


def reach(instance: Instance) -> Reach:
    """Who can be reached how; students without any way are left out."""
    paths = _Paths(instance)
    found = defaultdict(list)
    for student in sorted(instance.students, key=lambda s: s.id):
        found[paths.to(student)].append(student)
    found.pop((), None)
    extras: dict[Extra, Ways] = {}
    raised = sorted(instance.concerns, key=lambda c: c.id)
    for ways in (*found, *map(paths.to, raised)):
        paths.walked.update(way for way in ways if way.room)
    for concern in raised:
        extras[CONCERN, concern.id] = paths.touching(concern)
    for key_date in sorted(instance.key_dates, key=lambda k: k.id):
        extras[KEY_DATE, key_date.id] = paths.within(key_date)
    alike = {ways: tuple(students) for ways, students in found.items()}
    return Reach(instance, alike, {extra: ways for extra, ways in extras.items() if ways})


class _Paths:
    """Looks up who may go where. `walked` are the rooms that any walker has a reason to enter."""

    def __init__(self, instance: Instance) -> None:
        self.able = sorted(
            (w for w in instance.walkers if sum(weekly_visits(instance, w).values())),
            key=lambda w: w.id,
        )
        self.own = {walker.id for walker in self.able}
        self.rooms = {room.id: room for room in instance.rooms}
        self.walked: set[Way] = set()
        self.serving: dict[str, list[str]] = defaultdict(list)
        for walker in self.able:
            for building in walker.buildings:
                self.serving[building].append(walker.id)

    def to(self, who: Unmet | Concern) -> Ways:
        """The own counselor in class and room, the building's counselors in the room."""
        found = set()
        room = self.rooms.get(who.room)
        if who.counselor in self.own and who.class_name:
            found.add(Way(who.counselor, who.class_name))
        if room:
            walkers = [*self.serving.get(room.building, ()), *({who.counselor} & self.own)]
            found |= {Way(w, "", room.building, room.floor, room.id) for w in walkers}
        return tuple(sorted(found))

    def touching(self, concern: Concern) -> Ways:
        """As to a student; of nobody's, whoever walks the room; without either, whoever of those
        it concerns comes to the building."""
        room = self.rooms.get(concern.room)
        if room or concern.class_name:
            return tuple(sorted({*self.to(concern), *self._anyone(concern, room)}))
        welcome = {concern.counselor, *self.serving.get(concern.building, ())}
        return tuple(
            floor
            for floor in self._floors(concern.building)
            if not concern.counselor or floor.walker in welcome
        )

    def within(self, key_date: KeyDate) -> Ways:
        """Floors of the building, for walkers who have a period inside the window."""
        free = {w.id for w in self.able if any(key_date.open_on(slot.day) for slot in w.slots)}
        return tuple(f for f in self._floors(key_date.building) if f.walker in free)

    def _anyone(self, concern: Concern, room: Room | None) -> set[Way]:
        if concern.counselor or not room:
            return set()
        return {way for way in self.walked if way.room == room.id}

    def _floors(self, building: str) -> list[Way]:
        return sorted({way.on_floor for way in self.walked if way.building == building})


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        name = parent[name]
    return name

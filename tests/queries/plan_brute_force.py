"""What a worklist reaches by its definition, and the best of every choice there is; slow so.

Nothing here uses the reduction, the model or the schedule that `queries/plan_*` work with.
"""

from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Any

from queries.plan import Visit
from queries.plan_instance import Concern, Goals, Instance, Room, Unmet, Walker

Reached = tuple[frozenset[str], frozenset[str]]
"""Students, and concerns and key dates."""


def meets(walker: Walker, student: Unmet, room: Room | None) -> bool:
    """Whether a walker meets a student by walking a room (None: the student's class)."""
    own = student.counselor == walker.id
    if room is None:
        return own
    return student.room == room.id and (own or room.building in walker.buildings)


def met_by(instance: Instance, visit: Visit) -> set[str]:
    """The students a visit reaches, whoever reached them before."""
    walker = next(w for w in instance.walkers if w.id == visit.walker)
    if visit.class_name:
        return {
            s.id
            for s in instance.students
            if s.class_name == visit.class_name and meets(walker, s, None)
        }
    rooms = [room for room in instance.rooms if room.id in visit.rooms]
    return {s.id for r in rooms for s in instance.students if meets(walker, s, r)}


def best(instance: Instance) -> Goals:
    """The best of all goals; every key date's window must hold every period."""
    choices = [list(_choices(instance, walker)) for walker in instance.walkers]
    return max(_goals(instance, picked) for picked in product(*choices))


def _goals(instance: Instance, picked: tuple[Reached, ...]) -> Goals:
    students = frozenset[str]().union(*(p[0] for p in picked))
    touched = frozenset[str]().union(*(p[1] for p in picked))
    waited = sum(s.waited for s in instance.students if s.id in students)
    return Goals(len(students), waited, len(touched))


def _choices(instance: Instance, walker: Walker) -> Iterator[Reached]:
    """What each set of rooms and classes reaches that fits the walker's periods and fields."""
    students = instance.students
    rooms = [r for r in instance.rooms if _reason(instance, walker, r)]
    classes = {s.class_name for s in students if s.class_name and s.counselor == walker.id}
    raised = {c.class_name for c in instance.concerns if c.counselor == walker.id}
    for taken in _subsets(rooms):
        for visited in _subsets(sorted({*classes, *raised} - {""})):
            if _fits(instance, walker, taken, visited, sorted(classes)):
                met = {s.id for s in students for r in taken if meets(walker, s, r)}
                met |= {
                    s.id for s in students if s.class_name in visited and s.counselor == walker.id
                }
                yield frozenset(met), frozenset(_touched(instance, walker, taken, visited))


def _reason(instance: Instance, walker: Walker, room: Room) -> bool:
    return any(meets(walker, s, room) for s in instance.students) or any(
        c.room == room.id and (c.counselor == walker.id or room.building in walker.buildings)
        for c in instance.concerns
    )


def _fits(
    instance: Instance,
    walker: Walker,
    rooms: tuple[Room, ...],
    visited: tuple[str, ...],
    classes: list[str],
) -> bool:
    """A choice of rooms can be made in as many visits as rooms, or as few as fill each visit."""
    per_visit, periods = instance.rules.rooms_per_visit, len(walker.slots)
    fewest = _visits(rooms, per_visit)
    if not instance.rules.both_fields or periods < 2:
        return fewest + len(visited) <= periods
    useful = [r for r in instance.rooms if any(meets(walker, s, r) for s in instance.students)]
    floors = min(1, _visits(tuple(useful), per_visit))
    made = max(fewest, floors)
    enough = made <= len(rooms) and len(visited) >= min(1, len(classes))
    return enough and made + len(visited) <= periods


def _visits(rooms: tuple[Room, ...], per_visit: int) -> int:
    floors = [(room.building, room.floor) for room in rooms]
    return sum(-(-floors.count(floor) // per_visit) for floor in set(floors))


def _touched(
    instance: Instance, walker: Walker, rooms: tuple[Room, ...], visited: tuple[str, ...]
) -> Iterator[str]:
    for concern in instance.concerns:
        if _touches(walker, concern, rooms, visited):
            yield f"concern {concern.id}"
    for key_date in instance.key_dates:
        if any(room.building == key_date.building for room in rooms):
            yield f"key date {key_date.id}"


def _touches(
    walker: Walker, concern: Concern, rooms: tuple[Room, ...], visited: tuple[str, ...]
) -> bool:
    own = concern.counselor == walker.id
    welcome = own or not concern.counselor
    if not (concern.room or concern.class_name):
        return any(
            r.building == concern.building and (welcome or r.building in walker.buildings)
            for r in rooms
        )
    here = [r for r in rooms if r.id == concern.room]
    return (own and concern.class_name in visited and concern.class_name != "") or any(
        welcome or r.building in walker.buildings for r in here
    )


def _subsets(items: list[Any]) -> Iterator[tuple[Any, ...]]:
    return chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))

"""A choice without the rooms that add nothing, and visits without gain spent where most live."""

from collections import Counter

from queries.plan_reach import Choice, Problem


def trimmed(problem: Problem, choice: Choice) -> Choice:
    """The same goals in the same visits, through as few rooms as can be told one by one.

    A visit made only for its field or a key date walks the rooms with most students not yet met,
    though each of them is met elsewhere too.
    """
    reached = Counter(n for way in {*choice.taken, *choice.visits} for n in problem.reached_by[way])
    taken = set(choice.taken)
    for floor, visits in choice.visits.items():
        rooms = [room for room in problem.floors[floor] if room in taken]
        for room in sorted(rooms, key=lambda r: (problem.worth[r], -r)):
            if len(taken.intersection(rooms)) > visits and _spare(problem, room, reached):
                taken.remove(room)
                reached.subtract(problem.reached_by[room])
    for floor, visits in choice.visits.items():
        rooms = [room for room in problem.floors[floor] if room in taken]
        if all(_spare(problem, room, reached) for room in rooms):
            instead = _fullest(problem, floor, visits)
            taken = (taken - {*rooms}) | {*instead}
            reached.subtract(n for room in rooms for n in problem.reached_by[room])
            reached.update(n for room in instead for n in problem.reached_by[room])
    return Choice(frozenset(taken), choice.visits)


def _spare(problem: Problem, way: int, reached: Counter[int]) -> bool:
    """Whether everything the way reaches is reached by another too."""
    return all(reached[number] > 1 for number in problem.reached_by[way])


def _fullest(problem: Problem, floor: int, visits: int) -> list[int]:
    rooms = sorted(problem.floors[floor], key=lambda room: problem.worth[room], reverse=True)
    return rooms[: visits * problem.rooms_per_visit]

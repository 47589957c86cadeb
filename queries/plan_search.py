"""The best choice for a problem: exact where it is small, searched and polished where it is not."""

from dataclasses import dataclass
from time import perf_counter

from queries.plan_greedy import greedy
from queries.plan_model import by_every_goal, by_students, students_at_most
from queries.plan_reach import Choice, Problem

SMALL, LARGE = 300, 2500
"""Ways and targets of a problem that walkers share. Up to the first it is solved exactly by every
goal, up to the second by the number of students; beyond, only the bound is computed."""
NODES = 20
"""After so many branches a search finds little more, though it may go on for minutes."""
ROUNDS = 4
"""How often every walker of a shared problem is looked at again; most change nothing after two."""
PATIENCE = 10.0
"""Seconds for a walker alone, who mostly takes hundredths: a guard, not a limit one meets."""


@dataclass(frozen=True)
class Found:
    """A choice, the students no choice can exceed, and whether it was proved best by every goal."""

    choice: Choice
    bound: int
    proved: bool


def best_choice(problem: Problem, until: float) -> Found:
    """Never worse than the greedy choice. `until` is when to stop searching, by perf_counter."""
    size = len(problem.ways) + len(problem.targets)
    if len(problem.duties) == 1 or size <= SMALL:
        return _exact(problem, until)
    choice, bound = polished(problem, greedy(problem)), students_at_most(problem)
    if choice.worth(problem)[0].students < bound and size <= LARGE:
        solved = by_students(problem, until, nodes=NODES)
        bound = min(bound, solved.bound)
        if solved.choice:
            choice = _better(problem, choice, polished(problem, solved.choice))
    return Found(choice, bound, proved=False)


def _exact(problem: Problem, until: float) -> Found:
    solved, usual = by_every_goal(problem, until), greedy(problem)
    best = _better(problem, solved.choice, usual) if solved.choice else usual
    return Found(best, solved.bound, solved.proved)


def polished(problem: Problem, choice: Choice) -> Choice:
    """No walker's own visits can be changed for the better any more, as far as ROUNDS go.

    With the others' visits as they are, each in turn gets the best ones for what is left.
    """
    for _ in range(ROUNDS):
        before = choice.worth(problem)
        for walker in problem.duties:
            choice = _with_best_of(problem, choice, walker)
        if choice.worth(problem) == before:
            break
    return choice


def _with_best_of(problem: Problem, choice: Choice, walker: str) -> Choice:
    others = Choice(
        frozenset(way for way in choice.taken if problem.ways[way].walker != walker),
        {f: visits for f, visits in choice.visits.items() if problem.ways[f].walker != walker},
    )
    own, here = problem.alone(walker, others.met(problem))
    best = by_every_goal(own, perf_counter() + PATIENCE).choice
    if best is None:
        return choice
    made = Choice(
        others.taken | {here[way] for way in best.taken},
        others.visits | {here[floor]: visits for floor, visits in best.visits.items()},
    )
    return _better(problem, choice, made)


def _better(problem: Problem, one: Choice, other: Choice) -> Choice:
    """The first, if they are worth the same."""
    return max(one, other, key=lambda choice: choice.worth(problem))

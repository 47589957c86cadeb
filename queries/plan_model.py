"""The worklist as an integer program: maximum coverage within each walker's periods, by HiGHS."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from queries.plan_reach import Choice, Problem

FINEST = 1e7
"""Goals share one search while their weights add up to less: far inside what the solver's
tolerances can tell apart. Beyond that a goal has a search of its own, with those before kept."""
HALF = 0.5
"""Goals are whole numbers: what lies less than this from one is that one."""
SLACK = 1e-3
"""Far more than the solver errs in a bound, far less than one unit of the last goal."""
LEAST_SECONDS = 0.05
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Solved:
    """The best choice found (None: none in time), the students no choice can exceed, and whether
    every goal was proved to be at its best."""

    choice: Choice | None
    bound: int
    proved: bool


@dataclass(frozen=True)
class Search:
    """What one search maximises: a weight for each column.

    `unit` is the weight of one of its first goal; everything below adds up to less, and is never
    under `lowest`.
    """

    weights: Floats
    unit: float
    span: float
    lowest: float = 0.0


def by_every_goal(problem: Problem, until: float) -> Solved:
    """The choice that is best by students, then days waited, then what is touched, then by how few
    visits it takes. `until` is when to stop, by perf_counter."""
    model = _Model(problem)
    return _solve(model, model.searches(), until)


def by_students(problem: Problem, until: float, *, nodes: int) -> Solved:
    """A choice that reaches most students, whatever else; `nodes` ends the search early, in the
    same place on every machine."""
    model = _Model(problem)
    return _solve(model, [model.first], until, node_limit=nodes)


def students_at_most(problem: Problem) -> int:
    """A bound found at once: what could be reached if rooms and visits could be halved."""
    model = _Model(problem)
    bound = _bound(model.first, model.run(model.first, whole=False))
    return int(model.students.sum()) if bound is None else bound


def _solve(model: "_Model", searches: Iterable[Search], until: float, **options: Any) -> Solved:
    best: Floats | None = None
    bound, proved = None, True
    for search in searches:
        seconds = max(LEAST_SECONDS, until - perf_counter())
        found = model.run(search, time_limit=seconds, **options)
        proved = proved and found.status == 0
        bound = _bound(search, found) if bound is None else bound
        if found.x is None:
            break
        best = model.settled(found.x)
        model.keep(search.weights, float(search.weights @ best))
    return Solved(
        choice=None if best is None else model.choice(best),
        bound=int(model.students.sum()) if bound is None else bound,
        proved=proved,
    )


def _bound(search: Search, found: Any) -> int | None:
    """How many of its first goal a search may find at most, as far as it got."""
    limit = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    if limit is None or not np.isfinite(limit):
        return None
    return int(np.floor((-limit - search.lowest + SLACK) / search.unit))


class _Model:
    """Columns are the ways (rooms and classes: taken or not; floors: visits), then the targets."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ways = len(problem.ways)
        self.columns = self.ways + len(problem.targets)
        self.upper = np.ones(self.columns)
        for floor in problem.floors:
            self.upper[floor] = problem.most_visits(floor)
        goals = np.array([target.goals for target in problem.targets], dtype=float).reshape(-1, 3)
        self.students, self.days, self.touched = np.pad(goals, ((self.ways, 0), (0, 0))).T
        self.visits = np.zeros(self.columns)
        self.visits[[*problem.floors, *problem.classes]] = 1
        self.rows: list[tuple[Mapping[int, float], float, float]] = []
        self._reach()
        self._walk()
        self._stay_within()

    @property
    def first(self) -> Search:
        """The first goal alone."""
        return Search(self.students, 1.0, float(self.students.sum()))

    def searches(self) -> Iterator[Search]:
        """The goals in their order, as many in one search as FINEST lets be weighed together."""
        most = float(sum(duty.visits for duty in self.problem.duties.values()))
        made = self.first
        below = (
            Search(self.days, 1.0, float(self.days.sum())),
            Search(self.touched, 1.0, float(self.touched.sum())),
            Search(-self.visits, 1.0, most, -most),
        )
        for goal in below:
            scale = goal.span + 1
            if made.span * scale + goal.span > FINEST:
                yield made
                made = goal
            else:
                weights = made.weights * scale + goal.weights
                span = made.span * scale + goal.span
                made = Search(weights, made.unit * scale, span, goal.lowest)
        yield made

    def run(self, search: Search, *, whole: bool = True, **options: Any) -> Any:
        """HiGHS, until no choice can be better by a whole unit of the last goal.

        Whether a target is reached follows from the ways, so that only these must be whole.
        """
        ways = np.arange(self.columns) < self.ways
        return milp(
            -search.weights,
            integrality=(ways & whole).astype(np.int8),
            bounds=Bounds(np.zeros(self.columns), self.upper),
            constraints=self._constraints(),
            options={"mip_rel_gap": HALF / max(1.0, search.span), **options},
        )

    def settled(self, x: Floats) -> Floats:
        """The solution with whole numbers, and with every target reached that its ways reach."""
        whole = np.rint(x)
        for number, target in enumerate(self.problem.targets, start=self.ways):
            whole[number] = float(whole[list(target.ways)].any())
        return whole

    def keep(self, weights: Floats, value: float) -> None:
        """Later searches may not fall below what was reached."""
        row = {int(n): float(weights[n]) for n in np.flatnonzero(weights)}
        self.rows.append((row, value - HALF, np.inf))

    def choice(self, x: Floats) -> Choice:
        """What a solution takes."""
        visits = {floor: int(x[floor]) for floor in self.problem.floors if x[floor]}
        stops = [*self.problem.classes, *(r for f in visits for r in self.problem.floors[f])]
        return Choice(frozenset(stop for stop in stops if x[stop]), visits)

    def _reach(self) -> None:
        """A target is reached by a way that is taken."""
        for number, target in enumerate(self.problem.targets, start=self.ways):
            self.rows.append(({number: 1.0, **dict.fromkeys(target.ways, -1.0)}, -np.inf, 0))

    def _walk(self) -> None:
        """A visit of a floor goes through one room at least and so many at most; the last row says
        no more about whole visits, but much about the halves that the solver starts from."""
        for floor, rooms in self.problem.floors.items():
            taken = dict.fromkeys(rooms, 1.0)
            self.rows.append(({**taken, floor: -float(self.problem.rooms_per_visit)}, -np.inf, 0))
            self.rows.append(({**taken, floor: -1.0}, 0, np.inf))
            self.rows += [({room: 1.0, floor: -1.0}, -np.inf, 0) for room in rooms]

    def _stay_within(self) -> None:
        """Each walker's visits: all of them, and those of each field."""
        for name, duty in self.problem.duties.items():
            mine = [way.walker == name for way in self.problem.ways]
            floors = {floor: 1.0 for floor in self.problem.floors if mine[floor]}
            classes = {stop: 1.0 for stop in self.problem.classes if mine[stop]}
            self.rows.append((floors | classes, 0, duty.visits))
            self.rows.append((floors, duty.floors_least, np.inf))
            self.rows.append((classes, duty.classes_least, duty.classes_most))

    def _constraints(self) -> LinearConstraint:
        entries = [
            (number, column, value)
            for number, (row, _, _) in enumerate(self.rows)
            for column, value in row.items()
        ]
        rows, columns, values = zip(*entries, strict=True)
        shape = (len(self.rows), self.columns)
        matrix = coo_array((values, (rows, columns)), shape=shape).tocsr()
        _, lower, upper = zip(*self.rows, strict=True)
        return LinearConstraint(matrix, lower, upper)

"""Worklist 智能推荐: the visits that reach most students not yet met, and when to make them.

A maximum-coverage problem: `plan_instance` says what it is made from, `plan_reach` who is reached
by what, `plan_model` finds the best choice, `plan_greedy` the usual one to compare it with,
`plan_trim` leaves out idle rooms, `plan_stops` and `plan_schedule` turn a choice into visits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter

from queries.plan_greedy import greedy
from queries.plan_instance import NOTHING, Goals, Instance, KeyDate, Slot
from queries.plan_reach import (
    CONCERN,
    KEY_DATE,
    Extra,
    Problem,
    Reach,
    Way,
    reach,
    weekly_visits,
)
from queries.plan_schedule import Timetable
from queries.plan_search import Found, best_choice
from queries.plan_stops import Stop, stops_of
from queries.plan_trim import trimmed

NO_PERIODS, NOBODY_LEFT, OUT_OF_REACH = "no_periods", "nobody_left", "out_of_reach"
"""Why a plan is empty: no period to go in, nothing left to do, or nobody who could do it."""


@dataclass(frozen=True)
class Visit:
    """One visit of 40 minutes: through rooms (ids, in walking order) of a floor, or to a class.

    `adds` are the students whom no earlier visit of the plan reaches, `covered` how many the plan
    has reached by its end. `concerns` and `key_dates` are those that no earlier visit touches.
    """

    week: int
    slot: Slot
    walker: str
    building: str
    floor: str
    rooms: tuple[str, ...]
    class_name: str
    adds: tuple[str, ...]
    concerns: tuple[str, ...]
    key_dates: tuple[str, ...]
    covered: int


@dataclass(frozen=True)
class Plan:
    """Visits by time, and how good they are.

    `bound` is a number of students that no plan within the rules can exceed; `greedy` is what the
    greedy choice reaches. `exact` says that the other goals too were proved to be at their best for
    each part of the walkers. `unmet` counts the students the plan was made for; `unreachable` are
    those whom no walker can reach. `reason` says why there is no visit.
    """

    visits: tuple[Visit, ...] = ()
    value: Goals = NOTHING
    greedy: Goals = NOTHING
    bound: int = 0
    exact: bool = True
    unmet: int = 0
    unreachable: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = field(default=0.0, compare=False)

    @property
    def optimal(self) -> bool:
        """Whether no plan within the rules can reach more students."""
        return self.value.students >= self.bound

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of the bound."""
        return _gap(self.bound, self.value.students)

    @property
    def greedy_gap(self) -> float:
        """The same for the greedy choice."""
        return _gap(self.bound, self.greedy.students)


@dataclass(frozen=True)
class _Laid:
    """The visits of one way of choosing for the whole instance."""

    visits: tuple[Visit, ...]
    value: Goals
    bound: int
    proved: bool


def solve(instance: Instance) -> Plan:
    """The best plan for an instance; never worse than the greedy one."""
    begun = perf_counter()
    reached = reach(instance)
    known = {s.id for students in reached.alike.values() for s in students}
    missed = tuple(sorted(s.id for s in instance.students if s.id not in known))
    count = len(instance.students)
    if reason := _reason(instance, reached):
        return Plan(reason=reason, unmet=count, unreachable=missed)
    usual = _lay(reached, lambda problem: Found(greedy(problem), 0, proved=False))
    until = begun + instance.rules.seconds
    best = _lay(reached, lambda problem: best_choice(problem, until))
    kept = max(best, usual, key=lambda laid: laid.value)
    return Plan(
        visits=kept.visits,
        value=kept.value,
        greedy=usual.value,
        bound=best.bound,
        exact=best.proved and kept is best,
        unmet=count,
        unreachable=missed,
        seconds=perf_counter() - begun,
    )


def _reason(instance: Instance, reached: Reach) -> str:
    if not any(sum(weekly_visits(instance, walker).values()) for walker in instance.walkers):
        return NO_PERIODS
    if not (instance.students or instance.concerns):
        return NOBODY_LEFT
    return "" if reached.stops else OUT_OF_REACH


def _lay(reached: Reach, choose: Callable[[Problem], Found]) -> _Laid:
    """Choose for one problem after another, each with what those before left open, and schedule."""
    instance = reached.instance
    walkers = {walker.id: walker for walker in instance.walkers}
    log = _Log(reached)
    bound, proved = 0, True
    for names in reached.parts():
        problem = reached.problem(names, [e for e in reached.extras if e not in log.touched])
        chosen = choose(problem)
        bound, proved = bound + chosen.bound, proved and chosen.proved
        choice = trimmed(problem, chosen.choice)
        for name in names:
            open_ = [k for k in instance.key_dates if (KEY_DATE, k.id) not in log.touched]
            timetable = Timetable(instance, walkers[name], problem.duties[name], open_)
            log.write(timetable.lay(stops_of(problem, choice, name)))
    visits = tuple(log.visits())
    students = {s.id: s for s in instance.students}
    met = [students[name] for visit in visits for name in visit.adds]
    value = Goals(len(met), sum(s.waited for s in met), len(log.touched))
    return _Laid(visits, value, bound, proved)


class _Log:
    """Visits as they are laid down, and which concerns and key dates they touch."""

    def __init__(self, reached: Reach) -> None:
        self.instance = reached.instance
        self.entries: list[tuple[Slot, Stop]] = []
        self.touched: set[Extra] = set()
        self.met_on: dict[Way, list[str]] = defaultdict(list)
        self.raised_on: dict[Way, list[Extra]] = defaultdict(list)
        for ways, students in reached.alike.items():
            for way in ways:
                self.met_on[way] += [s.id for s in students]
        for extra, ways in reached.extras.items():
            for way in ways if extra[0] == CONCERN else ():
                self.raised_on[way].append(extra)
        self.key_dates: dict[str, list[KeyDate]] = defaultdict(list)
        for key_date in sorted(self.instance.key_dates, key=lambda k: k.id):
            self.key_dates[key_date.building].append(key_date)

    def write(self, laid: list[tuple[Slot, Stop]]) -> None:
        """Take down a walker's visits."""
        self.entries += laid
        for slot, stop in laid:
            self.touched.update(self._touched(slot, stop))

    def visits(self) -> Iterator[Visit]:
        """All of them by time, each with what those before it leave to it."""
        met: set[str] = set()
        seen: set[Extra] = set()
        for slot, stop in sorted(self.entries, key=lambda e: (e[0], e[1].way)):
            found = {name for way in (stop.way, *stop.rooms) for name in self.met_on[way]} - met
            touched = sorted(self._touched(slot, stop) - seen)
            met |= found
            seen.update(touched)
            yield Visit(
                week=self.instance.week(slot.day),
                slot=slot,
                walker=stop.way.walker,
                building=stop.way.building,
                floor=stop.way.floor,
                rooms=tuple(room.room for room in stop.rooms),
                class_name=stop.way.class_name,
                adds=tuple(sorted(found)),
                concerns=tuple(name for kind, name in touched if kind == CONCERN),
                key_dates=tuple(name for kind, name in touched if kind == KEY_DATE),
                covered=len(met),
            )

    def _touched(self, slot: Slot, stop: Stop) -> set[Extra]:
        concerns = {e for way in (stop.way, *stop.rooms) for e in self.raised_on[way]}
        windows = self.key_dates.get(stop.way.building, ())
        return concerns | {(KEY_DATE, k.id) for k in windows if k.open_on(slot.day)}


def _gap(bound: int, value: int) -> float:
    return (bound - value) / bound if bound else 0.0

"""Measure the worklist: time, and how far solver and greedy choice are from the best bound.

`python -m tests.benchmarks.worklist`. Colleges are drawn as they are on campuses: classes of 30 by
counselor, rooms of four that classmates mostly share, a third of the students never met.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from time import process_time

import numpy as np

from queries.plan import Plan, solve
from queries.plan_instance import Concern, Instance, KeyDate, Room, Rules, Slot, Unmet, Walker
from tests.benchmarks.report import table
from tests.benchmarks.spread import Spread

MONDAY = date(2026, 11, 23)
PERIODS = (
    ("上午", time(10), time(10, 40)),
    ("中午", time(12, 30), time(13, 10)),
    ("下午", time(16, 30), time(17, 10)),
    ("晚上", time(19), time(19, 40)),
)
CLASS, ROOM, FLOOR, LEVELS = 30, 4, 22, 6
"""Students of a class and a room, rooms of a floor, floors of a building."""
PER_COUNSELOR = 190
NEVER_MET, MOST_DAYS = 0.3, 120
MIXED = 0.15
"""Of the students of a room so many live with people of another class."""
CONCERNS = 0.02
AIM = "目标：一个学院一周的走访单 2 s 以内"
HEADS = ("情形", "学生", "辅导员", "房间", "秒 p50", "p95", "处理器秒 p50", "p95")
HEADS = (*HEADS, "求解差距 p50", "最大", "贪心差距 p50", "最大", "证明最多", "覆盖")


@dataclass(frozen=True)
class Case:
    """What is planned: students, visits a week, weeks, and whatever differs from the usual."""

    name: str
    students: int
    visits: int
    weeks: int = 1
    left: float = 1.0
    classes: bool = True
    served: bool = False


CASES = (
    Case("2 万人校园的学院，每周 20 次", 1700, 20),
    Case("同上，每周 5 次", 1700, 5),
    Case("同上，每周 3 次", 1700, 3),
    Case("同上，只走公寓，每周 5 次", 1700, 5, classes=False),
    Case("同上，一半已见，每周 3 次", 1700, 3, left=0.5),
    Case("同上，四周，每周 20 次", 1700, 20, weeks=4),
    Case("同上，四周，每周 2 次", 1700, 2, weeks=4),
    Case("4 万人校园的学院，每周 20 次", 3400, 20),
    Case("同上，每周 5 次", 3400, 5),
    Case("同上，四周，每周 5 次", 3400, 5, weeks=4),
    Case("一名辅导员，每周 5 次", 190, 5),
    Case("一栋楼，含楼宇辅导员，每周 3 次", 700, 3, classes=False, served=True),
    Case("同上，四周，每周 3 次", 700, 3, weeks=4, classes=False, served=True),
)


def main() -> None:
    """Draw, solve, print; nothing is judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.worklist")
    parser.add_argument("--each", type=int, default=20, help="每种情形抽几次，默认 20")
    each = parser.parse_args().each
    rows = [_row(case, [_solved(case, seed) for seed in range(each)]) for case in CASES]
    title = f"走访单：每种情形 {each} 个样本，每次走访至多 8 间。{AIM}"
    sys.stdout.write(table(title, HEADS, rows) + "\n")


@dataclass(frozen=True)
class Solved:
    """An instance, its plan, and the processor's seconds: other work on the machine does not count,
    while it does in the plan's own seconds."""

    instance: Instance
    plan: Plan
    processor: float


def _solved(case: Case, seed: int) -> Solved:
    sys.stderr.write(f"\r{case.name} {seed + 1} ")
    instance = drawn(case, np.random.default_rng(seed))
    begun = process_time()
    plan = solve(instance)
    return Solved(instance, plan, process_time() - begun)


def _row(case: Case, solved: list[Solved]) -> tuple[str, ...]:
    instance, plans = solved[0].instance, [each.plan for each in solved]
    took = Spread.of([plan.seconds for plan in plans])
    worked = Spread.of([each.processor for each in solved])
    return (
        case.name,
        f"{len(instance.students):,}",
        str(len(instance.walkers)),
        str(len({s.room for s in instance.students})),
        *(f"{value:.2f}" for value in (took.p50, took.p95, worked.p50, worked.p95)),
        *_gaps(plans, lambda plan: plan.gap),
        *_gaps(plans, lambda plan: plan.greedy_gap),
        f"{sum(plan.optimal for plan in plans)}/{len(plans)}",
        f"{np.median([plan.value.students / plan.unmet for plan in plans]):.0%}",
    )


def _gaps(plans: list[Plan], gap: Callable[[Plan], float]) -> tuple[str, str]:
    found = [gap(plan) for plan in plans]
    return f"{np.median(found):.2%}", f"{max(found):.2%}"


def drawn(case: Case, rng: np.random.Generator) -> Instance:
    """A college of classes in rooms, or the residents of one building that somebody serves."""
    rooms = _rooms(-(-case.students // ROOM), case)
    kept = tuple(student for student in _students(case, rng) if rng.random() < case.left)
    slots = _slots(case.weeks)
    names = sorted({s.counselor for s in kept})
    walkers = [Walker(name, slots, weekly=case.visits) for name in names]
    if case.served:
        walkers.append(Walker("b", slots, frozenset({"B0"}), case.visits))
    buildings = sorted({room.building for room in rooms})
    return Instance(
        MONDAY,
        tuple(walkers),
        rooms,
        kept,
        tuple(_concerns(kept, rng)),
        tuple(KeyDate(f"n{b}", b, MONDAY, MONDAY + timedelta(2)) for b in buildings),
        Rules(both_fields=case.classes),
    )


def _students(case: Case, rng: np.random.Generator) -> tuple[Unmet, ...]:
    """Classmates fill rooms in turn; a few change places with anybody. Who lives in one building
    belongs to four times as many counselors, who have others elsewhere."""
    number = np.arange(case.students)
    places = number.copy()
    moved = np.flatnonzero(rng.random(case.students) < MIXED)
    places[moved] = rng.permutation(places[moved])
    group = number // CLASS
    counselors = max(1, round(case.students / PER_COUNSELOR)) * (4 if case.served else 1)
    never = rng.random(case.students) < NEVER_MET
    days = rng.integers(1, MOST_DAYS, case.students)
    return tuple(
        Unmet(
            f"s{n:05}",
            f"k{group[n] % counselors:03}",
            f"r{places[n] // ROOM:05}",
            f"c{group[n]:03}" if case.classes else "",
            None if never[n] else int(days[n]),
        )
        for n in number
    )


def _rooms(number: int, case: Case) -> tuple[Room, ...]:
    per_building = number if case.served else FLOOR * LEVELS
    floors = [f"{n // per_building}-{n // FLOOR}" for n in range(number)]
    return tuple(
        Room(f"r{n:05}", f"{n // FLOOR + 1}{n % FLOOR + 1:02}", floors[n], f"B{n // per_building}")
        for n in range(number)
    )


def _concerns(students: tuple[Unmet, ...], rng: np.random.Generator) -> Iterator[Concern]:
    for student in students:
        if rng.random() < CONCERNS:
            yield Concern(f"q{student.id}", student.counselor, "", student.room, student.class_name)


def _slots(weeks: int) -> tuple[Slot, ...]:
    days = [MONDAY + timedelta(weeks=week, days=day) for week in range(weeks) for day in range(5)]
    return tuple(
        Slot(day, starts, ends, period) for day in days for period, starts, ends in PERIODS
    )


if __name__ == "__main__":
    main()

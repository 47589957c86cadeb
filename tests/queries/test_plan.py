"""Worklists by hand: one week of evenings from Monday 11-23, in buildings small enough to see.

Room A11 is in building A on its floor 1. `live(5, "A11")` are five students of counselor k there,
never met; `learn` puts them into a class. Plans are checked against every choice there is in
`plan_brute_force`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import count, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.plan import NO_PERIODS, NOBODY_LEFT, OUT_OF_REACH, Plan, Visit, solve
from queries.plan_instance import (
    LONGEST,
    Concern,
    Goals,
    Instance,
    KeyDate,
    Room,
    Rules,
    Slot,
    Unmet,
    Walker,
)
from queries.plan_reach import Choice, reach
from queries.plan_trim import trimmed
from tests.queries import plan_brute_force

MONDAY = date(2026, 11, 23)
FREELY = Rules(both_fields=False)
ONE_ROOM = replace(FREELY, rooms_per_visit=1)
CLOCK = {"上午": time(10), "中午": time(12, 30), "下午": time(16), "晚上": time(19)}
NEVER = LONGEST + 1


def slot(day: int, period: str = "晚上") -> Slot:
    """A period on a day counted from the Monday."""
    starts = CLOCK[period]
    return Slot(MONDAY + timedelta(day), starts, starts.replace(minute=50), period)


def evenings(number: int, name: str = "k", serves: str = "") -> Walker:
    """A counselor with so many evenings from Monday, who serves these buildings."""
    return Walker(name, tuple(slot(day) for day in range(number)), frozenset(serves))


def room(code: str) -> Room:
    return Room(code, code, f"{code[0]}-{code[1]}", code[0])


_numbers = count()


def live(
    number: int, code: str = "", learn: str = "", of: str = "k", days: int | None = None
) -> tuple[Unmet, ...]:
    """So many students of a counselor in a room, a class, or both."""
    return tuple(Unmet(f"s{next(_numbers):04}", of, code, learn, days) for _ in range(number))


def plan(
    walkers: tuple[Walker, ...],
    *groups: tuple[Unmet, ...],
    rules: Rules = FREELY,
    concerns: tuple[Concern, ...] = (),
    key_dates: tuple[KeyDate, ...] = (),
    also: tuple[str, ...] = (),
) -> Plan:
    """The plan for these students; `also` are rooms where none of them lives."""
    students = tuple(student for group in groups for student in group)
    codes = {s.room for s in students if s.room} | {*also}
    rooms = tuple(room(code) for code in sorted(codes))
    return solve(Instance(MONDAY, walkers, rooms, students, concerns, key_dates, rules))


def went(made: Plan) -> set[str]:
    """The rooms and classes of a plan."""
    return {place for v in made.visits for place in (*v.rooms, v.class_name) if place}


def test_a_visit_walks_the_rooms_of_one_floor() -> None:
    made = plan((evenings(1),), live(2, "A11"), live(1, "A12"), live(4, "A21"))
    assert went(made) == {"A21"}
    assert made.value.students == 4
    assert made.bound == 4
    assert made.unmet == 7
    both = plan((evenings(2),), live(2, "A11"), live(1, "A12"), live(4, "A21"))
    assert [v.rooms for v in both.visits] == [("A21",), ("A11", "A12")]
    assert [v.covered for v in both.visits] == [4, 7]


def test_the_solver_beats_the_greedy_choice() -> None:
    """The class has four, the largest of all; but both rooms together have six, two of its four
    each. Greedy goes to the class, then adds one: five."""
    made = plan(
        (evenings(2),),
        live(2, "A11", "X") + live(1, "A11"),
        live(2, "A21", "X") + live(1, "A21"),
        rules=ONE_ROOM,
    )
    assert made.greedy.students == 5
    assert made.value.students == made.bound == 6
    assert went(made) == {"A11", "A21"}
    assert (made.gap, made.greedy_gap) == (0.0, 1 / 6)
    assert made.optimal
    assert made.exact


@pytest.mark.parametrize("waited", tuple(permutations((None, 10, 20))))
def test_the_solver_weighs_waiting_where_greedy_is_not_best(waited: tuple[int | None, ...]) -> None:
    """Any two rooms have 20, the class and a room 18; of the rooms the two that waited longest."""
    rooms = dict(zip(waited, ("A11", "A21", "A31"), strict=True))
    groups = [live(4, at, "X", days=d) + live(6, at, days=d) for d, at in rooms.items()]
    made = plan((evenings(2),), *groups, rules=ONE_ROOM)
    assert made.greedy.students == 18
    assert made.value == Goals(20, 10 * NEVER + 200, 0)
    assert went(made) == {rooms[None], rooms[20]}


def test_the_greedy_choice_counts_only_whom_it_has_not_reached() -> None:
    made = plan((evenings(2),), live(3, "A11", "X"), live(1, "", "X"), live(2, "A21"))
    assert made.greedy.students == 6


def test_of_two_counselors_in_a_room_each_meets_their_own() -> None:
    groups = live(2, "A11"), live(3, "A11", of="m")
    alone = plan((evenings(1),), *groups)
    assert alone.value.students == 2
    assert len(alone.unreachable) == 3
    both = plan((evenings(1), evenings(1, "m")), *groups)
    assert both.value.students == 5
    assert {v.walker: len(v.adds) for v in both.visits} == {"k": 2, "m": 3}


def test_the_buildings_counselor_meets_everybody_in_it() -> None:
    made = plan((evenings(1, "b", "A"),), live(2, "A11"), live(3, "A11", of="m"), live(9, "B11"))
    assert made.value.students == 5
    assert len(made.unreachable) == 9


def test_who_is_met_twice_counts_once() -> None:
    """The building's counselor would rather go to the four of k; but k can do that, and nobody else
    can go to the three. Greedy leaves k nothing to do."""
    walkers = evenings(1), evenings(1, "b", "A")
    made = plan(walkers, live(4, "A11"), live(3, "A21", of="gone"))
    assert made.value.students == 7
    assert {v.walker: v.rooms for v in made.visits} == {"k": ("A11",), "b": ("A21",)}


def test_class_and_room_meet_the_same_student_once() -> None:
    made = plan((evenings(2),), live(3, "A11", "X"), live(2, "A12", "X"), live(1, "", "X"))
    assert made.value == Goals(6, 6 * NEVER, 0)
    assert went(made) == {"X"}  # rooms would add nobody, so nobody is sent there
    assert len(made.visits) == 1


def test_more_students_outweigh_any_waiting() -> None:
    made = plan((evenings(1),), live(2, "A11", days=0), live(1, "A21"))
    assert went(made) == {"A11"}
    assert made.value == Goals(2, 0, 0)


def test_of_as_many_students_the_longest_waiting_come_first() -> None:
    made = plan((evenings(1),), live(1, "A11", days=90), live(1, "A21", days=91))
    assert went(made) == {"A21"}
    never = plan((evenings(1),), live(1, "A11", days=4000), live(1, "A21"))
    assert went(never) == {"A21"}


def test_of_equals_concerns_decide_and_a_day_outweighs_them() -> None:
    concerns = tuple(Concern(f"c{n}", "k", room="A21") for n in range(3))
    equal = plan((evenings(1),), live(1, "A11"), live(1, "A21"), concerns=concerns)
    assert went(equal) == {"A21"}
    assert equal.visits[0].concerns == ("c0", "c1", "c2")
    later = plan((evenings(1),), live(1, "A11", days=8), live(1, "A21", days=7), concerns=concerns)
    assert went(later) == {"A11"}
    assert later.value == Goals(1, 8, 0)


BOTH = Rules()


def test_a_week_reaches_both_fields() -> None:
    """Two floors of five are more than one and a class of one: unless both fields are asked of."""
    groups = live(5, "A11"), live(5, "A21"), live(1, "", "X")
    assert plan((evenings(2),), *groups).value.students == 10
    made = plan((evenings(2),), *groups, rules=BOTH)
    assert made.value.students == made.bound == made.greedy.students == 6
    assert "X" in went(made)
    assert plan((evenings(1),), *groups, rules=BOTH).value.students == 5  # no time for two


def test_apartments_are_a_field_too_even_if_nobody_is_added_there() -> None:
    """The class holds everyone; the visit that the rule asks for goes where most of them live."""
    groups = live(2, "A11", "X"), live(3, "A12", "X"), live(4, "A21", "X")
    made = plan((evenings(4),), *groups, rules=BOTH)
    assert made.value.students == 9
    assert went(made) == {"X", "A11", "A12"}
    assert len(made.visits) == 2


def test_each_week_reaches_both_fields() -> None:
    walker = Walker("k", tuple(slot(day) for day in (0, 1, 7, 8)))
    groups = live(9, "A11"), live(8, "A21"), live(3, "", "X"), live(2, "", "Y"), live(1, "", "Z")
    made = plan((walker,), *groups, rules=BOTH)
    weeks = [(v.week, bool(v.class_name)) for v in made.visits]
    assert sorted(weeks) == [(1, False), (1, True), (2, False), (2, True)]
    assert went(made) == {"A11", "A21", "X", "Y"}


@pytest.mark.parametrize(
    ("rooms", "classes"),
    [
        ({"A11": 9, "A21": 8, "B11": 7, "B21": 6}, {"X": 2, "Y": 1}),
        ({"A11": 2, "A21": 1}, {"W": 9, "X": 8, "Y": 7, "Z": 6}),
    ],
)
def test_the_rarer_field_is_spread_over_the_weeks(
    rooms: dict[str, int], classes: dict[str, int]
) -> None:
    walker = Walker("k", tuple(slot(day) for day in (0, 1, 2, 7, 8, 9)))
    housed = [live(number, code) for code, number in rooms.items()]
    learning = [live(number, "", name) for name, number in classes.items()]
    made = plan((walker,), *housed, *learning, rules=BOTH)
    assert len(made.visits) == 6
    for week in (1, 2):
        assert {bool(v.class_name) for v in made.visits if v.week == week} == {True, False}


def test_no_class_is_asked_for_where_none_has_anybody_left() -> None:
    made = plan((evenings(2),), live(2, "A11"), live(2, "A21"), rules=BOTH)
    assert made.value.students == 4


def test_class_visits_can_be_limited() -> None:
    groups = live(5, "", "X"), live(4, "", "Y"), live(1, "A11")
    made = plan((evenings(3),), *groups, rules=replace(FREELY, weekly_classes=1))
    assert went(made) == {"X", "A11"}
    assert made.bound == made.value.students == 6


def test_floors_leave_each_week_the_class_it_may_have() -> None:
    """Two classes, one a week at most: the floors, though larger, may not fill the first week."""
    walker = Walker("k", tuple(slot(day) for day in (0, 1, 7, 8)))
    groups = live(9, "A11"), live(8, "A21"), live(3, "", "X"), live(2, "", "Y")
    made = plan((walker,), *groups, rules=replace(FREELY, weekly_classes=1))
    assert made.value.students == 22
    assert [v.week for v in made.visits if v.class_name] == [1, 2]


def test_rooms_of_a_visit_can_be_limited() -> None:
    rooms = live(1, "A11"), live(3, "A12"), live(2, "A13")
    assert plan((evenings(1),), *rooms, rules=ONE_ROOM).value.students == 3
    two = plan((evenings(1),), *rooms, rules=replace(FREELY, rooms_per_visit=2))
    assert went(two) == {"A12", "A13"}
    with pytest.raises(ValueError, match="one room"):
        Rules(rooms_per_visit=0)


def test_a_long_floor_is_walked_in_stretches() -> None:
    rooms = tuple(Room(f"r{n}", f"A{n}", "f", "A") for n in range(1, 13))
    students = tuple(Unmet(f"s{n}", "k", f"r{n}") for n in range(1, 13))
    rules = replace(FREELY, rooms_per_visit=5)
    made = solve(Instance(MONDAY, (evenings(9),), rooms, students, rules=rules))
    stretches = [tuple(f"r{n}" for n in range(start, start + 4)) for start in (1, 5, 9)]
    assert sorted(v.rooms for v in made.visits) == sorted(stretches)  # natural order: 9, 10, 11


def test_fewer_periods_in_a_week_than_slots() -> None:
    walker = replace(evenings(5), weekly=1)
    made = plan((walker,), live(2, "A11"), live(3, "A21"))
    assert made.value.students == 3
    assert len(made.visits) == 1


@pytest.mark.parametrize(
    ("walkers", "students", "reason"),
    [
        ((), live(1, "A11"), NO_PERIODS),
        ((evenings(0),), live(1, "A11"), NO_PERIODS),
        ((replace(evenings(3), weekly=0),), live(1, "A11"), NO_PERIODS),
        ((evenings(3),), (), NOBODY_LEFT),
        ((evenings(3),), live(2), OUT_OF_REACH),
        ((evenings(3),), live(2, "A11", of="m"), OUT_OF_REACH),
    ],
)
def test_an_empty_plan_says_why(
    walkers: tuple[Walker, ...], students: tuple[Unmet, ...], reason: str
) -> None:
    made = plan(walkers, students)
    assert made.reason == reason
    assert made.visits == ()
    assert made.unmet == len(made.unreachable) == len(students)
    assert (made.bound, made.gap, made.greedy_gap) == (0, 0.0, 0.0)


def test_a_room_that_is_not_known_is_no_way_to_anybody() -> None:
    students = (Unmet("s1", "k", "lost"), Unmet("s2", "k", "A11"))
    made = solve(Instance(MONDAY, (evenings(1),), (room("A11"),), students))
    assert made.unreachable == ("s1",)


def test_a_key_date_is_visited_inside_its_window() -> None:
    thursday = KeyDate("n", "A", MONDAY + timedelta(3), MONDAY + timedelta(3))
    made = plan((evenings(5),), live(2, "A11"), live(9, "B11"), key_dates=(thursday,))
    assert [(v.slot.day.weekday(), v.building) for v in made.visits] == [(0, "B"), (3, "A")]
    assert made.visits[1].key_dates == ("n",)
    assert made.value.touched == 1
    closed = KeyDate("n", "A", MONDAY + timedelta(5), MONDAY + timedelta(6))
    late = plan((evenings(5),), live(2, "A11"), key_dates=(closed,))
    assert late.value == Goals(2, 2 * NEVER, 0)


def test_windows_that_overlap_take_one_visit() -> None:
    windows = (
        KeyDate("early", "A", MONDAY, MONDAY + timedelta(2)),
        KeyDate("late", "A", MONDAY + timedelta(2), MONDAY + timedelta(4)),
    )
    made = plan((evenings(5),), live(2, "A11"), key_dates=windows)
    assert [v.slot.day.weekday() for v in made.visits] == [2]
    assert made.visits[0].key_dates == ("early", "late")


def test_scarce_windows_are_kept_free_for_their_building() -> None:
    """Only Monday's evening is inside both windows' week; A's window is that evening alone."""
    windows = (
        KeyDate("a", "A", MONDAY, MONDAY),
        KeyDate("b", "B", MONDAY, MONDAY + timedelta(1)),
    )
    made = plan((evenings(2),), live(1, "A11"), live(9, "B11"), key_dates=windows)
    assert [v.building for v in made.visits] == ["A", "B"]
    assert made.value.touched == 2


def test_a_buildings_visits_stand_next_to_each_other() -> None:
    groups = live(9, "A11"), live(8, "B11"), live(7, "A21"), live(6, "B21"), live(5, "A31")
    made = plan((evenings(5),), *groups)
    assert [v.rooms[0] for v in made.visits] == ["A11", "A21", "A31", "B11", "B21"]


def test_most_students_are_met_in_the_first_week() -> None:
    walker = Walker("k", tuple(slot(day) for day in (0, 1, 7)))
    made = plan((walker,), live(2, "A11"), live(9, "B11"), live(5, "A21"))
    assert [(v.week, v.rooms[0]) for v in made.visits] == [(1, "B11"), (1, "A21"), (2, "A11")]


def test_classes_fill_the_periods_in_which_there_are_classes() -> None:
    periods = "上午", "中午", "下午", "晚上"
    walker = Walker("k", tuple(slot(0, period) for period in periods))
    made = plan((walker,), live(9, "A11"), live(8, "A21"), live(7, "", "X"), live(6, "", "Y"))
    assert [(v.slot.period, v.class_name) for v in made.visits] == [
        ("上午", "X"),
        ("中午", ""),
        ("下午", "Y"),
        ("晚上", ""),
    ]


def test_concerns_are_touched_by_whom_they_concern() -> None:
    concerns = (
        Concern("anybody's", room="A11"),
        Concern("m's", "m", room="A11"),
        Concern("in class", "k", class_name="X"),
        Concern("of the building", building="A"),
        Concern("m's of the building", "m", building="A"),
    )
    made = plan((evenings(3),), live(1, "A11"), live(1, "", "X"), concerns=concerns)
    assert {c for v in made.visits for c in v.concerns} == {
        "anybody's",
        "in class",
        "of the building",
    }
    serving = plan((evenings(1, "b", "A"),), live(1, "A11"), concerns=concerns)
    assert {*serving.visits[0].concerns} == {*(c.id for c in concerns)} - {"in class"}


def test_a_concern_alone_is_worth_a_visit() -> None:
    made = plan((evenings(2),), concerns=(Concern("c", "k", room="A11"),), also=("A11",))
    assert went(made) == {"A11"}
    assert made.value == Goals(0, 0, 1)


def test_what_one_part_touches_is_not_counted_again_in_another() -> None:
    """k and m share nobody; both could go to A in its window, and either alone is enough."""
    window = (KeyDate("n", "A", MONDAY, MONDAY + timedelta(6)),)
    made = plan(
        (evenings(1), evenings(1, "m")), live(1, "A11"), live(1, "A12", of="m"), key_dates=window
    )
    assert made.value == Goals(2, 2 * NEVER, 1)
    assert [v.key_dates for v in made.visits] == [("n",), ()]
    other = KeyDate("o", "B", MONDAY, MONDAY + timedelta(6))
    chosen = plan(
        (evenings(1), evenings(1, "m")),
        live(1, "A11"),
        live(1, "A12", of="m") + live(1, "B11", of="m"),
        key_dates=(*window, other),
    )
    assert went(chosen) == {"A11", "B11"}


CODES = ("A11", "A12", "A21", "B11")
PEOPLE = ("k", "m", "b", "gone")


@st.composite
def instances(draw: st.DrawFn, *, walkers: int) -> Instance:
    """At most 8 students and 4 rooms; windows of key dates hold every period."""
    names = ("k", "b")[:walkers]
    who = st.sampled_from(PEOPLE)
    place, group = st.sampled_from(("", *CODES)), st.sampled_from(("", "X", "Y"))
    days = st.none() | st.integers(0, 3)
    student = st.tuples(who, place, group, days)
    found = draw(st.lists(student, max_size=8))
    raised = draw(st.lists(st.tuples(who | st.just(""), place, group), max_size=3))
    dates = draw(st.sets(st.sampled_from("AB")))
    serves = draw(st.sampled_from(("", "A", "AB"))) if walkers > 1 else ""
    return Instance(
        MONDAY,
        tuple(evenings(draw(st.integers(0, 3)), n, serves if n == "b" else "") for n in names),
        tuple(room(code) for code in CODES),
        tuple(Unmet(f"s{n}", *each) for n, each in enumerate(found)),
        tuple(
            Concern(f"c{n}", of, code[:1] or "A", code, learn)
            for n, (of, code, learn) in enumerate(raised)
        ),
        tuple(KeyDate(f"d{b}", b, MONDAY, MONDAY + timedelta(6)) for b in sorted(dates)),
        Rules(draw(st.integers(1, 3)), both_fields=draw(st.booleans())),
    )


@settings(max_examples=300, deadline=None)
@given(instances(walkers=1))
def test_no_choice_of_one_walker_is_better(instance: Instance) -> None:
    made = solve(instance)
    assert made.value == plan_brute_force.best(instance)
    assert made.bound == made.value.students
    assert made.exact
    assert_sound(instance, made)


@settings(max_examples=200, deadline=None)
@given(instances(walkers=2))
def test_no_choice_of_two_walkers_meets_more(instance: Instance) -> None:
    made = solve(instance)
    assert made.value[:2] == plan_brute_force.best(instance)[:2]
    assert made.bound == made.value.students
    assert_sound(instance, made)


def test_larger_plans_are_sound_and_the_same_in_any_order() -> None:
    for instance in larger():
        made = solve(instance)
        assert_sound(instance, made)
        assert solve(instance) == made
        assert solve(turned(instance)) == made


def test_a_room_whose_students_are_met_in_class_is_left_out() -> None:
    students = live(3, "A11", "X") + live(2, "A12")
    rooms = tuple(map(room, ("A11", "A12")))
    reached = reach(Instance(MONDAY, (evenings(2),), rooms, students))
    problem = reached.problem(("k",), ())
    (floor,) = problem.floors
    every = Choice(frozenset({*problem.floors[floor], *problem.classes}), {floor: 1})
    left = trimmed(problem, every)
    assert {problem.ways[way][-1] or "X" for way in left.taken} == {"A12", "X"}
    assert left.worth(problem) == every.worth(problem)


def test_no_room_is_walked_in_vain() -> None:
    """Unless a floor's every room is, which then is walked for its field or a key date."""
    for instance in larger():
        made = solve(replace(instance, concerns=()))
        rooms = [(v, name) for v in made.visits for name in v.rooms]
        met = {
            (v.walker, name): plan_brute_force.met_by(instance, replace(v, rooms=(name,)))
            for v, name in rooms
        }
        reached = Counter(s for students in met.values() for s in students)
        for v in made.visits:
            reached.update(plan_brute_force.met_by(instance, v) if v.class_name else ())
        floors: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for v, name in rooms:
            floors[v.walker, v.floor].append(all(reached[s] > 1 for s in met[v.walker, name]))
        assert all(all(spare) or not any(spare) for spare in floors.values())


def larger() -> Iterator[Instance]:
    """Three counselors over two weeks, with and without one for building A, who ties them up."""
    floors = [f"{b}{f}" for b in "ABC" for f in "123"]
    rooms = tuple(room(f"{floor}{n:02}") for floor in floors for n in range(1, 12))
    students = tuple(
        Unmet(
            f"s{n:04}",
            "kmn"[n * 7 % 3],
            rooms[n * n % len(rooms)].id,
            f"X{n % 11}",
            None if n % 5 == 0 else n * 13 % 100,
        )
        for n in range(240)
    )
    slots = tuple(slot(day, period) for day in (*range(5), *range(7, 12)) for period in CLOCK)
    windows = tuple(
        KeyDate(f"{n}{b}", b, MONDAY + timedelta(n), MONDAY + timedelta(n + 2))
        for b in "ABC"
        for n in (1, 3, 9)
    )
    concerns = tuple(
        Concern(f"c{n}", students[n].counselor, room=students[n].room) for n in range(0, 240, 17)
    )
    for weekly, serves in ((3, ""), (9, ""), (2, "A"), (4, "AB")):
        walkers = tuple(Walker(name, slots, weekly=weekly) for name in "kmn")
        if serves:
            walkers += (Walker("b", slots, frozenset(serves), weekly),)
        yield Instance(MONDAY, walkers, rooms, students, concerns, windows, Rules(6))


def turned(instance: Instance) -> Instance:
    """The same instance, everything listed the other way round."""
    return replace(
        instance,
        walkers=tuple(replace(w, slots=w.slots[::-1]) for w in instance.walkers[::-1]),
        rooms=instance.rooms[::-1],
        students=instance.students[::-1],
        concerns=instance.concerns[::-1],
        key_dates=instance.key_dates[::-1],
    )


def assert_sound(instance: Instance, made: Plan) -> None:
    """What a plan says of itself holds, and it keeps the rules."""
    assert made.greedy <= made.value
    assert made.value.students <= made.bound <= len(instance.students)
    met: set[str] = set()
    for visit in made.visits:
        assert_keeps_the_rules(instance, visit)
        adds = plan_brute_force.met_by(instance, visit) - met
        assert set(visit.adds) == adds
        met |= adds
        assert visit.covered == len(met)
    assert made.value.students == len(met)
    assert made.value.days == sum(s.waited for s in instance.students if s.id in met)
    touched = [name for v in made.visits for name in (*v.concerns, *v.key_dates)]
    assert made.value.touched == len(touched) == len(set(touched))
    times = [(v.walker, v.slot) for v in made.visits]
    assert len(set(times)) == len(times)
    assert [v.slot for v in made.visits] == sorted(v.slot for v in made.visits)
    for walker in instance.walkers:
        weeks = [v.week for v in made.visits if v.walker == walker.id]
        assert all(weeks.count(w) <= (walker.weekly or len(walker.slots)) for w in weeks)


def assert_keeps_the_rules(instance: Instance, visit: Visit) -> None:
    """One floor or one class, in a period of the walker, key dates inside their windows."""
    walker = next(w for w in instance.walkers if w.id == visit.walker)
    assert visit.slot in walker.slots
    assert visit.week == (visit.slot.day - MONDAY).days // 7 + 1
    assert bool(visit.rooms) != bool(visit.class_name)
    assert len(visit.rooms) <= instance.rules.rooms_per_visit
    rooms = {r.id: r for r in instance.rooms}
    assert {(rooms[name].building, rooms[name].floor) for name in visit.rooms} <= {
        (visit.building, visit.floor)
    }
    dates = {k.id: k for k in instance.key_dates}
    for name in visit.key_dates:
        assert dates[name].building == visit.building
        assert dates[name].open_on(visit.slot.day)

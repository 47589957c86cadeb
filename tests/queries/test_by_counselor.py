"""44023 by college, building and counselor, by hand: the counselors at work of tests/counseling.py.

On 11-20 X has a1 a2 a4 a5 d1 z1 (k1, and k4 of a4), Y a3 b1 b2 c2 (k2). Visits so far: k1 six, two
of them on 10-15 and in week 11 (a class; no times), k4 one, k2 seven, k3 of no college two.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, insert, update

from data.access.viewer import (
    COLLEGE,
    COMMITTEE,
    COUNSELOR,
    EVALUATOR,
    STEWARD,
    WORK_GROUP,
    Viewer,
)
from data.engine import reading
from data.models.contact import StudentContact
from data.models.people import CounselorBuilding, Enrolment
from queries.by_building import by_building
from queries.by_college import by_college
from queries.by_counselor import by_counselor
from queries.filters import BELONGS, LEADS, Filters
from queries.students_met import student_coverage
from tests.queries.slices import EVERYONE, slice_of
from tests.world import day

X, Y = (Viewer(f"college-{c}", COLLEGE, college=c) for c in "XY")
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
K3 = Viewer("k3", COUNSELOR, counselor="k3", buildings=frozenset("C"), serves=frozenset("C"))
GROUP = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
NOBODY = Viewer("nobody")
SEE_NO_COUNSELOR = (
    Viewer("dean", COMMITTEE),
    Viewer("judge", EVALUATOR),
    Viewer("steward", STEWARD),
    GROUP,
    NOBODY,
    Viewer("college without a name", COLLEGE),
    Viewer("counselor without a number", COUNSELOR),
)
Columns = tuple[str, ...]
GRADUATES = {"degree": "硕士生"}


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    """Reads the world with counselors at work."""
    with reading(counseling_database) as opened:
        yield opened


def lines(frame: pd.DataFrame, *columns: str) -> list[str]:
    """The rows, each as its values with blanks between; — where there is none."""
    shown = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), "—")
    return [
        " ".join(f"{v:.2f}" if isinstance(v, float) else str(v) for v in row)
        for row in shown.itertuples(index=False, name=None)
    ]


PEOPLE: Columns = (
    "college_id",
    "numerator",
    "denominator",
    "counselors",
    "without",
    "per_counselor",
)
WORK: Columns = (
    "college_id",
    "visits",
    "minutes",
    "apartment",
    "elsewhere",
    "weeks",
    "week_visits",
)
GOALS: Columns = ("college_id", "slots_made", "slots_due", "fields_made", "fields_due")
GOALS += ("answered", "answers_due")


def test_each_college_has_its_students_its_counselors_and_its_concerns(conn: Connection) -> None:
    found = by_college(conn, slice_of(), EVERYONE)
    assert list(found["college"]) == ["矿业工程学院", "化工学院", "未归属"]
    assert lines(found, *PEOPLE) == ["X 5 6 2 0 3.00", "Y 2 4 1 0 4.00", " 0 0 0 0 —"]
    assert lines(found, *WORK) == ["X 7 169 6 1 12 6", "Y 7 355 6 1 9 6", " 2 100 2 0 9 2"]
    assert lines(found, *GOALS) == ["X 2 48 0 12 1 2", "Y 4 36 1 9 1 1", " 2 36 0 0 0 0"]
    assert set(found["norm"]) == {200}
    rates = ("per_week", "apartment_share", "slots_share", "fields_share", "answers_share")
    assert lines(found, *rates) == [
        "0.50 0.86 0.04 0.00 0.50",
        "0.67 0.86 0.11 0.11 1.00",
        "0.22 1.00 0.06 — —",
    ]
    assert lines(found, "low", "high", "answers_low", "answers_high") == [
        "0.44 0.97 0.09 0.91",  # 5 of 6, 1 of 2
        "0.15 0.85 0.21 1.00",  # 2 of 4, 1 of 1
        "— — — —",
    ]


@pytest.mark.parametrize(
    ("chosen", "people", "goals"),
    [
        # week 6 is running: its class and laboratory are not counted yet; a4 is still of Y
        ({"on": "10-16"}, ["X 3 5 1 0", "Y 3 5 1 0", " 0 0 0 0"],
         ["X 3 2 20 0 5 0 1", "Y 1 1 20 0 5 1 1", " 0 0 20 0 0 0 0"]),
        # whoever looks after somebody in A has all their work here; only 3 and 6 are about A
        ({"building": "A"}, ["X 4 4 2 0", "Y 0 1 1 0"],
         ["X 7 2 48 0 12 0 1", "Y 7 4 36 1 9 0 0"]),
        ({"college": "Y", "college_as": BELONGS}, ["Y 2 4 1 0"], ["Y 7 4 36 1 9 1 1"]),
        # X leads A, where a3 of Y lives
        ({"college": "X", "college_as": LEADS}, ["X 4 4 2 0", "Y 0 1 1 0"],
         ["X 7 2 48 0 12 0 1", "Y 7 4 36 1 9 0 0"]),
        ({"counselor": "k4"}, ["X 1 1 1 0"], ["X 1 0 12 0 3 0 0"]),
        (GRADUATES, [], []),
    ],
)  # fmt: skip
def test_colleges_follow_the_slice(
    conn: Connection, chosen: dict[str, Any], people: list[str], goals: list[str]
) -> None:
    found = by_college(conn, slice_of(**chosen), EVERYONE)
    there = found[found["denominator"] > 0] if people and not people[-1].startswith(" ") else found
    assert lines(there, *PEOPLE[:5]) == people
    assert lines(found, GOALS[0], "visits", *GOALS[1:]) == goals


def test_students_without_a_counselor_are_counted_apart(conn: Connection) -> None:
    conn.execute(
        update(StudentContact).where(StudentContact.student_id == "d1").values(counselor_id="")
    )
    found = by_college(conn, slice_of(), EVERYONE)
    assert lines(found, *PEOPLE)[0] == "X 5 6 2 1 3.00"


@pytest.mark.parametrize(
    ("viewer", "on", "people", "goals"),
    [
        (X, "11-20", ["X 5 6", "Y 2 4", " 0 0"], ["X 7 2 48", "Y 7 4 36", " 2 2 36"]),
        (GROUP, "11-20", ["Y 1 1"], ["Y 7 4 36"]),
        (K1, "11-20", ["X 4 5"], ["X 6 2 36"]),
        # week 9 is running; X has a concern about C
        (K3, "11-05", ["X 0 0", "Y 1 2", " 0 0"], ["X 0 0 0", "Y 0 0 0", " 0 0 28"]),
        (NOBODY, "11-20", [], []),
    ],
)
def test_colleges_are_sums_over_what_one_may_see(
    conn: Connection, viewer: Viewer, on: str, people: list[str], goals: list[str]
) -> None:
    found = by_college(conn, slice_of(on), viewer)
    assert lines(found, *PEOPLE[:3]) == people
    assert lines(found, "college_id", "visits", "slots_made", "slots_due") == goals


HOMES: Columns = ("building_id", "numerator", "denominator", "unmet")
CAME: Columns = ("building_id", "visits", "nodes_done", "nodes_due", "reached", "rooms")


def test_buildings_stand_cluster_by_cluster(conn: Connection) -> None:
    found = by_building(conn, slice_of(), EVERYONE)
    assert lines(found, *HOMES) == ["A 4 5 1", "B 1 1 0", "C 1 2 1", "D 0 1 1", " 1 1 0"]
    assert lines(found, *CAME) == [
        "A 7 3 3 4 4",
        "B 3 2 3 1 2",
        "C 4 1 3 2 2",
        "D 0 0 2 0 1",
        " 2 0 0 0 0",  # a class and a laboratory
    ]
    assert list(found["cluster"].dropna()) == ["桃苑", "桃苑", "松苑", "竹苑"]
    assert lines(found, "owner", "per_hundred") == [
        "矿业工程学院 140.00",
        "化工学院 300.00",
        "化工学院 200.00",
        "— 0.00",
        "— —",
    ]


@pytest.mark.parametrize(
    ("viewer", "chosen", "homes", "came"),
    [
        (EVERYONE, {"on": "09-30"}, ["A 2 5 3", "B 2 2 0", "C 0 1 1", " 0 1 1"],
         ["A 2 1 2", "B 1 1 2", "C 0 0 2", " 0 0 0"]),  # D is not open
        (EVERYONE, {"cluster": "P"}, ["A 4 5 1", "B 1 1 0"], ["A 7 3 3", "B 3 2 3"]),
        # visits by counselors of X; c1 of X, in C, is away
        (EVERYONE, {"college": "X", "college_as": BELONGS}, ["A 4 4 0", "D 0 1 1", " 1 1 0"],
         ["A 6 3 3", "D 0 0 2", " 1 0 0"]),
        (EVERYONE, {"college": "Y", "college_as": LEADS}, ["B 1 1 0", "C 1 2 1"],
         ["B 3 2 3", "C 4 1 3"]),
        (EVERYONE, {"counselor": "k2"}, ["A 0 1 1", "B 1 1 0", "C 1 2 1"],
         ["A 7 3 3", "B 3 2 3", "C 4 1 3"]),
        (EVERYONE, GRADUATES, [], []),
        (K1, {}, ["A 3 3 0", "D 0 1 1", " 1 1 0"], ["A 7 3 3", "D 0 0 2", " 0 0 0"]),
        (GROUP, {}, ["B 1 1 0"], ["B 3 2 3"]),
        (NOBODY, {}, [], []),
    ],
)  # fmt: skip
def test_buildings_follow_the_slice_and_the_viewer(
    conn: Connection, viewer: Viewer, chosen: dict[str, Any], homes: list[str], came: list[str]
) -> None:
    found = by_building(conn, slice_of(**chosen), viewer)
    assert lines(found, *HOMES) == homes
    assert lines(found, *CAME[:4]) == came


@pytest.mark.parametrize(
    ("viewer", "chosen"), [(EVERYONE, {"counselor": "k2"}), (EVERYONE, GRADUATES), (K1, {})]
)
def test_everyones_visits_are_not_divided_by_some_students(
    conn: Connection, viewer: Viewer, chosen: dict[str, str]
) -> None:
    assert by_building(conn, slice_of(**chosen), viewer)["per_hundred"].isna().all()


CHARGE: Columns = ("counselor_id", "listed", "numerator", "denominator", "unmet", "unmet_rooms")
CHARGE += ("unhoused", "visits_needed")
DONE: Columns = (
    "counselor_id",
    "visits",
    "minutes",
    "apartment",
    "elsewhere",
    "slots_made",
    "slots_due",
)
DONE += ("fields_made", "fields_due", "answered", "answers_due")


def test_a_college_sees_its_own_counselors_by_name(conn: Connection) -> None:
    found = by_counselor(conn, slice_of(), X)
    assert list(found["counselor"]) == ["辅导员一", "辅导员四"]
    assert lines(found, *CHARGE) == ["k1 5 4 5 1 1 0 1", "k4 1 1 1 0 0 0 0"]
    assert lines(found, *DONE) == ["k1 6 139 5 1 2 36 0 9 1 2", "k4 1 30 1 0 0 12 0 3 0 0"]
    found = by_counselor(conn, slice_of(), Y)
    assert lines(found, *CHARGE) == ["k2 4 2 4 2 2 0 2"]  # a3 on A1, c2 on no floor
    assert lines(found, *DONE) == ["k2 7 355 6 1 4 36 1 9 1 1"]


def test_work_is_adjusted_for_the_students_one_has(conn: Connection) -> None:
    k1, k4 = by_counselor(conn, slice_of(), X).itertuples()
    assert k1.per_hundred == pytest.approx(100 * 5 / 9 / 5)
    assert k1.new_per_visit == pytest.approx(4 / 6)
    assert k4.per_hundred == pytest.approx(100 * 1 / 3 / 1)
    assert (k1.norm, k1.low < 4 / 5 < k1.high) == (200, True)


def test_first_contacts_are_divided_by_the_visits_that_are_counted(conn: Connection) -> None:
    """On Thursday 11-12 week 10 is running: k1 has met a5 on that day, in a visit not counted."""
    (k1,) = by_counselor(conn, slice_of("11-12", counselor="k1"), X).itertuples()
    assert (k1.numerator, k1.met_counted, k1.visits) == (4, 3, 4)
    assert k1.new_per_visit == pytest.approx(3 / 4)


def test_a_building_counselor_is_in_charge_of_whoever_lives_there(conn: Connection) -> None:
    """On 11-05 b2 and c2 live in C, c1 is away; concern 4 is about C."""
    (row,) = by_counselor(conn, slice_of("11-05"), K3).itertuples()
    assert (row.counselor_id, row.buildings, row.listed) == ("k3", "松苑1号楼", 0)
    assert (row.numerator, row.denominator, row.unmet, row.visits_needed) == (1, 2, 1, 1)
    assert (row.answered, row.answers_due) == (1, 1)
    (row,) = by_counselor(conn, slice_of(), K3).itertuples()  # appointed until 11-08
    assert (row.buildings, row.denominator, row.visits) == ("", 0, 2)
    assert row.low is None or pd.isna(row.low)


def test_a_student_of_the_list_who_lives_in_the_building_counts_once(conn: Connection) -> None:
    """b2 and c2, of k2's list, live in C; so does nobody else who is here."""
    post = {"counselor_id": "k2", "building_id": "C", "starts": day("09-07")}
    again = {**post, "starts": day("11-01")}
    conn.execute(insert(CounselorBuilding), [post, again])
    (row,) = by_counselor(conn, slice_of(), Y).itertuples()
    assert (row.listed, row.numerator, row.denominator, row.unmet) == (4, 2, 4, 2)
    assert (row.answered, row.answers_due) == (2, 2)  # 4, about C, is another's
    post = {"counselor_id": "k2", "building_id": "A", "starts": day("09-07")}
    conn.execute(insert(CounselorBuilding), [post])
    (row,) = by_counselor(conn, slice_of(), Y).itertuples()
    assert (row.listed, row.numerator, row.denominator) == (4, 6, 8)  # a1 a2 a4 a5 too
    assert row.buildings == "桃苑1号楼、松苑1号楼"


@pytest.mark.parametrize(("viewer", "who"), [(X, "k1"), (X, "k4"), (Y, "k2"), (K1, "k1")])
@pytest.mark.parametrize("on", ["09-07", "09-08", "10-20", "10-21", "11-05", "11-20"])
def test_a_row_equals_the_page_of_that_counselor(
    conn: Connection, viewer: Viewer, who: str, on: str
) -> None:
    filters = slice_of(on, counselor=who)
    goal = student_coverage(conn, filters, viewer)
    shown = by_counselor(conn, filters, viewer)
    if who == "k4" and on < "10-14":
        assert shown.empty  # not in office yet
    else:
        (row,) = shown.itertuples()
        expected = (0, 0) if goal.empty else tuple(goal.loc[0, ["numerator", "denominator"]])
        assert (row.numerator, row.denominator) == expected


SLICES: tuple[dict[str, Any], ...] = (
    {},
    {"counselor": "k1"},
    {"counselor": "k2"},
    {"college": "X", "college_as": BELONGS},
    {"college": "Y", "college_as": BELONGS},
    {"building": "B"},
    {"on": "11-05", "counselor": "k3"},
)


@pytest.mark.parametrize("viewer", SEE_NO_COUNSELOR, ids=lambda v: v.name)
@pytest.mark.parametrize("chosen", SLICES, ids=str)
def test_nobody_else_sees_a_counselor(
    conn: Connection, viewer: Viewer, chosen: dict[str, Any]
) -> None:
    assert by_counselor(conn, slice_of(**chosen), viewer).empty


@pytest.mark.parametrize(
    ("viewer", "chosen", "seen"),
    [
        (X, {}, ["k1", "k4"]),
        (X, {"counselor": "k1"}, ["k1"]),
        (X, {"counselor": "k2"}, []),  # forged: of Y
        (X, {"counselor": "k3"}, []),
        (X, {"college": "Y", "college_as": BELONGS}, []),
        (X, {"building": "B"}, []),  # only b1 of k2 lives there
        (X, {"building": "D"}, ["k1"]),
        (X, {"building": "A"}, ["k1", "k4"]),
        (X, {"college": "Y", "college_as": LEADS}, []),  # c1 of k1 is away
        (X, {"on": "10-13"}, ["k1"]),
        (X, GRADUATES, []),
        (Y, {}, ["k2"]),
        (K1, {}, ["k1"]),
        (K1, {"counselor": "k4"}, []),
        (K1, {"college": "X", "college_as": BELONGS}, ["k1"]),
        (K3, {"on": "11-05", "building": "C"}, ["k3"]),
        (K3, {"on": "11-05", "building": "A"}, []),
        (K3, {"on": "11-05", "counselor": "k2"}, []),
    ],
)
def test_one_sees_ones_own_also_where_the_address_asks_for_others(
    conn: Connection, viewer: Viewer, chosen: dict[str, Any], seen: list[str]
) -> None:
    assert list(by_counselor(conn, slice_of(**chosen), viewer)["counselor_id"]) == seen


def test_the_slice_says_whose_row_is_shown_and_not_what_is_in_it(conn: Connection) -> None:
    whole = by_counselor(conn, slice_of(counselor="k1"), X)
    for chosen in ({"building": "D"}, {"college": "X", "college_as": LEADS}):
        part = by_counselor(conn, slice_of(counselor="k1", **chosen), X)
        pd.testing.assert_frame_equal(part, whole)


def test_those_with_as_many_students_are_a_median_of_four_at_least(conn: Connection) -> None:
    """Four more counselors with 4 students each, one with 6: like k2's 4 are 3 to 5."""
    (k2,) = by_counselor(conn, slice_of(), Y).itertuples()
    assert (k2.peers, k2.peer_median is None or pd.isna(k2.peer_median)) == (1, True)  # k1's 5
    _lists(conn, {"m1": (4, 4), "m2": (4, 1), "m3": (3, 0), "m4": (6, 6)})
    (k2,) = by_counselor(conn, slice_of(), Y).itertuples()
    assert k2.peers == 4  # k1 m1 m2 m3
    assert k2.peer_median == pytest.approx((4 / 5 + 1 / 4) / 2)
    assert set(by_counselor(conn, slice_of(), Y)["counselor_id"]) == {"k2"}


def _lists(conn: Connection, lists: dict[str, tuple[int, int]]) -> None:
    """Further lists, of so many students, so many of them met."""
    table = StudentContact.__table__
    like = conn.execute(table.select().where(table.c.student_id == "a1")).mappings().all()
    model = next(row for row in like if str(row["starts"])[:7] == "2026-09")
    rows: list[dict[str, Any]] = []
    for who, (size, met) in lists.items():
        for number in range(size):
            own = {"student_id": f"{who}-{number}", "counselor_id": who}
            first = {"first_own": model["first_own"] if number < met else None}
            rows.append({**model, **own, **first, "id": 90_000 + 100 * len(rows)})
    conn.execute(insert(StudentContact), rows)


def test_a_term_before_it_begins_and_an_empty_one_have_no_rows(conn: Connection) -> None:
    nothing = Filters(term="2020-2021-1", date="2026-11-20")
    assert by_college(conn, nothing, EVERYONE).empty
    assert by_building(conn, nothing, EVERYONE).empty
    assert (by_counselor(conn, nothing, X)["denominator"] == 0).all()


def test_enrolment_is_what_the_lists_come_from(conn: Connection) -> None:
    """The hand count above: who is on whose list on 11-20."""
    rows = conn.execute(
        Enrolment.__table__.select().where(
            Enrolment.term_id == "2026-2027-1", Enrolment.away.is_(None)
        )
    )
    on = day("11-20")
    here = [r for r in rows if r.starts <= on <= (r.ends or on)]
    assert sorted((r.counselor_id, r.student_id) for r in here) == [
        *(("k1", s) for s in ("a1", "a2", "a5", "d1", "z1")),
        *(("k2", s) for s in ("a3", "b1", "b2", "c2")),
        ("k4", "a4"),
    ]

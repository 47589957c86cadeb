"""The worklist by hand on tests/met.py, and what its rules and rights leave of it.

On Friday 11-20 the next week begins on 11-23. Not yet met: of k1's list a5 (A31), d1 (D11) and z1,
who has neither room nor class; of k2's a3 (A12) and a4 (A21), who were never met.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, EVALUATOR, STEWARD, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import InvalidFilter
from data.models.forces import Concern
from data.models.time import KeyNode
from data.summaries.refresh import refresh
from queries.filters import BELONGS, Filters
from queries.worklist import COLUMNS, NO_CHOICE, Wish, worklist
from tests.met import build
from tests.queries.slices import EVERYONE, slice_of
from tests.queries.test_students_met import K1, OF_Y
from tests.world import AUTUMN, TODAY, day, rows

OF_A = Viewer("group", WORK_GROUP, buildings=frozenset("A"))


@pytest.fixture
def conn(met: str) -> Iterator[Connection]:
    with reading(met) as opened:
        yield opened


def walked(frame: pd.DataFrame) -> set[tuple[str, str, int]]:
    """Counselor, room and how many are met there first."""
    return {(r.counselor_id, r.room_id, r.students) for r in frame.itertuples()}


def test_a_counselor_is_sent_to_the_rooms_of_those_not_yet_met(conn: Connection) -> None:
    found = worklist(conn, slice_of(), K1)
    assert walked(found) == {("k1", "A31", 1), ("k1", "D11", 1)}
    last = found.iloc[-1]
    assert (last["before"], last["numerator"], last["denominator"]) == (2, 4, 5)
    assert (last["unmet"], last["unreachable"], last["best"]) == (3, 1, 2)
    assert (last["bound"], last["greedy"], bool(last["optimal"])) == (2, 2, True)
    assert set(found["names"]) == {"学生a5", "学生d1"}
    assert found["day"].min() >= TODAY + pd.Timedelta(days=3).to_pytimedelta()
    assert set(found["counselor"]) == {"辅导员一"}
    assert list(found.columns) == COLUMNS


def test_a_college_gets_a_plan_for_its_counselors_without_names(conn: Connection) -> None:
    found = worklist(conn, slice_of(college="Y", college_as=BELONGS), OF_Y)
    assert walked(found) == {("k2", "A12", 1), ("k2", "A21", 1)}
    assert set(found["names"]) == {""}
    assert found.iloc[-1]["numerator"] == 5
    one = worklist(conn, slice_of(counselor="k2"), OF_Y)
    assert set(one["names"]) == {"学生a3", "学生a4"}


def test_a_building_is_walked_by_all_its_counselors(conn: Connection) -> None:
    found = worklist(conn, slice_of(building="A"), OF_A)
    assert walked(found) == {("k1", "A31", 1), ("k2", "A12", 1), ("k2", "A21", 1)}
    assert set(found["building_id"]) == {"A"}


@pytest.mark.parametrize("viewer", [Viewer("e", EVALUATOR), Viewer("s", STEWARD), Viewer("n")])
def test_whoever_sees_only_totals_gets_no_plan(conn: Connection, viewer: Viewer) -> None:
    assert worklist(conn, slice_of(building="A"), viewer).empty
    assert worklist(conn, slice_of(), viewer).empty


def test_a_college_sees_no_room_of_another(conn: Connection) -> None:
    of_x = Viewer("x", COLLEGE, college="X")
    assert worklist(conn, slice_of(college="Y", college_as=BELONGS), of_x).empty
    inside = worklist(conn, slice_of(building="A"), of_x)
    assert walked(inside) == {("k1", "A31", 1)}


def reason(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> str:
    found = worklist(conn, filters, viewer)
    assert list(found["visit"]) == [0]
    return str(found["reason"].iloc[0])


def test_where_there_is_no_plan_it_says_why(conn: Connection) -> None:
    assert reason(conn, slice_of()) == NO_CHOICE
    assert reason(conn, slice_of(building="B")) == "nobody_left"
    assert reason(conn, slice_of("2027-01-15", building="A")) == "no_periods"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, Wish(1, 5, 8, ("上午", "中午", "下午", "晚上"), both_fields=True)),
        (
            {"weeks": "4", "visits": "20", "rooms": "1", "periods": "晚上,中午", "both": "no"},
            Wish(4, 20, 1, ("中午", "晚上"), both_fields=False),
        ),
    ],
)
def test_the_rules_stand_in_the_address(chosen: dict[str, str], expected: Wish) -> None:
    assert Wish.of(slice_of(**chosen)) == expected


@pytest.mark.parametrize(
    "chosen",
    [{"weeks": "5"}, {"weeks": "0"}, {"visits": "x"}, {"rooms": "-1"}, {"periods": "半夜"}],
)
def test_a_rule_that_cannot_be_is_refused(conn: Connection, chosen: dict[str, str]) -> None:
    with pytest.raises(InvalidFilter):
        worklist(conn, slice_of(building="A", **chosen), EVERYONE)


def test_rules_narrow_the_plan(conn: Connection) -> None:
    """One visit a week: one of the two floors; in the evening only."""
    found = worklist(conn, slice_of(visits="1", periods="晚上"), K1)
    assert set(found["visit"]) == {1}
    assert set(found["period"]) == {"晚上"}
    assert set(found["starts"]) == {"19:00"}
    assert set(found["ends"]) == {"19:40"}
    assert found.iloc[-1]["numerator"] == 3
    two = worklist(conn, slice_of(visits="1", weeks="2"), K1)
    assert list(dict.fromkeys(two["week"])) == [1, 2]
    assert two.iloc[-1]["numerator"] == 4


def test_concerns_and_key_dates_are_taken_along(sqlite_database: str) -> None:
    """k1 must go to A31 and D11 anyhow: a concern of a5 and a key date of D come with them."""
    url = build(sqlite_database)
    with writing(url) as conn:
        concern = (1, "a5", "A", "k1", "宿舍", day("11-10"))
        rows(conn, Concern, "id student_id building_id counselor_id category raised", concern)
        node = ("n1", AUTUMN, "冬季查寝", "其他", day("11-23"), day("11-27"))
        rows(conn, KeyNode, "id term_id name kind starts ends", node)
    refresh(url, today=TODAY)
    with reading(url) as conn:
        found = worklist(conn, slice_of(), K1).set_index("room_id")
    assert found.loc["A31", "concerns"] == 1
    assert found.loc["D11", "key_dates"] == "冬季查寝"
    assert found.loc["D11", "concerns"] == 0


def test_the_same_question_has_the_same_plan(conn: Connection) -> None:
    def plan(filters: Filters) -> Any:
        return worklist(conn, filters, OF_A)

    filters = slice_of(building="A")
    pd.testing.assert_frame_equal(plan(filters), plan(replace(filters)))

"""Concerns by hand, in the world of tests/counseling.py: steps, categories, ages, the overdue."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, STEWARD, WORK_GROUP, Viewer
from data.engine import reading
from queries import overdue
from queries.concern_progress import (
    TOGETHER,
    _most,
    _named,
    concern_ages,
    concern_funnel,
    concerns_by_category,
)
from queries.concerns import concern_rates
from queries.fact import SMALL
from queries.filters import BELONGS, LEADS
from queries.overdue import overdue_concerns
from tests.queries.slices import EVERYONE, slice_of
from tests.world import day

X, Y = (Viewer(f"college-{c}", COLLEGE, college=c) for c in "XY")
GROUP = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1, K2 = (Viewer(k, COUNSELOR, counselor=k) for k in ("k1", "k2"))
SERVES_B = Viewer("k3", COUNSELOR, counselor="k3", serves=frozenset("B"))
NOBODY = Viewer("nobody")


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    """Reads the world with counselors at work."""
    with reading(counseling_database) as opened:
        yield opened


def lines(frame: pd.DataFrame, *columns: str) -> list[str]:
    """The rows, each as its values with blanks between; — where there is none."""
    shown = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), "—")
    return [" ".join(str(v) for v in row) for row in shown.itertuples(index=False, name=None)]


def pairs(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> str:
    """In time and closed, each as n/d and what is not due."""
    found = concern_rates(conn, slice_of(**chosen), viewer)
    return " ".join(f"{r.numerator}/{r.denominator}+{r.exempt}" for r in found.itertuples())


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, "2/3+2 2/5+0"),  # 5's limit ends today, 6's over the weekend
        ({"on": "11-21"}, "2/4+1 2/5+0"),
        ({"on": "10-10"}, "1/2+0 1/2+0"),  # 3 is late over the holiday
        ({"on": "10-09"}, "1/1+1 0/2+0"),  # its limit ends today
        ({"on": "09-07"}, ""),
        ({"on": "2026-07-05"}, "0/3+0 1/3+0"),  # the spring's limit is five working days
        ({"building": "B"}, "1/1+0 1/1+0"),
        ({"college": "Y", "college_as": BELONGS}, "1/1+2 2/3+0"),  # 2 5 6
        ({"college": "Y", "college_as": LEADS}, "2/2+0 1/2+0"),  # 2 in B, 4 in C
        ({"counselor": "k1"}, "1/2+0 0/2+0"),  # 3 4
        ({"degree": "本科生"}, "2/2+2 2/4+0"),  # 3 is anonymous
        ({"floor": "A1"}, ""),  # would point at someone
        ({"floor": "A1", "room": "A11"}, ""),
    ],
)
def test_answered_in_time_and_closed(
    conn: Connection, chosen: dict[str, Any], expected: str
) -> None:
    assert pairs(conn, **chosen) == expected


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [(K1, "1/2+0 0/2+0"), (GROUP, "1/1+0 1/1+0"), (SERVES_B, "1/1+0 1/1+0"), (NOBODY, "")],
)
def test_rates_stay_in_scope(conn: Connection, viewer: Viewer, expected: str) -> None:
    assert pairs(conn, viewer) == expected


FUNNEL = ("stage", "numerator", "denominator", "days", "carried")


def test_steps_count_those_that_got_so_far_whatever_the_order_on_record(conn: Connection) -> None:
    """2 was answered before it was taken up, of 4 only the end is known, of 6 not the last but one;
    days to the first step are 5 13 11 0, to 解决 14 11 1, to 学生确认 15 1."""
    found = concern_funnel(conn, slice_of(), EVERYONE)
    assert lines(found, *FUNNEL) == [
        "提出 5 5 — 2",
        "受理 4 5 8.0 2",
        "首次答复 4 5 8.0 2",
        "解决 3 5 11.0 1",
        "学生确认 2 5 8.0 0",
    ]
    assert found["of_before"].iloc[1:].round(6).tolist() == [80, 100, 75, 66.666667]
    assert pd.isna(found["of_before"].iloc[0])


@pytest.mark.parametrize(
    ("chosen", "numbers", "carried"),
    [
        ({"on": "10-08"}, [2, 1, 1, 0, 0], [2, 2, 2, 1, 0]),
        ({"on": "09-09"}, [0, 0, 0, 0, 0], [2, 2, 1, 1, 0]),  # 1 is answered tomorrow
        ({"on": "09-07"}, [0, 0, 0, 0, 0], [2, 2, 1, 1, 0]),  # 8 is resolved on the first day
        ({"on": "2026-07-05"}, [3, 2, 1, 1, 1], [0, 0, 0, 0, 0]),
        ({"building": "B"}, [1, 1, 1, 1, 1], [1, 1, 1, 0, 0]),
        ({"college": "X", "college_as": BELONGS}, [2, 2, 2, 1, 0], [1, 1, 1, 1, 0]),
    ],
)
def test_past_days_and_slices_tell_what_was_so(
    conn: Connection, chosen: dict[str, Any], numbers: list[int], carried: list[int]
) -> None:
    found = concern_funnel(conn, slice_of(**chosen), EVERYONE)
    assert found["numerator"].tolist() == numbers
    assert found["carried"].tolist() == carried


def test_nothing_raised_and_nothing_carried_is_no_funnel(conn: Connection) -> None:
    for chosen in ({"building": "D"}, {"floor": "A1"}):
        assert concern_funnel(conn, slice_of(**chosen), EVERYONE).empty
        assert concern_ages(conn, slice_of(**chosen), EVERYONE).empty
        assert concerns_by_category(conn, slice_of(**chosen), EVERYONE).empty
    assert concern_funnel(conn, slice_of(), NOBODY).empty


def test_small_categories_stand_together(conn: Connection) -> None:
    """Five categories of one each: only all of them, without a nine-in-ten of so few."""
    found = concerns_by_category(conn, slice_of(), EVERYONE)
    counts = ("category", "raised", "numerator", "denominator", "closed", "unresolved")
    days = ("answered", "answer_median", "answer_most", "solved", "solution_median", "limit_days")
    assert lines(found, *counts) == ["合计 5 2 3 2 2"]
    assert lines(found, *days) == ["4 8.0 — 3 11.0 3"]
    spring = concerns_by_category(conn, slice_of("2026-07-05"), EVERYONE)
    assert lines(spring, *counts, "limit_days") == ["合计 3 0 3 1 2 5"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"宿舍": 7, "学业": 5}, ["宿舍", "学业", TOGETHER]),
        ({"宿舍": 7}, ["宿舍"]),
        ({"宿舍": 7, "学业": 3, "心理": 3}, ["宿舍", SMALL, TOGETHER]),
        ({"宿舍": 7, "学业": 5, "心理": 1}, ["宿舍", SMALL, TOGETHER]),  # 心理 would be the rest
        ({"宿舍": 4}, [TOGETHER]),
        ({}, []),
    ],
)
def test_a_category_is_named_where_that_gives_nobody_away(
    counts: dict[str, int], expected: list[str]
) -> None:
    category = pd.Series([name for name, n in counts.items() for _ in range(n)], dtype=object)
    found = dict(_named(category))
    assert list(found) == expected
    if SMALL in found:
        assert found[SMALL] == set(counts) - set(expected)


def test_nine_in_ten_were_done_within_so_many_days() -> None:
    assert _most(pd.Series(range(1, 11))) == 9
    assert _most(pd.Series([1] * 17 + [4, 30, 30])) == 4  # 18 of 20
    assert _most(pd.Series(range(9))) is None


AGES = ("age", "unassigned", "unanswered", "unresolved", "unconfirmed", "total", "carried")


def test_open_concerns_by_age_and_how_far_they_have_come(conn: Connection) -> None:
    """5 is three days old, 3 is 52 and 4 35 days; 1 and 8 come from the spring."""
    found = concern_ages(conn, slice_of(), EVERYONE)
    assert lines(found, *AGES) == [
        "0–3 天 1 0 0 0 1 0",
        "4–7 天 0 0 0 0 0 0",
        "8–14 天 0 0 0 0 0 0",
        "15–30 天 0 0 0 0 0 0",
        "31–60 天 0 0 1 1 2 0",
        "60 天以上 0 0 1 1 2 2",
    ]
    before = concern_ages(conn, slice_of("10-08"), EVERYONE)
    assert lines(before, *AGES)[2] == "8–14 天 1 0 1 0 2 0"  # 3, and 2, resolved tomorrow


@pytest.mark.parametrize(
    ("on", "span"),
    [("11-21", "4–7 天"), ("11-24", "4–7 天"), ("11-25", "8–14 天"), ("12-01", "8–14 天"),
     ("12-02", "15–30 天"), ("12-17", "15–30 天"), ("12-18", "31–60 天"),
     ("2027-01-16", "31–60 天"), ("2027-01-17", "60 天以上")],
)  # fmt: skip
def test_a_span_holds_both_of_its_ends(conn: Connection, on: str, span: str) -> None:
    """Concern 5, raised on 11-17, is the only one not taken up."""
    found = concern_ages(conn, slice_of(on), EVERYONE)
    assert found[found["unassigned"] > 0]["age"].tolist() == [span]


OVERDUE = ("concern_id", "category", "building", "college", "counselor", "limit_day")
OVERDUE_BY = ("days", "working_days")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("09-07", ["1 宿舍 桃苑2号楼 化工学院 辅导员二 2026-06-24 75 53"]),
        ("09-09", ["1 宿舍 桃苑2号楼 化工学院 辅导员二 2026-06-24 77 55"]),
        ("09-10", []),  # answered today
        ("10-09", []),  # the limit of 3 ends today
        ("10-11", ["3 安全 桃苑1号楼 矿业工程学院 辅导员一 2026-10-09 2 0"]),  # a Sunday
        ("10-12", []),
        ("11-20", []),
        ("11-23", ["5 心理 — 化工学院 — 2026-11-20 3 1"]),  # nobody named, no building
    ],
)
def test_what_is_past_its_limit(conn: Connection, on: str, expected: list[str]) -> None:
    assert lines(overdue_concerns(conn, slice_of(on), EVERYONE), *OVERDUE, *OVERDUE_BY) == expected


def test_the_limit_is_the_terms_own(conn: Connection) -> None:
    found = overdue_concerns(conn, slice_of("2026-07-05"), EVERYONE)
    assert lines(found, "concern_id", "days", "working_days", "total", "limit_days") == [
        "8 58 40 2 5",
        "1 9 5 2 5",
    ]


@pytest.mark.parametrize(
    ("limit", "on", "expected"),
    [
        ("09-30", "10-07", 0),  # 国庆节 from the day after
        ("09-30", "10-09", 2),
        ("10-16", "10-26", 1),  # 秋假, and a weekend before it
        ("11-20", "11-20", 0),
        ("11-13", "11-20", 5),
    ],
)
def test_holidays_are_no_working_days(conn: Connection, limit: str, on: str, expected: int) -> None:
    limits = np.array([day(limit)], dtype="datetime64[D]")
    assert overdue._working_days(conn, limits, slice_of(on)).tolist() == [expected]


def test_the_longest_are_listed_the_rest_counted(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overdue, "MOST", 1)
    found = overdue_concerns(conn, slice_of("2026-07-05"), EVERYONE)
    assert lines(found, "concern_id", "total") == ["8 2"]


@pytest.mark.parametrize(
    ("on", "viewers", "seen"),
    [
        ("10-11", (X, K1), True),
        ("10-11", (Y, K2, GROUP, SERVES_B, NOBODY), False),
        ("09-09", (Y, K2, GROUP, SERVES_B), True),
        ("09-09", (X, K1, NOBODY), False),
    ],
)
def test_single_concerns_stay_in_scope(
    conn: Connection, on: str, viewers: tuple[Viewer, ...], seen: bool
) -> None:
    for viewer in viewers:
        assert len(overdue_concerns(conn, slice_of(on), viewer)) == seen, viewer


@pytest.mark.parametrize("role", [EVALUATOR, STEWARD])
def test_some_are_told_how_many_and_never_which(conn: Connection, role: str) -> None:
    found = overdue_concerns(conn, slice_of("2026-07-05"), Viewer("e", role))
    assert lines(found, "college", "number", "total") == ["化工学院 1 2", "矿业工程学院 1 2"]
    personal = ["concern_id", "category", "building_id", "building", "counselor", "raised"]
    assert found[personal].isna().all(axis=None)


def test_slices_narrow_the_list(conn: Connection) -> None:
    def ids(**chosen: Any) -> list[int]:
        return list(overdue_concerns(conn, slice_of("10-11", **chosen), EVERYONE)["concern_id"])

    assert ids(building="A") == ids(college="X", college_as=LEADS) == ids(counselor="k1") == [3]
    assert ids(building="B") == ids(counselor="k2") == ids(floor="A1") == []

"""② by hand: periods and fields week by week, key dates, and the calendar of the term.

Added to the world (k1 counsels the students of X, k2 those of Y; k3 has been building counselor of
C and in office since Sunday 11-01). Week n of the autumn begins 7(n - 1) days after 09-07; 国庆节
is 10-01 to 10-07, 秋假 takes all of week 7, and week 11 is running on Friday 11-20.

    06-30  k2 10:00–10:45 in B (the spring's week 18)
    09-08  k1 08:00–08:39 in A: a minute short           09-09  k1 12:00–12:40 in a class
    09-30  k2 23:30–00:20 in B: over midnight            10-06  k1 14:00–15:00 in A: a holiday
    10-20  k1 18:00–19:00 in A: no teaching              11-05  k1 and k2 15:00–16:00 in C
    11-10  k2 10:00–10:50 in laboratory L                11-12  k2 in B, no times
    11-17  k1 08:00–09:00 in D                           11-20  k1 in A, no times
    11-21  k2 19:00–20:00 in B: after the day of the tests

Made of due, 2 counselors × 9 ended weeks × 4 and k3 × weeks 9 and 10 × 4 = 80: week 1 noon (k1), 4
evening (k2), 5 afternoon (k1), 9 afternoon (k1, k2), 10 morning (k2) = 6. Both fields, of 2 × 9
counselor weeks: k1 in week 1, k2 in week 10 = 2.

Key dates: n1 09-07 to 09-13 · n2 09-28 to 10-11 · n3 10-05 to 11-25 · n4 01-04 to 01-10. D opened
on 10-01, so n1 is not its own. On 11-20: n1 A of A B C; n2 A B of A B C D; n3 all four = 7 of 11.
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, insert

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.forces import MethodSetting, Visit
from data.models.people import Counselor, CounselorBuilding
from data.models.time import Holiday, KeyNode
from data.summaries.refresh import refresh
from queries.filters import BELONGS, LEADS
from queries.key_dates import key_dates, node_pairs
from queries.period_weeks import fields_by_week, period_weeks
from queries.periods import period_coverage
from queries.term_calendar import DAYS, term_calendar
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, TODAY, day, rows

K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
K3 = Viewer("k3", COUNSELOR, counselor="k3", buildings=frozenset("C"), serves=frozenset("C"))
OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
OF_X = Viewer("college", COLLEGE, college="X")
JUDGE = Viewer("judge", EVALUATOR)
NOBODY = Viewer("nobody")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "periods", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> str:
    world.build(url)
    with writing(url) as conn:
        _counsel(conn)
        _calendar(conn)
    refresh(url, today=TODAY)
    return url


def _counsel(conn: Connection) -> None:
    third = ("k3", "楼辅三", "楼宇辅导员", "专职", day("11-01"))
    rows(conn, Counselor, "id name kind employment starts", third)
    rows(conn, CounselorBuilding, "counselor_id building_id starts", ("k3", "C", day("11-01")))
    rows(
        conn,
        Visit,
        "id counselor_id day starts ends venue building_id",
        (20, "k1", day("09-08"), time(8), time(8, 39), "公寓", "A"),
        (21, "k1", day("09-09"), time(12), time(12, 40), "课堂", None),
        (22, "k2", day("09-30"), time(23, 30), time(0, 20), "公寓", "B"),
        (23, "k1", day("10-06"), time(14), time(15), "公寓", "A"),
        (24, "k1", day("10-20"), time(18), time(19), "公寓", "A"),
        (25, "k1", day("11-05"), time(15), time(16), "公寓", "C"),
        (26, "k2", day("11-05"), time(15), time(16), "公寓", "C"),
        (27, "k2", day("11-10"), time(10), time(10, 50), "实验室", "L"),
        (28, "k2", day("11-12"), None, None, "公寓", "B"),
        (29, "k1", day("11-17"), time(8), time(9), "公寓", "D"),
        (30, "k2", day("11-21"), time(19), time(20), "公寓", "B"),
        (31, "k2", day("2026-06-30"), time(10), time(10, 45), "公寓", "B"),
    )


def _calendar(conn: Connection) -> None:
    rows(
        conn,
        Holiday,
        "term_id name starts ends",
        (AUTUMN, "国庆节", day("10-01"), day("10-07")),
        (AUTUMN, "秋假", day("10-19"), day("10-25")),
    )
    rows(
        conn,
        KeyNode,
        "id term_id name kind starts ends",
        ("n1", AUTUMN, "入学教育", "开学", day("09-07"), day("09-13")),
        ("n2", AUTUMN, "国庆前后", "节假日", day("09-28"), day("10-11")),
        ("n3", AUTUMN, "深秋", "心理", day("10-05"), day("11-25")),
        ("n4", AUTUMN, "考试周", "考试", day("2027-01-04"), day("2027-01-10")),
    )


def rates(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> str:
    """Slot, field and node coverage as `made/due`; — where nothing was due."""
    found = period_coverage(conn, slice_of(**chosen), viewer).set_index("metric")
    shown = []
    for key in ("slot_coverage", "field_coverage", "node_coverage"):
        row = found.loc[key] if key in found.index else None
        shown.append("—" if row is None else f"{row['numerator']}/{row['denominator']}")
    return " ".join(shown)


def cells(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> dict[str, str]:
    """`week period: made/due visits long` of the cells with a visit, and the state's first sign."""
    found = period_weeks(conn, slice_of(**chosen), viewer)
    return {
        f"{row.week} {row.period}": f"{row.made}/{row.due} {row.visits} {row.long} {row.state}"
        for row in found.itertuples()
        if row.visits
    }


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, "6/80 2/18 7/11"),
        ({"on": "11-15"}, "6/80 2/18 6/11"),  # Sunday: week 10 is over, D not yet visited
        ({"on": "11-14"}, "5/68 1/16 6/11"),  # Saturday: it is not
        ({"on": "09-13"}, "1/8 1/2 1/3"),
        ({"on": "09-12"}, "— — 1/3"),
        ({"on": "10-25"}, "3/48 1/12 4/11"),  # week 7 has no teaching: six weeks
        ({"on": "2026-07-05"}, "1/144 0/36 —"),
        ({"counselor": "k1"}, "3/36 1/9 4/5"),  # a1 a2 a5 in A, d1 in D
        ({"counselor": "k2"}, "3/36 1/9 6/9"),
        ({"counselor": "k3"}, "0/8 — 1/3"),  # its students live in C, k3's building
        ({"college": "Y", "college_as": BELONGS}, "3/36 1/9 6/9"),
        ({"college": "X", "college_as": BELONGS}, "3/36 1/9 4/5"),
        ({"college": "Y", "college_as": LEADS}, "3/44 1/9 3/6"),  # B and C: k2, k3
        ({"building": "C"}, "3/44 1/9 1/3"),
        ({"campus": "S"}, "3/36 1/9 1/2"),  # d1 is k1's
        ({"degree": "本科生"}, "6/80 2/18 7/11"),
        ({"degree": "博士生"}, "— — —"),
    ],
)
def test_made_of_due_in_every_slice(
    conn: Connection, chosen: dict[str, Any], expected: str
) -> None:
    assert rates(conn, **chosen) == expected


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        (OF_X, "6/80 2/18 7/11"),  # sums are for colleges and evaluators too
        (JUDGE, "6/80 2/18 7/11"),
        (K1, "3/36 1/9 4/5"),
        (K3, "0/8 — 1/3"),
        (OF_B, "3/36 1/9 2/3"),  # k2 counsels b1
        (NOBODY, "— — —"),
    ],
)
def test_made_of_due_for_whoever_asks(conn: Connection, viewer: Viewer, expected: str) -> None:
    assert rates(conn, viewer) == expected


def test_each_cell_says_who_made_it_and_how_many_came(conn: Connection) -> None:
    assert cells(conn) == {
        "1 上午": "0/2 1 0 已结束",  # 39 minutes
        "1 中午": "1/2 1 1 已结束",  # 40 minutes, from 12:00
        "4 晚上": "1/2 1 1 已结束",  # over midnight
        "5 下午": "1/2 1 1 已结束",  # in a holiday of a week with teaching
        "7 晚上": "0/0 1 1 无教学",
        "9 下午": "2/3 2 2 已结束",
        "10 上午": "1/3 1 1 已结束",
        "10 未登记时间": "0/0 1 0 已结束",
        "11 上午": "1/3 1 1 进行中",
        "11 未登记时间": "0/0 1 0 进行中",
    }
    assert cells(conn, viewer=K1).keys() == {"1 上午", "1 中午", "5 下午", "7 晚上", "9 下午",
                                      "11 上午", "11 未登记时间"}  # fmt: skip


def test_only_weeks_that_are_over_make_a_rate(conn: Connection) -> None:
    found = period_weeks(conn, slice_of(), EVERYONE)
    states = found.drop_duplicates("week").set_index("week")["state"].to_dict()
    assert states == {
        **dict.fromkeys(range(1, 11), "已结束"),
        7: "无教学",
        11: "进行中",
        **dict.fromkeys(range(12, 20), "未到"),
    }
    rated = found[found["denominator"].notna()]
    assert set(rated["state"]) == {"已结束"}
    assert (rated["numerator"].sum(), rated["denominator"].sum()) == (6, 80)
    assert found[found["state"] == "未到"]["due"].isna().all()
    assert list(found.drop_duplicates("period")["hours"][:4]) == [
        "–12:00", "12:00–14:00", "14:00–18:00", "18:00–",
    ]  # fmt: skip
    assert set(found["minutes"]) == {40}


def test_of_a_week_that_was_running_then_nothing_is_known(conn: Connection) -> None:
    """On Saturday 10-10 week 5 ran; what was known that day is not kept, and not made up."""
    found = period_weeks(conn, slice_of(on="10-10"), EVERYONE)
    week = found[found["week"] == 5]
    assert set(week["state"]) == {"进行中"}
    assert week[["made", "due", "visits"]].isna().all(axis=None)


def test_no_counselor_in_the_slice_no_rows(conn: Connection) -> None:
    for query in (period_weeks, fields_by_week, node_pairs, key_dates, term_calendar):
        assert query(conn, slice_of(), NOBODY).empty, query
        assert query(conn, slice_of(degree="博士生"), EVERYONE).empty, query


def fields(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> dict[int, str]:
    """`both apartment elsewhere neither` of each week in which anybody came anywhere."""
    found = fields_by_week(conn, slice_of(**chosen), viewer)
    counts = ("both", "apartment", "elsewhere", "neither")
    return {
        int(row.week): " ".join(str(getattr(row, name)) for name in counts)
        for row in found.itertuples()
        if row.due is not None and row.neither < row.due
    }


def test_fields_count_each_counselor_once_a_week(conn: Connection) -> None:
    expected = {1: "1 0 0 1", 4: "0 1 0 1", 5: "0 1 0 1", 9: "0 2 0 0", 10: "1 0 0 1"}
    assert fields(conn) == expected | {11: "0 1 0 1"}
    found = fields_by_week(conn, slice_of(), EVERYONE).set_index("week")
    over = found[found["state"] == "已结束"]
    assert (over["numerator"].sum(), over["denominator"].sum()) == (2, 18)
    assert found.loc[7, "due"] is None  # no teaching: nobody was due
    assert found.loc[11, "due"] == 2
    assert found.loc[11, "denominator"] is None
    assert fields(conn, OF_B) == {4: "0 1 0 0", 9: "0 1 0 0", 10: "1 0 0 0"}


def pairs(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> dict[str, str]:
    """By key date the buildings with the first character of their state."""
    marks = {"已覆盖": "+", "缺口": "-", "窗口内未到": "?", "未开始": "."}
    found = node_pairs(conn, slice_of(**chosen), viewer)
    return {
        str(node): " ".join(f"{r.building_id}{marks[r.state]}" for r in of.itertuples())
        for node, of in found.groupby("node_id")
    }


@pytest.mark.parametrize(
    ("viewer", "chosen", "expected"),
    [
        (EVERYONE, {}, "A+ B- C- | A+ B+ C- D- | A+ B+ C+ D+ | A. B. C. D."),
        (EVERYONE, {"on": "11-16"}, "A+ B- C- | A+ B+ C- D- | A+ B+ C+ D? | A. B. C. D."),
        (EVERYONE, {"on": "11-01"}, "A+ B- C- | A+ B+ C- D- | A+ B? C? D? | A. B. C. D."),
        (EVERYONE, {"on": "09-30"}, "A+ B- C- | A? B+ C? D. | A. B. C. D. | A. B. C. D."),
        (EVERYONE, {"on": "09-07"}, "A? B? C? | A. B. C. D. | A. B. C. D. | A. B. C. D."),
        (EVERYONE, {"cluster": "P"}, "A+ B- | A+ B+ | A+ B+ | A. B."),
        (EVERYONE, {"college": "Y", "college_as": LEADS}, "B- C- | B+ C- | B+ C+ | B. C."),
        (EVERYONE, {"college": "X", "college_as": BELONGS}, "A+ | A+ D- | A+ D+ | A. D."),
        (K1, {}, "A+ | A+ D- | A+ D+ | A. D."),  # c1, who has a bed in C, is away
        (K3, {}, "C- | C- | C+ | C."),
        (OF_B, {}, "B- | B+ | B+ | B."),
    ],
)
def test_each_building_and_key_date(
    conn: Connection, viewer: Viewer, chosen: dict[str, Any], expected: str
) -> None:
    found = pairs(conn, viewer, **chosen)
    assert " | ".join(found[node] for node in ("n1", "n2", "n3", "n4")) == expected


def test_overlapping_key_dates_are_both_covered_by_one_visit(conn: Connection) -> None:
    found = node_pairs(conn, slice_of(building="A"), EVERYONE).set_index("node_id")
    days = found["first_visit"].to_dict()
    assert days == {"n1": day("09-08"), "n2": day("10-06"), "n3": day("10-06"), "n4": None}


def key_lines(conn: Connection, viewer: Viewer = EVERYONE, **chosen: Any) -> list[str]:
    found = key_dates(conn, slice_of(**chosen), viewer)
    columns = ["node_id", "state", "left", "numerator", "denominator", "buildings", "quiet"]
    shown = found[columns].astype(object).where(found[columns].notna(), "—")
    return [" ".join(str(v) for v in row) for row in shown.itertuples(index=False, name=None)]


def test_key_dates_say_how_far_they_are(conn: Connection) -> None:
    assert key_lines(conn) == [
        "n1 已结束 — 1 3 3 —",
        "n2 已结束 — 2 4 4 —",
        "n3 窗口进行中 5 4 4 4 —",
        "n4 未开始 45 0 0 4 1",  # nobody came to C after 11-05
    ]
    assert key_lines(conn, on="09-15")[1] == "n2 未开始 13 0 0 4 —"  # the term is eight days old
    assert key_lines(conn, on="11-25")[2] == "n3 窗口进行中 0 4 4 4 —"
    assert key_lines(conn, OF_B)[3] == "n4 未开始 45 0 0 1 0"
    missing = key_dates(conn, slice_of(), EVERYONE).set_index("node_id")
    assert missing.loc["n1", "missing"] == (("B", "桃苑2号楼"), ("C", "松苑1号楼"))
    assert missing.loc["n1", "names"] == "桃苑2号楼、松苑1号楼"
    assert missing.loc["n4", "missing"] == ()


def came(found: pd.DataFrame) -> dict[date, int]:
    """Days with a visit."""
    every = (day for days in found["days"] for day in days)
    return {day.day: day.visits for day in every if day.visits}


def test_the_calendar_counts_visits_to_the_buildings(conn: Connection) -> None:
    found = term_calendar(conn, slice_of(), EVERYONE)
    once = ("09-08", "09-30", "10-06", "10-20", "11-12", "11-17", "11-20")
    assert came(found) == {**{day(d): 1 for d in once}, day("11-05"): 2}
    assert list(found["week"]) == list(range(1, 20))
    week = found.set_index("week").loc[11]
    assert [week[name] for name in DAYS] == [0, 1, 0, 0, 1, None, None]
    assert week["visits"] == 2
    assert came(term_calendar(conn, slice_of(on="11-05", building="C"), EVERYONE)) == {
        day("11-05"): 2
    }
    of_x = term_calendar(conn, slice_of(college="X", college_as=BELONGS), EVERYONE)
    assert set(came(of_x)) == {day(d) for d in (*once[:1], *once[2:4], *once[5:])}  # A and D
    assert set(came(term_calendar(conn, slice_of(), OF_B))) == {day("09-30"), day("11-12")}


def test_the_calendar_knows_what_each_day_is(conn: Connection) -> None:
    found = term_calendar(conn, slice_of(), EVERYONE)
    kinds = {day.day: (day.kind, day.holiday) for days in found["days"] for day in days}
    assert kinds[day("09-30")] == ("教学日", "")
    assert kinds[day("10-03")] == ("节假日", "国庆节")  # a Saturday
    assert kinds[day("10-10")] == ("周末", "")
    assert kinds[day("10-21")] == ("节假日", "秋假")
    by_week = found.set_index("week")
    assert by_week.loc[5, "windows"] == "国庆前后、深秋"
    assert by_week.loc[5, "holidays"] == "国庆节"
    assert by_week.loc[7, "state"] == "无教学"
    (autumn,) = [w for w in by_week.loc[9, "nodes"] if w.id == "n3"]
    assert (autumn.missing, autumn.buildings, autumn.state) == (0, 4, "窗口进行中")
    (first,) = by_week.loc[1, "nodes"]
    assert (first.missing, first.state) == (2, "已结束")


def test_hours_and_minutes_are_the_terms_own(database: str) -> None:
    """From 60 minutes on, and noon from 15:30: 50 minutes are too few, 15:00 is morning."""
    world.build(database)
    with writing(database) as conn:
        _counsel(conn)
        setting = {"term_id": AUTUMN, "noon_starts": time(15, 30), "minutes": 60}
        conn.execute(insert(MethodSetting), [setting | {"afternoon_starts": time(16)}])
    refresh(database, today=TODAY)
    with reading(database) as conn:
        found = period_weeks(conn, slice_of(), EVERYONE)
    made = [f"{r.week} {r.period} {r.made}" for r in found.itertuples() if r.made]
    assert made == ["5 上午 1", "7 晚上 1", "9 上午 2", "11 上午 1"]
    assert list(found["hours"][:3]) == ["–15:30", "15:30–16:00", "16:00–18:00"]
    assert set(found["minutes"]) == {60}


@pytest.fixture
def at_work(counseling_database: str) -> Iterator[Connection]:
    """The world of tests/counseling.py."""
    with reading(counseling_database) as opened:
        yield opened


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, "8/120 1/21 6/11"),
        ({"on": "2026-07-05"}, "1/144 0/36 —"),  # the last day of the spring, not the day after it
        ({"counselor": "k4"}, "0/12 0/3 3/3"),  # came in week 6: due from the next one taught, 8
        ({"counselor": "k3"}, "2/36 — —"),  # no students, and no building any more
        ({"counselor": "k3", "on": "11-08"}, "1/32 — 1/3"),  # C, on the last day of the post
        ({"college": "X", "college_as": BELONGS}, "2/48 0/12 3/5"),  # k1 and k4; A and D
        ({"building": "A"}, "6/84 1/21 3/3"),  # a4 is k4's by now
        ({"building": "A", "on": "10-20"}, "4/48 1/12 3/3"),  # and was k2's
    ],
)
def test_counselors_at_work_in_every_slice(
    at_work: Connection, chosen: dict[str, Any], expected: str
) -> None:
    assert rates(at_work, **chosen) == expected


def test_counselors_at_work_week_by_week(at_work: Connection) -> None:
    assert cells(at_work) == {
        "1 上午": "0/3 1 0 已结束",
        "1 中午": "1/3 1 1 已结束",
        "4 晚上": "1/3 1 1 已结束",
        "5 下午": "1/3 1 1 已结束",
        "6 上午": "1/3 2 1 已结束",  # one without an end
        "6 晚上": "0/3 1 0 已结束",
        "7 晚上": "0/0 1 1 无教学",
        "9 中午": "1/4 1 1 已结束",
        "9 下午": "2/4 3 3 已结束",  # k2 twice, k3 at the same visit
        "9 晚上": "0/4 1 0 已结束",
        "10 晚上": "1/4 1 1 已结束",  # k3, after the appointment ended
        "10 未登记时间": "0/0 1 0 已结束",
        "11 未登记时间": "0/0 1 0 进行中",
    }
    assert fields(at_work) == {
        1: "0 1 0 1", 4: "0 1 0 1", 5: "0 1 0 1", 6: "1 0 1 0", 9: "0 2 0 1", 10: "0 1 0 2",
        11: "0 1 0 2",
    }  # fmt: skip
    assert pairs(at_work) == {
        "n1": "A+ B- C-", "n2": "A+ B+ C- D-", "n3": "A+ B+ C+ D-", "n4": "A. B. C. D.",
    }  # fmt: skip

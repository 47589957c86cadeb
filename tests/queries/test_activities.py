"""Activities by hand, on the world with a few of them.

Added (a2 moved on 11-01 from A to D), with theme and field:

    1  09-08  A      正其心 学生党建    a1 a2 came, z1 without a room; feedback 5 by a1, 3 without
                                   a name, 1 by c2, who was not there
    2  10-08  A, B   乐其学 学风建设    a2 b1 came; feedback 4 by b1
    3  11-01  A      no theme, no field, no list; feedback 5 by c2
    4  11-02  L      正其心 学生党建    c2 came: nobody lives in L
    5  11-03  —      健其体 文化建设    d1 came; no place on record; held by college Y
    6  11-21  C      和其群 安全稳定    c2: after the day of the tests
    7  2026-05-12 B  正其心 学生党建    a1 came, in the spring
    8  2026-02-28, outside any term

Present on 11-20 (c1 is away): a1 in A, a2 in D, a3 a4 a5 in A, b1 in B, b2 c2 in C, d1 in D, z1
nowhere: ten. Came to any: a1 a2 b1 c2 d1 z1. Weeks 1, 5, 8 and 9 of the ten ended had one.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, update

from data.access.viewer import COLLEGE, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.activity import FESTIVALS, Activity, ActivityPlace, Attendance, Feedback
from data.models.people import Enrolment
from data.summaries.refresh import refresh
from queries.activities import activity_cards, activity_rates, satisfaction
from queries.activity_months import retention
from queries.activity_peers import cards_beside_peers
from queries.activity_spread import (
    BUILDING,
    GRADE,
    beside_others,
    by_building,
    by_day,
    by_festival,
    by_field,
    by_season,
    effective_number,
    last_seasons,
    never_reached,
    season_of,
)
from queries.activity_spread import (
    COLLEGE as BY_COLLEGE,
)
from queries.fact import SMALL, hidden_among
from queries.filters import BELONGS, LEADS, Filters
from queries.peers import Peers
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, SPRING, TODAY, day, rows

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
NOBODY = Viewer("nobody")
OF_Y = slice_of(college="Y", college_as=BELONGS)
LED_BY_Y = slice_of(college="Y", college_as=LEADS)
QUERIES: tuple[Callable[..., pd.DataFrame], ...] = (
    *(
        activity_rates,
        activity_cards,
        by_day,
        by_season,
        by_festival,
        by_field,
        by_building,
        never_reached,
        cards_beside_peers,
        retention,
    ),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "activities", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> None:
    world.build(url)
    with writing(url) as conn:
        _moved(conn)
        rows(
            conn,
            Activity,
            "id name day theme field college_id festival",
            (1, "主题党日", day("09-08"), "正其心", "学生党建", "X", "文化节"),
            (2, "读书会", day("10-08"), "乐其学", "学风建设", None, "文化节"),
            (3, "楼会", day("11-01"), None, None, None, None),
            (4, "观影", day("11-02"), "正其心", "学生党建", None, None),
            (5, "夜跑", day("11-03"), "健其体", "文化建设", "Y", "读书节"),
            (6, "见面会", day("11-21"), "和其群", "安全稳定", None, "音乐节"),
            (7, "党课", day("2026-05-12"), "正其心", "学生党建", None, "读书节"),
            (8, "春会", day("2026-02-28"), "雅其居", "精神文明", None, "艺术节"),
        )
        held = ((1, "A"), (2, "A"), (2, "B"), (3, "A"), (4, "L"), (6, "C"), (7, "B"), (8, "A"))
        rows(conn, ActivityPlace, "activity_id building_id", *held)
        came = {1: "a1 a2 z1", 2: "a2 b1", 4: "c2", 5: "d1", 6: "c2", 7: "a1", 8: "a1"}
        lists = [(id_, student) for id_, names in came.items() for student in names.split()]
        rows(conn, Attendance, "activity_id student_id", *lists)
        rows(
            conn,
            Feedback,
            "id activity_id student_id score",
            (1, 1, "a1", 5),
            (2, 1, None, 3),
            (3, 1, "c2", 1),
            (4, 2, "b1", 4),
            (5, 3, "c2", 5),
        )
    refresh(url, today=TODAY)


def _moved(conn: Connection) -> None:
    """a2 moves to D on 11-01: the autumn slice ends, another begins."""
    here = (Enrolment.student_id == "a2", Enrolment.term_id == AUTUMN)
    old = conn.execute(Enrolment.__table__.select().where(*here)).one()._asdict()
    conn.execute(update(Enrolment).where(*here).values(ends=day("10-31")))
    new = old | {"starts": day("11-01"), "room_id": "D11"}
    columns = [name for name in new if name != "id" or new["id"] is not None]
    if "id" in columns:
        new["id"] = 9_000
    rows(conn, Enrolment, " ".join(columns), tuple(new[name] for name in columns))


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of(), EVERYONE, "6/10 1/6 4/10 3/28"),
        (slice_of("10-31"), EVERYONE, "4/10 1/4 2/7 3/28"),
        (slice_of(building="A"), EVERYONE, "1/4 1/4 3/10 2/7"),
        (slice_of("10-31", building="A"), EVERYONE, "2/5 1/4 2/7 2/7"),
        (slice_of(building="D"), EVERYONE, "2/2 — 0/10 0/7"),
        (OF_Y, EVERYONE, "2/5 0/1 1/10 0/28"),
        (LED_BY_Y, EVERYONE, "2/3 0/2 1/10 1/14"),
        (slice_of(), OF_B, "1/1 0/2 1/10 1/7"),
        (slice_of(building="A", floor="A1"), EVERYONE, "— — — —"),
        (slice_of(), NOBODY, "— — — —"),
    ],
)
def test_rates(conn: Connection, filters: Filters, viewer: Viewer, expected: str) -> None:
    """Reach counts people where they live on the day, wherever they came: a2 left A and counts in
    D. Only a2 came to two, both held in A; b1 came to A's as well as B's 2, which is one activity.
    The field of 5 has no place; L houses nobody; 6 is a day late."""
    found = activity_rates(conn, filters, viewer).set_index("metric")
    keys = ("activity_reach", "activity_return", "activity_weeks", "seven_fields_coverage")
    shown = [found.loc[key] if key in found.index else None for key in keys]
    said = ("—" if row is None else f"{row['numerator']}/{row['denominator']}" for row in shown)
    assert " ".join(said) == expected


@pytest.mark.parametrize("query", QUERIES)
def test_nobody_gets_no_rows(conn: Connection, query: Callable[..., pd.DataFrame]) -> None:
    assert query(conn, slice_of(), NOBODY).empty


def test_cards(conn: Connection) -> None:
    """Five activities, four with a list; 2 is one activity though two buildings held it. The
    answer of c2 to 1 is set aside: c2 is not on its list; 3 has no list."""
    row = activity_cards(conn, slice_of(), EVERYONE).iloc[0]
    assert (row["sessions"], row["recorded"], row["attended"], row["participants"]) == (5, 4, 7, 6)
    assert (row["reached"], row["students"], row["outsiders"]) == (6, 10, 1)
    assert (row["answers"], row["score"]) == (4, 4.25)
    assert pd.isna(row["earlier_day"])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (slice_of(building="A"), (1, 100, 200, 200, 100, 4)),
        (OF_Y, (1, 20, 60, 60, 80, 4)),
        (LED_BY_Y, (1, 75, 125, 100, 25, 4.25)),
        (slice_of(building="C"), (0, None, None, None, None, None)),
        (slice_of(), (None,) * 6),
    ],
)
def test_peers(
    conn: Connection,
    monkeypatch: pytest.MonkeyPatch,
    filters: Filters,
    expected: tuple[float | None, ...],
) -> None:
    """With one peer told. Beside A stands B, for its kind and size once D is taken to be another
    kind: one resident, 2 with two people and an answer of 4. Beside Y stands X: itself it held 1
    (three people, 5 and 3 points) and four of its five students came to any; led by it A has 1, 2
    and 3, with five attendances of four people, for four residents of whom one came."""
    monkeypatch.setattr("queries.peers.FEWEST", 1)
    monkeypatch.setattr("queries.activity_peers.peers_of", _only_b)
    row = cards_beside_peers(conn, filters, EVERYONE).iloc[0]
    names = ("sessions", "attended", "participants", "reach", "score")
    found = [row["peers"], *(row[f"peer_{name}"] for name in names)]
    assert [None if pd.isna(x) else pytest.approx(x) for x in found] == list(expected)


def _only_b(_: Connection, filters: Filters) -> Peers:
    return Peers("本科生", "", *((("B",), ("B",)) if filters.building == "A" else ((), ())))


def test_three_peers_are_too_few(conn: Connection) -> None:
    """A median of fewer than four would tell what single buildings hold."""
    row = cards_beside_peers(conn, slice_of(building="A"), EVERYONE).iloc[0]
    assert row["peers"] < 4
    assert row["peer_sessions"] is None


def test_an_activity_of_two_buildings_is_one_in_each(conn: Connection) -> None:
    found = by_building(conn, slice_of(), EVERYONE).set_index("building_id")
    assert found["sessions"].to_dict() == {"A": 3, "B": 1, "C": 0, "D": 0}


def test_without_a_list_nobody_knows_who_came(conn: Connection) -> None:
    """In A 3 has no list: the median is of 3 and 2 people; C held nothing at all."""
    found = by_building(conn, slice_of(), EVERYONE).set_index("building_id")
    assert (found.loc["A", "recorded"], found.loc["A", "typical"]) == (2, 2.5)
    assert pd.isna(found.loc["C", "typical"])
    assert found.loc["A", "each"] == 75


def test_one_theme_only_is_a_diversity_of_one(conn: Connection) -> None:
    """A has two themes, once each, and one activity without any; B has one theme; C none."""
    found = by_building(conn, slice_of(), EVERYONE).set_index("building_id")
    assert found.loc["A", "themes"] == pytest.approx(2)
    assert found.loc["B", "themes"] == pytest.approx(1)
    assert pd.isna(found.loc["C", "themes"])


def test_effective_number() -> None:
    """3 : 1 is exp(−¾ ln ¾ − ¼ ln ¼) = 1.7548."""
    assert effective_number([3, 1]) == pytest.approx(1.7548, abs=1e-4)
    assert effective_number([5, 0]) == pytest.approx(1)
    assert effective_number([]) is None


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((), (0, None, None, None)),
        ((4,), (1, 4, None, None)),
        ((4, 5), (2, 4.5, 1, 5)),
        ((5, 5), (2, 5, None, None)),
        ((3, 4, 4, 5), (4, 4, 2.7009, 5)),
    ],
)
def test_satisfaction_of_few(scores: tuple[int, ...], expected: tuple[float | None, ...]) -> None:
    """Two: 4.5 ± 12.706 · 0.5, kept on the scale. Four: 4 ± 3.1824 · √(⅔ ÷ 4), or 1.2992."""
    each = pd.DataFrame(
        {
            "answers": [1] * len(scores),
            "score_sum": scores,
            "score_squares": [s * s for s in scores],
        }
    )
    found = satisfaction(each)
    assert tuple(found.values()) == tuple(
        None if value is None else pytest.approx(value, abs=1e-3) for value in expected
    )


@pytest.mark.parametrize(
    ("text", "season"),
    [("2026-02-28", "冬"), ("2026-03-01", "春"), ("2026-05-31", "春"), ("2026-06-01", "夏"),
     ("2026-08-31", "夏"), ("2026-09-01", "秋"), ("2026-11-30", "秋"), ("2026-12-01", "冬")],
)  # fmt: skip
def test_where_seasons_begin(text: str, season: str) -> None:
    assert season_of(date.fromisoformat(text)) == season
    assert last_seasons(date.fromisoformat(text))[-1] <= date.fromisoformat(text)


def test_last_four_seasons_cross_the_year() -> None:
    shown = [f"{start:%Y-%m-%d}" for start in last_seasons(date(2027, 1, 15))]
    assert shown == ["2026-03-01", "2026-06-01", "2026-09-01", "2026-12-01"]


def test_seasons_cross_terms(conn: Connection) -> None:
    """Spring has 7 of the term before; 8 lies in no term. What has no theme stands on its own."""
    found = by_season(conn, slice_of(), EVERYONE)
    some = found[found["sessions"] > 0]
    shown = {(r.theme, r.season): (r.sessions, r.recorded, r.attended) for r in some.itertuples()}
    assert shown == {
        ("正其心", "春"): (1, 1, 1),
        ("正其心", "秋"): (2, 2, 4),
        ("乐其学", "秋"): (1, 1, 2),
        ("健其体", "秋"): (1, 1, 1),
        ("未分类", "秋"): (1, 0, 0),
    }
    assert len(found) == 24


def test_festivals(conn: Connection) -> None:
    """文化节 is 1 in A and 2 in A and B; 读书节 is 5 without a place and 7, in the spring, in B;
    6 is a day late and 8 lies in no term."""
    found = by_festival(conn, slice_of(), EVERYONE).set_index("festival")
    counts = ["sessions", "recorded", "attended", "buildings"]
    assert found.loc["文化节", counts].tolist() == [2, 2, 5, 2]
    assert found.loc["读书节", counts].tolist() == [2, 2, 2, 1]
    assert found.loc["读书节", "last"] == day("11-03")
    assert found.loc["音乐节", "sessions"] == 0
    assert found.loc["音乐节", "last"] is None
    assert list(found.index) == list(FESTIVALS)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (slice_of(), "9>9 3/3 9>10 1/3 9>11 0/3 10>10 1/1 10>11 0/1 11>11 2/2"),
        (slice_of("10-31"), "9>9 3/3 9>10 1/3 10>10 1/1"),
        (slice_of(building="A"), "9>9 3/3 9>10 1/3 9>11 ? 10>10 1/1 10>11 ?"),
        (slice_of(building="C"), ""),
        (Filters(term=SPRING, date="2026-05-31"), "5>5 1/1"),
    ],
)
def test_who_came_again(conn: Connection, filters: Filters, expected: str) -> None:
    """a1 a2 z1 came first in September and a2 again in October, when b1 was new; c2 and d1 in
    November. A has no list of November: nobody knows. The spring is another academic year."""
    found = retention(conn, filters, EVERYONE)
    shown = (
        f"{row.cohort.month}>{row.month.month} "
        + ("?" if pd.isna(row.numerator) else f"{int(row.numerator)}/{row.denominator}")
        for row in found.itertuples()
    )
    assert " ".join(shown) == expected


def test_a_month_is_over_with_its_last_day(conn: Connection) -> None:
    ended = [set(retention(conn, slice_of(d), EVERYONE)["ended"]) for d in ("10-30", "10-31")]
    assert ended == [{0, 1}, {1}]


def test_days(conn: Connection) -> None:
    found = by_day(conn, slice_of(), EVERYONE).set_index("day")
    assert found["sessions"].sum() == 5
    assert tuple(found.loc[day("11-01"), ["sessions", "recorded", "attended"]]) == (1, 0, 0)
    assert found.index.max() == TODAY


def test_fields_of_buildings(conn: Connection) -> None:
    found = by_field(conn, slice_of(), EVERYONE)
    some = found[found["sessions"] > 0]
    assert list(zip(some["building_id"], some["field"], strict=True)) == [
        ("A", "学生党建"),
        ("A", "学风建设"),
        ("B", "学风建设"),
    ]
    assert len(found) == 28


def test_who_was_not_reached(conn: Connection) -> None:
    """By college X has a1 a2 a5 d1 z1, Y the rest. No building has five: they stand together."""
    found = never_reached(conn, slice_of(), EVERYONE)
    shown = {(r.part, r.key): (r.numerator, r.denominator) for r in found.itertuples()}
    homes = {key: pair for (part, key), pair in shown.items() if part == BUILDING}
    assert homes == {SMALL: (6, 10)}
    colleges = {key: pair for (part, key), pair in shown.items() if part == BY_COLLEGE}
    assert colleges == {"X": (4, 5), "Y": (2, 5)}
    for part in (GRADE, BY_COLLEGE, BUILDING):
        rows_ = found[found["part"] == part]
        assert (rows_["numerator"].sum(), rows_["denominator"].sum()) == (6, 10)


def test_a_college_sees_its_own_students_everywhere(conn: Connection) -> None:
    """What others' students did is no part of what a college may list."""
    of_x = Viewer("x", COLLEGE, college="X", buildings=frozenset("ABCDL"))
    found = never_reached(conn, slice_of(college="X", college_as=BELONGS), of_x)
    assert set(found.loc[found["part"] == BY_COLLEGE, "key"]) == {"X"}


@pytest.mark.parametrize(
    ("counts", "few"), [([1, 4, 9], 2), ([1, 9, 20], 2), ([1, 2, 9, 20], 3), ([5, 9], 0), ([3], 1)]
)
def test_small_groups_hide_each_other(counts: list[int], few: int) -> None:
    """A single small one, or a sum under five, takes the next along."""
    assert hidden_among(counts) == few


def test_a_chosen_building_stands_beside_all_others(conn: Connection) -> None:
    found = beside_others(conn, slice_of(building="A"), EVERYONE)
    assert set(found["building_id"]) == {"A", "B", "C", "D"}
    assert set(beside_others(conn, slice_of(building="B"), OF_B)["building_id"]) == {"B"}

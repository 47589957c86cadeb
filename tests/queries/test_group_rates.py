"""Student groups by hand, on the world with nine of them.

Added: a4 was of college X until 10-31, of Y since; majors 采矿 of a1 a2 a5 c1, 化工 of a4 b1 b2 c2.
A term a year before (2025-09-08) in which only a1 was enrolled, in A.

    g1 社团         a1 (since 2025, and once more since 10-01), a3
    g2 社团         a1 a2 a5 b1
    g3 勤工助学      a4 until 11-20, c2 until 11-19
    g4 朋辈互助      b2 and c1 since 10-05, d1 from 11-21
    g5 科研共同体    nobody
    g6 就业创业共同体 a2; closed on 11-10
    g7 团学共同体    a1 since 2025; closed on 2026-08-01
    g8 社团         a1; founded on 12-01
    g9 团学共同体    g1 the student, who is not enrolled this term

    1  09-10  g1  A, B    a1 b1 came      5  11-03  g4  no place on record; a5 came
    2  10-08  g1  A       no list         6  11-21  g3  C: after the day of the tests
    3  10-20  g6  A       a2 came         7  2026-05-12 g2 B, in the spring
    4  11-02  g2  L       c2 came         8  10-09  no group, in C
    9  2025-09-15 g1 A    a1 came, a year before

On 11-20 open: g1 g2 g3 g4 g5 g9. Colleges: g1 X1 Y1; g2 X3 Y1; g3 Y1; g4 X1 Y1. Majors: g1 one and
one unknown; g2 two; g3 one; g4 two. Only g1 came to homes, A and B of A B C D.
"""

from collections.abc import Callable, Iterator
from math import log

import pandas as pd
import pytest
from sqlalchemy import Connection, update

from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.activity import (
    Activity,
    ActivityPlace,
    Attendance,
    StudentGroup,
    StudentGroupMember,
)
from data.models.people import Enrolment
from data.models.time import Term
from data.summaries.refresh import refresh
from queries.filters import BELONGS, LEADS, Filters
from queries.group_mix import (
    CLOSED,
    DORMANT,
    INSIDE,
    OUTSIDE,
    Mix,
    evenness,
    group_list,
)
from queries.group_places import by_building
from queries.group_rates import GROUP_METRICS, group_cards, group_rates
from queries.student_groups import by_kind
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, TODAY, day, rows

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
NOBODY = Viewer("nobody")
OF_Y = slice_of(college="Y", college_as=BELONGS)
LED_BY_Y = slice_of(college="Y", college_as=LEADS)
LAST_YEAR = "2025-2026-1"
MAJORS = {"采矿": "a1 a2 a5 c1", "化工": "a4 b1 b2 c2"}
MEMBERS = (
    ("g1", "a1", "2025-09-10", None),
    ("g1", "a1", "10-01", None),
    ("g1", "a3", "09-07", None),
    *(("g2", student, "09-07", None) for student in ("a1", "a2", "a5", "b1")),
    ("g3", "a4", "09-07", "11-20"),
    ("g3", "c2", "09-07", "11-19"),
    ("g4", "b2", "10-05", None),
    ("g4", "c1", "10-05", None),
    ("g4", "d1", "11-21", None),
    ("g6", "a2", "09-07", None),
    ("g7", "a1", "2025-09-10", None),
    ("g8", "a1", "09-07", None),
    ("g9", "g1", "2026-03-02", None),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "groups", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> None:
    world.build(url)
    with writing(url) as conn:
        _people(conn)
        _groups(conn)
        _activities(conn)
    refresh(url, today=TODAY)


def _people(conn: Connection) -> None:
    """The year before, the majors, and a4's change of college."""
    first, last = day("2025-09-08"), day("2026-01-18")
    rows(
        conn,
        Term,
        "id name academic_year starts ends teaching_starts teaching_weeks",
        (LAST_YEAR, "2025秋", "2025-2026", first, last, first, 19),
    )
    columns = "student_id term_id starts ends college_id room_id political_status away"
    columns += " counselor_id grade degree_level major"
    same = ("共青团员", None, "k1", 2024, "本科生", None)
    rows(conn, Enrolment, columns, ("a1", LAST_YEAR, first, None, "X", "A11", *same))
    here = (Enrolment.student_id == "a4", Enrolment.term_id == AUTUMN)
    conn.execute(update(Enrolment).where(*here).values(ends=day("10-31"), college_id="X"))
    same = ("共青团员", None, "k2", 2024, "本科生", None)
    rows(conn, Enrolment, columns, ("a4", AUTUMN, day("11-01"), None, "Y", "A21", *same))
    for major, students in MAJORS.items():
        own = Enrolment.student_id.in_(students.split())
        conn.execute(update(Enrolment).where(own).values(major=major))


def _groups(conn: Connection) -> None:
    rows(
        conn,
        StudentGroup,
        "id name kind founded closed",
        ("g1", "棋社", "社团", None, None),
        ("g2", "琴社", "社团", None, None),
        ("g3", "社区岗", "勤工助学", None, None),
        ("g4", "帮扶队", "朋辈互助", None, None),
        ("g5", "矿山组", "科研共同体", None, None),
        ("g6", "简历门诊", "就业创业共同体", None, day("11-10")),
        ("g7", "老学生会", "团学共同体", None, day("2026-08-01")),
        ("g8", "画社", "社团", day("12-01"), None),
        ("g9", "自管会", "团学共同体", None, None),
    )
    found = ((g, s, day(a), b and day(b)) for g, s, a, b in MEMBERS)
    rows(conn, StudentGroupMember, "group_id student_id starts ends", *found)


def _activities(conn: Connection) -> None:
    held = {
        1: ("09-10", "g1", "AB", "a1 b1"),
        2: ("10-08", "g1", "A", ""),
        3: ("10-20", "g6", "A", "a2"),
        4: ("11-02", "g2", "L", "c2"),
        5: ("11-03", "g4", "", "a5"),
        6: ("11-21", "g3", "C", "c2"),
        7: ("2026-05-12", "g2", "B", "a1"),
        8: ("10-09", None, "C", "c2"),
        9: ("2025-09-15", "g1", "A", "a1"),
    }
    each = ((id_, f"活动{id_}", day(on), group) for id_, (on, group, *_) in held.items())
    rows(conn, Activity, "id name day group_id", *each)
    places = [(id_, home) for id_, (*_, homes, _) in held.items() for home in homes]
    rows(conn, ActivityPlace, "activity_id building_id", *places)
    lists = [(id_, student) for id_, (*_, came) in held.items() for student in came.split()]
    rows(conn, Attendance, "activity_id student_id", *lists)


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of(), EVERYONE, "1/6+0 2/4+0 3/4+2 2/3+3"),
        (slice_of("10-31"), EVERYONE, "2/7+0 2/4+0 4/5+2 2/4+3"),
        (slice_of(building="A"), EVERYONE, "1/3+0 1/1+0 2/3+0 1/2+1"),
        (slice_of(building="C"), EVERYONE, "0/1+0 0/1+0 1/1+0 1/1+0"),
        (slice_of(cluster="Q"), EVERYONE, "0/2+0 0/1+0 2/2+0 2/2+0"),
        (OF_Y, EVERYONE, "1/4+0 2/4+0 3/4+0 2/3+1"),
        (LED_BY_Y, EVERYONE, "1/3+0 1/2+0 3/3+0 2/2+1"),
        (slice_of(), OF_B, "1/2+0 1/1+0 2/2+0 1/1+1"),
        (slice_of(), K1, "1/3+0 1/3+0 3/3+0 2/2+1"),
        (slice_of(), NOBODY, "— — — —"),
    ],
)
def test_rates(conn: Connection, filters: Filters, viewer: Viewer, expected: str) -> None:
    """On 10-31 g6 was still open, and g3 of two colleges. Of A: g1 g2 g3 have members there, g6
    is closed. Of C: only g4 lives there; in the cluster g2 held 4 in the laboratory. Of Y: g1 to
    g4. Led by Y: g1 came to B, g2 g4 live in B and C. Of k1: a1 a2 a5 and c1."""
    found = group_rates(conn, filters, viewer).set_index("metric")
    keys = [metric.key for metric in GROUP_METRICS]
    shown = [found.loc[key] if key in found.index else None for key in keys]
    said = (
        "—" if row is None else f"{row['numerator']}/{row['denominator']}+{row['exempt']}"
        for row in shown
    )
    assert " ".join(said) == expected


@pytest.mark.parametrize("query", [group_rates, group_cards, by_kind, by_building, group_list])
def test_nobody_gets_no_rows(conn: Connection, query: Callable[..., pd.DataFrame]) -> None:
    assert query(conn, slice_of(), NOBODY).empty


def kinds(conn: Connection, filters: Filters) -> dict[str, str]:
    """Groups in homes / open - dormant, members; sessions, lists, attendances, homes."""
    names = ["numerator", "denominator", "dormant", "members"]
    names += ["sessions", "recorded", "attended", "homes"]
    found = by_kind(conn, filters, EVERYONE).set_index("kind")
    return {str(kind): " ".join(map(str, row)) for kind, row in found[names].iterrows()}


def test_kinds(conn: Connection) -> None:
    """1 is one session in two homes; 2 has no list; 3 counts though g6 is closed."""
    found = kinds(conn, slice_of())
    assert found == {
        "社团": "1 2 0 5 3 2 3 2",
        "勤工助学": "0 1 1 1 0 0 0 0",
        "朋辈互助": "0 1 0 2 1 1 1 0",
        "科研共同体": "0 1 1 0 0 0 0 0",
        "就业创业共同体": "0 0 0 0 1 1 1 1",
        "团学共同体": "0 1 1 0 0 0 0 0",
    }


def test_the_last_day_of_a_membership_counts(conn: Connection) -> None:
    """c2 left on 11-19, a4 on 11-20; a4 is one person though of two colleges this term."""
    by_day = {on: kinds(conn, slice_of(on))["勤工助学"].split()[3] for on in ("11-19", "11-20")}
    assert by_day == {"11-19": "2", "11-20": "1"}
    assert kinds(conn, slice_of("11-21"))["勤工助学"] == "1 1 0 0 1 1 1 1"


def test_members_live_where_they_live_on_the_day(conn: Connection) -> None:
    """b2 of g4 moved from B to C on 11-01; c1 is away, with a bed in C."""
    of = "朋辈互助"
    assert kinds(conn, slice_of("10-31", building="B"))[of].split()[3] == "1"
    assert kinds(conn, slice_of("10-31", building="C"))[of].split()[3] == "1"
    assert kinds(conn, slice_of(building="C"))[of].split()[3] == "2"


def test_the_year_before(conn: Connection) -> None:
    """74 days into the teaching of 2025-2026-1: g7 was open; D was not yet built."""
    found = by_kind(conn, slice_of(), EVERYONE).set_index("kind")
    assert set(found["earlier_day"]) == {day("2025-11-21")}
    names = ["numerator", "denominator", "dormant", "members", "sessions", "attended", "every"]
    earlier = found[[f"earlier_{name}" for name in names]].astype(int)
    assert earlier.loc["社团"].tolist() == [1, 2, 1, 1, 1, 1, 3]
    assert earlier.loc["团学共同体"].tolist() == [0, 2, 2, 1, 0, 0, 3]
    cards = group_cards(conn, slice_of(), EVERYONE).set_index("metric")
    pair = ["earlier_numerator", "earlier_denominator"]
    assert cards.loc["groups_in_community", pair].tolist() == [1, 8]
    assert cards.loc["cross_college_groups", pair].tolist() == [0, 2]
    spring = by_kind(conn, slice_of("2026-06-01"), EVERYONE)
    assert spring[[f"earlier_{name}" for name in names]].isna().all(axis=None)


def test_every_group(conn: Connection) -> None:
    """3 : 1 is ln 1.7548 ÷ ln 2. g7 closed before the term, g8 is not yet founded."""
    found = group_list(conn, slice_of(), EVERYONE)
    states = dict(zip(found["group_id"], found["state"], strict=True))
    assert list(states.items()) == [
        *((group, DORMANT) for group in ("g3", "g5", "g9")),
        *((group, OUTSIDE) for group in ("g2", "g4")),
        *(("g1", INSIDE), ("g6", CLOSED)),
    ]
    at = found.set_index("group_id")
    counts = ["everyone", "colleges", "majors", "unknown"]
    assert {str(g): row.tolist() for g, row in at[counts].iterrows()} == {
        "g1": [2, 2, 1, 1],
        "g2": [4, 2, 2, 0],
        "g3": [1, 1, 1, 0],
        "g4": [2, 2, 2, 0],
        **{group: [0, 0, 0, 0] for group in ("g5", "g6", "g9")},
    }
    assert at["evenness"].dropna().round(4).to_dict() == {"g1": 1.0, "g2": 0.8113, "g4": 1.0}
    assert at.loc["g1", "last"] == day("10-08")
    assert at.loc["g3", "last"] is None


def test_a_group_is_made_of_all_its_members_whoever_asks(conn: Connection) -> None:
    """In B only b1 of g2 lives; g1 came there."""
    found = group_list(conn, slice_of(building="B"), OF_B).set_index("group_id")
    counts = ["members", "everyone", "sessions", "homes"]
    assert {str(g): row.tolist() for g, row in found[counts].iterrows()} == {
        "g2": [1, 4, 0, 0],
        "g1": [0, 2, 1, 1],
    }


def test_a_change_of_college_counts_from_its_day(conn: Connection) -> None:
    """g3 crossed colleges until a4 became one of Y; both were always of one major."""
    by_day = {
        on: group_list(conn, slice_of(on), EVERYONE).set_index("group_id").loc["g3", "colleges"]
        for on in ("10-31", "11-01")
    }
    assert by_day == {"10-31": 2, "11-01": 1}


def test_buildings_no_group_came_to_stand_first(conn: Connection) -> None:
    found = by_building(conn, slice_of(), EVERYONE)
    assert list(dict.fromkeys(found["building_id"])) == ["C", "D", "B", "A"]
    some = found[found["sessions"] > 0]
    assert list(zip(some["building_id"], some["group_kind"], some["sessions"], strict=True)) == [
        ("B", "社团", 1),
        ("A", "社团", 2),
        ("A", "就业创业共同体", 1),
    ]
    assert len(found) == 4 * 6


def test_a_college_by_belonging_has_the_sessions_of_its_students_groups(conn: Connection) -> None:
    """No member of g6 is of Y: 3 in A is not theirs."""
    found = by_building(conn, OF_Y, EVERYONE)
    assert found["sessions"].sum() == 3


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((), None), ((4,), None), ((4, 0), None), ((1, 1), 1.0), ((3, 1), 0.8113), ((2, 2, 2), 1.0)],
)
def test_evenness(counts: tuple[int, ...], expected: float | None) -> None:
    """−(¾ ln ¾ + ¼ ln ¼) ÷ ln 2 = 0.8113; one college has none."""
    found = evenness(counts)
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-4))
    assert counts != (3, 1) or found == pytest.approx((log(4) - 0.75 * log(3)) / log(2))


@pytest.mark.parametrize(
    ("majors", "unknown", "crosses"),
    [(0, 0, None), (0, 2, None), (1, 0, False), (1, 1, None), (2, 0, True), (2, 5, True)],
)
def test_an_unknown_major_leaves_it_open(majors: int, unknown: int, crosses: bool | None) -> None:
    assert Mix((3,), majors, unknown).crosses_majors is crosses

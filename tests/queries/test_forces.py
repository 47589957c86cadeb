"""力量下沉 by hand, on the world with a few sessions.

Added (k3 is building counselor of B, the graduate building, since 2026-09-01, k4 from 10-01 to
11-19; C houses both kinds and has none; P1 … are the numbers of persons):

    spring    05-10 A 导师有约 研究生导师 P1 of X, 10 there
              06-01 B 教授沙龙 专家学者 P2 of Y, 8
              06-20 C 教授沙龙 专家学者 P6 of Y, 6
    09-15     A 导师有约 研究生导师 P1 of X, 12 there
    10-05     L 教授沙龙 专家学者 P5 of Y, 30: nobody lives in L
    10-20     A 导师有约 研究生导师 P3 of X, nobody counted, no hours
    10-20     B 领导面对面 领导干部, person unknown, no college, 20
    11-10     A 导师有约 研究生导师 P1 of X again, 5
    11-12     C 春晖工作站 五老 P6, now of no college, 4
    11-21     D 春晖工作站 五老 P4 of Y, 9: after the day of the tests

On 11-20 ten teaching weeks are over; there were sessions in the 2nd, 5th, 7th and 10th of them.
As far into the teaching of the spring is 05-15, when only P1 had come.
"""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from sqlalchemy import Connection

from components.panels.absence_board import absence_board
from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.forces import Engagement, MethodSetting
from data.models.people import Counselor, CounselorBuilding
from data.summaries.refresh import refresh
from queries.filters import BELONGS, LEADS, Filters
from queries.forces import by_carrier_and_kind, forces_cards, forces_rates
from queries.forces_absences import TOTAL, not_yet_come
from queries.forces_posts import building_counselors
from queries.forces_reach import by_building, by_month
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, TODAY, day, rows

OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
NOBODY = Viewer("nobody")
QUERIES: tuple[Callable[..., pd.DataFrame], ...] = (
    *(forces_rates, forces_cards, by_carrier_and_kind),
    *(by_building, by_month, building_counselors, not_yet_come),
)
OF_X = slice_of(college="X", college_as=BELONGS)
LED_BY_Y = slice_of(college="Y", college_as=LEADS)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "forces", _built)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def _built(url: str) -> str:
    world.build(url)
    with writing(url) as conn:
        kind = ("楼宇辅导员", "专职")
        people = (("k3", "楼辅三", *kind), ("k4", "楼辅四", *kind))
        rows(conn, Counselor, "id name kind employment", *people)
        rows(
            conn,
            CounselorBuilding,
            "counselor_id building_id starts ends",
            ("k3", "B", day("2026-09-01"), None),
            ("k4", "B", day("10-01"), day("11-19")),
        )
        rows(conn, MethodSetting, "term_id students_per_counselor", (AUTUMN, 150))
        rows(
            conn,
            Engagement,
            "id carrier person_kind person_code college_id building_id day hours attended",
            (1, "导师有约", "研究生导师", "P1", "X", "A", day("2026-05-10"), 1.0, 10),
            (2, "教授沙龙", "专家学者", "P2", "Y", "B", day("2026-06-01"), 1.5, 8),
            (9, "教授沙龙", "专家学者", "P6", "Y", "C", day("2026-06-20"), 1.0, 6),
            (3, "导师有约", "研究生导师", "P1", "X", "A", day("09-15"), 1.0, 12),
            (7, "教授沙龙", "专家学者", "P5", "Y", "L", day("10-05"), 1.0, 30),
            (4, "导师有约", "研究生导师", "P3", "X", "A", day("10-20"), None, None),
            (5, "领导面对面", "领导干部", None, None, "B", day("10-20"), 2.0, 20),
            (8, "导师有约", "研究生导师", "P1", "X", "A", day("11-10"), 0.5, 5),
            (10, "春晖工作站", "五老", "P6", None, "C", day("11-12"), 1.0, 4),
            (6, "春晖工作站", "五老", "P4", "Y", "D", day("11-21"), 1.0, 9),
        )
    refresh(url, today=TODAY)
    return url


@pytest.mark.parametrize(
    ("filters", "viewer", "expected"),
    [
        (slice_of(), EVERYONE, "3/4 4/10 1/1"),
        (slice_of("11-11"), EVERYONE, "2/4 3/9 1/1"),
        (slice_of("10-19"), EVERYONE, "1/4 2/6 1/1"),
        (slice_of("09-30"), EVERYONE, "1/3 1/3 1/1"),
        (slice_of("2026-06-01"), EVERYONE, "2/3 1/13 0/1"),
        (slice_of(campus="S"), EVERYONE, "0/1 0/10 —"),
        (slice_of(building="C"), EVERYONE, "1/1 1/10 —"),
        (LED_BY_Y, EVERYONE, "2/2 2/10 1/1"),
        (OF_X, EVERYONE, "1/4 3/10 1/1"),
        (slice_of(), OF_B, "1/1 1/10 1/1"),
        (slice_of(), NOBODY, "— — —"),
    ],
)
def test_rates(conn: Connection, filters: Filters, viewer: Viewer, expected: str) -> None:
    """Buildings reached, weeks with a session, graduate buildings with a building counselor.

    D opened on 10-01, and its session is a day late. Of a college that counts by belonging only
    what its own people did counts, wherever they went.
    """
    found = forces_rates(conn, filters, viewer).set_index("metric")
    keys = ("engagement_reach", "engagement_weeks", "building_counselor_coverage")
    shown = (found.loc[key] if key in found.index else None for key in keys)
    assert (
        " ".join(
            "—" if row is None else f"{row['numerator']}/{row['denominator']}" for row in shown
        )
        == expected
    )


@pytest.mark.parametrize("query", QUERIES)
def test_nobody_gets_no_rows(conn: Connection, query: Callable[..., pd.DataFrame]) -> None:
    assert query(conn, slice_of(), NOBODY).empty


def test_cards_keep_what_nobody_counted_out_of_the_sum(conn: Connection) -> None:
    """P1 came twice and is one person; who led the session of 10-20 in B is not on record."""
    row = forces_cards(conn, slice_of(), EVERYONE).iloc[0]
    assert (row["sessions"], row["attended"], row["counted"]) == (6, 71, 5)
    assert (row["persons"], row["unnamed"], row["hours"]) == (4, 1, 5.5)
    assert (row["reached"], row["buildings"]) == (3, 4)


def test_cards_stand_beside_the_same_teaching_day_of_the_term_before(conn: Connection) -> None:
    row = forces_cards(conn, slice_of(), EVERYONE).iloc[0]
    assert row["earlier_day"] == day("2026-05-15")
    earlier = ("sessions", "attended", "counted", "persons", "unnamed", "reached", "buildings")
    assert [row[f"earlier_{name}"] for name in earlier] == [1, 10, 1, 1, 0, 1, 3]
    first = forces_cards(conn, slice_of("2026-06-01"), EVERYONE).iloc[0]
    assert first["sessions"] == 2
    assert pd.isna(first["earlier_sessions"])


def test_a_college_leads_buildings_or_sends_people(conn: Connection) -> None:
    led, sent = (forces_cards(conn, f, EVERYONE).iloc[0] for f in (LED_BY_Y, OF_X))
    assert (led["sessions"], led["attended"], led["persons"], led["unnamed"]) == (2, 24, 1, 1)
    assert (sent["sessions"], sent["attended"], sent["persons"], sent["unnamed"]) == (3, 17, 2, 0)


def test_every_carrier_and_kind_has_its_cell(conn: Connection) -> None:
    found = by_carrier_and_kind(conn, slice_of(), EVERYONE)
    assert len(found) == 20
    held = found[found["sessions"] > 0].set_index(["carrier", "person_kind"])
    assert held[["sessions", "attended", "counted"]].T.to_dict("list") == {
        ("领导面对面", "领导干部"): [1, 20, 1],
        ("教授沙龙", "专家学者"): [1, 30, 1],
        ("导师有约", "研究生导师"): [3, 17, 2],
        ("春晖工作站", "五老"): [1, 4, 1],
    }


def test_buildings_nobody_came_to_stand_first_and_others_last(conn: Connection) -> None:
    found = by_building(conn, slice_of(), EVERYONE)
    shown = [(r.building_id, r.sessions, r.days, r.home) for r in found.itertuples()]
    assert shown == [
        ("D", 0, None, True),
        ("B", 1, 31, True),
        ("A", 3, 10, True),
        ("C", 1, 8, True),
        ("L", 1, 46, False),
    ]
    a = found.set_index("building_id").loc["A"]
    assert a[["talks", "salons", "tutorials", "stations"]].tolist() == [0, 0, 3, 0]
    assert a[["attended", "counted"]].tolist() == [17, 2]


def test_a_session_tomorrow_reaches_nothing_today(conn: Connection) -> None:
    today, tomorrow = (by_building(conn, slice_of(on), EVERYONE) for on in ("11-20", "11-21"))
    assert today.set_index("building_id").loc["D", "sessions"] == 0
    assert tomorrow.set_index("building_id").loc["D", ["sessions", "days"]].tolist() == [1, 0]


def test_months_and_weeks(conn: Connection) -> None:
    """D opened in October: September had three buildings. L is no home, whatever goes on there."""
    found = by_month(conn, slice_of(), EVERYONE)
    months = found.drop_duplicates("month")
    assert months[["month", "numerator", "denominator"]].to_numpy().tolist() == [
        ["2026-09", 1, 3],
        ["2026-10", 2, 4],
        ["2026-11", 2, 4],
    ]
    october = found[found["month"] == "2026-10"].set_index("carrier")
    assert october["sessions"].tolist() == [1, 1, 1, 0]
    assert october.loc["导师有约", ["attended", "counted"]].tolist() == [0, 0]
    assert set(found["weeks"]) == {10}
    assert set(found["all_weeks"]) == {4}
    weeks = found.drop_duplicates("carrier").set_index("carrier")["carrier_weeks"]
    assert weeks.to_dict() == {"领导面对面": 1, "教授沙龙": 1, "导师有约": 3, "春晖工作站": 1}


def test_months_without_any_session_are_there(conn: Connection) -> None:
    found = by_month(conn, slice_of(campus="S"), EVERYONE)
    assert len(found) == 12
    assert set(found["sessions"]) == set(found["numerator"]) == {0}
    assert list(found.drop_duplicates("month")["denominator"]) == [0, 1, 1]


def test_posts_and_whom_they_serve(conn: Connection) -> None:
    """b1 lives in B; b2 and c2 in C, which needs nobody of its own. k4 left on 11-19."""
    found = building_counselors(conn, slice_of(), EVERYONE).set_index("building_id")
    assert list(found.index) == ["C", "B"]
    columns = ["counselors", "number", "residents", "undergraduates", "masters", "norm"]
    assert found.loc["B", columns].tolist() == ["楼辅三", 1, 1, 1, 0, 150]
    assert found.loc["C", columns].tolist() == ["", 0, 2, 2, 0, 150]
    assert (found.loc["B", "since"], found.loc["B", "each"]) == (day("2026-09-01"), 1.0)
    assert pd.isna(found.loc["C", "each"])
    before = building_counselors(conn, slice_of("11-19"), EVERYONE).set_index("building_id")
    assert before.loc["B", ["counselors", "number", "each"]].tolist() == ["楼辅三、楼辅四", 2, 0.5]


def test_without_anyone_appointed_a_graduate_building_stands_first(conn: Connection) -> None:
    """In the spring b1 and g1 lived in B, and the term had set no ratio of its own."""
    spring = building_counselors(conn, slice_of("2026-06-01"), EVERYONE)
    shown = spring[["building_id", "number", "residents", "norm"]].to_numpy().tolist()
    assert shown == [["B", 0, 2, 200], ["C", 0, 0, 200]]


def test_students_served_are_all_who_live_there_whoever_asks(conn: Connection) -> None:
    """b2 and c2 are not on the list of k1, who has C in scope."""
    found = building_counselors(conn, slice_of(), K1)
    assert found[["building_id", "residents"]].to_numpy().tolist() == [["C", 2]]


def absences(conn: Connection, filters: Filters, viewer: Viewer = EVERYONE) -> pd.DataFrame:
    return not_yet_come(conn, filters, viewer).set_index(["college_id", "person_kind"])


def test_who_has_not_come_yet(conn: Connection) -> None:
    """Of P1, P2 and P6 of the spring only P2 is missing: P6 came as somebody else."""
    found = absences(conn, slice_of())
    assert len(found) == 24
    columns = ["sessions", "persons", "missing"]
    assert found.loc[("X", "研究生导师"), columns].tolist() == [3, 1, 0]
    assert found.loc[("Y", "专家学者"), columns].tolist() == [1, 2, 1]
    assert found.loc[("", "领导干部"), columns].tolist() == [1, 0, 0]
    assert found.loc[("", TOTAL), columns].tolist() == [2, 0, 0]
    assert found.loc[(TOTAL, TOTAL), columns].tolist() == [6, 3, 1]
    assert pd.isna(found.loc[("Y", "五老"), "last"])
    assert found.loc[("Y", "专家学者"), "last"] == day("10-05")


def test_before_the_first_session_of_a_term_all_of_the_last_are_missing(conn: Connection) -> None:
    total = absences(conn, slice_of("09-10")).loc[(TOTAL, TOTAL)]
    assert total[["sessions", "persons", "missing"]].tolist() == [0, 3, 3]
    assert total["last"] == day("2026-06-20")


def test_absences_of_one_college_and_of_one_building(conn: Connection) -> None:
    """P6 came for no college; seen from Y nobody of its two came but P5, who is new."""
    own = absences(conn, slice_of(college="Y", college_as=BELONGS))
    assert {college for college, _ in own.index} == {"Y"}
    assert own.loc[("Y", TOTAL), ["sessions", "persons", "missing"]].tolist() == [1, 2, 2]
    group = absences(conn, slice_of(), OF_B).loc[(TOTAL, TOTAL)]
    assert group[["sessions", "persons", "missing"]].tolist() == [1, 1, 1]


def test_no_person_leaves_the_server(conn: Connection) -> None:
    found = not_yet_come(conn, slice_of(), EVERYONE)
    shown = str(absence_board(found, None, slice_of()))  # type: ignore[arg-type]
    assert "导师" in shown
    assert not {f"P{n}" for n in range(1, 7)} & set(found.to_numpy().ravel().tolist())
    assert not any(f"P{n}" in shown for n in range(1, 7))

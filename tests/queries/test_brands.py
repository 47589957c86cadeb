"""Brands by hand, on the world with a few of them (tests/branding.py)."""

from collections.abc import Callable, Iterator
from math import exp, log
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import WORK_GROUP, Viewer
from data.engine import reading
from data.errors import InvalidFilter, NotAllowed
from queries.brand_coverage import owned_brands
from queries.brand_overlap import overlap
from queries.brand_profile import by_college, by_term, by_week, owners, session_list
from queries.brand_slice import to_choose
from queries.brand_state import CLOSED, GROWING, SEEDLING, UNKNOWN
from queries.brands import portfolio
from queries.choices import resolve, slice_text
from queries.fact import SMALL
from queries.filters import BELONGS, LEADS, Filters
from tests import branding, databases
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, SPRING, day

NOBODY = Viewer("nobody")
ONE = slice_of(brand="b-a")
QUERIES: tuple[Callable[..., pd.DataFrame], ...] = (
    *(portfolio, overlap, owned_brands, to_choose),
    *(by_week, by_term, by_college, session_list, owners),
)


def group(building: str) -> Viewer:
    """The work group of a building."""
    return Viewer("group", WORK_GROUP, buildings=frozenset(building))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "brands", branding.build)


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def one(conn: Connection, brand: str, on: str = "11-20", viewer: Viewer = EVERYONE) -> Any:
    """The row of one brand among all of the slice."""
    found = portfolio(conn, slice_of(on), viewer)
    return next(found[found["brand_id"] == brand].itertuples())


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("filters", [slice_of(), ONE], ids=["all", "one"])
def test_nobody_gets_no_rows(
    conn: Connection, query: Callable[..., pd.DataFrame], filters: Filters
) -> None:
    assert query(conn, filters, NOBODY).empty


def test_sessions_and_people(conn: Connection) -> None:
    """103 is one session in two buildings; 104 has no list. a1 a2 a3 a4 a5 b1 c2 came, of them a1
    a2 b1 more than once."""
    row = one(conn, "b-a")
    assert (row.sessions, row.recorded, row.attended) == (5, 4, 11)
    assert (row.participants, row.again) == (7, 3)


def test_colleges_are_those_of_the_day_people_last_came(conn: Connection) -> None:
    """a1 came last on 11-12, in Y by then; a3 on 09-10, still in Y. X: a2 a5. Y: the other five."""
    row = one(conn, "b-a")
    assert row.colleges == 2
    assert row.mixed == pytest.approx(exp(-2 / 7 * log(2 / 7) - 5 / 7 * log(5 / 7)))
    before = one(conn, "b-a", "11-11")
    assert before.mixed == pytest.approx(exp(-3 / 7 * log(3 / 7) - 4 / 7 * log(4 / 7)))


def test_small_colleges_hide_each_other(conn: Connection) -> None:
    """Two of X alone would tell how many: the five of Y go with them."""
    found = by_college(conn, ONE, EVERYONE)
    assert found.to_numpy().tolist() == [[SMALL, 7, 7]]
    assert by_college(conn, slice_of(brand="b-l"), EVERYONE).empty


@pytest.mark.parametrize(
    ("on", "owner", "reach"),
    [
        ("10-14", "桃苑1号楼", (5, 5)),  # a1 to a5 live in A, all came
        ("10-15", "桃苑2号楼", (1, 2)),  # b1 of b1 and b2
        ("11-20", "桃苑2号楼", (1, 1)),  # b2 lives in C by now
    ],
)
def test_a_brand_that_changes_its_owner(
    conn: Connection, on: str, owner: str, reach: tuple[int, int]
) -> None:
    row = one(conn, "b-a", on)
    assert (row.owner, (row.numerator, row.denominator)) == (owner, reach)


def test_owners_over_time(conn: Connection) -> None:
    """Earlier sessions stay the brand's; 103 to 105 fall in the time of B."""
    found = owners(conn, ONE, EVERYONE)
    assert found[["building_id", "sessions", "now"]].to_numpy().tolist() == [
        ["B", 3, 1],
        ["A", 5, 0],
    ]
    assert found["ends"].tolist()[1] == day("10-14")
    assert len(owners(conn, slice_of("10-14", brand="b-a"), EVERYONE)) == 1
    assert owners(conn, slice_of(brand="b-u"), EVERYONE).empty


def test_reach_of_a_cluster_and_of_the_university(conn: Connection) -> None:
    """P: a1 a3 a4 a5 b1, all on the list of 201. The university: nine residents, of whom b2 c2 d1
    came to 401; z1 lives nowhere, and c1 is away."""
    row = one(conn, "b-p")
    assert (row.numerator, row.denominator) == (5, 5)
    row = one(conn, "b-u")
    assert (row.numerator, row.denominator, row.participants) == (3, 9, 5)


def test_without_a_list_nobody_knows_who_came(conn: Connection) -> None:
    row = one(conn, "b-l")
    assert (row.sessions, row.recorded, row.participants) == (1, 0, 0)
    assert row.answers == 0
    assert pd.isna(row.score)
    assert pd.isna(row.mixed)
    assert pd.isna(row.cost_each)


@pytest.mark.parametrize(
    ("brand", "on", "expected"),
    [
        ("b-p", "11-20", (0, None, None, None)),
        ("b-c", "11-20", (1, 3, None, None)),  # d1 is not on the list of 301
        ("b-a", "10-15", (1, 5, None, None)),
        ("b-a", "11-20", (3, 11 / 3, 1, 5)),  # 3.67 ± 4.303 · 1.528 ÷ √3
    ],
)
def test_satisfaction(conn: Connection, brand: str, on: str, expected: tuple[Any, ...]) -> None:
    row = one(conn, brand, on)
    found = (row.answers, row.score, row.score_low, row.score_high)
    whole = [None if pd.isna(value) else value for value in found]
    low = 11 / 3 - 4.302653 * 1.527525 / 3**0.5
    expected = (*expected[:2], max(1.0, low) if expected[2] else None, expected[3])
    assert whole == [None if v is None else pytest.approx(v, abs=1e-4) for v in expected]


def test_cost_needs_both_cost_and_list(conn: Connection) -> None:
    """101 and 103: 160 yuan for 5 + 3 attendances; 104 has a cost but no list."""
    row = one(conn, "b-a")
    assert (row.costed, row.cost, row.cost_people, row.cost_each) == (2, 160, 8, 20)


@pytest.mark.parametrize(
    ("brand", "on", "expected"),
    [
        # 121 lies before 2025-11-21, the same day of teaching a year before; 122 after it
        ("b-a", "11-20", (3, 5, 1, "grew", GROWING)),
        # 2 now and 2 then; held in 2 of 10 weeks
        ("b-p", "11-20", (3, 2, 2, "rare", SEEDLING)),
        ("b-c", "11-20", (1, 2, 0, "closed", CLOSED)),
        ("b-c", "10-31", (1, 2, 0, "young", SEEDLING)),
        ("b-u", "11-20", (1, 2, 0, "young", SEEDLING)),
        ("b-n", "11-20", (0, 0, 0, "never", UNKNOWN)),
        ("b-l", "11-20", (1, 1, 0, "young", SEEDLING)),
        # the fourth week ends on 10-04; 121 was later in its term
        ("b-a", "10-03", (3, 2, 0, "early", UNKNOWN)),
        ("b-a", "10-04", (3, 2, 0, "grew", GROWING)),
    ],
)
def test_life(conn: Connection, brand: str, on: str, expected: tuple[Any, ...]) -> None:
    row = one(conn, brand, on)
    assert (row.terms, row.sessions, row.earlier_sessions, row.rule, row.state) == expected


def test_regularity(conn: Connection) -> None:
    """Weeks 1, 3, 7, 9 and 10 of the ten that have ended."""
    row = one(conn, "b-a")
    assert (row.active, row.weeks) == (5, 10)
    assert row.earlier_day == day("2025-11-21")


def test_in_the_spring_the_term_before_is_compared(conn: Connection) -> None:
    """No spring a year earlier is summarised. Two terms are known, and b-a is older than them."""
    row = one(conn, "b-a", "2026-07-01")
    assert (row.sessions, row.earlier_sessions, row.terms, row.rule) == (1, 2, 2, "short")


@pytest.mark.parametrize(
    ("chosen", "viewer", "expected"),
    [
        ({}, EVERYONE, "b-n b-p b-a b-c b-l b-u"),
        ({"building": "B"}, EVERYONE, "b-p b-a"),  # 202 was held there; B owns b-a
        ({"building": "A"}, EVERYONE, "b-p b-a"),
        ({"cluster": "Q"}, EVERYONE, "b-n b-c"),
        ({"campus": "S"}, EVERYONE, "b-l b-u"),
        ({"college": "Y", "college_as": LEADS}, EVERYONE, "b-p b-a b-c"),
        ({"college": "X", "college_as": BELONGS}, EVERYONE, "b-a"),
        ({}, group("B"), "b-p b-a"),
        ({}, group("A"), "b-p b-a"),
        ({}, group("C"), "b-n b-c"),
        ({}, group("D"), "b-l b-u"),
        ({"building": "B"}, group("D"), ""),
    ],
)
def test_which_brands_a_slice_holds(
    conn: Connection, chosen: dict[str, Any], viewer: Viewer, expected: str
) -> None:
    """b-f is founded later."""
    assert " ".join(to_choose(conn, slice_of(**chosen), viewer)["brand_id"]) == expected


def test_a_slice_chooses_brands_not_sessions(conn: Connection) -> None:
    found = portfolio(conn, slice_of(building="B"), EVERYONE).set_index("brand_id")
    assert found.loc["b-a", "sessions"] == 5


def test_a_work_group_sees_the_sessions_of_its_building(conn: Connection) -> None:
    """B: 103, 104 and, as the owner, 105 without a place; a2 b1 c2 a1 came. Its own brand is not
    judged by a part of its sessions."""
    row = one(conn, "b-a", viewer=group("B"))
    assert (row.sessions, row.participants, row.building_id) == (3, 4, "B")
    assert (row.numerator, row.denominator) == (1, 1)
    assert (row.rule, row.state) == ("partial", UNKNOWN)
    listed = session_list(conn, ONE, group("B"))
    assert listed["name"].tolist() == ["活动105", "活动104", "活动103"]
    assert listed["place"].tolist() == ["", "桃苑2号楼", "桃苑2号楼"]


def test_a_former_owner_sees_what_it_held(conn: Connection) -> None:
    """A: 101 to 103, not 105, which is B's by now; whose it is has a name, and no link."""
    row = one(conn, "b-a", viewer=group("A"))
    assert (row.sessions, row.owner, row.building_id) == (3, "桃苑2号楼", "")
    assert pd.isna(row.denominator)


def test_a_brand_wholly_in_scope_is_judged(conn: Connection) -> None:
    assert one(conn, "b-l", viewer=group("D")).state == SEEDLING
    row = one(conn, "b-u", viewer=group("D"))
    assert (row.state, row.numerator, row.denominator) == (UNKNOWN, 1, 2)


def test_overlap(conn: Connection) -> None:
    """b-a has seven people, b-p six, b-u five. c2 alone came to b-a and b-u; nobody to b-p and b-u;
    b-c has but one."""
    found = overlap(conn, slice_of(), EVERYONE)
    shown = {
        (r.brand_id, r.other_id): (None if r.hidden else r.numerator, r.denominator)
        for r in found.itertuples()
    }
    assert shown == {
        ("b-a", "b-p"): (6, 7),
        ("b-p", "b-a"): (6, 6),
        ("b-a", "b-u"): (None, 7),
        ("b-u", "b-a"): (None, 5),
        ("b-p", "b-u"): (0, 6),
        ("b-u", "b-p"): (0, 5),
    }
    assert found.loc[found["hidden"] == 1, "numerator"].isna().all()


def test_weeks_and_terms(conn: Connection) -> None:
    weeks = by_week(conn, ONE, EVERYONE)
    assert weeks.groupby("term")["sessions"].sum().to_dict() == {
        branding.OLD: 2,
        SPRING: 1,
        AUTUMN: 5,
    }
    autumn = weeks[weeks["term"] == AUTUMN].set_index("week")
    assert autumn.index[autumn["sessions"] > 0].tolist() == [1, 3, 7, 9, 10]
    assert autumn.index.max() == 11
    terms = by_term(conn, ONE, EVERYONE).set_index("term")
    assert terms["answers"].tolist() == [0, 0, 3]
    assert pd.isna(terms.loc[SPRING, "score"])


def test_sessions_of_a_brand(conn: Connection) -> None:
    found = session_list(conn, ONE, EVERYONE)
    assert len(found) == 8
    third = found.iloc[2]
    assert (third["place"], third["attended"], third["score"]) == ("桃苑1号楼、桃苑2号楼", 3, 3)
    assert pd.isna(found.iloc[1]["attended"])


@pytest.mark.parametrize(
    ("asked", "viewer", "error", "sentence"),
    [
        ("zzz", EVERYONE, InvalidFilter, "没有这个品牌.zzz"),
        ("b-f", EVERYONE, InvalidFilter, "2026-12-01 才创建"),
        ("b-u", group("B"), NotAllowed, "不在你的范围内"),
    ],
)
def test_a_brand_that_cannot_be_looked_at_explains_itself(
    conn: Connection, asked: str, viewer: Viewer, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        resolve(conn, Filters(brand=asked), viewer)


def test_an_export_names_the_brand(conn: Connection) -> None:
    filters = resolve(conn, Filters(brand="b-a"), group("B"))
    assert "品牌：灯下书屋" in slice_text(conn, filters)

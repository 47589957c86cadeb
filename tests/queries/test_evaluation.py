"""Evaluation by hand, on the world with counselors at work (tests/counseling.py).

On 11-20, by building (key dates, students met by their own):
    A 3/3, 4/5    B 2/3, 1/1    C 1/3, 1/2    D 0/2, 0/1 (opened on 10-01)
Key dates: 60 points, in proportion to 100 %. Met: 40 points, from 50 % to 100 %.
    A 60 + 40 × 0.6 = 84    B 40 + 40 = 80    C 20 + 0 = 20    D 0
A and D are for undergraduates, B for graduates, C for both: three peer groups.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, update

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import InvalidFilter
from data.models.people import Enrolment
from data.schemes.scheme import (
    ACADEMIC_YEAR,
    BUILDING,
    CALENDAR_YEAR,
    COLLEGE_BELONGS,
    COLLEGE_LEADS,
    EXCLUDE,
    GEOMETRIC,
    METRIC,
    TERM,
    Dimension,
    Indicator,
    Rule,
    Scheme,
    Source,
    SubDimension,
)
from data.summaries.refresh import refresh
from queries import evaluation
from queries.evaluated_units import units_of
from queries.evaluation_period import period_before, period_of
from queries.opened_score import opened_score
from queries.ranking import ranking
from queries.unit_rates import unit_rates
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, SPRING, TODAY

NODES = Rule("target", target=1.0)
MET = Rule("goalposts", worst=0.5, best=1.0)


def line(key: str, weight: float, metric: str, rule: Rule) -> Indicator:
    """An indicator that is a metric."""
    return Indicator(key, key, weight, Source(METRIC, metric), rule, EXCLUDE, "", "", "")


def part(key: str, weight: float, *held: Indicator) -> Dimension:
    """A dimension of one part."""
    return Dimension(key, key, weight, (SubDimension(key, key, weight, held),))


def scheme(aggregation: str = "arithmetic", kind: str = BUILDING) -> Scheme:
    """Two dimensions of one indicator each."""
    dimensions = (
        part("nodes", 60, line("nodes", 60, "node_coverage", NODES)),
        part("met", 40, line("met", 40, "student_coverage", MET)),
    )
    return Scheme("small", "1", "小方案", kind, TERM, "", dimensions, aggregation)


@pytest.fixture
def conn(counseling_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    monkeypatch.setattr(evaluation, "chosen_scheme", lambda _: scheme())
    with reading(counseling_database) as opened:
        yield opened


def totals(found: pd.DataFrame) -> dict[str, float]:
    """The total of each unit."""
    each = found.drop_duplicates("unit_id")
    return dict(zip(each["unit_id"], each["total"].round(6), strict=True))


@pytest.mark.parametrize(
    ("on", "kind", "key", "parts"),
    [
        ("11-20", TERM, AUTUMN, [(AUTUMN, "2026-11-20")]),
        ("11-20", ACADEMIC_YEAR, "2026-2027", [(AUTUMN, "2026-11-20")]),
        ("11-20", CALENDAR_YEAR, "2026", [(SPRING, "2026-07-05"), (AUTUMN, "2026-11-20")]),
        ("2026-06-10", ACADEMIC_YEAR, "2025-2026", [(SPRING, "2026-06-10")]),
        ("2026-06-10", CALENDAR_YEAR, "2026", [(SPRING, "2026-06-10")]),
        ("2027-01-10", CALENDAR_YEAR, "2026", [(SPRING, "2026-07-05"), (AUTUMN, "2026-12-31")]),
    ],
)
def test_a_period_is_its_terms(
    conn: Connection, on: str, kind: str, key: str, parts: list[tuple[str, str]]
) -> None:
    found = period_of(conn, slice_of(on), kind)
    assert (found.key, [(one.term, one.date) for one in found.parts]) == (key, parts)


def test_the_period_before_is_whole(conn: Connection) -> None:
    here = slice_of()
    before = period_before(conn, here, period_of(conn, here, TERM))
    assert before is not None
    assert [(one.term, one.date) for one in before.parts] == [(SPRING, "2026-07-05")]
    spring = slice_of("2026-06-10")
    assert period_before(conn, spring, period_of(conn, spring, TERM)) is None


def test_units_and_their_peers(conn: Connection) -> None:
    """L is no residence; D opened within the term."""
    found = units_of(conn, period_of(conn, slice_of(), TERM), BUILDING).set_index("unit_id")
    assert set(found.index) == set("ABCD")
    assert dict(found["peer_group"]) == {"A": "本科生", "B": "研究生", "C": "混合", "D": "本科生"}
    assert found.loc["D", "opened"] == "2026-10-01"
    assert dict(found["size"]) == {"A": 5, "B": 1, "C": 2, "D": 1}


def test_a_building_of_first_years_has_peers_of_its_own(world_copy: str) -> None:
    with writing(world_copy) as conn:
        fresh = (Enrolment.room_id == "D11", Enrolment.term_id == AUTUMN)
        conn.execute(update(Enrolment).where(*fresh).values(grade=2026, degree_level="本科生"))
    refresh(world_copy, today=TODAY, full=True)
    with reading(world_copy) as conn:
        found = units_of(conn, period_of(conn, slice_of(), TERM), BUILDING).set_index("unit_id")
    assert dict(found["peer_group"]) == {"A": "本科生", "B": "研究生", "C": "混合", "D": "新生"}


def test_colleges_in_both_meanings(conn: Connection) -> None:
    period = period_of(conn, slice_of(), TERM)
    for kind in (COLLEGE_LEADS, COLLEGE_BELONGS):
        found = units_of(conn, period, kind)
        assert set(found["unit_id"]) <= {"X", "Y", "Z"}
        assert set(found["peer_group"]) == {"学院"}


def test_totals_by_hand(conn: Connection) -> None:
    found = ranking(conn, slice_of(), EVERYONE)
    assert totals(found) == {"A": 84, "B": 80, "C": 20, "D": 0}
    rank = found.drop_duplicates("unit_id").set_index("unit_id")
    assert dict(rank["rank"]) == {"A": 1, "D": 2, "B": 1, "C": 1}
    assert dict(rank["of"]) == {"A": 2, "D": 2, "B": 1, "C": 1}


def test_a_product_of_nothing_is_nothing(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A: 100^0.6 × 60^0.4. C has nothing for those met."""
    monkeypatch.setattr(evaluation, "chosen_scheme", lambda _: scheme(GEOMETRIC))
    found = totals(ranking(conn, slice_of(), EVERYONE))
    assert found["A"] == pytest.approx(100**0.6 * 60**0.4, abs=1e-5)
    assert (found["C"], found["D"]) == (0, 0)


def test_what_changed_since_the_term_before(conn: Connection) -> None:
    """In the spring no key date was due; A and B had met one of two each: half, which is where the
    points begin. D was not open."""
    found = ranking(conn, slice_of(), EVERYONE).drop_duplicates("unit_id").set_index("unit_id")
    assert found.loc["A", "earlier_total"] == pytest.approx(0)
    assert found.loc["B", "earlier_total"] == pytest.approx(0)
    assert pd.isna(found.loc["D", "earlier_total"])


def test_several_terms_add_up(conn: Connection) -> None:
    """A in the calendar year: 1 + 4 of 2 + 5."""
    period = period_of(conn, slice_of(), CALENDAR_YEAR)
    found = unit_rates(conn, period, BUILDING, ["A"], ["student_coverage"])
    assert found.to_numpy().tolist() == [["A", "student_coverage", 5, 7]]


def test_a_degree_level_narrows(conn: Connection) -> None:
    period = period_of(conn, slice_of(), TERM)
    every = unit_rates(conn, period, BUILDING, ["A"], ["student_coverage"])
    some = unit_rates(conn, period, BUILDING, ["A"], ["student_coverage"], "本科生")
    assert some["denominator"].sum() <= every["denominator"].sum() == 5


@pytest.mark.parametrize(
    ("viewer", "units"),
    [
        (Viewer("nobody"), set()),
        (Viewer("k", COUNSELOR, counselor="k1", serves=frozenset("A")), set()),
        (Viewer("e", EVALUATOR), set("ABCD")),
        (Viewer("x", COLLEGE, college="X"), set("ABCD")),
        (Viewer("g", WORK_GROUP, buildings=frozenset("B")), {"B"}),
    ],
    ids=lambda v: v.role if isinstance(v, Viewer) else "",
)
def test_who_sees_whom(conn: Connection, viewer: Viewer, units: set[str]) -> None:
    """A work group's own building has the score everyone sees."""
    found = ranking(conn, slice_of(), viewer)
    assert set(found["unit_id"]) == units
    assert totals(found).get("B", 80) == 80


def test_every_score_opens(conn: Connection) -> None:
    found = opened_score(conn, slice_of(unit="A"), EVERYONE).set_index("indicator")
    assert list(found.index) == ["nodes", "met"]
    assert list(found["numerator"]) == [3, 4]
    assert list(found["denominator"]) == [3, 5]
    assert list(found["score"].round(6)) == [100, 60]
    assert list(found["points"].round(6)) == [60, 24]
    assert list(found["full"].round(6)) == [60, 40]
    assert list(found["best"].round(6)) == [100, 60]
    assert list(found["median"].round(6)) == [50, 30]


def test_a_missing_value_gives_its_weight_away(conn: Connection) -> None:
    """No key date was due in the spring: what was met counts for all 100, of which B has none."""
    found = opened_score(conn, slice_of("2026-07-05", unit="B"), EVERYONE).set_index("indicator")
    assert pd.isna(found.loc["nodes", "value"])
    assert found.loc["nodes", "why"]
    assert (found.loc["met", "full"], found.loc["met", "points"]) == (100, 0)


def test_units_that_are_not_there_or_not_for_the_viewer(conn: Connection) -> None:
    group = Viewer("g", WORK_GROUP, buildings=frozenset("B"))
    assert opened_score(conn, slice_of(unit="Q"), EVERYONE).empty
    assert opened_score(conn, slice_of(unit="A"), group).empty
    assert opened_score(conn, slice_of(unit="B"), group)["points"].sum() == pytest.approx(80)
    assert opened_score(conn, slice_of(unit="A"), Viewer("nobody")).empty


def test_an_unknown_period_is_refused(conn: Connection) -> None:
    with pytest.raises(InvalidFilter, match="评价周期"):
        ranking(conn, slice_of(period="decade"), EVERYONE)


def test_scores_do_not_depend_on_who_asks_first(conn: Connection) -> None:
    """Narrowing the slice narrows nothing that is scored."""
    one = ranking(conn, slice_of(building="A"), EVERYONE)
    assert np.isclose(one["total"].max(), 84)

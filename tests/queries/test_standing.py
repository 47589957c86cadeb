"""Ranks, awards and trials in the world (tests/world.py), by a scheme of two indicators.

On 2026-11-20, with peer groups of the buildings in brackets:
    60 points  工作站应纳尽纳  A 2/3 · B 0/1 · C 1/1 · D 0/1
    40 points  层长覆盖        A 1/3 · B 0/2 · C 0/1 · D 1/1  (counted floor by floor)
    totals     A [本科生] 40 + 13.33 = 53.33 · D [本科生] 40 · B [研究生] 0 · C [混合] 60
Half of each group may be awarded: one of A and D, none of B, none of C.
"""

import random
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from data.access.viewer import COLLEGE, COMMITTEE, EVALUATOR, STEWARD, WORK_GROUP, Viewer
from data.engine import reading
from data.errors import DashboardError, InvalidFilter, NotAllowed
from data.models.dashboard import AuditEntry
from data.models.judging import AwardDecision
from data.schemes.scheme import Rule, Scheme, Veto
from queries import choices
from queries import evaluation as evaluations
from queries.award_places import OUT, PROPOSED, VETOED
from queries.awards import award_decisions, award_proposal, decide
from queries.choices import latest_version, resolve
from queries.evaluation import evaluate
from queries.filters import Filters
from queries.rule_chance import NO_CHANCE, NOT_USED, RELATIVE_RULE, VOLUME, rule_chance
from queries.stability import _bands, rank_stability, seed_of
from queries.trial import tried_points, weights_of
from queries.what_if import what_if
from tests.asking import NOBODY, ROLES
from tests.queries.trial_schemes import indicator, scheme

TWO = scheme([indicator("workstation_enrolment", 60.0), indicator("floor_leader", 40.0)])
EVERYONE = ROLES[COMMITTEE].viewer
SEARCH = "?date=2026-11-20"


@pytest.fixture(autouse=True)
def _chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, TWO)


def choose(monkeypatch: pytest.MonkeyPatch, one: Scheme) -> None:
    """Evaluate by this scheme."""
    for module in (evaluations, choices):
        monkeypatch.setattr(module, "chosen_scheme", lambda _: one)


def slice_of(**more: Any) -> Filters:
    return Filters(term="2026-2027-1", date="2026-11-20", **more)


def test_where_ranks_stand_and_how_sure_they_are(conn: Connection) -> None:
    """A is ahead of D where 0.6 a + 0.4 ÷ 3 > 0.6 d + 0.4, its share a being drawn from
    Beta(2½, 1½) and d from Beta(½, 1½): told again by another generator."""
    found = rank_stability(conn, slice_of(spread="none"), EVERYONE).set_index("unit_id")
    assert found["rank"].to_dict() == {"C": 1, "A": 1, "D": 2, "B": 1}
    assert found["places"].to_dict() == {"C": 0, "A": 1, "D": 1, "B": 0}
    rng = random.Random(1)
    draws = [(rng.betavariate(2.5, 1.5), rng.betavariate(0.5, 1.5)) for _ in range(20_000)]
    ahead = sum(0.6 * a + 0.4 / 3 > 0.6 * d + 0.4 for a, d in draws) / len(draws)
    assert 0.4 < ahead < 0.9
    assert found.loc["A", "inside"] == pytest.approx(ahead, abs=0.08)
    assert found.loc["D", "inside"] == pytest.approx(1 - ahead, abs=0.08)
    assert found.loc["A", "near"]
    assert (found.loc["A", "low"], found.loc["A", "high"]) == (1, 2)
    assert found.loc["A", "band"] == found.loc["D", "band"]
    assert (found.loc["C", "low"], found.loc["C", "high"], found.loc["C", "inside"]) == (1, 1, 0)


def test_the_same_page_shows_the_same_numbers(conn: Connection) -> None:
    first = rank_stability(conn, slice_of(), EVERYONE)
    _bands.cache_clear()
    assert rank_stability(conn, slice_of(), EVERYONE).equals(first)
    assert set(first["spread"]) == {"medium"}


def test_a_spread_that_is_none_is_told(conn: Connection) -> None:
    for refuse in (rank_stability, resolve):
        with pytest.raises(InvalidFilter, match="huge"):
            refuse(conn, slice_of(spread="huge"), EVERYONE)


@pytest.mark.parametrize("query", [rank_stability, what_if])
def test_a_work_group_sees_its_own_building_with_its_place_among_all(
    conn: Connection, query: Any
) -> None:
    viewer = replace(ROLES[WORK_GROUP].viewer, buildings=frozenset("D"))
    found = query(conn, slice_of(), viewer)
    assert list(found["unit_id"]) == ["D"]
    assert list(found["rank"]) == [2]
    assert list(found["of"]) == [2]
    assert query(conn, slice_of(), NOBODY.viewer).empty


def test_other_weights_move_ranks(conn: Connection) -> None:
    """20 : 80: A 13.33 + 26.67 = 40, D 80. What is not named keeps its 40: 10 : 40 is the same."""
    for asked in ("d0:20,d1:80", "d0:10"):
        found = what_if(conn, slice_of(weights=asked), EVERYONE).set_index("unit_id")
        assert list(found.index[:2]) == ["A", "D"]
        assert found["tried_rank"].to_dict() == {"A": 2, "D": 1, "B": 1, "C": 1}
        assert found["moved"].to_dict() == {"A": -1, "D": 1, "B": 0, "C": 0}
        assert found.loc["A", "tried_total"] == pytest.approx(40)
        assert found.loc["D", "tried_total"] == pytest.approx(80)
        assert found["tried"].all()


def test_without_a_trial_nothing_moves(conn: Connection) -> None:
    found = what_if(conn, slice_of(), EVERYONE)
    assert (found["moved"] == 0).all()
    assert found["tried_total"].tolist() == pytest.approx(found["total"].tolist())
    assert not found["tried"].any()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("d7:10", "d7"),
        ("d0:x", "d0:x"),
        ("d0:nan", "d0:nan"),
        ("d0:-1", "d0:-1"),
        ("d0:101", "d0:101"),
        ("d0", "d0"),
        ("d0:0,d1:0", "零"),
    ],
)
def test_a_trial_that_cannot_be_is_told(conn: Connection, asked: str, said: str) -> None:
    for refuse in (what_if, resolve):
        with pytest.raises(InvalidFilter, match=said):
            refuse(conn, slice_of(weights=asked), EVERYONE)


def test_a_dimension_without_weight_shares_its_points_alike() -> None:
    one = scheme([indicator("a", 0.0), indicator("b", 0.0), indicator("c", 100.0)], sizes=(1, 1, 1))
    points = tried_points(one, "d0:50,d2:50")
    assert points == {"d0": 50, "d2": 50}
    assert weights_of(one, points).tolist() == [25, 25, 50]


def test_the_proposal_and_who_may_see_it(conn: Connection) -> None:
    for role in (COMMITTEE, EVALUATOR, STEWARD):
        found = award_proposal(conn, slice_of(), ROLES[role].viewer).set_index("unit_id")
        assert found["state"].to_dict() == {"A": PROPOSED, "D": "near", "B": OUT, "C": OUT}
        assert found["may_decide"].all() == (role == COMMITTEE)
    for viewer in (ROLES[COLLEGE].viewer, ROLES[WORK_GROUP].viewer, NOBODY.viewer):
        assert award_proposal(conn, slice_of(), viewer).empty


def test_a_vetoed_unit_is_not_proposed(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loses the dimension of floor leaders and stays first by far, but stands aside."""
    choose(monkeypatch, replace(TWO, vetoes=(Veto("floor_leader", 0.5, "d1", "层长缺位"),)))
    found = award_proposal(conn, slice_of(), EVERYONE).set_index("unit_id")
    assert found["state"].to_dict() == {"A": VETOED, "D": PROPOSED, "B": VETOED, "C": VETOED}
    assert (found.loc["A", "inside"], found.loc["D", "inside"]) == (0, 1)


@pytest.fixture
def url(world_copy: str) -> str:
    """A world in which one may decide."""
    return world_copy


def test_what_goes_beyond_the_places_is_counted(url: str) -> None:
    """One of A and D has a place, C and B have none."""
    for units, beyond in ((["A"], 0), (["A", "D"], 1), (["B", "A"], 1), (["A", "B", "C", "D"], 3)):
        decide(url, SEARCH, EVERYONE, units=units, note="x")
        with reading(url) as conn:
            found = award_decisions(conn, slice_of(), EVERYONE)
        assert found[found["current"]]["beyond"].tolist() == [beyond] * len(units)


def seen(url: str, viewer: Viewer = EVERYONE) -> list[tuple[bool, str, str, int]]:
    with reading(url) as conn:
        found = award_decisions(conn, resolve(conn, Filters.parse(SEARCH), viewer), viewer)
    return list(
        zip(found["current"], found["unit_id"], found["note"], found["chosen"], strict=True)
    )


def test_the_latest_decision_counts_and_every_one_is_kept(url: str) -> None:
    assert seen(url) == []
    with reading(url) as conn:
        before = latest_version(conn)
    decide(url, SEARCH, EVERYONE, units=["A", "", "A"], note=" 会议\n讨论 ")
    decide(url, SEARCH, EVERYONE, units=["D", "A"], note="复议")
    decide(url, SEARCH, EVERYONE, units=[], note="本期不评")
    assert seen(url) == [
        (True, "", "本期不评", 0),
        (False, "A", "复议", 2),
        (False, "D", "复议", 2),
        (False, "A", "会议 讨论", 1),
    ]
    with reading(url) as conn:
        assert latest_version(conn) > before
        logged = conn.execute(
            select(AuditEntry.account, AuditEntry.detail, AuditEntry.data_version)
            .where(AuditEntry.action == "award_decision")
            .order_by(AuditEntry.id)
        ).all()
        kept = conn.execute(select(AwardDecision.period, AwardDecision.scheme_version)).all()
    assert logged[1][1] == "building_year t.1 2026-2027-1: A D"
    assert {row[0] for row in logged} == {EVERYONE.name}
    assert {row[2] for row in logged} == {before[0]}
    assert {tuple(row) for row in kept} == {("2026-2027-1", "t.1")}


def test_the_form_starts_from_the_latest_decision(url: str) -> None:
    decide(url, SEARCH, EVERYONE, units=["D"], note="决定")
    with reading(url) as conn:
        found = award_proposal(conn, slice_of(), EVERYONE).set_index("unit_id")
    assert found["decided"].all()
    assert found["chosen"].to_dict() == {"A": False, "D": True, "B": False, "C": False}


def test_another_period_has_decisions_of_its_own(url: str) -> None:
    decide(url, f"{SEARCH}&period=calendar_year", EVERYONE, units=["A"], note="全年")
    assert seen(url) == []


def test_a_college_sees_a_decision_and_a_work_group_its_own_building(url: str) -> None:
    decide(url, SEARCH, EVERYONE, units=["A", "D"], note="决定")
    named = [(True, "A", "决定", 2), (True, "D", "决定", 2)]
    for role in (COLLEGE, EVALUATOR, STEWARD):
        assert seen(url, ROLES[role].viewer) == named
    group = ROLES[WORK_GROUP].viewer
    assert seen(url, replace(group, buildings=frozenset("D"))) == named[1:]
    assert seen(url, group) == [(True, "", "决定", 2)]


@pytest.mark.parametrize(
    ("viewer", "units", "note", "refusal"),
    [
        *(
            (ROLES[role].viewer, ["A"], "x", NotAllowed)
            for role in (COLLEGE, EVALUATOR, STEWARD, WORK_GROUP, "counselor")
        ),
        (NOBODY.viewer, ["A"], "x", NotAllowed),
        (EVERYONE, ["A"], "  ", InvalidFilter),
        (EVERYONE, ["A"], "长" * 501, InvalidFilter),
        (EVERYONE, ["A"], "a\x07b", InvalidFilter),
        (EVERYONE, ["A", "Z"], "x", InvalidFilter),
    ],
)
def test_what_cannot_be_decided_leaves_nothing_behind(
    url: str, viewer: Viewer, units: list[str], note: str, refusal: type[DashboardError]
) -> None:
    with pytest.raises(refusal):
        decide(url, SEARCH, viewer, units=units, note=note)
    _nothing_kept(url)


def test_a_vetoed_unit_cannot_be_awarded(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, replace(TWO, vetoes=(Veto("floor_leader", 0.5, "d1", "层长缺位"),)))
    with pytest.raises(InvalidFilter, match="桃苑1号楼"):
        decide(url, SEARCH, EVERYONE, units=["A"], note="x")
    _nothing_kept(url)


def _nothing_kept(url: str) -> None:
    with reading(url) as conn:
        assert conn.scalar(select(func.count()).select_from(AwardDecision)) == 0


def test_rules_that_look_around_are_cautioned(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enrolment 3/6 over four buildings of 3, 1, 1 and 1; floor leaders are counted one by one."""
    ranked = Rule("rank")
    one = scheme(
        [
            indicator("workstation_enrolment", 50.0, ranked),
            indicator("floor_leader", 30.0, ranked),
            indicator("engagement_weeks", 20.0, Rule("per_item", per=1.0, top=5.0)),
        ]
    )
    choose(monkeypatch, one)
    found = rule_chance(conn, slice_of(), EVERYONE).set_index("indicator")
    assert found["use"].tolist() == [RELATIVE_RULE, RELATIVE_RULE, VOLUME]
    assert found.loc["floor_leader", "why"] == NO_CHANCE
    row = found.loc["workstation_enrolment"]
    assert (row["units"], row["fewest"], row["most"], row["rate"]) == (4, 1, 3, 0.5)
    assert row["sd"] > 0
    assert found.loc["floor_leader", "sd"] != found.loc["floor_leader", "sd"]


def test_where_no_rule_looks_around_the_heaviest_rate_is_tried(conn: Connection) -> None:
    found = rule_chance(conn, slice_of(), EVERYONE)
    assert set(found["use"]) == {NOT_USED}
    assert set(found["indicator"]) == {"workstation_enrolment"}
    assert sorted(found["rule"]) == ["line_best", "min_max", "percentile", "rank", "z_score"]
    by_rule = found.set_index("rule")
    assert by_rule.loc["rank", "steady_sd"] == pytest.approx(
        60 * ((3 * 0.25 + 0.25 / 3) / 4) ** 0.5, rel=0.03
    )
    assert rule_chance(conn, slice_of(), NOBODY.viewer).empty


def test_the_scheme_and_the_period_decide_the_numbers_drawn(conn: Connection) -> None:
    assert seed_of(evaluate(conn, slice_of())) == "building_year t.1 term 2026-2027-1"

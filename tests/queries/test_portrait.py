"""One building's numbers, worked out by hand, on both databases."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import WORK_GROUP, Viewer
from data.engine import reading, writing
from data.summaries.refresh import refresh
from queries.fact import BETTER, SAME, SMALL, WORSE, large_named
from queries.facts import BY_FACT
from queries.held import Held
from queries.peers import Peers, peers_of, size_class
from queries.portrait import portrait, portrait_facts, portrait_terms
from queries.portrait_people import COLLEGES, COUNSELORS, GRADES, LEAD, portrait_people
from tests import deeds
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, SPRING, TODAY

GROUP_OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))


@pytest.fixture
def busy(world_copy: str) -> Iterator[Connection]:
    """Reads the world after everything of tests/deeds.py happened in building A."""
    with writing(world_copy) as conn:
        deeds.add(conn)
    refresh(world_copy, full=True, today=TODAY)
    with reading(world_copy) as opened:
        yield opened


def facts(df: pd.DataFrame) -> dict[str, str]:
    """Every fact as written on the page."""
    rows = df[(df["kind"] == "") & df["key"].isin(BY_FACT)].itertuples()
    return {row.key: BY_FACT[row.key].show(row.value) for row in rows}


def kinds(df: pd.DataFrame, key: str) -> dict[str, int]:
    """What a measure divides into."""
    rows = df[(df["kind"] != "") & (df["key"] == key)].itertuples()
    return {row.kind: int(row.value) for row in rows}


def test_facts_of_a_building(busy: Connection) -> None:
    found = portrait_facts(busy, slice_of(building="A"), EVERYONE)
    assert facts(found) == {
        "residents": "5",  # a1 to a5
        "beds": "16",
        "occupancy": "31.2%",
        "floors": "3",
        "visits": "60.0",  # 3 by 5
        "long_visits": "33.3%",
        "rooms_reached": "50.0%",  # A11, A12 of four
        "engagements": "1",
        "activities": "2",
        "attendance": "2.0",
        "recorded": "50.0%",
        "themes": "2",
        "space_area": "1,000.0",  # 50 by 5
        "space_seats": "400.0",
        "functions": "1",
        "culture": "1",
        "concerns": "60.0",
        "answer_days": "5.0",  # 2, 5, 82 as 31
        "unanswered": "1",
        "open_concerns": "3",
        "requests": "60.0",
        "request_days": "0.5",  # 1, 0
        "rating": "4.50",
        "rated": "2",
        "brands": "1",
        "awards": "1",
        "publications": "1",
    }
    assert kinds(found, "visits") == {"上午": 1, "晚上": 1, "未登记时间": 1}
    assert kinds(found, "activities") == {"正其心": 1, "未分类": 1}
    assert kinds(found, "requests") == {"事务大厅": 1, "易班": 2}
    assert kinds(found, "concerns_raised") == {SMALL: 3}  # who is 心理 stays unsaid


def test_an_earlier_day_shows_what_was_true_then(busy: Connection) -> None:
    found = facts(portrait_facts(busy, slice_of("11-03", building="A"), EVERYONE))
    assert found["answer_days"] == "16.5"  # 2 and 31
    assert (found["unanswered"], found["open_concerns"]) == ("1", "2")
    assert (found["visits"], found["rooms_reached"]) == ("20.0", "50.0%")
    assert facts(portrait_facts(busy, slice_of("10-09", building="A"), EVERYONE))["visits"] == "0.0"


def test_a_ledger_nobody_keeps_has_no_value(conn: Connection) -> None:
    found = facts(portrait_facts(conn, slice_of(building="A"), EVERYONE))
    assert (found["visits"], found["residents"]) == ("20.0", "5")
    assert {found[key] for key in ("activities", "concerns", "rating", "awards")} == {"—"}


def test_coverage_stands_in_the_portrait_as_on_the_map(conn: Connection) -> None:
    found = portrait(conn, slice_of(building="A"), EVERYONE)
    rates = found[found["denominator"].notna()]
    shown = " ".join(f"{int(r.numerator)}/{int(r.denominator)}" for r in rates.itertuples())
    assert shown == "1/1 1/1 1/2 1/3 2/4 2/3 1/1 1/2"
    about = dict(zip(found["key"], found["text"], strict=True))
    assert (about["building"], about["peers"]) == ("桃苑1号楼", "竹苑1号楼")


def test_only_own_buildings_are_shown(conn: Connection) -> None:
    for query in (portrait, portrait_facts, portrait_people, portrait_terms):
        assert query(conn, slice_of(building="A"), GROUP_OF_B).empty, query
        assert set(query(conn, slice_of(building="B"), GROUP_OF_B)["building_id"]) == {"B"}


def test_people_of_a_building(conn: Connection) -> None:
    rows = portrait_people(conn, slice_of(building="A"), EVERYONE)
    found: dict[str, list[tuple[str, Any]]] = {}
    for row in rows.itertuples():
        number = None if pd.isna(row.number) else int(row.number)
        found.setdefault(row.section, []).append((row.name, number))
    assert found[LEAD] == [("矿业工程学院 · 组长甲", None)]
    assert {name for name, _ in found[COUNSELORS]} == {
        "辅导员一（矿业工程学院）",
        "辅导员二（化工学院）",
    }
    assert found[COLLEGES] == [(SMALL, 5)]  # three of X, two of Y
    assert found[GRADES] == [("2024", 5)]


def test_terms_are_compared_on_the_same_teaching_day(conn: Connection) -> None:
    rows = portrait_terms(conn, slice_of("10-07", building="A"), EVERYONE)
    days = dict(zip(rows["term"], rows["day"].astype(str), strict=True))
    assert days == {SPRING: "2026-04-01", AUTUMN: "2026-10-07"}  # 30 days into teaching
    residents = rows[rows["key"] == "residents"].set_index("term")["value"]
    assert residents.to_dict() == {SPRING: 2, AUTUMN: 5}


def test_peers_are_of_the_same_kind(conn: Connection) -> None:
    assert peers_of(conn, slice_of(building="A")).ids == ("D",)
    assert peers_of(conn, slice_of("09-30", building="A")).ids == ()  # D opened on 10-01
    assert [size_class(beds) for beds in (599, 600, 899, 900)] == [
        "600 床以下",
        "600–899 床",
        "600–899 床",
        "900 床及以上",
    ]


def test_a_median_is_of_at_least_four_that_have_a_value() -> None:
    peers = Peers("本科生", "", ("a", "b", "c", "d"), ())
    assert peers.middle({"a": 1.0, "b": 2.0, "c": 4.0, "d": 9.0, "z": 100.0}) == 3.0
    assert peers.middle({"a": 1.0, "b": 2.0, "c": 4.0, "d": None}) is None


def test_the_median_of_counted_days() -> None:
    held = Held(frozenset({"days"}))
    assert held.median("days") is None
    for kind, number in (("10", 1), ("00", 2), ("02", 1)):
        held.numbers["days", kind] = number
    assert held.median("days") == 1.0  # 0 0 2 10
    held.numbers["days", "31"] = 1
    assert held.median("days") == 2.0


def test_a_verdict_needs_a_direction_two_numbers_and_a_visible_difference() -> None:
    visits, days, people = (BY_FACT[key] for key in ("visits", "answer_days", "residents"))
    assert visits.verdict(2.0, 1.0) == BETTER
    assert days.verdict(2.0, 1.0) == WORSE
    assert days.verdict(1.04, 1.0) == SAME
    assert people.verdict(2.0, 1.0) == ""
    assert visits.verdict(None, 1.0) == visits.verdict(1.0, None) == ""


def test_a_small_kind_cannot_be_worked_out_from_the_totals() -> None:
    assert large_named({"a": 9, "b": 7, "c": 4, "d": 2}) == [("a", 9), ("b", 7), (SMALL, 6)]
    assert large_named({"a": 9, "b": 7, "心理": 4}) == [("a", 9), (SMALL, 11)]  # would be 心理
    assert large_named({"a": 9, "b": 7, "c": 1, "d": 1}) == [("a", 9), (SMALL, 9)]  # both are 1
    assert large_named({"a": 9, "b": 7, "c": 0}) == [("a", 9), ("b", 7)]
    assert large_named({"a": 3}) == [(SMALL, 3)]
    assert large_named({}) == []

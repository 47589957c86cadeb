"""Seals by hand, on a copy of the world (tests/world.py) and a scheme of two indicators.

On 11-20, by building: on the roster of those who should be, plates of rooms with a member:
    A 2/3, 1/1    B 0/1, 0/1    C 1/1, no such room    D 0/1, 0/1
Roster: 60 points, plates: 40, both in proportion to 100 %. Who has less than 70 % on the roster
gets nothing for plates (a veto): A, B and D.
    A 60 × 2/3 + 0 = 40    B 0    C 100, from the roster alone    D 0
A and D are for undergraduates, B for graduates, C for both: three peer groups.
"""

import ast
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, insert, select, update

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, STEWARD, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import InvalidFilter, NotAllowed
from data.models.dashboard import AuditEntry, DataVersion
from data.models.party import FloorLeader, WorkstationMember
from data.models.place import Building
from data.schemes.scheme import (
    BUILDING,
    EXCLUDE,
    METRIC,
    TERM,
    Dimension,
    Indicator,
    Rule,
    Scheme,
    Source,
    SubDimension,
    Veto,
)
from data.seals import verifying
from data.seals.canonical import plain
from data.seals.code import code_version
from data.seals.stored import Record, every_record
from data.seals.verifying import read
from data.summaries.refresh import refresh
from queries import opened_seal, schemes, seal_content
from queries.catalog import BY_KEY
from queries.choices import latest_version
from queries.filters import Filters
from queries.indicator_values import NOBODY
from queries.opened_seal import NO_SCHEME, NO_TERM
from queries.seal_list import BROKEN, CURRENT, SUPERSEDED, seal_list, seal_offer
from queries.seal_words import DEFINITION, PROGRAM, SCHEME, TAKING_PART, THERE, UNIT, VALUE
from queries.sealed import is_sealed
from queries.sealed_results import (
    OTHERS,
    OWN,
    SETTLED,
    seal_differences,
    sealed_lines,
    sealed_results,
)
from queries.seals import Wish, seal, sealed_file
from tests.data.seals.making import by_hand
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, SPRING, TODAY, day

SEARCH = f"?scheme=small&term={AUTUMN}&date=2026-11-20"
EARLY = Wish("党工委会议通过", early=True)
OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
FEW = "纳入不足七成"
ROOT = Path(__file__).resolve().parents[2]


def line(key: str, name: str, weight: float, metric: str) -> Indicator:
    """An indicator that is a metric, in proportion to 100 %."""
    source, rule = Source(METRIC, metric), Rule("target", target=1.0)
    return Indicator(key, name, weight, source, rule, EXCLUDE, "", "", "")


def part(key: str, name: str, weight: float, *held: Indicator) -> Dimension:
    """A dimension of one part."""
    return Dimension(key, name, weight, (SubDimension(key, name, weight, held),))


def small(roster: float = 60, version: str = "1") -> Scheme:
    """The scheme above; `roster` points of a hundred are for the roster."""
    held = line("roster", "应纳尽纳", roster, "workstation_enrolment")
    plate = line("plate", "亮牌", 100 - roster, "plate")
    dimensions = (part("r", "组织", roster, held), part("p", "亮牌", 100 - roster, plate))
    veto = Veto("roster", 0.7, "p", FEW)
    return Scheme("small", version, "小方案", BUILDING, TERM, "", dimensions, vetoes=(veto,))


@pytest.fixture(autouse=True)
def _scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, small())


def known(monkeypatch: pytest.MonkeyPatch, *every: Scheme) -> None:
    """These are the schemes there are."""
    found = {one.key: one for one in every}
    for module in (schemes, opened_seal):
        monkeypatch.setattr(module, "schemes", lambda: found)


@pytest.fixture
def url(world_copy: str) -> str:
    return world_copy


def opening(number: Any = 1, unit: str = "") -> Filters:
    return slice_of(scheme="small", seal=str(number), unit=unit)


def asked(url: str, query: Any, viewer: Viewer = EVERYONE, **chosen: Any) -> pd.DataFrame:
    with reading(url) as conn:
        found: pd.DataFrame = query(conn, opening(**chosen), viewer)
    return found


def totals(found: pd.DataFrame, column: str = "total") -> dict[str, float]:
    known_ones = found.dropna(subset=column)
    return dict(zip(known_ones["unit_id"], known_ones[column].astype(float).round(6), strict=True))


def differing(found: pd.DataFrame) -> list[tuple[str, ...]]:
    columns = ["difference", "unit_id", "subject", "field", "then", "now"]
    return list(found[columns].itertuples(index=False, name=None))


def one_more_on_the_roster(url: str) -> None:
    """a3 joins the roster of A, and a new data version counts it: 3/3, no veto."""
    row = {"organisation_id": "wa", "student_id": "a3", "starts": day("09-20")}
    with writing(url) as conn:
        conn.execute(insert(WorkstationMember).values(row))
    refresh(url, today=TODAY)


def test_all_of_an_evaluation_is_in_the_content(url: str) -> None:
    made = seal(url, SEARCH, EVERYONE, EARLY)
    with reading(url) as conn:
        (kept,) = every_record(conn)
        version = conn.execute(select(DataVersion)).one()
    assert kept == made
    told = read(made.content)
    assert {r["unit_id"]: r["total"] for r in told["results"]} == pytest.approx(
        {"A": 40.0, "B": 0.0, "C": 100.0, "D": 0.0}
    )
    raw = {(r["unit_id"], r["indicator"]): r for r in told["data"]["raw"]}
    fractions = {key: (r["numerator"], r["denominator"]) for key, r in raw.items()}
    assert fractions == {
        ("A", "roster"): (2, 3),
        ("A", "plate"): (1, 1),
        ("B", "roster"): (0, 1),
        ("B", "plate"): (0, 1),
        ("C", "roster"): (1, 1),
        ("C", "plate"): (None, None),
        ("D", "roster"): (0, 1),
        ("D", "plate"): (0, 1),
    }
    assert (raw["C", "plate"]["value"], raw["C", "plate"]["why"]) == (None, NOBODY)
    of_a, _, of_c, of_d = sorted(told["results"], key=lambda row: str(row["unit_id"]))
    assert (of_a["veto"], of_a["dimensions"]["p"], of_a["scores"]["plate"]) == (FEW, 0, 100)
    assert (of_c["veto"], of_c["dimensions"]["p"], of_c["scores"]["plate"]) == ("", None, None)
    assert [(r["rank"], r["of"]) for r in (of_a, of_c, of_d)] == [(1, 2), (1, 1), (2, 2)]
    units = {u["unit_id"]: (u["peer_group"], u["size"]) for u in told["data"]["units"]}
    assert units["A"] == ("本科生", 5)
    assert told["data"]["as_of"] == "2026-11-20"
    assert told["data"]["published"] == version.published.isoformat()
    assert told["scheme"] == json.loads(json.dumps(plain(small())))
    assert [m["key"] for m in told["definitions"]] == ["plate", "workstation_enrolment"]
    assert all(m["definition"] and m["numerator"] for m in told["definitions"])
    assert told["period"] == {
        "kind": TERM,
        "key": AUTUMN,
        "parts": [{"term": AUTUMN, "date": "2026-11-20"}],
    }
    who = {name: told["sealed"][name] for name in ("account", "role", "note")}
    assert who == {"account": "dean", "role": "committee", "note": "党工委会议通过"}
    assert (told["id"], told["previous"], told["supersedes"]) == (1, None, None)
    assert len(told["code"]["sha256"]) == 64


def test_the_audit_log_names_the_hash(url: str) -> None:
    made = seal(url, SEARCH, EVERYONE, EARLY)
    with reading(url) as conn:
        stmt = select(AuditEntry.account, AuditEntry.detail, AuditEntry.file_hash)
        rows = conn.execute(stmt.where(AuditEntry.action == "seal")).all()
    assert [tuple(row) for row in rows] == [("dean", f"1 small {AUTUMN}", made.sha256)]


def test_nothing_changed_is_said(url: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    found = asked(url, sealed_results)
    assert set(found["reasons"]) == {SETTLED}
    assert set(found["changes"]) == {0}
    assert totals(found) == totals(found, "now_total") == {"A": 40, "D": 0, "C": 100, "B": 0}
    assert asked(url, seal_differences).empty
    assert not asked(url, sealed_lines)["changed"].any()


def test_a_sealed_result_stays_when_the_data_changes(url: str) -> None:
    """A has 3/3 today: 60 + 40, without the veto; D stays second of two with nothing."""
    seal(url, SEARCH, EVERYONE, EARLY)
    one_more_on_the_roster(url)
    found = asked(url, sealed_results).set_index("unit_id")
    assert dict(found["total"]) == pytest.approx({"A": 40, "B": 0, "C": 100, "D": 0})
    assert dict(found["now_total"]) == pytest.approx({"A": 100, "B": 0, "C": 100, "D": 0})
    assert (found.loc["A", "veto"], found.loc["A", "now_veto"]) == (FEW, "")
    assert dict(found["reasons"]) == {"A": OWN, "B": SETTLED, "C": SETTLED, "D": SETTLED}
    assert dict(found["moved"]) == {"A": 1, "B": 0, "C": 0, "D": 0}
    assert differing(asked(url, seal_differences)) == [
        (VALUE, "A", "应纳尽纳", VALUE, "2/3 = 66.7%", "3/3 = 100.0%")
    ]
    of_a = asked(url, sealed_lines, unit="A").set_index("name")
    assert dict(of_a["changed"]) == {"应纳尽纳": True, "亮牌": False}
    columns = ["numerator", "denominator", "now_numerator", "now_denominator"]
    assert list(of_a.loc["应纳尽纳", columns]) == [2, 3, 3, 3]
    with reading(url) as conn:
        assert seal_list(conn, slice_of(), EVERYONE)["state"].tolist() == [CURRENT]


def test_a_unit_that_went_moves_its_peers(url: str) -> None:
    """D is no residence any more: A is first of one."""
    seal(url, SEARCH, EVERYONE, EARLY)
    with writing(url) as conn:
        conn.execute(update(Building).where(Building.id == "D").values(residential=False))
    refresh(url, today=TODAY)
    found = asked(url, sealed_results).set_index("unit_id")
    assert (found.loc["A", "of"], found.loc["A", "now_of"]) == (2, 1)
    assert found.loc["A", "reasons"] == OTHERS
    assert found.loc["D", "total"] == 0
    assert pd.isna(found.loc["D", "now_total"])
    assert found.loc["D", "reasons"] == UNIT
    told = differing(asked(url, seal_differences))
    assert told == [(UNIT, "D", "竹苑1号楼", TAKING_PART, "有", "—")]


def test_a_unit_that_came_has_nothing_sealed(url: str) -> None:
    with writing(url) as conn:
        conn.execute(update(Building).where(Building.id == "D").values(residential=False))
    refresh(url, today=TODAY)
    seal(url, SEARCH, EVERYONE, EARLY)
    with writing(url) as conn:
        conn.execute(update(Building).where(Building.id == "D").values(residential=True))
    refresh(url, today=TODAY)
    found = asked(url, sealed_results).set_index("unit_id")
    assert pd.isna(found.loc["D", "total"])
    assert found.loc["D", "now_total"] == 0
    assert "D" not in set(asked(url, sealed_lines)["unit_id"])


def test_a_changed_scheme_is_explained(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Halves instead of 60 to 40: A 50 × 2/3 = 33.3."""
    seal(url, SEARCH, EVERYONE, EARLY)
    known(monkeypatch, small(50, "2"))
    found = asked(url, sealed_results).set_index("unit_id")
    assert (found.loc["A", "total"], found.loc["A", "now_total"]) == pytest.approx((40, 100 / 3))
    assert dict(found["reasons"]) == {"A": SCHEME, "B": SETTLED, "C": SETTLED, "D": SETTLED}
    told = differing(asked(url, seal_differences))
    assert (SCHEME, "", "小方案", "版本", "1", "2") in told
    assert told.count((SCHEME, "", "应纳尽纳", "分值", "60", "50")) == 1
    assert told.count((SCHEME, "", "亮牌", "分值", "40", "50")) == 3  # dimension, part, indicator
    assert {row[0] for row in told} == {SCHEME}


def test_under_a_rule_that_looks_at_others_peers_count(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Floor leaders against the best of the peers: A has 1 of 3 floors, D 1 of 1, so D has
    100 and A 40 + 60 × (1/3 − 1/4) ÷ (1 − 1/4) = 46.7. D's leader leaves: D has nothing, A is the
    best, though nothing of A changed."""
    leaders = replace(
        line("leader", "层长", 100, "floor_leader"), rule=Rule("line_best", line=0.25, base=40.0)
    )
    scheme = replace(small(), dimensions=(part("l", "层长", 100, leaders),), vetoes=())
    known(monkeypatch, scheme)
    seal(url, SEARCH, EVERYONE, EARLY)
    with writing(url) as conn:
        gone = update(FloorLeader).where(FloorLeader.floor_id == "D1").values(ends=day("11-19"))
        conn.execute(gone)
    refresh(url, today=TODAY)
    found = asked(url, sealed_results).set_index("unit_id")
    assert dict(found["total"][["A", "D"]]) == pytest.approx({"A": 140 / 3, "D": 100})
    assert dict(found["now_total"][["A", "D"]]) == pytest.approx({"A": 100, "D": 0})
    assert dict(found["reasons"][["A", "D"]]) == {"A": OTHERS, "D": OWN}
    assert dict(found["moved"][["A", "D"]]) == {"A": 0, "D": 1}


def test_an_indicator_or_rule_that_changed_is_named(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    first, second = small().dimensions
    rule = Rule("target", target=0.5)
    (old,) = first.parts[0].indicators
    lines = (replace(old, rule=rule), line("more", "层长", 0, "floor_leader"))
    changed = replace(first, parts=(replace(first.parts[0], indicators=lines),))
    known(monkeypatch, replace(small(), dimensions=(changed, second), vetoes=()))
    told = differing(asked(url, seal_differences))
    assert (SCHEME, "", "应纳尽纳", "计分规则", "target=1", "target=0.5") in told
    assert (SCHEME, "", "层长", THERE, "—", "有") in told
    assert (DEFINITION, "", "层长覆盖率", THERE, "—", "有") in told
    (veto,) = [row for row in told if row[3] == "一票否决"]
    assert FEW in veto[4]
    assert veto[5] == "—"


def test_changed_definitions_and_programs_are_named(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    plate = replace(BY_KEY["plate"], definition="另一个定义")
    monkeypatch.setitem(BY_KEY, "plate", plate)
    code = {**code_version(), "version": "9.9"}
    code["files"] = {**code["files"], "queries/scoring.py": "f" * 64}
    monkeypatch.setattr(seal_content, "code_version", lambda: code)
    told = differing(asked(url, seal_differences))
    assert [row[0] for row in told] == [DEFINITION, PROGRAM, PROGRAM]
    assert told[0][2:4] == ("亮牌率", "定义")
    assert told[0][5] == "另一个定义"
    assert told[1][5] == "9.9"
    assert told[2][2] == "queries/scoring.py"
    assert told[2][5] == "f" * 12


def test_a_seal_is_read_after_its_scheme_is_gone(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    known(monkeypatch)
    found = asked(url, sealed_results)
    assert totals(found) == {"A": 40, "D": 0, "C": 100, "B": 0}
    assert set(found["not_worked_out"]) == {NO_SCHEME}
    assert found["now_total"].isna().all()
    assert len(asked(url, sealed_lines)) == 8
    assert asked(url, seal_differences).empty


def test_a_seal_is_read_after_its_term_is_gone(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    monkeypatch.setattr(opened_seal, "newest_version", lambda: -1)
    found = asked(url, sealed_results)
    assert set(found["not_worked_out"]) == {NO_TERM}
    assert len(found) == 4


def test_one_seal_supersedes_another_by_name(url: str) -> None:
    first = seal(url, SEARCH, EVERYONE, EARLY)
    with pytest.raises(InvalidFilter, match="已有封存 1"):
        seal(url, SEARCH, EVERYONE, EARLY)
    with pytest.raises(InvalidFilter, match="已有封存 1"):
        seal(url, SEARCH, EVERYONE, replace(EARLY, supersedes="7"))
    one_more_on_the_roster(url)
    second = seal(url, SEARCH, EVERYONE, replace(EARLY, supersedes="1"))
    assert (second.id, second.supersedes) == (2, 1)
    assert read(second.content)["previous"] == {"id": 1, "sha256": first.sha256}
    with pytest.raises(InvalidFilter, match="已有封存 2"):  # only the newest can be
        seal(url, SEARCH, EVERYONE, replace(EARLY, supersedes="1"))
    with reading(url) as conn:
        listed = seal_list(conn, slice_of(), EVERYONE)
    assert list(listed["id"]) == [2, 1]
    assert list(listed["state"]) == [CURRENT, SUPERSEDED]
    assert listed["superseded_by"].tolist()[1] == 2
    old = asked(url, sealed_results)
    assert set(old["superseded_by"]) == {2}
    assert totals(old)["A"] == 40
    assert totals(asked(url, sealed_results, number=2))["A"] == 100


def test_a_first_seal_supersedes_nothing(url: str) -> None:
    with pytest.raises(InvalidFilter, match="没有可以取代的封存"):
        seal(url, SEARCH, EVERYONE, replace(EARLY, supersedes="1"))
    spring = f"?scheme=small&term={SPRING}"
    assert seal(url, spring, EVERYONE, Wish("上学期")).period == SPRING
    assert seal(url, SEARCH, EVERYONE, EARLY).id == 2  # another period is another matter
    with reading(url) as conn:
        assert is_sealed(conn, "small", SPRING)
        assert is_sealed(conn, "small", AUTUMN)
        assert not is_sealed(conn, "small", "2025-2026-1")
        assert not is_sealed(conn, "other", AUTUMN)


def test_a_period_that_goes_on_is_sealed_only_on_purpose(url: str) -> None:
    with pytest.raises(InvalidFilter, match="2027-01-17 才结束"):
        seal(url, SEARCH, EVERYONE, Wish("太早"))
    with reading(url) as conn:
        offer = seal_offer(conn, slice_of(scheme="small"), EVERYONE).iloc[0]
        before = seal_offer(conn, slice_of("2026-07-05", scheme="small"), EVERYONE).iloc[0]
    assert (offer["over"], before["over"]) == (False, True)
    assert (offer["units"], offer["cells"], offer["missing"]) == (4, 8, 1)
    assert pd.isna(offer["current"])


@pytest.mark.parametrize(
    "wish",
    [
        Wish("", early=True),
        Wish("  \n ", early=True),
        Wish("长" * 501, early=True),
        Wish("\x00", early=True),
        Wish("好", version="77", early=True),
    ],
)
def test_what_cannot_be_sealed_leaves_nothing(url: str, wish: Wish) -> None:
    with pytest.raises(InvalidFilter):
        seal(url, SEARCH, EVERYONE, wish)
    with reading(url) as conn:
        assert every_record(conn) == []
        actions = select(func.count()).where(AuditEntry.action == "seal")
        assert conn.scalar(actions) == 0


@pytest.mark.parametrize("role", [EVALUATOR, COLLEGE, STEWARD, WORK_GROUP, COUNSELOR, ""])
def test_only_the_committee_seals(url: str, role: str) -> None:
    viewer = Viewer("x", role, college="X", buildings=frozenset("B"), may_export=True)
    with pytest.raises(NotAllowed):
        seal(url, SEARCH, viewer, EARLY)
    with reading(url) as conn:
        assert every_record(conn) == []
        assert seal_offer(conn, slice_of(scheme="small"), viewer).empty


@pytest.mark.parametrize(
    ("viewer", "units"),
    [
        (EVERYONE, "ABCD"),
        (Viewer("e", EVALUATOR), "ABCD"),
        (Viewer("c", COLLEGE, college="X"), "ABCD"),
        (Viewer("s", STEWARD), "ABCD"),
        (OF_B, "B"),
        (Viewer("g", WORK_GROUP), ""),
        (Viewer("k", COUNSELOR, counselor="k1", buildings=frozenset("A")), ""),
        (Viewer("nobody"), ""),
    ],
)
def test_everyone_sees_their_own_rows_of_a_seal(url: str, viewer: Viewer, units: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    one_more_on_the_roster(url)
    assert set(asked(url, sealed_results, viewer)["unit_id"]) == set(units)
    assert set(asked(url, sealed_lines, viewer)["unit_id"]) == set(units)
    assert set(asked(url, sealed_lines, viewer, unit="A")["unit_id"]) == set(units) & {"A"}
    told = asked(url, seal_differences, viewer)
    assert set(told["unit_id"]) == set(units) & {"A"}
    assert len(asked(url, seal_list, viewer)) == bool(units)
    if units == "B":
        assert set(asked(url, sealed_results, viewer)["changes"]) == {0}


@pytest.mark.parametrize("number", ["", "2", "x", "01"])
def test_a_seal_that_is_not_there(url: str, number: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    for query in (sealed_results, sealed_lines, seal_differences):
        assert asked(url, query, number=number).empty


def test_a_seal_that_was_tampered_with_shows_no_numbers(url: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    changed = "replace(CAST(content AS TEXT), '会议', '会谈')"
    if url.startswith("postgresql"):
        changed = "convert_to(replace(convert_from(content, 'UTF8'), '会议', '会谈'), 'UTF8')"
    by_hand(url, f"UPDATE {{seals}} SET content = {changed}")  # noqa: S608
    with reading(url) as conn:
        (row,) = seal_list(conn, slice_of(), EVERYONE).to_dict("records")
    assert row["state"] == BROKEN
    assert row["problem"] == verifying.HASH
    assert (row["note"], row["who"]) == ("", "")
    (shown,) = asked(url, sealed_results).to_dict("records")
    assert shown["problem"] == verifying.HASH
    assert pd.isna(shown["total"])
    assert asked(url, sealed_lines).empty
    assert asked(url, seal_differences).empty
    with pytest.raises(InvalidFilter, match="没有通过校验"):
        sealed_file(url, "1", Viewer("e", EVALUATOR, may_export=True))


def test_the_pages_notice_a_new_seal(url: str) -> None:
    with reading(url) as conn:
        before = latest_version(conn)
    seal(url, SEARCH, EVERYONE, EARLY)
    with reading(url) as conn:
        assert latest_version(conn) != before


@pytest.mark.parametrize("role", ["committee", EVALUATOR])
def test_a_record_is_taken_along_and_that_is_on_record(url: str, role: str) -> None:
    made = seal(url, SEARCH, EVERYONE, EARLY)
    taken: Record = sealed_file(url, "1", Viewer("e", role, may_export=True))
    assert taken.content == made.content
    with reading(url) as conn:
        stmt = select(AuditEntry.account, AuditEntry.detail, AuditEntry.file_hash)
        rows = conn.execute(stmt.where(AuditEntry.action == "export")).all()
    assert [tuple(row) for row in rows] == [("e", "json seal 1", made.sha256)]


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("e", EVALUATOR),
        Viewer("c", COLLEGE, college="X", may_export=True),
        Viewer("g", WORK_GROUP, buildings=frozenset("B"), may_export=True),
        Viewer("nobody", may_export=True),
    ],
)
def test_others_take_no_record_along(url: str, viewer: Viewer) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    with pytest.raises(NotAllowed):
        sealed_file(url, "1", viewer)
    with pytest.raises(InvalidFilter):
        sealed_file(url, "2", replace(EVERYONE, may_export=True))


def test_no_statement_of_ours_changes_or_removes_a_seal() -> None:
    """Whatever names the table in an update or a delete; the triggers are the second line."""
    folders = (ROOT / name for name in ("pages", "components", "queries", "data"))
    paths = [ROOT / "app.py", *(path for folder in folders for path in folder.rglob("*.py"))]
    nodes = {str(path): ast.walk(ast.parse(path.read_text("utf-8"))) for path in paths}
    assert [
        name
        for name, every in nodes.items()
        if any(isinstance(node, ast.Call) and _changes(node) for node in every)
    ] == []


def _changes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    return name in ("update", "delete") and "SealedEvaluation" in ast.unparse(call)

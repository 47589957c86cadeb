"""Evidence of each indicator by rule and by hand (tests/honoured.py), on 11-20."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import Connection, delete, func, select

from data.access.viewer import (
    COLLEGE,
    COMMITTEE,
    COUNSELOR,
    EVALUATOR,
    STEWARD,
    WORK_GROUP,
    Viewer,
)
from data.engine import reading, writing
from data.errors import InvalidFilter, NotAllowed
from data.models.activity import ActivityPlace
from data.models.dashboard import AuditEntry
from data.models.evidence import EvidenceMark
from data.schemes.scheme import COLLEGE_BELONGS, COLLEGE_LEADS, EvidenceRule
from data.summaries.refresh import refresh
from queries import evaluation
from queries import evidence as module
from queries.choices import latest_version
from queries.evaluation import evaluate
from queries.evaluation_period import period_of
from queries.evidence import FOUND, LOST, by_rules, evidence
from queries.evidence_ledgers import records_of
from queries.evidence_marks import BY_RULE, MARKED, PINNED, REJECTED, Decision, mark
from queries.filters import Filters
from tests import honoured as made
from tests.queries.slices import EVERYONE, slice_of
from tests.world import TODAY

RATER = Viewer("rater", EVALUATOR, display_name="评价员")
OF_A = slice_of(unit="A")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "chosen_scheme", lambda _: made.scheme())


@pytest.fixture
def conn(honoured: str) -> Iterator[Connection]:
    with reading(honoured) as opened:
        yield opened


def listed(found: pd.DataFrame, indicator: str) -> list[tuple[str, str, str]]:
    """Ledger, id and state of each record of an indicator."""
    own = found[found["indicator"] == indicator].dropna(subset="ledger")
    return list(zip(own["ledger"], own["record_id"], own["state"], strict=True))


HONOURS = [("award", n, BY_RULE) for n in ("3", "2", "1", "5", "4")] + [("activity", "1", BY_RULE)]
PAPERS = [
    *(("publication", "2", BY_RULE), ("publication", "1", BY_RULE), ("space", "s2", BY_RULE)),
    *(("visit", "2026-11-16|公寓", BY_RULE), ("visit", "2026-10-05|公寓", BY_RULE)),
]


def test_rules_choose_the_records_of_the_unit_and_period(conn: Connection) -> None:
    found = evidence(conn, OF_A, EVERYONE)
    assert list(found["indicator"].drop_duplicates()) == ["honours", "station", "papers", "opinion"]
    assert listed(found, "honours") == HONOURS
    assert listed(found, "papers") == PAPERS
    assert listed(found, "station") == listed(found, "opinion") == []
    each = found.drop_duplicates("indicator").set_index("indicator")
    assert dict(each["counted"]) == {"honours": 6, "station": 0, "papers": 5, "opinion": 0}
    assert dict(each["ruled"]) == {"honours": 1, "station": 0, "papers": 1, "opinion": 0}
    assert set(found["building_id"]) == {"A"}


def test_what_is_told_of_a_record(conn: Connection) -> None:
    found = evidence(conn, replace(OF_A, indicator="papers"), EVERYONE).set_index("record_id")
    week, room, paper = (found.loc[key] for key in ("2026-10-05|公寓", "s2", "1"))
    assert (week["title"], week["number"], week["number_of"]) == ("第5周走访", 1, "次")
    assert (room["title"], room["what"], room["number"]) == ("自习室", "学习发展", 30)
    assert (paper["title"], paper["what"]) == ("《楼里的故事》", "高校思政网")
    held = evidence(conn, replace(OF_A, indicator="honours"), EVERYONE).set_index("ledger")
    activity = held.loc["activity"]
    assert (activity["number"], activity["score"], activity["answers"]) == (2, 4.0, 2)
    assert (activity["place"], activity["what"]) == ("桃苑1号楼", "学生党建 · 正其心")


@pytest.mark.parametrize(
    ("kind", "unit", "on", "expected"),
    [
        # of colleges by their students: no spaces; visits by the counselor's college
        (COLLEGE_BELONGS, "X", "11-20", "award7 publication1 activity1 visit visit visit"),
        (COLLEGE_BELONGS, "Y", "11-20", "award4 publication6"),
        (COLLEGE_LEADS, "Y", "11-20", "award11 award6 award4 publication6 publication3 activity2"),
        ("building", "B", "11-20", "award11 award6 award4 publication3 activity2"),
        ("building", "A", "2026-05-20", "award9 publication4 space space space"),
    ],
)
def test_records_of_other_units(
    conn: Connection, kind: str, unit: str, on: str, expected: str
) -> None:
    found = records_of(conn, kind, unit, period_of(conn, slice_of(on), "term"))
    keyed = [
        ledger if ledger in ("visit", "space") else f"{ledger}{key}"
        for ledger, key in zip(found["ledger"], found["record_id"], strict=True)
    ]
    assert " ".join(keyed) == expected


def test_an_activity_in_two_buildings_is_one_record_of_their_college(conn: Connection) -> None:
    period = period_of(conn, slice_of("2026-05-20"), "calendar_year")
    found = records_of(conn, COLLEGE_LEADS, "Y", period)
    assert list(found[found["ledger"] == "activity"]["place"]) == ["桃苑2号楼"]


def test_class_and_laboratory_are_one_kind_of_place(conn: Connection) -> None:
    period = period_of(conn, slice_of(), "term")
    records = records_of(conn, "building", "A", period)
    for venues, expected in ((("课堂",), 1), (("公寓", "实验室"), 3), ((), 3)):
        where = (("venue", venues),) if venues else ()
        one = replace(made.scheme().indicators[0], evidence=(EvidenceRule("visit", where),))
        assert by_rules(one, records).sum() == expected
    unknown = replace(
        made.scheme().indicators[0], evidence=(EvidenceRule("visit", (("topic", ("谈心",)),)),)
    )
    with pytest.raises(ValueError, match="topic"):
        by_rules(unknown, records)


def test_who_sees_the_evidence(conn: Connection) -> None:
    of_b = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
    counselor = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("A"))
    for viewer in (of_b, counselor, Viewer("nobody")):
        assert evidence(conn, OF_A, viewer).empty
    assert not evidence(conn, slice_of(unit="B"), of_b).empty
    assert evidence(conn, slice_of(unit="L"), EVERYONE).empty
    may = {
        role: evidence(conn, OF_A, Viewer("x", role, college="X"))["may"].all()
        for role in (COMMITTEE, EVALUATOR, COLLEGE, STEWARD)
    }
    assert may == {COMMITTEE: True, EVALUATOR: True, COLLEGE: False, STEWARD: False}


def test_a_long_list_is_cut_and_says_so(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 4)
    found = evidence(conn, OF_A, EVERYONE)
    assert listed(found, "honours") == HONOURS[:4]
    each = found.drop_duplicates("indicator").set_index("indicator")
    assert dict(each["more"]) == {"honours": 2, "station": 0, "papers": 1, "opinion": 0}
    assert each.loc["honours", "counted"] == 6


def test_a_record_is_found_by_a_part_of_its_name(conn: Connection) -> None:
    found = evidence(conn, replace(OF_A, indicator="honours", find="读 书"), EVERYONE)
    assert listed(found, "honours") == [*HONOURS, ("activity", "2", FOUND)]
    assert found["counted"].iloc[0] == 6
    none = evidence(conn, replace(OF_A, indicator="station", find="没有的"), EVERYONE)
    assert listed(none, "station") == []


def decided(indicator: str, ledger: str, record: str, state: str, reason: str = "看过") -> Decision:
    """A decision."""
    return Decision(indicator, ledger, record, state, reason)


def test_decisions_are_kept_with_reason_and_can_be_taken_back(database: str) -> None:
    made.build(database)
    asked = Filters(unit="A").search

    def held() -> pd.DataFrame:
        with reading(database) as conn:
            return evidence(conn, OF_A, EVERYONE)

    mark(database, asked, RATER, decided("honours", "activity", "2", PINNED, " 也 有党课 "))
    mark(database, asked, RATER, decided("honours", "award", "3", REJECTED, "重复"))
    mark(database, asked, RATER, decided("papers", "award", "3", PINNED))
    found = held()
    changed = [("award", "3", REJECTED) if row == HONOURS[0] else row for row in HONOURS]
    pinned = ("activity", "2", PINNED)
    assert listed(found, "honours") == [*changed[:5], pinned, *changed[5:]]
    activity = found[(found["ledger"] == "activity") & (found["record_id"] == "2")].iloc[0]
    assert (activity["state"], activity["reason"], activity["who"]) == (
        PINNED,
        "也 有党课",
        "评价员",
    )
    assert found[found["indicator"] == "honours"]["counted"].iloc[0] == 6  # one more, one less
    assert ("award", "3", PINNED) in listed(found, "papers")

    mark(database, asked, RATER, decided("honours", "award", "3", BY_RULE, "不重复"))
    mark(database, asked, RATER, decided("honours", "activity", "2", BY_RULE))
    assert listed(held(), "honours") == HONOURS
    with reading(database) as conn:
        assert conn.scalar(select(func.count()).select_from(EvidenceMark)) == 5
        audited = select(AuditEntry.detail).where(AuditEntry.action == MARKED)
        entries = list(conn.scalars(audited.order_by(AuditEntry.id)))
        assert entries[1] == f"rejected small|honours|building|A|{made_key(conn)}|award|3"
        assert latest_version(conn)[2].marked == 5  # cached answers are asked anew
        assert evidence(conn, slice_of(unit="B"), EVERYONE)["reason"].isna().all()


def made_key(conn: Connection) -> str:
    """The period's key."""
    return evaluate(conn, OF_A).period.key


def test_a_pinned_record_that_is_gone_is_told(database: str) -> None:
    made.build(database)
    mark(database, Filters(unit="A").search, RATER, decided("honours", "activity", "2", PINNED))
    with writing(database) as conn:
        conn.execute(delete(ActivityPlace).where(ActivityPlace.activity_id == 2))
    refresh(database, today=TODAY, full=True)
    with reading(database) as conn:
        found = evidence(conn, OF_A, EVERYONE)
    assert listed(found, "honours") == [*HONOURS, ("activity", "2", LOST)]
    assert found[found["indicator"] == "honours"]["counted"].iloc[0] == 6


@pytest.mark.parametrize(
    ("viewer", "unit", "said", "error"),
    [
        (
            Viewer("c", COLLEGE, college="X"),
            "A",
            decided("honours", "award", "1", PINNED),
            NotAllowed,
        ),
        (Viewer("s", STEWARD), "A", decided("honours", "award", "1", PINNED), NotAllowed),
        (Viewer("nobody"), "A", decided("honours", "award", "1", PINNED), NotAllowed),
        (RATER, "L", decided("honours", "award", "1", PINNED), NotAllowed),
        (RATER, "A", decided("honours", "award", "1", PINNED, "  "), InvalidFilter),
        (RATER, "A", decided("honours", "award", "1", PINNED, "长" * 201), InvalidFilter),
        (RATER, "A", decided("honours", "award", "1", "liked"), InvalidFilter),
        (RATER, "A", decided("nothing", "award", "1", PINNED), InvalidFilter),
        (RATER, "A", decided("honours", "award", "11", PINNED), InvalidFilter),  # of B
        (RATER, "A", decided("honours", "award", "9", PINNED), InvalidFilter),  # in spring
    ],
)
def test_what_cannot_be_decided_is_refused(
    honoured: str, viewer: Viewer, unit: str, said: Decision, error: type[Exception]
) -> None:
    with pytest.raises(error):
        mark(honoured, Filters(unit=unit).search, viewer, said)
    with reading(honoured) as conn:
        assert conn.scalar(select(func.count()).select_from(EvidenceMark)) == 0

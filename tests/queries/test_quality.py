"""The data-quality desk by hand: what is found in the world, its trend, marks, ledgers by age."""

import pandas as pd
import pytest
from sqlalchemy import ColumnElement, Connection, delete, update

from data.access.viewer import COMMITTEE, EVALUATOR
from data.engine import reading, writing
from data.models.dashboard import QualityCount
from data.models.party import FloorLeader
from data.models.place import Building
from data.summaries.refresh import refresh
from queries.coverage import coverage_cards
from queries.filters import Filters
from queries.marks import Mark, marked, quality_marks, together
from queries.quality import ledger_freshness, quality_findings
from queries.rates import named_rates
from tests.asking import NOBODY, ROLES, WHOLE
from tests.queries.slices import EVERYONE
from tests.world import TODAY

DEAN = ROLES[COMMITTEE].viewer


def findings(conn: Connection) -> pd.DataFrame:
    return quality_findings(conn, WHOLE, EVERYONE).set_index("key")


def test_each_finding_says_how_many_where_and_whom_to_ask(conn: Connection) -> None:
    found = findings(conn)
    assert len(found) == 11
    assert found["faults"].sum() == 12
    assert found.index[0] == "total_branch_by_workstation"  # the most rows first
    leader = found.loc["floor_leader_not_member"]
    assert (leader["ledger"], leader["ask"]) == ("党员层长台账", "楼宇工作组")
    assert leader["place"] == "floor_leader.student_id(学号)"
    assert "floor_leader" in leader["touches"]
    assert leader["series"] == [(TODAY.isoformat(), 1)]
    assert leader["earlier"] is None


def test_errors_stand_before_reminders(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(update(QualityCount).where(_is("term_overlap")).values(faults=1))
    with reading(world_copy) as conn:
        assert findings(conn).index[0] == "term_overlap"


def test_the_trend_runs_over_the_versions_that_were_counted(world_copy: str) -> None:
    """a4 is dismissed: the first version has the fault, the second is clean, the third has two."""
    with writing(world_copy) as conn:
        conn.execute(delete(FloorLeader).where(FloorLeader.student_id == "a4"))
    refresh(world_copy, today=TODAY)
    with reading(world_copy) as conn:
        assert "floor_leader_not_member" not in findings(conn).index
    with writing(world_copy) as conn:
        conn.execute(update(FloorLeader).values(student_id="a5", floor_id="A3").where(_d1()))
    refresh(world_copy, today=TODAY)
    with reading(world_copy) as conn:
        found = findings(conn).loc["floor_leader_not_member"]
    assert [faults for _, faults in found["series"]] == [1, 0, 1]
    assert (found["faults"], found["earlier"]) == (1, 0)


def _is(key: str) -> ColumnElement[bool]:
    return QualityCount.check_key == key


def _d1() -> ColumnElement[bool]:
    return FloorLeader.student_id == "d1"


def test_a_metric_bears_the_findings_that_touch_it(conn: Connection) -> None:
    marks = quality_marks(conn, DEAN)
    assert {key: (marks[key].kinds, marks[key].faults) for key in ("floor_leader", "plate")} == {
        "floor_leader": (1, 1),
        "plate": (2, 2),  # z1 has no room, C99 no floor
    }
    assert [found.key for found in marks["floor_leader"].findings] == ["floor_leader_not_member"]
    assert not marks.keys() & {"cluster_coverage", "building_coverage", "floor_coverage"}


def test_several_metrics_together_count_a_finding_once(conn: Connection) -> None:
    marks = quality_marks(conn, DEAN)
    both = together(marks, ("plate", "room_responsibility", "floor_leader", "no such metric"))
    assert (both.kinds, both.faults) == (3, 3)
    assert together(marks, ("cluster_coverage",)) == Mark()


def test_every_row_of_the_cards_bears_its_own_mark(conn: Connection) -> None:
    for query in (coverage_cards, named_rates):
        rows = marked(query)(conn, WHOLE, DEAN).set_index("metric")
        assert rows.loc["floor_leader", "mark"].faults == 1
        assert rows.loc["building_coverage", "mark"] == Mark()


def test_who_has_no_list_reads_the_mark_without_a_link(conn: Connection) -> None:
    assert not quality_marks(conn, ROLES[EVALUATOR].viewer)["plate"].listed
    assert quality_marks(conn, DEAN)["plate"].listed


def test_nobody_is_told_anything(conn: Connection) -> None:
    assert quality_marks(conn, NOBODY.viewer) == {}
    for query in (quality_findings, ledger_freshness):
        assert query(conn, WHOLE, NOBODY.viewer).empty


@pytest.mark.parametrize(
    ("date", "visits", "leads"),
    [("2026-11-20", (0, False), (8, False)), ("2026-11-10", (None, False), (9, False))],
)
def test_ledgers_are_as_old_as_on_the_day_one_looks(
    conn: Connection, date: str, visits: object, leads: object
) -> None:
    """The only visit is of 11-20; five leads were entered on 11-01 and 11-12."""
    found = ledger_freshness(conn, Filters(term=WHOLE.term, date=date), EVERYONE)
    rows = found.set_index("ledger")
    assert tuple(rows.loc["走访台账", ["days", "late"]]) == visits
    assert tuple(rows.loc["五带头台账", ["days", "late"]]) == leads


def test_the_latest_ledger_stands_first(world_copy: str) -> None:
    """Without the visit, and on 11-30, five leads are 18 days old, more than the 14 they may be."""
    with reading(world_copy) as conn:
        found = ledger_freshness(conn, Filters(term=WHOLE.term, date="2026-11-30"), EVERYONE)
    assert list(found["ledger"][found["late"].astype(bool)]) == ["五带头台账", "走访台账"]
    assert list(found["late"][:3]) == [True, True, False]
    assert Building.__tablename__ not in set(found["ledger"])

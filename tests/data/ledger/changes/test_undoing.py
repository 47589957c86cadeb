"""The latest import can be taken back, row by row, unless somebody has built on it."""

from datetime import time

import pytest
from sqlalchemy import select, update

from data.engine import engine, writing
from data.ledger.changes.trying import apply
from data.ledger.changes.undoing import CannotUndo, undo
from data.ledger.imports import runs
from data.models.dashboard import ImportChange
from data.models.forces import Visit, VisitRoom
from data.models.people import Counselor
from tests.data.ledger.bringing import Rows, applied, brought, held, new_run
from tests.world import TODAY, rows

VISIT = {"counselor_id": "k1", "day": TODAY, "venue": "公寓", "starts": time(14, 30, 0, 5)}


def _imported(url: str, **found: Rows) -> int:
    run = new_run(url)
    with engine(url).connect() as conn:
        assert not apply(conn, run, brought(**found), replace=True).problems
        conn.commit()
    return run


def _undone(url: str, run: int) -> None:
    with engine(url).connect() as conn:
        undo(conn, run)
        conn.commit()


def test_everything_is_as_it_was(world_copy: str) -> None:
    tables = ("college", "counselor", "visit", "floor_leader")
    before = {table: held(world_copy, table) for table in tables}
    run = _imported(
        world_copy,
        college=[
            *({"id": c["id"], "name": f"新{c['name']}"} for c in before["college"]),
            {"id": "Z", "name": "材料学院", "successor_id": "X"},
        ],
        visit=[VISIT],
        floor_leader=[before["floor_leader"][0] | {"student_id": "a2"}],  # in the place of a1
    )
    assert held(world_copy, "college")[2]["successor_id"] == "X"
    assert [v["starts"] for v in held(world_copy, "visit")] == [VISIT["starts"]]
    leaders = [leader["student_id"] for leader in held(world_copy, "floor_leader")]
    assert leaders == ["a2", "a4", "g1", "d1"]
    _undone(world_copy, run)
    assert {table: held(world_copy, table) for table in tables} == before


def test_it_can_be_undone_once(world_copy: str) -> None:
    run = _imported(world_copy, visit=[VISIT])
    _undone(world_copy, run)
    with pytest.raises(CannotUndo, match="只能撤销一次"):
        _undone(world_copy, run)


def test_only_the_latest_is_kept(world_copy: str) -> None:
    first = _imported(world_copy, visit=[VISIT])
    second = _imported(world_copy, visit=[VISIT | {"venue": "课堂"}])
    with pytest.raises(CannotUndo, match="最近一次"):
        _undone(world_copy, first)
    with engine(world_copy).connect() as conn:
        assert set(conn.scalars(select(ImportChange.run_id))) == {second}


def test_a_row_changed_since_is_left_alone(world_copy: str) -> None:
    run = _imported(
        world_copy, counselor=[{**c, "name": "甲"} for c in held(world_copy, "counselor")]
    )
    with writing(world_copy) as conn:
        conn.execute(update(Counselor).where(Counselor.id == "k2").values(college_id="X"))
    with pytest.raises(CannotUndo, match="辅导员台账有 1 行在导入之后又被改动（编号 k2）"):
        _undone(world_copy, run)
    assert [c["name"] for c in held(world_copy, "counselor")] == ["甲", "甲"]


def test_a_removed_row_that_is_back_is_left_alone(world_copy: str) -> None:
    leaders = held(world_copy, "floor_leader")
    run = _imported(world_copy, floor_leader=leaders[1:])
    applied(world_copy, brought(floor_leader=[leaders[0] | {"ends": TODAY}]))
    with pytest.raises(CannotUndo):
        _undone(world_copy, run)
    assert held(world_copy, "floor_leader")[0]["ends"] == TODAY


def test_an_added_row_that_others_need_is_left_alone(world_copy: str) -> None:
    run = _imported(world_copy, visit=[VISIT])
    with writing(world_copy) as conn:
        number = conn.scalar(select(Visit.id).where(Visit.starts.is_not(None)))
        rows(conn, VisitRoom, "visit_id room_id", (number, "A11"))
    with pytest.raises(CannotUndo, match="走访房间台账引用"):
        _undone(world_copy, run)
    assert len(held(world_copy, "visit")) == 1


def test_the_next_import_may_be_undone_although_an_unfinished_one_began(world_copy: str) -> None:
    run = _imported(world_copy, visit=[VISIT])
    with writing(world_copy) as conn:
        runs.move(conn, run, (runs.WRITING,), runs.DONE)
    new_run(world_copy, runs.READING)
    found = runs.undoable(world_copy)
    assert found is not None
    assert found.id == run

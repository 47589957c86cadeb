"""A sheet numbered 1, 2, 3… by hand does not overwrite the rows of those numbers."""

from sqlalchemy import func, select

from data.engine import reading
from data.ledger.files.reading import read
from data.ledger.giving.exporting import export
from data.ledger.meaning.parsing import parse
from data.models.forces import Visit
from tests.data.ledger.bringing import applied, brought, counts, held
from tests.world import day

OTHER = {"counselor_id": "k2", "venue": "公寓", "building_id": "B"}


def test_a_number_of_another_row_is_a_problem_at_its_cell(world_copy: str) -> None:
    before = held(world_copy, "visit")
    first = before[0]["id"]
    found = applied(world_copy, brought(visit=[{"id": first, **OTHER, "day": day("11-18")}]))
    (problem,) = found.problems
    assert (problem.row, problem.heading, problem.value) == (2, "id", str(first))
    assert problem.reason == f"数据库里走访编号 {first} 是另一条记录，会被这一行覆盖"
    assert held(world_copy, "visit") == before


def test_a_correction_of_a_row_is_none(world_copy: str) -> None:
    first = held(world_copy, "visit")[0]
    found = applied(world_copy, brought(visit=[{**first, "counselor_id": "k2"}]))
    assert (found.problems, counts(found, "visit")) == ((), (0, 1, 0, 0))


def test_an_export_changes_nothing(world_copy: str) -> None:
    with reading(world_copy) as conn:
        book = read("走访台账.xlsx", export(conn, "visit", kind="xlsx"))
        rows = conn.scalar(select(func.count()).select_from(Visit))
        found = applied(world_copy, parse(conn, book))
    assert (found.problems, counts(found, "visit")) == ((), (0, 0, 0, rows))

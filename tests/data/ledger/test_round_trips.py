"""What is exported imports back unchanged: every table, whatever text stands in it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, insert

from data.engine import reading
from data.ledger.changes.comparing import Changes
from data.ledger.changes.planning import plan
from data.ledger.files.reading import read
from data.ledger.giving.exporting import export
from data.ledger.meaning.parsing import parse
from data.models.tables import contract_tables
from tests.data.ledger.corpus import campus
from tests.data.ledger.rows import Row, rows

TABLES = [table for _, table in contract_tables()]
PATIENT = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A connection to the campus of the corpus, on which nothing is kept."""
    url = campus.build(f"sqlite:///{tmp_path_factory.mktemp('trips') / 'campus.db'}")
    with reading(url) as found:
        yield found


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_export_imports_unchanged_and_into_an_empty_table(
    conn: Connection, table: Table, kind: str
) -> None:
    _round_trip(conn, table, kind, 4)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_export_imports_unchanged_on_postgresql(campus_on_postgresql: str, table: Table) -> None:
    with reading(campus_on_postgresql) as conn:
        _round_trip(conn, table, "csv", 1)


@pytest.fixture(scope="module")
def campus_on_postgresql(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of the campus of the corpus on PostgreSQL."""
    with request.getfixturevalue("postgresql").database("trips") as url:
        yield campus.build(url)


def _round_trip(conn: Connection, table: Table, kind: str, examples: int) -> None:
    @settings(PATIENT, max_examples=examples)
    @given(st.data())
    def property_of(data: st.DataObject) -> None:
        drawn = data.draw(rows(conn, table))
        with conn.begin_nested() as there:
            if drawn:
                conn.execute(insert(table), drawn)
            content = export(conn, table.name, kind=kind)
            same = _planned(conn, table, kind, content)
            there.rollback()
        assert not len(same), list(same)
        new = _planned(conn, table, kind, content)
        assert not [*new.changed, *new.removed]
        assert _sorted(table, [c.after or {} for c in new.added]) == _sorted(table, drawn)

    property_of()


def _planned(conn: Connection, table: Table, kind: str, content: bytes) -> Changes:
    parsed = parse(conn, read(f"台账.{kind}", content))
    found = plan(conn, parsed)
    assert [problem.text for problem in found.problems] == []
    (changes,) = found.changes
    assert changes.table is table
    return changes


def _sorted(table: Table, of: list[Row]) -> list[Row]:
    return sorted(of, key=lambda row: [str(row[c.name]) for c in table.primary_key])

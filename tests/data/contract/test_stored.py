"""In SQLite a value may be anything: what cannot be read as its kind is found, the rest is not."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from data.contract.stored import misfits
from data.engine import engine, writing
from data.migrations.upgrading import create_tables
from data.models.tables import contract_tables
from tests.data.contract import clean

TABLES = {table.name: table for _, table in contract_tables()}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('stored') / 'stored.db'}"
    create_tables(url)
    with writing(url) as conn:
        clean.fill(conn)
    return url


@pytest.fixture
def conn(file: str) -> Iterator[Connection]:
    """The clean campus in SQLite, to spoil: nothing done on this connection is kept."""
    with engine(file).connect() as conn:
        conn.exec_driver_sql("BEGIN")
        yield conn
        conn.rollback()


def _found(conn: Connection) -> dict[str, int]:
    return {
        check.key.removeprefix("stored:"): check.count(conn)
        for table in TABLES.values()
        for check in misfits(conn, table, list(table.columns))
    }


def _put(conn: Connection, place: str, value: object) -> None:
    table, column = place.split(".")
    conn.execute(text(f"UPDATE {table} SET {column} = :v"), {"v": value})  # noqa: S608


def test_what_we_write_ourselves_fits(conn: Connection) -> None:
    assert _found(conn) == {}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("visit.day", "2026/10/10"),
        ("visit.day", "2026-10-10 00:00:00"),
        ("visit.day", "2026-02-30"),
        ("visit.day", "20261010"),
        ("visit.day", 46305),
        ("visit.starts", "8:00"),
        ("visit.starts", "19:30:00+08:00"),
        ("visit.entered", "2026-10-10T12:00:00"),
        ("visit.entered", "2026-10-10 12:00:00Z"),
        ("visit.entered", 1791600000),
        ("building.footprint", "{"),
        ("building.longitude", "东经117度"),
        ("building.name", b"\xcc\xd2"),
        ("term.teaching_weeks", "十九"),
    ],
)
def test_a_misfit_is_found_where_it_is(conn: Connection, place: str, value: object) -> None:
    _put(conn, place, value)
    table, column = place.split(".")
    assert _found(conn) == {place: len(clean.ROWS[table])}
    [check] = misfits(conn, TABLES[table], [TABLES[table].c[column]])
    assert str(check.rows(conn, 1)[0][column]) == str(value)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("visit.starts", "19:30:00"),
        ("visit.starts", "23:59:59.999999"),
        ("visit.entered", "2026-10-10 12:00:00"),
        ("visit.entered", "2026-12-31 23:59:59.999999"),
        ("building.longitude", 117),
        ("building.opened", None),
    ],
)
def test_what_can_be_read_is_left_alone(conn: Connection, place: str, value: object) -> None:
    _put(conn, place, value)
    assert _found(conn) == {}

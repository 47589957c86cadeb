"""Databases of the clean campus: strict as `create` makes them, and loose as anybody might."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from data.engine import engine, writing
from data.migrations.upgrading import create_tables
from tests import databases
from tests.data.contract import clean


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def loose_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the clean campus in tables without keys or constraints."""
    return databases.kept(request, tmp_path_factory, "loose", _build_loose)


@pytest.fixture
def loose(loose_database: str) -> Iterator[Connection]:
    """The clean campus to spoil: nothing done on this connection is kept."""
    with engine(loose_database).connect() as conn:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("BEGIN")
        yield conn
        conn.rollback()


@pytest.fixture
def strict_database(database: str) -> str:
    """The URL of the clean campus in the tables that `create` makes."""
    create_tables(database)
    with writing(database) as conn:
        clean.fill(conn)
    return database


def _build_loose(url: str) -> str:
    with writing(url) as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(text("CREATE SCHEMA campus"))
        clean.LOOSE.create_all(conn)
        clean.fill(conn)
    return url

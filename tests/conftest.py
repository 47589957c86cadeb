"""Fixtures every test may ask for; how the databases are made is in tests/databases.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases


@pytest.fixture(scope="session")
def postgresql() -> Iterator[databases.Server]:
    """The PostgreSQL cluster of this run."""
    with databases.postgresql_server() as server:
        yield server


@pytest.fixture
def sqlite_database(tmp_path: Path) -> str:
    """The URL of an empty SQLite database."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def postgresql_database(postgresql: databases.Server) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with postgresql.database("empty") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, once on each of the two we support."""
    return str(request.getfixturevalue(f"{request.param}_database"))


@pytest.fixture(autouse=True)
def _no_connection_outlives_its_test() -> Iterator[None]:
    yield
    databases.release_connections()

"""Fixtures every test may ask for; how the databases are made is in tests/databases.py."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import databases, world

if TYPE_CHECKING:
    from tests.brute_force_contacts import Ledgers

# Importing the application opens its database: not the one somebody works with.
_folder = tempfile.mkdtemp(prefix="community-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DASHBOARD_DATABASE_URL"] = f"sqlite:///{_folder}/nobody.db"


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


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def world_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the refreshed world, made once on each database: only to be read."""
    return databases.kept(request, tmp_path_factory, "world", _refreshed)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def counseling_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of the refreshed world with counselors at work (tests/counseling.py): to be read."""
    from tests import counseling

    return databases.kept(request, tmp_path_factory, "counseling", counseling.build)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def met(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the refreshed world with the visits of tests/met.py: only to be read."""
    from tests.met import build

    return databases.kept(request, tmp_path_factory, "met", build)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def honoured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the refreshed world with the honours of tests/honoured.py: only to be read."""
    from tests.honoured import build

    return databases.kept(request, tmp_path_factory, "honoured", build)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a refreshed demo campus of 1,500 students and two terms."""
    return databases.kept(request, tmp_path_factory, "demo", _demo)


@pytest.fixture(scope="session")
def ledgers(demo: str) -> "Ledgers":
    """Every row of the demo campus that 44023 depends on, for the slow count."""
    from data.engine import reading
    from tests.brute_force_contacts import Ledgers

    with reading(demo) as conn:
        return Ledgers.read(conn)


@pytest.fixture
def world_copy(request: pytest.FixtureRequest, world_database: str) -> Iterator[str]:
    """The URL of a refreshed world that a test may change.

    It is the same URL each time: statements are compiled once for all tests.
    """
    databases.release_connections()  # a copy needs the original to itself
    if world_database.startswith("sqlite"):
        original = Path(world_database.removeprefix("sqlite:///"))
        yield f"sqlite:///{shutil.copy(original, original.with_name('copy.db'))}"
    else:
        with request.getfixturevalue("postgresql").database("copy", template="world") as url:
            yield url


def _demo(url: str) -> str:
    from data.demo.campus import build
    from data.summaries.refresh import refresh

    build(url, students=1500, terms=2, seed=3, progress=lambda _: None)
    refresh(url)
    return url


def _refreshed(url: str) -> str:
    from data.summaries.refresh import refresh

    refresh(world.build(url), today=world.TODAY)
    return url


@pytest.fixture(autouse=True)
def _no_connection_outlives_its_test() -> Iterator[None]:
    yield
    databases.release_connections()

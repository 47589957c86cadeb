"""A connection to the world, and a small demo campus, on each database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from data.engine import reading
from tests import databases


@pytest.fixture
def conn(world_database: str) -> Iterator[Connection]:
    """Reads the refreshed world."""
    with reading(world_database) as opened:
        yield opened


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a refreshed demo campus of 1,500 students and two terms."""
    if request.param == "sqlite":
        yield _built(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    else:
        server: databases.Server = request.getfixturevalue("postgresql")
        with server.database("demo") as url:
            yield _built(url)


def _built(url: str) -> str:
    from data.demo.campus import build
    from data.summaries.refresh import refresh

    build(url, students=1500, terms=2, seed=3, progress=lambda _: None)
    refresh(url)
    return url

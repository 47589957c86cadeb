"""A connection to the world on each database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from data.engine import reading


@pytest.fixture
def conn(world_database: str) -> Iterator[Connection]:
    """Reads the refreshed world."""
    with reading(world_database) as opened:
        yield opened

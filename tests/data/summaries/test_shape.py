"""Summaries of another release are recognised: by their keys and the columns of their tables."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from data.engine import reading, writing
from data.summaries import shape
from data.summaries.rows import ROWS
from tests import world


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    shape._shape.cache_clear()


def test_a_new_column_makes_summaries_old(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An earlier release filled the table without it: its rows would say nothing was there."""
    world.build(database)
    with writing(database) as conn:
        shape.record(conn)
    with reading(database) as conn:
        assert shape.is_current(conn)
        key, (table, make) = next(iter(ROWS.items()))
        wider = Table(table.name, MetaData(), *(Column(c.name, c.type) for c in table.c))
        wider.append_column(Column("newer", Integer))
        monkeypatch.setitem(ROWS, key, (wider, make))
        shape._shape.cache_clear()
        assert not shape.is_current(conn)

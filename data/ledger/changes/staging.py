"""Rows of a file put beside a table of the contract, so that the database can compare the two."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Enum,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    text,
)
from sqlalchemy.schema import DropTable
from sqlalchemy.types import JSON, DateTime, Time

LINE = "import_line"  # no column of the contract is called so

Row = Mapping[str, Any]


@contextmanager
def staged(
    conn: Connection, target: Table, rows: Sequence[tuple[int, Row]], columns: Sequence[str]
) -> Iterator[Table]:
    """A temporary table with these columns of numbered rows, seen by this connection alone."""
    stage = Table(
        f"staged_{target.name}",
        MetaData(),
        Column(LINE, Integer, primary_key=True, autoincrement=False),
        *(Column(name, _type(target.c[name])) for name in columns),
        prefixes=["TEMPORARY"],
    )
    Index(f"ix_staged_{target.name}", *(stage.c[name] for name in _indexed(target, columns)))
    conn.execute(DropTable(stage, if_exists=True))  # left by one that broke off
    stage.create(conn, checkfirst=False)
    if rows:
        conn.execute(
            insert(stage), [{LINE: line, **{c: row.get(c) for c in columns}} for line, row in rows]
        )
    conn.execute(text(f"ANALYZE {stage.name}"))  # PostgreSQL guesses the size otherwise
    yield stage
    stage.drop(conn, checkfirst=False)


def comparable(column: Column[Any]) -> bool:
    """Whether equal values are always stored alike: a time may have fractions or none."""
    return not isinstance(column.type, JSON | Time | DateTime)


def key_of(table: Table) -> tuple[str, ...]:
    """The columns of the primary key."""
    return tuple(column.name for column in table.primary_key.columns)


def _type(column: Column[Any]) -> Any:
    return String() if isinstance(column.type, Enum) else column.type


def _indexed(target: Table, columns: Sequence[str]) -> list[str]:
    """The key, or where a file leaves it out, what stands in for it."""
    key = key_of(target)
    if set(key) <= set(columns):
        return list(key)
    return [c for c in columns if comparable(target.c[c]) and not target.c[c].nullable][:8] or [
        LINE
    ]

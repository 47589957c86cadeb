"""Bulk loading: every row of a demo campus in one transaction, as fast as each database can."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Table,
    delete,
    exists,
    select,
    text,
)
from sqlalchemy.schema import AddConstraint, DropConstraint

from data.engine import engine
from data.errors import DashboardError
from data.models.dashboard import Account, AuditEntry, Installation, Own, SignInAttempt
from data.models.seals import SealedEvaluation
from data.models.tables import contract_tables

LASTING = (Account, AuditEntry, Installation, SealedEvaluation, SignInAttempt)
KEPT = {m.__tablename__ for m in LASTING}
DEMO_KEY = "demo"

Frames = Iterable[tuple[str, pd.DataFrame]]


def replace_demo(url: str, frames: Frames, finish: Callable[[Connection], None]) -> int:
    """Empty the contract tables and fill them with `frames`; how many rows that was.

    Nothing is kept unless all of it is. Foreign keys are checked once, after the last row.
    """
    tables = {table.name: table for _, table in contract_tables()}
    with engine(url).connect() as conn:
        sqlite = conn.dialect.name == "sqlite"
        _foreign_keys(conn, off=True)
        try:
            with conn.begin():
                _empty(conn, tables.values())
                rows = sum(_insert(conn, tables[name], frame) for name, frame in frames)
                finish(conn)
                if not sqlite:
                    _restore(conn, tables.values())
        finally:
            _foreign_keys(conn, off=False)
    return rows


def refuse_real_campus(conn: Connection) -> None:
    """A database that holds rows and is not a demo is somebody's campus: leave it alone."""
    found = conn.scalar(select(Installation.value).where(Installation.key == DEMO_KEY))
    if found == "1":
        return
    for model, table in contract_tables():
        if conn.scalar(select(exists(select(1).select_from(table)))):
            raise DashboardError(
                f"“{model.title}”({table.name})已有数据，且这个数据库不是演示校园："
                "演示数据不会覆盖真实数据，请用 --database 指定另一个数据库"
            )


def _driver(conn: Connection) -> Any:
    """The driver's own connection: executemany and COPY in bulk are beyond SQLAlchemy."""
    return conn.connection.driver_connection


def _foreign_keys(conn: Connection, *, off: bool) -> None:
    """SQLite turns them off for a connection, outside any transaction; PostgreSQL: see `_empty`."""
    if conn.dialect.name == "sqlite":
        raw = _driver(conn)
        raw.execute(f"PRAGMA foreign_keys={'OFF' if off else 'ON'}")
        raw.execute(f"PRAGMA synchronous={'OFF' if off else 'NORMAL'}")


def _empty(conn: Connection, tables: Iterable[Table]) -> None:
    own = [t for t in Own.metadata.sorted_tables if t.schema == "dashboard" and t.name not in KEPT]
    if conn.dialect.name == "sqlite":
        for table in (*own, *tables):
            conn.execute(delete(table))
        return
    for table in tables:
        for key in table.foreign_key_constraints:
            conn.execute(DropConstraint(key, if_exists=True))
    names = ", ".join(f"{t.schema}.{t.name}" for t in (*own, *tables))
    conn.execute(text(f"TRUNCATE {names}"))


def _restore(conn: Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        for key in table.foreign_key_constraints:
            conn.execute(AddConstraint(key, isolate_from_table=False))
        conn.execute(text(f"ANALYZE {table.schema}.{table.name}"))


def _insert(conn: Connection, table: Table, frame: pd.DataFrame) -> int:
    if frame.empty:
        return 0
    columns = [table.c[name] for name in frame.columns]
    cells = [_cells(frame[c.name], c) for c in columns]
    if conn.dialect.name == "sqlite":
        _insert_sqlite(conn, table, columns, zip(*cells, strict=True))
    else:
        _copy(conn, table, columns, cells)
    return len(frame)


def _insert_sqlite(
    conn: Connection, table: Table, columns: list[Column[Any]], rows: Iterator[tuple[Any, ...]]
) -> None:
    names = ", ".join(f'"{c.name}"' for c in columns)
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608
    _driver(conn).executemany(statement, rows)


def _copy(
    conn: Connection, table: Table, columns: list[Column[Any]], cells: list[list[Any]]
) -> None:
    names = ", ".join(f'"{c.name}"' for c in columns)
    texts = [_copy_text(column) for column in cells]
    with (
        _driver(conn).cursor() as cursor,
        cursor.copy(f"COPY {table.schema}.{table.name} ({names}) FROM STDIN") as copy,
    ):
        copy.write("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n")


def _copy_text(values: list[Any]) -> list[str]:
    return ["\\N" if v is None else str(v).replace("\\", "\\\\") for v in values]


def _cells(values: pd.Series, column: Column[Any]) -> list[Any]:
    """Plain values in the form both databases store: dates and times as ISO text."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        choices = np.array([*values.cat.categories, None], dtype=object)
        return list(choices[values.cat.codes.to_numpy()])
    if values.dtype.kind == "M":
        return _dates(values, column)
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "iub":
        return list(values.tolist())
    cells = values.to_numpy(object)
    missing = pd.isna(values).to_numpy()
    cells = np.where(missing, None, cells)
    if isinstance(column.type, Boolean | Date | DateTime):
        return [None if v is None else v if isinstance(v, bool) else str(v) for v in cells]
    return [json.dumps(v) if isinstance(v, dict) else v for v in cells]


def _dates(values: pd.Series, column: Column[Any]) -> list[Any]:
    moments = values.to_numpy()
    if isinstance(column.type, DateTime):
        texts = np.char.replace(np.datetime_as_string(moments, unit="us"), "T", " ").astype(object)
    else:
        texts = np.datetime_as_string(moments, unit="D").astype(object)
    texts[np.isnat(moments)] = None
    return list(texts)

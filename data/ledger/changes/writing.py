"""Put planned changes into the tables of the contract, inside the caller's transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)

from data.errors import DashboardError
from data.ledger.changes.comparing import Change, Changes
from data.ledger.changes.placing import Fault
from data.ledger.changes.staging import key_of, staged
from data.ledger.tables import surrogate, tables, title

EXAMPLES = 10


class NotWritable(DashboardError):
    """A table that the import may not write."""


@dataclass(frozen=True)
class Kept:
    """A table whose rows could not be removed, and why."""

    table: str
    fault: Fault


def reserve(conn: Connection, tables: Sequence[Table]) -> None:
    """Let nobody else change these tables from before they are compared until the commit.

    SQLite locks a whole file, sign-ins included: there the rows are compared unlocked. Who writes
    a campus there is an import, of which one runs at a time.
    """
    if conn.dialect.name == "postgresql" and tables:
        names = ", ".join(f"{table.schema}.{table.name}" for table in tables)
        conn.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


def begin_writing(conn: Connection) -> None:
    """On SQLite a transaction that started by reading might not become the writer: a new one."""
    if conn.dialect.name == "sqlite":
        conn.commit()
        conn.exec_driver_sql("BEGIN IMMEDIATE")


def refuse_unwritable(conn: Connection, tables: Sequence[Table]) -> None:
    """NotWritable where a table is missing, is a view, or belongs to someone else."""
    inspector = inspect(conn)
    schema = None if conn.dialect.name == "sqlite" else "campus"
    ours = set(inspector.get_table_names(schema))
    for table in tables:
        ledger = f"“{title(table.name)}”({table.name})"
        if table.name not in ours:
            raise NotWritable(
                f"{ledger}不是数据表：它由视图提供，或还没有建立，不能导入；"
                "由视图提供的请在来源系统中修改，还没有建表的先运行 python -m data create"
            )
        if not _allowed(conn, table):
            raise NotWritable(
                f"运行看板的数据库账号没有写入{ledger}的权限；"
                "请数据库管理员按 docs/campus-database.md“允许导入台账”一节授权"
            )


def write(conn: Connection, every: Sequence[Changes]) -> list[Kept]:
    """New and changed rows from parents to children, then removed ones from children to parents.

    Rows that others still refer to stay, and are told of: the caller then gives up the whole.
    """
    ordered = [c for _, table in tables().values() for c in every if c.table is table and len(c)]
    for changes in ordered:
        if changes.added:
            _insert(conn, changes.table, [c.after for c in changes.added if c.after])
        if changes.changed:
            _update(conn, changes.table, changes.changed)
    kept: list[Kept] = []
    for changes in reversed(ordered):
        if changes.removed:
            kept += _delete(conn, changes.table, [c.before for c in changes.removed if c.before])
    return kept


def _allowed(conn: Connection, table: Table) -> bool:
    if conn.dialect.name == "sqlite":
        return True
    name = f"{table.schema}.{table.name}"
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE")
    return all(conn.scalar(select(func.has_table_privilege(name, right))) for right in rights)


def _own_parents(table: Table) -> list[Column[Any]]:
    """References to rows of the same table: the row referred to may come later in the file."""
    return [c for c in table.columns for key in c.foreign_keys if key.column.table is table]


def _insert(conn: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    parents = {column.name for column in _own_parents(table)}
    if not parents:
        conn.execute(insert(table), rows)
    else:
        conn.execute(insert(table), [row | dict.fromkeys(parents) for row in rows])
        later = [r for r in rows if any(r[name] is not None for name in parents)]
        _set(conn, table, later, sorted(parents))
    _advance(conn, table)


def _update(conn: Connection, table: Table, changes: list[Change]) -> None:
    names = {
        name
        for change in changes
        if change.before and change.after
        for name, value in change.after.items()
        if change.before[name] != value
    }
    _set(conn, table, [c.after for c in changes if c.after], sorted(names))


def _set(conn: Connection, table: Table, rows: list[dict[str, Any]], names: Sequence[str]) -> None:
    if not rows:
        return
    key = key_of(table)
    stmt = (
        update(table)
        .where(*(table.c[name] == bindparam(f"key_{name}") for name in key))
        .values({name: bindparam(f"new_{name}") for name in names})
    )
    values = (
        {f"key_{n}": row[n] for n in key} | {f"new_{n}": row[n] for n in names} for row in rows
    )
    conn.execute(stmt, list(values))


def _delete(conn: Connection, table: Table, rows: list[dict[str, Any]]) -> list[Kept]:
    parents = [column.name for column in _own_parents(table)]
    if parents:
        _set(conn, table, [row | dict.fromkeys(parents) for row in rows], parents)
    kept = list(_still_referred(conn, table, rows))
    if not kept:
        key = key_of(table)
        stmt = delete(table).where(*(table.c[name] == bindparam(f"key_{name}") for name in key))
        conn.execute(stmt, [{f"key_{n}": row[n] for n in key} for row in rows])
    return kept


def _still_referred(conn: Connection, table: Table, rows: list[dict[str, Any]]) -> Iterator[Kept]:
    """A sentence instead of what the database says when a row is still needed."""
    children = list(_children(table))
    if not children:
        return
    (key,) = key_of(table)
    with staged(conn, table, list(enumerate(rows)), [key]) as stage:
        for child in children:
            stmt = (
                select(stage.c[key], func.count())
                .join(child.table, child == stage.c[key])
                .group_by(stage.c[key])
                .order_by(stage.c[key])
                .limit(EXAMPLES)
            )
            if found := conn.execute(stmt).all():
                told = "、".join(f"{one}({number:,} 行)" for one, number in found)
                reason = f"要去掉的行还有{title(child.table.name)}引用：{told}"
                yield Kept(table.name, Fault(reason, "先处理引用它们的行，或不去掉这些行"))


def _children(table: Table) -> Iterator[Column[Any]]:
    for _, other in tables().values():
        for column in other.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                yield column


def _advance(conn: Connection, table: Table) -> None:
    """Numbers we gave must not be given again by the sequence of a PostgreSQL table."""
    key = surrogate(table)
    if conn.dialect.name == "sqlite" or not key:
        return
    sequence = func.pg_get_serial_sequence(f"{table.schema}.{table.name}", key)
    if conn.scalar(select(sequence)):
        conn.execute(
            select(func.setval(sequence, select(func.max(table.c[key])).scalar_subquery()))
        )

"""Compare the tables and columns of a foreign database with the contract."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Inspector, Table, inspect, literal, select
from sqlalchemy.exc import DBAPIError, NoSuchTableError
from sqlalchemy.types import TypeEngine

from data.contract.declaration import Severity
from data.contract.family import Family, family, fits
from data.contract.report import Finding, place_of
from data.engine import VERSION_TABLE
from data.models.contract import Contract, ledger
from data.models.dashboard import Own
from data.models.tables import contract_tables

CREATE = "python -m data --database 地址 create"
TYPE_REMEDY = "在视图中用 CAST 转换，或更改列的类型"


@dataclass(frozen=True)
class Structure:
    """What is wrong with tables and columns, and which (table, column) can be read."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    readable: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class _Foreign:
    """What the other database holds under the names of the contract."""

    conn: Connection
    inspector: Inspector
    schema: str | None
    tables: frozenset[str]

    def columns(self, table: Table) -> dict[str, TypeEngine[Any]]:
        """Declared types by column name; raises what the database says of a broken view."""
        with self.conn.begin_nested():
            found = self.inspector.get_columns(table.name, self.schema)
            self.conn.execute(select(literal(1)).select_from(table).limit(0))
        return {_folded(self.conn, column["name"]): column["type"] for column in found}


def compare(conn: Connection) -> Structure:
    """Every table and column of the contract, looked for in a database."""
    inspector = inspect(conn)
    schema = None if conn.dialect.name == "sqlite" else "campus"
    if schema and schema not in inspector.get_schema_names():
        return Structure((_missing_schema(schema),), (), frozenset())
    foreign = _Foreign(conn, inspector, schema, _names(conn, inspector, schema))
    findings: list[Finding] = []
    notes: list[str] = []
    readable: set[tuple[str, str]] = set()
    for model, table in contract_tables():
        compared = _table(foreign, model, table)
        findings += compared.findings
        notes += compared.notes
        readable |= compared.readable
    findings += _ours(conn, inspector)
    extra = foreign.tables - {table.name for _, table in contract_tables()} - _own_names()
    return Structure(tuple(findings), (*_extra("表", extra), *notes), frozenset(readable))


def _folded(conn: Connection, name: str) -> str:
    """SQLite takes names in any case; PostgreSQL does not."""
    return name.lower() if conn.dialect.name == "sqlite" else name


def _names(conn: Connection, inspector: Inspector, schema: str | None) -> frozenset[str]:
    found = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    if conn.dialect.name == "postgresql":
        found += inspector.get_materialized_view_names(schema)
    return frozenset(_folded(conn, name) for name in found)


def _table(foreign: _Foreign, model: type[Contract], table: Table) -> Structure:
    if table.name not in foreign.tables:
        return Structure((_missing_table(foreign, model, table),), (), frozenset())
    try:
        found = foreign.columns(table)
    except (DBAPIError, NoSuchTableError) as error:
        return Structure((_unreadable(model, table, error),), (), frozenset())
    sqlite = foreign.conn.dialect.name == "sqlite"
    findings = tuple(_column_findings(table.columns, found, sqlite=sqlite))
    wrong = {finding.place for finding in findings}
    readable = ((table.name, c.name) for c in table.columns if place_of(c) not in wrong)
    extra = found.keys() - table.columns.keys()
    return Structure(findings, tuple(_extra(f"{table.name} 的列", extra)), frozenset(readable))


def _column_findings(
    columns: Iterable[Column[Any]], found: dict[str, TypeEngine[Any]], *, sqlite: bool
) -> Iterator[Finding]:
    for column in columns:
        wanted = family(column.type) or Family.TEXT
        if column.name not in found:
            yield _missing_column(column, wanted, found)
        elif not fits(wanted, found[column.name], sqlite=sqlite):
            yield _wrong_type(column, wanted, found[column.name])


def _missing_schema(schema: str) -> Finding:
    return Finding(
        Severity.ERROR,
        schema,
        "缺少这个架构(schema)",
        "页面没有任何数据可读",
        f"建立架构 {schema} 并在其中提供约定的表或视图；建空表用 {CREATE}",
    )


def _missing_table(foreign: _Foreign, model: type[Contract], table: Table) -> Finding:
    return Finding(
        Severity.ERROR,
        table.name,
        f"缺少这张表({model.title})" + _hint(table.name, (model.title,), foreign.tables),
        "用到它的页面会出错",
        "按 docs/campus-database.md 提供同名的表或视图；暂无数据的，列相同的空表即可",
    )


def _unreadable(model: type[Contract], table: Table, error: Exception) -> Finding:
    reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
    return Finding(
        Severity.ERROR,
        table.name,
        f"读不了这张表或视图({model.title}):{reason}",
        "用到它的页面会出错",
        "核对视图的定义；没有权限时 GRANT USAGE ON SCHEMA campus 并 GRANT SELECT ON 该表",
    )


def _missing_column(
    column: Column[Any], wanted: Family, found: dict[str, TypeEngine[Any]]
) -> Finding:
    declared = ledger(column)
    filler = ";没有数据时在视图中写 NULL" if column.nullable else ""
    return Finding(
        Severity.ERROR,
        place_of(column),
        f"缺少这一列({wanted.value})"
        + _hint(column.name, (declared.heading, *declared.aliases), found),
        "用到它的页面会出错",
        f"补上这一列{filler}",
    )


def _wrong_type(column: Column[Any], wanted: Family, found: TypeEngine[Any]) -> Finding:
    return Finding(
        Severity.ERROR,
        place_of(column),
        f"类型不符：应为{wanted.value}，现为 {found}",
        "连接、比较或换算会出错",
        TYPE_REMEDY,
    )


def _hint(name: str, headings: Iterable[str], found: Iterable[str]) -> str:
    """The same thing under another name: in capitals, or as the ledger calls it."""
    known = {name, *headings}
    alike = sorted(other for other in found if other.lower() in known)
    return f",是不是“{alike[0]}”?" if alike else ""


def _ours(conn: Connection, inspector: Inspector) -> Iterator[Finding]:
    schema = None if conn.dialect.name == "sqlite" else "dashboard"
    missing = _own_names() - set(inspector.get_table_names(schema))
    if missing:
        yield Finding(
            Severity.REMINDER,
            "dashboard",
            f"看板自己的表还没有建全，缺 {len(missing)} 张",
            "建好之前不能刷新汇总，也不能登录",
            f"运行 {CREATE}(已有的表和视图不动)",
        )


def _own_names() -> set[str]:
    own = {mapper.local_table.description for mapper in Own.registry.mappers}
    return own | {VERSION_TABLE}


def _extra(what: str, names: Iterable[str]) -> Iterator[str]:
    if names := sorted(names):
        yield f"多出的{what}不读取：{'、'.join(names)}"

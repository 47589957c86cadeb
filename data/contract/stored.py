"""SQLite keeps any value in any column: look at what is stored, not at what is declared."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, case, func, or_, select
from sqlalchemy import type_coerce as read_as
from sqlalchemy.types import NULLTYPE

from data.contract.declaration import Check, Severity
from data.contract.family import Family, family

Value = ColumnElement[Any]
UNMOVED = "+0 days"  # only a moved date is checked against the calendar: 02-30 becomes 03-02


def _clock(value: Value, pattern: str, length: int) -> ColumnElement[bool]:
    """Not this pattern of `length` characters, with at most a fraction of a second after it."""
    kept = func.substr(value, 1, length)
    return or_(
        func.strftime(pattern, kept, UNMOVED).is_distinct_from(kept),
        and_(func.length(value) > length, func.substr(value, length + 1, 1) != "."),
        func.length(value) > length + len(".123456"),
    )


WRONG: dict[Family, Callable[[Value], ColumnElement[bool]]] = {
    Family.TEXT: lambda value: func.typeof(value) != "text",
    Family.INTEGER: lambda value: func.typeof(value) != "integer",
    Family.FLOAT: lambda value: func.typeof(value).not_in(("real", "integer")),
    Family.BOOL: lambda value: or_(func.typeof(value) != "integer", value.not_in((0, 1))),
    Family.DATE: lambda value: func.date(value, UNMOVED).is_distinct_from(value),
    Family.TIME: lambda value: _clock(value, "%H:%M:%S", 8),
    Family.DATETIME: lambda value: _clock(value, "%Y-%m-%d %H:%M:%S", 19),
    Family.JSON: lambda value: func.json_valid(value) == 0,
}
FORM = {
    Family.TEXT: "文本(编号也要存成文本，如 '0012')",
    Family.INTEGER: "整数",
    Family.FLOAT: "数",
    Family.BOOL: "1 或 0",
    Family.DATE: "YYYY-MM-DD 形式的文本，如 2026-09-01",
    Family.TIME: "HH:MM:SS 形式的文本，如 19:30:00",
    Family.DATETIME: "YYYY-MM-DD HH:MM:SS 形式的文本，不带时区",
    Family.JSON: "合法的 JSON 文本",
}


def misfits(conn: Connection, table: Table, columns: list[Column[Any]]) -> Iterator[Check]:
    """A check for each column that holds values of another kind; one pass over the table."""
    if not columns:
        return
    totals = (func.sum(case((_wrong(column), 1), else_=0)) for column in columns)
    for column, count in zip(
        columns, conn.execute(select(*totals).select_from(table)).one(), strict=True
    ):
        if count:
            yield _misfit(column)


def _misfit(column: Column[Any]) -> Check:
    kind = family(column.type) or Family.TEXT
    key = (read_as(c, NULLTYPE).label(c.name) for c in column.table.primary_key.columns)
    shown = () if column.primary_key else (read_as(column, NULLTYPE).label(column.name),)
    return Check(
        f"stored:{column.table.name}.{column.name}",
        f"存的不是{kind.value}",
        Severity.ERROR,
        column,
        select(*key, *shown).where(_wrong(column)),
        "读取这些行的页面会出错，比较和排序也不可靠",
        f"改写为{FORM[kind]}",
    )


def _wrong(column: Column[Any]) -> ColumnElement[bool]:
    value: Value = read_as(column, NULLTYPE)
    return and_(value.is_not(None), WRONG[family(column.type) or Family.TEXT](value))

"""Values of the contract as JSON keeps them, exactly, and back again."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Date, DateTime, Table, Time


def encoded(value: Any) -> Any:
    """Dates and times as ISO text; everything else JSON knows."""
    return value.isoformat() if isinstance(value, date | time) else value


def encoded_row(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A row as ImportChange keeps it."""
    return None if row is None else {name: encoded(value) for name, value in row.items()}


def decoded_row(table: Table, row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A kept row with the values its table holds."""
    if row is None:
        return None
    return {name: _decoded(table.c[name].type, value) for name, value in row.items()}


def shown(value: Any) -> str | None:
    """A value as a preview shows it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return None if value is None else str(encoded(value))


def _decoded(kind: Any, value: Any) -> Any:
    for family, read in (
        (DateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (Time, time.fromisoformat),
    ):
        if isinstance(kind, family) and value is not None:
            return read(value)
    return value

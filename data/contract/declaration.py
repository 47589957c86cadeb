"""What one check of the rows is: a title, who is affected, what to do, and a SELECT of faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import visitors
from sqlalchemy.types import NULLTYPE


class Severity(Enum):
    """Whether pages would be wrong, or the data merely could be better."""

    ERROR = "错误"
    REMINDER = "提醒"


@dataclass(frozen=True, eq=False)
class Check:
    """A rule that rows must keep; `found` has one row per fault, with what is needed to find it.

    `column` is where to look first; `effect` says who sees what, `remedy` what to do about it.
    `faulty` are the columns whose values cannot be relied on, where that is not just `column`:
    metrics that read them are marked. None of them where other checks name the rows themselves.
    """

    key: str
    title: str
    severity: Severity
    column: Column[Any] | InstrumentedAttribute[Any]
    found: Select[*tuple[Any, ...]]
    effect: str
    remedy: str
    faulty: tuple[Column[Any] | InstrumentedAttribute[Any], ...] | None = None

    @property
    def place(self) -> Column[Any]:
        """The contract column of `column`, which a rule names by its model attribute."""
        return next(_held(self.column.expression))

    @property
    def doubtful(self) -> frozenset[tuple[str, str]]:
        """Every (table, column) whose values a fault puts in doubt."""
        named = (self.column,) if self.faulty is None else self.faulty
        found = (next(_held(column.expression)) for column in named)
        return frozenset((column.table.name, column.name) for column in found)

    @cached_property
    def uses(self) -> frozenset[tuple[str, str]]:
        """Every (table, column) that `found` reads."""
        parts = (e for e in visitors.iterate(self.found) if isinstance(e, ColumnElement))
        return frozenset((c.table.name, c.name) for part in parts for c in _held(part))

    def count(self, conn: Connection) -> int:
        """How many faults there are."""
        faults = self.found.subquery("faults")
        return conn.execute(select(func.count()).select_from(faults)).scalar_one()

    def rows(self, conn: Connection, limit: int) -> list[dict[str, Any]]:
        """The first faults as they are stored: a date that is none must not stop the report."""
        faults = self.found.subquery("faults")
        stored = (type_coerce(column, NULLTYPE).label(column.key) for column in faults.c)
        first = select(*stored).order_by(*faults.c).limit(limit)
        return [dict(row) for row in conn.execute(first).mappings()]


def _held(part: ColumnElement[Any]) -> Iterator[Column[Any]]:
    return (column for column in part.base_columns if isinstance(column, Column))

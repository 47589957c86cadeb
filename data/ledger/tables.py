"""The tables of the contract as ledgers: what they are called, and what their columns are for."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Column, Date, Integer, Table, Time

from data.models.contract import Contract
from data.models.tables import contract_tables


@cache
def tables() -> Mapping[str, tuple[type[Contract], Table]]:
    """Every contract table by name, in an order in which they can be filled."""
    return {table.name: (model, table) for model, table in contract_tables()}


def title(table: str) -> str:
    """What people call the ledger of a table: 走访台账."""
    return tables()[table][0].title


def subject(table: str) -> str:
    """What one row of a table is: 楼宇, 辅导员."""
    return title(table).removesuffix("台账")


def target(column: Column[object]) -> str:
    """The table a column refers to, or ""."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def surrogate(table: Table) -> str:
    """The integer key that the import numbers itself where a ledger has none, or ""."""
    keys = list(table.primary_key.columns)
    return keys[0].name if len(keys) == 1 and isinstance(keys[0].type, Integer) else ""


def timed(table: Table, kind: type[Date] | type[Time]) -> bool:
    """Whether rows last from `starts` to `ends`, as dates or as times of day."""
    return all(
        n in table.columns and isinstance(table.columns[n].type, kind) for n in ("starts", "ends")
    )

"""Which checks a database answers by its own constraints, so that counting need not scan for them.

Only constraints that are really there count: a view or somebody's plain table has none. SQLite
keeps foreign keys only for writers that ask it to, as ours do; `python -m data check` trusts
nobody and scans them all.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Enum, Table, inspect

from data.contract.declaration import Check
from data.models.tables import contract_tables


def enforced(conn: Connection, checks: Iterable[Check]) -> frozenset[str]:
    """The keys of the checks that cannot find anything in this database."""
    guaranteed = set(_guaranteed(conn))
    return frozenset(check.key for check in checks if check.key in guaranteed)


def _guaranteed(conn: Connection) -> Iterator[str]:
    inspector = inspect(conn)
    schema = None if conn.dialect.name == "sqlite" else "campus"
    keys = inspector.get_multi_pk_constraint(schema)
    columns = inspector.get_multi_columns(schema)
    foreign = inspector.get_multi_foreign_keys(schema)
    indexes = inspector.get_multi_indexes(schema)
    rules = inspector.get_multi_check_constraints(schema)
    for _, table in contract_tables():
        at = (schema, table.name)
        yield from _required(table, columns.get(at, []))
        yield from _unique(table, keys.get(at), indexes.get(at, []))
        yield from _existing(table, foreign.get(at, []))
        yield from _allowed(table, rules.get(at, []))


def _required(table: Table, columns: list[Any]) -> Iterator[str]:
    for column in columns:
        if not column["nullable"]:
            yield f"required:{table.name}.{column['name']}"


def _unique(table: Table, key: Any, indexes: list[Any]) -> Iterator[str]:
    found = [key["constrained_columns"]] if key else []
    found += [index["column_names"] for index in indexes if index["unique"]]
    for names in found:
        yield f"duplicate:{table.name}.{'+'.join(str(name) for name in names)}"


def _existing(table: Table, foreign: list[Any]) -> Iterator[str]:
    held = {
        (name, key["referred_table"])
        for key in foreign
        for name in key["constrained_columns"]
        if len(key["constrained_columns"]) == 1
    }
    for column in table.columns:
        for key in column.foreign_keys:
            if (column.name, key.column.table.name) in held:
                yield f"orphan:{table.name}.{column.name}"


def _allowed(table: Table, rules: list[Any]) -> Iterator[str]:
    """By name: ours say the same words in every database, since they are made from the models."""
    held = {rule["name"] for rule in rules}
    for column in table.columns:
        if isinstance(column.type, Enum) and f"ck_{table.name}_{column.type.name}" in held:
            yield f"allowed:{table.name}.{column.name}"

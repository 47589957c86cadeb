"""Rows that a unique index would refuse: the same floor twice, the same room code in a building."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Index, select

from data.ledger.changes.comparing import Change, Changes
from data.ledger.changes.placing import Fault, at_cell
from data.ledger.changes.staging import key_of
from data.ledger.meaning.parsing import ParsedLedger
from data.ledger.problem import Problem
from data.models.contract import ledger


def clashes(conn: Connection, parsed: ParsedLedger, changes: Changes) -> Iterator[Problem]:
    """Each row that would take what another row holds after the import."""
    for index in changes.table.indexes:
        if index.unique and (changes.added or changes.changed):
            yield from _clashes(conn, parsed, changes, index)


def _clashes(
    conn: Connection, parsed: ParsedLedger, changes: Changes, index: Index
) -> Iterator[Problem]:
    key = key_of(changes.table)
    names = [column.name for column in index.columns]
    held = _held(conn, changes, names)
    for change in (*changes.changed, *changes.added):
        row = change.after or {}
        mine = tuple(row[name] for name in key)
        other = held.setdefault(tuple(row[name] for name in names), mine)
        if other != mine:
            column = next((n for n in reversed(names) if n in parsed.given), key[0])
            yield at_cell(parsed, change.line, column, _taken(changes, names, other))


def _held(
    conn: Connection, changes: Changes, names: Sequence[str]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Who holds what, of the rows that stay as they are."""
    table, key = changes.table, key_of(changes.table)
    moved = {_key(change, key) for change in (*changes.changed, *changes.removed)}
    stmt = select(*(table.c[name] for name in (*key, *names)))
    rows = ((tuple(row[: len(key)]), tuple(row[len(key) :])) for row in conn.execute(stmt))
    return {held: mine for mine, held in rows if mine not in moved}


def _key(change: Change, key: Sequence[str]) -> tuple[Any, ...]:
    row = change.before or change.after or {}
    return tuple(row[name] for name in key)


def _taken(changes: Changes, names: Sequence[str], other: tuple[Any, ...]) -> Fault:
    headings = "、".join(ledger(changes.table.c[name]).heading for name in names)
    return Fault(
        f"{headings}与编号 {'、'.join(map(str, other))} 的那一行相同",
        "同一处只能有一个编号：改用已有的编号，或更正这一格",
    )

"""References of a file's rows: to rows the file itself brings, to rows the database holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from data.engine import in_parts
from data.ledger.changes.placing import Fault, at_cell
from data.ledger.meaning.parsing import ParsedLedger
from data.ledger.problem import Problem
from data.ledger.tables import title
from data.models.contract import ledger

Keys = Mapping[str, Mapping[int, tuple[Any, ...]]]
Numbered = list[tuple[int, dict[str, Any]]]


@dataclass(frozen=True)
class Brought:
    """What the file holds: its own keys by table, and the tables of which a row is faulty."""

    keys: dict[str, set[Any]]
    faulty: frozenset[str]


def linked(parsed: ParsedLedger, keys: Keys) -> Numbered:
    """Numbered rows, those of a companion with the key that their owner has got by now.

    The rooms of a visit that is not understood are left out with it.
    """
    found = []
    owners = keys.get(parsed.parent, {})
    for line, row in enumerate(parsed.rows):
        if not parsed.link or parsed.link in row:
            found.append((line, row))
        elif owner := owners.get(parsed.parents[line]):
            found.append((line, {**row, parsed.link: owner[0]}))
    return found


def unknown(
    conn: Connection, table: Table, parsed: ParsedLedger, rows: Numbered, brought: Brought
) -> tuple[Numbered, list[Problem]]:
    """The rows whose references all lead somewhere, and a problem for each that does not.

    Nothing is said of a reference into a table that has faults of its own: it may lead there.
    """
    lost: set[int] = set()
    problems = []
    for column, target in _references(table, parsed.given):
        missing = _missing(conn, target, {row.get(column.name) for _, row in rows} - {None})
        missing -= brought.keys.get(target.table.name, set())
        bad = [line for line, row in rows if missing and row.get(column.name) in missing]
        lost.update(bad)
        if target.table.name not in brought.faulty:
            fault = _unknown(target)
            problems += [at_cell(parsed, line, column.name, fault) for line in bad]
    return [(line, row) for line, row in rows if line not in lost], problems


def _references(table: Table, given: Sequence[str]) -> Iterator[tuple[Column[Any], Column[Any]]]:
    for name in given:
        for foreign in table.c[name].foreign_keys if name in table.c else ():
            yield table.c[name], foreign.column


def _missing(conn: Connection, target: Column[Any], values: Iterable[Any]) -> set[Any]:
    wanted = set(values)
    found: set[Any] = set()
    for some in in_parts(wanted):
        found.update(conn.scalars(select(target).where(target.in_(some))))
    return wanted - found


def _unknown(target: Column[Any]) -> Fault:
    source = title(target.table.name)
    return Fault(
        f"{source}里没有这个{ledger(target).heading}",
        f"核对编号；确实是新的，先导入{source}，或放在同一个文件里",
    )

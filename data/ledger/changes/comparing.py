"""What the rows of a file would add to a table, change in it, and remove from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, func, or_, select

from data.ledger.changes.staging import LINE, comparable, key_of, staged

Row = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Change:
    """One row before and after; `before` None is added, `after` None removed.

    `line` counts the rows of the file from 0; -1 where the file does not hold the row.
    """

    before: dict[str, Any] | None
    after: dict[str, Any] | None
    line: int = -1


@dataclass(frozen=True)
class Changes:
    """Everything that happens to one table; `keys` holds the key of each row of the file."""

    table: Table
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)
    keys: dict[int, Key] = field(default_factory=dict)

    @property
    def unchanged(self) -> int:
        """How many rows of the file are there already."""
        return len(self.kept)

    def __iter__(self) -> Iterator[Change]:
        yield from (*self.added, *self.changed, *self.removed)

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


def compare(
    conn: Connection,
    table: Table,
    rows: Sequence[tuple[int, Row]],
    within: ColumnElement[bool] | None = None,
) -> Changes:
    """Rows of a file, by line, against a table; rows `within` that it lacks would be removed.

    Only columns that a row has are compared and changed: sheets of one table may differ in them.
    """
    found = Changes(table)
    for columns, some in _alike(table, rows):
        with staged(conn, table, some, columns) as stage:
            by = _by_key if set(key_of(table)) <= set(columns) else _by_value
            by(conn, found, columns, stage, dict(some))
    if within is not None:
        found.removed.extend(_missing(conn, table, within, found))
    return found


def _alike(
    table: Table, rows: Sequence[tuple[int, Row]]
) -> list[tuple[list[str], list[tuple[int, Row]]]]:
    """Rows that have the same columns; those that have a key first, as they take their numbers."""
    groups: dict[frozenset[str], list[tuple[int, Row]]] = {}
    for line, row in rows:
        groups.setdefault(frozenset(row), []).append((line, row))
    found = [([c.name for c in table.columns if c.name in names], g) for names, g in groups.items()]
    key = set(key_of(table))
    return sorted(found, key=lambda group: not key <= set(group[0]))


def _whole_row(table: Table, row: Row) -> dict[str, Any]:
    """A new row with every column: what the file leaves out takes the model's default or none."""
    return {c.name: row[c.name] if c.name in row else _default(c) for c in table.columns}


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None


def _by_key(
    conn: Connection, found: Changes, columns: list[str], stage: Table, rows: dict[int, Row]
) -> None:
    table, key = found.table, key_of(found.table)
    same = and_(*(table.c[name] == stage.c[name] for name in key))
    known = set(conn.scalars(select(stage.c[LINE]).join(table, same)))
    others = [name for name in columns if name not in key]
    changed = list(_differing(conn, table, stage, same, others, rows)) if others else []
    found.changed.extend(changed)
    found.added.extend(_new(table, {n: row for n, row in rows.items() if n not in known}))
    found.kept.update(known - {change.line for change in changed})
    found.keys.update({n: tuple(row[name] for name in key) for n, row in rows.items()})


def _new(table: Table, rows: dict[int, Row]) -> Iterator[Change]:
    return (Change(None, _whole_row(table, row), line) for line, row in rows.items())


def _differing(
    conn: Connection,
    table: Table,
    stage: Table,
    same: ColumnElement[bool],
    columns: list[str],
    rows: dict[int, Row],
) -> Iterator[Change]:
    """Rows that are stored differently, less those whose values are equal all the same."""
    unlike = or_(
        *(
            table.c[name].is_distinct_from(stage.c[name])
            if comparable(table.c[name])
            else or_(table.c[name].is_not(None), stage.c[name].is_not(None))
            for name in columns
        )
    )
    stmt = select(stage.c[LINE], *table.columns).join(table, same).where(unlike)
    for line, *values in conn.execute(stmt.order_by(stage.c[LINE])):
        before = dict(zip(table.columns.keys(), values, strict=True))
        after = before | {name: rows[line][name] for name in columns}
        if before != after:
            yield Change(before, after, line)


def _by_value(
    conn: Connection, found: Changes, columns: list[str], stage: Table, rows: dict[int, Row]
) -> None:
    """A row without a number is the one that has all its values, else it gets the next number."""
    table = found.table
    (key,) = table.primary_key.columns
    known = _known(conn, found, columns, stage, rows)
    taken = (number for number, *_ in found.keys.values())
    last = max(conn.scalar(select(func.max(key))) or 0, max(taken, default=0))
    new = {line: last + i for i, line in enumerate((n for n in rows if n not in known), start=1)}
    found.added.extend(_new(table, {n: {**rows[n], key.name: number} for n, number in new.items()}))
    found.kept.update(known)
    found.keys.update({line: (number,) for line, number in (known | new).items()})


def _known(
    conn: Connection, found: Changes, columns: list[str], stage: Table, rows: dict[int, Row]
) -> dict[int, int]:
    """The numbers of the rows that are there already; no number is given to two of them."""
    table = found.table
    (key,) = table.primary_key.columns
    plain = [name for name in columns if comparable(table.c[name])]
    rest = [name for name in columns if name not in plain]
    alike = and_(*(_equal(table.c[name], stage.c[name]) for name in plain))
    stmt = select(stage.c[LINE], key, *(table.c[name] for name in rest)).join(table, alike)
    known: dict[int, int] = {}
    taken = {number for number, *_ in found.keys.values()}
    for line, number, *values in conn.execute(stmt.order_by(stage.c[LINE], key)):
        fits = all(rows[line][name] == v for name, v in zip(rest, values, strict=True))
        if fits and line not in known and number not in taken:
            known[line] = number
            taken.add(number)
    return known


def _equal(held: Column[Any], brought: Column[Any]) -> ColumnElement[bool]:
    """A plain `=` where it will do: databases look rows up by it."""
    return held.is_not_distinct_from(brought) if held.nullable else held == brought


def _missing(
    conn: Connection, table: Table, within: ColumnElement[bool], found: Changes
) -> Iterator[Change]:
    kept = set(found.keys.values())
    key = key_of(table)
    stmt = select(*table.columns).where(within).order_by(*table.primary_key)
    for row in conn.execute(stmt).mappings():
        before = dict(row)
        if tuple(before[name] for name in key) not in kept:
            yield Change(before, None)

"""Rows brought to a database as a file would bring them, without a file."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from data.engine import engine, reading, writing
from data.ledger.changes.planning import Plan
from data.ledger.changes.trying import apply
from data.ledger.imports import runs
from data.ledger.meaning.parsing import Parsed, ParsedLedger
from data.ledger.tables import tables

Rows = Sequence[dict[str, Any]]


def brought(**found: Rows) -> Parsed:
    """What a file says that has a sheet for each table, its rows from row 2 on."""
    return Parsed(
        tuple(
            ParsedLedger(name, tuple(rows[0]), list(rows), where(name, len(rows)), columns(name))
            for name, rows in found.items()
        ),
        (),
        (),
    )


def where(sheet: str, number: int) -> list[tuple[str, int]]:
    """A sheet and a row for each."""
    return [(sheet, row) for row in range(2, number + 2)]


def columns(name: str) -> dict[tuple[str, str], tuple[str, int]]:
    """The columns of a sheet that has all of them in order."""
    names = tables()[name][1].columns.keys()
    return {(name, column): (column, place) for place, column in enumerate(names, start=1)}


def new_run(url: str, state: str = runs.WRITING) -> int:
    """A run to write under."""
    with writing(url) as conn:
        return runs.add(
            conn, account="干事", name="a.xlsx", file_hash="", state=state, options=runs.Options()
        )


def applied(url: str, parsed: Parsed, *, replace: bool = False, expected: str = "") -> Plan:
    """The plan as carried out; kept unless it has problems."""
    run = new_run(url)
    with engine(url).connect() as conn:
        found = apply(conn, run, parsed, replace=replace, expected=expected)
        if found.problems:
            conn.rollback()
        else:
            conn.commit()
    return found


def counts(plan: Plan, table: str) -> tuple[int, int, int, int]:
    """Added, changed, removed and unchanged rows of a table."""
    (found,) = (c for c in plan.changes if c.table.name == table)
    return len(found.added), len(found.changed), len(found.removed), found.unchanged


def held(url: str, table: str) -> list[dict[str, Any]]:
    """Every row of a table, by its key."""
    found = tables()[table][1]
    with reading(url) as conn:
        stmt = select(*found.columns).order_by(*found.primary_key)
        return [dict(row) for row in conn.execute(stmt).mappings()]

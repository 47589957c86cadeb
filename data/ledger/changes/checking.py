"""The contract's checks before and after an import: what it newly breaks is told at its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data.contract.declaration import Check, Severity
from data.contract.quality import CHECKS
from data.contract.report import example_of
from data.ledger.changes.comparing import Changes
from data.ledger.changes.encoding import encoded
from data.ledger.changes.placing import Fault, at_cell, at_sheet
from data.ledger.changes.staging import key_of
from data.ledger.meaning.parsing import ParsedLedger
from data.ledger.problem import Problem

GUARANTEED = ("required:", "duplicate:", "allowed:", "length:", "orphan:", "nothing_there")
LISTED = 5000
Faults = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class State:
    """How many faults a check finds, and which, unless there are too many to list."""

    number: int
    faults: Faults | None


def concerned(written: Sequence[Changes]) -> list[Check]:
    """The checks that read a table about to change; keys and types hold without them."""
    tables = {changes.table.name for changes in written if len(changes)}
    return [
        check
        for check in CHECKS
        if not check.key.startswith(GUARANTEED) and tables & {name for name, _ in check.uses}
    ]


def states(conn: Connection, checks: Sequence[Check]) -> dict[str, State]:
    """What each check finds now."""
    return {check.key: _state(conn, check) for check in checks}


def broken(
    parsed: Sequence[ParsedLedger],
    written: Sequence[Changes],
    checks: Sequence[Check],
    before: dict[str, State],
    after: dict[str, State],
) -> tuple[list[Problem], list[str]]:
    """Errors that were not there before, at their rows, and reminders in a sentence each."""
    ledgers = {one.table: one for one in parsed}
    changed = {changes.table.name: changes for changes in written}
    problems: list[Problem] = []
    warnings = []
    for check in checks:
        more = after[check.key].number - before[check.key].number
        if check.severity is Severity.ERROR:
            problems += _errors(ledgers, changed, check, before[check.key], after[check.key])
        elif more > 0:
            warnings.append(f"{check.title}：增加 {more:,} 行；{check.effect}。{check.remedy}")
    return problems, warnings


def _state(conn: Connection, check: Check) -> State:
    number = check.count(conn)
    if check.severity is not Severity.ERROR or number > LISTED:
        return State(number, None)
    rows = check.rows(conn, LISTED) if number else []
    return State(number, {example_of(row): row for row in rows})


def _errors(
    ledgers: dict[str, ParsedLedger],
    changed: dict[str, Changes],
    check: Check,
    before: State,
    after: State,
) -> Iterator[Problem]:
    name = check.place.table.name
    one = ledgers.get(name) or next(iter(ledgers.values()))
    if before.faults is None or after.faults is None:
        if after.number > before.number:
            reason = f"{check.title}：增加 {after.number - before.number:,} 行"
            yield at_sheet(one, Fault(reason, check.remedy))
        return
    lines = _lines(changed[name]) if name in changed else {}
    for text in sorted(after.faults.keys() - before.faults.keys()):
        row = after.faults[text]
        line = lines.get(_key(row, key_of(check.place.table)), -1)
        if line >= 0:
            yield at_cell(one, line, check.place.name, Fault(check.title, check.remedy))
        else:
            yield at_sheet(one, Fault(f"导入后{check.title}：{text}", check.remedy))


def _lines(changes: Changes) -> dict[tuple[str, ...], int]:
    return {tuple(str(encoded(v)) for v in key): line for line, key in changes.keys.items()}


def _key(row: dict[str, Any], key: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(encoded(row.get(name))) for name in key)

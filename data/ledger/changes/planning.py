"""What a file would do to the database, worked out before anything is written."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table

from data.ledger.changes.comparing import Change, Changes, compare
from data.ledger.changes.encoding import encoded_row, shown
from data.ledger.changes.placing import Fault, at_cell, at_sheet
from data.ledger.changes.ranges import Days, days_of, range_of
from data.ledger.changes.referring import Brought, Numbered, linked, unknown
from data.ledger.changes.renumbered import renumbered
from data.ledger.changes.staging import key_of
from data.ledger.changes.uniqueness import clashes
from data.ledger.meaning.parsing import Parsed, ParsedLedger
from data.ledger.problem import Problem
from data.ledger.signing.counting import Tally
from data.ledger.tables import tables, title
from data.models.contract import ledger

EXAMPLES = 50
KINDS = ("added", "changed", "removed")
LEFT_OUT = (
    "以本文件为准，而有的行没有匹配到学生、不写入：他们若已在名单里会被去掉，请核对下面要去掉的行"
)


@dataclass(frozen=True)
class Plan:
    """All changes, parents before children, and what is to be said of them.

    `tallies` count the rows of sign-in lists, `left` are those that stay out as was agreed.
    """

    changes: tuple[Changes, ...]
    ranges: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    tallies: tuple[Tally, ...] = ()
    left: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the database already says all that the file says."""
        return not any(len(changes) for changes in self.changes)

    @property
    def fingerprint(self) -> str:
        """Equal for equal changes: a database that has moved on since a preview shows here."""
        digest = hashlib.sha256()
        for changes in self.changes:
            digest.update(changes.table.name.encode())
            for change in changes:
                pair = (encoded_row(change.before), encoded_row(change.after))
                digest.update(json.dumps(pair, sort_keys=True).encode())
        return digest.hexdigest()

    def with_findings(self, problems: Iterable[Problem], warnings: Iterable[str]) -> "Plan":
        """The same plan, with what a trial of it brought to light."""
        return replace(
            self,
            problems=(*self.problems, *problems),
            warnings=(*self.warnings, *warnings),
        )

    def to_dict(self) -> dict[str, Any]:
        """What a preview shows, as ImportRun keeps it."""
        return {
            "tables": [self._table(changes) for changes in self.changes],
            "notes": list(self.notes),
            "warnings": list(self.warnings),
            "sign_ins": [tally.to_dict() for tally in self.tallies],
            "fingerprint": self.fingerprint,
        }

    def _table(self, changes: Changes) -> dict[str, Any]:
        name = changes.table.name
        lists = {kind: getattr(changes, kind) for kind in KINDS}
        return {
            "table": name,
            "title": title(name),
            **{kind: len(found) for kind, found in lists.items()},
            "unchanged": changes.unchanged,
            "range": self.ranges.get(name, ""),
            "examples": {
                kind: [_example(changes, change) for change in found[:EXAMPLES]]
                for kind, found in lists.items()
            },
        }


def plan(conn: Connection, parsed: Parsed, *, replace: bool = False) -> Plan:
    """Compare everything a file says with the database; nothing but scratch tables is written.

    Where rows were not understood, nothing is planned to be removed: they may be the ones missing.
    """
    brought = _brought(parsed)
    known = {(p.sheet, p.row) for p in parsed.problems}
    keys: dict[str, dict[int, tuple[Any, ...]]] = {}
    every: list[Changes] = []
    ranges: dict[str, str] = {}
    problems = list(parsed.problems)
    events: dict[str, Days] = {}
    for one in parsed.ledgers:
        table = tables()[one.table][1]
        rows, faults = unknown(conn, table, one, linked(one, keys), brought)
        rows, twice = _once(table, one, rows)
        within: ColumnElement[bool] | None = None
        if days := days_of(table, one.rows):
            events[one.table] = days
        if replace and not parsed.problems:
            found = range_of(table, [row for _, row in rows], events)
            within, ranges[one.table] = found.within, found.sentence
        changes = compare(conn, table, rows, within)
        keys[one.table] = changes.keys
        brought.keys.setdefault(one.table, set()).update(key for key, *_ in changes.keys.values())
        every.append(changes)
        faults += [*twice, *_incomplete(one, changes), *clashes(conn, one, changes)]
        faults += renumbered(one, changes)
        problems += [p for p in faults if (p.sheet, p.row) not in known]
    warnings = (LEFT_OUT,) if replace and parsed.left else ()
    said = (parsed.notes, warnings, tuple(problems))
    return Plan(tuple(every), ranges, *said, parsed.tallies, parsed.left)


def _brought(parsed: Parsed) -> Brought:
    keys = {}
    for one in parsed.ledgers:
        key = key_of(tables()[one.table][1])
        if len(key) == 1:
            keys[one.table] = {row.get(key[0]) for row in one.rows}
    return Brought(keys, frozenset(p.table for p in parsed.problems))


def _once(table: Table, parsed: ParsedLedger, rows: Numbered) -> tuple[Numbered, list[Problem]]:
    """Each key once; a row that repeats one is a problem, and so is the one it repeats."""
    key = key_of(table)
    first: dict[tuple[Any, ...], int] = {}
    problems = []
    kept = []
    for line, row in rows:
        numbered = set(key) <= row.keys()
        earlier = first.setdefault(tuple(row[n] for n in key), line) if numbered else line
        if earlier == line:
            kept.append((line, row))
        else:
            pair = ((earlier, line), (line, earlier))
            problems += [at_cell(parsed, one, key[0], _same(parsed, other)) for one, other in pair]
    return kept, problems


def _same(parsed: ParsedLedger, other: int) -> Fault:
    sheet, row = parsed.where[other]
    return Fault(f"与“{sheet}”第 {row} 行是同一条记录", "同一条记录只留一行")


def _incomplete(parsed: ParsedLedger, changes: Changes) -> Iterator[Problem]:
    """New rows need every required column; changing rows that exist does not."""
    absent: dict[tuple[str, str], list[int]] = {}
    for change in changes.added:
        for column in changes.table.columns:
            if not column.nullable and (change.after or {}).get(column.name) is None:
                sheet, _ = parsed.where[change.line]
                absent.setdefault((sheet, column.name), []).append(change.line)
    for (_, name), lines in absent.items():
        heading = ledger(changes.table.c[name]).heading
        reason = f"缺少必填的列“{heading}”，{len(lines)} 行无法新增"
        yield at_sheet(parsed, Fault(reason, "补上这一列"), lines[0])


def _example(changes: Changes, change: Change) -> dict[str, Any]:
    """A row of a preview, under the headings people know."""
    table = changes.table
    row = change.after or change.before or {}
    names: Sequence[str] = table.columns.keys()
    if change.before and change.after:
        names = [n for n in names if change.before[n] != change.after[n]]
    return {
        "key": {ledger(c).heading: shown(row[c.name]) for c in table.primary_key.columns},
        "before": _shown(table, change.before, names),
        "after": _shown(table, change.after, names),
        "line": change.line,
    }


def _shown(
    table: Table, row: Mapping[str, Any] | None, names: Sequence[str]
) -> dict[str, str | None] | None:
    return None if row is None else {ledger(table.c[n]).heading: shown(row[n]) for n in names}

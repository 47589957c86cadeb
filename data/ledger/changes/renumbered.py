"""Sheets whose 1, 2, 3… would turn rows of the database into other ones."""

from collections.abc import Iterator

from data.ledger.changes.comparing import Change, Changes
from data.ledger.changes.placing import Fault, at_cell
from data.ledger.meaning.parsing import ParsedLedger
from data.ledger.problem import Problem
from data.ledger.tables import surrogate
from data.models.contract import ledger


def renumbered(parsed: ParsedLedger, changes: Changes) -> Iterator[Problem]:
    """Each row whose number belongs to another, where that is most rows of the file.

    A row here and there that changes in all it says may be a correction: people then work in an
    export, whose other rows stay as they are.
    """
    key = surrogate(changes.table)
    if not key or key not in parsed.given:
        return
    others = [change for change in changes.changed if _another(changes, change)]
    if 2 * len(others) <= len(changes.changed) + len(changes.kept):
        return
    heading = ledger(changes.table.c[key]).heading
    for change in others:
        reason = f"数据库里{heading} {(change.before or {})[key]} 是另一条记录，会被这一行覆盖"
        remedy = f"新增的行请删去或改名“{heading}”一列，由系统编号；修改已有的行请在导出的文件上改"
        yield at_cell(parsed, change.line, key, Fault(reason, remedy))


def _another(changes: Changes, change: Change) -> bool:
    """Whether most of what a row must say is different."""
    before, after = change.before or {}, change.after or {}
    must = [c.name for c in changes.table.columns if not c.nullable and not c.primary_key]
    return 2 * sum(before[name] != after[name] for name in must) > len(must)

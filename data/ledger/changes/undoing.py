"""Take back the latest import, as long as nobody has touched its rows since."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete, select

from data.errors import DashboardError
from data.ledger.changes.comparing import Change, Changes, compare
from data.ledger.changes.encoding import decoded_row
from data.ledger.changes.staging import key_of
from data.ledger.changes.writing import begin_writing, refuse_unwritable, reserve, write
from data.ledger.tables import tables, title
from data.models.dashboard import ImportChange

EXAMPLES = 10


class CannotUndo(DashboardError):
    """The database has gone on from where the import left it."""


def undo(conn: Connection, run: int) -> tuple[Changes, ...]:
    """Bring every row of an import back, in the caller's transaction; what was done for that."""
    kept = _kept(conn, run)
    held = [tables()[name][1] for name in kept]
    refuse_unwritable(conn, held)
    conn.rollback()
    reserve(conn, held)
    for name, changes in kept.items():
        _refuse_touched(conn, tables()[name][1], changes)
    begin_writing(conn)
    reverse = tuple(_reversed(tables()[name][1], changes) for name, changes in kept.items())
    if still := write(conn, reverse):
        told = "；".join(f"{title(one.table)}中{one.fault.reason}" for one in still)
        raise CannotUndo(f"不能撤销：{told}。先处理引用它们的行")
    conn.execute(delete(ImportChange).where(ImportChange.run_id == run))
    return reverse


def _kept(conn: Connection, run: int) -> dict[str, list[Change]]:
    stmt = (
        select(ImportChange.table_name, ImportChange.before, ImportChange.after)
        .where(ImportChange.run_id == run)
        .order_by(ImportChange.number)
    )
    found: dict[str, list[Change]] = defaultdict(list)
    for name, before, after in conn.execute(stmt):
        table = tables()[name][1]
        found[name].append(Change(decoded_row(table, before), decoded_row(table, after)))
    if not found:
        raise CannotUndo("这次导入的改动没有保留：只能撤销最近一次完成的导入，并且只能撤销一次")
    return found


def _refuse_touched(conn: Connection, table: Table, changes: Sequence[Change]) -> None:
    """Rows must still be what the import left; rows it removed must still be gone."""
    key = key_of(table)
    left = list(enumerate(c.after for c in changes if c.after))
    gone = [c.before for c in changes if c.before and not c.after]
    there = compare(conn, table, left)
    back = compare(conn, table, list(enumerate({n: row[n] for n in key} for row in gone)))
    touched = [change.after or {} for change in (*there.added, *there.changed)]
    if found := [*touched, *(gone[line] for line in sorted(back.kept))]:
        told = "；".join("、".join(str(row[n]) for n in key) for row in found[:EXAMPLES])
        raise CannotUndo(
            f"不能撤销：{title(table.name)}有 {len(found):,} 行在导入之后又被改动（编号 {told}）。"
            "请改为导入更正后的台账"
        )


def _reversed(table: Table, changes: Sequence[Change]) -> Changes:
    found = Changes(table)
    for change in changes:
        if change.before is None:
            found.removed.append(Change(change.after, None))
        elif change.after is None:
            found.added.append(Change(None, change.before))
        else:
            found.changed.append(Change(change.after, change.before))
    return found

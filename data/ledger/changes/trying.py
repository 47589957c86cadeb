"""Do what a file says inside a transaction and look at the result; the caller keeps it or not."""

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, Table, delete, insert
from sqlalchemy.exc import IntegrityError

from data.engine import engine
from data.errors import DashboardError
from data.ledger.changes.checking import broken, concerned, states
from data.ledger.changes.encoding import encoded_row
from data.ledger.changes.placing import Fault, at_sheet
from data.ledger.changes.planning import Plan, plan
from data.ledger.changes.writing import Kept, begin_writing, refuse_unwritable, reserve, write
from data.ledger.meaning.parsing import Parsed
from data.ledger.problem import Problem
from data.ledger.tables import tables
from data.models.dashboard import ImportChange

CHUNK = 5000


class MovedOn(DashboardError):
    """The database is no longer what the preview was made of."""


def preview(url: str, parsed: Parsed, *, replace: bool = False) -> Plan:
    """The plan with everything that is wrong with it; the database stays as it is.

    Rows that were understood are tried although others were not: all problems are told at once.
    """
    held = _tables(parsed)
    with engine(url).connect() as conn:
        refuse_unwritable(conn, held)
        found = plan(conn, parsed, replace=replace)
        if found.empty:
            conn.rollback()
            return found
        begin_writing(conn)
        found = _tried(conn, parsed, found)
        conn.rollback()
    return found


def apply(
    conn: Connection, run: int, parsed: Parsed, *, replace: bool = False, expected: str = ""
) -> Plan:
    """Write a file in the caller's transaction and note every row for undo.

    The plan that comes back has problems when the transaction must not be kept. `expected` is the
    fingerprint of the preview that was agreed to: MovedOn when the changes are others by now.
    """
    held = _tables(parsed)
    refuse_unwritable(conn, held)
    conn.rollback()
    reserve(conn, held)
    found = plan(conn, parsed, replace=replace)
    if expected and not found.problems and found.fingerprint != expected:
        raise MovedOn("预览之后数据库有了变化，请重新核对下面的内容再确认")
    if found.empty or found.problems:
        return found
    _remember(conn, run, found)
    begin_writing(conn)
    conn.execute(delete(ImportChange).where(ImportChange.run_id != run))
    return _tried(conn, parsed, found)


def _tables(parsed: Parsed) -> list[Table]:
    return [tables()[one.table][1] for one in parsed.ledgers]


def _tried(conn: Connection, parsed: Parsed, found: Plan) -> Plan:
    checks = concerned(found.changes)
    before = states(conn, checks)
    try:
        kept = write(conn, found.changes)
    except IntegrityError as error:
        if found.problems:  # what the database means is among them
            return found
        reason = str(error.orig).strip().splitlines()[0]
        fault = Fault(f"数据库不接受这些行：{reason}", "按这个原因核对文件后再导入")
        return found.with_findings([at_sheet(parsed.ledgers[0], fault)], ())
    if kept:
        return found.with_findings(_kept(parsed, kept), ())
    after = states(conn, checks)
    return found.with_findings(*broken(parsed.ledgers, found.changes, checks, before, after))


def _kept(parsed: Parsed, kept: Sequence[Kept]) -> Iterator[Problem]:
    ledgers = {one.table: one for one in parsed.ledgers}
    return (at_sheet(ledgers[one.table], one.fault) for one in kept)


def _remember(conn: Connection, run: int, found: Plan) -> None:
    """What undo needs. On SQLite in short transactions before the one that counts: the changes of
    a run that was never done are of no consequence. Only the latest import can be undone."""
    begin_writing(conn)
    conn.execute(delete(ImportChange).where(ImportChange.run_id == run))
    every = ((changes.table.name, change) for changes in found.changes for change in changes)
    numbered = enumerate(every)
    while some := list(islice(numbered, CHUNK)):
        rows = [
            {
                "run_id": run,
                "number": number,
                "table_name": name,
                "before": encoded_row(change.before),
                "after": encoded_row(change.after),
            }
            for number, (name, change) in some
        ]
        conn.execute(insert(ImportChange), rows)
        if conn.dialect.name == "sqlite":
            conn.commit()

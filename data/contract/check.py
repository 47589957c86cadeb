"""Compare a foreign database with the contract: its structure first, then its rows."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from data.contract.declaration import Check, Severity
from data.contract.foreign import looking_at, shown
from data.contract.freshness import overdue
from data.contract.quality import CHECKS
from data.contract.report import Finding, Report, example_of, place_of
from data.contract.stored import misfits
from data.contract.structure import Structure, compare
from data.models.tables import contract_tables

EXAMPLES = 5


def check(url: str, *, today: date | None = None) -> Report:
    """Everything in which a database departs from the contract; CannotOpen says why not."""
    day = today or date.today()  # noqa: DTZ011 - the campus's day
    started = time.monotonic()
    with looking_at(url) as conn:
        structure = compare(conn)
        able = [rule for rule in CHECKS if rule.uses <= structure.readable]
        findings = (
            *structure.findings,
            *(finding for rule in _stored(conn, structure) for finding in _run(conn, rule)),
            *(finding for rule in able for finding in _run(conn, rule)),
            *overdue(conn, day, structure.readable),
        )
    return Report(
        database=shown(url),
        findings=findings,
        notes=(*_not_run(len(CHECKS) - len(able)), *structure.notes),
        checks=len(able),
        seconds=time.monotonic() - started,
    )


def _stored(conn: Connection, structure: Structure) -> Iterator[Check]:
    if conn.dialect.name != "sqlite":
        return
    for _, table in contract_tables():
        columns = [c for c in table.columns if (table.name, c.name) in structure.readable]
        with suppress(DBAPIError), conn.begin_nested():  # a view that fails is told of below
            yield from misfits(conn, table, columns)


def _run(conn: Connection, rule: Check) -> Iterator[Finding]:
    """What a check found; one that breaks off says so and leaves the others to run."""
    place = place_of(rule.place)
    try:
        with conn.begin_nested():
            count = rule.count(conn)
            examples = rule.rows(conn, EXAMPLES) if count else []
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        yield Finding(
            Severity.ERROR,
            place,
            f"“{rule.title}”没有查完：{reason}",
            "同样的数据会使页面出错",
            "按数据库给出的原因处理后再检查一次",
        )
        return
    if count:
        shown_rows = tuple(example_of(row) for row in examples)
        yield Finding(rule.severity, place, rule.title, rule.effect, rule.remedy, count, shown_rows)


def _not_run(number: int) -> Iterator[str]:
    if number:
        yield f"{number} 项检查因为缺表、缺列或类型不符没有运行，处理后请再检查一次"

"""Put a file of the corpus through the import and hold the outcome against what is true of it."""

import hashlib
import re
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from data.engine import engine, reading
from data.ledger.changes.trying import apply, preview
from data.ledger.changes.undoing import undo
from data.ledger.files.reading import read
from data.ledger.meaning.parsing import Parsed, parse
from data.ledger.problem import Problem
from data.models.dashboard import ImportRun
from data.models.tables import ALL_TABLES, contract_tables
from tests.data.ledger.corpus.faults import ASKED, SAYS, Planted
from tests.data.ledger.corpus.files import Case

RUN = 1
REFERENCES = {"visit_room": "visit_id", "activity_place": "activity_id"}


@dataclass
class Verdict:
    """What went wrong with one file; nothing, where it was handled as it should be."""

    case: Case
    missed: list[Planted] = field(default_factory=list)
    extra: list[Problem] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not (self.missed or self.extra or self.failures)


def fingerprint(url: str) -> str:
    """A hash of every row of the contract."""
    digest = hashlib.sha256()
    with reading(url) as conn:
        for _, table in contract_tables():
            for row in conn.execute(select(table).order_by(*table.primary_key)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def judge(url: str, case: Case, untouched: str) -> Verdict:
    """Read, understand and try a file; a clean one is also written, read again and undone."""
    verdict = Verdict(case)
    try:
        parsed = understood(url, case)
        plan = preview(url, parsed)
        verdict.missed, verdict.extra = compared(case.planted, plan.problems)
        if not case.planted and not plan.problems:
            verdict.failures += _taken(url, case, parsed)
    except Exception:  # a crash is a finding
        verdict.failures.append(traceback.format_exc())
    if fingerprint(url) != untouched:
        verdict.failures.append("数据库变了")
    return verdict


def understood(url: str, case: Case) -> Parsed:
    """The file as the import understands it."""
    book = read(case.name, case.content)
    with reading(url) as conn:
        return parse(conn, book, table=case.told_table, term=case.told_term)


def compared(
    planted: Sequence[Planted], problems: Sequence[Problem]
) -> tuple[list[Planted], list[Problem]]:
    """Faults that were not told, and problems that are none."""
    left = list(problems)
    missed = []
    for fault in planted:
        found = next((problem for problem in left if _tells(problem, fault)), None)
        if found is None:
            missed.append(fault)
        else:
            left.remove(found)
    return missed, left


def _tells(problem: Problem, fault: Planted) -> bool:
    """Whether a problem stands at the fault's place and says what is wrong."""
    here = problem.sheet == fault.sheet and fault.row in (-1, problem.row)
    cell = not fault.columns or problem.column in fault.columns
    asked = fault.kind != ASKED or len(problem.choices) > 1
    return here and cell and asked and bool(re.search(SAYS[fault.kind], _sentence(problem)))


def _sentence(problem: Problem) -> str:
    return f"{problem.reason}；{problem.remedy}"


def _taken(url: str, case: Case, parsed: Parsed) -> Iterator[str]:
    """Write a clean file, look at every row, import it again, and take it back."""
    before = _rows(url)
    with engine(url).connect() as conn:
        _begin(conn)
        conn.commit()
        apply(conn, RUN, parsed)
        conn.commit()
    yield from _unexpected(case, before, _rows(url))
    if not preview(url, understood(url, case)).empty:
        yield "第二次导入仍有改动"
    with engine(url).connect() as conn:
        undo(conn, RUN)
        conn.commit()


def _begin(conn: Connection) -> None:
    now = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - campus time
    conn.execute(delete(ImportRun).where(ImportRun.id == RUN))
    conn.execute(
        insert(ImportRun).values(
            id=RUN,
            account="steward",
            created=now,
            file_name="语料",
            file_hash="",
            state="writing",
            heartbeat=now,
            options={},
        )
    )


def _rows(url: str) -> dict[str, Counter[tuple[tuple[str, Any], ...]]]:
    with reading(url) as conn:
        return {
            table.name: Counter(
                tuple((name, repr(value)) for name, value in row.items())
                for row in conn.execute(select(table)).mappings()
            )
            for _, table in contract_tables()
        }


def _unexpected(case: Case, before: Any, after: Any) -> Iterator[str]:
    """Every table in which the new rows are not the ones of the file."""
    expected = _expected(case)
    for table in after:
        new = [dict(row) for row in (after[table] - before[table]).elements()]
        gone = before[table] - after[table]
        wanted = expected.get(table, [])
        names = {name for row in wanted for name in row}
        seen = sorted(str(sorted((n, row[n]) for n in names)) for row in new)
        should = sorted(str(sorted((n, row[n]) for n in names)) for row in wanted)
        if gone:
            yield f"{table}: 少了 {sum(gone.values())} 行"
        if seen != should:
            yield "\n  ".join([f"{table} 应为", *should, "得到", *seen])


def _expected(case: Case) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for table, row in case.rows:
        found.setdefault(table, []).append({name: repr(value) for name, value in row.items()})
    for _, table, key in case.companions:
        (column,) = (
            c.name
            for c in ALL_TABLES.tables[f"campus.{table}"].primary_key
            if c.name != REFERENCES[table]
        )
        found.setdefault(table, []).append({column: repr(key)})
    return found

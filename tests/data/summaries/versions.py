"""What tests of a refresh look at: the version served, the rows of a build, a change to notice."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import Connection, event, func, select, update

from data.access.viewer import COMMITTEE, Viewer
from data.engine import engine, reading, writing
from data.models.dashboard import DataVersion, RefreshRun, VersionTerm
from data.models.party import PartyOrganisation
from data.summaries.refresh import SUMMARIES, refresh
from queries.coverage import coverage_rates
from queries.filters import Filters
from tests import databases
from tests.world import AUTUMN, TODAY

DEAN = Viewer("dean", COMMITTEE)
Row = tuple[Any, ...]


def buildings_covered(conn: Connection, *, term: str = AUTUMN, on: date = TODAY) -> int:
    """The numerator of building coverage that the newest version shows: 2 in the world."""
    filters = Filters(term=term, date=on.isoformat())
    rows = coverage_rates(conn, filters, DEAN).set_index("metric")
    return int(rows.loc["building_coverage", "numerator"])


def served(url: str) -> int:
    """`buildings_covered` as pages answer it now."""
    with reading(url) as conn:
        return buildings_covered(conn)


def close_station_of_a(url: str, on: date = TODAY) -> None:
    """A change that a refresh shows: the workstation of building A serves its last day before."""
    with writing(url) as conn:
        station = PartyOrganisation.id == "wa"
        closed = date.fromordinal(on.toordinal() - 1)
        conn.execute(update(PartyOrganisation).where(station).values(closed=closed))


def version(url: str) -> int:
    """The number of the newest version."""
    with reading(url) as conn:
        return int(conn.execute(select(func.max(DataVersion.id))).scalar_one())


def builds(url: str, number: int) -> dict[str, int]:
    """Which build of each term a version shows."""
    stmt = select(VersionTerm.term_id, VersionTerm.build).where(VersionTerm.version_id == number)
    with reading(url) as conn:
        return {row.term_id: row.build for row in conn.execute(stmt)}


def stored(url: str) -> set[int]:
    """Every build of which any row is left."""
    with reading(url) as conn:
        return {b for table in SUMMARIES for b in conn.scalars(select(table.c.build).distinct())}


def contents(url: str, build: int) -> dict[str, list[Row]]:
    """The rows of a build in the order they are kept, without the numbers that name them."""
    found = {}
    with reading(url) as conn:
        for table in SUMMARIES:
            columns = [c for c in table.c if c.name not in ("id", "build")]
            stmt = select(*columns).where(table.c.build == build).order_by(table.c.id)
            found[table.name] = [tuple(row) for row in conn.execute(stmt)]
    return found


def runs(url: str) -> list[tuple[bool, str | None]]:
    """Every attempt so far: whether it still holds the lease, and what went wrong."""
    with reading(url) as conn:
        rows = conn.execute(select(RefreshRun).order_by(RefreshRun.id))
        return [(row.holder is not None, row.problem) for row in rows]


def in_another_process(work: Callable[[], object]) -> BaseProcess:
    """Start work in a copy of this process, which must hold no connection then."""
    databases.release_connections()
    started = get_context("fork").Process(target=work)
    started.start()
    return started


def killed_at(url: str, statement: str, nth: int = 1) -> bool:
    """Refresh in another process that dies just before the nth statement like this one."""
    return killed_by(url, lambda: refresh(url, today=TODAY), statement, nth)


def killed_by(url: str, work: Callable[[], object], statement: str, nth: int) -> bool:
    """The same of any work on a database."""
    child = in_another_process(lambda: _until(url, work, statement, nth))
    child.join(30)
    return child.exitcode == -signal.SIGKILL


def _until(url: str, work: Callable[[], object], statement: str, nth: int) -> None:
    seen: Iterator[int] = iter(range(1, nth + 1))

    def count(*arguments: Any) -> None:
        if re.search(statement, arguments[2]) and next(seen) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine(url), "before_cursor_execute", count)
    work()


@contextmanager
def statements(url: str) -> Iterator[list[str]]:
    """The SQL that this process sends meanwhile."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    event.listen(engine(url), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine(url), "before_cursor_execute", note)

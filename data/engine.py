"""The one place that knows which database we talk to; everything above is plain Core."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Date, Double, Engine, Integer, Select, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import functions

DASHBOARD = "dashboard"
LONGEST_IN = 1000
VERSION_TABLE = "alembic_version"  # kept by Alembic, under the name it chose
SCHEMAS = ("campus", DASHBOARD)
T = TypeVar("T")
Rows = Select[*tuple[Any, ...]]
"""A SELECT of whatever columns its docstring names."""


class day_after(functions.FunctionElement[date]):
    """The day after a date: contract dates include their last day, summaries are half-open."""

    type = Date()
    inherit_cache = True


class latest(functions.FunctionElement[Any]):
    """The later of several dates, none of them NULL."""

    type = Date()
    inherit_cache = True


class earliest(functions.FunctionElement[Any]):
    """The earlier of several dates, none of them NULL."""

    type = Date()
    inherit_cache = True


class days_between(functions.FunctionElement[int]):
    """Whole days from the second date to the first."""

    type = Integer()
    inherit_cache = True


class hours_between(functions.FunctionElement[float]):
    """Hours from the second moment to the first, to the second."""

    type = Double()
    inherit_cache = True


@compiles(day_after, "sqlite")
def _day_after_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+1 day')"


@compiles(day_after, "postgresql")
def _day_after_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"(({compiler.process(element.clauses, **options)}) + 1)"


@compiles(days_between, "sqlite")
def _days_between_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST(julianday(date({later})) - julianday(date({earlier})) AS INTEGER)"


@compiles(days_between, "postgresql")
def _days_between_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({later} AS DATE) - CAST({earlier} AS DATE))"


@compiles(hours_between, "sqlite")
def _hours_between_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    parts = (compiler.process(part, **options) for part in element.clauses)
    later, earlier = (f"CAST(strftime('%s', {part}) AS INTEGER)" for part in parts)
    return f"(({later} - {earlier}) / 3600.0)"


@compiles(hours_between, "postgresql")
def _hours_between_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    parts = (compiler.process(part, **options) for part in element.clauses)
    later, earlier = (f"EXTRACT(EPOCH FROM date_trunc('second', {part}))" for part in parts)
    return f"(CAST({later} - {earlier} AS DOUBLE PRECISION) / 3600.0)"


def _calling(function: str) -> Callable[..., str]:
    """What compiles a construct to a call of this function."""

    def compiled(element: Any, compiler: Any, **options: Any) -> str:
        return f"{function}({compiler.process(element.clauses, **options)})"

    return compiled


for _construct, _on_sqlite, _on_postgresql in (
    (latest, "max", "greatest"),
    (earliest, "min", "least"),
):
    compiles(_construct, "sqlite")(_calling(_on_sqlite))
    compiles(_construct, "postgresql")(_calling(_on_postgresql))


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA temp_store=FILE")
    cursor.close()


@lru_cache(maxsize=8)
def engine(url: str) -> Engine:
    """The engine of a database URL; one per process. SQLite holds both schemas in one file."""
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        if target.drivername == "postgresql":
            target = target.set(drivername="postgresql+psycopg")
        return create_engine(target, pool_pre_ping=True)
    if target.database:
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(target, execution_options={"schema_translate_map": dict.fromkeys(SCHEMAS)})
    event.listen(made, "connect", _sqlite_pragmas)
    return made


def in_parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Values in lists short enough for an IN on every database."""
    rest = iter(values)
    while part := list(islice(rest, LONGEST_IN)):
        yield part


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A connection whose SELECTs all see one moment; nothing it does is kept."""
    with engine(url).connect() as conn:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("BEGIN")
        else:
            conn = conn.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
        yield conn
        conn.rollback()


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """A short transaction: all of it is kept, or nothing."""
    with engine(url).begin() as conn:
        yield conn


def version_schema(conn: Connection) -> str | None:
    """The schema our own tables are in, as the database itself calls it."""
    return None if conn.dialect.name == "sqlite" else DASHBOARD

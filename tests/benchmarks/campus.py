"""The campus everything is measured on: built once, then reused while its recipe is the same."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from data.engine import reading
from data.models.tables import contract_tables
from tests.benchmarks.child import data_command

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
RECIPE = ("data/demo", "data/models")


@dataclass(frozen=True)
class Campus:
    """A database with a demo campus; `built` says what building it took, {} where it was given."""

    url: str
    built: dict[str, Any]


@contextmanager
def campus(students: int, terms: int, *, postgresql: bool) -> Iterator[Campus]:
    """A demo campus of that size: SQLite from the cache, PostgreSQL built anew and thrown away."""
    if not postgresql:
        yield _cached(students, terms)
        return
    from tests.databases import postgresql_server

    with ExitStack() as stack:
        server = stack.enter_context(postgresql_server())
        url = stack.enter_context(server.database("bench"))
        yield Campus(url, _build(url, students, terms))


def _cached(students: int, terms: int) -> Campus:
    name = f"{students}x{terms}"
    file = FOLDER / f"{name}-{_recipe()}.db"
    notes = file.with_suffix(".built.json")
    url = f"sqlite:///{file}"
    if not notes.exists():  # written last: without it the file is half a campus
        for old in FOLDER.glob(f"{name}-*"):
            old.unlink()
        notes.write_bytes(orjson.dumps(_build(url, students, terms)))
    return Campus(url, orjson.loads(notes.read_bytes()))


def _build(url: str, students: int, terms: int) -> dict[str, Any]:
    run = data_command(url, "demo", "--students", str(students), "--terms", str(terms))
    return {**asdict(run), "rows": contract_rows(url), "bytes": size(url)}


def _recipe() -> str:
    files = sorted(path for folder in RECIPE for path in (ROOT / folder).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def contract_rows(url: str) -> int:
    """The rows of all tables the university fills."""
    with reading(url) as conn:
        count = select(func.count())
        return sum(conn.scalar(count.select_from(table)) or 0 for _, table in contract_tables())


def size(url: str) -> int:
    """The bytes a database takes on disk."""
    with reading(url) as conn:
        if conn.dialect.name == "postgresql":
            return int(conn.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    file = Path(make_url(url).database or "")
    return sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))

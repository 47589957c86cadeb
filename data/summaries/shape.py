"""Which measures the summaries hold: those another release made lack the newer ones."""

from functools import lru_cache
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from data.models.dashboard import Installation
from data.summaries.flows import FLOWS
from data.summaries.intervals import DUE
from data.summaries.rows import ROWS
from data.summaries.standings import STANDINGS

KEY = "summaries"


def is_current(conn: Connection) -> bool:
    """Whether the served summaries hold what this release asks them for."""
    return conn.scalar(select(Installation.value).where(Installation.key == KEY)) == _shape()


def record(conn: Connection) -> None:
    """Say that the summaries are now those of this release."""
    conn.execute(delete(Installation).where(Installation.key == KEY))
    conn.execute(insert(Installation).values(key=KEY, value=_shape()))


@lru_cache(maxsize=1)
def _shape() -> str:
    columns = (f"{key}.{column.name}" for key, (table, _) in ROWS.items() for column in table.c)
    return sha256(",".join(sorted({*DUE, *STANDINGS, *FLOWS, *columns})).encode()).hexdigest()[:16]

"""Open someone else's database so that nothing in it can change, whatever is asked of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from data.engine import SCHEMAS
from data.errors import DashboardError

PATIENCE = 10  # seconds to wait for a server, or for a lock


class CannotOpen(DashboardError):
    """There is no database where the URL points, or it does not let us in."""


@contextmanager
def looking_at(url: str) -> Iterator[Connection]:
    """A connection on which everything sees one moment and nothing can be written."""
    target = _parsed(url)
    engine = _sqlite(target) if target.get_backend_name() == "sqlite" else _postgresql(target)
    try:
        conn = engine.connect()
        _begin(conn)
    except DBAPIError as error:
        raise CannotOpen(_refusal(target, error)) from None
    with conn:
        yield conn
        conn.rollback()


def shown(url: str) -> str:
    """The URL without its password."""
    return _parsed(url).render_as_string(hide_password=True)


def _parsed(url: str) -> URL:
    try:
        target = make_url(url)
    except (ArgumentError, ValueError):
        raise CannotOpen(
            f"看不懂这个数据库地址：{url};"
            "应当像 sqlite:///var/community.db 或 postgresql://用户：密码@主机/库名"
        ) from None
    if target.get_backend_name() not in ("sqlite", "postgresql"):
        raise CannotOpen(f"只支持 SQLite 和 PostgreSQL,不支持 {target.get_backend_name()}")
    return target


def _sqlite(target: URL) -> Engine:
    if target.database in (None, "", ":memory:"):
        raise CannotOpen("地址里没有文件名：应当像 sqlite:///var/community.db")
    path = Path(str(target.database)).absolute()
    if not path.is_file():
        raise CannotOpen(f"没有这个文件：{path}；请核对地址，或先运行 python -m data create")
    address = f"{path.as_uri()}?mode=ro"
    return create_engine(
        "sqlite+pysqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=PATIENCE),
        poolclass=NullPool,
        execution_options={"schema_translate_map": dict.fromkeys(SCHEMAS)},
    )


def _postgresql(target: URL) -> Engine:
    return create_engine(
        target.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": PATIENCE},
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
        poolclass=NullPool,
    )


def _begin(conn: Connection) -> None:
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("BEGIN")
        conn.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # a file may be no database


def _refusal(target: URL, error: DBAPIError) -> str:
    reason = str(error.orig).strip().splitlines()[0]
    where = target.render_as_string(hide_password=True)
    return f"打不开数据库 {where}:{reason}；请核对地址、账号和权限，确认数据库正在运行"

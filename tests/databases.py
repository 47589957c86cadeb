"""Throw-away databases for tests: SQLite files, and a PostgreSQL cluster of this run's own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from weakref import WeakSet

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event

REQUIRED = "TEST_TOOLS"  # `make test` sets it to "required": a missing server is then a failure
PATIENCE = 30  # seconds until a cluster answers; usually two

# The pipe on stdin closes even when pytest is killed; then the server stops and leaves no files.
WATCH = """
"$1/initdb" -D "$2/data" -U postgres --auth=trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1
"$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c jit=off >>"$2/log" 2>&1 &
cat >/dev/null
kill -QUIT $!
wait
rm -rf "$2"
"""

_engines: WeakSet[Engine] = WeakSet()


@event.listens_for(Engine, "engine_connect")
def _remember(conn: Connection) -> None:
    _engines.add(conn.engine)


def release_connections() -> None:
    """Close idle connections: an open one keeps its database alive and warns when forgotten."""
    for engine in list(_engines):
        engine.dispose()


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL cluster in which every test may do as it likes."""

    address: str

    @contextmanager
    def database(self, name: str, template: str = "template0") -> Iterator[str]:
        """The URL of a new database, dropped afterwards; `template` is a database to copy."""
        url = self.create(name, template)
        try:
            yield url
        finally:
            release_connections()
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def create(self, name: str, template: str = "template0") -> str:
        """The URL of a new database that stays as long as the cluster."""
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"{self.address}/{name}"

    def execute(self, statement: str) -> None:
        """Run one administrative statement outside any transaction."""
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as conn:
            conn.execute(statement.encode())


_kept: dict[tuple[str, str], str] = {}


def kept(
    request: pytest.FixtureRequest,
    folders: pytest.TempPathFactory,
    name: str,
    build: Callable[[str], object],
) -> str:
    """The URL of a database to read, for a fixture with the parameters sqlite and postgresql.

    It is built once and stays until the run ends, with its folder or its cluster: pytest finishes
    such a fixture and begins it again each time the parameter changes, file by file.
    """
    if (url := _kept.get((request.param, name))) is None:
        if request.param == "sqlite":
            url = f"sqlite:///{folders.mktemp(name) / f'{name}.db'}"
        else:
            url = request.getfixturevalue("postgresql").create(name)
        build(url)
        _kept[request.param, name] = url
    return url


@contextmanager
def postgresql_server() -> Iterator[Server]:
    """A fresh cluster; for root it runs as user postgres, since PostgreSQL refuses root."""
    binaries = _binaries() or _do_without()
    user = "postgres" if os.geteuid() == 0 else None
    directory = Path(tempfile.mkdtemp(prefix="dashboard-"))
    if user:
        shutil.chown(directory, user, user)
    port = _free_port()
    with subprocess.Popen(
        ["sh", "-c", WATCH, "sh", binaries, directory, str(port)],
        stdin=subprocess.PIPE,
        cwd=directory,
        start_new_session=True,  # Ctrl-C ends pytest, and the end of pytest ends the server
        user=user,
        group=user,
        extra_groups=[] if user else None,
    ):
        server = Server(f"postgresql://postgres@127.0.0.1:{port}")
        _wait_for(server, directory / "log")
        yield server


def _binaries() -> Path | None:
    packaged = Path("/usr/lib/postgresql").glob("*/bin/initdb")  # Debian; not on the PATH
    found = max(packaged, key=lambda initdb: int(initdb.parts[-3]), default=None)
    anywhere = found or shutil.which("initdb")
    return Path(anywhere).parent if anywhere else None


def _do_without() -> NoReturn:
    sentence = "没有找到 PostgreSQL,跳过在它上面的测试;安装 postgresql 后再运行即可"
    if os.environ.get("CI") or os.environ.get(REQUIRED) == "required":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return server.execute("SELECT 1")
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL 没有启动:\n{log.read_text('utf-8')}", pytrace=False)
            time.sleep(0.05)

"""A dashboard of one's own to look at: a database, and `python app.py` serving it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from data.access import accounts
from data.access.viewer import COLLEGE, COUNSELOR, ROLES, STEWARD, WORK_GROUP, Viewer
from data.engine import writing
from data.summaries.refresh import refresh
from tests import databases, world

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until it answers; usually three
SCOPES = {
    COLLEGE: {"college": "X"},
    WORK_GROUP: {"buildings": frozenset("A")},
    COUNSELOR: {"counselor": "k1"},
}


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address, and the file its log goes to."""

    address: str
    log: Path


def small_world(url: str) -> str:
    """The hand-worked world of tests/world.py, summarised, with a demo account for each role."""
    world.build(url)
    with writing(url) as conn:
        for role, name in ROLES.items():
            person = Viewer(
                f"demo-{role}",
                role,
                **SCOPES.get(role, {}),  # type: ignore[arg-type]
                may_export=role != STEWARD,
                display_name=name,
            )
            accounts.add(conn, person, None)
    refresh(url, today=world.TODAY)
    databases.release_connections()
    return url


@contextmanager
def served(url: str, folder: Path) -> Iterator[Server]:
    """`python app.py` on that database and a free port, until the block ends."""
    log = folder / "server.log"
    port = _free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith("DASHBOARD_")} | {
        "DASHBOARD_DATABASE_URL": url,
        "DASHBOARD_DEMO_SIGN_IN": "1",
        "DASHBOARD_PORT": str(port),
    }
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=env, stdout=out, stderr=out
        ) as run,
    ):
        try:
            yield Server(_wait_for(run, port, log), log)
        finally:
            run.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(run: subprocess.Popen[bytes], port: int, log: Path) -> str:
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{address}/health", timeout=5):  # noqa: S310 - this machine, http
                return address
        except URLError:
            if run.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"服务没有启动：\n{log.read_text('utf-8')}") from None
            time.sleep(0.1)

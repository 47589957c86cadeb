"""The real server in processes of its own, and keep-alive clients that have signed in."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import orjson

from components.block import Block
from components.page import as_panel
from data.errors import DashboardError
from tests.benchmarks.campus import FOLDER, ROOT

LOG = FOLDER / "server.log"
NOTHING = "benchmark-nothing"  # the id of the callback that does nothing
HOST, PATIENCE = "127.0.0.1", 60
ENCODINGS = "gzip, deflate, br, zstd"  # what Chromium accepts


@contextmanager
def served(url: str) -> Iterator[int]:
    """The dashboard over a database, as `app.main` would serve it; its port."""
    port = _free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith("DASHBOARD_")} | {
        "DASHBOARD_DATABASE_URL": url,
        "DASHBOARD_PORT": str(port),
        "DASHBOARD_DEMO_SIGN_IN": "1",
    }
    command = [sys.executable, "-m", "tests.benchmarks.launch"]
    with (
        LOG.open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) as process,
    ):
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


class Client:
    """One connection that is kept open, signed in as the committee."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        self._cookie = self._sign_in()

    def block(self, block: Block, search: str, *, encodings: str = ENCODINGS) -> bytes:
        """What one slot of a page asks for when the address changes."""
        part = "panel" if as_panel(block) else "graph"
        prop = "children" if part == "panel" else "figure"
        here = {"block": block.key, "part": part}
        outputs = [
            {"id": {**here, "part": name}, "property": kind}
            for name, kind in (
                (part, prop),
                (f"{part}-say", "children"),
                (f"{part}-slot", "hidden"),
                (f"{part}-mark", "children"),
            )
        ]
        names = (
            f'{{"block":["MATCH"],"part":"{o["id"]["part"]}"}}.{o["property"]}' for o in outputs
        )
        body = {
            "output": f"..{'...'.join(names)}..",
            "outputs": outputs,
            "inputs": [{"id": "url", "property": "search", "value": search}],
            "changedPropIds": ["url.search"],
            "state": [{"id": here, "property": "id", "value": here}],
        }
        return self._post(body, encodings)

    def nothing(self, search: str) -> bytes:
        """The same shape of request to the callback that does nothing."""
        body = {
            "output": f"{NOTHING}.children",
            "outputs": {"id": NOTHING, "property": "children"},
            "inputs": [{"id": NOTHING, "property": "search", "value": search}],
            "changedPropIds": [f"{NOTHING}.search"],
            "state": [{"id": NOTHING, "property": "id", "value": {"block": NOTHING, "part": ""}}],
        }
        return self._post(body, ENCODINGS)

    def check(self, block: Block, search: str) -> None:
        """Fail where the server has nothing to draw: its speed would mean nothing."""
        if b'"hidden":false' not in self.block(block, search, encodings="identity"):
            raise DashboardError(f"图块没有画出来，无法测量：{block.key}{search}")

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _post(self, body: object, encodings: str) -> bytes:
        headers = {
            "Content-Type": "application/json",
            "Accept-Encoding": encodings,
            "Cookie": self._cookie,
        }
        sent = orjson.dumps(body)
        self._connection.request("POST", "/_dash-update-component", sent, headers)
        answer = self._connection.getresponse()
        found = answer.read()
        if answer.status != 200:
            raise DashboardError(f"服务器回答 {answer.status}：{found[:200]!r}")
        return found

    def _sign_in(self) -> str:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/sign-in", "demo=committee", headers)
        answer = self._connection.getresponse()
        answer.read()
        cookie = answer.getheader("Set-Cookie", "")
        if "session=" not in cookie:
            raise DashboardError(f"演示登录没有成功（回答 {answer.status}），无法测量往返时间")
        return cookie.partition(";")[0]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection = HTTPConnection(HOST, port, timeout=PATIENCE)
            connection.request("GET", "/health")
            connection.getresponse().read()
            return connection.close()
        except OSError:
            if time.monotonic() > deadline:
                raise DashboardError(f"服务器没有启动，无法测量；日志在 {LOG}") from None
            time.sleep(0.1)

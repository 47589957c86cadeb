"""Commands of ours in a process of their own: how long they took, how much memory they held."""

import subprocess
import sys
import time
from dataclasses import dataclass

import psutil

from data.errors import DashboardError

LOOK = 0.01  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """What a command took: seconds, and the most resident bytes of its process."""

    seconds: float
    peak: int


def data_command(database: str, *words: str) -> Run:
    """`python -m data` on a database; on PostgreSQL the server's own memory is not in the peak."""
    command = [sys.executable, "-m", "data", "--database", database, *words]
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=sys.stderr) as child:
        peak = _watch(child)
    if child.returncode:
        raise DashboardError(f"命令失败，无法继续测量：python -m data {' '.join(words)}")
    return Run(time.monotonic() - begun, peak)


def _watch(child: subprocess.Popen[bytes]) -> int:
    peak, process = 0, psutil.Process(child.pid)
    while child.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
        except psutil.NoSuchProcess:  # it ended between the two lines
            break
        time.sleep(LOOK)
    return peak

"""The pulse of a running import: it says how far it is, and hears of a cancellation."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.exc import OperationalError

from data.errors import DashboardError
from data.ledger.imports.runs import CANCELLED, note

BEAT = 1.0


class Cancelled(DashboardError):
    """Somebody does not want this import any more."""


@dataclass
class Pulse:
    """What the running import says of itself."""

    stage: str = ""
    progress: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def say(self, stage: str, progress: float) -> None:
        """Where it is; Cancelled when it need not go on."""
        self.stage, self.progress = stage, progress
        if self.cancelled.is_set():
            raise Cancelled("这次导入已取消，什么也没有写入")


@contextmanager
def beating(url: str, run: int) -> Iterator[Pulse]:
    """A pulse for as long as the work takes."""
    pulse = Pulse()
    beat = threading.Thread(target=_beat, args=(url, run, pulse), daemon=True)
    beat.start()
    try:
        yield pulse
    finally:
        pulse.stop.set()
        beat.join()


def _beat(url: str, run: int, pulse: Pulse) -> None:
    while not pulse.stop.wait(BEAT):
        try:
            state = note(url, run, stage=pulse.stage, progress=pulse.progress)
        except OperationalError:  # SQLite while the rows are being written: nobody else may write
            continue
        if state == CANCELLED:
            pulse.cancelled.set()

"""One refresh at a time: a lease in the database, kept alive by a heartbeat."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from data.engine import writing
from data.errors import RefreshBusy
from data.models.dashboard import RefreshRun

HOLDER = "refresh"
BEAT = 5.0
DEAD_AFTER = timedelta(seconds=60)


def now() -> datetime:
    """The present in UTC, as naive as the columns that hold it."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def lease(url: str) -> Iterator[int]:
    """Hold the lease while refreshing; yields the run's id. RefreshBusy says who holds it."""
    run = _acquire(url)
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(url, run, stop), daemon=True)
    beat.start()
    try:
        yield run
    except BaseException as error:
        _release(url, run, problem=f"{type(error).__name__}: {error}"[:2000])
        raise
    finally:
        stop.set()
        beat.join()
    _release(url, run, problem=None)


def _acquire(url: str) -> int:
    moment = now()
    _bury_the_dead(url, moment)
    try:
        with writing(url) as conn:
            row = insert(RefreshRun).values(
                holder=HOLDER,
                host=socket.gethostname(),
                pid=os.getpid(),
                started=moment,
                heartbeat=moment,
            )
            return int((conn.execute(row).inserted_primary_key or (0,))[0])
    except IntegrityError:
        with writing(url) as conn:
            other = conn.execute(select(RefreshRun).where(RefreshRun.holder == HOLDER)).first()
        who = (
            f"{other.host} 上的进程 {other.pid}，{other.started:%H:%M:%S} UTC 开始" if other else ""
        )
        raise RefreshBusy(f"另一次刷新正在进行（{who}）。请等它结束后再试。") from None


def _bury_the_dead(url: str, moment: datetime) -> None:
    """Give up the lease of a run that was killed, so that the next one need not wait."""
    with writing(url) as conn:
        held = conn.execute(select(RefreshRun).where(RefreshRun.holder == HOLDER)).first()
        if held is None:
            return
        here = held.host == socket.gethostname()
        if (here and not _alive(held.pid)) or held.heartbeat < moment - DEAD_AFTER:
            conn.execute(
                update(RefreshRun)
                .where(RefreshRun.id == held.id)
                .values(holder=None, finished=moment, problem="进程中断，未发布任何内容")
            )


def _alive(pid: int) -> bool:
    if os.name == "nt":  # signal 0 would end the process there; the heartbeat decides
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _beat(url: str, run: int, stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        with writing(url) as conn:
            conn.execute(update(RefreshRun).where(RefreshRun.id == run).values(heartbeat=now()))


def _release(url: str, run: int, *, problem: str | None) -> None:
    with writing(url) as conn:
        conn.execute(
            update(RefreshRun)
            .where(RefreshRun.id == run)
            .values(holder=None, finished=now(), problem=problem)
        )

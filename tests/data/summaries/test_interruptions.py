"""However a refresh ends, pages show a whole version and the next refresh works."""

import os
import random
import socket
import time
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from data.access import audit
from data.engine import reading, writing
from data.errors import RefreshBusy
from data.models.dashboard import RefreshRun
from data.summaries.lease import DEAD_AFTER, HOLDER, now
from data.summaries.refresh import refresh
from tests.data.summaries.versions import (
    builds,
    close_station_of_a,
    in_another_process,
    killed_at,
    runs,
    served,
    statements,
    stored,
    version,
)
from tests.world import AUTUMN, TODAY

MOMENTS = (
    ("lease taken", "INSERT INTO .*refresh_run", 1, 2),
    ("nothing built", "CREATE TEMPORARY TABLE", 1, 2),
    ("half summarised", "INSERT INTO refresh_covered", 4, 2),
    ("half written", "INSERT INTO .*coverage_unit", 5, 2),
    ("events missing", "INSERT INTO .*coverage_event", 1, 2),
    ("about to publish", "INSERT INTO .*data_version", 1, 2),
    ("half published", "INSERT INTO .*version_term", 1, 2),
    ("published, not swept", "DELETE FROM .*version_term", 2, 1),
)


@pytest.mark.parametrize(
    ("statement", "nth", "shown"), [m[1:] for m in MOMENTS], ids=[m[0] for m in MOMENTS]
)
def test_killed_at_any_point(world_copy: str, statement: str, nth: int, shown: int) -> None:
    close_station_of_a(world_copy)
    assert killed_at(world_copy, statement, nth)
    _old_or_new_then_works(world_copy, shown)


def test_killed_at_a_random_moment(world_copy: str) -> None:
    with statements(world_copy) as sent:
        refresh(world_copy, today=TODAY)
    close_station_of_a(world_copy)
    moment = random.randint(1, len(sent) * 2 // 3)  # publishing comes later
    assert killed_at(world_copy, "", moment), moment
    _old_or_new_then_works(world_copy, 2)


def _old_or_new_then_works(url: str, shown: int) -> None:
    """What is served after a kill; then the next refresh publishes and sweeps leftovers."""
    before = version(url)
    assert served(url) == shown
    made = refresh(url, today=TODAY)
    assert made.id > before
    assert served(url) == 1
    named = {b for number in (before, made.id) for b in builds(url, number).values()}
    assert stored(url) == named


def test_a_second_refresh_says_that_one_is_running(world_copy: str) -> None:
    refused: list[str] = []

    def meanwhile(message: str) -> None:
        if AUTUMN in message:
            with pytest.raises(RefreshBusy) as busy:
                refresh(world_copy, today=TODAY)
            refused.append(str(busy.value))

    made = refresh(world_copy, today=TODAY, progress=meanwhile)
    assert len(refused) == 1
    assert f"{socket.gethostname()} 上的进程 {os.getpid()}" in refused[0]
    assert version(world_copy) == made.id
    assert runs(world_copy) == [(False, None)] * 2  # the world's own, and this one


def test_two_processes_at_once_publish_one_after_the_other(world_copy: str) -> None:
    def one() -> None:
        try:
            refresh(world_copy, full=True, today=TODAY)
        except RefreshBusy:
            os._exit(7)

    both = [in_another_process(one) for _ in range(2)]
    for process in both:
        process.join(30)
    codes = sorted(process.exitcode for process in both if process.exitcode is not None)
    assert codes in ([0, 7], [0, 0])
    assert version(world_copy) == 1 + codes.count(0)
    assert served(world_copy) == 2
    named = {b for n in range(1, 4) for b in builds(world_copy, n).values()}
    assert stored(world_copy) == named


def _hold(url: str, **other: object) -> int:
    """Somebody's lease."""
    row = {
        "holder": HOLDER,
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "started": now(),
        "heartbeat": now(),
    }
    with writing(url) as conn:
        made = conn.execute(insert(RefreshRun).values(row | other)).inserted_primary_key
        return int(made[0])


def test_the_lease_of_a_dead_process_is_taken_over(world_copy: str) -> None:
    ended = in_another_process(int)
    ended.join()
    _hold(world_copy, pid=ended.pid)
    refresh(world_copy, today=TODAY)
    assert runs(world_copy)[1:] == [(False, "进程中断,未发布任何内容"), (False, None)]


@pytest.mark.parametrize(("silent", "taken"), [(1, True), (-1, False)])
def test_another_host_holds_its_lease_while_its_heart_beats(
    world_copy: str, silent: int, taken: bool
) -> None:
    beat = now() - DEAD_AFTER - timedelta(seconds=silent * 10)
    _hold(world_copy, host="elsewhere", heartbeat=beat)
    if taken:
        refresh(world_copy, today=TODAY)
        return
    with pytest.raises(RefreshBusy, match="elsewhere 上的进程"):
        refresh(world_copy, today=TODAY)
    assert runs(world_copy)[-1] == (True, None)


def test_a_run_that_lost_its_lease_publishes_nothing(world_copy: str) -> None:
    close_station_of_a(world_copy)
    other: list[int] = []

    def overtaken(message: str) -> None:
        if AUTUMN in message:
            with writing(world_copy) as conn:
                conn.execute(update(RefreshRun).values(holder=None))
            other.append(_hold(world_copy, host="elsewhere"))

    with pytest.raises(RefreshBusy, match="什么也没有发布"):
        refresh(world_copy, today=TODAY, progress=overtaken)
    assert version(world_copy) == 1
    assert served(world_copy) == 2
    with reading(world_copy) as conn:
        holder = conn.scalar(select(RefreshRun.id).where(RefreshRun.holder == HOLDER))
    assert [holder] == other


def test_audit_entries_never_wait_a_second(world_copy: str) -> None:
    running = in_another_process(lambda: refresh(world_copy, full=True, today=TODAY))
    waits = []
    while running.is_alive():
        begun = time.monotonic()
        with writing(world_copy) as conn:
            audit.record(conn, account="dean", action=audit.SIGN_IN)
        waits.append(time.monotonic() - begun)
    running.join()
    assert running.exitcode == 0
    assert len(waits) > 3
    assert max(waits) < 1

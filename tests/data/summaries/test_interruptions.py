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
    ("lease taken", "INSERT INTO .*refresh_run", 1),
    ("nothing built", "CREATE TEMPORARY TABLE", 1),
    ("half summarised", "INSERT INTO refresh_covered", 4),
    ("half written", "INSERT INTO .*coverage_unit", 5),
    ("events missing", "INSERT INTO .*coverage_event", 1),
    ("about to publish", "INSERT INTO .*data_version", 1),
    ("half published", "INSERT INTO .*version_term", 1),
)
SWEEPING = "DELETE FROM .*version_term"


def test_killed_before_it_publishes_the_old_version_is_served(world_copy: str) -> None:
    """Each run takes over from the one killed before it, and gets further."""
    close_station_of_a(world_copy)
    for moment, statement, nth in MOMENTS:
        assert killed_at(world_copy, statement, nth), moment
        assert version(world_copy) == 1, moment
        assert served(world_copy) == 2, moment
    _the_next_one_works(world_copy)


def test_killed_after_it_published_the_new_version_is_served(world_copy: str) -> None:
    close_station_of_a(world_copy)
    assert killed_at(world_copy, SWEEPING, 2)
    assert version(world_copy) == 2
    assert served(world_copy) == 1
    _the_next_one_works(world_copy)


def test_killed_at_random_moments_nothing_is_half_there(world_copy: str) -> None:
    with statements(world_copy) as sent:
        refresh(world_copy, today=TODAY)
    close_station_of_a(world_copy)
    for moment in random.sample(range(1, len(sent)), 3):
        before = version(world_copy)
        assert killed_at(world_copy, "", moment), moment
        published = version(world_copy) > before
        assert served(world_copy) in ((1,) if published else (1, 2)), moment
    _the_next_one_works(world_copy)


def _the_next_one_works(url: str) -> None:
    """It publishes what is true now and sweeps what the killed ones left."""
    before = version(url)
    made = refresh(url, today=TODAY)
    assert made.id > before
    assert served(url) == 1
    assert stored(url) == {b for n in (before, made.id) for b in builds(url, n).values()}


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
        return int(made[0]) if made else 0


def test_the_lease_of_a_dead_process_is_taken_over(world_copy: str) -> None:
    ended = in_another_process(int)
    ended.join()
    _hold(world_copy, pid=ended.pid)
    refresh(world_copy, today=TODAY)
    (held, problem), last = runs(world_copy)[1:]
    assert not held
    assert problem is not None
    assert problem.startswith("进程中断")
    assert last == (False, None)


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
        time.sleep(0.005)
    running.join()
    assert running.exitcode == 0
    assert len(waits) > 3
    assert max(waits) < 1

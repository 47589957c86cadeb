"""Guessing is slowed by account and by address, and honest people get in again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import func, select

from data.access import throttle
from data.engine import reading, writing
from data.models.dashboard import SignInAttempt

NOON = datetime.fromisoformat("2026-11-23T12:00")
MINUTE = timedelta(minutes=1)


def admit(url: str, account: str, address: str, at: datetime = NOON) -> int:
    with writing(url) as conn:
        return throttle.admit(conn, account=account, address=address, at=at)


def succeed(url: str, account: str, address: str) -> None:
    with writing(url) as conn:
        throttle.succeeded(conn, account=account, address=address)


def rows(url: str) -> int:
    with reading(url) as conn:
        return conn.scalar(select(func.count()).select_from(SignInAttempt)) or 0


def test_the_sixth_try_at_an_account_waits_from_whatever_address(empty: str) -> None:
    for n in range(5):
        assert admit(empty, "zhang", f"10.0.0.{n}", NOON + n * MINUTE) == 0
    assert admit(empty, "zhang", "10.0.0.9", NOON + 4 * MINUTE) == 11  # the first is 4 min old
    assert admit(empty, "li", "10.0.0.9", NOON + 4 * MINUTE) == 0


def test_waiting_ends_on_time_and_refused_tries_do_not_prolong_it(empty: str) -> None:
    for _ in range(5):
        admit(empty, "zhang", "10.0.0.1")
    for n in range(1, 15):
        assert admit(empty, "zhang", "10.0.0.1", NOON + n * MINUTE) == 15 - n
    just_before = NOON + 15 * MINUTE - timedelta(seconds=1)
    assert admit(empty, "zhang", "10.0.0.1", just_before) == 1
    assert admit(empty, "zhang", "10.0.0.1", NOON + 15 * MINUTE) == 0


def test_an_address_may_fail_twenty_times_over_all_accounts(empty: str) -> None:
    for n in range(20):
        assert admit(empty, f"person{n}", "10.0.0.1") == 0
    assert admit(empty, "person99", "10.0.0.1") == 15
    assert admit(empty, "person99", "10.0.0.2") == 0


def test_success_clears_the_account_but_not_the_address(empty: str) -> None:
    for n in range(4):
        admit(empty, "zhang", "10.0.0.1")
        admit(empty, f"victim{n}", "10.0.0.1")
    for _ in range(30):  # signing in properly never locks anyone out
        assert admit(empty, "zhang", "10.0.0.1") == 0
        succeed(empty, "zhang", "10.0.0.1")
    # 8 failures of the address stand, the victims' 4 and 4 of zhang's; 12 more fit
    for n in range(12):
        assert admit(empty, f"other{n}", "10.0.0.1") == 0
    assert admit(empty, "other99", "10.0.0.1") > 0
    assert admit(empty, "zhang", "10.0.0.2") == 0


def test_tries_sent_at_once_are_counted_one_by_one(empty: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: admit(empty, "zhang", f"10.0.0.{n}"), range(32)))
    assert waits.count(0) == throttle.PER_ACCOUNT


def test_rows_older_than_a_day_are_swept(empty: str) -> None:
    admit(empty, "zhang", "10.0.0.1")
    admit(empty, "li", "10.0.0.1", NOON + timedelta(hours=24))
    assert rows(empty) == 4
    admit(empty, "wang", "10.0.0.1", NOON + timedelta(hours=24, seconds=1))
    assert rows(empty) == 4

"""Guessing passwords is made slow: failures are counted where every process sees them."""

import math
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, text

from data.models.dashboard import SignInAttempt

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)
PER_ACCOUNT, PER_ADDRESS = 5, 20


def admit(conn: Connection, *, account: str, address: str, at: datetime) -> int:
    """Minutes to wait, or 0: then the attempt already counts as failed until `succeeded`.

    Counting before the password is looked at leaves no gap for guesses sent at once, and one
    transaction at a time counts.
    """
    if conn.dialect.name == "postgresql":  # on SQLite the DELETE takes the one write lock
        conn.execute(text(f"LOCK TABLE {SignInAttempt.__table__} IN SHARE ROW EXCLUSIVE MODE"))
    conn.execute(delete(SignInAttempt).where(SignInAttempt.at < at - KEPT))
    limits = {_account_key(account): PER_ACCOUNT, _address_key(address): PER_ADDRESS}
    wait = max(_minutes(conn, key, limit, at) for key, limit in limits.items())
    if not wait:
        conn.execute(insert(SignInAttempt), [{"key": key, "at": at} for key in limits])
    return wait


def succeeded(conn: Connection, *, account: str, address: str) -> None:
    """Forget the failures of the account, and of the address only the attempt just admitted.

    Otherwise someone with one password could keep an address free for guessing others.
    """
    conn.execute(delete(SignInAttempt).where(SignInAttempt.key == _account_key(account)))
    newest = select(func.max(SignInAttempt.id)).where(SignInAttempt.key == _address_key(address))
    conn.execute(delete(SignInAttempt).where(SignInAttempt.id == newest.scalar_subquery()))


def _minutes(conn: Connection, key: str, limit: int, at: datetime) -> int:
    """Until fewer than `limit` attempts lie within the window, rounded up."""
    decisive = conn.scalar(
        select(SignInAttempt.at)
        .where(SignInAttempt.key == key, SignInAttempt.at > at - WINDOW)
        .order_by(SignInAttempt.at.desc())
        .offset(limit - 1)
        .limit(1)
    )
    return math.ceil((decisive + WINDOW - at) / timedelta(minutes=1)) if decisive else 0


def _account_key(account: str) -> str:
    return f"account:{account}"


def _address_key(address: str) -> str:
    return f"address:{address}"

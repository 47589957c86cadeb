"""Passwords: which are good enough, and the hashes kept in their place."""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from data.errors import DashboardError

HASHER = PasswordHasher()
SHORTEST, LONGEST = 12, 256


class WeakPassword(DashboardError):
    """A password that is too easily guessed."""


def hashed(password: str, *, account: str) -> str:
    """What to keep of a new password; WeakPassword says what is wrong with it."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"密码太短：至少 {SHORTEST} 个字符，现在是 {len(password)} 个")
    if len(password) > LONGEST:
        raise WeakPassword(f"密码太长：最多 {LONGEST} 个字符")
    if (len(account) >= 4 and account in password.lower()) or len(set(password)) < 4:
        raise WeakPassword("密码太容易猜：不要包含账号名，也不要只重复几个字符")
    return HASHER.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether `kept` is the hash of `password`; without a hash "no" takes just as long."""
    try:
        HASHER.verify(kept or _unmatched(), _normal(password))
    except VerificationError:
        return False
    return kept is not None


def renewed(kept: str, password: str) -> str | None:
    """A hash with today's parameters, where `kept` was made with others."""
    return HASHER.hash(_normal(password)) if HASHER.check_needs_rehash(kept) else None


def _normal(password: str) -> str:
    """Full-width letters from a Chinese keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)


@cache
def _unmatched() -> str:
    """The hash of a password nobody knows."""
    return HASHER.hash(secrets.token_hex(32))

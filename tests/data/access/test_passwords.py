"""Weak passwords are refused with a reason; good ones are kept as hashes only."""

import pytest

from data.access import passwords
from data.access.passwords import WeakPassword


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elevenchars", "至少 12 个字符，现在是 11 个"),
        ("x" * 257, "最多 256"),
        ("Zhang3-2026-nanhu", "太容易猜"),
        ("aaaaaaaaaaaab", "太容易猜"),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(password: str, says: str) -> None:
    with pytest.raises(WeakPassword, match=says):
        passwords.hashed(password, account="zhang3")


def test_a_short_name_may_occur_by_chance() -> None:
    assert passwords.hashed("a fine long password", account="a")


def test_only_the_same_password_matches() -> None:
    kept = passwords.hashed("湖边的桃花开了 2026", account="zhang3")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "湖边的桃花开了 2026")
    assert not passwords.matches(kept, "湖边的桃花开了 2027")
    assert not passwords.matches(None, "湖边的桃花开了 2026")


def test_full_width_letters_are_the_same_password() -> None:
    kept = passwords.hashed("Taoyuan-2026x", account="zhang3")
    assert passwords.matches(kept, "\uff34aoyuan-\uff12026x")

"""`python -m data verify-seal …` as a steward types it."""

import pytest

from data.__main__ import main
from tests.data.seals.making import by_hand, sealed


def verify_seal(url: str, *words: str) -> int:
    return main(["--database", url, "verify-seal", *words])


def test_a_whole_seal_passes(sqlite_database: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = sealed(sqlite_database, 60.0, 70.0)
    assert verify_seal(sqlite_database, "1", "--sha256", first.sha256) == 0
    said = capsys.readouterr().out
    assert "小方案 1，2026-2027-1 学期，书记（dean）于 2026-11-20T08:30:00 UTC 封存" in said
    assert first.sha256 in said
    assert said.count("通过") == 7
    assert "它已被封存 2 取代" in said
    assert "封存 1 完整" in said
    assert verify_seal(sqlite_database, "--all") == 0
    said = capsys.readouterr().out
    assert second.sha256 in said
    assert said.endswith("共 2 个封存，0 个有问题\n")


def test_a_hash_kept_elsewhere_counts(sqlite_database: str) -> None:
    first, second = sealed(sqlite_database, 60.0, 70.0)
    assert verify_seal(sqlite_database, "1", "--sha256", second.sha256) == 1
    assert verify_seal(sqlite_database, "1", "--sha256", f" {first.sha256.upper()}") == 0
    assert verify_seal(sqlite_database, "--all", "--sha256", first.sha256) == 2


def test_tampering_is_told(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    sealed(database, 60.0, 70.0, 80.0)
    by_hand(
        database,
        "UPDATE {seals} SET account = 'other' WHERE id = 1",
        "DELETE FROM {seals} WHERE id = 3",
    )
    assert verify_seal(database, "1") == 1
    said = capsys.readouterr().out
    assert "不符  列表用的各列：与内容不一致的列：account" in said
    assert "封存 1 没有通过校验" in said
    assert verify_seal(database, "2") == 0
    assert verify_seal(database, "3") == 2
    assert "它是被删去的" in capsys.readouterr().err
    assert verify_seal(database, "--all") == 1
    said = capsys.readouterr().out
    assert "封存 3：审计日志记下过它" in said
    assert said.endswith("共 3 个封存，2 个有问题\n")


def test_what_is_not_there(sqlite_database: str, capsys: pytest.CaptureFixture[str]) -> None:
    sealed(sqlite_database)
    assert verify_seal(sqlite_database, "--all") == 0
    assert capsys.readouterr().out == "还没有封存\n"
    assert verify_seal(sqlite_database, "9") == 2
    assert "没有编号为 9 的封存" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        verify_seal(sqlite_database)

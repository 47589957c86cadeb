"""Tampering: every byte of a sealed record, its columns, its neighbours and the audit log."""

from dataclasses import replace
from typing import Any

import pytest

from data.engine import engine, reading
from data.seals import verifying as v
from data.seals.canonical import canonical, digest
from data.seals.stored import LISTED, Record, every_record, noted_hashes
from data.seals.verifying import Around, around, failed, read, verify
from tests.data.seals.making import by_hand, sealed, tampered


@pytest.fixture
def three(sqlite_database: str) -> list[Record]:
    return sealed(sqlite_database, 60.0, 70.0, 80.0)


def beside(records: list[Record], place: int) -> Around:
    noted = {one.id: [one.sha256] for one in records}
    return around(records, records[place].id, noted)


def test_what_was_sealed_holds(three: list[Record]) -> None:
    for place in range(3):
        assert failed(verify(three[place], beside(three, place), three[place].sha256)) == ""
    assert [one.supersedes for one in three] == [None, 1, 2]
    assert read(three[1].content)["previous"] == {"id": 1, "sha256": three[0].sha256}
    assert digest(three[0].content) == three[0].sha256


def test_every_byte_of_the_content_tells(three: list[Record]) -> None:
    found, at = beside(three, 1), three[1]
    for place in range(len(at.content)):
        for flip in (0x01, 0x20, 0x80):
            other = bytearray(at.content)
            other[place] ^= flip
            checks = verify(replace(at, content=bytes(other)), found)
            assert v.HASH in failed(checks), place
    for less in (at.content[:-1], at.content + b" ", b""):
        assert v.HASH in failed(verify(replace(at, content=less), found))


def test_every_letter_of_the_hash_tells(three: list[Record]) -> None:
    found, at = beside(three, 1), three[1]
    for place, letter in enumerate(at.sha256):
        for other in ("0" if letter != "0" else "1", letter.upper(), " "):
            changed = f"{at.sha256[:place]}{other}{at.sha256[place + 1 :]}"
            if changed != at.sha256:
                assert v.HASH in failed(verify(replace(at, sha256=changed), found)), place


@pytest.mark.parametrize("column", LISTED)
def test_every_letter_of_every_column_tells(three: list[Record], column: str) -> None:
    found, at = beside(three, 1), three[1]
    value = getattr(at, column)
    if isinstance(value, int):
        others: list[object] = [value ^ (1 << bit) for bit in range(16)] + [None]
    else:
        others = [value[:n] + chr(ord(c) ^ 1) + value[n + 1 :] for n, c in enumerate(value)]
    assert others
    for other in others:
        changed: dict[str, Any] = {column: other}
        checks = verify(replace(at, **changed), found)
        assert v.COLUMNS in failed(checks), other


def test_a_content_that_means_the_same_in_other_bytes_is_not_what_was_sealed(
    three: list[Record],
) -> None:
    """Even where the hash beside it was worked out anew, as long as the audit log stands."""
    spaced = three[2].content.replace(b'":', b'": ')
    changed = replace(three[2], content=spaced, sha256=digest(spaced))
    assert failed(verify(changed, beside(three, 2))) == f"{v.FORM}、{v.AUDIT}"


def test_one_who_changes_content_hash_and_log_is_found_by_the_next_seal(
    three: list[Record],
) -> None:
    told = {**read(three[1].content), "results": []}
    made = canonical(told)
    changed = replace(three[1], content=made, sha256=digest(made))
    records = [three[0], changed, three[2]]
    noted = {one.id: [one.sha256] for one in records}
    assert failed(verify(changed, around(records, 2, noted))) == v.AFTER
    assert failed(verify(three[2], around(records, 3, noted))) == v.CHAIN
    assert failed(verify(three[0], around(records, 1, noted))) == ""
    kept_elsewhere = verify(changed, around(records[:2], 2, noted), three[1].sha256)
    assert failed(kept_elsewhere) == v.GIVEN


def test_a_seal_that_is_gone_is_missed(three: list[Record]) -> None:
    left = [three[0], three[2]]
    assert failed(verify(three[2], beside(left, 1))) == v.CHAIN
    assert failed(verify(three[0], beside(left, 0))) == v.AFTER
    assert failed(verify(three[1], beside(three[1:], 0))) == v.CHAIN


@pytest.mark.parametrize("noted", [[], ["0" * 64], ["same", "same"]])
def test_the_audit_log_has_to_name_it_once(three: list[Record], noted: list[str]) -> None:
    told = [three[0].sha256 if one == "same" else one for one in noted]
    assert failed(verify(three[0], Around(noted=told))) == v.AUDIT


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"scheme": 1, "data": "x"}'])
def test_what_cannot_be_read_is_said_not_raised(three: list[Record], content: bytes) -> None:
    changed = replace(three[0], content=content, sha256=digest(content))
    assert {v.FORM, v.COLUMNS} <= set(failed(verify(changed, Around())).split("、"))


TAMPERINGS: list[tuple[str, dict[int, set[str]]]] = [
    ("UPDATE {seals} SET at = '2026-11-21T08:30:00' WHERE id = 2", {2: {v.COLUMNS}}),
    ("UPDATE {seals} SET account = 'dear' WHERE id = 1", {1: {v.COLUMNS}}),
    ("DELETE FROM {seals} WHERE id = 2", {1: {v.AFTER}, 3: {v.CHAIN}}),
    ("DELETE FROM {seals} WHERE id = 3", {}),
    (
        "UPDATE {seals} SET content = (SELECT content FROM {seals} WHERE id = 1) WHERE id = 2",
        {2: {v.HASH, v.COLUMNS, v.CHAIN}},
    ),
    (
        "UPDATE {seals} SET sha256 = '00' WHERE id = 2",
        {2: {v.HASH, v.AUDIT, v.AFTER}, 3: {v.CHAIN}},
    ),
]


def test_tampering_in_the_database_is_detected(database: str) -> None:
    sealed(database, 60.0, 70.0, 80.0)
    for statement, expected in TAMPERINGS:
        with engine(database).connect() as conn:
            tampered(conn, statement)
            records, noted = every_record(conn), noted_hashes(conn)
            conn.rollback()
        found = {one.id: failed(verify(one, around(records, one.id, noted))) for one in records}
        wrong = {key: set(said.split("、")) for key, said in found.items() if said}
        assert wrong == expected, statement
        assert set(noted) == {1, 2, 3}  # so that one that is gone is known to have been there


def test_a_content_that_sqlite_made_text_is_still_read(sqlite_database: str) -> None:
    sealed(sqlite_database, 60.0)
    by_hand(sqlite_database, "UPDATE {seals} SET content = replace(content, '60', '61')")
    with reading(sqlite_database) as conn:
        (record,) = every_record(conn)
        assert record.content.count(b"61")
        assert v.HASH in failed(verify(record, around([record], 1, noted_hashes(conn))))

"""The database itself refuses to change, replace or remove a seal, however its tables were made."""

import pytest
from sqlalchemy import Connection, Executable, delete, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from data.demo.loading import _empty
from data.engine import reading, writing
from data.migrations.upgrading import ensure_tables
from data.models.dashboard import AuditEntry
from data.models.seals import SealedEvaluation
from data.seals import stored
from data.seals.stored import every_record
from tests.data.migrations.test_upgrading import _as_second_released
from tests.data.seals.making import by_hand, content, sealed

SEALS = SealedEvaluation


@pytest.fixture(params=["new", "migrated"])
def url(request: pytest.FixtureRequest, database: str) -> str:
    """A database with two seals whose tables were made at once, or step by step."""
    if request.param == "migrated":
        _as_second_released(database)
        ensure_tables(database)
    sealed(database, 60.0, 70.0)
    return database


CHANGES: tuple[Executable, ...] = (
    update(SEALS).values(sha256="0" * 64),
    update(SEALS).where(SEALS.id == 1).values(supersedes=2),
    update(SEALS).where(SEALS.id == 1).values(content=b"{}"),
    delete(SEALS),
    delete(SEALS).where(SEALS.id == 2),
)


def test_nothing_is_changed_or_removed(url: str) -> None:
    with reading(url) as conn:
        before = every_record(conn)
    assert len(before) == 2
    for statement in CHANGES:
        with (
            pytest.raises(DatabaseError, match="sealed evaluation cannot be"),
            writing(url) as conn,
        ):
            conn.execute(statement)
    with reading(url) as conn:
        assert every_record(conn) == before


def test_nothing_is_replaced_or_emptied(url: str) -> None:
    if url.startswith("sqlite"):
        statement = "INSERT OR REPLACE INTO sealed_evaluation SELECT * FROM sealed_evaluation"
    else:
        statement = "TRUNCATE dashboard.sealed_evaluation"
    with pytest.raises(DatabaseError, match="sealed evaluation cannot be"), writing(url) as conn:
        conn.execute(text(statement))
    with reading(url) as conn:
        assert [one.id for one in every_record(conn)] == [1, 2]


def test_both_ways_make_the_same_guards(database: str) -> None:
    _as_second_released(database)
    with reading(database) as conn:
        assert not _guards(conn)
    ensure_tables(database)
    with reading(database) as conn:
        stepwise = _guards(conn)
    by_hand(database)  # takes them away, and puts back those of a new table
    with reading(database) as conn:
        assert _guards(conn) == stepwise
        assert len(stepwise) == (3 if database.startswith("sqlite") else 2)


def _guards(conn: Connection) -> list[str]:
    asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    if conn.dialect.name != "sqlite":
        asked = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    return list(conn.scalars(text(asked)))


def test_a_seal_and_its_audit_entry_are_kept_together(url: str) -> None:
    with reading(url) as conn:
        entries = conn.execute(
            select(AuditEntry.action, AuditEntry.detail, AuditEntry.file_hash, AuditEntry.account)
        ).all()
        hashes = [one.sha256 for one in every_record(conn)]
    assert [tuple(row) for row in entries] == [
        ("seal", "1 small 2026-2027-1", hashes[0], "dean"),
        ("seal", "2 small 2026-2027-1", hashes[1], "dean"),
    ]
    with pytest.raises(ZeroDivisionError), writing(url) as conn:
        _sealed_then_broken(conn)
    with reading(url) as conn:
        assert len(every_record(conn)) == 2
        assert conn.scalar(select(func.count()).select_from(AuditEntry)) == 2


def test_a_number_is_given_once(url: str) -> None:
    with reading(url) as conn:
        row = {**vars(every_record(conn)[0]), "sha256": "1"}
    with pytest.raises(DatabaseError), writing(url) as conn:
        conn.execute(insert(SEALS).values(row))


def test_a_demo_campus_made_anew_keeps_seals(url: str) -> None:
    with writing(url) as conn:
        _empty(conn, ())
    with reading(url) as conn:
        assert [one.id for one in every_record(conn)] == [1, 2]


def _sealed_then_broken(conn: Connection) -> None:
    stored.lock(conn)
    stored.add(conn, content(), 2)
    raise ZeroDivisionError

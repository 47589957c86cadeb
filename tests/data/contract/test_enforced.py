"""Which checks a database answers itself: all that its constraints guarantee, and no other."""

from collections import Counter

from sqlalchemy import Connection, text

from data.contract.enforced import enforced
from data.contract.keys import implied
from data.contract.quality import CHECKS
from data.engine import reading, writing


def test_our_own_tables_keep_their_keys_cells_and_words(strict_database: str) -> None:
    with reading(strict_database) as conn:
        found = enforced(conn, CHECKS)
    kinds = Counter(key.split(":")[0] for key in found)
    made = Counter(check.key.split(":")[0] for check in implied())
    assert kinds == {kind: made[kind] for kind in ("required", "duplicate", "orphan", "allowed")}


def test_tables_without_constraints_guarantee_nothing(loose: Connection) -> None:
    assert enforced(loose, CHECKS) == frozenset()


def test_a_view_in_place_of_a_table_guarantees_nothing(strict_database: str) -> None:
    with writing(strict_database) as conn:
        schema = "" if conn.dialect.name == "sqlite" else "campus."
        conn.execute(text(f"ALTER TABLE {schema}feedback RENAME TO feedback_kept"))
        conn.execute(
            text(f"CREATE VIEW {schema}feedback AS SELECT * FROM {schema}feedback_kept")  # noqa: S608
        )
    with reading(strict_database) as conn:
        found = enforced(conn, CHECKS)
    assert not [key for key in found if key.split(":")[1].split(".")[0] == "feedback"]
    assert "orphan:attendance.activity_id" in found

"""Sealed evaluations: rows that are only ever added, which the database itself sees to."""

from sqlalchemy import DDL, Integer, LargeBinary, String, event
from sqlalchemy.orm import Mapped, mapped_column

from data.models.dashboard import Own


class SealedEvaluation(Own):
    """One seal. `content` is all of it, in the form of data/seals/canonical.py, and `sha256` its
    hash; the other columns stand in the content too, in the same words, and are here to be listed
    by."""

    __tablename__ = "sealed_evaluation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    scheme: Mapped[str] = mapped_column(String(64))
    period: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(16))
    at: Mapped[str] = mapped_column(String(32))
    account: Mapped[str] = mapped_column(String(64))
    supersedes: Mapped[int | None]


ON_SQLITE = (
    "CREATE TRIGGER sealed_evaluation_update BEFORE UPDATE ON sealed_evaluation "
    "BEGIN SELECT RAISE(ABORT, 'a sealed evaluation cannot be changed'); END",
    "CREATE TRIGGER sealed_evaluation_delete BEFORE DELETE ON sealed_evaluation "
    "BEGIN SELECT RAISE(ABORT, 'a sealed evaluation cannot be removed'); END",
    # INSERT OR REPLACE removes a row without asking the trigger above
    "CREATE TRIGGER sealed_evaluation_replace BEFORE INSERT ON sealed_evaluation "
    "WHEN EXISTS (SELECT 1 FROM sealed_evaluation WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'a sealed evaluation cannot be replaced'); END",
)
ON_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION dashboard.keep_sealed_evaluation() RETURNS trigger "
    "LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'a sealed evaluation cannot be changed or removed'; END $$",
    "CREATE TRIGGER sealed_evaluation_row BEFORE UPDATE OR DELETE "
    "ON dashboard.sealed_evaluation FOR EACH ROW "
    "EXECUTE FUNCTION dashboard.keep_sealed_evaluation()",
    "CREATE TRIGGER sealed_evaluation_all BEFORE TRUNCATE "
    "ON dashboard.sealed_evaluation FOR EACH STATEMENT "
    "EXECUTE FUNCTION dashboard.keep_sealed_evaluation()",
)
GUARDS = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}
"""What refuses every change, as each database says it; made with the table."""
for _dialect, _statements in GUARDS.items():
    for _statement in _statements:
        event.listen(
            SealedEvaluation.__table__,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )

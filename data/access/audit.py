"""The audit log: who signed in, who was let in or shut out, who took which data away."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from data.models.dashboard import AuditEntry

SIGN_IN, SIGN_IN_FAILED, SIGN_OUT = "sign_in", "sign_in_failed", "sign_out"


def utc_now() -> datetime:
    """The present moment as our own tables keep it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def record(
    conn: Connection,
    *,
    account: str,
    action: str,
    detail: str = "",
    data_version: int | None = None,
    file_hash: str | None = None,
) -> None:
    """Write one entry; an export also says which data version and which file it was."""
    conn.execute(
        insert(AuditEntry).values(
            at=utc_now(),
            account=account,
            action=action,
            detail=detail,
            data_version=data_version,
            file_hash=file_hash,
        )
    )

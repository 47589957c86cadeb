"""How seals are kept: rows that are only added, each naming the one before it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, cast, insert, select, text

from data.access import audit
from data.models.dashboard import AuditEntry
from data.models.seals import SealedEvaluation
from data.seals.canonical import canonical, digest

FORMAT = "community-seal/1"
SEALED = "seal"
"""The action in the audit log; its detail begins with the number of the seal."""
LISTED = ("id", "scheme", "period", "unit", "at", "account", "supersedes")
"""Columns that the content says too."""


@dataclass(frozen=True)
class Record:
    """A row of `sealed_evaluation`."""

    id: int
    content: bytes
    sha256: str
    scheme: str
    period: str
    unit: str
    at: str
    account: str
    supersedes: int | None


def every_record(conn: Connection) -> list[Record]:
    """Every seal, the first one first."""
    table = SealedEvaluation.__table__.c
    # SQLite keeps what it is given: after a change by hand the bytes may be text
    content = cast(table.content, LargeBinary).label("content")
    others = [table[name] for name in ("sha256", *LISTED)]
    stmt = select(content, *others).order_by(table.id)
    return [Record(**row._mapping) for row in conn.execute(stmt)]


def noted_hashes(conn: Connection) -> dict[int, list[str]]:
    """The hashes the audit log names for each seal; one each where nothing is amiss."""
    stmt = select(AuditEntry.detail, AuditEntry.file_hash).where(AuditEntry.action == SEALED)
    found: dict[int, list[str]] = defaultdict(list)
    for detail, file_hash in conn.execute(stmt.order_by(AuditEntry.id)):
        number = detail.partition(" ")[0]
        if number.isdigit():
            found[int(number)].append(file_hash or "")
    return dict(found)


def lock(conn: Connection) -> None:
    """Let nobody else seal until this transaction ends, so that numbers and chain have no gap."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        conn.execute(text("LOCK TABLE dashboard.sealed_evaluation IN EXCLUSIVE MODE"))


def current_seal(records: Iterable[Record], scheme: str, period: str) -> Record | None:
    """The newest seal of a scheme and period: the one that no other supersedes."""
    own = [one for one in records if (one.scheme, one.period) == (scheme, period)]
    return own[-1] if own else None


def add(conn: Connection, content: dict[str, Any], supersedes: int | None) -> Record:
    """Keep a content (`period, scheme, data, results …, sealed`) as the next seal, with its entry
    in the audit log; both in the transaction that `lock` began."""
    before = every_record(conn)[-1:]
    previous = [{"id": one.id, "sha256": one.sha256} for one in before]
    number = before[0].id + 1 if before else 1
    chained = {"format": FORMAT, "id": number, "supersedes": supersedes}
    chained["previous"] = previous[0] if previous else None
    made = canonical({**content, **chained})
    record = Record(
        content=made,
        sha256=digest(made),
        id=number,
        scheme=content["scheme"]["key"],
        period=content["period"]["key"],
        unit=content["scheme"]["unit"],
        at=content["sealed"]["at"],
        account=content["sealed"]["account"],
        supersedes=supersedes,
    )
    conn.execute(insert(SealedEvaluation).values(**vars(record)))
    audit.record(
        conn,
        account=record.account,
        action=SEALED,
        detail=f"{number} {record.scheme} {record.period}",
        data_version=content["data"]["version"],
        file_hash=record.sha256,
    )
    return record

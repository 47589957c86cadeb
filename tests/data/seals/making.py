"""Contents small enough to read, and seals of them in a database."""

from typing import Any

from sqlalchemy import Connection, text

from data.engine import writing
from data.migrations.upgrading import create_tables
from data.models.seals import GUARDS
from data.seals import stored
from data.seals.stored import Record

FREE = {
    "sqlite": tuple(f"DROP TRIGGER sealed_evaluation_{n}" for n in ("update", "delete", "replace")),
    "postgresql": (
        "DROP TRIGGER sealed_evaluation_row ON dashboard.sealed_evaluation",
        "DROP TRIGGER sealed_evaluation_all ON dashboard.sealed_evaluation",
    ),
}


def content(note: str = "会议通过", total: float = 71.25) -> dict[str, Any]:
    """Two buildings, two indicators, one value missing."""
    rows = [("a", "A", 12, 20, 0.6), ("a", "B", 3, 4, 0.75), ("b", "A", 1, 1, 1.0)]
    raw = [
        {"indicator": i, "unit_id": u, "numerator": n, "denominator": d, "value": v, "why": ""}
        for i, u, n, d, v in rows
    ]
    raw.append({"indicator": "b", "unit_id": "B", "numerator": None, "denominator": None})
    raw[-1] |= {"value": None, "why": "没有分母"}
    return {
        "sealed": {
            "at": "2026-11-20T08:30:00",
            "account": "dean",
            "display_name": "书记",
            "role": "committee",
            "note": note,
        },
        "period": {"kind": "term", "key": "2026-2027-1", "parts": []},
        "scheme": {"key": "small", "version": "1", "name": "小方案", "unit": "building"},
        "definitions": [{"key": "plate"}, {"key": "identity"}],
        "data": {
            "version": 1,
            "units": [{"unit_id": "A", "unit": "一"}, {"unit_id": "B", "unit": "二"}],
            "raw": raw,
        },
        "results": [{"unit_id": "A", "total": total}, {"unit_id": "B", "total": None}],
    }


def sealed(url: str, *totals: float) -> list[Record]:
    """A database with a seal of each total, each superseding the one before."""
    create_tables(url)
    made: list[Record] = []
    for total in totals:
        with writing(url) as conn:
            stored.lock(conn)
            before = made[-1].id if made else None
            made.append(stored.add(conn, content(total=total), before))
    return made


def tampered(conn: Connection, statement: str) -> None:
    """The same within a connection, in a transaction that the caller rolls back."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("BEGIN")
    schema = "" if conn.dialect.name == "sqlite" else "dashboard."
    for free in FREE[conn.dialect.name]:
        conn.execute(text(free))
    conn.exec_driver_sql(statement.format(seals=f"{schema}sealed_evaluation"))


def by_hand(url: str, *statements: str) -> None:
    """Do to the table what an administrator could who first takes its guards away."""
    with writing(url) as conn:
        dialect = conn.dialect.name
        schema = "" if dialect == "sqlite" else "dashboard."
        for statement in FREE[dialect]:
            conn.execute(text(statement))
        for statement in statements:
            conn.exec_driver_sql(statement.format(seals=f"{schema}sealed_evaluation"))
        for statement in GUARDS[dialect]:
            conn.execute(text(statement))

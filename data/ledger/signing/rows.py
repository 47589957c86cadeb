"""What sign-in lists come to: rows of attendance, the counts, and what was left over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from data.engine import in_parts
from data.ledger.problem import Problem
from data.ledger.signing.columns import Use
from data.ledger.signing.counting import Tally
from data.ledger.signing.sheets import ListSheet, Row, Wanted
from data.models.activity import Attendance

GIVEN = ("activity_id", "student_id", "signed")
Owned = tuple[ListSheet, Row]


@dataclass
class Gathered:
    """What sign-in lists come to: rows with their places, the counts, and the rows left over."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    where: list[tuple[str, int]] = field(default_factory=list)
    columns: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    tallies: tuple[Tally, ...] = ()
    left: tuple[Problem, ...] = ()


def fill(conn: Connection, found: Gathered, rows: Sequence[Owned], wanted: Wanted) -> None:
    """Attendance rows. What is held already as an earlier sign-in stays, unless the file replaces:
    another reader at another door saw the same person later."""
    held = {} if wanted.replace else _held(conn, rows)
    for sheet, row in rows:
        if row.activity is None:
            continue
        made: dict[str, Any] = {"activity_id": row.activity.id, "student_id": row.student}
        earlier = held.get((row.activity.id, row.student))
        if row.signed is not None and (earlier is None or row.signed < earlier):
            made["signed"] = row.signed
        found.rows.append(made)
        found.where.append((sheet.name, row.line.number))
        for use, name in ((Use.NUMBER, "student_id"), (Use.TIME, "signed")):
            if use in sheet.columns.at:
                index, heading = sheet.columns.at[use]
                found.columns[sheet.name, name] = (heading, index + 1)


def _held(conn: Connection, rows: Sequence[Owned]) -> dict[tuple[int, str], datetime]:
    table = Attendance.__table__
    found: dict[tuple[int, str], datetime] = {}
    for activity in {row.activity.id for _, row in rows if row.activity}:
        people = {r.student for _, r in rows if r.activity and r.activity.id == activity}
        for some in in_parts(sorted(people)):
            stmt = select(table.c.student_id, table.c.signed).where(
                table.c.activity_id == activity,
                table.c.student_id.in_(some),
                table.c.signed.is_not(None),
            )
            found.update({(activity, one): signed for one, signed in conn.execute(stmt)})
    return found

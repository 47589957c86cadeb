"""Which terms' summaries an import puts out of date."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, select

from data.engine import in_parts
from data.ledger.changes.comparing import Changes
from data.ledger.changes.ranges import event_day, event_of
from data.models.time import Term


def terms_touched(conn: Connection, every: Sequence[Changes]) -> tuple[str, ...] | None:
    """The terms from the first one concerned on: gaps are dated from earlier ones. None is all.

    Registers without a term or an event day (buildings, people …) concern every term.
    """
    terms = conn.execute(select(Term.id, Term.starts, Term.ends).order_by(Term.starts)).all()
    first: list[date] = []
    for changes in every:
        if not len(changes):
            continue
        found = _first_day(conn, changes, {term.id: term.starts for term in terms})
        if found is None:
            return None
        first.append(found)
    return tuple(term.id for term in terms if first and term.ends >= min(first))


def _first_day(conn: Connection, changes: Changes, starts: dict[str, date]) -> date | None:
    table = changes.table
    rows = [row for change in changes for row in (change.before, change.after) if row]
    if "term_id" in table.c:
        found = [starts.get(row["term_id"]) for row in rows]
    elif (day := event_day(table)) is not None:
        found = [row[day.name] for row in rows]
    elif (event := event_of(table)) is not None:
        reference, key, day = event
        found = list(_days(conn, {row[reference.name] for row in rows}, key, day))
    else:
        return None
    days = [day for day in found if day is not None]
    return min(days, default=None) if len(days) == len(found) else None


def _days(
    conn: Connection, numbers: set[int], key: Column[Any], day: Column[Any]
) -> Iterator[date]:
    for some in in_parts(sorted(numbers)):
        yield from conn.scalars(select(day).where(key.in_(some)))

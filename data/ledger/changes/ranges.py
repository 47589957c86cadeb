"""How far a file speaks for a table: what lies inside and is not in the file, is to be removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select, true

from data.models.contract import ledger

EVENT_DAYS = ("day", "raised", "submitted")
Row = Mapping[str, Any]
Days = tuple[date, date]


@dataclass(frozen=True)
class Range:
    """Rows of a table that a file stands for, and the sentence that says so."""

    within: ColumnElement[bool]
    sentence: str


def event_day(table: Table) -> Column[Any] | None:
    """The day on which a row of this table happened, where rows are events."""
    return next((table.c[name] for name in EVENT_DAYS if name in table.c), None)


def event_of(table: Table) -> tuple[Column[Any], Column[Any], Column[Any]] | None:
    """For a companion of an event: its reference, the event's key and the event's day."""
    for column in table.primary_key.columns:
        for foreign in column.foreign_keys:
            day = event_day(foreign.column.table)
            if day is not None:
                return column, foreign.column, day
    return None


def owner_of(table: Table) -> Column[Any] | None:
    """What every row belongs to, such as a roster's workstation: a file of one says nothing of the
    others. Students own nothing here: a list of them speaks for those it leaves out."""
    for column in table.columns:
        owners = {key.column.table.name for key in column.foreign_keys}
        if owners and not column.nullable and owners != {"student"}:
            return column
    return None


def range_of(table: Table, rows: Sequence[Row], events: Mapping[str, Days]) -> Range:
    """The terms or the days of these rows, or what they belong to, or the whole table.

    `events` are the days of the event ledgers of the same file, by table.
    """
    if "term_id" in table.c:
        terms = sorted({row["term_id"] for row in rows if row.get("term_id")})
        return Range(table.c.term_id.in_(terms), f"以本文件为准的范围：学期 {'、'.join(terms)}")
    day = event_day(table)
    if day is not None and (days := days_of(table, rows)):
        return Range(day.between(*days), _between(day, days))
    event = event_of(table)
    if event and (days := events.get(event[2].table.name)):
        reference, key, day = event
        held = select(key).where(day.between(*days))
        return Range(reference.in_(held), _between(day, days))
    owner = owner_of(table)
    if owner is not None:
        owners = sorted({row[owner.name] for row in rows if row.get(owner.name) is not None})
        what = ledger(owner).heading.removesuffix("编号")
        said = f"以本文件为准的范围：只限文件里出现的 {len(owners)} 个{what}，其余{what}不动"
        return Range(owner.in_(owners), said)
    return Range(true(), "以本文件为准的范围：整张表，文件没有写到的也在内")


def days_of(table: Table, rows: Sequence[Row]) -> Days | None:
    """The first and the last day of rows that are events."""
    day = event_day(table)
    if day is None:
        return None
    found = [row[day.name] for row in rows if row.get(day.name)]
    return (min(found), max(found)) if found else None


def _between(day: Column[Any], days: Days) -> str:
    return f"以本文件为准的范围：{ledger(day).heading} {days[0]} 至 {days[1]}"

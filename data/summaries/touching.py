"""Which published numbers a check's findings touch: read off the SQL that makes the numbers."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, Table
from sqlalchemy.sql import visitors

from data.contract.quality import CHECKS
from data.engine import Rows
from data.summaries import contact_scratch, contacts, scratch
from data.summaries.flows import FLOWS
from data.summaries.intervals import COVERED, DUE
from data.summaries.scratch import MEMBER, RESIDENT, Window
from data.summaries.standings import STANDINGS

Place = tuple[str, str]
"""A table and a column of the contract."""

ANY_TERM = Window("", date.min, date.max)
GOALS: dict[str, Callable[[Window], Rows]] = {
    "student_coverage": contacts.student_contacts,
    "student_coverage_any": contacts.student_contacts,
    "slot_coverage": contacts.counselor_periods,
    "field_coverage": contacts.counselor_periods,
    "node_coverage": contacts.node_coverage,
    "response_in_time": contacts.concern_stages,
    "closed_loop": contacts.concern_stages,
    "key_group_contact": contacts.key_group_counts,
}
"""The metrics of 44023 and what their summary is made of."""
MAKERS = (DUE, COVERED, STANDINGS, FLOWS, GOALS)
FILLS: dict[Any, Callable[[Window], Rows]] = {
    RESIDENT: scratch.residents,
    MEMBER: lambda _: scratch.party_members(),
    contact_scratch.SLICE: contact_scratch.slices,
    contact_scratch.SERVES: contact_scratch.serving,
    contact_scratch.MET: contact_scratch.met,
    contact_scratch.FIRST: contact_scratch.firsts,
    contact_scratch.REACHED: contact_scratch.reached,
}


@cache
def touched() -> dict[str, frozenset[str]]:
    """Check → the metrics, standings and flows that read a column its findings put in doubt."""
    keys = {key for makers in MAKERS for key in makers}
    read = {key: reads(key) for key in sorted(keys)}
    return {
        check.key: frozenset(key for key, places in read.items() if places & check.doubtful)
        for check in CHECKS
    }


@cache
def reads(key: str) -> frozenset[Place]:
    """Every contract column that decides a metric, standing or flow."""
    made = (makers[key](ANY_TERM) for makers in MAKERS if key in makers)
    return frozenset(place for stmt in made for place in _places(stmt))


def _places(made: ClauseElement) -> Iterator[Place]:
    """The columns of a statement; a scratch table stands for what fills it.

    A scratch column that is not read counts for nothing, but which rows there are always does.
    """
    for part in visitors.iterate(made):
        if fill := FILLS.get(part):
            yield from _which_rows(fill(ANY_TERM))
        elif isinstance(part, ColumnElement):
            for column in part.base_columns:
                yield from _column(column)


def _column(column: ColumnElement[Any]) -> Iterator[Place]:
    table = getattr(column, "table", None)
    if fill := FILLS.get(table):
        yield from _places(fill(ANY_TERM).selected_columns[str(column.key)])
    elif isinstance(table, Table):
        yield table.name, str(column.key)


def _which_rows(stmt: Rows) -> Iterator[Place]:
    """What joins and conditions read: everything, less what is merely selected."""
    selected = Counter(place for column in stmt.selected_columns for place in _places(column))
    yield from Counter(_places(stmt)) - selected

"""First pass over a sheet: every cell that needs no other row to be understood."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Date, Time

from data.ledger.meaning.drafts import Draft, Draught
from data.ledger.meaning.headings import Role, surrogate, target, timed
from data.ledger.meaning.moments import Span, a_period, a_span
from data.ledger.meaning.recognising import DERIVED, Bound
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.values import broken, nothing, reader
from data.ledger.sheet import Cell, CellError

EMPTY = Unfit("不能为空", "补上取值")
_ABSENT = object()
NOTHING = object()  # what an empty cell is read as


def read_cells(sheet: Draught) -> None:
    """Values of all columns that refer to nothing; references come later."""
    for bound in sheet.layout.bound:
        role, column = bound.meaning.role, bound.meaning.column
        if role is Role.SPAN:
            _spans(sheet, bound)
        elif role is Role.VALUE and not target(sheet.table.columns[column]):
            _column(sheet, bound, sheet.table.columns[column])


def cached(
    read: Callable[[Cell], Any], column: Column[Any], *, exact: bool = False
) -> Callable[[Cell], Any]:
    """The same cell is read once; what is wrong with it is a value too."""
    found: dict[Any, Any] = {None: NOTHING}

    def once(cell: Cell) -> Any:
        key = cell if cell is None or type(cell) is str else (type(cell), cell)
        value = found.get(key, found)
        if value is found:
            value = found[key] = _read(read, column, cell, exact=exact)
        return value

    return once


def _read(read: Callable[[Cell], Any], column: Column[Any], cell: Cell, *, exact: bool) -> Any:
    try:
        if nothing(cell, column, exact=exact):
            return NOTHING
        return broken(cell) if isinstance(cell, CellError) else read(cell)
    except Unfit as unfit:
        return unfit


def _column(sheet: Draught, bound: Bound, column: Column[Any]) -> None:
    exact = sheet.layout.exact
    day = column.name == "day" and timed(sheet.table, Time) and not _times_apart(sheet)
    read = cached(a_span if day else reader(column, exact=exact), column, exact=exact)
    empty = empty_value(sheet, column)
    name, index = column.name, bound.index
    for draft in sheet.drafts:
        value = read(draft.cell(index))
        if value is NOTHING:
            _put_empty(sheet, draft, bound, empty)
        elif isinstance(value, Unfit):
            sheet.fault(draft, bound, value)
        elif isinstance(value, Span):
            _put_day(sheet, draft, bound, value)
        else:
            draft.values[name] = value


def empty_value(sheet: Draught, column: Column[Any]) -> Any:
    """What an empty cell means: a default, nothing, a value still to come, or a fault."""
    later = column.name in (surrogate(sheet.table), "term_id")
    if later or (sheet.table.name, column.name) in DERIVED:
        return _ABSENT
    if column.default is not None:
        return getattr(column.default, "arg", None)
    return None if column.nullable else EMPTY


def _put_empty(sheet: Draught, draft: Draft, bound: Bound, empty: Any) -> None:
    if isinstance(empty, Unfit):
        sheet.fault(draft, bound, empty)
    elif empty is not _ABSENT:
        draft.values[bound.meaning.column] = empty


def _times_apart(sheet: Draught) -> bool:
    """Whether start and end stand in columns of their own."""
    return sheet.bound("starts", Role.VALUE, Role.SPAN) is not None


def _put_day(sheet: Draught, draft: Draft, bound: Bound, span: Span) -> None:
    if span.day is None:
        sheet.fault(draft, bound, Unfit("只有时刻，没有日期", "补上日期"))
        return
    draft.values["day"] = span.day
    if span.starts:
        _put_times(sheet, draft, span)


def _put_times(sheet: Draught, draft: Draft, span: Span) -> None:
    for name, value in (("starts", span.starts), ("ends", span.ends)):
        if sheet.bound(name, Role.VALUE) is None:
            draft.values[name] = value
    if span.period:
        said = f"只写了时段“{span.period}”，开始时间记为 {span.starts:%H:%M}，结束时间留空"
        sheet.count(said, draft.line.number)


def _spans(sheet: Draught, bound: Bound) -> None:
    dates = isinstance(sheet.table.columns["starts"].type, Date)
    read = cached(a_period if dates else a_span, sheet.table.columns["ends"])
    for draft in sheet.drafts:
        value = read(draft.cell(bound.index))
        if value is NOTHING and sheet.table.columns["starts"].nullable:
            draft.values |= {"starts": None, "ends": None}
        elif value is NOTHING:
            sheet.fault(draft, bound, EMPTY)
        elif isinstance(value, Unfit):
            sheet.fault(draft, bound, value)
        elif dates:
            draft.values["starts"], draft.values["ends"] = value
        else:
            _put_times(sheet, draft, value)
            if value.day is not None and sheet.bound("day", Role.VALUE) is None:
                draft.values["day"] = value.day

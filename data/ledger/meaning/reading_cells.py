"""First pass over a sheet: every cell that needs no other row to be understood."""

from collections.abc import Callable
from datetime import time
from typing import Any

from sqlalchemy import Column, Date, Time

from data.ledger.meaning.drafts import Draft, SheetDraft
from data.ledger.meaning.headings import Role
from data.ledger.meaning.moments import (
    Day,
    MonthDay,
    Span,
    a_clock_span,
    a_period,
    a_span,
    a_start,
)
from data.ledger.meaning.recognising import DERIVED, Bound
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.values import broken, nothing, reader
from data.ledger.sheet import Cell, CellError
from data.ledger.tables import surrogate, target, timed

EMPTY = Unfit("不能为空", "补上取值")
EARLY = time(6)  # 2:30 may have been meant for the afternoon
_ABSENT = object()
NOTHING = object()  # what an empty cell is read as


def read_cells(sheet: SheetDraft) -> None:
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


def _column(sheet: SheetDraft, bound: Bound, column: Column[Any]) -> None:
    exact = sheet.layout.exact
    day = column.name == "day" and timed(sheet.table, Time) and not _times_apart(sheet)
    start = column.name == "starts" and timed(sheet.table, Time)
    kind = a_span if day else a_start if start else reader(column, exact=exact)
    read = cached(kind, column, exact=exact)
    put = _put_day if day else _put_start
    empty = empty_value(sheet, column)
    name, index = column.name, bound.index
    for draft in sheet.drafts:
        value = read(draft.cell(index))
        if value is NOTHING:
            _put_empty(sheet, draft, bound, empty)
        elif isinstance(value, Unfit):
            sheet.fault(draft, bound, value)
        elif isinstance(value, Span):
            put(sheet, draft, bound, value)
        else:
            draft.values[name] = value


def empty_value(sheet: SheetDraft, column: Column[Any]) -> Any:
    """What an empty cell means: a default, nothing, a value still to come, or a fault."""
    later = column.name in (surrogate(sheet.table), "term_id")
    if later or (sheet.table.name, column.name) in DERIVED:
        return _ABSENT
    if column.default is not None:
        return getattr(column.default, "arg", None)
    return None if column.nullable else EMPTY


def _put_empty(sheet: SheetDraft, draft: Draft, bound: Bound, empty: Any) -> None:
    if isinstance(empty, Unfit):
        sheet.fault(draft, bound, empty)
    elif empty is not _ABSENT:
        draft.values[bound.meaning.column] = empty


def _times_apart(sheet: SheetDraft) -> bool:
    """Whether start and end stand in columns of their own."""
    return sheet.bound("starts", Role.VALUE, Role.SPAN) is not None


def _put_day(sheet: SheetDraft, draft: Draft, bound: Bound, span: Span) -> None:
    if span.day is None:
        sheet.fault(draft, bound, Unfit("只有时刻，没有日期", "补上日期"))
        return
    draft.values["day"] = span.day
    if span.starts:
        _put_times(sheet, draft, span)


def _put_start(sheet: SheetDraft, draft: Draft, _: Bound, span: Span) -> None:
    draft.values["starts"] = span.starts
    _early(sheet, draft, span.starts)
    _period(sheet, draft, span)


def _put_times(sheet: SheetDraft, draft: Draft, span: Span) -> None:
    for name, value in (("starts", span.starts), ("ends", span.ends)):
        if sheet.bound(name, Role.VALUE) is None:
            draft.values[name] = value
    _early(sheet, draft, span.starts)
    _period(sheet, draft, span)


def _period(sheet: SheetDraft, draft: Draft, span: Span) -> None:
    if span.period:
        said = f"只写了时段“{span.period}”，开始时间记为 {span.starts:%H:%M}，结束时间留空"
        sheet.count(said, draft.line.number)


def _early(sheet: SheetDraft, draft: Draft, starts: Any) -> None:
    if isinstance(starts, time) and starts < EARLY:
        said = f"{EARLY:%H:%M} 之前的时刻按原样读取；若是下午请写 14:30 这样的时刻"
        sheet.count(said, draft.line.number)


def _spans(sheet: SheetDraft, bound: Bound) -> None:
    columns = sheet.table.columns
    dated = sheet.bound("day", Role.VALUE)
    times = a_clock_span if dated else a_span
    read = cached(a_period if timed(sheet.table, Date) else times, columns["ends"])
    for draft in sheet.drafts:
        value = read(draft.cell(bound.index))
        if value is NOTHING and columns["starts"].nullable:
            draft.values |= {"starts": None, "ends": None}
        elif value is NOTHING:
            sheet.fault(draft, bound, EMPTY)
        elif isinstance(value, Unfit):
            sheet.fault(draft, bound, value)
        elif isinstance(value, Span):
            _put_times(sheet, draft, value)
            _put_its_day(sheet, draft, bound, value.day, dated)
        else:
            draft.values["starts"], draft.values["ends"] = value
    if "day" in columns and dated is None:
        _without_day(sheet, bound)


def _without_day(sheet: SheetDraft, bound: Bound) -> None:
    """Rows whose only cell for day and time tells no day, where other rows' does."""
    lacking = [draft for draft in sheet.drafts if not draft.bad and "day" not in draft.values]
    for draft in lacking if len(lacking) < len(sheet.drafts) else ():
        sheet.fault(draft, bound, Unfit("没有日期", "补上日期"))


def _put_its_day(
    sheet: SheetDraft, draft: Draft, bound: Bound, day: Day | None, dated: Bound | None
) -> None:
    """The day beside the times, which a column of its own may tell as well."""
    if day is not None and dated is None:
        draft.values["day"] = day
    elif day is not None and dated and not _same_day(day, draft.values.get("day")):
        said = f"与“{dated.heading}”一列不是同一天"
        sheet.fault(draft, bound, Unfit(said, "改正其中之一，时刻写成 14:30-15:15"))


def _same_day(one: Day, other: Day | None) -> bool:
    """Whether two cells of a row tell the same day, as far as both do."""
    if isinstance(one, MonthDay) or isinstance(other, MonthDay):
        return other is None or (one.month, one.day) == (other.month, other.day)
    return other is None or one == other

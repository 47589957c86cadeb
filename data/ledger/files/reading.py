"""Spreadsheet files as books of cells: .xlsx, .xls and .csv, whatever their name says."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data.ledger.files import delimited, xls_records, xlsx_parts
from data.ledger.files.plain import plain
from data.ledger.files.refusing import (
    MOST_CELLS,
    SAVE_AS,
    SPLIT,
    UNLOCK,
    XLS,
    XLSX,
    check_extent,
    kind,
    refusal,
)
from data.ledger.sheet import Book, Cell, CellError, Merged, Sheet, UnreadableFile

Errors = Mapping[tuple[int, int], CellError]


def read(name: str, content: bytes) -> Book:
    """The whole file, or one sentence that says why not and what to do."""
    readers = {XLSX: _xlsx, XLS: _xls}
    try:
        found = readers.get(kind(name, content), _csv)(name, content)
    except UnreadableFile:
        raise
    except BaseException as error:  # parsers panic in ways of their own on broken files
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise refusal(name, "内容有损坏，读不出来", SAVE_AS) from error
    return Book(name, found)


def _xlsx(name: str, content: bytes) -> tuple[Sheet, ...]:
    errors: list[tuple[str, Errors]] = []
    for title, xml in xlsx_parts.sheet_parts(content):
        rows, columns = xlsx_parts.extent(xml)
        check_extent(name, title, rows, columns)
        errors.append((title, xlsx_parts.errors(xml)))
    if xlsx_parts.strings_explode(content):
        raise refusal(name, "里重复的长文本过多，放不进内存", SPLIT)
    return _sheets(name, content, dict(errors))


def _xls(name: str, content: bytes) -> tuple[Sheet, ...]:
    locked, found = xls_records.locked_or_sheets(content)
    if locked:
        raise refusal(name, "加了密码", UNLOCK)
    if sum(sheet.rows * sheet.columns for sheet in found) > MOST_CELLS:
        raise refusal(name, "单元格过多", SPLIT)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    titles = [s.name for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    errors = {title: sheet.errors for title, sheet in zip(titles, found, strict=False)}
    return _sheets(name, content, errors)


def _sheets(name: str, content: bytes, errors: Mapping[str, Errors]) -> tuple[Sheet, ...]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    found: list[Sheet] = []
    cells = 0
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows = [[_cell(v) for v in row] for row in sheet.iter_rows()]
        _put(rows, errors.get(about.name, {}))
        width = _trim(rows)
        check_extent(name, about.name, len(rows), width)
        cells += len(rows) * width
        if cells > MOST_CELLS:
            raise refusal(name, "单元格过多", SPLIT)
        merged = tuple(_merged(sheet.merged_cell_ranges or (), len(rows), width))
        hidden = about.visible != SheetVisibleEnum.Visible
        found.append(Sheet(about.name, rows, merged, hidden))
    return tuple(found)


def _csv(name: str, content: bytes) -> tuple[Sheet, ...]:
    rows = [[_cell(text) for text in record] for record in delimited.rows(name, content)]
    title = PurePath(name).stem or name
    check_extent(name, title, len(rows), _trim(rows))
    return (Sheet(title, rows),)


def _cell(value: Any) -> Cell:
    """Empty text is an empty cell; our own apostrophe goes; a long duration is text."""
    if isinstance(value, str):
        return plain(value) if value[:1] == "'" else value or None
    return _duration(value) if isinstance(value, timedelta) else value


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _put(rows: list[list[Cell]], errors: Errors) -> None:
    """Errors into their cells, which the reader left empty or left out."""
    width = max((len(row) for row in rows), default=0)
    for (y, x), error in errors.items():
        while len(rows) <= y:
            rows.append([None] * width)
        rows[y] += [None] * (x + 1 - len(rows[y]))
        rows[y][x] = error


def _trim(rows: list[list[Cell]]) -> int:
    """Cut the empty end of every row and of the sheet, make all rows equally wide; the width."""
    widths = [next((x for x in range(len(r), 0, -1) if r[x - 1] is not None), 0) for r in rows]
    while widths and not widths[-1]:
        widths.pop()
    del rows[len(widths) :]
    width = max(widths, default=0)
    for row in rows:
        row[:] = [*row[:width], *([None] * (width - len(row)))]
    return width


def _merged(ranges: Any, rows: int, columns: int) -> Iterator[Merged]:
    """Merged ranges as far as there are cells; some files merge whole columns."""
    for (top, left), end in ranges:
        bottom, right = min(end[0], rows - 1), min(end[1], columns - 1)
        if bottom >= top and right >= left and (top, left) != (bottom, right):
            yield Merged(top, left, bottom, right)

"""A copy of a ledger with its problems shown where they are, for its owner to mend."""

import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.exceptions import OverlappingRange

from data.ledger.files.plain import neutral
from data.ledger.files.reading import read
from data.ledger.files.refusing import XLSX, kind
from data.ledger.files.workbook import (
    MOST_TEXT,
    PROBLEMS,
    Formats,
    as_text,
    formats,
    new_book,
    put,
    put_text,
    sheet_name,
)
from data.ledger.files.xlsx_parts import sheet_parts
from data.ledger.problem import Problem, letters
from data.ledger.sheet import Book, Sheet

MOST_CELLS_KEPT, MOST_XML_KEPT = 200_000, 40 * 2**20
"""Up to here the original is kept as it is; beyond, it is written anew with its values only."""
MOST_MARKS = 5_000
"""More comments than this make Excel slow; the list of problems stays complete."""
FAULT = PatternFill("solid", fgColor="FFD6D6")
LIST = ("工作表", "位置", "列名", "现有内容", "问题", "怎么改", "可选")
LIST_WIDTHS = (14, 10, 16, 24, 44, 50, 44)

Place = tuple[int, int]
Marks = Mapping[str, Mapping[Place, str]]


def marked(name: str, content: bytes, problems: Sequence[Problem]) -> bytes:
    """The file as .xlsx with every problem at its cell and all of them on a first sheet."""
    book = read(name, content)
    places = _marks(book, problems)
    if kind(name, content) == XLSX and _small(book, content):
        kept = _kept(content, places, problems)
        if kept is not None:
            return kept
    return _rebuilt(book, places, problems)


def _small(book: Book, content: bytes) -> bool:
    """Styled cells without a value cost memory too: they are counted by their XML."""
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in book.sheets if sheet.rows)
    xml = sum(len(part) for _, part in sheet_parts(content))
    return cells <= MOST_CELLS_KEPT and xml <= MOST_XML_KEPT


def _marks(book: Book, problems: Sequence[Problem]) -> Marks:
    """What to say at each cell, zero-based; of a whole row or sheet, at its first cell."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    found: dict[str, dict[Place, list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        sheet = sheets.get(problem.sheet)
        if sheet is None:
            continue
        place = _anchor(sheet, max(0, problem.row - 1), max(0, problem.column - 1))
        found[problem.sheet][place].append(_said(problem))
    return {
        name: {place: "\n\n".join(dict.fromkeys(said)) for place, said in marks.items()}
        for name, marks in found.items()
    }


def _said(problem: Problem) -> str:
    """Reason and remedy, with what may be chosen."""
    choices = "、".join(_choices(problem)[:5])
    return f"{problem.reason}；{problem.remedy}" + (f"（{choices}）" if choices else "")


def _choices(problem: Problem) -> list[str]:
    return [f"{key} {about}" for key, about in problem.choices]


def _anchor(sheet: Sheet, row: int, column: int) -> Place:
    """The cell that shows: of merged cells the first."""
    for m in sheet.merged:
        if m.top <= row <= m.bottom and m.left <= column <= m.right:
            return m.top, m.left
    return row, column


def _listed(problems: Sequence[Problem]) -> Iterator[tuple[str, ...]]:
    """The rows of the list of problems, as harmless text."""
    for problem in problems:
        cell = f"{letters(problem.column)}{problem.row}" if problem.column and problem.row else ""
        row = f"第 {problem.row} 行" if problem.row else "整张表"
        said = (
            problem.sheet,
            cell or row,
            problem.heading,
            problem.value,
            problem.reason,
            problem.remedy,
            "、".join(_choices(problem)),
        )
        yield tuple(neutral(text)[:MOST_TEXT] for text in said)


def _kept(content: bytes, places: Marks, problems: Sequence[Problem]) -> bytes | None:
    """The original with fills and comments added; None where it cannot be kept."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content))
            for sheet in book.worksheets:
                _mark(sheet, places.get(sheet.title, {}))
            _list(book, problems)
            buffer = BytesIO()
            book.save(buffer)
    except Exception:  # openpyxl fails in many ways on parts we do not need
        return None
    return buffer.getvalue()


def _mark(sheet: Worksheet, marks: Mapping[Place, str]) -> None:
    for (y, x), said in list(marks.items())[:MOST_MARKS]:
        cell = sheet.cell(y + 1, x + 1)
        if isinstance(cell, MergedCell):
            continue
        cell.fill = FAULT
        earlier = f"{cell.comment.text}\n\n" if cell.comment else ""
        cell.comment = Comment(f"{earlier}{said}"[:MOST_TEXT], "台账导入", height=120, width=300)


def _list(book: Workbook, problems: Sequence[Problem]) -> None:
    if PROBLEMS in book.sheetnames:  # the copy was marked before
        del book[PROBLEMS]
    sheet = book.create_sheet(PROBLEMS, 0)
    for row in (LIST, *_listed(problems)):
        sheet.append(row)
    for x, wide in enumerate(LIST_WIDTHS, start=1):
        sheet.column_dimensions[letters(x)].width = wide
    sheet.freeze_panes = "A2"
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _rebuilt(book: Book, places: Marks, problems: Sequence[Problem]) -> bytes:
    buffer = BytesIO()
    with new_book(buffer) as written:
        looks = formats(written)
        sheet = written.add_worksheet(PROBLEMS)
        for y, row in enumerate((LIST, *_listed(problems))):
            for x, text in enumerate(row):
                put_text(sheet, y, x, text, looks.wrapped if y else looks.heading)
        for x, wide in enumerate(LIST_WIDTHS):
            sheet.set_column(x, x, wide)
        sheet.freeze_panes(1, 0)
        for original in book.sheets:
            marks = places.get(original.name, {})
            if original.name != PROBLEMS:
                _copy(written.add_worksheet(sheet_name(original.name)), original, marks, looks)
    return buffer.getvalue()


def _copy(sheet: Any, original: Sheet, marks: Mapping[Place, str], looks: Formats) -> None:
    """The values of a sheet with its merged cells; marked cells are written last, as text."""
    for m in original.merged:
        with suppress(OverlappingRange):
            sheet.merge_range(m.top, m.left, m.bottom, m.right, "")
    for y, row in enumerate(original.rows):
        for x, value in enumerate(row):
            put(sheet, y, x, value, looks)
    for (y, x), said in list(marks.items())[:MOST_MARKS]:
        row = original.rows[y] if y < len(original.rows) else ()
        value = row[x] if x < len(row) else None
        if isinstance(value, float):
            sheet.write_number(y, x, value, looks.fault)
        else:
            put_text(sheet, y, x, as_text(value), looks.fault)
        sheet.write_comment(y, x, said[:MOST_TEXT], {"x_scale": 2, "y_scale": 1.6})
    if original.hidden:
        sheet.hide()

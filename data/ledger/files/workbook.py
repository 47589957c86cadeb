"""Writes cells that read back as they were and of which nothing is ever computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from math import isfinite
from typing import Any

import xlsxwriter

from data.errors import DashboardError
from data.ledger.files.plain import neutral
from data.ledger.sheet import CellError

GUIDE, PROBLEMS, OPTIONS = "填写说明", "问题清单", "选项"
"""Sheets that we add to ledgers; they hold no rows."""
MOST_TEXT = 32_767
MOST_ROWS = 1_048_576
LARGEST_EXACT = 2**53
EARLIEST = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: before it, dates are written as text."""
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Value = str | float | int | bool | date | datetime | time | CellError | None


class TooLongForExcel(DashboardError):
    """A text or a table that an .xlsx cannot hold; a .csv can."""


@dataclass(frozen=True)
class Formats:
    """How the kinds of cells look."""

    heading: Any
    required: Any
    day: Any
    moment: Any
    clock: Any
    fault: Any
    wrapped: Any
    text: Any


def new_book(buffer: BytesIO, *, rows_at_once: bool = False) -> xlsxwriter.Workbook:
    """A workbook that takes text for text; with `rows_at_once` rows leave the memory in order."""
    return xlsxwriter.Workbook(buffer, {**SAFE, "constant_memory": rows_at_once})


def formats(book: xlsxwriter.Workbook) -> Formats:
    """The looks all our ledgers share."""
    bold = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    return Formats(
        heading=book.add_format({**bold, "bg_color": "#eef1f4"}),
        required=book.add_format({**bold, "bg_color": "#fbe3c8"}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        clock=book.add_format({"num_format": "hh:mm:ss"}),
        fault=book.add_format({"bg_color": "#ffd6d6", "border": 1, "border_color": "#c00000"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        text=book.add_format({"num_format": "@"}),
    )


def put(sheet: Any, row: int, column: int, value: Value, looks: Formats) -> None:
    """One value, zero-based: real numbers and dates where Excel keeps them exactly, else text."""
    if value is None or value == "":
        return
    if isinstance(value, date | time) and _exact_in_excel(value):
        sheet.write_datetime(row, column, value, _look(value, looks))
    elif isinstance(value, int | float) and _exact_number(value):
        sheet.write_number(row, column, value)
    else:
        put_text(sheet, row, column, as_text(value), None)


def put_text(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """Text as text; a text that already begins like ours with an apostrophe gets another."""
    if len(text) > MOST_TEXT:
        raise TooLongForExcel(
            f"第 {row + 1} 行第 {column + 1} 列的文本有 {len(text):,} 个字符，"
            f"超过 Excel 单元格 {MOST_TEXT:,} 个字符的上限；请导出为 csv。"
        )
    sheet.write_string(row, column, neutral(text) if text.startswith("'") else text, look)


def as_text(value: Value) -> str:
    """A value in words that the import reads back as the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return value.text if isinstance(value, CellError) else str(value)


def csv_cell(value: Value) -> str:
    """A value for a CSV file; numbers keep their sign, text that would be computed is neutral."""
    return neutral(value) if isinstance(value, str) else as_text(value)


def sheet_name(title: str) -> str:
    """What Excel allows: 31 characters, none of seven."""
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31]


def width(texts: Sequence[str]) -> int:
    """Characters; a Chinese one counts twice."""
    longest = max((sum(2 if ord(c) > 0x2E80 else 1 for c in t) for t in texts), default=0)
    return max(8, min(60, longest + 3))


def _exact_in_excel(value: date | time) -> bool:
    """Microseconds and the time before Excel's first leap year are lost in its numbers."""
    if isinstance(value, time | datetime) and value.microsecond:
        return False
    if isinstance(value, time):
        return True
    return (value.date() if isinstance(value, datetime) else value) >= EARLIEST


def _exact_number(value: float) -> bool:
    """Whether sixteen digits, which is what is written, say it all."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) <= LARGEST_EXACT
    return isfinite(value) and float(f"{value:.16G}") == value


def _look(value: date | time, looks: Formats) -> Any:
    if isinstance(value, datetime):
        return looks.moment
    return looks.clock if isinstance(value, time) else looks.day

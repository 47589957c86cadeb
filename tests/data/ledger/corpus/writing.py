"""Sheets as the bytes of a file, by writers that have nothing to do with the reader."""

import csv
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from data.ledger.sheet import Merged
from tests.data.ledger.corpus.cells import Broken, Shown

with warnings.catch_warnings():  # its own, under the Python of today
    warnings.simplefilter("ignore")
    import xlwt

ERRORS = {"#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#N/A": 0x2A}  # in a .xls file
FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}


@dataclass(frozen=True)
class Written:
    """A sheet ready to be written."""

    name: str
    grid: Sequence[Sequence[Shown]]
    merged: Sequence[Merged] = ()
    hidden: bool = False


def xlsx(sheets: Sequence[Written]) -> bytes:
    """An Excel file of today."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
    for of in sheets:
        sheet = book.add_worksheet(of.name)
        if of.hidden:
            sheet.hide()
        for area in of.merged:
            sheet.merge_range(area.top, area.left, area.bottom, area.right, "")
        for r, row in enumerate(of.grid):
            for c, value in enumerate(row):
                _put(sheet, r, c, value, formats)
    book.close()
    return into.getvalue()


def _put(sheet: Any, row: int, column: int, value: Shown, formats: dict[type, Any]) -> None:
    match value:
        case None:
            pass
        case Broken():
            sheet.write_formula(row, column, "=1/0", None, value.text)
        case bool():
            sheet.write_boolean(row, column, value)
        case datetime() | date() | time():
            sheet.write_datetime(row, column, value, formats[type(value)])
        case str():
            sheet.write_string(row, column, value)
        case _:
            sheet.write_number(row, column, value)


def xls(sheets: Sequence[Written]) -> bytes:
    """An Excel file of 1997."""
    book = xlwt.Workbook(encoding="utf-8")
    styles = {kind: xlwt.easyxf(num_format_str=text) for kind, text in FORMATS.items()}
    for of in sheets:
        sheet = book.add_sheet(of.name, cell_overwrite_ok=True)
        sheet.visibility = 1 if of.hidden else 0
        for area in of.merged:
            sheet.merge(area.top, area.bottom, area.left, area.right)
        for r, row in enumerate(of.grid):
            for c, value in enumerate(row):
                if isinstance(value, Broken):
                    sheet.row(r).set_cell_error(c, ERRORS[value.text])
                elif isinstance(value, datetime | date | time):
                    sheet.write(r, c, value, styles[type(value)])
                elif value is not None:
                    sheet.write(r, c, value)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def comma_separated(sheet: Written, encoding: str, delimiter: str = ",") -> bytes:
    """A CSV file in one of the encodings of Chinese offices."""
    into = io.StringIO(newline="")
    csv.writer(into, delimiter=delimiter).writerows(
        [_plain(value) for value in row] for row in sheet.grid
    )
    return into.getvalue().encode(encoding)


def _plain(value: Shown) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.text if isinstance(value, Broken) else str(value)

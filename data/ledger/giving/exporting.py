"""Any contract table as a ledger that imports back unchanged: exact headings, ids and values."""

import csv
import json
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from io import BytesIO, StringIO
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from data.errors import DashboardError
from data.ledger.files.workbook import (
    MOST_ROWS,
    TooLongForExcel,
    csv_cell,
    formats,
    new_book,
    put,
    put_text,
    sheet_name,
    width,
)
from data.ledger.tables import tables, title
from data.models.contract import ledger

KINDS = ("xlsx", "csv")


class NoSuchLedger(DashboardError):
    """Somebody asked for a ledger or a kind of file that there is none of."""


def export(conn: Connection, table: str, *, kind: str) -> bytes:
    """The whole table as a file, ordered by its key."""
    if kind not in KINDS:
        raise NoSuchLedger(f"不能导出为“{kind}”；可选 {'、'.join(KINDS)}。")
    found = named(table)
    headings = [ledger(column).heading for column in found.columns]
    with closing(_rows(conn, found)) as rows:
        return _csv(headings, rows) if kind == "csv" else _xlsx(title(table), headings, rows)


def named(table: str) -> Table:
    """The contract table of that name."""
    if table not in tables():
        raise NoSuchLedger(f"没有叫“{table}”的台账；可选 {'、'.join(tables())}。")
    return tables()[table][1]


def _rows(conn: Connection, table: Table) -> Generator[Sequence[Any]]:
    every = select(*table.columns).order_by(*table.primary_key.columns)
    structured = [x for x, column in enumerate(table.columns) if _is_json(column)]
    with conn.execute(every, execution_options={"yield_per": 5000}) as result:
        for row in result:
            values = list(row)
            for x in structured:
                if values[x] is not None:
                    values[x] = json.dumps(values[x], ensure_ascii=False)
            yield values


def _is_json(column: Column[Any]) -> bool:
    return bool(column.type.__visit_name__.upper() == "JSON")


def _csv(headings: Sequence[str], rows: Iterator[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel opens Chinese intact."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow([csv_cell(heading) for heading in headings])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _xlsx(name: str, headings: Sequence[str], rows: Iterator[Sequence[Any]]) -> bytes:
    buffer = BytesIO()
    with new_book(buffer, rows_at_once=True) as book:
        looks = formats(book)
        sheet = book.add_worksheet(sheet_name(name))
        sheet.freeze_panes(1, 0)
        for x, heading in enumerate(headings):
            sheet.set_column(x, x, max(12, width([heading])))
            put_text(sheet, 0, x, heading, looks.heading)
        for y, row in enumerate(rows, start=1):
            if y >= MOST_ROWS:
                raise TooLongForExcel(
                    f"{name}超过 Excel 工作表 {MOST_ROWS:,} 行的上限；请导出为 csv。"
                )
            for x, value in enumerate(row):
                put(sheet, y, x, value, looks)
    return buffer.getvalue()

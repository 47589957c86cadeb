"""A block's table as CSV and Excel, stamped, with nothing in it that a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import pandas as pd
import xlsxwriter

from components.block import COUNT, RATE, Block
from components.export.stamp import Stamp
from components.tables import cell, values
from data.ledger.files.plain import neutral
from data.ledger.files.workbook import sheet_name, width
from data.locale.translate import t


def to_csv(df: pd.DataFrame, block: Block, stamp: Stamp) -> bytes:
    """UTF-8 with a byte order mark, so that Excel opens Chinese intact."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerows([(neutral(a), neutral(b)) for a, b in stamp.lines()])
    writer.writerow([])
    writer.writerow([neutral(t(c.heading)) for c in block.columns])
    columns = [
        [cell(v, c.kind) if not isinstance(v, str) else neutral(v) for v in values(df, c)]
        for c in block.columns
    ]
    writer.writerows(zip(*columns, strict=True))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def to_xlsx(df: pd.DataFrame, block: Block, stamp: Stamp) -> bytes:
    """One sheet: the stamp, then the table with real numbers, formats and a frozen heading."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(sheet_name(t(block.title)))
        bold = book.add_format({"bold": True})
        heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#eef1f4"})
        formats = {
            RATE: book.add_format({"num_format": "0.0%"}),
            COUNT: book.add_format({"num_format": "#,##0"}),
        }
        top = 0
        for top, (name, text) in enumerate(stamp.lines(), start=1):
            sheet.write_string(top - 1, 0, name, bold)
            sheet.write_string(top - 1, 1, text)
        header = top + 1
        for x, column in enumerate(block.columns):
            found = values(df, column)
            sheet.write_string(header, x, t(column.heading), heading)
            for y, value in enumerate(found, start=header + 1):
                sheet.write(y, x, "—" if value is None else value, formats.get(column.kind))
            sheet.set_column(
                x, x, width([t(column.heading), *(cell(v, column.kind) for v in found)])
            )
        sheet.freeze_panes(header + 1, 0)
        sheet.autofilter(header, 0, header + max(1, len(df)), len(block.columns) - 1)
        sheet.repeat_rows(header)
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
    return buffer.getvalue()

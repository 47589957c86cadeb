"""Every kind of file becomes the same cells, at the places their owner sees."""

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.styles import PatternFill

from data.ledger.files.reading import read
from data.ledger.sheet import CellError, Merged
from tests.data.ledger import spreadsheets
from tests.real_data import real

MOMENT = datetime.fromisoformat("2026-09-03 14:30:01")
ROWS: list[list[Any]] = [["学号", "姓名"], ["2026001", "甲"], [None, "乙"]]


def rows(content: bytes, name: str = "走访.xlsx") -> list[list[Any]]:
    return [list(row) for row in read(name, content).sheets[0].rows]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a"])
def test_a_file_is_read_by_its_content_not_by_its_name(name: str) -> None:
    assert rows(spreadsheets.xlsx({"一": ROWS}), name) == ROWS
    assert rows(spreadsheets.xls({"一": ROWS}), name) == ROWS
    assert rows("学号,姓名\n2026001,甲\n,乙\n".encode(), name) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_the_encodings_and_with_the_delimiters_of_old_programs(
    encoding: str, delimiter: str
) -> None:
    lines = [["学号", "备注"], ["001", "镕、堃"], ["002", 'a"b,c;d']]
    text = "\r\n".join(
        delimiter.join('"{}"'.format(v.replace('"', '""')) for v in line) for line in lines
    )
    assert rows(text.encode(encoding), "a.csv") == lines


def test_a_text_file_keeps_its_row_numbers() -> None:
    book = read("2026 走访.csv", "标题,,\n\n学号,姓名\n1,'=甲\n".encode())
    assert book.sheets[0].name == "2026 走访"
    assert [list(r) for r in book.sheets[0].rows] == [
        ["标题", None],
        [None, None],
        ["学号", "姓名"],
        ["1", "=甲"],
    ]


def test_excels_own_line_about_the_delimiter_is_no_data() -> None:
    assert rows(b"sep=;\r\na;b,c\r\n", "a.csv") == [[None, None], ["a", "b,c"]]


def test_types_of_an_xlsx() -> None:
    book = openpyxl.Workbook()
    book.active.append([1, 1.5, True, date(2026, 9, 3), MOMENT, time(14, 30), "'=x", ""])
    assert rows(spreadsheets.saved(book)) == [
        [1, 1.5, True, date(2026, 9, 3), MOMENT, time(14, 30), "=x"]
    ]


def test_types_errors_and_merged_cells_of_an_xls() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    sheet.write(0, 0, date(2026, 9, 3), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(0, 1, time(14, 30), xlwt.easyxf(num_format_str="hh:mm"))
    sheet.write(0, 2, 2026000001)
    sheet.write_merge(2, 3, 0, 1, "桃苑")
    sheet.row(3).set_cell_error(3, "#REF!")
    book.add_sheet("二").visibility = 1
    found = read("a.xls", spreadsheets.saved(book)).sheets
    assert [list(row) for row in found[0].rows] == [
        [date(2026, 9, 3), time(14, 30), 2026000001, None],
        [None] * 4,
        ["桃苑", None, None, None],
        [None, None, None, CellError("#REF!")],
    ]
    assert found[0].merged == (Merged(2, 0, 3, 1),)
    assert [sheet.hidden for sheet in found] == [False, True]


def test_more_than_a_day_is_text() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_number(0, 0, 26.5 / 24, book.add_format({"num_format": "[h]:mm"}))
    assert rows(buffer.getvalue()) == [["26:30:00"]]


def test_formulas_give_their_values_and_their_errors() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("封面")
        sheet = book.add_worksheet("走 & 访")
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C2", "=VLOOKUP(1,A:B,2)", None, "#N/A")
        sheet.write_formula("D1", '=""', None, "nothing")
    part = "xl/worksheets/sheet2.xml"
    empty = spreadsheets.part(buffer.getvalue(), part).replace(b"<v>nothing</v>", b"<v></v>")
    found = read("a.xlsx", spreadsheets.with_part(buffer.getvalue(), part, empty)).sheets[1]
    assert [list(row) for row in found.rows] == [
        [2, None, None],
        [None, CellError("#DIV/0!"), CellError("#N/A")],
    ]


def test_a_formula_nobody_calculated_is_no_empty_cell() -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "=1+1"
    assert rows(spreadsheets.saved(book)) == [[None, None], [None, CellError("公式没有计算结果")]]


def test_sheets_hidden_empty_merged_and_a_size_that_lies() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一月"
    sheet["B2"] = "学号"
    sheet["XFD900000"].fill = PatternFill("solid", fgColor="FF0000")
    sheet.merge_cells("A1:XFD2")
    book.create_sheet("空")
    book.create_sheet("旧").sheet_state = "veryHidden"
    sheet["A1"] = "标题"
    found = read("a.xlsx", spreadsheets.saved(book)).sheets
    assert [(s.name, s.hidden, len(s.rows)) for s in found] == [
        ("一月", False, 1),
        ("空", False, 0),
        ("旧", True, 0),
    ]
    assert [list(row) for row in found[0].rows] == [["标题"]]


def test_a_declared_dimension_of_the_whole_sheet_is_ignored() -> None:
    book = spreadsheets.xlsx({"一": ROWS})
    part = "xl/worksheets/sheet1.xml"
    xml = spreadsheets.part(book, part)
    lying = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)
    assert lying != xml
    assert rows(spreadsheets.with_part(book, part, lying)) == ROWS


def test_a_workbook_with_macros_is_read_for_its_values() -> None:
    book = spreadsheets.with_part(spreadsheets.xlsx({"一": ROWS}), "xl/vbaProject.bin", b"macro")
    assert rows(book, "a.xlsm") == ROWS


def test_the_ministrys_list_counts_as_its_own_group_rows_say() -> None:
    path = real("sheets/moe_2025_putong_gaoxiao.xls")
    sheet = read(path.name, path.read_bytes()).sheets[0]
    said: dict[str, int] = {}
    counted: dict[str, int] = {}
    province = ""
    for first, *_, code in ((row[0], *row[1:3]) for row in sheet.rows):
        group = re.fullmatch(r"(.+?)[（(](\d+)所[）)]", str(first or "").strip())
        if group:
            province = group.group(1)
            said[province] = int(group.group(2))
        elif province and isinstance(first, int | float) and code:
            counted[province] = counted.get(province, 0) + 1
    # 海南省 says 27 and lists 28, numbered without a gap: the list's own slip.
    assert counted == {**said, "海南省": 28}
    assert said["海南省"] == 27
    assert len(said) == 31
    assert sum(counted.values()) == 2919

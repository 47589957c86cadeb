"""The marked copy shows each problem where its owner looks, and keeps the rest."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from data.engine import reading
from data.ledger.files.reading import read
from data.ledger.giving import marking
from data.ledger.giving.marking import marked
from data.ledger.meaning.parsing import parse
from data.ledger.problem import Problem
from tests.data.ledger import spreadsheets

ROWS: list[list[Any]] = [
    ["走访台账", None, None],
    ["工号", "楼宇", "走访日期"],
    ["001", "桃9", date(2026, 9, 3)],
    ["002", "=1+1", date(2026, 9, 4)],
]
UNKNOWN = Problem("一月", 3, 2, "楼宇", "桃9", "没有叫“桃9”的楼宇", "请改为已有的楼宇")
TWICE = Problem("一月", 3, 2, "楼宇", "桃9", "与第 4 行重复", "请删去一行")
ROW = Problem("一月", 4, 0, "", "", "这一行没有时间", "请补上")
SHEET = Problem("一月", 0, 0, "", "", "认不出是哪种台账", "请使用模板")
FORMULA = Problem("一月", 4, 2, "楼宇", "=1+1", "不明", "请改", (("b1", "桃苑1号楼"),))
PROBLEMS = (UNKNOWN, TWICE, ROW, SHEET, FORMULA)


def kept() -> bytes:
    """A book with everything that should survive."""
    book = openpyxl.load_workbook(
        BytesIO(spreadsheets.xlsx({"一月": ROWS[:3], "说明": [["请填写"]]}))
    )
    sheet = book["一月"]
    sheet.merge_cells("A1:C1")
    sheet.append(["002", "桃9", "=TODAY()"])
    sheet.column_dimensions["B"].width = 33
    rule = DataValidation(type="list", formula1='"甲,乙"')
    rule.add("B3:B9")
    sheet.add_data_validation(rule)
    book["说明"].sheet_state = "hidden"
    return spreadsheets.saved(book)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def comments(sheet: Any) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}


EXPECTED = {
    "A1": "认不出是哪种台账；请使用模板",
    "B3": "没有叫“桃9”的楼宇；请改为已有的楼宇\n\n与第 4 行重复；请删去一行",
    "A4": "这一行没有时间；请补上",
    "B4": "不明；请改（b1 桃苑1号楼）",
}


def test_cells_are_marked_and_all_else_is_kept() -> None:
    book = opened(marked("走访.xlsx", kept(), PROBLEMS))
    assert book.sheetnames == ["问题清单", "一月", "说明"]
    sheet = book["一月"]
    assert comments(sheet) == EXPECTED
    assert sheet["B3"].fill.fgColor.rgb == "00FFD6D6"
    assert sheet["C3"].fill.fill_type is None
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A1:C1"]
    assert sheet.column_dimensions["B"].width == 33
    assert sheet.data_validations.dataValidation[0].formula1 == '"甲,乙"'
    assert sheet["C4"].value == "=TODAY()"
    assert book["说明"].sheet_state == "hidden"


def test_the_first_sheet_lists_every_problem_and_computes_nothing() -> None:
    sheet = opened(marked("走访.xlsx", kept(), PROBLEMS))["问题清单"]
    rows = [tuple(cell.value or "" for cell in row) for row in sheet]
    assert rows[0] == ("工作表", "位置", "列名", "现有内容", "问题", "怎么改", "可选")
    assert [row[1] for row in rows[1:]] == ["B3", "B3", "第 4 行", "整张表", "B4"]
    assert rows[5] == ("一月", "B4", "楼宇", "'=1+1", "不明", "请改", "b1 桃苑1号楼")
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "inlineStr"}


def test_a_problem_inside_merged_cells_stands_at_their_first() -> None:
    inside = Problem("一月", 1, 3, "", "", "标题不明", "请改")
    assert comments(opened(marked("a.xlsx", kept(), [inside]))["一月"]) == {"A1": "标题不明；请改"}


def test_a_copy_marked_before_is_marked_afresh() -> None:
    once = marked("a.xlsx", kept(), PROBLEMS)
    again = opened(marked("a.xlsx", once, [ROW]))
    assert again.sheetnames == ["问题清单", "一月", "说明"]
    assert again["问题清单"].max_row == 2


@pytest.mark.parametrize("name", ["一月.xls", "一月.csv"])
def test_other_kinds_come_back_as_xlsx_with_their_values(name: str) -> None:
    text = "\n".join(",".join(str(v or "") for v in row) for row in ROWS)
    as_xls = [[str(v or "") for v in row] for row in ROWS]
    content = text.encode("gb18030") if name.endswith("csv") else spreadsheets.xls({"一月": as_xls})
    copy = marked(name, content, PROBLEMS)
    assert copy.startswith(b"PK")
    book = opened(copy)
    assert book.sheetnames == ["问题清单", "一月"]
    assert comments(book["一月"]) == EXPECTED
    assert book["一月"]["B4"].data_type == "s"
    assert read("a.xlsx", copy).sheets[1].rows == read(name, content).sheets[0].rows


def test_a_large_book_is_written_anew_with_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "MOST_CELLS_KEPT", 5)
    book = opened(marked("a.xlsx", spreadsheets.xlsx({"一月": ROWS[:3], "二月": ROWS}), PROBLEMS))
    assert comments(book["一月"]) == EXPECTED
    assert book["一月"]["B3"].fill.fgColor.rgb == "FFFFD6D6"
    assert book["一月"]["C3"].value.date() == date(2026, 9, 3)
    assert comments(book["二月"]) == {}


def test_what_openpyxl_cannot_keep_is_written_anew() -> None:
    broken = spreadsheets.with_part(
        spreadsheets.xlsx({"一月": ROWS[:3]}), "docProps/core.xml", b"<broken"
    )
    book = opened(marked("a.xlsx", broken, [UNKNOWN]))
    assert comments(book["一月"]) == {"B3": "没有叫“桃9”的楼宇；请改为已有的楼宇"}


def test_the_marked_copy_has_the_same_problems_as_the_original(world_database: str) -> None:
    rows: list[list[Any]] = [
        ["工号", "走访日期", "场域", "楼宇编号"],
        ["K9", date(2026, 9, 8), "公寓", "Z"],
    ]
    original = spreadsheets.xlsx({"走访": rows})
    with reading(world_database) as conn:
        found = parse(conn, read("a.xlsx", original)).problems
        copy = marked("a.xlsx", original, found)
        assert [p.place for p in found] == ["“走访”A2(工号)", "“走访”D2(楼宇编号)"]
        assert parse(conn, read("a.xlsx", copy)).problems == found

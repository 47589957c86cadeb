"""Files carry the slice and the numbers, and nothing a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest

from components.block import COUNT, DAY, FLAG, RATE, Block, Column
from components.export.files import to_csv, to_xlsx
from components.export.picture import picture
from components.export.stamp import Stamp, digest
from components.figures.bars import rate_bars
from components.sentences import of_changes
from data.ledger.files.plain import neutral
from queries.coverage import COVERAGE

BLOCK = Block(
    key="sample",
    title="楼宇/样例",
    metric=None,
    query=lambda conn, filters, viewer: pd.DataFrame(),
    say=of_changes,
    columns=(
        Column("place", "地点"),
        Column("numerator", "分子", COUNT),
        Column("value", "比率", RATE),
        Column("since", "自", DAY),
        Column("never", "从未覆盖", FLAG),
    ),
)
FRAME = pd.DataFrame(
    {
        "place": ["桃苑1号楼", "=cmd|' /C calc'!A0", None],
        "numerator": [1, 1234, 0],
        "denominator": [3, 1234, 0],
        "since": ["2026-09-07", None, None],
        "never": [True, False, False],
    }
)
STAMP = Stamp("标题甲", "2026秋 · 截至 2026-11-20", "2026-11-20", 7, "-演示", "ab" * 32, demo=True)


def read_csv() -> list[list[str]]:
    raw = to_csv(FRAME, BLOCK, STAMP)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"))))


def test_a_csv_says_what_it_is_before_its_rows() -> None:
    rows = read_csv()
    stamp = dict(row for row in rows if len(row) == 2)
    assert stamp["标题"] == "标题甲"
    assert stamp["数据版本"] == "7"
    assert stamp["导出人"] == "'-演示"
    assert stamp["校验码"] == "ab" * 32
    assert "演示数据" in stamp["说明"]


def test_a_csv_holds_rates_dates_and_no_value_as_shown() -> None:
    rows = read_csv()[-4:]
    assert rows[0] == ["地点", "分子", "比率", "自", "从未覆盖"]
    assert rows[1] == ["桃苑1号楼", "1", "33.3%", "2026-09-07", "是"]
    assert rows[2] == ["'=cmd|' /C calc'!A0", "1,234", "100.0%", "—", "否"]
    assert rows[3] == ["—", "0", "—", "—", "否"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_becomes_text(text: str) -> None:
    assert neutral(text) == f"'{text}"


def test_a_workbook_holds_real_numbers_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(BytesIO(to_xlsx(FRAME, BLOCK, STAMP))).worksheets[0]
    assert sheet.title == "楼宇 样例"
    table = [[cell.value for cell in row] for row in sheet.iter_rows()][-3:]
    assert table[0] == ["桃苑1号楼", 1, pytest.approx(1 / 3), "2026-09-07", "是"]
    assert table[1][:3] == ["=cmd|' /C calc'!A0", 1234, 1.0]
    assert table[2][:3] == ["—", 0, "—"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == f"A{sheet.max_row - 2}"


def test_the_hash_changes_with_slice_version_and_rows_only() -> None:
    same = digest("t", "s", 1, FRAME, BLOCK)
    assert digest("t", "s", 1, FRAME.copy(), BLOCK) == same
    changed = FRAME.assign(numerator=[2, 1234, 0])
    others = {
        digest("t", "s2", 1, FRAME, BLOCK),
        digest("t", "s", 2, FRAME, BLOCK),
        digest("t", "s", 1, changed, BLOCK),
        digest("t", "s", 1, FRAME.iloc[::-1], BLOCK),
    }
    assert len(others | {same}) == 5


def test_a_picture_is_printed_on_white_with_title_and_stamp() -> None:
    rates = pd.DataFrame({"metric": ["plate"], "numerator": [1], "denominator": [2]})
    figure = rate_bars(rates, COVERAGE)
    before = dict(figure["layout"])
    made = picture(figure, STAMP, 300)
    assert "标题甲" in made["layout"]["title"]["text"]
    assert any("数据版本 7" in note["text"] for note in made["layout"]["annotations"])
    assert made["layout"]["paper_bgcolor"] == "#ffffff"
    assert made["layout"]["height"] > 300
    assert figure["layout"] == before

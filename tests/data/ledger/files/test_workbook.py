"""What we write reads back as it was, and a spreadsheet computes none of it."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ledger.files.reading import read
from data.ledger.files.workbook import (
    MOST_TEXT,
    TooLongForExcel,
    as_text,
    formats,
    new_book,
    put,
    sheet_name,
)

EXACT = [
    "桃苑3号楼",
    " 前后空白 ",
    "两\n行",
    "回车\r换行\r\n",
    "_x000D_",
    "=1+1",
    "'=1+1",
    "-5",
    "001",
    "http://a.cn",
    0,
    -5,
    2**53,
    1.5,
    117.1831,
    date(2026, 9, 3),
    date(1900, 3, 1),
    time(14, 30),
    time(0, 0),
    datetime.fromisoformat("2026-09-03 14:30:01"),
]
IN_WORDS = [
    (True, "是"),
    (False, "否"),
    (0.1 + 0.2, "0.30000000000000004"),
    (2**53 + 1, "9007199254740993"),
    (10**17, "100000000000000000"),
    (date(1900, 2, 28), "1900-02-28"),
    (datetime.fromisoformat("2026-09-03 14:30:01.000123"), "2026-09-03 14:30:01.000123"),
    (float("inf"), "inf"),
]


def written(values: list[Any], *, rows_at_once: bool = False) -> bytes:
    buffer = BytesIO()
    with new_book(buffer, rows_at_once=rows_at_once) as book:
        looks = formats(book)
        sheet = book.add_worksheet()
        for y, value in enumerate(values):
            put(sheet, y, 0, value, looks)
    return buffer.getvalue()


def back(content: bytes) -> list[Any]:
    return [row[0] for row in read("a.xlsx", content).sheets[0].rows]


@pytest.mark.parametrize("rows_at_once", [False, True])
def test_a_value_reads_back_as_it_was(rows_at_once: bool) -> None:
    assert back(written(EXACT, rows_at_once=rows_at_once)) == EXACT


@pytest.mark.parametrize(("value", "text"), IN_WORDS)
def test_what_excel_would_round_is_written_in_words(value: Any, text: str) -> None:
    assert back(written([value])) == [text]


def test_nothing_is_a_formula_or_a_link() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(EXACT))).worksheets[0]
    assert {cell.data_type for cell in sheet["A"]} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in sheet["A"])


@settings(max_examples=40, deadline=None)
@given(st.floats(allow_nan=False) | st.integers() | st.datetimes(datetime(1900, 3, 1)))  # noqa: DTZ001
def test_no_number_or_moment_changes(value: Any) -> None:
    found = back(written([value]))[0]
    if isinstance(found, str):
        found = in_python(found, type(value))
    if isinstance(value, datetime) and not isinstance(found, datetime):
        found = datetime.combine(found, time())
    assert found == value


def in_python(text: str, kind: type[Any]) -> Any:
    return datetime.fromisoformat(text) if kind is datetime else kind(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufffe\uffff"), min_size=1))
def test_no_text_changes(text: str) -> None:
    assert back(written([text])) == [text]


def test_a_text_too_long_for_a_cell_says_so() -> None:
    assert back(written(["甲" * MOST_TEXT])) == ["甲" * MOST_TEXT]
    with pytest.raises(TooLongForExcel, match="请导出为 csv"):
        written(["甲" * (MOST_TEXT + 1)])


def test_the_name_of_a_sheet_is_what_excel_allows() -> None:
    assert sheet_name("走访/一月[2]" + "甲" * 40) == ("走访 一月 2 " + "甲" * 40)[:31]
    assert as_text(None) == ""

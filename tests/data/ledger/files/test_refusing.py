"""What is no spreadsheet is refused with a sentence, before anything parses it."""

import pytest
import xlwt

from data.ledger.files import refusing
from data.ledger.files.reading import read
from data.ledger.sheet import UnreadableFile
from tests.data.ledger import spreadsheets

BOOK = spreadsheets.xlsx({"一": [["学号", "姓名"], ["2026", "甲"]]})
OLD = spreadsheets.xls({"一": [["学号", "姓名"], ["2026", "甲"]]})
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in b"abcdefgh")
    + b'<!ENTITY z "&i;">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>&z;</t></si></sst>"
)
MEGABYTES = bytes(60 * 2**20)


def moved(cell: bytes) -> bytes:
    """The book with its last value in another cell."""
    xml = spreadsheets.part(BOOK, SHEET)
    return spreadsheets.with_part(BOOK, SHEET, xml.replace(b'r="B2"', b'r="%s"' % cell))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "是空文件"),
        (b"\xef\xbb\xbf \r\n", "是空文件"),
        (b"MZ\x90\x00" + bytes(3000), "是程序文件"),
        (b"%PDF-1.7\n", "是 PDF 文件"),
        (b"Rar!\x1a\x07", "是压缩包"),
        (b"\x89PNG\r\n", "是图片"),
        (spreadsheets.locked(BOOK), "加了密码"),
        (OLD.replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00", 1), "加了密码"),
        (BOOK[: len(BOOK) // 2], "不完整或已损坏"),
        (BOOK[:-10], "不完整或已损坏"),
        (OLD[: len(OLD) // 2], "不完整或已损坏"),
        (OLD[:-600], "不完整或已损坏"),
        (OLD[:8], "不完整或已损坏"),
        (spreadsheets.zipped({"word/document.xml": b"<w/>"}), "是 Word 文档"),
        (spreadsheets.zipped({"content.xml": b"<w/>"}), "是 OpenDocument 文件"),
        (spreadsheets.zipped({"xl/workbook.bin": b"?"}), "是二进制工作簿"),
        (spreadsheets.zipped({"a.txt": b"?"}), "是压缩包"),
        (spreadsheets.with_part(BOOK, "xl/media/a.bin", MEGABYTES), "解压后大得不像表格"),
        (spreadsheets.with_part(BOOK, "xl/sharedStrings.xml", LAUGHS), "里有不该出现的实体声明"),
        (spreadsheets.with_part(BOOK, SHEET, spreadsheets.part(BOOK, SHEET)[:200]), "内容有损坏"),
        (spreadsheets.with_part(BOOK, "xl/workbook.xml", b"<workbook"), "内容有损坏"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "其实是网页"),
        (b"a,b\n" * 6_000_000, "有 23 MB，超过 20 MB 的上限"),
        (b"a,b\n" * 300_001, "有 300,001 行，超过 300,000 行的上限"),
        (b"a," * 1000 + b"b\n", "有 1,001 列，超过 1,000 列的上限"),
        (moved(b"B300001"), "有 300,001 行，超过 300,000 行的上限"),
        (moved(b"ALM2"), "有 1,001 列，超过 1,000 列的上限"),
        (moved(b"ALL300000"), "有 300,000 行 1,000 列，单元格过多"),
        (b"a\x00b,c\n", "不是文本"),
        (b"\xff\xff\x01\x02,\x03", "不是 UTF-8 或 GB18030 编码的文本"),
        (b'a,b\n1,2\n1,"3\n4,5\n', "第 3 行起引号不成对"),
    ],
)
def test_a_file_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read("走访.xlsx", content)
    said = str(refused.value)
    assert said.startswith("“走访.xlsx”")
    assert reason in said.partition("；")[0]
    assert said.endswith("。")


def test_a_declared_size_that_lies_does_not_help_a_bomb() -> None:
    bomb = spreadsheets.with_part(BOOK, "xl/media/a.bin", MEGABYTES)
    with pytest.raises(UnreadableFile):
        read("a.xlsx", spreadsheets.with_declared_size(bomb, "xl/media/a.bin", 1000))


def test_what_is_inflated_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusing, "_check_declared", lambda name, size, parts: None)
    monkeypatch.setattr(refusing, "LARGEST_INFLATED", 2**20)
    with pytest.raises(UnreadableFile, match="解压后大得不像表格"):
        read("a.xlsx", spreadsheets.with_part(BOOK, "xl/media/a.bin", MEGABYTES))


def test_one_long_text_used_everywhere_is_refused() -> None:
    strings = b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>%s</sst>"
    long = spreadsheets.with_part(
        BOOK, "xl/sharedStrings.xml", strings % (b"<si><t>%s</t></si>" % (b"x" * 2**20))
    )
    cell = b'<c t="s"><v>0</v></c>'
    rows = b"<row>" + cell * 1100 + b"</row>"
    xml = spreadsheets.part(BOOK, SHEET).replace(b"</sheetData>", rows + b"</sheetData>")
    with pytest.raises(UnreadableFile, match="重复的长文本过多"):
        read("a.xlsx", spreadsheets.with_part(long, SHEET, xml))


def test_two_far_corners_of_an_xls_are_refused_before_they_fill_the_memory() -> None:
    book = xlwt.Workbook()
    for name in "ab":
        sheet = book.add_sheet(name)
        sheet.write(0, 0, "甲")
        sheet.write(65535, 255, "乙")
    with pytest.raises(UnreadableFile, match="单元格过多"):
        read("a.xls", spreadsheets.saved(book))


@pytest.mark.parametrize("cut", range(0, 5000, 97))
def test_cutting_a_file_anywhere_never_raises_anything_else(cut: int) -> None:
    for whole in (BOOK, OLD):
        with pytest.raises(UnreadableFile):
            read("a.xlsx", whole[: cut % len(whole)])

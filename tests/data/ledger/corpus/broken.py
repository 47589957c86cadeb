"""Files that are no ledgers: each must be refused with a sentence."""

import io
import struct
import zipfile
from collections.abc import Iterator

import msoffcrypto.format.ooxml

from tests.data.ledger.corpus import writing
from tests.data.ledger.corpus.cells import Shown
from tests.data.ledger.corpus.writing import Written

BIG = 600 * 2**20


def files() -> Iterator[tuple[str, str, bytes]]:
    """What the refusal says, the name of the file, and its bytes."""
    rows: list[list[Shown]] = [["学号", "姓名"]]
    rows += [[str(4222020000 + n), f"学{n}"] for n in range(400)]
    sheets = [Written("学生台账", rows)]
    xlsx, xls = writing.xlsx(sheets), writing.xls(sheets)
    yield "空文件", "空.xlsx", b""
    yield "空文件", "空.csv", b""
    yield "不完整", "半截.xlsx", xlsx[: len(xlsx) // 2]
    yield "不完整", "半截.xlsx", xlsx[:-40]
    yield "不完整", "半截.xls", xls[: len(xls) // 2]
    yield "程序", "程序.xlsx", b"MZ\x90\x00" + bytes(range(256)) * 40
    yield "程序", "程序.csv", b"MZ\x90\x00" + bytes(range(256)) * 40
    yield "Word", "通知.xlsx", _zipped({"word/document.xml": b"<w:document/>"})
    yield "压缩包", "资料.xlsx", _zipped({"a.txt": b"1"})
    yield "解压|展开|过大|太大", "炸弹.xlsx", _bomb(xlsx)
    yield "不完整|损坏|解压|展开", "瞒报的炸弹.xlsx", _lying(_bomb(xlsx))
    yield "密码", "加密.xlsx", _encrypted(xlsx)
    html = "<html><table><tr><td>学号</td></tr></table></html>"
    yield "网页", "导出.xls", html.encode()
    yield "PDF", "扫描.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"0" * 500
    yield "图片", "照片.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
    yield "文本", "坏.csv", "学号,姓名\n1,\x00\n".encode()
    yield "损坏", "坏.xlsx", _with_broken_sheet(xlsx)


def _zipped(parts: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return into.getvalue()


def _parts(xlsx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _bomb(xlsx: bytes) -> bytes:
    """A workbook whose strings take 600 MB."""
    return _zipped({**_parts(xlsx), "xl/sharedStrings.xml": b" " * BIG})


def _lying(bomb: bytes) -> bytes:
    """The same, but the archive says that they take 4 KB."""
    return bomb.replace(struct.pack("<I", BIG), struct.pack("<I", 4096))


def _encrypted(xlsx: bytes) -> bytes:
    into = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx)).encrypt("口令", into)
    return into.getvalue()


def _with_broken_sheet(xlsx: bytes) -> bytes:
    parts = _parts(xlsx)
    sheet = parts["xl/worksheets/sheet1.xml"]
    return _zipped({**parts, "xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]})

"""Refuses before parsing what is no spreadsheet, is locked, is broken, or would explode."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from struct import error as StructError
from zipfile import BadZipFile, ZipFile, ZipInfo

import olefile

from data.ledger.sheet import UnreadableFile

LARGEST_FILE = 20 * 2**20
LARGEST_INFLATED = 512 * 2**20
SUSPICIOUS_SIZE, SUSPICIOUS_RATIO = 50 * 2**20, 200
MOST_PARTS = 10_000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 300_000, 1_000, 20_000_000

XLSX, XLS, CSV = "xlsx", "xls", "csv"
SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx，再上传"
UNLOCK = "请在“文件—信息—保护工作簿”里取消密码，保存后再上传"
EXPORT_AGAIN = "文件可能没有传完；请重新下载或重新保存，再上传"
SPLIT = "请按月份或学院拆成几个文件分别上传"

FOREIGN = (
    (b"MZ", "是程序文件，不是表格"),
    (b"\x7fELF", "是程序文件，不是表格"),
    (b"%PDF", "是 PDF 文件，不是表格"),
    (b"{\\rtf", "是 Word 文档，不是表格"),
    (b"Rar!", "是压缩包，不是表格"),
    (b"7z\xbc\xaf\x27\x1c", "是压缩包，不是表格"),
    (b"\x1f\x8b", "是压缩包，不是表格"),
    (b"\x89PNG", "是图片，不是表格"),
    (b"\xff\xd8\xff", "是图片，不是表格"),
    (b"GIF8", "是图片，不是表格"),
)
"""How files begin that people upload by mistake, whatever they are called."""

ZIPPED = (
    ("xl/workbook.xml", ""),
    ("xl/workbook.bin", "是二进制工作簿（.xlsb）"),
    ("word/document.xml", "是 Word 文档，不是表格"),
    ("ppt/presentation.xml", "是演示文稿，不是表格"),
    ("content.xml", "是 OpenDocument 文件（.ods）"),
)
"""Which part tells what a zip archive is; no reason means that it can be read."""

MARKUP = (b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta", b"<head", b"<style", b"<div")
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


def refusal(name: str, reason: str, remedy: str) -> UnreadableFile:
    """The sentence every refusal is: which file, why, what to do."""
    return UnreadableFile(f"“{name}”{reason}；{remedy}。")


def kind(name: str, content: bytes) -> str:
    """What the file is by its content, whatever its name says; or a refusal."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refusal(name, "是空文件，没有内容", "请检查后重新上传")
    if len(content) > LARGEST_FILE:
        size = f"有 {len(content) / 2**20:.0f} MB，超过 {LARGEST_FILE // 2**20} MB 的上限"
        raise refusal(name, size, SPLIT)
    for start, reason in FOREIGN:
        if content.startswith(start):
            raise refusal(name, reason, "请选择 .xlsx、.xls 或 .csv 文件")
    if content.startswith(b"PK"):
        return _zip(name, content)
    if content.startswith(olefile.MAGIC):
        return _compound(name, content)
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise refusal(name, "其实是网页（HTML 或 XML），只是改了扩展名", SAVE_AS)
    return CSV


def check_extent(name: str, sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet that would not fit in memory."""
    if rows > MOST_ROWS:
        raise refusal(name, f"的工作表“{sheet}”有 {rows:,} 行，超过 {MOST_ROWS:,} 行的上限", SPLIT)
    if columns > MOST_COLUMNS:
        reason = f"的工作表“{sheet}”有 {columns:,} 列，超过 {MOST_COLUMNS:,} 列的上限"
        raise refusal(name, reason, "请删去右侧多余的列")
    if rows * columns > MOST_CELLS:
        reason = f"的工作表“{sheet}”有 {rows:,} 行 {columns:,} 列，单元格过多"
        raise refusal(name, reason, f"请删去右侧多余的列，或{SPLIT.removeprefix('请')}")


def _zip(name: str, content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_kind(name, parts)
            _check_declared(name, len(content), parts)
            _check_inflated(name, archive, parts)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, StructError, OSError) as error:
        raise refusal(name, "不完整或已损坏", EXPORT_AGAIN) from error
    return XLSX


def _check_kind(name: str, parts: list[ZipInfo]) -> None:
    """Of all the kinds of archive only a workbook whose parts are XML goes on."""
    if any(part.flag_bits & 1 for part in parts):
        raise refusal(name, "加了密码", UNLOCK)
    names = {part.filename for part in parts}
    reason = next((why for part, why in ZIPPED if part in names), "是压缩包，不是表格")
    if reason:
        remedy = SAVE_AS if "（" in reason else "请选择 .xlsx、.xls 或 .csv 文件"
        raise refusal(name, reason, remedy)


def _check_declared(name: str, size: int, parts: list[ZipInfo]) -> None:
    inflated = sum(part.file_size for part in parts)
    exploding = inflated > SUSPICIOUS_SIZE and inflated > SUSPICIOUS_RATIO * size
    if inflated > LARGEST_INFLATED or exploding or len(parts) > MOST_PARTS:
        raise _bomb(name)


def _check_inflated(name: str, archive: ZipFile, parts: list[ZipInfo]) -> None:
    """Declared sizes lie: inflate everything once, with a limit and every checksum checked."""
    inflated = 0
    for part in parts:
        for chunk in _chunks(archive, part):
            inflated += len(chunk)
            if inflated > LARGEST_INFLATED:
                raise _bomb(name)
            # No spreadsheet program writes entities; only a bomb needs them.
            if any(mark in chunk for mark in DOCTYPES):
                raise refusal(name, "里有不该出现的实体声明", SAVE_AS)


def _chunks(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap a little, so that no mark is cut in two."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(2**20):
            yield tail + chunk
            tail = chunk[-32:]


def _bomb(name: str) -> UnreadableFile:
    return refusal(name, "解压后大得不像表格，已停止读取", SAVE_AS)


def _compound(name: str, content: bytes) -> str:
    """An OLE file: an old workbook, an encrypted new one, or another old Office document."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as found:
            if found.exists("EncryptedPackage"):
                raise refusal(name, "加了密码", UNLOCK)
            stream = next((s for s in ("Workbook", "Book") if found.exists(s)), None)
            if stream and len(found.openstream(stream).read()) < found.get_size(stream):
                raise refusal(name, "不完整或已损坏", EXPORT_AGAIN)
    except (OSError, StructError, IndexError, ValueError) as error:
        raise refusal(name, "不完整或已损坏", EXPORT_AGAIN) from error
    if not stream:
        raise refusal(name, "是旧版 Office 的其他文档，不是表格", "请选择 .xlsx、.xls 或 .csv 文件")
    return XLS

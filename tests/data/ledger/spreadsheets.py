"""Spreadsheets made for tests: whole ones, and ones that should be refused."""

import os
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import msoffcrypto.format.ooxml
import openpyxl
import xlwt

Rows = Sequence[Sequence[Any]]


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """An .xlsx by openpyxl, which is not the writer under test."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    """What openpyxl or xlwt would put on disk."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(sheets: Mapping[str, Rows]) -> bytes:
    """An .xls with plain values."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if value is not None:
                    sheet.write(y, x, value)
    return saved(book)


def locked(content: bytes) -> bytes:
    """The same .xlsx behind a password."""
    buffer = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(content)).encrypt("secret", buffer)
    return buffer.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_part(content: bytes, part: str, inside: bytes) -> bytes:
    """The same .xlsx with one part replaced or added."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**parts, part: inside})


def part(content: bytes, name: str) -> bytes:
    """One part of an .xlsx."""
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def with_declared_size(content: bytes, name: str, size: int) -> bytes:
    """The same archive whose directory declares another size for one part."""
    with ZipFile(BytesIO(content)) as archive:
        real = archive.getinfo(name)
    old = real.CRC.to_bytes(4, "little") + real.compress_size.to_bytes(4, "little")
    return content.replace(
        old + real.file_size.to_bytes(4, "little"), old + size.to_bytes(4, "little")
    )


def noise(size: int) -> bytes:
    """Bytes that mean nothing."""
    return os.urandom(size)

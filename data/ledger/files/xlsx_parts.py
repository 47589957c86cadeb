"""What the reader does not tell of an .xlsx: formulas without a value, how far the values reach."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from posixpath import join, normpath
from zipfile import ZipFile

from data.ledger.files.refusing import MOST_CELLS, MOST_ROWS
from data.ledger.sheet import CellError

MOST_TEXT = 2**30
UNCALCULATED = CellError("公式没有计算结果")

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_FAR = re.compile(rb"""\br=["'](?:([A-Za-z]{2,3})(\d{1,7})|([A-Za-z])(\d{6,7}))["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d{6,7})["']""")
_CELL = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*?\br=["']([A-Za-z]{1,3})(\d{1,7})["'][^>]*)(?<!/)>(.*?)</(?:\w+:)?c>""",
    re.DOTALL,
)
_ERROR = re.compile(rb"""\bt=["']e["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>")
_EMPTY = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_STRING = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
_SHARED = re.compile(rb"""\bt=["']s["'][^>]*><(?:\w+:)?v>(\d+)<""")

Errors = dict[tuple[int, int], CellError]


def sheet_parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The name and XML of each sheet, in the order of the tabs; one in memory at a time."""
    with ZipFile(BytesIO(content)) as archive:
        links = {}
        for link in _LINK.findall(archive.read("xl/_rels/workbook.xml.rels")):
            links[_attribute(link, rb"Id")] = _attribute(link, rb"Target")
        known = set(archive.namelist())
        for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
            part = normpath(join("/xl", links.get(_attribute(sheet, rb"\w+:id"), ""))).lstrip("/")
            if part in known:
                yield _attribute(sheet, rb"name"), archive.read(part)


def errors(xml: bytes) -> Errors:
    """Cells whose formula failed, and formulas that no program has calculated yet."""
    if not (_ERROR.search(xml) or _EMPTY.search(xml)):
        return {}
    found: Errors = {}
    for attributes, letters, row, inside in _CELL.findall(xml):
        value = _VALUE.search(inside)
        text = value.group(1).decode() if value else ""
        if _ERROR.search(attributes):
            found[int(row) - 1, _number(letters) - 1] = CellError(text or "#N/A")
        elif not text and _FORMULA.search(inside) and b"t=" not in attributes:
            found[int(row) - 1, _number(letters) - 1] = UNCALCULATED
    return found


def extent(xml: bytes) -> tuple[int, int]:
    """Rows and columns up to the last value, or a bound on them where that is harmless.

    What the file declares may lie, and styled cells without a value reach far in many real files.
    """
    rows, columns = MOST_ROWS, 26
    for wide, row, _, far in _FAR.findall(xml):
        rows, columns = max(rows, int(row or far)), max(columns, _number(wide))
    tall = max((int(row) for row in _ROW.findall(xml)), default=0)
    harmless = max(rows, tall) <= MOST_ROWS and rows * columns <= MOST_CELLS
    return (rows, columns) if harmless else _exact(xml)


def strings_explode(content: bytes) -> bool:
    """Whether few long texts are used so often that they fill the memory."""
    with ZipFile(BytesIO(content)) as archive:
        if "xl/sharedStrings.xml" not in archive.namelist():
            return False
        lengths = [len(text) for text in _STRING.findall(archive.read("xl/sharedStrings.xml"))]
    if max(lengths, default=0) < 2**15:
        return False
    used = (int(i) for _, xml in sheet_parts(content) for i in _SHARED.findall(xml))
    return sum(lengths[i] for i in used if i < len(lengths)) > MOST_TEXT


def _exact(xml: bytes) -> tuple[int, int]:
    rows = columns = 0
    for _, letters, row, inside in _CELL.findall(xml):
        if inside:
            rows, columns = max(rows, int(row)), max(columns, _number(letters))
    return rows, columns


def _attribute(text: bytes, name: bytes) -> str:
    found = re.search(rb"(?:^|\s)" + name + rb"""\s*=\s*["']([^"']*)["']""", text)
    return unescape(found.group(1).decode()) if found else ""


def _number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number

"""What the reader does not tell of an .xls: formulas in error, how far the values reach, a lock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from struct import Struct

import olefile

from data.ledger.sheet import CellError

BOF, EOF, BOUNDSHEET, LOCK = 0x0809, 0x000A, 0x0085, 0x002F
BOOLEAN_OR_ERROR, FORMULA = 0x0205, 0x0006
VALUES = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, 0x00BD, BOOLEAN_OR_ERROR, FORMULA})
WORKSHEET = 0
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

HEADER, PLACE, START = Struct("<HH"), Struct("<HH"), Struct("<I")


@dataclass
class Records:
    """One worksheet as its records tell it, in the order of the tabs."""

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], CellError] = field(default_factory=dict)


def locked_or_sheets(content: bytes) -> tuple[bool, list[Records]]:
    """Whether the workbook asks for a password; if not, what its worksheets hold."""
    with olefile.OleFileIO(BytesIO(content)) as found:
        name = "Workbook" if found.exists("Workbook") else "Book"
        stream = found.openstream(name).read()
    starts = []
    for record, at, _ in _records(stream, 0):
        if record == LOCK:
            return True, []
        if record == BOUNDSHEET and stream[at + 5] == WORKSHEET:
            starts.append(START.unpack_from(stream, at)[0])
    return False, [_sheet(stream, start) for start in starts]


def _sheet(stream: bytes, start: int) -> Records:
    found = Records()
    rows = columns = 0
    for record, at, size in _records(stream, start):
        if record not in VALUES:
            continue
        row, column = PLACE.unpack_from(stream, at)
        rows = max(rows, row + 1)
        columns = max(columns, column + 1 + (size // 6 - 1 if record == 0x00BD else 0))
        code = _error(stream, record, at)
        if code is not None:
            found.errors[row, column] = CellError(ERRORS.get(code, "#N/A"))
    found.rows, found.columns = rows, columns
    return found


def _error(stream: bytes, record: int, at: int) -> int | None:
    """The code of an error, plain or as the last result of a formula."""
    if record == BOOLEAN_OR_ERROR:
        return stream[at + 6] if stream[at + 7] else None
    if record == FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        return stream[at + 8]
    return None


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Type, place and size of each record up to the end of the part, charts inside it skipped."""
    at, depth, end = start, 0, len(stream) - 4
    while at <= end:
        record, size = HEADER.unpack_from(stream, at)
        depth += (record == BOF) - (record == EOF)
        if not depth:
            return
        if depth == 1:
            yield record, at + 4, size
        at += 4 + size

"""What a spreadsheet holds once it has been read: cells where the owner sees them, nothing lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from data.errors import DashboardError


class UnreadableFile(DashboardError):
    """A file that is no spreadsheet, is locked, is broken, or would not fit in memory."""


@dataclass(frozen=True)
class CellError:
    """A formula without a value, such as `#REF!`."""

    text: str


Cell = str | float | int | bool | date | datetime | time | CellError | None
"""`None` is an empty cell; text is as written, blanks and full-width characters included."""


@dataclass(frozen=True)
class Merged:
    """Cells shown as one, zero-based and inclusive; only the first holds a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """`rows[r][c]` is the cell a spreadsheet shows in row r + 1, column c + 1."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A file as read. A CSV file is a book of one sheet, named like the file."""

    name: str
    sheets: tuple[Sheet, ...]

"""Spreadsheets typed by hand, and what the world of tests/world.py makes of them."""

from typing import Any

from data.engine import reading
from data.ledger.meaning.parsing import Parsed, parse
from data.ledger.sheet import Book, Merged, Sheet


def sheet(text: str, name: str = "Sheet1", *merged: tuple[int, int, int, int]) -> Sheet:
    """A sheet of the cells between `|`, line by line; `~` is a number."""
    rows = [
        [_cell(part.strip(" ")) for part in line.split("|")]
        for line in text.strip("\n").split("\n")
    ]
    return Sheet(name, rows, tuple(Merged(*m) for m in merged))


def _cell(text: str) -> Any:
    if text.startswith("~"):
        return float(text[1:])
    return text or None


def parsed(url: str, *sheets: Sheet | str, book: str = "台账.xlsx", **options: Any) -> Parsed:
    """What a file of these sheets says, in a database."""
    made = tuple(sheet(s) if isinstance(s, str) else s for s in sheets)
    with reading(url) as conn:
        return parse(conn, Book(book, made), **options)


def only(found: Parsed) -> list[dict[str, Any]]:
    """The rows of a file without problems that holds one table."""
    assert [problem.text for problem in found.problems] == []
    assert len(found.ledgers) == 1
    return found.ledgers[0].rows


def complaints(found: Parsed) -> list[str]:
    """Every problem as people read it, without the remedy."""
    return [problem.text.partition("；")[0] for problem in found.problems]

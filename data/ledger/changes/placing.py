"""Problems that only the database can tell, put at the cells of the file that cause them."""

from dataclasses import dataclass
from typing import Any

from data.ledger.changes.encoding import shown
from data.ledger.meaning.parsing import ParsedLedger
from data.ledger.problem import Problem
from data.models.contract import ledger
from data.models.tables import ALL_TABLES

CAMPUS = "campus"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value or a row, and what to do about it."""

    reason: str
    remedy: str
    choices: tuple[tuple[str, str], ...] = ()


def at_cell(parsed: ParsedLedger, line: int, column: str, fault: Fault) -> Problem:
    """A problem at the cell that brought this column; at the row, where none did."""
    sheet, row = parsed.where[line]
    declared = ALL_TABLES.tables[f"{CAMPUS}.{parsed.table}"].c[column]
    heading, position = parsed.columns.get((sheet, column), (ledger(declared).heading, 0))
    value: Any = parsed.rows[line].get(column)
    return Problem(
        sheet,
        row,
        position,
        heading,
        shown(value) or "",
        fault.reason,
        fault.remedy,
        fault.choices,
        parsed.table,
    )


def at_sheet(parsed: ParsedLedger, fault: Fault, line: int = 0) -> Problem:
    """A problem of the table as a whole, at the sheet of its first row or of another."""
    sheet = parsed.where[line][0] if parsed.where else ""
    return Problem(sheet, 0, 0, "", "", fault.reason, fault.remedy, fault.choices, parsed.table)

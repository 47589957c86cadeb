"""A sign-in list being read: its rows on the way to attendance, and what is said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from data.ledger.meaning.drafts import Asking
from data.ledger.meaning.grid import Line
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import shown
from data.ledger.problem import Problem
from data.ledger.sheet import Cell
from data.ledger.signing.columns import Columns, Use
from data.ledger.signing.counting import Held

TABLE = "attendance"


@dataclass(frozen=True)
class Wanted:
    """What the steward chose for sign-in lists: the activity, and whether the file replaces."""

    activity: int | None = None
    replace: bool = False


NOTHING_CHOSEN = Wanted()


@dataclass(slots=True)
class Row:
    """One line of a list; `fate` is why it does not become attendance, as Tally counts it."""

    line: Line
    activity: Held | None = None
    student: str = ""
    signed: datetime | None = None
    fate: str = ""


@dataclass
class ListSheet:
    """The rows of one sheet."""

    asking: Asking
    name: str
    columns: Columns
    rows: list[Row] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)

    def cell(self, row: Row, use: Use) -> Cell:
        """A row's cell in the column of this use; None where the list has none."""
        index, _ = self.columns.at.get(use, (-1, ""))
        return row.line.cells[index] if 0 <= index < len(row.line.cells) else None

    def heading(self, use: Use) -> str:
        """What the column is called in the list."""
        return self.columns.at.get(use, (-1, ""))[1]

    def problem(self, row: Row | None, use: Use | None, unfit: Unfit, value: str = "") -> Problem:
        """A problem at a cell, a row, or the sheet."""
        index, heading = self.columns.at.get(use, (-1, "")) if use else (-1, "")
        number = row.line.number if row else 0
        said = (unfit.reason, unfit.remedy, unfit.choices)
        return Problem(self.name, number, index + 1, heading, value, *said, TABLE)

    def fault(self, row: Row, use: Use, unfit: Unfit, value: str | None = None) -> None:
        """A row that cannot be taken until its owner mends or explains it."""
        row.fate = "faulty"
        told = shown(self.cell(row, use)) if value is None else value
        self.asking.problems.append(self.problem(row, use, unfit, told))

    def ask(
        self, row: Row, use: Use, value: str, asked: str, choices: Mapping[str, str]
    ) -> str | None:
        """The steward's answer to what such a value means; None, and a question, without one."""
        heading = self.heading(use)
        chosen = self.asking.answers.get(f"{heading}:{value}", "")
        if chosen in choices:
            said = f"“{heading}”的“{value}”按选定的：{choices[chosen]}"
            if said not in self.answered:
                self.answered.add(said)
                self.note(said)
            return chosen
        self.fault(row, use, Unfit(asked, "选定怎么算，或改正", tuple(choices.items())), value)
        return None

    def note(self, text: str) -> None:
        """Something that was assumed or left aside."""
        self.asking.notes.append(f"“{self.name}”{text}")

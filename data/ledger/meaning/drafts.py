"""Rows on their way from a sheet to a table, with what was found wrong or assumed so far."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from data.ledger.meaning.grid import Line
from data.ledger.meaning.headings import Role
from data.ledger.meaning.names import NOWHERE, Known, Place
from data.ledger.meaning.recognising import Bound, Layout
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import shown
from data.ledger.problem import Problem
from data.ledger.sheet import Cell


@dataclass(slots=True)
class Draft:
    """One row: what is known of its values, and whether something is wrong with it."""

    line: Line
    values: dict[str, Any] = field(default_factory=dict)
    place: Place = NOWHERE
    bad: bool = False
    lost: bool = False  # its cluster or building is unknown: what lies inside cannot be looked for

    def cell(self, index: int) -> Cell:
        """The cell in a column; rows may be shorter than the header."""
        return self.line.cells[index] if index < len(self.line.cells) else None


@dataclass
class Asking:
    """What a parse knows and has found: shared by every sheet."""

    known: Known
    answers: Mapping[str, str]
    term: str | None
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class SheetDraft:
    """A sheet being read: its rows, and where each column stands."""

    asking: Asking
    sheet: str
    layout: Layout
    table: Table
    drafts: list[Draft]
    term: str | None = None
    counted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def bound(self, column: str, *roles: Role) -> Bound | None:
        """Where a column stands in the sheet."""
        return next(
            (
                b
                for b in self.layout.bound
                if b.meaning.column == column and b.meaning.role in roles
            ),
            None,
        )

    def fault(self, draft: Draft, bound: Bound | None, unfit: Unfit, *, value: str = "") -> None:
        """Something is wrong with a cell, or with the whole row."""
        draft.bad = True
        index, heading = (bound.index, bound.heading) if bound else (-1, "")
        self.asking.problems.append(
            Problem(
                self.sheet,
                draft.line.number,
                index + 1,
                heading,
                value or (shown(draft.cell(index)) if bound else ""),
                unfit.reason,
                unfit.remedy,
                unfit.choices,
                self.table.name,
            )
        )

    def missing(self, heading: str, remedy: str) -> None:
        """A column is not there at all."""
        row = self.layout.header.bottom + 1
        self.asking.problems.append(
            Problem(self.sheet, row, 0, heading, "", "缺少这一列", remedy, (), self.table.name)
        )
        for draft in self.drafts:
            draft.bad = True

    def count(self, note: str, number: int) -> None:
        """Something was assumed for a row; said once for the sheet."""
        self.counted[note].append(number)

    def note(self, text: str) -> None:
        """Something was assumed for the whole sheet."""
        self.asking.notes.append(f"“{self.sheet}”{text}")

    def close(self) -> None:
        """Say what was assumed, with the rows."""
        for note, numbers in self.counted.items():
            self.note(f"{note}({_rows_said(numbers)})")


def _rows_said(numbers: Sequence[int]) -> str:
    """`第 5、6、9 行` or `第 5、6、9、12、13… 共 40 行`."""
    some = "、".join(map(str, numbers[:5]))
    return f"第 {some} 行" if len(numbers) <= 5 else f"第 {some}… 共 {len(numbers)} 行"


def given(draughts: Iterable[SheetDraft]) -> tuple[str, ...]:
    """The columns that rows have a value for, in the order of the table."""
    draughts = list(draughts)
    names = {name for d in draughts for draft in d.drafts for name in draft.values}
    names |= {
        b.meaning.column for d in draughts for b in d.layout.bound if b.meaning.role is Role.VALUE
    }
    return tuple(c.name for c in draughts[0].table.columns if c.name in names)

"""Which sheets of a file are sign-in lists."""

from dataclasses import replace

from data.ledger.meaning.drafts import Asking
from data.ledger.meaning.recognising import KIND
from data.ledger.meaning.wording import is_empty, stripped
from data.ledger.problem import Problem
from data.ledger.sheet import Book, Sheet
from data.ledger.signing.columns import SIGN_IN, SIGN_IN_TITLE, Columns, sign_in_list
from data.ledger.signing.sheets import Wanted
from data.ledger.tables import tables

EXPLANATIONS = frozenset(("说明", "填写说明", "问题清单"))


def sign_in_lists(
    asking: Asking, book: Book, table: str | None, wanted: Wanted
) -> dict[int, Columns | None]:
    """The sheets that are sign-in lists, by their place; None for one that should be, but is not
    to be read as one."""
    found: dict[int, Columns | None] = {}
    for place, sheet in enumerate(book.sheets):
        named = asking.answers.get(f"{KIND}:{sheet.name}", table)
        told = SIGN_IN in (named, table) or wanted.activity is not None
        if _holds_nothing(sheet, book) or (named in tables() and not told):
            continue
        columns = sign_in_list(sheet, book.name, told=told)
        if columns:
            found[place] = columns
        elif told:
            found[place] = None
            remedy = "写上列名“学号”和“签到时间”；不是名单的工作表请删去或隐藏"
            asking.problems.append(Problem(sheet.name, 0, 0, "", "", "没有学号一列", remedy))
    return found


def _holds_nothing(sheet: Sheet, book: Book) -> bool:
    """Whether a sheet is hidden, empty, or explains others."""
    explains = stripped(sheet.name) in EXPLANATIONS and len(book.sheets) > 1
    return sheet.hidden or explains or all(is_empty(cell) for row in sheet.rows for cell in row)


def or_a_list(problem: Problem, sheet: Sheet, book: Book) -> Problem:
    """A sheet with student numbers that is no known ledger may be a sign-in list."""
    if problem.heading != KIND or sign_in_list(sheet, book.name, told=True) is None:
        return problem
    return replace(problem, choices=(*problem.choices, (SIGN_IN, SIGN_IN_TITLE)))

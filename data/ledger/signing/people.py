"""Whose a number is: a student of that term, or a reason why the row is left over."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time

from sqlalchemy import Connection, select

from data.engine import in_parts
from data.ledger.meaning.names import Known
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import compact, is_empty, shown
from data.ledger.problem import Problem
from data.ledger.sheet import Cell, CellError
from data.ledger.signing.columns import Use
from data.ledger.signing.counting import (
    ANOTHER_NAME,
    BLANK,
    LOST_ZEROS,
    MALFORMED,
    NOBODY,
    NOT_ENROLLED,
    Held,
)
from data.ledger.signing.sheets import ListSheet, Row
from data.models.people import Enrolment

EXACT = 2**53
MOST_ZEROS = 3
_NUMBER = re.compile(r"[A-Za-z0-9_-]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_FORMULA = re.compile(r'=?"?[\'`’]?([A-Za-z0-9_-]+)"?')  # ="2023" and '2023, as exports protect it
_WHOLE = re.compile(r"(\d+)\.0+")
_SHOWABLE = re.compile(r"[A-Za-z0-9_.+-]{1,32}")
REMEDIES = {
    BLANK: "补上学号",
    MALFORMED: "把这一列设为文本，从来源重新导出，再填完整的学号",
    LOST_ZEROS: "把这一列设为文本后补上开头的 0",
    NOBODY: "核对学号；是教师、来宾等来访人员的不用登记",
    NOT_ENROLLED: "核对学号；已毕业或不在册的不用登记",
    ANOTHER_NAME: "核对姓名和学号，改正其中之一",
}
Owned = tuple[ListSheet, Row]


def match(conn: Connection, known: Known, rows: Sequence[Owned]) -> list[tuple[Problem, Held]]:
    """Give every row its student; what is left over, with the activity it is of, row by row."""
    numbers = {id(row): number(sheet.cell(row, Use.NUMBER)) for sheet, row in rows}
    _ask(known, {text for text, reason in numbers.values() if not reason})
    for sheet, row in rows:
        text, reason = numbers[id(row)]
        row.fate = reason or _whose(known, sheet, row, text)
        row.student = "" if row.fate else text
    _enrolled(conn, known, rows)
    return [(_left(known, sheet, row, numbers[id(row)][0]), _held(row)) for sheet, row in _of(rows)]


def number(cell: Cell) -> tuple[str, str]:
    """A student number as text, and what is wrong with it, or ""."""
    if is_empty(cell):
        return "", BLANK
    if isinstance(cell, bool | date | time | CellError):
        return shown(cell), MALFORMED
    if isinstance(cell, float) and (not cell.is_integer() or abs(cell) >= EXACT):
        return shown(cell), MALFORMED
    text = compact(shown(cell))
    if plain := _FORMULA.fullmatch(text) or _WHOLE.fullmatch(text):
        text = plain[1]
    wrong = not _NUMBER.fullmatch(text) or _SCIENTIFIC.fullmatch(text)
    return text, MALFORMED if wrong else ""


def _ask(known: Known, texts: set[str]) -> None:
    known.ask("student", texts)
    lost = [text for text in texts if text.isdigit() and not known.has("student", text)]
    known.ask("student", [longer for text in lost for longer in _longer(text)])


def _longer(text: str) -> Iterator[str]:
    return ("0" * n + text for n in range(1, MOST_ZEROS + 1))


def _whose(known: Known, sheet: ListSheet, row: Row, text: str) -> str:
    """Why the number is no student's, or "". A name in the list is compared and then forgotten."""
    if not known.has("student", text):
        lost = text.isdigit() and any(known.has("student", longer) for longer in _longer(text))
        return LOST_ZEROS if lost else NOBODY
    name, said = known.row("student", text).get("name"), sheet.cell(row, Use.NAME)
    if not name or is_empty(said):
        return ""
    forms = {_name(shown(said)), _name(re.sub(r"[(（].*[)）]", "", shown(said)))}
    return "" if _name(str(name)) in forms else ANOTHER_NAME


def _name(text: str) -> str:
    return compact(text).casefold().replace("·", "").replace("•", "").replace("・", "")


def _enrolled(conn: Connection, known: Known, rows: Sequence[Owned]) -> None:
    """A number must be a student's in the term of the activity."""
    by_term: dict[str, list[Row]] = {}
    without: dict[int, Held] = {}
    for _, row in rows:
        term = _term(known, _held(row).day)
        if term:
            by_term.setdefault(term, []).append(row)
        else:
            without[_held(row).id] = _held(row)
    for term, some in by_term.items():
        there = _there(conn, term, {row.student for row in some if row.student})
        for row in some:
            if row.student and row.student not in there:
                row.student, row.fate = "", NOT_ENROLLED
    for held in without.values():
        rows[0][0].note(f"{held.label}不在任何学期之内，没有核对学籍")


def _term(known: Known, day: date) -> str | None:
    inside = (r["id"] for r in known.rows("term") if r["starts"] <= day <= r["ends"])
    return next(inside, None)


def _there(conn: Connection, term: str, students: Iterable[str]) -> set[str]:
    found: set[str] = set()
    column = Enrolment.student_id
    for some in in_parts(sorted(students)):
        found.update(
            conn.scalars(select(column).where(Enrolment.term_id == term, column.in_(some)))
        )
    return found


def _of(rows: Sequence[Owned]) -> Iterator[Owned]:
    return ((sheet, row) for sheet, row in rows if row.fate)


def _held(row: Row) -> Held:
    if row.activity is None:
        raise ValueError("a row without an activity")
    return row.activity


def _left(known: Known, sheet: ListSheet, row: Row, text: str) -> Problem:
    """What is said of a row left over; a name that stands where a number should is not repeated."""
    remedy = REMEDIES[row.fate]
    if row.fate == LOST_ZEROS:
        longer = next(one for one in _longer(text) if known.has("student", one))
        remedy = f"{remedy}：有“{longer}”"
    shown_text = text if _SHOWABLE.fullmatch(text) else ""
    return sheet.problem(row, Use.NUMBER, Unfit(row.fate, remedy), shown_text)

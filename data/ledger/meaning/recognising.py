"""Which ledger a sheet is, and what each of its columns means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Column, Table

from data.ledger.meaning.grid import Header, headers, titles
from data.ledger.meaning.headings import Meaning, Role, vocabulary
from data.ledger.meaning.spellings import NUMBERING, TIME_SPANS
from data.ledger.meaning.wording import compact, heading_form
from data.ledger.problem import Problem
from data.ledger.sheet import Sheet
from data.ledger.tables import subject, surrogate, tables, title
from data.models.contract import ledger

KIND = "台账种类"  # what a question about the table of a sheet is asked under
CLOSE = 0.5
DERIVED = {("visit", "venue"), ("enrolment", "starts")}
_KNOWN_BY = 2  # headings that must be known before a sheet is taken for a ledger


@dataclass(frozen=True)
class Bound:
    """A column of a sheet (zero-based) and what its heading means."""

    index: int
    heading: str
    meaning: Meaning


@dataclass(frozen=True)
class Layout:
    """How to read a sheet."""

    table: str
    header: Header
    bound: tuple[Bound, ...]
    ignored: tuple[str, ...]
    numbering: str
    titles: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    exact: bool = False  # an export of ours: text is taken to the letter


@dataclass(frozen=True)
class _Guess:
    table: str
    header: Header
    found: tuple[tuple[int, str, Meaning], ...]
    score: float
    covered: float


def recognise(sheet: Sheet, table: str | None = None, *, book: str = "") -> Layout | Problem:
    """How to read a sheet, or why it cannot be told which ledger it is.

    `table` names the ledger, and only its columns are looked for.
    """
    blocks = [block for block in headers(sheet) if _speaks(block)] or list(headers(sheet))[:1]
    names = [table] if table else list(tables())
    best: dict[str, _Guess] = {}
    for header in blocks:
        for name in names:
            guess = _guess(name, header)
            if name not in best or guess.score > best[name].score:
                best[name] = guess
    if not best:
        return _unknown(sheet, "没有找到表头", "第一行写上列名，可用模板填写")
    bonus = _bonus(best, sheet, book)
    ranked = sorted(best.values(), key=lambda g: -(g.score + bonus.get(g.table, 0)))
    if table:
        return _layout(sheet, ranked[0]) if ranked[0].found else _no_heading(sheet, ranked[0])
    likely = [g for g in ranked if _plausible(g, bonus.get(g.table, 0))]
    if not likely:
        return _ask(sheet, ranked[:5], "看不出是哪一种台账")
    top = likely[0].score + bonus.get(likely[0].table, 0)
    tied = [g for g in likely if top - g.score - bonus.get(g.table, 0) < CLOSE]
    if len(tied) > 1:
        return _ask(sheet, tied, f"既像{'，又像'.join(title(g.table) for g in tied)}")
    return _layout(sheet, likely[0])


def required(table: Table) -> list[Column[object]]:
    """The columns without which rows of a ledger say too little."""
    given = (surrogate(table), "term_id")
    return [
        column
        for column in table.columns
        if not column.nullable
        and column.default is None
        and column.name not in given
        and (table.name, column.name) not in DERIVED
    ]


@cache
def _spoken() -> frozenset[str]:
    """Every heading that any ledger knows."""
    return frozenset(form for table in tables() for form in vocabulary(table))


def _speaks(header: Header) -> bool:
    """Whether it could be a header at all: rows of data hold no heading."""
    return any(form in _spoken() for forms in header.forms for form in forms)


@cache
def _wanted(table: str) -> frozenset[str]:
    return frozenset(column.name for column in required(tables()[table][1]))


def _guess(table: str, header: Header) -> _Guess:
    known = vocabulary(table)
    found: list[tuple[int, str, Meaning]] = []
    unknown = 0
    for index, forms in enumerate(header.forms):
        meaning = next((known[form] for form in forms if form in known), None)
        if meaning:
            found.append((index, header.headings[index], meaning))
        elif forms and forms[-1] not in NUMBERING:
            unknown += 1
    wanted = _wanted(table)
    got = {name for _, _, meaning in found for name in _columns(table, meaning)}
    missing = len(wanted - got)
    weights: dict[str, float] = {}
    for _, heading, meaning in found:
        if heading_form(heading) in NUMBERING and len(found) < len(tables()[table][1].columns):
            continue  # most likely 1, 2, 3…
        key = f"{meaning.column}{meaning.part}"
        weights[key] = max(weights.get(key, 0), meaning.weight)
    score = sum(weights.values()) - missing - 0.4 * unknown - 0.01 * (header.bottom - header.top)
    return _Guess(table, header, tuple(found), score, 1 - missing / max(1, len(wanted)))


def _columns(table: str, meaning: Meaning) -> Iterator[str]:
    if meaning.role in (Role.CONTEXT, Role.PART):
        return
    yield meaning.column
    if meaning.role is Role.SPAN:
        yield from ("ends", "day") if "day" in tables()[table][1].columns else ("ends",)


def _plausible(guess: _Guess, bonus: float) -> bool:
    own = [f for f in guess.found if f[2].role in (Role.VALUE, Role.NAME, Role.SPAN)]
    return (
        len(own) >= min(_KNOWN_BY, len(own) or _KNOWN_BY)
        and bool(own)
        and (
            (guess.covered >= 0.6 and guess.score > 0.5 and len(own) >= _KNOWN_BY)
            or (guess.covered >= 0.4 and bonus > 0)
        )
    )


def _bonus(found: dict[str, _Guess], sheet: Sheet, book: str) -> dict[str, float]:
    """What the names of the file and the sheet, and the titles above the header, speak for."""
    bonus: dict[str, float] = {}
    for table, guess in found.items():
        said = compact("\n".join((book, sheet.name, *titles(sheet, guess.header))))
        names = (title(table), subject(table))
        named = [name for name in names if name in said and not _part_of_longer(name, said)]
        if named:
            bonus[table] = 2.0 if named[0] == title(table) else 0.8
    return bonus


def _part_of_longer(name: str, said: str) -> bool:
    return any(
        name != longer and name in longer and longer in said
        for table in tables()
        for longer in (title(table), subject(table))
    )


def _layout(sheet: Sheet, guess: _Guess) -> Layout:
    header, table = guess.header, tables()[guess.table][1]
    by_column: dict[tuple[str, str, str], Bound] = {}
    numbering, problems = "", []
    full = _every_heading(table, header)
    for index, heading, meaning in guess.found:
        if meaning.column == surrogate(table) and heading_form(heading) in NUMBERING and not full:
            numbering = heading
            continue
        bound = Bound(index, heading, meaning)
        key = (meaning.part, meaning.column, _kind(meaning))
        if key in by_column and (times := _times(by_column, key, bound)):
            by_column["", times.meaning.column, "span"] = times
        elif key in by_column:
            problems.append(_twice(sheet, header, bound, by_column[key]))
        else:
            by_column[key] = bound
    indices = {bound.index for bound in by_column.values()}
    extra = tuple(
        heading
        for index, heading in enumerate(header.headings)
        if heading and index not in indices and heading != numbering
    )
    numbered = tuple(h for h in extra if heading_form(h) in NUMBERING)
    return Layout(
        guess.table,
        header,
        tuple(by_column.values()),
        tuple(h for h in extra if h not in numbered),
        numbering or next(iter(numbered), ""),
        (*titles(sheet, header), sheet.name),
        tuple(problems),
        full,
    )


def _times(
    by_column: dict[tuple[str, str, str], Bound], key: tuple[str, str, str], bound: Bound
) -> Bound | None:
    """Of 活动日期 and 活动时间, both of which can be the day, the one that tells the times."""
    if key != ("", "day", "value") or ("", "starts", "span") in by_column:
        return None
    for one, other in ((bound, by_column[key]), (by_column[key], bound)):
        says = [heading_form(b.heading) in TIME_SPANS for b in (one, other)]
        if says == [True, False]:
            by_column[key] = other
            return Bound(one.index, one.heading, Meaning(Role.SPAN, "starts", one.meaning.weight))
    return None


def _kind(meaning: Meaning) -> str:
    """A name may stand beside an id, and a place beside its context, but nothing stands twice."""
    return "name" if meaning.role in (Role.NAME, Role.CHECK) else meaning.role.value


def _every_heading(table: Table, header: Header) -> bool:
    """Whether a sheet has the columns of our export and no others: its 序号 is then the key."""
    there = [heading_form(heading) for heading in header.headings if heading]
    return there == [heading_form(ledger(column).heading) for column in table.columns]


def _twice(sheet: Sheet, header: Header, bound: Bound, first: Bound) -> Problem:
    return Problem(
        sheet.name,
        header.bottom + 1,
        bound.index + 1,
        bound.heading,
        "",
        f"与“{first.heading}”一列说的是同一件事",
        "只留一列，另一列删去或改名",
    )


def _unknown(sheet: Sheet, reason: str, remedy: str) -> Problem:
    return Problem(sheet.name, 0, 0, KIND, sheet.name, reason, remedy)


def _ask(sheet: Sheet, guesses: Sequence[_Guess], reason: str) -> Problem:
    some = [guess for guess in guesses if guess.found]
    choices = tuple((guess.table, title(guess.table)) for guess in some)
    header = some[0].header.bottom + 1 if some else 0
    aside = "；不是台账的工作表请删去或隐藏"
    remedy = ("选定台账种类，或按模板改正列名" if some else "按模板填写列名") + aside
    return Problem(sheet.name, header, 0, KIND, sheet.name, reason, remedy, choices)


def _no_heading(sheet: Sheet, guess: _Guess) -> Problem:
    wanted = "、".join(ledger(column).heading for column in required(tables()[guess.table][1]))
    return _unknown(sheet, f"没有一列是{title(guess.table)}的", f"列名应有：{wanted}；可用模板填写")

"""From a spreadsheet to rows of contract tables, with every problem and every assumption."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data.ledger.meaning.checking_rows import check
from data.ledger.meaning.companions import Parts, has_parts
from data.ledger.meaning.companions import gather as gather_parts
from data.ledger.meaning.deriving import derive, file_term
from data.ledger.meaning.drafts import Asking, Draft, SheetDraft, given
from data.ledger.meaning.grid import body
from data.ledger.meaning.names import Known
from data.ledger.meaning.reading_cells import read_cells
from data.ledger.meaning.recognising import KIND, Layout, recognise
from data.ledger.meaning.references import read_references
from data.ledger.meaning.wording import is_empty, stripped
from data.ledger.problem import Problem
from data.ledger.sheet import Book, Sheet
from data.ledger.signing.columns import Columns
from data.ledger.signing.counting import Tally
from data.ledger.signing.finding import EXPLANATIONS, or_a_list, sign_in_lists
from data.ledger.signing.reading import gather
from data.ledger.signing.rows import GIVEN, Gathered
from data.ledger.signing.sheets import NOTHING_CHOSEN, Wanted
from data.ledger.signing.sheets import TABLE as ATTENDANCE
from data.ledger.tables import tables, target, title
from data.ledger.traces import refuse


@dataclass(frozen=True)
class ParsedLedger:
    """The faultless rows of one table.

    A row holds a value for each column its own sheet gives, so sheets of one table may differ;
    `given` is what any of them gives. Where `where` says (sheet, one-based row), `columns` says
    for (sheet, column) which heading and one-based column. An integer key the file does not
    give is absent. Rows of a companion (`visit_room` in a visit ledger) have in `parents` the
    index of their owner's row in the ledger of `parent`, -1 for rows of a sheet of their own;
    without the owner's key they lack `link`, which the owner's new key is to fill.
    """

    table: str
    given: tuple[str, ...]
    rows: list[dict[str, Any]]
    where: list[tuple[str, int]]
    columns: Mapping[tuple[str, str], tuple[str, int]]
    parent: str = ""
    link: str = ""
    parents: tuple[int, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """What a file says, table by table in an order in which they can be filled.

    `tallies` count the rows of sign-in lists, `left` are those that stay out as was agreed.
    """

    ledgers: tuple[ParsedLedger, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    tallies: tuple[Tally, ...] = ()
    left: tuple[Problem, ...] = ()


def parse(
    conn: Connection,
    book: Book,
    *,
    table: str | None = None,
    term: str | None = None,
    answers: Mapping[str, str] | None = None,
    wanted: Wanted = NOTHING_CHOSEN,
) -> Parsed:
    """Understand a file as rows of the contract; RefusedByDesign for logs of where people were.

    `table` names the ledger of every sheet, `term` the term of dates without a year, `answers`
    what the owner said of ambiguous names: `楼宇名称:5号楼` is this id; `wanted` is about sign-in
    lists.
    """
    asking = Asking(Known(conn), answers or {}, term)
    lists = sign_in_lists(asking, book, table, wanted)
    refuse(book, {place: found.header for place, found in lists.items() if found})
    layouts = list(_layouts(asking, book, table, lists))
    signed = [(book.sheets[n], found) for n, found in lists.items() if found]
    if not layouts and not signed and not asking.problems:
        asking.problems.append(
            Problem(book.name, 0, 0, "", "", "没有可以导入的数据", "按模板填写后再导入")
        )
    ledgers: list[ParsedLedger] = []
    for name in tables():
        mine = [(sheet, layout) for sheet, layout in layouts if layout.table == name]
        if mine:
            ledgers += _ledger(asking, book, mine)
    found = gather(conn, asking, book.name, signed, wanted) if signed else Gathered()
    if found.rows:
        ledgers.append(ParsedLedger(ATTENDANCE, GIVEN, found.rows, found.where, found.columns))
    order = {sheet.name: n for n, sheet in enumerate(book.sheets)}
    problems = sorted(asking.problems, key=lambda p: (order.get(p.sheet, -1), p.row, p.column))
    return Parsed(
        tuple(_together(ledgers)),
        tuple(dict.fromkeys(problems)),
        tuple(dict.fromkeys(asking.notes)),
        found.tallies,
        found.left,
    )


def _layouts(
    asking: Asking, book: Book, table: str | None, lists: Mapping[int, Columns | None]
) -> Iterator[tuple[Sheet, Layout]]:
    """The sheets that hold a ledger, each with how to read it."""
    for place, sheet in enumerate(book.sheets):
        if place in lists:
            continue
        if sheet.hidden:
            asking.notes.append(f"“{sheet.name}”是隐藏的工作表，没有导入")
        elif all(is_empty(cell) for row in sheet.rows for cell in row):
            asking.notes.append(f"“{sheet.name}”是空的工作表")
        elif stripped(sheet.name) in EXPLANATIONS and len(book.sheets) > 1:
            continue
        else:
            named = asking.answers.get(f"{KIND}:{sheet.name}")
            chosen = named if named in tables() else table
            found = recognise(sheet, chosen, book=book.name)
            if isinstance(found, Problem):
                asking.problems.append(or_a_list(found, sheet, book))
            else:
                asking.problems += found.problems
                yield sheet, found


def _ledger(asking: Asking, book: Book, mine: list[tuple[Sheet, Layout]]) -> Iterator[ParsedLedger]:
    sheets = [_sheet_draft(asking, book, sheet, layout) for sheet, layout in mine]
    table = sheets[0].table
    for sheet in sheets:
        read_cells(sheet)
    if any(target(column) == table.name for column in table.columns):
        _bring(asking, sheets)
    for sheet in sheets:
        read_references(sheet)
        derive(sheet)
    companion = has_parts(sheets)
    rows: list[tuple[SheetDraft, Draft]] = [(s, d) for s in sheets for d in s.drafts]
    parts = None
    if companion:
        rows, parts = gather_parts(sheets, companion)
    check(rows)
    _bring(asking, sheets)
    for sheet in sheets:
        sheet.close()
    yield from _parsed(sheets, rows, parts)


def _sheet_draft(asking: Asking, book: Book, sheet: Sheet, layout: Layout) -> SheetDraft:
    found = body(sheet, layout.header)
    table = tables()[layout.table][1]
    draft = SheetDraft(asking, sheet.name, layout, table, [Draft(line) for line in found.lines])
    draft.term = file_term(asking.known, (*layout.titles, book.name), asking.term)
    draft.note(f"读作{title(layout.table)}，{len(found.lines)} 行")
    for note in found.notes():
        draft.note(note)
    if layout.numbering:
        draft.note(f"“{layout.numbering}”是行号，没有导入")
    if layout.ignored:
        draft.note(f"用不到的列没有导入：{'、'.join(layout.ignored)}")
    return draft


def _bring(asking: Asking, sheets: list[SheetDraft]) -> None:
    """Other tables, and the table itself, may refer to these rows."""
    name = sheets[0].table.name
    if len(sheets[0].table.primary_key.columns) == 1:
        asking.known.bring(name, (draft.values for s in sheets for draft in s.drafts))


def _parsed(
    sheets: list[SheetDraft], rows: list[tuple[SheetDraft, Draft]], parts: Parts | None
) -> Iterator[ParsedLedger]:
    kept: dict[int, int] = {}
    good: list[tuple[SheetDraft, Draft]] = []
    for number, (sheet, draft) in enumerate(rows):
        if not draft.bad:
            kept[number] = len(good)
            good.append((sheet, draft))
    yield ParsedLedger(
        sheets[0].table.name,
        given(sheets),
        [draft.values for _, draft in good],
        [(sheet.sheet, draft.line.number) for sheet, draft in good],
        _columns(sheets),
    )
    if parts is None:
        return
    companion = parts.companion
    alive = [n for n, parent in enumerate(parts.parents) if parent in kept]
    yield ParsedLedger(
        companion.part,
        (companion.link, companion.column),
        [parts.rows[n] for n in alive],
        [parts.where[n] for n in alive],
        {
            (s.sheet, companion.column): (b.heading, b.index + 1)
            for s in sheets
            for b in s.layout.bound
            if b.meaning.part
        },
        companion.owner,
        companion.link,
        tuple(kept[parts.parents[n]] for n in alive),
    )


def _columns(sheets: list[SheetDraft]) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (s.sheet, b.meaning.column): (b.heading, b.index + 1)
        for s in sheets
        for b in reversed(s.layout.bound)
        if not b.meaning.part
    }


def _together(ledgers: list[ParsedLedger]) -> Iterator[ParsedLedger]:
    """One ledger for each table, in the order of filling."""
    for name in tables():
        mine = [ledger for ledger in ledgers if ledger.table == name]
        if len(mine) == 1:
            yield mine[0]
        elif mine:
            yield _joined(mine)


def _joined(mine: list[ParsedLedger]) -> ParsedLedger:
    """Rows of a companion's own sheet beside those from the sheet of its owner."""
    first = next((ledger for ledger in mine if ledger.parent), mine[0])
    names = [c.name for c in tables()[first.table][1].columns]
    some = {column for ledger in mine for column in ledger.given}
    return ParsedLedger(
        first.table,
        tuple(name for name in names if name in some),
        [row for ledger in mine for row in ledger.rows],
        [place for ledger in mine for place in ledger.where],
        {key: value for ledger in mine for key, value in ledger.columns.items()},
        first.parent,
        first.link,
        tuple(p for ledger in mine for p in (ledger.parents or (-1,) * len(ledger.rows))),
    )

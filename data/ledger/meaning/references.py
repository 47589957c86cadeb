"""Second pass over a sheet: names and numbers of other things become their ids."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Column

from data.ledger.meaning.drafts import Draft, SheetDraft
from data.ledger.meaning.headings import PEOPLE, PLACED, Role
from data.ledger.meaning.names import LARGE, NOWHERE, Place
from data.ledger.meaning.reading_cells import EMPTY, empty_value
from data.ledger.meaning.recognising import Bound
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.values import code_text, nothing
from data.ledger.meaning.wording import compact, is_empty, shown
from data.ledger.sheet import Cell
from data.ledger.tables import subject, target, title

_KINDS = ("campus", "cluster", "building", "wing")
_FIRST = ("campus", "cluster", "building", "floor")  # what narrows down is resolved first
_NUMBERED = re.compile(r"([^\d()]+)\(([A-Za-z]*\d{4,})\)")
_COUNTED = re.compile(r"[(（]\d+[^()（）]{0,3}[)）]$")


def read_references(sheet: SheetDraft) -> None:
    """Ids for every column that refers to another table, and the places rows lie in."""
    _default_places(sheet)
    for kind in _KINDS:
        if bound := sheet.bound(kind, Role.CONTEXT):
            _context(sheet, bound, kind)
    columns = [column for column in sheet.table.columns if target(column)]
    for column in sorted(columns, key=_order):
        _reference(sheet, column)


def resolver(sheet: SheetDraft, there: str, heading: str) -> Callable[[Cell, Place, bool], Any]:
    """What a cell under a heading stands for: an id, or why it cannot be told."""
    found: dict[tuple[Cell, Place, bool], Any] = {}

    def resolve(cell: Cell, place: Place, by_name: bool) -> Any:
        key = (cell, place, by_name)
        if key not in found:
            found[key] = _of_cell(sheet, there, heading, *key)
        return found[key]

    return resolve


def _of_cell(
    sheet: SheetDraft, there: str, heading: str, cell: Cell, place: Place, by_name: bool
) -> Any:
    try:
        text = code_text(cell)  # dates and errors are no names
    except Unfit as unfit:
        return unfit
    if there in PEOPLE and (found := _NUMBERED.fullmatch(text)):
        return _person(sheet, there, found[1], found[2])
    return _resolved(sheet, there, heading, shown(cell) if by_name else text, place, by_name)


def _person(sheet: SheetDraft, there: str, name: str, number: str) -> Any:
    """`王明(20230001)` is who has that number, if that is their name."""
    sheet.asking.known.ask(there, (number,))
    row = sheet.asking.known.row(there, number)
    if not row:
        return _unknown(sheet, there, number, ())
    if row.get("name") and compact(str(row["name"])) != name:
        return Unfit("姓名与后面的编号不是同一个人", "核对姓名和编号，改正其中之一")
    return row["id"]


def _resolved(
    sheet: SheetDraft, there: str, heading: str, text: str, place: Place, by_name: bool
) -> Any:
    known = sheet.asking.known
    match = known.match(there, text, place, by_name=by_name)
    if not match.ids and place.soft:
        match = known.match(there, text, Place(wing=place.wing), by_name=by_name)
    if len(match.ids) == 1:
        return match.ids[0]
    chosen = sheet.asking.answers.get(f"{heading}:{text}")
    for key in known.match(there, chosen, by_name=False).ids if chosen is not None else ():
        if key in match.ids or not match.ids:  # an answer says nothing of what was never asked
            sheet.note(f"“{heading}”的“{text}”按选定的记为{known.describe(there, key)}")
            return key
    if match.ids:
        choices = tuple((str(key), known.describe(there, key)) for key in match.ids[:20])
        some = "、".join(label for _, label in choices[:4])
        return Unfit(
            f"可能是 {len(match.ids)} 个{_noun(there)}：{some}", "选定是哪一个，或改填编号", choices
        )
    return _unknown(sheet, there, text, match.close)


def _unknown(sheet: SheetDraft, there: str, text: str, close: tuple[str, ...]) -> Unfit:
    said = f"没有叫“{text}”的{_noun(there)}"
    if there == "student":
        said = "没有这个学号的学生" if text.isascii() else "没有叫这个名字的学生"
    if close:
        return Unfit(said, f"改为已有的名称，相近的有：{'、'.join(close)}")
    if longer := _with_zeros(sheet, there, text):
        return Unfit(said, f"是否丢了开头的 0：有“{longer}”；把单元格设为文本后重填")
    return Unfit(said, f"核对后改正，或先导入{title(there)}")


def _with_zeros(sheet: SheetDraft, there: str, text: str) -> str:
    if not text.isdigit():
        return ""
    longer = ["0" * n + text for n in range(1, 4)]
    sheet.asking.known.ask(there, longer)
    return next((key for key in longer if sheet.asking.known.has(there, key)), "")


def _noun(there: str) -> str:
    return {"college": "学院", "visit": "走访", "party_organisation": "组织"}.get(there) or subject(
        there
    )


def _order(column: Column[Any]) -> int:
    there = target(column)
    return _FIRST.index(there) if there in _FIRST else len(_FIRST)


def _default_places(sheet: SheetDraft) -> None:
    """The cluster or building that the title, the sheet or a row of its own names."""
    needed = {target(c) for c in sheet.table.columns} | {
        b.meaning.part for b in sheet.layout.bound if b.meaning.part
    }
    if not needed & {"building", "floor", "room", "visit_room", "activity_place"}:
        return
    whole = _named_place(sheet, sheet.layout.titles)
    groups: dict[str, Place] = {"": whole}
    for draft in sheet.drafts:
        group = draft.line.group
        if group not in groups:
            groups[group] = _named_place(sheet, (_COUNTED.sub("", group),)) or whole
        draft.place = groups[group]


def _named_place(sheet: SheetDraft, texts: tuple[str, ...]) -> Place:
    known = sheet.asking.known
    buildings = {k for t in texts for k in known.match("building", t, by_name=True).ids}
    said = compact("\n".join(texts))
    buildings |= {
        row["id"]
        for row in known.rows("building")
        if row.get("name") and compact(row["name"]) in said
    }
    if len(buildings) == 1:
        building = next(iter(buildings))
        cluster = known.row("building", building).get("cluster_id", "")
        return Place(cluster=cluster, building=building, soft=True)
    clusters = {
        row["id"]
        for row in known.rows("cluster")
        if row.get("name") and compact(row["name"]) in said
    }
    return Place(cluster=next(iter(clusters)), soft=True) if len(clusters) == 1 else NOWHERE


def _context(sheet: SheetDraft, bound: Bound, kind: str) -> None:
    resolve = resolver(sheet, kind, bound.heading) if kind != "wing" else None
    for draft in sheet.drafts:
        cell = draft.cell(bound.index)
        if is_empty(cell) or draft.lost:
            continue
        if resolve is None:
            draft.place = replace(draft.place, wing=shown(cell))
            continue
        found = resolve(cell, _above(draft.place, kind), True)
        if isinstance(found, Unfit):
            sheet.fault(draft, bound, found)
            draft.lost = True
        else:
            draft.place = _into(draft.place, kind, found)


def _above(place: Place, kind: str) -> Place:
    """Only what is wider than a kind narrows it down."""
    wider = _KINDS[: _KINDS.index(kind)]
    return Place(**{k: getattr(place, k) for k in wider})


def _into(place: Place, kind: str, found: Any) -> Place:
    """A row's own cluster replaces the one in the title, and the building in it."""
    narrower = dict.fromkeys(_KINDS[_KINDS.index(kind) + 1 : 3], "")
    return replace(place, soft=False, **{kind: found}, **narrower)


def _reference(sheet: SheetDraft, column: Column[Any]) -> None:
    by_id = sheet.bound(column.name, Role.VALUE)
    by_name = sheet.bound(column.name, Role.NAME, Role.CHECK)
    if by_id is None and by_name is None:
        return
    there = target(column)
    _ask(sheet, there, [b for b in (by_id, by_name) if b], names=by_id is None)
    empty = empty_value(sheet, column)
    instead = by_id is None or sheet.bound(column.name, Role.NAME) is not None
    resolves = {b.index: resolver(sheet, there, b.heading) for b in (by_id, by_name) if b}
    for draft in sheet.drafts:
        first, second = _filled(draft, column, by_id), _filled(draft, column, by_name)
        bound = first or (second if instead else None)
        if bound is None:
            _leave_empty(sheet, draft, by_id or by_name, column, empty)
            continue
        if draft.lost and there in PLACED:
            continue
        found = resolves[bound.index](draft.cell(bound.index), draft.place, bound is by_name)
        if isinstance(found, Unfit):
            sheet.fault(draft, bound, found)
            draft.lost = draft.lost or there in _FIRST
            continue
        draft.values[column.name] = found
        if there in ("campus", "cluster", "building"):
            draft.place = _into(draft.place, there, found)
        if first and second:
            _check(sheet, draft, second, there, found, resolves[second.index])


def _ask(sheet: SheetDraft, there: str, bounds: list[Bound], *, names: bool) -> None:
    if there in LARGE:
        cells = {draft.cell(b.index) for b in bounds[:1] for draft in sheet.drafts}
        texts = {text for cell in cells for text in _texts(cell) if text}
        sheet.asking.known.ask(there, texts, names=names)


def _texts(cell: Cell) -> Iterator[str]:
    try:
        yield code_text(cell)
        yield shown(cell)
    except Unfit:
        return


def _filled(draft: Draft, column: Column[Any], bound: Bound | None) -> Bound | None:
    if bound is None or nothing(draft.cell(bound.index), column):
        return None
    return bound


def _leave_empty(
    sheet: SheetDraft, draft: Draft, bound: Bound | None, column: Column[Any], empty: Any
) -> None:
    if isinstance(empty, Unfit):
        there = draft.place.building if target(column) == "building" else ""
        if there:
            draft.values[column.name] = there
        else:
            sheet.fault(draft, bound, EMPTY)
    elif empty is None:
        draft.values[column.name] = None


def _check(
    sheet: SheetDraft, draft: Draft, bound: Bound, there: str, key: Any, resolve: Callable[..., Any]
) -> None:
    """The name beside an id must be its own."""
    cell = draft.cell(bound.index)
    name = sheet.asking.known.row(there, key).get("name")
    said = compact(shown(cell))
    if name is None or said in (compact(str(name)), f"{compact(str(name))}({key})"):
        return
    if there not in ("student", "counselor"):
        found = resolve(cell, draft.place, True)
        if isinstance(found, Unfit) and any(choice[0] == str(key) for choice in found.choices):
            return
        if found == key:
            return
    sheet.fault(draft, bound, Unfit("与编号所指的不是同一个", "核对编号和名称，改正其中之一"))

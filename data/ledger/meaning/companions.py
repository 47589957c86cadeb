"""Rooms of a visit and places of an activity, written into the ledger of their owner."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from data.ledger.meaning.drafts import Draft, SheetDraft
from data.ledger.meaning.headings import COMPANIONS, Companion, Role
from data.ledger.meaning.names import Place
from data.ledger.meaning.recognising import Bound
from data.ledger.meaning.references import resolver
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.values import broken
from data.ledger.meaning.wording import NOTHING, SEPARATORS, compact, heading_form, shown, stripped
from data.ledger.sheet import CellError
from data.ledger.tables import surrogate, tables, target

_LIKE_A_DORMITORY = ("号楼", "栋", "幢", "公寓", "宿舍", "寝室")


@dataclass
class Parts:
    """Companion rows, each with its place in the file and the index of its owner's row."""

    companion: Companion
    rows: list[dict[str, Any]] = field(default_factory=list)
    where: list[tuple[str, int]] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)


def has_parts(sheets: list[SheetDraft]) -> Companion | None:
    """What else the sheets of a ledger hold."""
    parts = {b.meaning.part for s in sheets for b in s.layout.bound if b.meaning.part}
    return next((c for c in COMPANIONS if c.part in parts), None)


def gather(
    sheets: list[SheetDraft], companion: Companion
) -> tuple[list[tuple[SheetDraft, Draft]], Parts]:
    """The owners, each once however many rows it takes, and their parts."""
    owners: list[tuple[SheetDraft, Draft]] = []
    index_of: dict[Any, int] = {}
    seen: dict[tuple[int, Any], int] = {}
    parts = Parts(companion)
    for sheet in sheets:
        bound = sheet.bound(companion.column, Role.PART)
        resolve = resolver(sheet, _target(companion), bound.heading) if bound else None
        for draft in sheet.drafts:
            found = (
                list(_found(sheet, draft, bound, resolve, companion))
                if bound and not draft.lost
                else []
            )
            if draft.bad:
                continue
            _building_of_rooms(sheet, draft, companion, found)
            key = _same(draft)
            again = key in index_of and bool(found)
            owner = index_of.setdefault(key, len(owners)) if again or key not in index_of else -1
            if not again:
                owner = len(owners)
                owners.append((sheet, draft))
            for part in found:
                if (owner, part) in seen:
                    reason = f"与第 {seen[owner, part]} 行重复"
                    sheet.fault(draft, bound, Unfit(reason, "只留一处"))
                    continue
                seen[owner, part] = draft.line.number
                key_name = surrogate(tables()[companion.owner][1])
                own = draft.values.get(key_name)
                link = {} if own is None else {companion.link: own}
                parts.rows.append({**link, companion.column: part})
                parts.where.append((sheet.sheet, draft.line.number))
                parts.parents.append(owner)
    return owners, parts


def _same(draft: Draft) -> Any:
    return tuple((name, repr(draft.values[name])) for name in sorted(draft.values))


def _target(companion: Companion) -> str:
    return target(tables()[companion.part][1].columns[companion.column])


def _found(
    sheet: SheetDraft, draft: Draft, bound: Bound, resolve: Any, companion: Companion
) -> Iterator[Any]:
    cell = draft.cell(bound.index)
    if isinstance(cell, CellError):
        sheet.fault(draft, bound, broken(cell))
        return
    place = draft.place
    for text in filter(None, SEPARATORS.split(stripped(shown(cell)))):
        if text in NOTHING:
            continue
        found = resolve(text, place, True)
        if isinstance(found, Unfit) and _elsewhere(sheet, bound, companion, text, found):
            sheet.count(f"地点“{text}”不是宿舍楼，不记楼宇", draft.line.number)
        elif isinstance(found, Unfit):
            sheet.fault(draft, bound, found, value=text)
        else:
            yield found
            place = _next_place(sheet, companion, place, found)


def _building_of_rooms(
    sheet: SheetDraft, draft: Draft, companion: Companion, rooms: list[Any]
) -> None:
    """A visit without a building took place where its rooms are, if that is one building."""
    if companion.part != "visit_room" or draft.values.get("building_id") is not None:
        return
    known = sheet.asking.known
    buildings = {known.row("room", room).get("building_id") for room in rooms}
    if len(buildings) == 1:
        draft.values["building_id"] = buildings.pop()
        sheet.count("没有写楼宇，按房间所在的楼宇记", draft.line.number)


def _next_place(sheet: SheetDraft, companion: Companion, place: Place, found: Any) -> Place:
    """`桃3-412、413`: the building stays until another is named; `桃苑1、2号楼`: the cluster."""
    if companion.part == "activity_place":
        cluster = sheet.asking.known.row("building", found).get("cluster_id")
        return Place(cluster=str(cluster or ""), soft=True) if not _told(place) else place
    if companion.part != "visit_room" or place.building:
        return place
    room = sheet.asking.known.row("room", found)
    return Place(building=str(room.get("building_id") or ""), soft=True)


def _told(place: Place) -> bool:
    """Whether the row itself, in a column of its own, says where."""
    return not place.soft and bool(place.campus or place.cluster or place.building)


def _elsewhere(
    sheet: SheetDraft, bound: Bound, companion: Companion, text: str, found: Unfit
) -> bool:
    """Whether a text may well name a lecture hall rather than a dormitory misspelt."""
    if heading_form(bound.heading) not in companion.elsewhere or found.choices:
        return False
    clusters = [str(row.get("name")) for row in sheet.asking.known.rows("cluster")]
    said = compact(text)
    return not any(word in said for word in (*_LIKE_A_DORMITORY, *clusters))

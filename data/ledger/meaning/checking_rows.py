"""What can be wrong with rows as they stand: order of dates, limits, and rows that repeat."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Table

from data.contract.keys import OVER_MIDNIGHT, in_order
from data.ledger.meaning.drafts import Draft, SheetDraft
from data.ledger.meaning.headings import Role
from data.ledger.meaning.recognising import Bound
from data.ledger.meaning.unfit import Unfit
from data.models.contract import ledger
from data.summaries.method import may_pass_midnight

Owned = tuple[SheetDraft, Draft]
PLACES = ("cluster_id", "building_id", "floor_id")
ONE_TO_FIVE = Unfit("不在 1 到 5 之间", "填 1、2、3、4 或 5")
LIMITS: dict[tuple[str, str], Unfit] = {
    ("feedback", "score"): ONE_TO_FIVE,
    ("service_request", "rating"): ONE_TO_FIVE,
}


def check(rows: list[Owned]) -> None:
    """Look at every row of one table, and at whether any is there twice."""
    if not rows:
        return
    table = rows[0][0].table
    order = list(in_order(table))
    for sheet, draft in rows:
        if draft.bad:
            continue
        _in_order(sheet, draft, order)
        _over_midnight(sheet, draft)
        _limits(sheet, draft)
        _one_place(sheet, draft)
    _repeated(rows, table)


def _in_order(sheet: SheetDraft, draft: Draft, order: list[tuple[str, str]]) -> None:
    for first, last in order:
        earlier, later = draft.values.get(first), draft.values.get(last)
        if earlier is not None and later is not None and later < earlier:
            _backwards(sheet, draft, first, last)


def _over_midnight(sheet: SheetDraft, draft: Draft) -> None:
    """Times of a visit: one that ends on the day after it began is fine."""
    starts, ends = draft.values.get("starts"), draft.values.get("ends")
    if sheet.table.name not in OVER_MIDNIGHT or starts is None or ends is None:
        return
    if ends < starts and not may_pass_midnight(starts, ends):
        _backwards(sheet, draft, "starts", "ends")


def _backwards(sheet: SheetDraft, draft: Draft, first: str, last: str) -> None:
    columns = sheet.table.columns
    reason = f"{ledger(columns[last]).heading}早于{ledger(columns[first]).heading}"
    sheet.fault(draft, _where(sheet, last), Unfit(reason, "核对起止，改正其中之一"))


def _limits(sheet: SheetDraft, draft: Draft) -> None:
    for (table, column), unfit in LIMITS.items():
        value = draft.values.get(column) if table == sheet.table.name else None
        if value is not None and not 1 <= value <= 5:
            sheet.fault(draft, _where(sheet, column), unfit)


def _one_place(sheet: SheetDraft, draft: Draft) -> None:
    if sheet.table.name != "party_organisation_scope":
        return
    filled = [name for name in PLACES if draft.values.get(name) is not None]
    if len(filled) != 1:
        reason = "楼群、楼宇、楼层" + ("一个也没有填" if not filled else f"填了 {len(filled)} 个")
        bound = _where(sheet, filled[-1]) if filled else None
        sheet.fault(draft, bound, Unfit(reason, "三者只填一个"))


def _repeated(rows: list[Owned], table: Table) -> None:
    keys = [tuple(table.primary_key.columns.keys())]
    keys += [tuple(i.columns.keys()) for i in table.indexes if i.unique]
    keyless = {id(d) for _, d in rows if not d.bad and not d.values.keys() >= set(keys[0])}
    told: set[tuple[int, int]] = set()
    if keyless:
        _same_key(rows, None, keyless, told)
    for key in keys:
        _same_key(rows, key, None, told)


def _same_key(
    rows: list[Owned],
    key: tuple[str, ...] | None,
    only: set[int] | None,
    told: set[tuple[int, int]],
) -> None:
    """Rows that agree in a key, or in everything where there is none; each pair is told once."""
    first: dict[Any, Owned] = {}
    for sheet, draft in rows:
        if only is not None and id(draft) not in only:
            continue
        found = _key_of(draft, key)
        if found is None:
            continue
        other = first.setdefault(found, (sheet, draft))
        pair = (id(other[1]), id(draft))
        if other[1] is not draft and pair not in told:
            told.add(pair)
            _collide((sheet, draft), other, key)


def _key_of(draft: Draft, key: tuple[str, ...] | None) -> Any:
    if key is None:
        return tuple((name, repr(value)) for name, value in draft.values.items())
    values = tuple(draft.values.get(name) for name in key)
    return None if None in values else values


def _collide(later: Owned, earlier: Owned, key: tuple[str, ...] | None) -> None:
    columns = later[0].table.columns
    names = "、".join(ledger(columns[name]).heading for name in key or ())
    bound = next(_bounds(later[0], key), None)
    if key is None or later[1].values == earlier[1].values:
        reason = f"与{_said(earlier, later)}重复"
        later[0].fault(later[1], bound, Unfit(reason, "只留一行"))
        return
    for one, other in ((later, earlier), (earlier, later)):
        reason = f"与{_said(other, one)}的{names}相同，其他内容不同"
        bound = next(_bounds(one[0], key), None)
        one[0].fault(one[1], bound, Unfit(reason, "合并为一行，或改正其中之一"))


def _said(row: Owned, beside: Owned) -> str:
    sheet = f"“{row[0].sheet}”" if row[0].sheet != beside[0].sheet else ""
    return f"{sheet}第 {row[1].line.number} 行"


def _bounds(sheet: SheetDraft, key: Iterable[str] | None) -> Iterator[Bound]:
    return (found for name in key or () if (found := _where(sheet, name)))


def _where(sheet: SheetDraft, column: str) -> Bound | None:
    return (
        sheet.bound(column, Role.VALUE)
        or sheet.bound(column, Role.NAME, Role.CHECK)
        or (sheet.bound("starts", Role.SPAN) if column in ("starts", "ends") else None)
    )

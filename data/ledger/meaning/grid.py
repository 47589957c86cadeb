"""Header and data rows of a sheet: what lies above, between and below them is set aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from data.ledger.meaning.wording import compact, heading_form, is_empty, shown
from data.ledger.sheet import Cell, Sheet

HEADER_WITHIN = 30
DEEPEST = 3
_TOTAL = re.compile(r"(?:[本此]?[页表月]?)(?:合计|总计|小计|共计|总数|累计)(?:[:(].*|\d.*|)")
_SIGNATURE = re.compile(
    r"(?:制表|填表|填报|审核|复核|经办|负责|统计|报送|联系|签收)(?:人|单位|部门|时间|日期)?(?:签[字名章])?:.*"
    r"|(?:单位|部门|学院|主要)?负责人(?:签[字名章])?(?:\((?:签[字名章]|盖章)\))?(?::.*)?"
    r"|(?:制表|填表|填报|审核|复核|经办)人?(?:签[字名])?"
    r"|(?:单位|学院|部门)?\(?(?:盖章|公章)\)?(?::.*)?|(?:签字|签名|签章)(?::.*)?"
    r"|(?:日期|填报时间|备注|注|说明|填表说明|填报说明)\d?:.*"
)
_GROUP = re.compile(r".+\(\d+[^\d()]{0,3}\)")


@dataclass(frozen=True)
class Header:
    """Where the headings stand (zero-based), as written, and every form each may be known by."""

    top: int
    bottom: int
    headings: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Line:
    """One row of data with its one-based number; `group` is the heading row above it, or ""."""

    number: int
    cells: Sequence[Cell]
    group: str = ""


@dataclass
class Body:
    """The rows of data, and the numbers of the rows set aside by what they are."""

    lines: list[Line] = field(default_factory=list)
    aside: dict[str, list[int]] = field(default_factory=dict)

    def notes(self) -> Iterator[str]:
        """A sentence for each kind of row set aside."""
        for kind, numbers in self.aside.items():
            some = "、".join(map(str, numbers[:5])) + ("…" if len(numbers) > 5 else "")
            yield f"跳过{kind} {len(numbers)} 行(第 {some} 行)"


def headers(sheet: Sheet) -> Iterator[Header]:
    """Every block of one to three rows that could be the header, shallow ones first."""
    top = _filled(sheet, 0, min(len(sheet.rows), HEADER_WITHIN + DEEPEST))
    for bottom in range(min(len(sheet.rows), HEADER_WITHIN)):
        if sum(1 for cell in top[bottom] if isinstance(cell, str)) < 1:
            continue
        for depth in range(1, DEEPEST + 1):
            if bottom - depth + 1 >= 0:
                yield _header(top, bottom - depth + 1, bottom)


def titles(sheet: Sheet, header: Header) -> tuple[str, ...]:
    """The texts above the header."""
    above = (cell for row in sheet.rows[: header.top] for cell in row)
    return tuple(shown(cell) for cell in above if not is_empty(cell))


def body(sheet: Sheet, header: Header) -> Body:
    """The data below a header, each row with the value of the merged cells it lies in."""
    found = Body()
    rows = _filled(sheet, header.bottom + 1, len(sheet.rows), across=False)
    across = _across(sheet)
    signed, group = False, ""
    repeated = _repeated(sheet, header)
    firsts = {row[0] for row in repeated}
    for offset, cells in enumerate(rows):
        number = header.bottom + 2 + offset
        said = [cell for cell in cells if not (cell is None or cell == "")]
        if not said or all(map(is_empty, said)):
            continue
        first = said[0]
        kind = None
        if isinstance(first, str):  # numbers and dates begin nothing but data
            kind = _aside(said, header, signed=signed, merged=across.get(number - 1, 0))
            if compact(first) in firsts and _texts(cells) in repeated:
                kind, signed = "重复的表头", False
        signed = signed or kind == "签字说明"
        group = shown(first) if kind == "分组" else group
        if kind:
            found.aside.setdefault(kind, []).append(number)
        else:
            found.lines.append(Line(number, cells, group))
    return found


def _aside(said: Sequence[Cell], header: Header, *, signed: bool, merged: int) -> str | None:
    """What a row is if it is no data: a total, a signature, an example, a group."""
    first, width = compact(str(said[0])), sum(map(bool, header.headings))
    if first.startswith("示例"):
        return "示例"
    if _TOTAL.fullmatch(first):
        return "合计"
    trailing = signed and len(said) <= max(1, width // 3)
    if trailing or (_SIGNATURE.fullmatch(first) and _sparse(said, width)):
        return "签字说明"
    alone = said[0] == said[-1] and all(cell == said[0] for cell in said)
    if alone and width > 2 and (merged * 2 > width or _GROUP.fullmatch(first)):
        return "分组"
    return None


def _sparse(said: Sequence[Cell], width: int) -> bool:
    """Few cells, or each with a colon of its own: no row of data."""
    return len(said) <= max(2, width // 2) or all(":" in compact(shown(cell)) for cell in said)


def _across(sheet: Sheet) -> dict[int, int]:
    """How many columns the widest one-row merged range of each row covers."""
    return {
        merged.top: merged.right - merged.left + 1
        for merged in sorted(sheet.merged, key=lambda m: m.right - m.left)
        if merged.top == merged.bottom
    }


def _repeated(sheet: Sheet, header: Header) -> set[tuple[str, ...]]:
    """The rows of the title and the header, which printed pages repeat; by their first text."""
    rows = [_texts(row) for row in sheet.rows[: header.bottom + 1]]
    return {row for row in rows if row} | {_texts(header.headings)}


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(text for cell in cells if (text := compact(shown(cell))))


def _filled(sheet: Sheet, top: int, bottom: int, *, across: bool = True) -> list[Sequence[Cell]]:
    """Rows with every cell of a merged range holding its value; plain blanks stay blank."""
    rows: list[Sequence[Cell]] = list(sheet.rows[top:bottom])
    for merged in sheet.merged:
        if merged.bottom < top or merged.top >= bottom or merged.top >= len(sheet.rows):
            continue
        if not across and merged.top == merged.bottom:
            continue
        anchor = sheet.rows[merged.top]
        value = anchor[merged.left] if merged.left < len(anchor) else None
        for r in range(
            max(merged.top, top), min(merged.bottom, bottom - 1, len(sheet.rows) - 1) + 1
        ):
            cells = list(rows[r - top])
            cells += [None] * (merged.right + 1 - len(cells))
            cells[merged.left : merged.right + 1] = [value] * (merged.right + 1 - merged.left)
            rows[r - top] = cells
    return rows


def _header(rows: Sequence[Sequence[Cell]], top: int, bottom: int) -> Header:
    width = max(len(row) for row in rows[top : bottom + 1])
    stacks = [[_text(rows[r], c) for r in range(top, bottom + 1)] for c in range(width)]
    lefts = _lefts(rows, top, bottom, width)
    headings, forms = [], []
    for stack, left in zip(stacks, lefts, strict=True):
        said = list(dict.fromkeys(text for text in stack if text))
        headings.append("".join(map(str.strip, said[-1].splitlines())) if said else "")
        forms.append(_forms(said, left if stack[-1] else ""))
    return Header(top, bottom, tuple(headings), tuple(forms))


def _text(row: Sequence[Cell], column: int) -> str:
    return shown(row[column]) if column < len(row) and isinstance(row[column], str) else ""


def _lefts(rows: Sequence[Sequence[Cell]], top: int, bottom: int, width: int) -> list[str]:
    """The group each column may belong to where the file, such as CSV, keeps no merged cells."""
    found, last = [], ""
    for column in range(width):
        upper = _text(rows[bottom - 1], column) if bottom > top else ""
        last = upper or last
        found.append("" if upper else last)
    return found


def _forms(said: list[str], left: str) -> tuple[str, ...]:
    """`开始` under `走访时间` is 开始, 走访时间开始, 开始时间; `专/兼职` is also 专兼职 and 专."""
    if not said:
        return ()
    low = heading_form(said[-1])
    groups = [heading_form(text) for text in (*said[-2::-1], left) if text]
    found = [form for group in groups for form in _under(group, low)]
    found = [*found, low, low.replace("/", ""), *(part for part in low.split("/") if part)]
    return tuple(dict.fromkeys(found))


def _under(group: str, low: str) -> Iterator[str]:
    yield group + low
    for ending in ("时间", "日期", "名称", "编号"):
        if group.endswith(ending):
            yield low + ending
            yield group.removesuffix(ending) + low + ending

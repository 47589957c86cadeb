"""How a ledger stands on a sheet: titles, headings in one to three rows, groups, totals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from data.ledger.sheet import Merged
from tests.data.ledger.corpus.cells import Shown
from tests.data.ledger.corpus.fields import Face, Field, Row
from tests.data.ledger.corpus.ledgers import Spec

TERM_TITLE = "2026-2027学年第一学期"
EXTRAS = {"备注": ("", "已核", "见附件"), "联系电话": ("15812345678", ""), "经办": ("小赵", "小钱")}


@dataclass(frozen=True)
class Slot:
    """One column of the sheet. `face` is None for a column that no ledger knows."""

    heading: str
    group: str = ""
    field: Field | None = None
    face: Face | None = None
    position: int = 0

    @property
    def main(self) -> bool:
        """Whether a fault of its field is planted here."""
        return self.face is not None and self.position == self.face.position


@dataclass
class Paper:
    """One sheet before it is written; `cells[i][c]` is the i-th row of data."""

    spec: Spec
    name: str
    slots: list[Slot]
    rows: list[Row]
    cells: list[list[Shown]]
    title: list[str] = field(default_factory=list)
    deep: int = 1
    blank_above: int = 0
    totals: bool = False
    signed: bool = False
    grouped: int | None = None
    example: bool = False
    referred: bool = False  # another sheet names these rows: their key stays right
    repeated: int | None = None  # the row of data above which the headings stand again

    @property
    def above(self) -> int:
        """How many rows stand above the data."""
        return len(self.title) + self.blank_above + self.deep + self.example

    def place(self, row: int, slot: int) -> tuple[int, int]:
        """The one-based row and column of a cell of data."""
        again = self.repeated is not None and row >= self.repeated
        return self.above + row + again + 1, slot + 1

    def runs(self) -> list[tuple[int, int]]:
        """First and last row of each group that is merged down the grouped column."""
        if self.grouped is None:
            return []
        column = [row[self.grouped] for row in self.cells]
        starts = [i for i, value in enumerate(column) if i == 0 or value != column[i - 1]]
        ends = [*(i - 1 for i in starts[1:]), len(column) - 1]
        pairs = zip(starts, ends, strict=True)
        return [(a, b) for a, b in pairs if b > a and column[a] is not None]

    def in_group(self, row: int, slot: int) -> bool:
        """Whether a cell of data is part of a merged group."""
        return slot == self.grouped and any(a <= row <= b for a, b in self.runs())


def paper(rng: Random, spec: Spec, name: str, rows: Sequence[Row], of: Sequence[Slot]) -> Paper:
    """The rows written under these slots."""
    return Paper(spec, name, list(of), list(rows), [_cells(rng, row, of) for row in rows])


def _cells(rng: Random, row: Row, slots: Sequence[Slot]) -> list[Shown]:
    written: dict[tuple[str, ...], tuple[Shown, ...]] = {}
    shown: list[Shown] = []
    for slot in slots:
        if slot.field is None or slot.face is None:
            shown.append(rng.choice(EXTRAS.get(slot.heading, ("",))) or None)
            continue
        key = slot.field.columns
        if key not in written:
            written[key] = slot.face.write(rng, slot.field.value(row))
        shown.append(written[key][slot.position])
    return shown


def slots(rng: Random, fields: Sequence[tuple[Field, Face]], *, extras: bool) -> list[Slot]:
    """The columns in some order, the cells of one face side by side."""
    blocks = [
        [
            Slot(_decorated(rng, rng.choice(variants)), face.group, of, face, position)
            for position, variants in enumerate(face.headings)
        ]
        for of, face in fields
    ]
    if extras:
        names = rng.sample(sorted(EXTRAS), rng.choice((0, 0, 1, 2)))
        blocks += [[Slot(name)] for name in names]
    rng.shuffle(blocks)
    return [slot for block in blocks for slot in block]


def _decorated(rng: Random, heading: str) -> str:
    """The heading as it is, or with a star, a blank or a line break in it."""
    middle = len(heading) // 2
    ways = (
        *((heading,) * 7),
        f"*{heading}",
        f" {heading}\u3000",
        f"{heading[:middle]}\n{heading[middle:]}",
        f"{heading[:middle]} {heading[middle:]}",
    )
    return rng.choice(ways)


def grid(of: Paper) -> tuple[list[list[Shown]], list[Merged]]:
    """Everything on the sheet, and what is merged."""
    width = len(of.slots)
    found: list[list[Shown]] = [[text, *[None] * (width - 1)] for text in of.title]
    merged = [Merged(r, 0, r, width - 1) for r in range(len(of.title)) if width > 1]
    found += [[None] * width for _ in range(of.blank_above)]
    header, over = _header(of, len(found))
    found += header
    merged += over
    if of.example:
        found.append(["示例：照此填写", *of.cells[0][1:]])
    for a, b in of.runs():
        column = of.grouped or 0
        merged.append(Merged(len(found) + a, column, len(found) + b, column))
    found += [list(row) for row in of.cells]
    if of.repeated is not None:
        found.insert(of.above + of.repeated, list(header[0]))
    for a, b in of.runs():
        for row in range(a + 1, b + 1):
            found[of.above + row][of.grouped or 0] = None
    return found + _below(of), merged


def _header(of: Paper, top: int) -> tuple[list[list[Shown]], list[Merged]]:
    """One row of headings; or two or three, with groups over some and the others merged down."""
    deep, width = of.deep, len(of.slots)
    rows: list[list[Shown]] = [[None] * width for _ in range(deep)]
    merged: list[Merged] = []
    if deep == 3:
        rows[0][0] = "登记内容"
        merged.append(Merged(top, 0, top, width - 1))
    first = deep - 2 if deep > 1 else 0
    for c, slot in enumerate(of.slots):
        if deep > 1 and slot.group:
            rows[-1][c] = slot.heading
            if slot.position == 0 and slot.face is not None:
                rows[first][c] = slot.group
                last = c + len(slot.face.headings) - 1
                merged.append(Merged(top + first, c, top + first, last))
        else:
            rows[first][c] = slot.heading
            if deep > 1:
                merged.append(Merged(top + first, c, top + deep - 1, c))
    return rows, merged


def _below(of: Paper) -> list[list[Shown]]:
    width = len(of.slots)
    rows: list[list[Shown]] = []
    if of.totals:
        totals: list[Shown] = ["合计", *[None] * (width - 2), len(of.cells)]
        rows.append(totals)
    if of.signed:
        signature: list[Shown] = [None] * width
        signature[0], signature[-1] = "制表人：王小芳", "负责人签字："
        rows += [[None] * width, signature, ["日期：2026年11月20日", *[None] * (width - 1)]]
    return rows

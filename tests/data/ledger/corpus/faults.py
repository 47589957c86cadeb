"""Faults planted in a sheet: what kind, in which cells, and what the problem must say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from tests import world
from tests.data.ledger.corpus.campus import ENROLLED, TERMS
from tests.data.ledger.corpus.cells import Shown
from tests.data.ledger.corpus.fields import Face
from tests.data.ledger.corpus.layout import Paper, Slot

SAYS = {
    "unknown_name": "没有",
    "unknown_code": "没有",
    "lost_zeros": "00123",
    "name_mismatch": "不是同一",
    "ambiguous_name": "",
    "bad_date": "日期",
    "impossible_date": "日期",
    "doubtful_year": "年",
    "day_outside_term": "不在",
    "bad_time": "时间|时刻",
    "bad_moment": "日期|时间",
    "bad_boolean": "是|否",
    "value_not_allowed": "只能|可选|允许|之一|取值",
    "not_a_number": "数",
    "score_out_of_range": "1",
    "required_empty": "不能为空|必填",
    "too_long": "长|字",
    "formula_error": "公式",
    "duplicate_row": "重复",
    "duplicate_key": "重复|相同|不同",
    "duplicate_place": "重复|相同|已",
    "end_before_start": "早于|晚于",
    "missing_column": "缺|没有",
    "unrecognised_sheet": "认|识别|哪|没有一列",
    "outside_term": "学期",
    "overlapping": "重叠",
    "floor_elsewhere": "楼层|同一栋",
    "another_term": "学期",
}
ASKED = "ambiguous_name"
NOTHING = Face((), lambda rng, value: ())


@dataclass(frozen=True)
class Planted:
    """One fault: its sheet and one-based row (0 is the sheet), and the columns it may be shown at.

    No columns: anywhere in the row. Row -1: anywhere on the sheet.
    """

    kind: str
    sheet: str
    row: int
    columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Target:
    """A sheet in which faults are planted; `rng` decides which of its columns."""

    rng: Random
    paper: Paper

    def free(self, row: int, wanted: Callable[[Slot], bool]) -> int | None:
        """One of the columns wanted, but not where several rows share the cell."""
        able = [
            c
            for c, slot in enumerate(self.paper.slots)
            if slot.main and wanted(slot) and not self.paper.in_group(row, c)
            if not (self.paper.referred and slot.field and slot.field.columns == ("id",))
        ]
        return self.rng.choice(able) if able else None

    def slot_of(self, column: str) -> int | None:
        """Where a column of the contract stands."""
        return next(
            (
                c
                for c, slot in enumerate(self.paper.slots)
                if slot.main and slot.field and column in slot.field.columns
            ),
            None,
        )


Plant = Callable[[Target, int], list[Planted] | None]


def kinds(paper: Paper, *, formulas: bool, term: bool) -> set[str]:
    """Every kind of fault that this sheet can have."""
    spec = paper.spec
    found = {kind for slot in paper.slots if slot.main and slot.face for kind in slot.face.wrong}
    found |= {"duplicate_row"}
    fields = [slot.field for slot in paper.slots if slot.field]
    given = {column for field in fields for column in field.columns}
    if any(field.required for field in fields):
        found |= {"required_empty"}
    if set(spec.key) <= given and _telling(paper):
        found |= {"duplicate_key"}
    if spec.table in TAKEN and {"id", *TAKEN[spec.table]} <= given:
        found |= {"duplicate_place"}
    if spec.order and set(spec.order) <= given:
        found |= {"end_before_start"}
    if term and any(field.event for field in fields):
        found |= {"day_outside_term"}
    found |= {
        kind
        for kind, (table, values) in SPECIAL.items()
        if table == spec.table and values.keys() <= given
    }
    return found if formulas else found - {"formula_error"}


def plant(of: Target, kind: str, row: int) -> list[Planted] | None:
    """Spoil a row; None where this row or sheet cannot have that fault."""
    by_kind: dict[str, Plant] = {
        "required_empty": _emptied,
        "duplicate_row": _copied,
        "duplicate_key": _copied_with_another_value,
        "duplicate_place": _copied_with_another_id,
        "end_before_start": _turned_round,
        "day_outside_term": _outside,
    }
    if kind in SPECIAL:
        return _special(of, kind, row)
    return by_kind[kind](of, row) if kind in by_kind else _wrong(of, kind, row)


def _at(paper: Paper, kind: str, row: int, slots: Sequence[int]) -> Planted:
    number = paper.place(row, 0)[0]
    return Planted(kind, paper.name, number, frozenset(slot + 1 for slot in slots))


def _wrong(of: Target, kind: str, row: int) -> list[Planted] | None:
    """A value that the type or the reference of the column does not allow."""
    c = of.free(row, lambda slot: slot.face is not None and kind in slot.face.wrong)
    face = None if c is None else of.paper.slots[c].face
    if c is None or face is None:
        return None
    if len(face.headings) > 1 and of.paper.cells[row][c - face.position] is None:
        return None  # 77号楼 of no cluster says nothing
    of.paper.cells[row][c] = face.wrong[kind]
    return [_at(of.paper, kind, row, [c])]


def _emptied(of: Target, row: int) -> list[Planted] | None:
    c = of.free(row, lambda slot: slot.field is not None and slot.field.required)
    if c is None or len(of.paper.slots) < 3:
        return None
    of.paper.cells[row][c] = None
    return [_at(of.paper, "required_empty", row, [c])]


def _copied(of: Target, row: int) -> list[Planted] | None:
    of.paper.cells.append(list(of.paper.cells[row]))
    return [_at(of.paper, "duplicate_row", len(of.paper.cells) - 1, [])]


def _telling(paper: Paper) -> list[int]:
    """Columns outside the key that tell two rows apart."""
    fixed = {*paper.spec.key, *(paper.spec.order or ()), "rooms", "places", "student_name"}
    return [
        c
        for c, slot in enumerate(paper.slots)
        if slot.field and slot.face and len(slot.face.headings) == 1
        if not fixed.intersection(slot.field.columns) and c != paper.grouped
    ]


def _copied_with_another_value(of: Target, row: int) -> list[Planted] | None:
    paper = of.paper
    for c in _telling(paper):
        value = _another_value(paper, row, c)
        if value is not None:
            copy = list(paper.cells[row])
            copy[c] = value
            paper.cells.append(copy)
            at = (row, len(paper.cells) - 1)
            return [_at(paper, "duplicate_key", place, []) for place in at]
    return None


def _another_value(paper: Paper, row: int, c: int) -> Shown:
    """How another row of the file, not spoilt there, fills a column in which it differs."""
    column, face = paper.slots[c].field, paper.slots[c].face
    if column is None or face is None or column.value(paper.rows[row]) is None:
        return None
    for other, values in enumerate(paper.rows):
        differs = column.value(values) not in (None, column.value(paper.rows[row]))
        shown = paper.cells[other][c]
        if differs and shown is not None and shown not in face.wrong.values():
            return shown
    return None


TAKEN = {"floor": ("building_id", "wing", "level"), "room": ("building_id", "code")}
"""What no two rows may share apart from their key."""


def _copied_with_another_id(of: Target, row: int) -> list[Planted] | None:
    paper, c = of.paper, of.slot_of("id") or 0
    another = f"{paper.name[:4]}-{len(paper.cells)}"
    copy = list(paper.cells[row])
    copy[c] = another
    paper.cells.append(copy)
    return [_at(paper, "duplicate_place", place, []) for place in (row, len(paper.cells) - 1)]


def _turned_round(of: Target, row: int) -> list[Planted] | None:
    first, last = of.paper.spec.order or ("", "")
    starts, a, b = of.paper.rows[row][first], of.slot_of(first), of.slot_of(last)
    if starts is None or a is None or b is None:
        return None
    of.paper.cells[row][b] = (starts - timedelta(days=3)).isoformat()
    return [_at(of.paper, "end_before_start", row, [a, b])]


def _outside(of: Target, row: int) -> list[Planted] | None:
    c = of.free(row, lambda slot: slot.field is not None and slot.field.event)
    if c is None:
        return None
    of.paper.cells[row][c] = of.rng.choice(("7.25", "7月25日"))
    return [_at(of.paper, "day_outside_term", row, [c])]


SPECIAL: dict[str, tuple[str, dict[str, Shown | tuple[str, ...]]]] = {
    "score_out_of_range": ("feedback", {"score": 9}),
    "outside_term": ("enrolment", {"starts": "2026-08-20"}),
    "overlapping": ("enrolment", {"student_id": ENROLLED, "starts": "2026-10-08"}),
    "floor_elsewhere": ("room", {"floor_id": "A1"}),
    "another_term": ("visit_student", {"term_id": world.SPRING}),
}
"""Faults of one ledger that its rows or the database show: its table and the new values."""
IN_THE_ROW = ("overlapping", "floor_elsewhere", "another_term")


def _special(of: Target, kind: str, row: int) -> list[Planted] | None:
    _, values = SPECIAL[kind]
    paper_row = of.paper.place(row, 0)[0]  # a different student in each row of a file
    at: dict[int, Shown] = {}
    for column, value in values.items():
        c = of.slot_of(column)
        if c is None or c == of.paper.grouped:
            return None
        by_name = "unknown_name" in (of.paper.slots[c].face or NOTHING).wrong
        one = value[paper_row % len(value)] if isinstance(value, tuple) else value
        at[c] = TERMS[str(one)] if by_name else one
    for c, value in at.items():
        of.paper.cells[row][c] = value
    return [_at(of.paper, kind, row, [] if kind in IN_THE_ROW else list(at))]

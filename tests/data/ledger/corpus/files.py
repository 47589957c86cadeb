"""The files of the corpus, always the same ones: rows, their faults, and their presentation."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from data.models.tables import contract_tables
from tests import world
from tests.data.ledger.corpus import cells, faults, fields, layout, writing
from tests.data.ledger.corpus.campus import BUILDINGS
from tests.data.ledger.corpus.faults import Planted, Target
from tests.data.ledger.corpus.fields import Face, Field, Row
from tests.data.ledger.corpus.layout import TERM_TITLE, Paper
from tests.data.ledger.corpus.ledgers import SPECS, Spec, drawn
from tests.data.ledger.corpus.writing import Written

TITLES = {table.name: model.title for model, table in contract_tables()}
COMPANIONS = {"rooms": "visit_room", "places": "activity_place"}
BESIDE = (*COMPANIONS, "student_name")
LINKS = (
    ("college", "counselor", "college_id"),
    ("building", "space", "building_id"),
    ("student", "five_lead_entry", "student_id"),
    ("party_organisation", "workstation_member", "organisation_id"),
)
KINDS = ("xlsx", "xlsx", "xlsx", "xls", "csv")
MONTHS = ("九月", "十月")


@dataclass(frozen=True)
class Case:
    """One file with everything that is true of it; `rows` and `companions` name their table."""

    name: str
    content: bytes
    table: str
    planted: tuple[Planted, ...] = ()
    rows: tuple[tuple[str, Row], ...] = ()
    companions: tuple[tuple[int, str, str], ...] = ()
    told_table: str | None = None
    told_term: str | None = None


@dataclass
class _Draft:
    """A file while it is being made: what was told beside it, and what its titles say."""

    kind: str
    told_table: str | None = None
    told_term: str | None = None
    titled: bool = True
    term_titled: bool = False
    cluster: str = ""
    papers: list[Paper] = field(default_factory=list)
    others: list[Written] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether only the headings tell which ledger it is, so that all must be there."""
        return not self.titled and self.told_table is None

    @property
    def term_known(self) -> bool:
        return bool(self.told_term) or self.term_titled


def cases(number: int = 540, seed: int = 3) -> Iterator[Case]:
    """Two of five are clean; the kinds of fault that are rare so far come first."""
    seen: Counter[str] = Counter()
    for n in range(number):
        rng = Random(f"{seed}-{n}")
        kind = KINDS[n // len(SPECS) % len(KINDS)]
        linked = kind != "csv" and n % 9 == 4
        draft = _linked(rng, kind) if linked else _draft(rng, SPECS[n % len(SPECS)], kind)
        if n % 5 in (1, 3, 4):
            _spoil(rng, draft, seen)
        yield _case(rng, draft, n)


def _draft(rng: Random, spec: Spec, kind: str) -> _Draft:
    """A file of one ledger, in one sheet or two."""
    told, term = rng.random(), rng.random()
    draft = _Draft(
        kind,
        spec.table if told < 0.15 else None,
        world.AUTUMN if term < 0.2 else None,
        titled=told >= 0.25,
        term_titled=told >= 0.25 and term > 0.6,
    )
    chosen = _fields(rng, spec, whole=draft.whole)
    placed = any(of.columns == ("building_id",) for of, _ in chosen)
    draft.cluster = "桃苑" if draft.titled and placed and rng.random() < 0.3 else ""
    if draft.cluster:
        chosen = [(of, _in_title(of, face)) for of, face in chosen]
    if draft.term_known:
        chosen = [_without_year(rng, pair) for pair in chosen]
    rows = [row for row in _rows(rng, spec, chosen) if not draft.cluster or _in_peach(row)]
    middle = len(rows) // 2 if kind != "csv" and rng.random() < 0.15 and draft.titled else 0
    for sheet, part in zip(MONTHS, (rows[:middle], rows[middle:]), strict=True):
        if part:
            name = sheet if middle else _name(rng, spec, draft)
            draft.papers.append(_paper(rng, draft, spec, name, part, chosen))
    if kind != "csv":
        draft.others = list(_others(rng))
    return draft


def _in_peach(row: Row) -> bool:
    """Whether a row is about a building of 桃苑, or about none."""
    return row["building_id"] in (None, *(key for key, of in BUILDINGS.items() if of[0] == "P"))


def _in_title(of: Field, face: Face) -> Face:
    return fields.building_in_title() if of.columns == ("building_id",) else face


def _linked(rng: Random, kind: str) -> _Draft:
    """A workbook of two ledgers, the second of which refers to new rows of the first."""
    draft = _Draft(kind)
    parent, child, column = rng.choice(LINKS)
    first, second = (next(s for s in SPECS if s.table == table) for table in (parent, child))
    parents = _fields(rng, first, whole=False)
    children = [
        (of, of.faces[0] if of.columns == (column,) else face)
        for of, face in _fields(rng, second, whole=True)
        if of.columns != ("student_name",)
    ]
    rows = _rows(rng, first, parents)
    below = [{**row, **_under(rng, row, column, rows)} for row in _rows(rng, second, children)]
    draft.papers = [
        _paper(rng, draft, first, TITLES[parent], rows, parents),
        _paper(rng, draft, second, TITLES[child], below, children),
    ]
    draft.papers[0].referred = True
    rng.shuffle(draft.papers)
    return draft


def _under(rng: Random, row: Row, column: str, parents: list[Row]) -> Row:
    """The reference of a row to one of the new ones, now and then."""
    return {column: rng.choice(parents)["id"] if rng.random() < 0.7 else row[column]}


def _paper(
    rng: Random,
    draft: _Draft,
    spec: Spec,
    name: str,
    rows: list[Row],
    chosen: list[tuple[Field, Face]],
) -> Paper:
    slots = layout.slots(rng, chosen, extras=not draft.whole)
    paper = layout.paper(rng, spec, name, rows, slots)
    paper.title = _titles(rng, draft, paper)
    _present(rng, paper, draft)
    return paper


def _fields(rng: Random, spec: Spec, *, whole: bool) -> list[tuple[Field, Face]]:
    """Which fields the file has, and which face each shows."""
    return [
        (of, rng.choice(of.faces))
        for of in spec.fields
        if whole or not of.optional or rng.random() < 0.75
    ]


def _without_year(rng: Random, pair: tuple[Field, Face]) -> tuple[Field, Face]:
    """A day of the term written without its year, now and then."""
    of, face = pair
    if not of.event or rng.random() < 0.5:
        return pair

    def write(rng: Random, value: Any) -> tuple[cells.Shown, ...]:
        return (None if value is None else cells.day_of_term(rng, value),)

    return of, replace(face, write=write)


def _rows(rng: Random, spec: Spec, chosen: list[tuple[Field, Face]]) -> list[Row]:
    """Right rows, no two of which look the same in this file."""
    rows, seen = [], set()
    for n in range(rng.randrange(4, spec.most)):
        row = drawn(spec, rng, n)
        looks = tuple(of.value(row) for of, _ in chosen)
        if looks not in seen:
            rows.append(row)
        seen.add(looks)
    return rows


def _name(rng: Random, spec: Spec, draft: _Draft) -> str:
    names = ("Sheet1", TITLES[spec.table], "汇总", draft.cluster or "Sheet1")
    return rng.choice(names) if draft.titled else "Sheet1"


def _titles(rng: Random, draft: _Draft, paper: Paper) -> list[str]:
    """None, or the ledger, its cluster and term, and who filled it in."""
    called = TITLES[paper.spec.table]
    told = draft.term_titled or (draft.cluster and paper.name != draft.cluster)
    if not draft.titled or (paper.name == called and not told and rng.random() < 0.5):
        return []
    first = f"{TERM_TITLE if draft.term_titled else '大学生社区'}{draft.cluster}{called}"
    more = ["填报单位：学生工作部        填报日期：2026年11月20日", "（本表一式两份）"]
    return [first, *more[: rng.randrange(3)]]


def _present(rng: Random, paper: Paper, draft: _Draft) -> None:
    """Totals, signatures; an example; headings in several rows or again; merged groups."""
    paper.blank_above = rng.choice((0, 0, 1)) if paper.title else 0
    first, many = paper.slots[0], len(paper.slots) > 3
    plainly = first.field is None or not first.field.optional
    paper.totals = many and plainly and rng.random() < 0.3
    paper.signed = many and rng.random() < 0.3
    paper.example = many and rng.random() < 0.15
    if rng.random() < 0.1 and many:
        paper.repeated = rng.randrange(1, len(paper.rows) + 1)
        return
    if draft.kind == "csv":
        return
    paper.deep = rng.choice((1, 1, 1, 2, 2, 3)) if many else 1
    if rng.random() < 0.35:
        _group(rng, paper)


def _group(rng: Random, paper: Paper) -> None:
    able = [
        c
        for c, slot in enumerate(paper.slots)
        if slot.field and slot.face and len(slot.face.headings) == 1
        if slot.field.columns[0].endswith("_id") and len(slot.field.columns) == 1
    ]
    if not able:
        return
    c = rng.choice(able)
    of = paper.slots[c].field
    if of is None:
        return
    order = sorted(range(len(paper.rows)), key=lambda i: str(of.value(paper.rows[i])))
    paper.rows = [paper.rows[i] for i in order]
    paper.cells = [paper.cells[i] for i in order]
    for i in range(1, len(order)):
        if of.value(paper.rows[i]) == of.value(paper.rows[i - 1]):
            paper.cells[i][c] = paper.cells[i - 1][c]
    paper.grouped = c


def _others(rng: Random) -> Iterator[Written]:
    if rng.random() < 0.2:
        yield Written("旧表", [["学号", "姓名"], ["不存在", cells.Broken()]], hidden=True)
    if rng.random() < 0.2:
        yield Written("Sheet9", [])


def _spoil(rng: Random, draft: _Draft, seen: Counter[str]) -> None:
    """One to four faults, each in a row of its own; or a whole sheet that cannot be taken."""
    if rng.random() < 0.06 and _without_a_column(rng, draft):
        seen["missing_column"] += 1
        return
    formulas = draft.kind != "csv"
    for paper in draft.papers:
        able = faults.kinds(paper, formulas=formulas, term=draft.term_known)
        rows = list(range(len(paper.rows)))
        rng.shuffle(rows)
        for row in rows[: rng.randrange(1, 5)]:
            for kind in sorted(able, key=lambda k: (seen[k], k)):
                planted = faults.plant(Target(rng, paper), kind, row)
                if planted:
                    draft.planted += planted
                    seen[kind] += len(planted)
                    break
    if draft.kind != "csv" and rng.random() < 0.05:
        draft.others.append(Written("停车证", [["车牌号", "车型"], ["苏C12345", "轿车"]]))
        draft.planted.append(Planted("unrecognised_sheet", "停车证", 0))
        seen["unrecognised_sheet"] += 1


def _without_a_column(rng: Random, draft: _Draft) -> bool:
    """Leave out a column that must be there, with all its cells."""
    paper = draft.papers[0]
    able = [s for s in paper.slots if s.field and s.field.required and s.face]
    named = draft.told_table or any(TITLES[paper.spec.table] in text for text in paper.title)
    if len(draft.papers) > 1 or not able or not named or paper.grouped is not None:
        return False
    gone = rng.choice(able).field
    kept = [c for c, slot in enumerate(paper.slots) if slot.field is not gone]
    if len(kept) < 3:
        return False
    paper.slots = [paper.slots[c] for c in kept]
    paper.cells = [[row[c] for c in kept] for row in paper.cells]
    draft.planted.append(Planted("missing_column", paper.name, -1))
    return True


def _case(rng: Random, draft: _Draft, number: int) -> Case:
    sheets = [Written(paper.name, *layout.grid(paper)) for paper in draft.papers]
    name = f"{number:03}.{draft.kind}"
    planted = draft.planted
    if draft.kind == "csv":
        encoding = rng.choice(("utf-8", "utf-8-sig", "gb18030"))
        planted = [replace(fault, sheet=f"{number:03}") for fault in planted]
        content = writing.comma_separated(sheets[0], encoding, rng.choice(",,\t;"))
    else:
        make = writing.xls if draft.kind == "xls" else writing.xlsx
        content = make([*sheets, *draft.others])
    rows: list[tuple[str, Row]] = []
    companions: list[tuple[int, str, str]] = []
    for paper in draft.papers:
        given = {c for slot in paper.slots if slot.field for c in slot.field.columns}
        for row in paper.rows:
            companions += [
                (len(rows), table, key)
                for column, table in COMPANIONS.items()
                if column in given
                for key in row[column]
            ]
            rows.append((paper.spec.table, _expected(paper.spec, row, given)))
    return Case(
        name,
        content,
        draft.papers[0].spec.table,
        tuple(planted),
        tuple(rows),
        tuple(companions),
        draft.told_table,
        draft.told_term,
    )


def _expected(spec: Spec, row: Row, given: set[str]) -> Row:
    """What the import should make of a row."""
    kept = given.union(spec.derived).difference(BESIDE)
    return {column: value for column, value in row.items() if column in kept}

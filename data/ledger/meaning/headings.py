"""Which heading of a ledger means which column: generated from what the models call it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from sqlalchemy import Column, Date, Table, Time

from data.ledger.meaning.spellings import CONTEXT, DATE_SPANS, MORE, NAMES, SYNONYMS, TIME_SPANS
from data.ledger.meaning.wording import heading_form
from data.ledger.tables import tables, target, timed
from data.models.contract import ledger


class Role(Enum):
    """What the cells under a heading are for."""

    VALUE = "value"  # the column itself
    NAME = "name"  # the name of what the column refers to
    CHECK = "check"  # a person's name beside their number
    SPAN = "span"  # a day, a start and an end in one cell
    PART = "part"  # rows of another table in the same sheet
    CONTEXT = "context"  # what narrows a name down: the cluster of “5号楼”


@dataclass(frozen=True)
class Meaning:
    """What a heading means in a ledger; `column` is that of the table, or the kind of context."""

    role: Role
    column: str
    weight: float
    part: str = ""


@dataclass(frozen=True)
class Companion:
    """Rows of `part` that colleges write into the ledger of `owner`, and under which headings."""

    owner: str
    part: str
    link: str
    column: str
    headings: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()  # headings whose cells may also name other places


COMPANIONS = (
    Companion(
        "visit", "visit_room", "visit_id", "room_id",
        ("宿舍号", "寝室号", "房间号", "房号", "房间", "宿舍", "寝室", "走访宿舍", "走访寝室",
         "走访房间", "房间编号"),
    ),
    Companion(
        "activity", "activity_place", "activity_id", "building_id",
        ("活动地点", "楼宇", "楼宇名称", "楼栋", "宿舍楼", "地点", "举办地点", "楼宇编号"),
        ("活动地点", "地点", "举办地点"),
    ),
)  # fmt: skip
PEOPLE = frozenset(("student", "counselor"))
PLACED = frozenset(("building", "floor", "room"))


@cache
def vocabulary(table: str) -> Mapping[str, Meaning]:
    """What each heading, as `heading_form` writes it, means in the ledger of a table."""
    found: dict[str, Meaning] = {}
    for heading, meaning in _said(tables()[table][1]):
        found.setdefault(heading_form(heading), meaning)
    return found


def _said(table: Table) -> Iterator[tuple[str, Meaning]]:
    """Headings with their meanings; where two agree, the first is meant."""
    for column in table.columns:
        yield ledger(column).heading, Meaning(Role.VALUE, column.name, 1.0)
    for column in table.columns:
        role = Role.NAME if target(column) else Role.VALUE
        yield from _all(ledger(column).aliases, Meaning(Role.VALUE, column.name, 0.9))
        yield from _all(MORE.get((table.name, column.name), ()), Meaning(role, column.name, 0.9))
    yield from _spans(table)
    # A room in a visit ledger is a part of the visit, whatever else its heading could mean.
    yield from _parts(table)
    for column in sorted(table.columns, key=lambda c: target(c) != "student"):
        yield from _references(table, column)
    for column in table.columns:
        same = SYNONYMS.get(ledger(column).heading, ())
        yield from _all(same, Meaning(Role.VALUE, column.name, 0.8))
    yield from _contexts(table)


def _all(headings: tuple[str, ...], meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    return ((heading, meaning) for heading in headings)


def _references(table: Table, column: Column[object]) -> Iterator[tuple[str, Meaning]]:
    there = target(column)
    if not there:
        return
    meaning = Meaning(Role.CHECK if there == "student" else Role.NAME, column.name, 0.85)
    key = next(iter(column.foreign_keys)).column
    stem = _stem(ledger(column).heading)
    if stem:
        yield stem, meaning
        yield stem + ("姓名" if there in PEOPLE else "名称"), meaning
    if there == table.name or _rivals(table, column):
        return
    for heading in (ledger(key).heading, *ledger(key).aliases):
        yield heading, Meaning(Role.VALUE, column.name, 0.9)
    if "name" in key.table.columns:
        name = ledger(key.table.columns["name"])
        yield from _all((name.heading, *name.aliases), meaning)
    yield from _all(NAMES.get(there, ()), meaning)


def _rivals(table: Table, column: Column[object]) -> bool:
    """Whether another column refers to the same table, so that its plain name says too little."""
    return sum(target(other) == target(column) for other in table.columns) > 1


def _stem(heading: str) -> str:
    for ending in ("编号", "工号", "学号"):
        if heading.endswith(ending):
            return heading.removesuffix(ending)
    return ""


def _spans(table: Table) -> Iterator[tuple[str, Meaning]]:
    if timed(table, Time):
        yield from _all(TIME_SPANS, Meaning(Role.SPAN, "starts", 0.9))
    elif timed(table, Date):
        yield from _all(DATE_SPANS, Meaning(Role.SPAN, "starts", 0.9))


def _parts(table: Table) -> Iterator[tuple[str, Meaning]]:
    for companion in COMPANIONS:
        if companion.owner == table.name:
            yield from _all(
                companion.headings, Meaning(Role.PART, companion.column, 0.6, companion.part)
            )


def _contexts(table: Table) -> Iterator[tuple[str, Meaning]]:
    there = {target(column) for column in table.columns}
    there |= {"room" for c in COMPANIONS if c.owner == table.name and c.part == "visit_room"}
    there |= {"building" for c in COMPANIONS if c.owner == table.name}
    wanted = ["campus", "cluster"] if there & PLACED else []
    wanted += ["building"] if there & {"floor", "room"} else []
    wanted += ["wing"] if there & {"floor", "room"} else []
    if "cluster" in there:
        wanted.append("campus")
    for kind in wanted:
        yield from _all(CONTEXT[kind], Meaning(Role.CONTEXT, kind, 0.4))

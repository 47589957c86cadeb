"""What a ledger of the corpus is made of: fields with a face, and how each face can go wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import Column, Enum

from data.contract.family import Family, family
from data.models.contract import ledger
from data.models.tables import ALL_TABLES
from tests.data.ledger.corpus import cells
from tests.data.ledger.corpus.campus import (
    BUILDINGS,
    CLUSTERS,
    COLLEGES,
    COUNSELORS,
    FLOORS,
    ROOMS,
    STUDENTS,
    TERMS,
    WORKSTATIONS,
    alias,
)
from tests.data.ledger.corpus.cells import Broken, Shown

Row = dict[str, Any]
Write = Callable[[Random, Any], tuple[Shown, ...]]


@dataclass(frozen=True)
class Face:
    """One way to show a field: its headings (each with its variants) and its cells.

    `wrong` are faulty values of the cell `main`, by the kind of fault.
    """

    headings: tuple[tuple[str, ...], ...]
    write: Write
    group: str = ""
    wrong: Mapping[str, Shown] = field(default_factory=dict)
    main: int = -1

    @property
    def position(self) -> int:
        """Which of its cells is faulted."""
        return self.main % len(self.headings)


@dataclass(frozen=True)
class Field:
    """Columns of the contract that one face fills; a tuple of values where there are several.

    `required` may not be left empty, `optional` may be left out, `event` is a day of the term.
    """

    columns: tuple[str, ...]
    faces: tuple[Face, ...]
    required: bool
    optional: bool
    event: bool = False

    def value(self, row: Row) -> Any:
        """What the faces write of a row."""
        values = tuple(row[column] for column in self.columns)
        return values if len(values) > 1 else values[0]


def of(table: str, column: str) -> Column[Any]:
    return ALL_TABLES.tables[f"campus.{table}"].columns[column]


def plain(table: str, name: str, *, event: bool = False) -> Field:
    """A column that holds its own value, under its heading or an alias of it."""
    column = of(table, name)
    kind = Family.TEXT if isinstance(column.type, Enum) else family(column.type) or Family.TEXT
    show = cells.choice if isinstance(column.type, Enum) else cells.SHOWS[kind]
    if name == "id":
        show = cells.code
    headings = (ledger(column).heading, *ledger(column).aliases)
    derived = name == "starts" and table == "enrolment"
    must = not column.nullable and column.default is None and not derived
    face = Face((headings,), _one(show), wrong=_wrong(column, kind))
    return Field((name,), (face,), must, not must, event)


def _one(show: cells.Show) -> Write:
    return lambda rng, value: (None if value is None else show(rng, value),)


def _wrong(column: Column[Any], kind: Family) -> dict[str, Shown]:
    """The faults that the type of a column makes possible."""
    if isinstance(column.type, Enum):
        return {"value_not_allowed": "火星人", "formula_error": Broken()}
    length = getattr(column.type, "length", None)
    found: dict[Family, dict[str, Shown]] = {
        Family.TEXT: {"too_long": "长" * (length + 1)} if length else {},
        Family.INTEGER: {"not_a_number": "好几个", "formula_error": Broken("#DIV/0!")},
        Family.FLOAT: {"not_a_number": "一大笔", "formula_error": Broken("#VALUE!")},
        Family.BOOL: {"bad_boolean": "看情况"},
        Family.DATE: {
            "bad_date": "开学那天",
            "impossible_date": "2025-02-30",
            "doubtful_year": "25.9.3",
            "formula_error": Broken("#N/A"),
        },
        Family.TIME: {"bad_time": "25:70"},
        Family.DATETIME: {"bad_moment": "2026-11-31 8:00"},
    }
    return found.get(kind, {})


def reference(table: str, column: str, *faces: Face, optional: bool | None = None) -> Field:
    """A reference, shown by one of its faces. A term left out is that of the file."""
    must = not of(table, column).nullable
    required = must and column != "term_id"
    return Field((column,), faces, required, not must if optional is None else optional)


def _coded(heading: str, unknown: Shown, **more: Shown) -> Face:
    return Face(
        ((heading,),),
        _one(cells.code),
        wrong={"unknown_code": unknown, "formula_error": Broken(), **more},
    )


def numbered(heading: str) -> tuple[Face, ...]:
    """A running number of another ledger."""
    return (Face(((heading,),), _one(cells.integer), wrong={"unknown_code": 987654}),)


def _named(headings: tuple[str, ...], names: Mapping[str, str], unknown: str) -> Face:
    def write(rng: Random, value: Any) -> tuple[Shown, ...]:
        return (None if value is None else cells.padded(rng, names[value]),)

    return Face((headings,), write, wrong={"unknown_name": unknown})


def college(heading: str, *names: str) -> tuple[Face, ...]:
    """By number, or by name under `names`."""
    return (_coded(heading, "Z9"), _named(names, COLLEGES, "采矿学院"))


def counselor(heading: str, *names: str) -> tuple[Face, ...]:
    """By number, or by name under `names`; 张伟 is two of them."""
    named = _named(names, COUNSELORS, "欧阳无名")
    asked = Face(named.headings, named.write, wrong={**named.wrong, "ambiguous_name": "张伟"})
    return (_coded(heading, "9999", lost_zeros=123), asked, asked)


def workstation(heading: str, *names: str) -> tuple[Face, ...]:
    return (_coded(heading, "w99"), _named(names, WORKSTATIONS, "梅9工作站"))


def term(heading: str = "学期编号") -> tuple[Face, ...]:
    return (_coded(heading, "2030-2031-1"), _named(("学期名称", "学期"), TERMS, "2031秋"))


def cluster() -> tuple[Face, ...]:
    return (
        _coded("楼群编号", "Z"),
        _named(("楼群名称", "楼群", "苑", "园区"), CLUSTERS, "梅苑"),
    )


def student(heading: str = "学号") -> tuple[Face, ...]:
    return (_coded(heading, "4999999999"),)


def student_name() -> Field:
    """The name beside a student's number: it is only compared."""

    def write(rng: Random, value: Any) -> tuple[Shown, ...]:
        return (None if value is None else cells.padded(rng, STUDENTS[value]),)

    face = Face((("姓名", "学生姓名"),), write, wrong={"name_mismatch": "李四光"})
    return Field(("student_name",), (face,), False, True)


def building() -> tuple[Face, ...]:
    """By number, by one of its names, or by its number under a cluster."""
    return (
        _coded("楼宇编号", "Z99"),
        Face(
            (("楼宇名称", "楼宇", "楼栋", "宿舍楼"),),
            _building_name,
            wrong={"unknown_name": "梅苑9号楼", "ambiguous_name": "5号楼"},
        ),
        Face(
            (("楼群名称", "楼群", "苑", "园区"), ("楼宇名称", "楼栋", "宿舍楼")),
            _building_in_cluster,
            wrong={"unknown_name": "77号楼"},
        ),
    )


def building_in_title() -> Face:
    """By its number alone, where the title says which cluster is meant."""

    def write(rng: Random, value: Any) -> tuple[Shown, ...]:
        return (None if value is None else _building_in_cluster(rng, value)[1],)

    return Face((("楼宇", "楼栋", "宿舍楼"),), write, wrong={"unknown_name": "77号楼"})


def _building_name(rng: Random, value: Any) -> tuple[Shown, ...]:
    return (None if value is None else rng.choice(building_names(value)),)


def building_names(key: str) -> tuple[str, ...]:
    """桃苑3号楼 as people write it."""
    cluster, number = BUILDINGS[key]
    name = CLUSTERS[cluster]
    spelt = (f"{name}{number}号楼", f"{name} {number} 号楼", f"{name}{number}栋")
    more = (cells.wide(spelt[0]), f"{name}{number}幢")
    return (*spelt, *more) if key in "ABCD" else (*spelt, *more, alias(key))


def _building_in_cluster(rng: Random, value: Any) -> tuple[Shown, ...]:
    if value is None:
        return None, None
    of, number = BUILDINGS[value]
    return CLUSTERS[of], rng.choice((f"{number}号楼", f"{number}栋", f"{number} 号楼"))


def floor() -> tuple[Face, ...]:
    """By number, or by building, wing and level."""
    return (
        _coded("楼层编号", "Z9F9"),
        Face(
            (("楼宇名称", "楼栋", "宿舍楼"), ("分区", "区", "单元"), ("层", "楼层")),
            _floor_in_building,
            wrong={"unknown_name": 17},
        ),
    )


def _floor_in_building(rng: Random, value: Any) -> tuple[Shown, ...]:
    if value is None:
        return None, None, None
    of, wing, level = FLOORS[value]
    return rng.choice(building_names(of)), wing or None, cells.integer(rng, level)


def room(heading: str = "房间编号") -> tuple[Face, ...]:
    """By number, by building and code, or by a code that names its building."""
    return (
        _coded(heading, "Z9-999"),
        Face(
            (("楼宇名称", "楼栋", "宿舍楼"), ("宿舍号", "寝室号", "房间号")),
            _room_in_building,
            group="住宿信息",
            wrong={"unknown_name": "9999"},
        ),
        Face((("宿舍号", "寝室号"),), _room_with_building, wrong={"unknown_name": "桃3-999"}),
    )


def _room_in_building(rng: Random, value: Any) -> tuple[Shown, ...]:
    if value is None:
        return None, None
    of, _, number = ROOMS[value]
    return rng.choice(building_names(of)), cells.code(rng, number)


def _room_with_building(rng: Random, value: Any) -> tuple[Shown, ...]:
    if value is None:
        return (None,)
    of, _, number = ROOMS[value]
    return (rng.choice((f"{alias(of)}-{number}", f"{building_names(of)[0]}{number}")),)


def rooms() -> Field:
    """The rooms of a visit, several in one cell, by their code in its building."""

    def write(rng: Random, value: Any) -> tuple[Shown, ...]:
        codes = [ROOMS[key][2] for key in value]
        return (rng.choice(("、", "，", ",", "；", " ")).join(codes) or None,)

    face = Face((("宿舍号", "寝室号", "房间号"),), write, wrong={"unknown_name": "9998"})
    return Field(("rooms",), (face,), False, True)


def places() -> Field:
    """The buildings of an activity, several in one cell."""

    def write(rng: Random, value: Any) -> tuple[Shown, ...]:
        names = [rng.choice(building_names(key)[:1]) for key in value]
        return (rng.choice(("、", "，", "；")).join(names) or None,)

    wrong: dict[str, Shown] = {"unknown_name": "梅苑9号楼", "ambiguous_name": "5号楼"}
    return Field(
        ("places",), (Face((("活动地点", "楼宇", "楼宇名称"),), write, wrong=wrong),), False, True
    )


def times(table: str) -> Field:
    """开始 and 结束 apart under one group, or both in one cell."""
    apart = Face(
        (("开始", "开始时间"), ("结束", "结束时间")),
        lambda rng, value: tuple(v and cells.clock(rng, v) for v in value),
        group="走访时间" if table == "visit" else "活动时段",
        wrong={"bad_time": "25:70"},
    )
    together = Face(
        (("走访时间",) if table == "visit" else ("时间",),),
        lambda rng, value: (cells.span(rng, value),),
        wrong={"bad_time": "25:70-26:80"},
    )
    return Field(("starts", "ends"), (apart, together), False, True)

"""Which heading of a ledger means which column: generated from what the models call it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from sqlalchemy import Column, Date, Integer, Table, Time

from data.ledger.meaning.wording import heading_form
from data.models.contract import Contract, ledger
from data.models.tables import contract_tables


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
MORE = {
    ("visit", "counselor_id"): ("走访人", "走访辅导员", "走访教师", "走访人姓名"),
    ("visit", "topic"): ("主题", "走访内容"),
    ("visit", "place"): ("走访地点",),
    ("visit", "venue"): ("场所类别", "走访场域", "走访场所"),
    ("activity", "college_id"): ("主办单位", "承办单位", "承办学院"),
    ("activity", "theme"): ("活动主题类别", "五主题"),
    ("activity", "field"): ("七进社区",),
    ("activity", "community_type"): ("六型社区",),
    ("activity", "cost"): ("活动经费",),
    ("enrolment", "degree_level"): ("层次", "学历层次", "学生类别"),
    ("counselor", "employment"): ("专职兼职", "专职/兼职"),
    ("five_lead_entry", "lead"): ("五带头", "类别", "带头类型"),
    ("five_lead_entry", "hours"): ("服务时长",),
    ("floor_leader", "starts"): ("聘任时间",),
    ("floor_leader", "ends"): ("届满", "届满时间"),
    ("room", "beds"): ("床位", "床位数量"),
    ("workstation_member", "starts"): ("加入日期", "入站时间"),
    ("workstation_member", "duty"): ("职务",),
    ("engagement", "carrier"): ("活动载体",),
    ("engagement", "attended"): ("参与人数", "学生人数"),
    ("building", "residential"): ("是否宿舍",),
}
SYNONYMS = {
    "开始时间": ("开始", "起始时间", "起", "自", "进入"),
    "结束时间": ("结束", "终止时间", "止", "至", "离开"),
    "起始日期": ("开始日期", "起始时间", "开始时间", "起始", "开始", "起", "自", "起日期"),
    "终止日期": (
        "结束日期",
        "截止日期",
        "终止时间",
        "结束时间",
        "终止",
        "结束",
        "止",
        "至",
        "止日期",
    ),
    "开始日期": ("起始日期", "开始时间", "起始", "开始", "起", "自"),
    "结束日期": ("终止日期", "截止日期", "结束时间", "终止", "结束", "止", "至"),
    "学号": ("学生学号",),
    "是否住宿": ("住宿",),
}
NUMBERING = frozenset(map(heading_form, ("序号", "编号", "No.", "No", "NO", "序", "#", "行号")))
TIME_SPANS = ("走访时间", "时间", "起止时间", "活动时段", "时段", "走访时段", "活动时间")
DATE_SPANS = ("起止日期", "起止时间", "起止年月", "任期", "聘期", "任职时间", "时间")
CONTEXT = {
    "campus": ("校区编号", "校区名称", "校区"),
    "cluster": ("楼群编号", "楼群名称", "楼群", "苑", "园区", "苑区", "所在楼群", "所属楼群"),
    "building": (
        "楼宇编号",
        "楼宇名称",
        "楼宇",
        "楼栋",
        "宿舍楼",
        "楼",
        "所在楼宇",
        "楼栋号",
        "公寓",
    ),
    "wing": ("分区", "区", "单元", "楼区"),
}
NAMES = {
    "floor": ("楼层", "层", "楼层名称", "所在楼层", "层数"),
    "room": ("房间号", "宿舍号", "寝室号", "房号", "房间", "宿舍", "寝室", "室", "宿舍房间号"),
    "building": (*CONTEXT["building"][1:], "楼号", "所属楼宇"),
    "cluster": CONTEXT["cluster"][1:],
    "student": ("姓名", "学生姓名", "学生"),
    "counselor": ("辅导员", "辅导员姓名"),
    "college": ("学院", "单位", "所在学院", "学院名称", "所属学院", "院系", "所在单位"),
    "term": ("学期", "学期名称", "学年学期"),
}
PEOPLE = frozenset(("student", "counselor"))
PLACED = frozenset(("building", "floor", "room"))


@cache
def tables() -> Mapping[str, tuple[type[Contract], Table]]:
    """Every contract table by name, in an order in which they can be filled."""
    return {table.name: (model, table) for model, table in contract_tables()}


def title(table: str) -> str:
    """What people call the ledger of a table: 走访台账."""
    return tables()[table][0].title


def subject(table: str) -> str:
    """What one row of a table is: 楼宇, 辅导员."""
    return title(table).removesuffix("台账")


def target(column: Column[object]) -> str:
    """The table a column refers to, or ""."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def surrogate(table: Table) -> str:
    """The integer key that the import numbers itself where a ledger has none, or ""."""
    keys = list(table.primary_key.columns)
    return keys[0].name if len(keys) == 1 and isinstance(keys[0].type, Integer) else ""


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


def timed(table: Table, kind: type[Date] | type[Time]) -> bool:
    """Whether rows last from `starts` to `ends`, as dates or as times of day."""
    return all(
        n in table.columns and isinstance(table.columns[n].type, kind) for n in ("starts", "ends")
    )


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

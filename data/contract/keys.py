"""The checks that follow from the models alone: keys, required cells, allowed values, periods."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Column, Date, Enum, String, Table, Time, func, literal, select, type_coerce

from data.contract.declaration import Check, Severity
from data.locale.translate import Phrase
from data.models.contract import ledger
from data.models.tables import contract_tables

FOREVER = date(9999, 12, 31)
IN_ORDER = (
    ("starts", "ends"),
    ("founded", "closed"),
    ("opened", "closed"),
    ("raised", "assigned"),
    ("raised", "responded"),
    ("raised", "resolved"),
    ("resolved", "confirmed"),
    ("submitted", "finished"),
)
OVER_MIDNIGHT = ("visit",)
"""Ledgers whose times of day may pass midnight: a rule of their own says which."""
APART = {
    "enrolment": ("同一学生的住宿时段重叠", Severity.ERROR, "学生同一天住在两处，人数会多算"),
    "building_lead": ("一栋楼同时有两个牵头学院", Severity.ERROR, "这栋楼会在两个学院下各算一次"),
}
DOUBLE_ENTRY = ("同一对象的起止时段重叠", Severity.REMINDER, "同一天登记了两次，名单里会出现两行")


def implied() -> Iterator[Check]:
    """Every check the models imply, table by table."""
    for _, table in contract_tables():
        yield from chain(
            _required(table),
            _unique(table),
            _short_enough(table),
            _existing(table),
            _allowed(table),
            _in_order(table),
            _apart(table),
        )


def _key(table: Table, *more: Column[Any]) -> list[Column[Any]]:
    return list(dict.fromkeys((*table.primary_key.columns, *more)))


def _required(table: Table) -> Iterator[Check]:
    for column in table.columns:
        if not column.nullable:
            yield Check(
                f"required:{table.name}.{column.name}",
                "必填列为空",
                Severity.ERROR,
                column,
                select(*_key(table, column)).where(column.is_(None)),
                "这些行在页面上找不到归属，合计会比实际少",
                "补上取值；用视图提供时，在视图中给出非空值或过滤掉这些行",
            )


def _unique(table: Table) -> Iterator[Check]:
    unique = (index.columns.values() for index in table.indexes if index.unique)
    for columns in (list(table.primary_key.columns), *unique):
        names = "+".join(column.name for column in columns)
        yield Check(
            f"duplicate:{table.name}.{names}",
            Phrase("键重复({names} 应当唯一)", names=names),
            Severity.ERROR,
            columns[0],
            select(*columns, func.count().label("times"))
            .where(*(column.is_not(None) for column in columns))
            .group_by(*columns)
            .having(func.count() > 1),
            "重复的行会被数两次",
            "每个键只留一行；用视图提供时，检查连接条件是否使行数变多",
        )


def _short_enough(table: Table) -> Iterator[Check]:
    for column in table.primary_key.columns:
        length = getattr(column.type, "length", None)
        if type(column.type) is String and length and not column.foreign_keys:
            yield Check(
                f"length:{table.name}.{column.name}",
                Phrase("编号超过 {length} 个字符", length=length),
                Severity.ERROR,
                column,
                select(column).where(func.length(column) > length),
                "汇总表放不下这样长的编号，刷新会失败",
                Phrase("改用不超过 {length} 个字符的编号，引用它的各列一并更改", length=length),
            )


def _existing(table: Table) -> Iterator[Check]:
    for column in table.columns:
        for key in column.foreign_keys:
            # A set of its own: a view without an index is then read once, not for every row.
            known = select(key.column).where(key.column.is_not(None)).distinct().subquery("known")
            target = known.c[key.column.name]
            there = f"{key.column.table.name}.{key.column.name}"
            yield Check(
                f"orphan:{table.name}.{column.name}",
                Phrase("引用了不存在的 {there}", there=there),
                Severity.ERROR,
                column,
                select(*_key(table, column))
                .outerjoin(known, target == column)
                .where(column.is_not(None), target.is_(None)),
                "这些行连接不上，在按地点、学院或组织的合计中会缺失",
                Phrase(
                    "在 {there} 中补上这些编号，或更正这一列；没有值时写 NULL,不要写空串",
                    there=there,
                ),
            )


def _allowed(table: Table) -> Iterator[Check]:
    for column in table.columns:
        if isinstance(column.type, Enum):
            words = "、".join(column.type.enums)
            yield Check(
                f"allowed:{table.name}.{column.name}",
                "取值不在约定范围内",
                Severity.ERROR,
                column,
                select(*_key(table, column)).where(
                    type_coerce(column, String).not_in(column.type.enums)
                ),
                "按这一列分类的数字会漏掉这些行，读到它们的页面会出错",
                Phrase("只能是：{words}；在视图中用 CASE 换成约定的词", words=words),
            )


def in_order(table: Table) -> Iterator[tuple[str, str]]:
    """Columns of a table of which the second is never before the first."""
    for first, last in IN_ORDER:
        if first in table.columns and last in table.columns:
            clock = isinstance(table.columns[last].type, Time)
            if not (clock and table.name in OVER_MIDNIGHT):
                yield first, last


def _in_order(table: Table) -> Iterator[Check]:
    for first, last in in_order(table):
        earlier, later = table.columns[first], table.columns[last]
        clock = isinstance(later.type, Time)
        yield Check(
            f"order:{table.name}.{first}-{last}",
            Phrase(
                "{later}早于{earlier}",
                later=Phrase(ledger(later).heading),
                earlier=Phrase(ledger(earlier).heading),
            ),
            Severity.REMINDER if clock else Severity.ERROR,
            later,
            select(*_key(table, earlier, later)).where(later < earlier),
            "时长会算成负数" if clock else "这些行在任何一天都不生效，时长会算成负数",
            "更正起止；跨过零点的拆成两天各一行" if clock else "更正起止，终止日含当日",
        )


def _apart(table: Table) -> Iterator[Check]:
    """Rows that differ only in when they start are successive states: they must not overlap."""
    key = [column for column in table.primary_key.columns if column.name != "starts"]
    if "starts" not in table.primary_key.columns or "ends" not in table.columns:
        return
    starts, ends = table.columns["starts"], table.columns["ends"]
    so_far = func.max(func.coalesce(ends, literal(FOREVER, Date))).over(
        partition_by=key, order_by=starts, rows=(None, -1)
    )
    spells = select(*key, starts, ends, so_far.label("earlier_ends")).subquery("spells")
    title, severity, effect = APART.get(table.name, DOUBLE_ENTRY)
    yield Check(
        f"overlap:{table.name}",
        title,
        severity,
        starts,
        select(spells).where(spells.c.earlier_ends >= spells.c.starts),
        effect,
        "让前一行止于后一行起始的前一日(earlier_ends 为前面各行最晚的终止日)",
    )

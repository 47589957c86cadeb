"""What a template says of each column: whether it must be filled, how, and from which list."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    String,
    Table,
    Time,
    select,
)

from data.ledger.meaning.headings import COMPANIONS, Companion
from data.ledger.tables import subject, surrogate, tables, target, title
from data.models.contract import ledger

MOST_OPTIONS = 5_000
UNLISTED = frozenset(("student",))
"""Who lives where is nobody's drop-down list."""
FORMS: tuple[tuple[type[Any], str, str], ...] = (
    (Boolean, "填“是”或“否”", "是"),
    (Date, "日期", "2026-09-01"),
    (DateTime, "日期和时间", "2026-09-01 14:30:00"),
    (Time, "时间", "14:30"),
    (Integer, "整数", "1"),
    (Float, "数字", "1.5"),
    (JSON, "GeoJSON 文本", ""),
)
"""What to write for each type, and an example."""
TOLD = re.compile(r"如 ?([^，；、]+)")
"""An example inside a description: “如 桃苑3号楼”."""


@dataclass(frozen=True)
class Field:
    """One column of the template, in words."""

    heading: str
    required: bool
    form: str
    description: str
    aliases: tuple[str, ...]
    unit: str
    example: str
    options: tuple[str, ...] = ()
    column: Column[Any] | None = None

    @property
    def note(self) -> str:
        """What stands in the comment of the heading."""
        parts = ("必填" if self.required else "可留空", self.form, self.description)
        unit = f"单位：{self.unit}" if self.unit else ""
        aliases = f"也可写作：{'、'.join(self.aliases)}" if self.aliases else ""
        return "\n".join(part for part in (*parts, unit, aliases) if part)


def fields_of(table: Table, conn: Connection | None) -> list[Field]:
    """The columns of a ledger, then those that bring rows of its companions."""
    # Numbers that the import gives are not to be filled: 1, 2, 3… would be rows that exist.
    asked = [column for column in table.columns if column.name != surrogate(table)]
    found = [_field(table, column, conn) for column in asked]
    return found + [_companion(c) for c in COMPANIONS if c.owner == table.name]


def _field(table: Table, column: Column[Any], conn: Connection | None) -> Field:
    about = ledger(column)
    form, example = _form(column)
    options = _options(column, conn)
    return Field(
        about.heading,
        not (column.nullable or column.default is not None),
        form,
        about.description,
        about.aliases,
        about.unit,
        _example(table, column, options) or example,
        options,
        column,
    )


def _example(table: Table, column: Column[Any], options: Sequence[str]) -> str:
    """One of what may be chosen, or what the description itself gives; little that is optional."""
    optional = [c.name for c in table.columns if c.nullable and target(c)]
    if column.nullable and column.name not in optional[:1]:
        return ""
    if options:
        return options[0]
    told = TOLD.search(ledger(column).description)
    return "2026" if ledger(column).unit == "年" else told.group(1) if told else ""


def _companion(companion: Companion) -> Field:
    there = target(tables()[companion.part][1].columns[companion.column])
    form = f"填{subject(there)}，编号或名称均可，多个用顿号隔开"
    description = f"同时登记到{title(companion.part)}"
    return Field(companion.headings[0], False, form, description, (), "", "")


def _form(column: Column[Any]) -> tuple[str, str]:
    """What to write, and an example where there is one to give."""
    there = target(column)
    if there:
        named_too = "或名称" if "name" in tables()[there][1].columns else ""
        return f"填{subject(there)}的编号{named_too}", ""
    if isinstance(column.type, Enum):
        return f"填其中一项：{'、'.join(column.type.enums)}", ""
    for kind, form, example in FORMS:
        if isinstance(column.type, kind):
            return form, "" if column.nullable else example
    length = column.type.length if isinstance(column.type, String) else None
    return f"文本，不超过 {length} 字" if length else "文本", ""


def _options(column: Column[Any], conn: Connection | None) -> tuple[str, ...]:
    """What may be chosen from a list; nothing where it would be too long or too personal."""
    if isinstance(column.type, Enum):
        return tuple(column.type.enums)
    if isinstance(column.type, Boolean):
        return ("是", "否")
    there = target(column)
    if conn is None or not there or there in UNLISTED:
        return ()
    return _known(tables()[there][1], conn)


def _known(table: Table, conn: Connection) -> tuple[str, ...]:
    """Names where they are clear, else ids."""
    key = next(iter(table.primary_key.columns))
    if not isinstance(key.type, String):
        return ()
    name = table.columns.get("name", key)
    rows = conn.execute(select(key, name).order_by(key).limit(MOST_OPTIONS + 1)).all()
    if len(rows) > MOST_OPTIONS:
        return ()
    often = Counter(str(found) for _, found in rows) + Counter(str(i) for i, n in rows if i != n)
    return tuple(str(n) if n and often[str(n)] == 1 else str(i) for i, n in rows)

"""An empty ledger to fill: exact headings, an example row, drop-down lists, notes and rules."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
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

from data.ledger.files.workbook import (
    GUIDE,
    OPTIONS,
    Formats,
    formats,
    new_book,
    put_text,
    sheet_name,
    width,
)
from data.ledger.giving.exporting import named
from data.ledger.meaning.headings import (
    COMPANIONS,
    Companion,
    subject,
    surrogate,
    tables,
    target,
    title,
)
from data.ledger.problem import letters
from data.models.contract import ledger

EXAMPLE = "示例："
ROWS = 5_000
MOST_OPTIONS = 5_000
LONGEST_LIST = 255
UNLISTED = frozenset(("student",))
"""Who lives where is nobody's drop-down list."""
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)

RULES = (
    "表头请勿改动；橙色表头为必填，灰色表头可留空。列的先后不限，用不到的列可以删去。",
    "首格以“示例”开头的行不会导入，可以删去，也可以留着。",
    "编号列也可以填名称（如楼宇填“桃苑3号楼”）；同名的请填编号，系统不会替您猜。",
    "日期写 2026-09-01、2026.9.1 或 2026年9月1日均可；时间写 14:30。",
    "导入前会先预览新增、修改和删除的行；有一处问题就一行也不写入，改好后重新上传即可。",
    "同一份文件重复导入不会产生重复数据。",
)

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


def template(table: str, conn: Connection | None) -> bytes:
    """An .xlsx to fill; with a connection its lists hold the places and units there are."""
    found = named(table)
    fields = [_field(found, column, conn) for column in found.columns]
    fields += [_companion(c) for c in COMPANIONS if c.owner == table]
    buffer = BytesIO()
    with new_book(buffer) as book:
        looks = formats(book)
        sheet = book.add_worksheet(sheet_name(title(table)))
        _guide(book.add_worksheet(GUIDE), title(table), fields, looks)
        lists = _lists(book, fields)
        _headings(sheet, fields, looks)
        for x, field in enumerate(fields):
            put_text(sheet, 1, x, f"{EXAMPLE}{field.example}" if not x else field.example, None)
            rule = _rule(field, lists)
            if rule:
                sheet.data_validation(1, x, ROWS, x, rule)
    return buffer.getvalue()


def _field(table: Table, column: Column[Any], conn: Connection | None) -> Field:
    about = ledger(column)
    numbered = column.name == surrogate(table)
    form, example = _form(column)
    options = _options(column, conn)
    return Field(
        about.heading,
        not (column.nullable or numbered or column.default is not None),
        "整数；整列留空时自动编号" if numbered else form,
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


def _headings(sheet: Any, fields: Sequence[Field], looks: Formats) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 24)
    for x, field in enumerate(fields):
        put_text(sheet, 0, x, field.heading, looks.required if field.required else looks.heading)
        lines = field.note.count("\n") + 1 + len(field.note) // 20
        sheet.write_comment(0, x, field.note, {"width": 240, "height": 20 + 16 * lines})
        look = None
        if field.column is not None and isinstance(field.column.type, Date):
            look = looks.day
        elif field.column is not None and isinstance(field.column.type, String):
            look = looks.text
        wide = width([field.heading, *field.options[:200], field.example])
        sheet.set_column(x, x, max(12, wide if x else wide + 6), look)


def _guide(sheet: Any, name: str, fields: Sequence[Field], looks: Formats) -> None:
    """The second sheet: the rules in sentences, then what each column means."""
    put_text(sheet, 0, 0, f"{name}填写说明", looks.heading)
    for y, rule in enumerate(RULES, start=1):
        put_text(sheet, y, 0, f"{y}. {rule}", None)
    top = len(RULES) + 2
    for x, heading in enumerate(("列名", "是否必填", "填写格式", "说明", "单位", "也可写作")):
        put_text(sheet, top, x, heading, looks.heading)
    for y, field in enumerate(fields, start=top + 1):
        required = "必填" if field.required else "可留空"
        cells = (field.heading, required, field.form, field.description, field.unit)
        for x, text in enumerate((*cells, "、".join(field.aliases))):
            put_text(sheet, y, x, text, looks.wrapped)
    for x, wide in enumerate((20, 10, 44, 40, 8, 30)):
        sheet.set_column(x, x, wide)


def _lists(book: Any, fields: Sequence[Field]) -> Mapping[str, str | list[str]]:
    """Where each heading's list is: short ones in the rule itself, long ones on a hidden sheet."""
    found: dict[str, str | list[str]] = {}
    sheet = None
    for field in fields:
        if not field.options:
            continue
        if len(",".join(field.options)) <= LONGEST_LIST and not any(
            "," in o for o in field.options
        ):
            found[field.heading] = list(field.options)
            continue
        if sheet is None:
            sheet = book.add_worksheet(OPTIONS)
            sheet.hide()
        found[field.heading] = _column_of_options(sheet, len(found), field)
    return found


def _column_of_options(sheet: Any, x: int, field: Field) -> str:
    put_text(sheet, 0, x, field.heading, None)
    for y, option in enumerate(field.options, start=1):
        put_text(sheet, y, x, option, None)
    return f"={OPTIONS}!${letters(x + 1)}$2:${letters(x + 1)}${len(field.options) + 1}"


def _rule(field: Field, lists: Mapping[str, str | list[str]]) -> dict[str, Any] | None:
    """What Excel checks while typing: a warning, because other spellings are understood as well."""
    shared = {
        "error_type": "warning",
        "error_title": field.heading[:32],
        "error_message": f"{field.form}。"[:255],
    }
    if field.options:
        return {"validate": "list", "source": lists[field.heading], **shared}
    if field.column is not None and isinstance(field.column.type, Date):
        between = {"criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
        return {"validate": "date", **between, **shared}
    return None

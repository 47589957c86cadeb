"""An empty ledger to fill: exact headings, an example row, drop-down lists, notes and rules."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from sqlalchemy import Connection, Date, String

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
from data.ledger.giving.fields import Field, fields_of
from data.ledger.problem import letters
from data.ledger.tables import title

EXAMPLE = "示例："
ROWS = 5_000
LONGEST_LIST = 255
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)

RULES = (
    "表头请勿改动；橙色表头为必填，灰色表头可留空。列的先后不限，用不到的列可以删去。",
    "首格以“示例”开头的行不会导入，可以删去，也可以留着。",
    "编号列也可以填名称（如楼宇填“桃苑3号楼”）；同名的请填编号，系统不会替您猜。",
    "日期写 2026-09-01、2026.9.1 或 2026年9月1日均可；时间写 14:30。",
    "导入前会先预览新增、修改和删除的行；有一处问题就一行也不写入，改好后重新上传即可。",
    "同一份文件重复导入不会产生重复数据。",
    "新增的行由系统编号；要修改已有的行，先导出台账，在导出的文件上改。",
)


def template(table: str, conn: Connection | None) -> bytes:
    """An .xlsx to fill; with a connection its lists hold the places and units there are."""
    fields = fields_of(named(table), conn)
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

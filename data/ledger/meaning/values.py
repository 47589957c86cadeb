"""From a cell to a value of its column's kind, or a sentence why not."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from sqlalchemy import BigInteger, Column, Enum, String

from data.contract.family import Family, family
from data.ledger.meaning.clocks import a_time
from data.ledger.meaning.moments import a_day, a_moment
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import NOTHING, compact, is_empty, shown, stripped
from data.ledger.sheet import Cell, CellError
from data.models.contract import ledger

Read = Callable[[Cell], Any]
YES = frozenset(("是", "有", "√", "✓", "✔", "☑", "对", "1", "Y", "YES", "TRUE", "T", "真"))
NO = frozenset(
    ("否", "无", "没有", "×", "✗", "✘", "X", "☒", "错", "0", "N", "NO", "FALSE", "F", "假")
)
SAME_CHOICE = {
    "党员": "中共党员",
    "正式党员": "中共党员",
    "中共正式党员": "中共党员",
    "中共预备党员": "预备党员",
    "积极分子": "入党积极分子",
    "团员": "共青团员",
    "普通群众": "群众",
    "本科": "本科生",
    "硕士": "硕士生",
    "硕士研究生": "硕士生",
    "博士": "博士生",
    "博士研究生": "博士生",
    "专职辅导员": "专职",
    "兼职辅导员": "兼职",
    "带头学习提高": "学习提高",
    "带头联系学生": "联系学生",
    "带头志愿服务": "志愿服务",
    "带头帮困助学": "帮困助学",
    "带头遵纪守法": "遵纪守法",
    "男生": "男",
    "女生": "女",
    "宿舍": "公寓",
    "学生公寓": "公寓",
    "教室": "课堂",
}
SAME_UNIT = {
    "级": "年",
    "h": "小时",
    "张": "床",
    "个": "座",
    "平米": "平方米",
    "㎡": "平方米",
    "m2": "平方米",
}
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?)(.*)")
_SAFE = 2**53
LASTING = frozenset(("ends", "closed"))  # columns that are empty while something lasts
STILL = frozenset(("至今", "今", "现在", "在任", "长期"))
CODES = frozenset(("code", "person_code", "indicator", "academic_year"))


def reader(column: Column[Any], *, exact: bool = False) -> Read:
    """What reads the cells of a column that are not empty; `exact` keeps text to the letter."""
    kind = family(column.type)
    if isinstance(column.type, Enum):
        return _choice(column.type.enums)
    if kind is Family.TEXT:
        return _text(column, exact=exact)
    if kind is Family.INTEGER:
        return _integer(column)
    if kind is Family.FLOAT:
        return lambda cell: _float(cell, ledger(column).unit)
    return _READERS[kind or Family.TEXT]


def nothing(cell: Cell, column: Column[Any], *, exact: bool = False) -> bool:
    """An empty cell, or a word for “none” where the column may be empty.

    Text of an `exact` sheet may well say 无.
    """
    if cell is None or not isinstance(cell, str):
        return cell is None
    if is_empty(cell) or not column.nullable or (exact and type(column.type) is String):
        return is_empty(cell)
    return stripped(cell) in NOTHING or (column.name in LASTING and stripped(cell) in STILL)


def is_code(column: Column[Any], *, exact: bool = False) -> bool:
    """Whether a text column holds codes, in which blanks and full-width letters mean nothing."""
    return bool(column.primary_key or (column.name in CODES and not exact))


def code_text(cell: Cell) -> str:
    """An id as text: 4111010001, never 4111010001.0."""
    return compact(_plain(cell))


def _plain(cell: Cell) -> str:
    match cell:
        case CellError():
            raise broken(cell)
        case bool():
            raise Unfit("是对错值，这里要文本", "把单元格设为文本后重填")
        case date() | time():
            raise Unfit("被表格软件改成了日期或时刻", "把单元格设为文本后重填")
        case float() if abs(cell) >= _SAFE:
            raise Unfit("数字太长，末尾几位已被表格软件改掉", "把单元格设为文本后重填")
    return shown(cell)


def broken(cell: CellError) -> Unfit:
    """A formula without a result."""
    return Unfit(f"公式没有结果({cell.text})", "改正公式，或填写数值")


def _text(column: Column[Any], *, exact: bool) -> Read:
    length = getattr(column.type, "length", None)
    clean = code_text if is_code(column, exact=exact) else _plain

    def read(cell: Cell) -> str:
        text = clean(cell)
        if "\x00" in text:
            raise Unfit("含有不可见的控制字符", "删去这些字符后重填")
        if length and len(text) > length:
            raise Unfit(f"有 {len(text)} 个字，最多 {length} 个", "缩短后重填")
        return text

    return read


def _choice(allowed: list[str]) -> Read:
    by_form = {compact(value): value for value in allowed}
    same: Mapping[str, str] = {k: v for k, v in SAME_CHOICE.items() if v in allowed}

    def read(cell: Cell) -> str:
        text = compact(_plain(cell))
        found = by_form.get(text) or same.get(text)
        if found is None:
            near = get_close_matches(text, by_form, 1, 0.5)
            hint = f"，是否为“{by_form[near[0]]}”" if near else ""
            raise Unfit("不是约定的取值", f"改为以下之一：{'、'.join(allowed)}{hint}")
        return found

    return read


def _integer(column: Column[Any]) -> Read:
    limit = 2**63 if isinstance(column.type, BigInteger) else 2**31
    unit = ledger(column).unit

    def read(cell: Cell) -> int:
        if type(cell) is int:
            number: float = cell
        elif isinstance(cell, str) and compact(cell).isdecimal():
            number = int(compact(cell))  # a float would lose the last digits of a long key
        else:
            number = _float(cell, unit, "写成整数")
        if number != int(number):
            raise Unfit("不是整数", "写成整数")
        if not -limit <= number < limit:
            raise Unfit("数字太大", "核对后重填")
        return int(number)

    return read


def _float(cell: Cell, unit: str = "", remedy: str = "写成数字") -> float:
    match cell:
        case CellError():
            raise broken(cell)
        case bool():
            raise Unfit("是对错值，这里要数字", remedy)
        case date() | time():
            raise Unfit("是日期或时刻，这里要数字", f"把单元格设为常规格式，{remedy}")
        case int() | float():
            number = float(cell)
        case _:
            number = _number(compact(str(cell)), unit, remedy)
    if not math.isfinite(number):
        raise Unfit("不是数字", remedy)
    return number


def _number(text: str, unit: str, remedy: str) -> float:
    found = _NUMBER.fullmatch(text)
    if not found:
        raise Unfit("不是数字", remedy)
    if found[2] == "%":
        raise Unfit("是百分数，这里要数值", remedy)
    if found[2] and SAME_UNIT.get(found[2], found[2]) != unit:
        said = f"单位应为“{unit}”" if unit else "数字后面有别的字"
        raise Unfit(said, f"{remedy}，不写单位")
    return float(found[1].replace(",", ""))


def _bool(cell: Cell) -> bool:
    if isinstance(cell, CellError):
        raise broken(cell)
    text = compact(shown(cell)).upper()
    if text in YES:
        return True
    if text in NO:
        return False
    raise Unfit("看不出是“是”还是“否”", "填“是”或“否”")


def _json(cell: Cell) -> dict[str, Any]:
    try:
        found = json.loads(_plain(cell))
    except ValueError:
        raise Unfit("不是 JSON", "粘贴完整的 GeoJSON，或清空") from None
    if not isinstance(found, dict):
        raise Unfit("不是 GeoJSON 对象", "粘贴完整的 GeoJSON，或清空")
    return found


def _refusing_errors(read: Read) -> Read:
    def safe(cell: Cell) -> date | datetime | time:
        if isinstance(cell, CellError):
            raise broken(cell)
        return read(cell)

    return safe


_READERS: dict[Family, Read] = {
    Family.DATE: _refusing_errors(a_day),
    Family.TIME: _refusing_errors(a_time),
    Family.DATETIME: _refusing_errors(a_moment),
    Family.BOOL: _bool,
    Family.JSON: _json,
}

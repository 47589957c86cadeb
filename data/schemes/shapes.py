"""What a scheme's tables may hold: the fields of each, their types, and which must be there."""

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from data.locale.translate import Phrase, t
from data.schemes.lines import Path
from data.schemes.problems import Problems, like
from data.schemes.rule_settings import NEEDS
from data.schemes.scheme import ARITHMETIC, GEOMETRIC, HEADINGS, MISSING, PERIODS, SOURCES, UNITS

KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_bands(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == 2 and all(map(_is_number, one)) for one in value
    )


def _is_pairs(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_number, value.values()))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


@dataclass(frozen=True)
class Kind:
    """A type of value: whether a value is one, and what it is called."""

    takes: Callable[[Any], bool]
    name: Phrase


TEXT = Kind(lambda value: isinstance(value, str) and bool(value.strip()), Phrase("非空的文字"))
ANY_TEXT = Kind(lambda value: isinstance(value, str), Phrase("文字"))
NAME = Kind(
    lambda value: isinstance(value, str) and bool(KEY.fullmatch(value)),
    Phrase("小写字母开头，由小写字母、数字、下划线组成，不超过 64 个字符"),
)
NUMBER = Kind(_is_number, Phrase("数"))
COUNT = Kind(lambda value: type(value) is int and value > 0, Phrase("正整数"))
POSITIVE = Kind(lambda value: _is_number(value) and value > 0, Phrase("大于 0 的数"))
WEIGHT = Kind(lambda value: _is_number(value) and value >= 0, Phrase("不小于 0 的数"))
SCORE = Kind(lambda value: _is_number(value) and 0 <= value <= 100, Phrase("0 到 100 的数"))
SHARE = Kind(lambda value: _is_number(value) and 0 < value <= 1, Phrase("大于 0、不超过 1 的数"))
FLAG = Kind(lambda value: isinstance(value, bool), Phrase("true 或 false"))
BANDS = Kind(_is_bands, Phrase("若干对 [起点, 得分]"))
PAIRS = Kind(_is_pairs, Phrase("若干个 名称 = 数"))
TEXTS = Kind(_is_texts, Phrase("若干段文字"))
TABLE = Kind(lambda value: isinstance(value, dict), Phrase("一组设置"))
TABLES = Kind(lambda value: _is_tables(value) and bool(value), Phrase("至少一个这样的表"))
ANY_TABLES = Kind(_is_tables, Phrase("若干个这样的表"))


Shape = dict[str, "Field"]


@dataclass(frozen=True)
class Field:
    """One field: its type, the words it may be where they are fixed, the shape of the tables in
    it, whether it must be there."""

    kind: Kind
    among: Collection[str] = ()
    holds: Shape | None = None
    needed: bool = True


HOW = Field(TEXT, among=(ARITHMETIC, GEOMETRIC), needed=False)
LEVEL: Shape = {"key": Field(NAME), "name": Field(TEXT), "weight": Field(WEIGHT)}
RULE: Shape = {
    "kind": Field(TEXT, among=NEEDS),
    "bands": Field(BANDS, needed=False),
    "parts": Field(PAIRS, needed=False),
    **dict.fromkeys(
        ("target", "worst", "best", "line", "base", "required", "per", "top"),
        Field(NUMBER, needed=False),
    ),
}
SOURCE: Shape = {
    "kind": Field(TEXT, among=SOURCES),
    "key": Field(NAME, needed=False),
    "raters": Field(COUNT, needed=False),
    "threshold": Field(POSITIVE, needed=False),
    **dict.fromkeys(("rubric", "groups", "levels"), Field(PAIRS, needed=False)),
}
INDICATOR: Shape = {
    **LEVEL,
    "source": Field(TABLE, holds=SOURCE),
    "rule": Field(TABLE, holds=RULE),
    "missing": Field(TEXT, among=MISSING),
    "clause": Field(TEXT),
    "heading": Field(TEXT, among=HEADINGS),
    "standard": Field(TEXT),
    "higher": Field(FLAG, needed=False),
    "floor": Field(SCORE, needed=False),
    "cap": Field(SCORE, needed=False),
    "evidence": Field(ANY_TABLES, needed=False),
}
PART: Shape = {**LEVEL, "aggregation": HOW, "indicator": Field(TABLES, holds=INDICATOR)}
DIMENSION: Shape = {**LEVEL, "aggregation": HOW, "part": Field(TABLES, holds=PART)}
VETO: Shape = {
    "indicator": Field(NAME),
    "least": Field(NUMBER),
    "over": Field(ANY_TEXT, needed=False),
    "reason": Field(TEXT),
}
SCHEME: Shape = {
    "key": Field(NAME),
    "version": Field(TEXT),
    "name": Field(TEXT),
    "unit": Field(TEXT, among=UNITS),
    "period": Field(TEXT, among=PERIODS),
    "note": Field(TEXT),
    "aggregation": HOW,
    "quota": Field(SHARE, needed=False),
    "award": Field(ANY_TEXT, needed=False),
    "dimension": Field(TABLES, holds=DIMENSION),
    "veto": Field(ANY_TABLES, holds=VETO, needed=False),
}


def shaped(told: dict[str, Any], shape: Shape, path: Path, problems: Problems) -> dict[str, Any]:
    """What of a table is as it should be, tables within it too; of the rest it is said why not."""
    for name, field in shape.items():
        if field.needed and name not in told:
            problems.say(path, t("缺少 {field}", field=name))
    kept = {}
    for name, value in told.items():
        place = (*path, name)
        if reason := _wrong(name, value, shape):
            problems.say(place, reason)
        elif holds := shape[name].holds:
            kept[name] = _inside(holds, value, place, problems)
        else:
            kept[name] = value
    return kept


def _inside(shape: Shape, value: Any, path: Path, problems: Problems) -> Any:
    if isinstance(value, dict):
        return shaped(value, shape, path, problems)
    return [shaped(one, shape, (*path, n), problems) for n, one in enumerate(value)]


def _wrong(name: str, value: Any, shape: Shape) -> str:
    """Why a field cannot stand in a table; "" where it can."""
    if name not in shape:
        return t("没有 {field} 这个字段{near}", field=name, near=like(name, shape))
    field = shape[name]
    if not field.kind.takes(value):
        return t("{field} 应当是：{kind}", field=name, kind=t(field.kind.name))
    if field.among and value not in field.among:
        known = "、".join(field.among)
        return t("{field} 只能是 {known}，没有：{value}", field=name, known=known, value=value)
    return ""

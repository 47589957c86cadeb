"""How one value is written in a cell, in the many ways that people write it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Any

from data.contract.family import Family

WEEKDAYS = "一二三四五六日"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Broken:
    """A formula without a value."""

    text: str = "#REF!"


Shown = str | int | float | bool | date | datetime | time | Broken | None
Show = Callable[[Random, Any], Shown]

EPOCH = date(1899, 12, 30)
SYNONYMS = {
    "中共党员": ("中共党员", "党员"),
    "预备党员": ("预备党员", "中共预备党员"),
    "入党积极分子": ("入党积极分子", "积极分子"),
    "共青团员": ("共青团员", "团员"),
    "本科生": ("本科生", "本科"),
    "硕士生": ("硕士生", "硕士"),
    "博士生": ("博士生", "博士"),
}


def wide(text: str) -> str:
    """The digits as a Chinese input method leaves them."""
    return text.translate(FULL_WIDTH)


def padded(rng: Random, text: str) -> str:
    """Now and then with blanks around it."""
    return rng.choice((text,) * 6 + (f" {text}", f"{text}\u3000", f"\u00a0{text} "))


def text(rng: Random, value: str) -> Shown:
    return padded(rng, value)


def code(rng: Random, value: str) -> Shown:
    """An identifier: text, or the number a spreadsheet has made of it."""
    ways: list[Shown] = [value, value, padded(rng, value), wide(value)]
    if value.isdigit() and not value.startswith("0"):
        ways += [int(value), float(value)]
    return rng.choice(ways)


def choice(rng: Random, value: str) -> Shown:
    return padded(rng, rng.choice(SYNONYMS.get(value, (value,))))


def integer(rng: Random, value: int) -> Shown:
    return rng.choice((value, value, float(value), str(value), wide(str(value)), f" {value} "))


def floating(rng: Random, value: float) -> Shown:
    return rng.choice((value, value, repr(value), wide(repr(value)), f"{value:,}"))


def boolean(rng: Random, value: bool) -> Shown:
    ways = ("是", "√", "1", True, 1, "Y") if value else ("否", "×", "0", False, 0, "N")
    return rng.choice(ways)


def day(rng: Random, value: date) -> Shown:
    """A day with its year, in a spelling or as a date cell."""
    y, m, d = value.year, value.month, value.day
    ways: tuple[Shown, ...] = (
        value,
        value,
        datetime(y, m, d),  # noqa: DTZ001 - campus time
        value.isoformat(),
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        f"{y} 年 {m} 月 {d} 日",
        f"{y}{m:02}{d:02}",
        wide(f"{y}.{m}.{d}"),
        wide(value.isoformat()),
        f"{value.isoformat()}(周{WEEKDAYS[value.weekday()]})",
        f"{y}-{m}-{d}（星期{WEEKDAYS[value.weekday()]}）",
        (value - EPOCH).days,
    )
    return rng.choice(ways)


def day_of_term(rng: Random, value: date) -> Shown:
    """A day whose year the term tells."""
    m, d = value.month, value.day
    return rng.choice((f"{m}.{d}", f"{m}月{d}日", f"{m}/{d}", wide(f"{m}月{d}日")))


def clock(rng: Random, value: time) -> Shown:
    h, m = value.hour, value.minute
    plain = f"{h}:{m:02}"
    ways: list[Shown] = [value, value, plain, f"{h:02}：{m:02}", wide(plain), f"{plain}:00"]
    if 12 < h < 18:
        ways += [f"下午{h - 12}:{m:02}", f"下午{h - 12}点{'半' if m == 30 else f'{m}分'}"]
    return rng.choice(ways)


def span(rng: Random, value: Sequence[time | None]) -> Shown:
    """A start and an end in one cell, or the start alone."""
    starts, ends = value
    if starts is None:
        return None
    first = f"{starts.hour}:{starts.minute:02}"
    if ends is None:
        return first
    last = f"{ends.hour}:{ends.minute:02}"
    dash = rng.choice(("-", "～", "—", "~", "至", " - "))
    both = f"{first}{dash}{last}"
    return rng.choice((both, both.replace(":", "："), wide(both)))


def moment(rng: Random, value: datetime) -> Shown:
    y, m, d = value.year, value.month, value.day
    at = f"{value.hour}:{value.minute:02}"
    ways: tuple[Shown, ...] = (
        value,
        f"{y}-{m:02}-{d:02} {at}",
        f"{y}/{m}/{d} {at}:00",
        f"{y}年{m}月{d}日 {at}",
        f"{y}.{m}.{d} {at}",
        wide(f"{y}-{m:02}-{d:02} {at}"),
        value.isoformat(sep="T"),
    )
    return rng.choice(ways)


SHOWS: dict[Family, Show] = {
    Family.TEXT: text,
    Family.INTEGER: integer,
    Family.FLOAT: floating,
    Family.BOOL: boolean,
    Family.DATE: day,
    Family.TIME: clock,
    Family.DATETIME: moment,
}

"""Days, moments and spans as people write them: 2025.9.3, 9月3日, 2025.9.1-2026.7.1, 9.3 下午."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from data.ledger.meaning.clocks import (
    FIRST_SERIAL,
    LAST_SERIAL,
    PERIODS,
    RANGE,
    a_time,
    clock_range,
    fraction,
    from_serial,
    is_clock,
    is_time,
)
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import compact, shown, stripped
from data.ledger.sheet import Cell

_FULL = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2})(?:[日号]|(?![\d./年月]))")
_TWO_DIGIT_YEAR = re.compile(r"\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
_MONTH = re.compile(r"\d{4}[-./年]\d{1,2}月?")
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)[一二三四五六日天]\)?")
_BETWEEN = re.compile(r"(?<=\d)\s+(?=\d)")
_SERIAL = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,2}\.\d{2}[-—–~至到]+\d{1,2}\.\d{2}")  # two times, or two days
DATE_REMEDY = "写成 2025-09-03 这样的日期"
MIXED = "写了不止一个日期"


@dataclass(frozen=True)
class MonthDay:
    """A day whose year its term must tell; `number` where a spreadsheet may have lost a zero."""

    month: int
    day: int
    number: bool = False


@dataclass(frozen=True)
class Span:
    """A cell that says when: any of a day, a start and an end; `period` when only 下午 is."""

    day: date | MonthDay | None = None
    starts: time | None = None
    ends: time | None = None
    period: str = ""


Day = date | MonthDay


def a_day(cell: Cell) -> Day:
    """The day in a cell; the time of day behind it, if any, is not asked for."""
    found, rest = _day(_unformatted(cell))
    if found is None:
        raise _no_day(cell)
    if RANGE.match(rest) and _day(rest.lstrip("-—–~至到"))[0]:
        raise Unfit(MIXED, DATE_REMEDY)
    if rest and not is_clock(rest):
        raise _no_day(cell)
    return found


def a_moment(cell: Cell) -> datetime | MonthDay:
    """The day and time of day in a cell; midnight where only the day is written."""
    if isinstance(cell, datetime):
        return cell
    cell = _unformatted(cell)
    if isinstance(cell, float) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return from_serial(cell)
    day, rest = _day(cell)
    if day is None:
        raise _no_day(cell)
    clock = a_time(rest) if rest else time(0)
    if isinstance(day, MonthDay):
        if rest:
            raise Unfit("没有写年份", "写成 2025-09-03 14:30 这样的日期和时刻")
        return day
    if isinstance(cell, str) and (exact := _iso(cell)):
        return exact
    return datetime.combine(day, clock)


def a_start(cell: Cell) -> Span:
    """When something begins: a time, or only 下午."""
    period = compact(shown(cell)) if isinstance(cell, str) else ""
    return (
        Span(None, PERIODS[period], None, period)
        if period in PERIODS
        else Span(starts=a_time(cell))
    )


def a_clock_span(cell: Cell) -> Span:
    """What a cell says where the day stands in a column of its own: 8.30 is a time."""
    text = _line(shown(cell)).upper() if isinstance(cell, str) else ""
    parts = [part for part in RANGE.split(text) if part]
    if parts and all(map(is_time, parts)):
        return Span(None, *clock_range(text))
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 1 <= cell < FIRST_SERIAL:
        return Span(starts=a_time(cell))
    return a_span(cell)


def a_span(cell: Cell) -> Span:
    """Whatever of day, start and end one cell says; never nothing."""
    if isinstance(cell, str) and _DOTTED.fullmatch(_line(cell)):
        raise Unfit("分不清是日期还是时刻", "时刻写成 8:30-9:15，日期写成 2025-09-03")
    if isinstance(cell, time):
        return Span(starts=cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 0 <= cell < 1:
        return Span(starts=fraction(cell))
    day, rest = _day(cell)
    if isinstance(cell, datetime):
        return Span(day, cell.time() if cell.time() != time(0) else None)
    if not rest:
        if day is None:
            raise Unfit("不是日期，也不是时刻", "写成 14:30-15:15 这样的时段")
        return Span(day)
    if rest in PERIODS:
        return Span(day, PERIODS[rest], None, rest)
    return Span(day, *clock_range(rest))


def a_period(cell: Cell) -> tuple[Day, Day | None]:
    """First and last day in one cell: 2025.9.1-2026.7.1, 2025年9月1日至今."""
    first, rest = _day_of(_line(shown(cell)))
    if first is None:
        raise Unfit("不是起止日期", "写成 2025-09-01至2026-07-01")
    if not rest:
        return first, None
    if not RANGE.match(rest):
        raise Unfit("不是起止日期", "写成 2025-09-01至2026-07-01")
    rest = RANGE.sub("", rest, count=1)
    if rest in ("", "今", "至今", "现在"):
        return first, None
    last, more = _day_of(rest)
    if last is None or more:
        raise Unfit("不是起止日期", "写成 2025-09-01至2026-07-01")
    if isinstance(last, MonthDay) and isinstance(first, date):
        last = _made(first.year, last.month, last.day)
    return first, last


def _day(cell: Cell) -> tuple[Day | None, str]:
    if isinstance(cell, datetime):
        return cell.date(), "" if cell.time() == time(0) else cell.strftime("%H:%M:%S")
    if isinstance(cell, date):
        return cell, ""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _day_of_number(float(cell)), ""
    if isinstance(cell, str):
        return _day_of(_line(cell))
    return None, shown(cell)


def _day_of_number(number: float) -> Day | None:
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return from_serial(number).date()
    text = repr(number)
    if number.is_integer():
        digits = _DIGITS.fullmatch(str(int(number)))
        return _made(*map(int, digits.groups())) if digits else None
    short = _SHORT.fullmatch(text)
    # 9.3 may have been 9.30 before the spreadsheet took it for a number.
    return _month_day(short, number=len(short[2]) == 1 and short[2] in "123") if short else None


def _day_of(text: str) -> tuple[Day | None, str]:
    """The day a text begins with, and what follows it."""
    if found := _FULL.match(text) or _DIGITS.match(text):
        return _made(*map(int, found.groups())), text[found.end() :].lstrip("Tt,")
    if _TWO_DIGIT_YEAR.match(text):
        raise Unfit("年份只写了两位，分不清年、月、日", DATE_REMEDY)
    if _MONTH.fullmatch(text):
        raise Unfit("只写到月份，缺少日", DATE_REMEDY)
    if (found := _SHORT.match(text)) and not is_clock(text):
        return _month_day(found), text[found.end() :].lstrip("T")
    return None, text


def _month_day(found: re.Match[str], *, number: bool = False) -> MonthDay:
    month, day = int(found[1]), int(found[2])
    _made(2024, month, day)  # a leap year: the term decides later
    return MonthDay(month, day, number)


def _made(year: int, month: int, day: int) -> date:
    try:
        made = date(year, month, day)
    except ValueError:
        raise Unfit("没有这一天", DATE_REMEDY) from None
    if not 1900 <= year <= 2100 and made != date.max:  # 9999-12-31 is how some say for ever
        raise Unfit(f"年份 {year} 不合情理", DATE_REMEDY)
    return made


def _without_weekday(text: str) -> str:
    return _WEEKDAY.sub("", text)


def _line(text: str) -> str:
    """A day in half-width characters without blanks; between a day and a time stays a T."""
    return _without_weekday(compact(_BETWEEN.sub("T", text)))


def _unformatted(cell: Cell) -> Cell:
    """A CSV file holds the number of a day where its column was not formatted as one."""
    return float(cell) if isinstance(cell, str) and _SERIAL.fullmatch(cell.strip()) else cell


def _iso(text: str) -> datetime | None:
    """The exact moment of an export, fractions of a second included."""
    try:
        return datetime.fromisoformat(stripped(text)).replace(tzinfo=None)
    except ValueError:
        return None


def _no_day(cell: Cell) -> Unfit:
    return (
        Unfit("不是日期", DATE_REMEDY)
        if not isinstance(cell, bool)
        else Unfit("是对错值", DATE_REMEDY)
    )

"""Dates and times of day as people write them: 2025.9.3, 9月3日, 下午2:30, 14:30-15:15."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import compact, shown, stripped
from data.ledger.sheet import Cell

_FULL = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2})(?:[日号]|(?![\d./年月]))")
_TWO_DIGIT_YEAR = re.compile(r"\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
_MONTH = re.compile(r"\d{4}[-./年]\d{1,2}月?")
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)[一二三四五六日天]\)?")
_CLOCK = re.compile(
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上|晚|AM|PM)?"
    r"(\d{1,2})(?:[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?|[点时](半|\d{1,2})?分?)"
    r"(上午|中午|下午|晚上|AM|PM)?"
)
_EXACT = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3,6}")  # as an export writes it
_BETWEEN = re.compile(r"(?<=\d)\s+(?=\d)")
_SERIAL = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
_BARE_CLOCK = re.compile(r"([01]\d|2[0-4])([0-5]\d)")
PERIODS = {
    "上午": time(8), "早上": time(8), "中午": time(12),
    "下午": time(14), "晚上": time(18), "晚": time(18),
}  # fmt: skip
_AFTER_NOON = frozenset(("下午", "傍晚", "晚上", "晚", "PM"))
_RANGE = re.compile(r"[-—–~至到]+")
_FIRST_SERIAL, _LAST_SERIAL = 10000, 73050  # 1927 to 2099: nobody types such a number as a day
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
DATE_REMEDY = "写成 2025-09-03 这样的日期"
TIME_REMEDY = "写成 14:30 这样的时刻"
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
    if _RANGE.match(rest) and _day(rest.lstrip("-—–~至到"))[0]:
        raise Unfit(MIXED, DATE_REMEDY)
    if rest and not _is_clock(rest):
        raise _no_day(cell)
    return found


def a_time(cell: Cell) -> time:
    """The time of day in a cell."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _fraction(cell)
    text = compact(shown(cell)).upper()
    if _EXACT.fullmatch(text):
        return time.fromisoformat(text)
    if bare := _BARE_CLOCK.fullmatch(text):
        return _clock(int(bare[1]), int(bare[2]))
    found = _clock_of(text)
    if found is None:
        raise Unfit("不是时刻", TIME_REMEDY)
    return found


def a_moment(cell: Cell) -> datetime | MonthDay:
    """The day and time of day in a cell; midnight where only the day is written."""
    if isinstance(cell, datetime):
        return cell
    cell = _unformatted(cell)
    if isinstance(cell, float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _from_serial(cell)
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


def a_span(cell: Cell) -> Span:
    """Whatever of day, start and end one cell says; never nothing."""
    if isinstance(cell, time):
        return Span(starts=cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 0 <= cell < 1:
        return Span(starts=_fraction(cell))
    day, rest = _day(cell)
    if isinstance(cell, datetime):
        return Span(day, cell.time() if cell.time() != time(0) else None)
    if not rest:
        if day is None:
            raise Unfit("不是日期，也不是时刻", "写成 14:30-15:15 这样的时段")
        return Span(day)
    if rest in PERIODS:
        return Span(day, PERIODS[rest], None, rest)
    return Span(day, *_clock_range(rest))


def a_period(cell: Cell) -> tuple[Day, Day | None]:
    """First and last day in one cell: 2025.9.1-2026.7.1, 2025年9月1日至今."""
    first, rest = _day_of(_line(shown(cell)))
    if first is None:
        raise Unfit("不是起止日期", "写成 2025-09-01至2026-07-01")
    if not rest:
        return first, None
    if not _RANGE.match(rest):
        raise Unfit("不是起止日期", "写成 2025-09-01至2026-07-01")
    rest = _RANGE.sub("", rest, count=1)
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
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _from_serial(number).date()
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
    if (found := _SHORT.match(text)) and not _is_clock(text):
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


def _from_serial(number: float) -> datetime:
    return _EPOCH + timedelta(seconds=round(number * 86400))


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


def _is_clock(text: str) -> bool:
    """Whether a text tells a time of day; 9.30 alone is a day, 9:30 a time."""
    if text in PERIODS:
        return True
    parts = _RANGE.split(text.upper())
    return bool(re.search(r"[:点时]|上午|下午|中午|晚", text)) and all(
        _CLOCK.fullmatch(part) or part in PERIODS for part in parts
    )


def _clock_range(text: str) -> tuple[time, time | None]:
    parts = [part for part in _RANGE.split(text.upper()) if part]
    if len(parts) > 2 or not parts:
        raise Unfit("不是时段", "写成 14:30-15:15 这样的时段")
    times = [_clock_of(part) for part in parts]
    if times[0] is None or None in times:
        raise Unfit("不是时段", "写成 14:30-15:15 这样的时段")
    period = _CLOCK.fullmatch(parts[0])
    if len(times) == 2 and period and period[1] and not _CLOCK.fullmatch(parts[1])[1]:  # type: ignore[index]
        times[1] = _clock_of(period[1] + parts[1])  # 下午2:30-3:15
    return times[0], times[1] if len(times) == 2 else None


def _clock_of(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    before, hour, minute, second, spoken, after = found.groups()
    minutes = 30 if spoken == "半" else int(minute or spoken or 0)
    hours = int(hour)
    if (before or after) in _AFTER_NOON and hours < 12:
        hours += 12
    if (before or after) == "中午" and hours < 3:
        hours += 12
    return _clock(hours, minutes, int(second or 0))


def _clock(hour: int, minute: int, second: int = 0) -> time:
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Unfit("没有这个时刻", "写成 00:00 到 23:59 之间的时刻") from None


def _fraction(number: float) -> time:
    if 0 <= number < 1:
        return _from_serial(round(number * 86400) % 86400 / 86400).time()
    if float(number).is_integer() and (bare := _BARE_CLOCK.fullmatch(str(int(number)))):
        return _clock(int(bare[1]), int(bare[2]))
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _from_serial(number).time()
    raise Unfit("不是时刻", TIME_REMEDY)


def _no_day(cell: Cell) -> Unfit:
    return (
        Unfit("不是日期", DATE_REMEDY)
        if not isinstance(cell, bool)
        else Unfit("是对错值", DATE_REMEDY)
    )

"""Times of day as people write them: 下午2:30, 14点半, 14:30-15:15, 1430, 0.6041."""

import re
from datetime import datetime, time, timedelta

from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import compact, shown
from data.ledger.sheet import Cell

_CLOCK = re.compile(
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上|晚|AM|PM)?"
    r"(\d{1,2})(?:[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?|[点时](半|\d{1,2})?分?)"
    r"(上午|中午|下午|晚上|AM|PM)?"
)
_EXACT = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3,6}")  # as an export writes it
_BARE_CLOCK = re.compile(r"([01]\d|2[0-4])([0-5]\d)")
PERIODS = {
    "上午": time(8), "早上": time(8), "中午": time(12),
    "下午": time(14), "晚上": time(18), "晚": time(18),
}  # fmt: skip
_AFTER_NOON = frozenset(("下午", "傍晚", "晚上", "晚", "PM"))
RANGE = re.compile(r"[-—–~至到]+")
FIRST_SERIAL, LAST_SERIAL = 10000, 73050  # 1927 to 2099: nobody types such a number as a day
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
TIME_REMEDY = "写成 14:30 这样的时刻"


def a_time(cell: Cell) -> time:
    """The time of day in a cell."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return fraction(cell)
    text = compact(shown(cell)).upper()
    if _EXACT.fullmatch(text):
        return time.fromisoformat(text)
    if bare := _BARE_CLOCK.fullmatch(text):
        return _clock(int(bare[1]), int(bare[2]))
    found = _clock_of(text)
    if found is None:
        raise Unfit("不是时刻", TIME_REMEDY)
    return found


def is_time(text: str) -> bool:
    """Whether a text in half-width capitals is one time of day; 9.30 is one where a day is not."""
    return _CLOCK.fullmatch(text) is not None


def is_clock(text: str) -> bool:
    """Whether a text tells a time of day; 9.30 alone is a day, 9:30 a time."""
    if text in PERIODS:
        return True
    parts = RANGE.split(text.upper())
    return bool(re.search(r"[:点时]|上午|下午|中午|晚", text)) and all(
        _CLOCK.fullmatch(part) or part in PERIODS for part in parts
    )


def clock_range(text: str) -> tuple[time, time | None]:
    """Start and end in `14:30-15:15`; one time alone is a start."""
    parts = [part for part in RANGE.split(text.upper()) if part]
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


def fraction(number: float) -> time:
    """The time of day in a number: part of a day, 1430, or a moment as spreadsheets count it."""
    if 0 <= number < 1:
        return from_serial(round(number * 86400) % 86400 / 86400).time()
    if float(number).is_integer() and (bare := _BARE_CLOCK.fullmatch(str(int(number)))):
        return _clock(int(bare[1]), int(bare[2]))
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return from_serial(number).time()
    raise Unfit("不是时刻", TIME_REMEDY)


def from_serial(number: float) -> datetime:
    """The moment that spreadsheets keep as days since the end of 1899."""
    return _EPOCH + timedelta(seconds=round(number * 86400))

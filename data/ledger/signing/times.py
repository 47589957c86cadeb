"""When somebody signed in: the day of the activity where the list tells none, never a guess."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from data.ledger.meaning.clocks import FIRST_SERIAL, LAST_SERIAL, from_serial
from data.ledger.meaning.moments import MonthDay, Span, a_day, a_span
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import compact, is_empty
from data.ledger.sheet import Cell, CellError
from data.ledger.signing.counting import Held
from data.summaries.method import may_pass_midnight

_WESTERN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[,，]?\s*(.*)", re.DOTALL)
_SERIAL = re.compile(r"[1-7]\d{4}\.\d+")
BROKEN = Unfit("公式没有结果", "填写时间，或清空")
MIDNIGHT = time(0)


def signed_at(cell: Cell, day: Cell, activity: Held) -> tuple[date, time | None]:
    """The day and, where it is told, the time of a sign-in; Unfit where it cannot be read.

    A time of day alone is of the activity's day, or of the night after an activity that lasts
    over midnight.
    """
    found = _span(cell, activity)
    told = _dated(found.day, activity.day)
    if told is None and not is_empty(day):
        told = _dated(_day(day, activity), activity.day)
    if told is None:
        late = found.starts is not None and _after_midnight(found.starts, activity)
        told = activity.day + timedelta(days=late)
    return told, found.starts


def days_told(cell: Cell, near: date) -> Iterator[date]:
    """The days a cell may name, before it is known of which activity it is; without a year, the
    one near to a day."""
    if isinstance(cell, datetime):
        yield cell.date()
    elif isinstance(cell, date):
        yield cell
    elif isinstance(cell, str) and (western := _WESTERN.fullmatch(cell.strip())):
        yield from _western(western)
    else:
        try:
            found = _span(cell, None).day
        except Unfit:
            return
        if (told := _dated(found, near)) is not None:
            yield told


def of_the_activity(day: date, at: time | None, activity: Held) -> bool:
    """Whether a sign-in lies on the activity's day, or shortly after the midnight behind it."""
    if day == activity.day:
        return True
    if day != activity.day + timedelta(days=1) or at is None:
        return False
    evening = activity.starts is not None and may_pass_midnight(activity.starts, at)
    return evening or _after_midnight(at, activity)


def _after_midnight(at: time, activity: Held) -> bool:
    starts, ends = activity.starts, activity.ends
    return starts is not None and ends is not None and ends < starts and at <= ends


def _span(cell: Cell, activity: Held | None) -> Span:
    if is_empty(cell):
        return Span()
    if isinstance(cell, CellError):
        raise BROKEN
    if isinstance(cell, str) and _SERIAL.fullmatch(cell.strip()):
        cell = float(cell)
    if isinstance(cell, float) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        cell = from_serial(cell)
    if isinstance(cell, datetime):  # midnight to the second is a day without a time
        return Span(cell.date(), None if cell.time() == MIDNIGHT else cell.time())
    if isinstance(cell, str) and (western := _WESTERN.fullmatch(cell.strip())):
        return Span(_one_of(list(_western(western)), activity), _clock(western[4]))
    return a_span(cell)


def _clock(text: str) -> time | None:
    return a_span(compact(text)).starts if text.strip() else None


def _western(found: re.Match[str]) -> Iterator[date]:
    """11/20/2026 and 20/11/2026: the month may stand first or second."""
    first, second, year = (int(found[n]) for n in (1, 2, 3))
    for month, day in dict.fromkeys(((first, second), (second, first))):
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _one_of(days: list[date], activity: Held | None) -> date | None:
    """The day meant: the only possible one, or the one that is the activity's."""
    if not days:
        raise Unfit("没有这一天", "写成 2026-11-20 19:05 这样的时间")
    if activity is not None and activity.day in days:
        return activity.day
    if len(days) > 1 and activity is not None:
        raise Unfit("分不清月和日，也不是活动当天", "写成 2026-11-20 19:05 这样的时间")
    return days[0]


def _day(cell: Cell, activity: Held) -> date | MonthDay | None:
    if isinstance(cell, CellError):
        raise BROKEN
    if isinstance(cell, str) and (western := _WESTERN.fullmatch(cell.strip())):
        return _one_of(list(_western(western)), activity)
    return a_day(cell)


def _dated(day: date | MonthDay | None, near: date) -> date | None:
    """11月20日 is of the year in which it is nearest to the activity."""
    if not isinstance(day, MonthDay):
        return day
    years = (near.year + n for n in (-1, 0, 1))
    found = [d for year in years if (d := _made(year, day)) is not None]
    if not found:
        raise Unfit("没有这一天", "写成 2026-11-20 19:05 这样的时间")
    return min(found, key=lambda d: abs(d - near))


def _made(year: int, day: MonthDay) -> date | None:
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None

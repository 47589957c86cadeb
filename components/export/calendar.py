"""Visits as a calendar file (RFC 5545) for phones: where and when, rooms, never a student."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vText

from components.export.stamp import Stamp
from data.locale.translate import t

ZONE = "Asia/Shanghai"
SINCE, UNTIL = date(1992, 1, 1), date(2038, 1, 1)
"""China has had no summer time since the first; some phones know no time after the second."""
OURS = UUID("0f6a3f6e-5a0f-4d2b-9c57-2a1d7f0e4b44")
"""Names built from this one are ours: the same visit keeps its UID from file to file."""
NAMES, DESCRIPTIONS = ("NAME", "X-WR-CALNAME"), ("DESCRIPTION", "X-WR-CALDESC")
"""As RFC 7986 calls them, and as phones have long read them."""
PRODUCT = "-//学生社区驾驶舱//智能推荐//ZH"


@dataclass(frozen=True)
class Entry:
    """A visit in words: a building's floor and the codes of its rooms, or a class.

    Times are the campus's own. A counselor has one visit in a period, so that counselor and start
    make it the same visit when the file is taken in again.
    """

    counselor_id: str
    starts: datetime
    ends: datetime
    period: str
    place: str
    floor: str = ""
    rooms: tuple[str, ...] = ()


def to_ics(entries: Sequence[Entry], stamp: Stamp, at: datetime) -> bytes:
    """One event for each visit. `at` (with its zone) is when the data was published, so that the
    same data gives the same bytes."""
    book = Calendar.new(prodid=PRODUCT, uid=uuid5(OURS, stamp.digest))
    said = "\n".join(f"{name}: {text}" for name, text in stamp.lines())
    for names, text in ((NAMES, stamp.title), (DESCRIPTIONS, said)):
        for name in names:
            book.add(name, vText(text))  # said to be text, so that the library escapes it
    book.add_component(Timezone.from_tzid(ZONE, first_date=SINCE, last_date=UNTIL))
    for entry in sorted(entries, key=lambda e: (e.starts, e.counselor_id)):
        book.add_component(_event(entry, stamp, at))
    return book.to_ical()


def _event(entry: Entry, stamp: Stamp, at: datetime) -> Event:
    zone = ZoneInfo(ZONE)
    place = _plain(f"{entry.place} {entry.floor}")
    return Event.new(
        uid=uuid5(OURS, f"{entry.counselor_id} {entry.starts.isoformat()}"),
        stamp=at,
        start=entry.starts.replace(tzinfo=zone),
        end=entry.ends.replace(tzinfo=zone),
        summary=t("走访：{place}（{period}）", place=place, period=t(entry.period)),
        location=place,
        description="\n".join([*_rooms(entry), stamp.short()]),
    )


def _rooms(entry: Entry) -> list[str]:
    if not entry.rooms:
        return []
    codes = t("、").join(_plain(code) for code in entry.rooms)
    return [t("{count} 间：{rooms}", count=len(entry.rooms), rooms=codes)]


def _plain(text: str) -> str:
    """On one line, whatever a ledger brought; the library escapes what means something there."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())

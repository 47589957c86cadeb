"""The calendar file read back: the visits as they are, on the same day in any phone, inert text."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from components.export.calendar import Entry, to_ics
from components.export.stamp import Stamp
from data.locale.translate import ENGLISH, language

STAMP = Stamp("走访单", "计算机学院", "2026-11-20", 7, "辅导员一", "ab" * 32, demo=False)
AT = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
FLOOR = Entry(
    counselor_id="T10001",
    starts=datetime(2026, 11, 23, 12, 30),  # noqa: DTZ001 - the campus's own time
    ends=datetime(2026, 11, 23, 13, 10),  # noqa: DTZ001
    period="中午",
    place="桃苑5号楼",
    floor="B区6层",
    rooms=("B6032", "B6041"),
)
CLASS = Entry(
    counselor_id="T10001",
    starts=datetime(2026, 11, 24, 16, 0),  # noqa: DTZ001
    ends=datetime(2026, 11, 24, 16, 40),  # noqa: DTZ001
    period="下午",
    place="机械2024-5班",
)
NASTY = "甲,乙;丙\\丁\r\nEND:VEVENT\rBEGIN:VEVENT\nX:1\u2028\x07"
"""As it has to come out: on one line, without what cannot be seen, nothing else lost."""
INERT = "甲,乙;丙\\丁 END:VEVENT BEGIN:VEVENT X:1"


def read(*entries: Entry) -> Any:
    return Calendar.from_ical(to_ics(entries, STAMP, AT))


def only(*entries: Entry) -> Any:
    (event,) = read(*entries).events
    return event


def changed(**what: Any) -> Entry:
    return replace(FLOOR, **what)


def test_a_visit_is_an_event_at_the_campuss_time() -> None:
    event = only(FLOOR)
    assert event.start == datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    assert event.end == datetime(2026, 11, 23, 5, 10, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event.stamp == AT
    assert event["SUMMARY"] == "走访：桃苑5号楼 B区6层（中午）"
    assert event["LOCATION"] == "桃苑5号楼 B区6层"
    assert event["DESCRIPTION"].split("\n") == [
        "2 间：B6032、B6041",
        "计算机学院 · 数据版本 7 · 辅导员一 · 校验码 abababababababab",
    ]


def test_a_class_has_no_rooms() -> None:
    event = only(CLASS)
    assert event["SUMMARY"] == "走访：机械2024-5班（下午）"
    assert event["DESCRIPTION"] == STAMP.short()


def test_the_file_brings_its_time_zone_and_says_what_it_is() -> None:
    book = read(CLASS, FLOOR)
    (zone,) = book.timezones
    assert zone["TZID"] == "Asia/Shanghai"
    for day in (date(2026, 1, 1), date(2026, 7, 1)):
        moment = datetime(day.year, day.month, day.day, tzinfo=zone.to_tz())
        assert moment.utcoffset() == timedelta(hours=8)
    assert book["X-WR-CALNAME"] == book["NAME"] == "走访单"
    assert "校验码: " + "ab" * 32 in book["DESCRIPTION"]
    assert [e.start.day for e in book.events] == [23, 24]  # by time


def test_the_same_visits_are_the_same_bytes_and_keep_their_names() -> None:
    assert to_ics([FLOOR, CLASS], STAMP, AT) == to_ics([CLASS, FLOOR], STAMP, AT)
    later: Any = Calendar.from_ical(to_ics([FLOOR], STAMP, AT + timedelta(days=1)))
    assert later.events[0]["UID"] == only(FLOOR)["UID"]
    assert only(FLOOR)["UID"] != only(CLASS)["UID"]
    assert "T10001" not in to_ics([FLOOR], STAMP, AT).decode()


def test_nobody_to_visit_is_a_calendar_without_events() -> None:
    assert read().events == []


@pytest.mark.parametrize("where", ["place", "floor", "rooms"])
def test_what_a_ledger_brings_stays_text(where: str) -> None:
    event = only(changed(**{where: (NASTY,) if where == "rooms" else NASTY}))
    said = event["DESCRIPTION"].split("\n")[0] if where == "rooms" else event["LOCATION"]
    assert INERT in said
    assert said.isprintable()
    assert set(event) == {
        *("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "DESCRIPTION", "LOCATION")
    }


def test_commas_and_semicolons_in_the_slice_are_escaped() -> None:
    stamp = Stamp("走访单;a,b", "甲;乙,丙\n丁", "2026-11-20", 7, "x", "ab" * 32, demo=True)
    text = to_ics([FLOOR], stamp, AT).decode().replace("\r\n ", "")
    assert "\r\nNAME:走访单\\;a\\,b\r\n" in text
    assert "筛选: 甲\\;乙\\,丙\\n丁\\n数据截至" in text


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    raw = to_ics([changed(rooms=tuple(f"B{n}" for n in range(6000, 6040)))], STAMP, AT)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_it_speaks_the_readers_language() -> None:
    token = language.set(ENGLISH)
    try:
        event = only(FLOOR)
    finally:
        language.reset(token)
    assert event["SUMMARY"] == "Visit: 桃苑5号楼 B区6层 (noon)"
    assert event["DESCRIPTION"].startswith("2 rooms: B6032, B6041\n")

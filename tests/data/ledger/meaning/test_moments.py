"""Dates and times as colleges write them; what cannot be told is refused, never guessed."""

from datetime import date, datetime, time
from functools import partial
from typing import Any

import pytest

from data.ledger.meaning.clocks import a_time
from data.ledger.meaning.moments import MonthDay, Span, a_day, a_moment, a_period, a_span
from data.ledger.meaning.unfit import Unfit

at = partial(datetime, tzinfo=None)  # spreadsheets know no time zones
THIRD = date(2025, 9, 3)


@pytest.mark.parametrize(
    "cell",
    [
        THIRD,
        at(2025, 9, 3),
        45903,
        45903.0,
        20250903,
        20250903.0,
        "2025-09-03",
        "2025-9-3",
        "2025/9/3",
        "2025.9.3",
        "2025．９．３",
        " 2025 年 9 月 3 日 ",
        "２０２５年９月３日",
        "20250903",
        "2025-09-03(周三)",
        "2025年9月3日（星期三）",
        "2025-09-03 00:00:00",
        "2025-09-03T14:30:00",
        "2025年9月3日下午",
    ],
)
def test_one_day_written_in_many_ways(cell: Any) -> None:
    assert a_day(cell) == THIRD


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("9.3", MonthDay(9, 3)),
        ("9月3日", MonthDay(9, 3)),
        ("９月３号", MonthDay(9, 3)),
        ("9/30", MonthDay(9, 30)),
        (9.3, MonthDay(9, 3, number=True)),
        (9.25, MonthDay(9, 25)),
    ],
)
def test_a_day_without_its_year_waits_for_the_term(cell: Any, found: MonthDay) -> None:
    assert a_day(cell) == found


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2025.9.31", "没有这一天"),
        ("2025-13-01", "没有这一天"),
        ("0205-09-03", "年份 205 不合情理"),
        ("25.9.3", "年份只写了两位，分不清年、月、日"),
        ("25-9-3", "年份只写了两位，分不清年、月、日"),
        ("2025.9", "只写到月份，缺少日"),
        ("2025年9月", "只写到月份，缺少日"),
        ("2025.9.3-2025.9.5", "写了不止一个日期"),
        ("昨天", "不是日期"),
        ("9:30", "不是日期"),
        (3.0, "不是日期"),
        (True, "是对错值"),
        (time(9, 30), "不是日期"),
    ],
)
def test_what_is_no_day_is_refused(cell: Any, reason: str) -> None:
    with pytest.raises(Unfit) as unfit:
        a_day(cell)
    assert unfit.value.reason == reason
    assert "2025-09-03" in unfit.value.remedy


@pytest.mark.parametrize(
    "cell",
    [
        time(14, 30),
        at(2025, 9, 3, 14, 30),
        0.6041666666666666,
        1430.0,
        "14:30",
        "14：30",
        "１４：３０",
        "14:30:00",
        "14.30",
        "1430",
        "14时30分",
        "14点半",
        "下午2点半",
        "下午2:30",
        "2:30下午",
        "2:30 PM",
    ],
)
def test_one_time_written_in_many_ways(cell: Any) -> None:
    assert a_time(cell) == time(14, 30)


@pytest.mark.parametrize("cell", ["25:00", "14:60", "半天", 7.5, "14:30-15:15"])
def test_what_is_no_time_is_refused(cell: Any) -> None:
    with pytest.raises(Unfit):
        a_time(cell)


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("14:30-15:15", Span(None, time(14, 30), time(15, 15))),
        ("14：30～15：15", Span(None, time(14, 30), time(15, 15))),
        ("14:30 至 15:15", Span(None, time(14, 30), time(15, 15))),
        ("下午2:30-3:15", Span(None, time(14, 30), time(15, 15))),
        ("上午11:30-下午1:00", Span(None, time(11, 30), time(13))),
        ("下午", Span(None, time(14), None, "下午")),
        ("晚上", Span(None, time(18), None, "晚上")),
        ("2025.9.3 14:30-15:15", Span(THIRD, time(14, 30), time(15, 15))),
        ("2025年9月3日上午", Span(THIRD, time(8), None, "上午")),
        ("9月3日14:30", Span(MonthDay(9, 3), time(14, 30))),
        (at(2025, 9, 3, 14, 30), Span(THIRD, time(14, 30))),
        (THIRD, Span(THIRD)),
        (0.5, Span(None, time(12))),
    ],
)
def test_day_start_and_end_in_one_cell(cell: Any, span: Span) -> None:
    assert a_span(cell) == span


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2025.9.1-2026.7.1", (date(2025, 9, 1), date(2026, 7, 1))),
        ("2025年9月1日至今", (date(2025, 9, 1), None)),
        ("2025-09-01—", (date(2025, 9, 1), None)),
        ("2025.9.1-12.31", (date(2025, 9, 1), date(2025, 12, 31))),
        ("9.1-12.31", (MonthDay(9, 1), MonthDay(12, 31))),
    ],
)
def test_first_and_last_day_in_one_cell(cell: Any, period: Any) -> None:
    assert a_period(cell) == period


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2025-09-03 14:30", at(2025, 9, 3, 14, 30)),
        ("2025/9/3 14:30:15", at(2025, 9, 3, 14, 30, 15)),
        ("2025-09-03 14:30:15.000250", at(2025, 9, 3, 14, 30, 15, 250)),
        ("2025年9月3日 下午2:30", at(2025, 9, 3, 14, 30)),
        (45903.604166666664, at(2025, 9, 3, 14, 30)),
        ("2025.9.3", at(2025, 9, 3)),
    ],
)
def test_a_day_with_its_time(cell: Any, moment: datetime) -> None:
    assert a_moment(cell) == moment

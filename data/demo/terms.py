"""When the demo campus happens: terms back from a fixed today, their holidays and key nodes."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from data.errors import DashboardError

TODAY = date(2026, 11, 23)
LATEST = (2026, 1)
MOST_TERMS = 14

MONDAY_ON_OR_AFTER = {1: (8, 28), 2: (2, 25)}
WELCOME_DAYS = {1: 7, 2: 0}

DRAGON_BOAT = {
    2020: (6, 25),
    2021: (6, 14),
    2022: (6, 3),
    2023: (6, 22),
    2024: (6, 10),
    2025: (5, 31),
    2026: (6, 19),
}
MID_AUTUMN = {
    2020: (10, 1),
    2021: (9, 21),
    2022: (9, 10),
    2023: (9, 29),
    2024: (9, 17),
    2025: (10, 6),
    2026: (9, 25),
}

# name, kind, first teaching week, last teaching week
AUTUMN_NODES = (
    ("迎新与入学教育", "开学", 0, 2),
    ("国庆中秋假期前后", "节假日", 4, 5),
    ("秋季招聘季", "招聘", 5, 12),
    ("秋季心理高发期", "心理", 7, 9),
    ("寒潮降温", "天气", 11, 11),
    ("期末考试周", "考试", 17, 18),
    ("寒假离校", "节假日", 19, 19),
)
SPRING_NODES = (
    ("春季开学", "开学", 1, 2),
    ("春季心理高发期", "心理", 3, 6),
    ("春季招聘季", "招聘", 4, 10),
    ("五一假期前后", "节假日", 9, 10),
    ("毕业离校", "毕业", 15, 17),
    ("期末考试周", "考试", 17, 18),
    ("高温天气", "天气", 18, 18),
)

RETURN = {"国庆节": "国庆返校首日", "劳动节": "五一返校首日"}
"""Holidays with a key date on the day after."""

# What the university sets for 44023: only the hours the policy leaves open, limits and targets.
HOURS = {"noon_starts": "12:00", "afternoon_starts": "14:00", "evening_starts": "18:00"}
TARGETS = {
    "student_target": 1.0,
    "slot_target": 0.8,
    "field_target": 0.9,
    "node_target": 1.0,
    "response_target": 0.95,
    "closed_target": 0.85,
    "group_target": 1.0,
}
USUAL_DAYS, FIRST_DAYS = 3, 5  # to answer a concern; in the first term under the method, more


@dataclass(frozen=True)
class TermDates:
    """One term: `half` 1 is autumn, 2 is the spring after it."""

    year: int
    half: int
    starts: date
    ends: date
    teaching: date
    weeks: int

    @property
    def id(self) -> str:
        return f"{self.year}-{self.year + 1}-{self.half}"

    @property
    def index(self) -> int:
        """Terms since autumn of year 0, so that stages of study are differences."""
        return self.year * 2 + self.half - 1

    @property
    def last(self) -> date:
        """The last day anything can have happened on."""
        return min(self.ends, TODAY)

    @property
    def days(self) -> int:
        """How many days of it have happened."""
        return (self.last - self.starts).days + 1

    def week(self, number: int) -> date:
        """The Monday of a teaching week; week 0 is the one before teaching."""
        return self.teaching + timedelta(weeks=number - 1)


def term_dates(count: int) -> tuple[TermDates, ...]:
    """The latest `count` terms, oldest first; the newest is running on TODAY."""
    if not 1 <= count <= MOST_TERMS:
        raise DashboardError(f"演示校园的学期数应在 1 到 {MOST_TERMS} 之间，现在是 {count}")
    newest = LATEST[0] * 2 + LATEST[1] - 1
    return tuple(_term(i // 2, i % 2 + 1) for i in range(newest - count + 1, newest + 1))


def in_term(day: date, terms: tuple[TermDates, ...]) -> date:
    """The day itself, or a fortnight into the next term where it falls into a vacation."""
    for before, after in pairwise(terms):
        if before.ends < day < after.starts:
            return after.starts + timedelta(days=14)
    return day


def _term(year: int, half: int) -> TermDates:
    calendar_year = year + half - 1
    starts = _monday(date(calendar_year, *MONDAY_ON_OR_AFTER[half]))
    teaching = starts + timedelta(days=WELCOME_DAYS[half])
    weeks = 19 if half == 2 and year % 2 == 0 else 18
    return TermDates(year, half, starts, teaching + timedelta(weeks=weeks, days=6), teaching, weeks)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def term_tables(terms: tuple[TermDates, ...]) -> dict[str, pd.DataFrame]:
    """Terms, holidays, key nodes and how 44023 is set."""
    season = {1: "第一学期", 2: "第二学期"}
    return {
        "term": pd.DataFrame(
            {
                "id": t.id,
                "name": f"{t.year}-{t.year + 1}学年{season[t.half]}",
                "academic_year": f"{t.year}-{t.year + 1}",
                "starts": t.starts,
                "ends": t.ends,
                "teaching_starts": t.teaching,
                "teaching_weeks": t.weeks,
            }
            for t in terms
        ),
        "holiday": pd.DataFrame(
            [(t.id, *row) for t in terms for row in holidays(t)],
            columns=["term_id", "name", "starts", "ends"],
        ),
        "key_node": pd.DataFrame(
            [row for t in terms for row in _nodes(t)],
            columns=["id", "term_id", "name", "kind", "starts", "ends"],
        ),
        "method_setting": pd.DataFrame(
            {
                "term_id": t.id,
                **{name: f"{hour}:00.000000" for name, hour in HOURS.items()},
                "minutes": 40,
                "response_days": USUAL_DAYS if t is terms[-1] or t is not terms[0] else FIRST_DAYS,
                "students_per_counselor": 200,
                **TARGETS,
            }
            for t in terms
        ),
    }


def holidays(term: TermDates) -> list[tuple[str, date, date]]:
    """Name, first and last day of each holiday in a term."""
    year = term.starts.year
    if term.half == 1:
        found = [
            ("国庆节", date(year, 10, 1), date(year, 10, 7)),
            ("元旦", date(year + 1, 1, 1), date(year + 1, 1, 1)),
        ]
        moving, name = MID_AUTUMN.get(year), "中秋节"
    else:
        found = [
            ("清明节", date(year, 4, 4), date(year, 4, 6)),
            ("劳动节", date(year, 5, 1), date(year, 5, 5)),
        ]
        moving, name = DRAGON_BOAT.get(year), "端午节"
    if moving:
        found.append((name, date(year, *moving), date(year, *moving)))
    return found


def _nodes(term: TermDates) -> list[tuple[str, str, str, str, date, date]]:
    nodes = AUTUMN_NODES if term.half == 1 else SPRING_NODES
    windows = [
        (name, kind, max(term.week(first), term.starts), _sunday(term, last))
        for name, kind, first, last in nodes
    ]
    for name, _, last in holidays(term):
        if name in RETURN:
            back = last + timedelta(days=1)
            windows.append((RETURN[name], "节假日", back, back))
    return [(f"{term.id}-{n}", term.id, *window) for n, window in enumerate(windows, start=1)]


def _sunday(term: TermDates, week: int) -> date:
    return min(term.week(week) + timedelta(days=6), term.ends)

"""How long a visit lasted and in which period it began, on the minute, in both databases."""

from collections.abc import Iterator
from datetime import time

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from data.engine import reading, writing
from data.models.forces import MethodSetting, Visit
from data.summaries.method import (
    DEFAULT,
    PERIODS,
    UNTIMED,
    Method,
    long_enough,
    may_pass_midnight,
    method_of,
    minutes,
    period,
)
from tests.world import AUTUMN, SPRING, TODAY

MORNING, NOON, AFTERNOON, EVENING = PERIODS
LATE = Method(noon_starts=time(11, 30), evening_starts=time(23, 50), minutes=30)
VISITS = (
    # began, ended: period, minutes, long enough
    ("00:00", "00:39", MORNING, 39, 0),
    ("08:00", "08:40", MORNING, 40, 1),
    ("11:59", "12:38", MORNING, 39, 0),
    ("12:00", "12:40", NOON, 40, 1),
    ("13:59", "14:40", NOON, 41, 1),
    ("14:00", "14:00", AFTERNOON, 0, 0),
    ("17:59", "18:39", AFTERNOON, 40, 1),
    ("18:00", "18:40", EVENING, 40, 1),
    ("23:40", "00:19", EVENING, 39, 0),
    ("23:40", "00:20", EVENING, 40, 1),
    ("18:00", "05:59", EVENING, 719, 1),
    ("18:00", "06:00", EVENING, None, 0),  # too late for the same night
    ("17:59", "00:30", AFTERNOON, None, 0),  # nobody stays so long
    ("10:40", "10:00", MORNING, None, 0),
    ("10:00", "", MORNING, None, 0),
    ("", "10:00", UNTIMED, None, 0),
    ("", "", UNTIMED, None, 0),
)


@pytest.fixture
def conn(world_copy: str) -> Iterator[Connection]:
    """The world with VISITS and no other."""
    with writing(world_copy) as opened:
        opened.execute(delete(Visit))
        opened.execute(
            insert(Visit),
            [
                {
                    "id": number,
                    "counselor_id": "k1",
                    "day": TODAY,
                    "starts": time.fromisoformat(began) if began else None,
                    "ends": time.fromisoformat(ended) if ended else None,
                    "venue": "公寓",
                }
                for number, (began, ended, *_) in enumerate(VISITS)
            ],
        )
        yield opened


def told(conn: Connection, method: Method) -> list[tuple[str, int | None, int]]:
    stmt = select(period(method), minutes(method), long_enough(method)).order_by(Visit.id)
    return [(row[0], row[1], row[2]) for row in conn.execute(stmt)]


def test_periods_and_lengths_are_right_to_the_minute(conn: Connection) -> None:
    assert told(conn, DEFAULT) == [row[2:] for row in VISITS]


def test_hours_and_minutes_are_those_of_the_term(conn: Connection) -> None:
    """Noon from 11:30, evening from 23:50, 30 minutes are enough."""
    rows = dict(zip([row[:2] for row in VISITS], told(conn, LATE), strict=True))
    assert rows["08:00", "08:40"] == (MORNING, 40, 1)
    assert rows["11:59", "12:38"] == (NOON, 39, 1)
    assert rows["18:00", "18:40"] == (AFTERNOON, 40, 1)
    assert rows["23:40", "00:20"] == (AFTERNOON, None, 0)  # before the evening: a slip of the pen


def test_times_stored_without_a_fraction_are_the_same_times(conn: Connection) -> None:
    """The contract lets SQLite hold `12:00:00`; our own driver writes `12:00:00.000000`."""
    before = told(conn, DEFAULT)
    if conn.dialect.name == "sqlite":
        conn.execute(text("UPDATE visit SET starts = substr(starts, 1, 8)"))
        assert conn.scalar(text("SELECT starts FROM visit WHERE id = 3")) == "12:00:00"
    assert told(conn, DEFAULT) == before


@pytest.mark.parametrize(
    ("began", "ended", "fine"),
    [
        ("23:40", "00:20", True),
        ("18:00", "05:59", True),
        ("17:59", "00:30", False),
        ("18:00", "06:00", False),
    ],
)
def test_an_import_draws_the_same_line(began: str, ended: str, fine: bool) -> None:
    assert may_pass_midnight(time.fromisoformat(began), time.fromisoformat(ended)) == fine


def test_what_is_not_set_is_what_the_policy_says(counseling_database: str) -> None:
    with reading(counseling_database) as conn:
        assert method_of(conn, AUTUMN) == Method() == DEFAULT
        assert method_of(conn, SPRING) == Method(response_days=5)


def test_every_setting_is_read(world_copy: str) -> None:
    chosen = Method(
        noon_starts=time(11),
        afternoon_starts=time(13),
        evening_starts=time(19),
        minutes=30,
        response_days=2,
        students_per_counselor=150,
        student_target=0.9,
        slot_target=0.8,
        field_target=0.7,
        node_target=0.6,
        response_target=0.5,
        closed_target=0.4,
        group_target=0.0,
    )
    with writing(world_copy) as conn:
        conn.execute(insert(MethodSetting).values(term_id=AUTUMN, **vars(chosen)))
        assert method_of(conn, AUTUMN) == chosen
        conn.execute(update(MethodSetting).values(minutes=None, slot_target=None))
        assert (method_of(conn, AUTUMN).minutes, method_of(conn, AUTUMN).slot_target) == (40, 1.0)


def test_hours_follow_each_other_through_the_day() -> None:
    assert DEFAULT.hours == (
        (MORNING, time(0), time(12)),
        (NOON, time(12), time(14)),
        (AFTERNOON, time(14), time(18)),
        (EVENING, time(18), time(23, 59)),
    )

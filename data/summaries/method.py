"""How 44023 is to be worked in a term: the policy's numbers, and what the university set."""

from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, extract, literal, null, select

from data.models.forces import MethodSetting, Visit

PERIODS = ("上午", "中午", "下午", "晚上")
UNTIMED = "未登记时间"
APARTMENT = "公寓"
FIELDS = ("公寓", "课堂或实验室")
NIGHT_ENDS = time(6)
"""A visit may last over midnight; one that ends later than this is a slip of the pen."""


@dataclass(frozen=True)
class Method:
    """The settings of one term. The policy fixes 4 periods, 40 minutes, 2 fields and 3 full
    coverages; hours, limits, the ratio and the targets (shares) are the university's to set."""

    noon_starts: time = time(12)
    afternoon_starts: time = time(14)
    evening_starts: time = time(18)
    minutes: int = 40
    response_days: int = 3
    students_per_counselor: int = 200
    student_target: float = 1.0
    slot_target: float = 1.0
    field_target: float = 1.0
    node_target: float = 1.0
    response_target: float = 1.0
    closed_target: float = 1.0
    group_target: float = 1.0

    @property
    def hours(self) -> tuple[tuple[str, time, time], ...]:
        """Each period with when it begins and ends; the day's first and last minute at the ends."""
        edges = (time(0), self.noon_starts, self.afternoon_starts, self.evening_starts)
        ends = (*edges[1:], time(23, 59))
        return tuple(zip(PERIODS, edges, ends, strict=True))


DEFAULT = Method()


def method_of(conn: Connection, term: str) -> Method:
    """What holds in a term: its row of the ledger, the default wherever that is empty."""
    row = conn.execute(select(MethodSetting.__table__).where(MethodSetting.term_id == term)).first()
    if row is None:
        return DEFAULT
    kept: dict[str, Any] = {f.name: getattr(row, f.name) for f in fields(Method)}
    return Method(**{name: value for name, value in kept.items() if value is not None})


def period(method: Method) -> ColumnElement[str]:
    """The period a visit began in."""
    began = clock(Visit.starts)
    return case(
        (Visit.starts.is_(None), UNTIMED),
        (began < minute(method.noon_starts), PERIODS[0]),
        (began < minute(method.afternoon_starts), PERIODS[1]),
        (began < minute(method.evening_starts), PERIODS[2]),
        else_=PERIODS[3],
    )


def minutes(method: Method) -> ColumnElement[int | None]:
    """How long a visit lasted; NULL where that is not on record, or cannot be."""
    began, ended = clock(Visit.starts), clock(Visit.ends)
    over_midnight = past_midnight(began, ended, literal(minute(method.evening_starts)))
    return case(
        (ended >= began, ended - began), (over_midnight, ended - began + 24 * 60), else_=null()
    )


def past_midnight(
    began: ColumnElement[int], ended: ColumnElement[int], evening: ColumnElement[int]
) -> ColumnElement[bool]:
    """Whether a visit that ended at an earlier time of day than it began did so on the day after:
    one of the evening; all three in minutes of the day."""
    return and_(began >= evening, ended < minute(NIGHT_ENDS))


def may_pass_midnight(starts: time, ends: time, method: Method = DEFAULT) -> bool:
    """The same of one visit."""
    return starts >= method.evening_starts and ends < NIGHT_ENDS


def long_enough(method: Method) -> ColumnElement[int]:
    """1 where a visit lasted at least as long as asked."""
    return case((minutes(method) >= method.minutes, 1), else_=0)


def clock(moment: Any) -> ColumnElement[int]:
    """Minutes of the day. Times are compared by them: as text, which SQLite keeps, `12:00:00` and
    `12:00:00.000000` are not the same."""
    return extract("hour", moment) * 60 + extract("minute", moment)


def minute(moment: time) -> int:
    """The same of a time that is known."""
    return moment.hour * 60 + moment.minute

"""How long each dated ledger has gone without a new row, beside what is usual for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, Connection, DateTime, func, select

from data.contract.declaration import Severity
from data.contract.report import Finding, place_of
from data.models.activity import Activity, Feedback
from data.models.contract import Contract
from data.models.evaluation import Award, Publication, Rating
from data.models.forces import Concern, Engagement, Visit
from data.models.party import FiveLeadEntry, FloorLeader, MemberDisplay, WorkstationMember
from data.models.people import Enrolment
from data.models.service import ServiceRequest

WEEKS = 8  # what is usual is judged by so many weeks before the last row


@dataclass(frozen=True)
class Rhythm:
    """After how many days without a new row a ledger is held to be out of date."""

    model: type[Contract]
    day: Any
    days: int

    @property
    def column(self) -> Column[Any]:
        """The contract column that dates its rows."""
        return self.model.__table__.columns[self.day.key]


RHYTHMS = (
    Rhythm(Visit, Visit.day, 7),
    Rhythm(FiveLeadEntry, FiveLeadEntry.day, 14),
    Rhythm(Activity, Activity.day, 14),
    Rhythm(Feedback, Feedback.submitted, 30),
    Rhythm(Concern, Concern.raised, 14),
    Rhythm(ServiceRequest, ServiceRequest.submitted, 7),
    Rhythm(Engagement, Engagement.day, 30),
    Rhythm(WorkstationMember, WorkstationMember.starts, 180),
    Rhythm(FloorLeader, FloorLeader.starts, 180),
    Rhythm(MemberDisplay, MemberDisplay.starts, 180),
    Rhythm(Enrolment, Enrolment.starts, 180),
    Rhythm(Rating, Rating.rated, 180),
    Rhythm(Award, Award.day, 180),
    Rhythm(Publication, Publication.day, 180),
)


@dataclass(frozen=True)
class Freshness:
    """One ledger on a day: its last row, how many rows a week are usual; None where it is empty."""

    rhythm: Rhythm
    last: date | None
    days: int | None
    weekly: float | None

    @property
    def late(self) -> bool:
        """Whether it has had rows, but none for longer than it may."""
        return self.days is not None and self.days > self.rhythm.days


def freshness(
    conn: Connection, as_of: date, rhythms: Iterable[Rhythm] = RHYTHMS
) -> tuple[Freshness, ...]:
    """Every dated ledger on a day; rows dated later are left out."""
    return tuple(_of(conn, rhythm, as_of) for rhythm in rhythms)


def last_day(conn: Connection, today: date, rhythms: Iterable[Rhythm] = RHYTHMS) -> date:
    """The last day anything was recorded; today where nothing ever was."""
    days = (_last(conn, rhythm.column, today) for rhythm in rhythms)
    return max((day for day in days if day), default=today)


def overdue(
    conn: Connection, today: date, readable: frozenset[tuple[str, str]]
) -> Iterator[Finding]:
    """Ledgers out of date, for a report; measured from the last day anything was recorded."""
    held = [r for r in RHYTHMS if (r.column.table.name, r.column.name) in readable]
    for found in freshness(conn, last_day(conn, today, held), held):
        if found.late:
            yield Finding(
                Severity.REMINDER,
                place_of(found.rhythm.column),
                f"{found.rhythm.model.title}已有 {found.days} 天没有新记录",
                f"最后一条在 {found.last};此前每周约 {found.weekly:.0f} 条",
                f"向{found.rhythm.model.keeper}催报；确实没有发生的不必处理",
            )


def _of(conn: Connection, rhythm: Rhythm, as_of: date) -> Freshness:
    last = _last(conn, rhythm.column, as_of)
    if last is None:
        return Freshness(rhythm, None, None, None)
    column = rhythm.column
    first = _bound(column, last - timedelta(weeks=WEEKS) + timedelta(days=1))
    rows = select(func.count()).where(column >= first, column < _bound(column, last, after=1))
    number = conn.execute(rows).scalar_one()
    return Freshness(rhythm, last, (as_of - last).days, number / WEEKS)


def _last(conn: Connection, column: Column[Any], as_of: date) -> date | None:
    try:
        last = conn.scalar(select(func.max(column)).where(column < _bound(column, as_of, after=1)))
    except ValueError:  # SQLite keeps dates that are none; another check tells of them
        return None
    return last.date() if isinstance(last, datetime) else last


def _bound(column: Column[Any], day: date, *, after: int = 0) -> date:
    """A day to compare a column with; a column of moments is compared with midnight."""
    moved = day + timedelta(days=after)
    return datetime.combine(moved, time()) if isinstance(column.type, DateTime) else moved

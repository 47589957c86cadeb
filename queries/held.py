"""What each residential building holds on the as-of day: summaries and small registers alike.

Everything becomes counts by building, measure and kind, so that a fact is one line of arithmetic.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Float,
    String,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from data.engine import Rows
from data.models.activity import Brand, BrandOwner
from data.models.dashboard import FlowCount, StandingCount
from data.models.evaluation import Award, Publication
from data.models.place import Floor, Room
from data.models.service import CultureFeature, Space
from queries.filters import Filters
from queries.slice import build_of, on_day, open_on

RESIDENTS = "residents_by_degree"
STANDING = (RESIDENTS, "residents_by_grade", "concerns_unanswered", "concerns_open")
FLOWING = (
    *("visits", "rooms_reached", "activities", "attendances", "engagements"),
    *("concerns_raised", "concern_answer_days", "requests", "request_days", "request_ratings"),
)


@dataclass
class Held:
    """The counts of one building. A measure that nobody keeps anywhere has no value, not 0."""

    kept: frozenset[str]
    numbers: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    amounts: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def count(self, measure: str) -> float | None:
        """How many of all kinds."""
        return sum(self.kinds(measure).values()) if measure in self.kept else None

    def amount(self, measure: str) -> float | None:
        """What adds up beside the number: people, points, square metres."""
        return self.amounts.get(measure, 0.0) if measure in self.kept else None

    def kinds(self, measure: str) -> dict[str, float]:
        """The number of each kind there is."""
        return {kind: n for (name, kind), n in self.numbers.items() if name == measure and n}

    def median(self, measure: str) -> float | None:
        """The median of a measure whose kinds are whole numbers, counted."""
        counts = sorted((int(kind), n) for kind, n in self.kinds(measure).items())
        total = sum(n for _, n in counts)
        return (
            (_nth(counts, (total + 1) // 2) + _nth(counts, total // 2 + 1)) / 2 if total else None
        )


def _nth(counts: list[tuple[int, float]], place: float) -> float:
    """The value at a place of the sorted line, the first being 1."""
    passed = 0.0
    for value, number in counts:
        passed += number
        if passed >= place:
            return value
    return counts[-1][0]


def held_by_building(conn: Connection, filters: Filters) -> dict[str, Held]:
    """Counts of every building, whoever asks: what leaves here is one building in scope, and
    medians over at least four others."""
    rows = conn.execute(_counts(filters)).all()
    kept = _kept(conn, filters) | {row.measure for row in rows}
    found: dict[str, Held] = defaultdict(lambda: Held(kept))
    for building, measure, kind, number, amount in rows:
        if building:
            found[building].numbers[measure, kind] += float(number)
            found[building].amounts[measure] += float(amount or 0)
    return found


def _kept(conn: Connection, filters: Filters) -> frozenset[str]:
    """Measures of which the term holds anything, on whatever day: their ledgers are kept, and
    nothing up to the as-of day is a true 0."""
    measures = union(
        *(
            select(rows.metric).where(
                rows.build == build_of(filters.term), rows.metric.in_(metrics)
            )
            for rows, metrics in ((FlowCount, FLOWING), (StandingCount, STANDING))
        )
    )
    found = frozenset(conn.scalars(measures))
    concerns = found & {"concerns_raised", "concerns_open"}
    return found | {"concerns_open", "concerns_unanswered"} if concerns else found


def _counts(filters: Filters) -> Rows:
    registers = (_register(key, make(filters.as_of)) for key, make in REGISTERS.items())
    parts = union_all(_standing(filters), _flowing(filters), *registers).subquery("parts")
    return select(*parts.c)


def _standing(filters: Filters) -> Rows:
    rows = StandingCount
    return (
        select(
            rows.building_id,
            rows.metric.label("measure"),
            rows.kind,
            cast(func.sum(rows.number), Float).label("number"),
            cast(null(), Float).label("amount"),
        )
        .where(
            rows.build == build_of(filters.term),
            rows.metric.in_(STANDING),
            on_day(rows, filters),
        )
        .group_by(rows.building_id, rows.metric, rows.kind)
    )


def _flowing(filters: Filters) -> Rows:
    rows = FlowCount
    return (
        select(
            rows.building_id,
            rows.metric,
            rows.kind,
            cast(func.sum(rows.number), Float),
            func.sum(rows.amount),
        )
        .where(
            rows.build == build_of(filters.term),
            rows.metric.in_(FLOWING),
            rows.day <= filters.as_of,
        )
        .group_by(rows.building_id, rows.metric, rows.kind)
    )


def _register(key: str, stmt: Rows) -> Rows:
    rows = stmt.subquery("rows")
    return select(
        func.coalesce(rows.c.building_id, ""),
        literal(key, String(32)),
        rows.c.kind,
        cast(func.count(), Float),
        func.sum(rows.c.amount),
    ).group_by(rows.c.building_id, rows.c.kind)


def _rows(building: Any, kind: Any = "", amount: Any = 0) -> Rows:
    text = literal("", String(32)) if kind == "" else kind
    number = literal(0.0, Float) if isinstance(amount, int) else cast(amount, Float)
    return select(building.label("building_id"), text.label("kind"), number.label("amount"))


def _spaces(amount: Any) -> Callable[[date], Rows]:
    def spaces(day: date) -> Rows:
        found = _rows(Space.building_id, Space.function, amount)
        return found.where(open_on(day, Space.opened, Space.closed))

    return spaces


def _dated(model: Any, kind: Any = "") -> Callable[[date], Rows]:
    return lambda day: _rows(model.building_id, kind).where(model.day <= day)


def _brands(day: date) -> Rows:
    owner = BrandOwner
    return (
        _rows(owner.building_id)
        .join(Brand, Brand.id == owner.brand_id)
        .where(open_on(day, owner.starts, owner.ends), open_on(day, Brand.founded, Brand.closed))
    )


REGISTERS: dict[str, Callable[[date], Rows]] = {
    "rooms": lambda _: _rows(Room.building_id, amount=Room.beds),
    "floors": lambda _: _rows(Floor.building_id).where(Floor.residential),
    "space_area": _spaces(Space.area),
    "space_seats": _spaces(Space.seats),
    "culture": lambda day: _rows(CultureFeature.building_id, CultureFeature.kind).where(
        or_(CultureFeature.opened.is_(None), CultureFeature.opened <= day)
    ),
    "awards": _dated(Award, Award.level),
    "publications": _dated(Publication),
    "brands": _brands,
}
"""Small tables, read as of the day: each a row a thing, with its kind and what it adds up."""

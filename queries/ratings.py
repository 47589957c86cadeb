"""Every rating of a scheme's manual indicators over a period, from the ledger and from our form.

A rating of the ledger stands in a term, one of our form is of the whole period and counts in each
of its terms that has any. Ratings belong to a period by its name, whenever they were given: a
period is judged when it is over.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from data.access.accounts import canonical
from data.models.evaluation import Rating
from data.models.rating import GivenRating
from data.schemes.scheme import BUILDING, RATING, Indicator, Scheme, Source
from queries.evaluation_period import Period
from queries.rating_result import Given, Result, over_terms, settled

SCORE, AGREE = "score", "agreed"
LEDGER, FORM = "ledger", "form"
ORIGINS = {LEDGER: "台账", FORM: "评分页"}


@dataclass(frozen=True)
class Rated:
    """One rating, also one that was changed since. `rater` is who in one spelling, `name` as
    written; `term` is "" where it is of the whole period; `at` is local time."""

    indicator: str
    unit_id: str
    term: str
    rater: str
    name: str
    group: str
    score: float
    level: str
    evidence: str
    link: str
    at: datetime
    kind: str
    origin: str
    number: int

    @property
    def order(self) -> tuple[datetime, bool, int]:
        """The later counts; of one moment what was given on our form."""
        return self.at, self.origin == FORM, self.number


@dataclass(frozen=True)
class Item:
    """One indicator of one unit: all that was given, the earliest first, and what it comes to."""

    unit_id: str
    indicator: Indicator
    history: tuple[Rated, ...]
    result: Result

    @property
    def current(self) -> tuple[Rated, ...]:
        """What each rater last said."""
        return tuple(_by_rater(one for one in self.history if one.kind == SCORE))

    @property
    def raters(self) -> frozenset[str]:
        """Who rated it in a group that counts."""
        return frozenset(x.rater for x in self.current if self.weighs(x.group))

    def weighs(self, group: str) -> bool:
        """Whether ratings of a group count."""
        weights = dict(self.indicator.source.groups)
        return not weights or weights.get(group, 0) > 0

    def of(self, rater: str) -> Rated | None:
        """What a rater last said of it."""
        own = [x for x in self.history if x.kind == SCORE and x.rater == identity(rater)]
        return own[-1] if own else None

    @property
    def agreed(self) -> Rated | None:
        """What was last agreed of it."""
        return _agreed(self.history)


def identity(rater: str) -> str:
    """A rater in one spelling: the ledger may write an account in capitals."""
    return canonical(rater) or rater.strip()


def manual(scheme: Scheme) -> tuple[Indicator, ...]:
    """The indicators of a scheme that are rated by hand."""
    return tuple(one for one in scheme.indicators if one.source.kind == RATING)


def items(
    conn: Connection,
    scheme: Scheme,
    period: Period,
    units: Iterable[str],
    indicators: Sequence[Indicator] | None = None,
) -> list[Item]:
    """Every unit with every manual indicator (or these), in the order of both; also those nobody
    has rated."""
    asked = manual(scheme) if indicators is None else tuple(indicators)
    given: dict[tuple[str, str], list[Rated]] = defaultdict(list)
    for one in (*_ledger(conn, scheme, period, asked), *_form(conn, scheme, period)):
        given[one.unit_id, one.indicator].append(one)
    return [_item(unit, one, given.get((unit, one.key), [])) for unit in units for one in asked]


def _item(unit: str, indicator: Indicator, given: list[Rated]) -> Item:
    history = tuple(sorted(given, key=lambda one: one.order))
    return Item(unit, indicator, history, _result(history, indicator.source))


def _result(history: Sequence[Rated], source: Source) -> Result:
    scores = [one for one in history if one.kind == SCORE]
    whole = [one for one in scores if not one.term]
    terms = sorted({one.term for one in scores if one.term}) or [""]
    agreed = _agreed(history)
    if agreed is not None:
        return settled([_given(x) for x in _by_rater(scores)], source, agreed.score)
    parts = [[one for one in scores if one.term == term or not one.term] for term in terms]
    results = [settled([_given(x) for x in _by_rater(part)], source) for part in parts]
    return over_terms(results, shared=bool(whole))


def _given(one: Rated) -> Given:
    return Given(one.score, one.group)


def _agreed(history: Sequence[Rated]) -> Rated | None:
    found = [one for one in history if one.kind == AGREE]
    return found[-1] if found else None


def _by_rater(scores: Iterable[Rated]) -> list[Rated]:
    """The latest of each rater."""
    return list({x.rater: x for x in sorted(scores, key=lambda one: one.order)}.values())


def _ledger(
    conn: Connection, scheme: Scheme, period: Period, asked: Sequence[Indicator]
) -> list[Rated]:
    unit = Rating.building_id if scheme.unit == BUILDING else Rating.college_id
    codes: dict[str, list[str]] = defaultdict(list)
    for one in asked:
        codes[one.source.key].append(one.key)
    stmt = select(Rating.__table__, unit.label("unit_id")).where(
        Rating.term_id.in_([part.term for part in period.parts]),
        Rating.indicator.in_(list(codes)),
        unit.is_not(None),
    )
    return [
        Rated(
            indicator=key,
            unit_id=row.unit_id,
            term=row.term_id,
            rater=identity(row.rater),
            name=row.rater,
            group=row.rater_group or "",
            score=row.score,
            level="",
            evidence=row.evidence or "",
            link="",
            at=row.rated,
            kind=SCORE,
            origin=LEDGER,
            number=row.id,
        )
        for row in conn.execute(stmt)
        for key in codes[row.indicator]
    ]


def _form(conn: Connection, scheme: Scheme, period: Period) -> list[Rated]:
    given = GivenRating
    stmt = select(given.__table__).where(
        given.scheme == scheme.key, given.unit_kind == scheme.unit, given.period == period.key
    )
    return [
        Rated(
            indicator=row.indicator,
            unit_id=row.unit_id,
            term="",
            rater=identity(row.rater),
            name=row.rater_name or row.rater,
            group=row.rater_group,
            score=row.score,
            level=row.level,
            evidence=row.evidence,
            link=row.link,
            at=local(row.at),
            kind=row.kind,
            origin=FORM,
            number=row.id,
        )
        for row in conn.execute(stmt)
    ]


def local(at: datetime) -> datetime:
    """A moment of our own tables (UTC) as the ledgers write theirs."""
    return at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)

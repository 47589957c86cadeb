"""The weekly series that 趋势预警 watches: what is counted, how it is judged, where to look."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

import pandas as pd
from sqlalchemy import Connection, String, and_, false, func, literal, or_, select, true

from data.access.viewer import SEES_EVERY_PLACE, Viewer
from data.engine import Rows
from data.models.contact import WeekCount
from data.models.people import College
from data.models.place import Building, Cluster
from queries.control import Chart, Signal, p_chart, ratio_chart, signals, u_chart, xmr
from queries.filters import Filters
from queries.metric import Better
from queries.slice import Where, build_of, led_by

BUILDING, COLLEGE, UNIVERSITY = "building", "college", "university"
SUBJECTS = (UNIVERSITY, COLLEGE, BUILDING)
SCARCE = 8.0
"""Series of fewer events in the average week are not judged: their zeros are no news."""
FEW = 20
"""Shares and rates of fewer people are not judged."""
ALL = "全校"
ROWS = WeekCount


@dataclass(frozen=True)
class Measure:
    """One kind of series. `per` is the base a rate is written by; 1 for a count, 0 for a share.

    `when_low` and `when_high` say what to look at first.
    """

    key: str
    name: str
    unit: str
    better: Better
    per: float
    when_low: str
    when_high: str

    @property
    def share(self) -> bool:
        """Whether it is a share of people or periods."""
        return self.per == 0

    @property
    def counted(self) -> bool:
        """Whether it is a plain count, without anything to divide by."""
        return self.per == 1

    def show(self, value: float | None) -> str:
        """A raw value as written on the page."""
        if value is None or pd.isna(value):
            return "—"
        if self.share:
            return f"{value:.1%}"
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"

    def raw(self, point: "Point") -> float | None:
        """A week's own value, in the measure's unit; a count is divided by nothing."""
        if self.counted:
            return point.part
        return point.part / point.whole * (self.per or 1) if point.whole else None

    def judged(self, points: "Points") -> bool:
        """Whether a series has enough in it to be told from chance."""
        events = sum(point.part for point in points) / len(points)
        return events >= SCARCE and (self.counted or min(p.whole for p in points) >= FEW)


MEASURES = (
    Measure(
        "met_share",
        "当周见到学生的比例",
        "",
        Better.HIGHER,
        0,
        "当周的走访台账是否补录完，是不是有辅导员调岗、请假，或集中去了别处",
        "这几周做了什么：集中走访、班会，还是登记方式变了；做得好的可以推广",
    ),
    Measure(
        "visits",
        "走访次数",
        "次",
        Better.HIGHER,
        1,
        "台账是否晚录，走访安排有没有变",
        "是不是一次走访登记成了几次，或者这几周有集中走访",
    ),
    Measure(
        "slot_share",
        "时段覆盖率（当周）",
        "",
        Better.HIGHER,
        0,
        "哪个时段空了：中午和晚上常常最先少；是否有人员变动",
        "时段安排有什么变化，能否保持",
    ),
    Measure(
        "concerns",
        "每百人关切问题",
        "个",
        Better.NEITHER,
        100,
        "问题少了不一定是好事：渠道是否畅通，学生是否还愿意提",
        "集中在哪一类、哪一层，是否有同一个原因（停水、考试、招聘季）",
    ),
    Measure(
        "activities",
        "活动场次",
        "场",
        Better.HIGHER,
        1,
        "活动计划和活动台账：是没有办，还是没有登记",
        "是否有节庆或集中活动周；一次活动有没有重复登记",
    ),
)
BY_MEASURE = {measure.key: measure for measure in MEASURES}


@dataclass(frozen=True)
class Series:
    """A measure of one building or college, or of the university, over the ended teaching weeks.

    A building's or college's `chart` is in times the level of the whole university in the same
    week: what all of them do together, as a term begins or an examination nears, is no news of any
    one. The university's own chart is in the measure's unit. `raw` and `level` are the week's own
    value and the university's.
    """

    measure: Measure
    subject: str
    subject_id: str
    name: str
    weeks: tuple[int, ...]
    starts: tuple[str, ...]
    parts: tuple[float, ...]
    wholes: tuple[float, ...]
    raw: tuple[float | None, ...]
    level: tuple[float | None, ...]
    judged: bool
    chart: Chart
    signals: tuple[Signal, ...]

    @property
    def key(self) -> str:
        """Its name in an address."""
        return f"{self.measure.key}.{self.subject}.{self.subject_id}"

    def show(self, value: float | None) -> str:
        """A value of the chart as written on the page."""
        return shown(self.measure, self.subject, value)


def shown(measure: Measure, subject: str, value: float | None) -> str:
    """A value of a chart: raw for the university, otherwise times its level."""
    if subject == UNIVERSITY:
        return measure.show(value)
    return "—" if value is None or pd.isna(value) else f"{value:.2f}"


def every_series(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[Series, ...]:
    """Every series of the slice with its chart and signals: measures in their order, the university
    before colleges before buildings; what is not judged has no signals."""
    whole = [Point(*row) for row in conn.execute(_whole(filters, viewer))]
    rows = [Point(*row) for row in conn.execute(_rows(filters, viewer))]
    kinds = dict(_grouped(whole, KIND))
    levels = {key: {point.week: point for point in points} for key, points in kinds.items()}
    found = [_of_unit(points, levels[key[:2]]) for key, points in _grouped(rows, ONE)]
    if viewer.role in SEES_EVERY_PLACE and not (filters.level or filters.college):
        # of two sums that of colleges, where there is one: it comes last
        best = {metric: points for (metric, _), points in kinds.items()}
        found += [_of_all(points) for points in best.values()]
    order = {measure.key: place for place, measure in enumerate(MEASURES)}
    return tuple(
        sorted(found, key=lambda s: (order[s.measure.key], SUBJECTS.index(s.subject), s.subject_id))
    )


@dataclass(frozen=True)
class Point:
    """One week of one series as it is stored."""

    metric: str
    subject: str
    subject_id: str
    name: str
    week: int
    starts: date
    part: float
    whole: float


Points = list[Point]
KIND, ONE = attrgetter("metric", "subject"), attrgetter("metric", "subject", "subject_id")


def _grouped(points: Points, key: Callable[[Point], Any]) -> Iterator[tuple[Any, Points]]:
    for value, group in groupby(sorted(points, key=key), key):
        yield value, list(group)


def _of_unit(points: Points, level: dict[int, Point]) -> Series:
    """Observed over expected: what the unit would have at the university's level of the week."""
    measure, all_points = BY_MEASURE[points[0].metric], [level[point.week] for point in points]
    if measure.counted:
        total = sum(point.part for point in all_points)
        usual = sum(point.part for point in points) / total if total else 0.0
        expected = [usual * point.part for point in all_points]
        chance = expected
    else:
        rates = [point.part / point.whole if point.whole else 0.0 for point in all_points]
        expected = [own.whole * rate for own, rate in zip(points, rates, strict=True)]
        left = [1 - rate if measure.share else 1.0 for rate in rates]
        chance = [part * rest for part, rest in zip(expected, left, strict=True)]
    parts = [point.part for point in points]
    chart = ratio_chart(parts, expected, chance, breaks=_breaks(points))
    return _series(measure, points, chart, all_points)


def _of_all(points: Points) -> Series:
    """The university itself: XmR for counts, p′ for shares, u′ for rates."""
    measure, breaks = BY_MEASURE[points[0].metric], _breaks(points)
    named = [replace(p, subject=UNIVERSITY, subject_id="", name=ALL) for p in points]
    parts, wholes = [p.part for p in points], [p.whole for p in points]
    if measure.counted:
        named = [replace(point, whole=1) for point in named]
        chart = xmr(parts, breaks=breaks)
    elif measure.share:
        chart = p_chart(parts, wholes, breaks=breaks)
    else:
        chart = u_chart(parts, [whole / measure.per for whole in wholes], breaks=breaks)
    return _series(measure, named, chart, named)


def _breaks(points: Points) -> set[int]:
    """Places before which a week is missing: it had no teaching."""
    weeks = enumerate(pairwise(point.week for point in points), start=1)
    return {place for place, (before, week) in weeks if week != before + 1}


def _series(measure: Measure, points: Points, chart: Chart, level: Points) -> Series:
    first, judged = points[0], measure.judged(points)
    return Series(
        measure,
        first.subject,
        first.subject_id,
        first.name,
        tuple(point.week for point in points),
        tuple(str(point.starts) for point in points),
        tuple(point.part for point in points),
        tuple(point.whole for point in points),
        tuple(measure.raw(point) for point in points),
        tuple(measure.raw(point) for point in level),
        judged,
        chart,
        signals(chart) if judged else (),
    )


def _rows(filters: Filters, viewer: Viewer) -> Rows:
    """Weeks that are over, in order, with the name of their building or college."""
    return (
        select(
            ROWS.metric,
            ROWS.subject,
            ROWS.subject_id,
            func.coalesce(Building.name, College.name).label("name"),
            ROWS.week,
            ROWS.starts,
            ROWS.numerator,
            ROWS.denominator,
        )
        .outerjoin(Building, and_(ROWS.subject == BUILDING, Building.id == ROWS.subject_id))
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(College, and_(ROWS.subject == COLLEGE, College.id == ROWS.subject_id))
        .where(*_ended(filters), or_(*_subjects(filters, viewer)))
        .order_by(ROWS.week)
    )


def _whole(filters: Filters, viewer: Viewer) -> Rows:
    """The university's weeks: the sum over all colleges, and over all buildings."""
    key, nobody = (ROWS.metric, ROWS.subject), literal("", String(1))
    when = (ROWS.week, ROWS.starts)
    sums = [func.sum(column) for column in (ROWS.numerator, ROWS.denominator)]
    stmt = select(*key, nobody, nobody, *when, *sums).group_by(*key, *when).order_by(*when)
    return stmt.where(*_ended(filters), viewer.sees_whole())


def _ended(filters: Filters) -> list[Where]:
    tomorrow = filters.as_of + timedelta(days=1)
    known = ROWS.metric.in_(list(BY_MEASURE))
    return [ROWS.build == build_of(filters.term), ROWS.until <= tomorrow, known]


def _subjects(filters: Filters, viewer: Viewer) -> tuple[Where, Where]:
    """Buildings of the slice, or led by the chosen college; colleges where no place is chosen."""
    buildings = [ROWS.subject == BUILDING, viewer.sees_building(ROWS.subject_id)]
    places = {Cluster.campus_id: filters.campus, Cluster.id: filters.cluster}
    places |= {Building.id: filters.building}
    buildings += [column == place for column, place in places.items() if place]
    belongs = filters.belonging
    if filters.leading:
        buildings.append(ROWS.subject_id.in_(led_by(filters)))
    elif belongs:
        buildings.append(false())
    sees = true() if viewer.role in SEES_EVERY_PLACE else false()
    colleges: list[Where] = [ROWS.subject == COLLEGE, sees]
    if filters.level or (filters.college and not belongs):
        colleges.append(false())
    if belongs:
        colleges.append(ROWS.subject_id == filters.college)
    return and_(*buildings), and_(*colleges)

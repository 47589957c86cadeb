"""What is compared: which kind of unit, which units, on which measures. Checked, never guessed."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import COUNSELOR, Viewer
from data.errors import InvalidFilter
from data.locale.translate import t
from data.schemes.scheme import BUILDING, TERM, UNITS
from queries.activities import ACTIVITY_REACH
from queries.catalog import BY_KEY, COMPARABLE
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME
from queries.coverage import (
    FLOOR_COVERAGE,
    FLOOR_LEADER,
    ROOM_RESPONSIBILITY,
    WORKSTATION_ENROLMENT,
)
from queries.evaluated_units import seen_units, units_of
from queries.evaluation_period import Period, period_of
from queries.filters import Filters
from queries.metric import Metric
from queries.service_requests import REQUESTS_FINISHED
from queries.students_met import STUDENT_COVERAGE

MOST_UNITS, MOST_MEASURES = 6, 12
MEASURES: dict[str, Metric] = {m.key: m for m in COMPARABLE}
USUAL = (
    STUDENT_COVERAGE,
    RESPONSE_IN_TIME,
    CLOSED_LOOP,
    FLOOR_COVERAGE,
    FLOOR_LEADER,
    ROOM_RESPONSIBILITY,
    WORKSTATION_ENROLMENT,
    ACTIVITY_REACH,
    REQUESTS_FINISHED,
)
"""What is compared where nothing is chosen: whom the work reaches, and how it is answered."""
REFUSALS = {
    "kind": "对比的对象只有楼宇、学院（牵头楼宇）和学院（所属学生），没有：{value}",
    "unit": "没有这个对比单位，或它当日还没有启用：{value}",
    "scope": "这个单位不在你的范围内：{value}",
    "units": "一次最多对比 6 个单位，现在选了 {value} 个。",
    "measure": "没有这项可以对比的指标：{value}",
    "measures": "一次最多对比 12 项指标，现在选了 {value} 项。",
    "funnel": "逐个单位的图只画已选的指标，没有选：{value}",
}
"""Why a choice cannot be, by the kind of fault."""


@dataclass(frozen=True)
class Choice:
    """What is compared in a period: all `units` of the kind, those a viewer may see (`seen`, None
    for all), the `chosen` ones and the measures, the one all units are held against first named in
    `funnel`."""

    kind: str
    period: Period
    units: pd.DataFrame
    seen: frozenset[str] | None
    chosen: tuple[str, ...]
    measures: tuple[Metric, ...]
    funnel: Metric

    @property
    def visible(self) -> pd.DataFrame:
        """The units a viewer may see."""
        return within(self.units, self.seen)


def within(units: pd.DataFrame, seen: frozenset[str] | None) -> pd.DataFrame:
    """Units among those seen."""
    return units if seen is None else units[units["unit_id"].isin(seen)]


def chosen(conn: Connection, filters: Filters, viewer: Viewer) -> Choice | None:
    """What a slice asks to compare; None for who sees none. InvalidFilter says what cannot be."""
    found, fault = read(conn, filters, viewer)
    if fault:
        what, value = fault
        raise InvalidFilter(t(REFUSALS[what], value=value))
    return found


def read(
    conn: Connection, filters: Filters, viewer: Viewer
) -> tuple[Choice | None, tuple[str, str] | None]:
    """The comparison, and where it cannot be, the usual one with the fault: its key in REFUSALS and
    what was asked."""
    kind = filters.compare_as or BUILDING
    if kind not in UNITS:
        return _usual(conn, filters, viewer, BUILDING), ("kind", kind)
    usual = _usual(conn, filters, viewer, kind)
    if usual is None:
        return None, None
    units, measures = parted(filters.units), parted(filters.measures)
    fault = _units_fault(usual, units) or _measures_fault(measures)
    if fault:
        return usual, fault
    named = tuple(MEASURES[key] for key in measures) or USUAL
    if filters.funnel and filters.funnel not in [m.key for m in named]:
        return usual, ("funnel", filters.funnel)
    funnel = BY_KEY[filters.funnel] if filters.funnel else named[0]
    ids = units or usual.chosen
    made = Choice(kind, usual.period, usual.units, usual.seen, ids, named, funnel)
    return made, None


def parted(text: str) -> tuple[str, ...]:
    """Parts of a comma-separated list, each once, in their order."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _units_fault(usual: Choice, ids: tuple[str, ...]) -> tuple[str, str] | None:
    known, seen = set(usual.units["unit_id"]), set(usual.visible["unit_id"])
    for one in ids:
        if one not in known:
            return "unit", one
        if one not in seen:
            return "scope", one
    return ("units", str(len(ids))) if len(ids) > MOST_UNITS else None


def _measures_fault(keys: tuple[str, ...]) -> tuple[str, str] | None:
    for key in keys:
        if key not in MEASURES:
            return "measure", key
    return ("measures", str(len(keys))) if len(keys) > MOST_MEASURES else None


def _usual(conn: Connection, filters: Filters, viewer: Viewer, kind: str) -> Choice | None:
    """What is compared where nothing is chosen; None for who sees no unit of the kind."""
    if viewer.role in ("", COUNSELOR):
        return None
    period, seen = period_of(conn, filters, TERM), seen_units(conn, kind, viewer)
    units = units_of(conn, period, kind)
    visible = within(units, seen)
    if visible.empty:
        return None
    first = filters.building if kind == BUILDING else filters.college
    return Choice(kind, period, units, seen, first_units(visible, first), USUAL, USUAL[0])


def first_units(visible: pd.DataFrame, first: str) -> tuple[str, ...]:
    """The unit a slice is at and those of its peer group that stand next to it; without one the
    first of the largest peer group. Filled up to two with others."""
    ids = list(visible["unit_id"])
    groups = visible["peer_group"].value_counts()
    largest = next(group for group in visible["peer_group"] if groups[group] == groups.max())
    group = visible.loc[visible["unit_id"] == first, "peer_group"]
    peers = visible["unit_id"][visible["peer_group"] == (group.iloc[0] if len(group) else largest)]
    near = list(peers)
    if first in near:
        place = min(near.index(first), max(len(near) - MOST_UNITS, 0))
        near = near[place:]
    found = near[:MOST_UNITS]
    rest = [one for one in ids if one not in found]
    return (*found, *rest[: max(2 - len(found), 0)])

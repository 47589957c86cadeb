"""What is to be rated by hand: how far it has come, what waits, and the state of every item.

Committee and evaluators rate, nobody else is asked. No score is in these rows: who has yet to rate
shall not know what others gave.
"""

from dataclasses import dataclass
from threading import Condition
from typing import Any

import pandas as pd
from cachetools import LRUCache, cached
from sqlalchemy import Connection

from data.access.viewer import COMMITTEE, EVALUATOR, Viewer
from data.errors import InvalidFilter
from data.locale.translate import t
from data.schemes.scheme import BUILDING, PERIODS, Scheme
from queries.choices import latest_version
from queries.evaluated_units import units_of
from queries.evaluation_period import Period, period_of
from queries.filters import Filters
from queries.rating_result import APART, SHORT, STATES
from queries.ratings import Item, identity, items, manual
from queries.schemes import chosen_scheme

MAY_RATE = frozenset({COMMITTEE, EVALUATOR})
KEPT = 32
TOTAL, BY_INDICATOR, BY_RATER = "合计", "人工指标", "评分人"
PROGRESS = ["part", "key", "name", "numerator", "denominator", "items", *STATES]
PROGRESS += ["period", "period_kind"]
WAITING = ["unit_id", "unit", "building_id", "peer_group", "indicator", "indicator_name", "state"]
WAITING += ["state_name", "gap", "given", "raters", "missing", "mine"]


@dataclass(frozen=True)
class Round:
    """A scheme over a period as it is rated by hand: its units as `queries/evaluated_units.py`
    says, and an item for every unit and manual indicator."""

    scheme: Scheme
    period: Period
    units: pd.DataFrame
    items: list[Item]


def rating_round(conn: Connection, filters: Filters, viewer: Viewer) -> Round:
    """The slice's round; no item for a viewer who does not rate. InvalidFilter where the scheme or
    the kind of period does not exist."""
    scheme, period = chosen_period(conn, filters)
    if viewer.role not in MAY_RATE or not manual(scheme):
        return Round(scheme, period, pd.DataFrame(), [])
    units = judged_units(conn, period, scheme.unit)
    return Round(scheme, period, units, items(conn, scheme, period, list(units["unit_id"])))


def chosen_period(conn: Connection, filters: Filters) -> tuple[Scheme, Period]:
    """The slice's scheme and the period of it that holds the day."""
    scheme = chosen_scheme(filters)
    kind = filters.period or scheme.period
    if kind not in PERIODS:
        raise InvalidFilter(t("评价周期只有学期、学年和自然年，没有：{value}", value=kind))
    return scheme, period_of(conn, filters, kind)


def _key(conn: Connection, period: Period, kind: str) -> Any:
    version, born, _ = latest_version(conn)  # ratings change no unit
    return str(conn.engine.url), version, born, period, kind


@cached(LRUCache(KEPT), key=_key, condition=Condition())
def judged_units(conn: Connection, period: Period, kind: str) -> pd.DataFrame:
    """`units_of`, once for each data version in a process: every block of the page wants them."""
    return units_of(conn, period, kind)


def rating_progress(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """How many of the ratings asked for are there: in all, by indicator, and what each rater has
    rated, in the order of their names: `part, key, name, numerator, denominator, items`, items by
    state (`apart, short, none, done, agreed`), `period, period_kind`.

    Of an item at most as many ratings count as the scheme asks for; a rater has no denominator,
    since nobody is told how many to rate.
    """
    asked = rating_round(conn, filters, viewer)
    if not asked.items:
        return pd.DataFrame(columns=PROGRESS)
    rows = [(TOTAL, "", "", *_counts(asked.items))]
    for one in manual(asked.scheme):
        own = [item for item in asked.items if item.indicator == one]
        rows.append((BY_INDICATOR, one.key, one.name, *_counts(own)))
    nothing = (None,) * (2 + len(STATES))
    rows += [(BY_RATER, key, name, n, *nothing) for key, name, n in _by_rater(asked.items)]
    found = pd.DataFrame(rows, columns=PROGRESS[:-2])
    return found.assign(period=asked.period.key, period_kind=asked.period.kind)


def _counts(some: list[Item]) -> tuple[int, ...]:
    """Ratings there and asked for, items, and of these how many in each state."""
    there = sum(min(len(item.raters), item.indicator.source.raters) for item in some)
    due = sum(item.indicator.source.raters for item in some)
    states = [item.result.state for item in some]
    return there, due, len(some), *(states.count(state) for state in STATES)


def _by_rater(some: list[Item]) -> list[tuple[str, str, int]]:
    """Each rater with the items they have rated."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for item in some:
        for one in item.current:
            names[one.rater] = one.name
            counts[one.rater] = counts.get(one.rater, 0) + 1
    return sorted((key, names[key], count) for key, count in counts.items())


def rating_waiting(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Items that wait for a third rater or a discussion, those furthest apart first, then items
    begun that lack a rater: `unit_id, unit, building_id, peer_group, indicator, indicator_name,
    state, state_name, gap, given, raters, missing, mine`; `mine` where the viewer has rated it."""
    found = rating_states(conn, filters, viewer)
    found = found[found["state"].isin([APART, SHORT])]
    order = found.assign(later=found["state"] != APART)
    order = order.sort_values(["later", "gap"], ascending=[True, False], kind="stable")
    return order[WAITING].reset_index(drop=True)


def rating_states(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Every unit and manual indicator, in the order of both, with the columns of `rating_waiting`;
    `given` ratings of the `raters` asked for."""
    asked = rating_round(conn, filters, viewer)
    if not asked.items:
        return pd.DataFrame(columns=WAITING)
    units = {row.unit_id: row for row in asked.units.itertuples()}
    building = asked.scheme.unit == BUILDING
    rows = [
        (
            *(item.unit_id, units[item.unit_id].unit, item.unit_id if building else ""),
            *(units[item.unit_id].peer_group, item.indicator.key, item.indicator.name),
            *(item.result.state, STATES[item.result.state], item.result.gap, len(item.raters)),
            *(item.indicator.source.raters, item.result.missing),
            identity(viewer.name) in {one.rater for one in item.current},
        )
        for item in asked.items
    ]
    return pd.DataFrame(rows, columns=WAITING)

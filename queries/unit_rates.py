"""Metrics of many units at once: what evaluation and comparison stand on."""

from collections.abc import Callable, Iterable
from threading import Condition
from typing import Any

import pandas as pd
from cachetools import LRUCache, cached
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.people import College
from data.models.place import Building
from data.schemes.scheme import BUILDING
from queries.activities import activity_rates, each_activity_rates
from queries.brand_coverage import brand_rates, each_brand_rates
from queries.catalog import BY_KEY
from queries.choices import latest_version
from queries.concerns import concern_rates, each_concern_rates
from queries.coverage import coverage_rates, each_coverage
from queries.evaluated_units import WHOLE, slice_of
from queries.evaluation_period import Period
from queries.filters import Filters
from queries.forces import each_forces_rates, forces_rates
from queries.group_rates import each_group_rates, group_rates
from queries.periods import each_period_coverage, period_coverage
from queries.rates import DOMAINS, Rates
from queries.service_requests import each_request_rates, request_rates
from queries.spaces import each_space_rates, space_rates
from queries.split import Split
from queries.students_met import each_student_coverage, student_coverage

COLUMNS = ["unit_id", "metric", "numerator", "denominator"]
SUMS = COLUMNS[2:]
KEPT, MANY = 512, 4096
Term = tuple[Any, Filters]
"""The data version and the slice of a term in it: what names an answer."""
Each = Callable[[Connection, Filters, Viewer, Split], pd.DataFrame]
EACH: dict[Rates, Each] = {
    coverage_rates: each_coverage,
    student_coverage: each_student_coverage,
    period_coverage: each_period_coverage,
    concern_rates: each_concern_rates,
    forces_rates: each_forces_rates,
    activity_rates: each_activity_rates,
    brand_rates: each_brand_rates,
    space_rates: each_space_rates,
    request_rates: each_request_rates,
    group_rates: each_group_rates,
}
"""Of a domain's rates the same of every unit in few statements, `unit_id` "" being what is in none;
other domains are asked unit by unit."""
ORDER = {metric.key: i for i, metric in enumerate(m for held, _ in DOMAINS for m in held)}


def unit_rates(
    conn: Connection,
    period: Period,
    kind: str,
    units: Iterable[str],
    metrics: Iterable[str],
    degree: str = "",
) -> pd.DataFrame:
    """One row per unit and metric that has a value: `unit_id, metric, numerator, denominator`, in
    the order of both.

    Over several terms both are added up: a term counts by the units it had. A domain's metrics are
    asked once by a process in one data version, since every chart of a page wants the same.
    """
    asked, wanted = list(dict.fromkeys(units)), {BY_KEY[key].key for key in metrics}
    chosen = [rates for held, rates in DOMAINS if wanted & {metric.key for metric in held}]
    since = (str(conn.engine.url), latest_version(conn)[:2])  # what came after is in no metric
    parts = [
        frame.to_numpy(object)
        for part in period.parts
        for rates in chosen
        for frame in _frames(conn, (since, part.of_degree(degree)), rates, kind, asked)
    ]
    rows = [row for part in parts for row in part if row[0] in asked and row[1] in wanted]
    every = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(SUMS, int))
    sums = every.groupby(COLUMNS[:2], as_index=False)[SUMS].sum()
    return _in_order(sums[sums["denominator"] > 0], asked)


def _in_order(found: pd.DataFrame, asked: list[str]) -> pd.DataFrame:
    """COLUMNS in the order of units asked for, then of DOMAINS."""
    place = {unit: i for i, unit in enumerate(asked)}
    order = found.assign(_unit=found["unit_id"].map(place), _metric=found["metric"].map(ORDER))
    return order.sort_values(["_unit", "_metric"], ignore_index=True)[COLUMNS]


def _frames(
    conn: Connection, term: Term, rates: Rates, kind: str, asked: list[str]
) -> list[pd.DataFrame]:
    """COLUMNS of a domain in a term: of every unit at once, or of each that is asked for."""
    if rates in EACH:
        return [_every_unit(conn, term, rates, kind)]
    return [_one_unit(conn, term, rates, (kind, unit)) for unit in asked]


def _key(_: Connection, *what: Any) -> Any:
    return what


@cached(LRUCache(KEPT), key=_key, condition=Condition())
def _every_unit(conn: Connection, term: Term, rates: Rates, kind: str) -> pd.DataFrame:
    every = conn.scalars(select(Building.id if kind == BUILDING else College.id))
    return EACH[rates](conn, term[1], WHOLE, Split(kind, tuple(every)))[COLUMNS]


@cached(LRUCache(MANY), key=_key, condition=Condition())
def _one_unit(conn: Connection, term: Term, rates: Rates, which: tuple[str, str]) -> pd.DataFrame:
    (kind, unit), part = which, term[1]
    narrowed = slice_of(part, kind, unit).of_degree(part.degree)
    return rates(conn, narrowed, WHOLE).assign(unit_id=unit)[COLUMNS]

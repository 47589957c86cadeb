"""Metrics of many units at once: what evaluation and comparison stand on."""

from collections.abc import Iterable
from threading import Condition
from typing import Any

import pandas as pd
from cachetools import LRUCache, cached
from sqlalchemy import Connection

from queries.catalog import BY_KEY
from queries.choices import latest_version
from queries.evaluated_units import WHOLE, slice_of
from queries.evaluation_period import Period
from queries.filters import Filters
from queries.rates import rates_of

COLUMNS = ["unit_id", "metric", "numerator", "denominator"]
KEPT = 512


def unit_rates(
    conn: Connection,
    period: Period,
    kind: str,
    units: Iterable[str],
    metrics: Iterable[str],
    degree: str = "",
) -> pd.DataFrame:
    """One row per unit and metric that has a value: `unit_id, metric, numerator, denominator`.

    Over several terms both are added up: a term counts by the units it had. Of one unit in one
    data version it is asked once by a process, since every chart of a page wants the same.
    """
    wanted = tuple(dict.fromkeys(metrics))
    rows = [
        (unit, *row)
        for unit in units
        for row in _unit(conn, period, slice_key(kind, unit, degree), wanted)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def slice_key(kind: str, unit: str, degree: str) -> tuple[str, str, str]:
    """What names a unit's slice beside its period."""
    return kind, unit, degree


def _unit(
    conn: Connection, period: Period, which: tuple[str, str, str], metrics: tuple[str, ...]
) -> list[tuple[str, float, float]]:
    parts = [_term(conn, part, which, metrics) for part in period.parts]
    found = pd.concat(parts).groupby("metric", sort=False)[["numerator", "denominator"]].sum()
    known = found[found["denominator"] > 0]
    return [(str(row.Index), row.numerator, row.denominator) for row in known.itertuples()]


def _key(conn: Connection, part: Filters, which: Any, metrics: Any) -> Any:
    return str(conn.engine.url), latest_version(conn)[:2], part, which, metrics


@cached(LRUCache(KEPT), key=_key, condition=Condition())
def _term(
    conn: Connection, part: Filters, which: tuple[str, str, str], metrics: tuple[str, ...]
) -> pd.DataFrame:
    kind, unit, degree = which
    filters = slice_of(part, kind, unit)
    filters = filters if not degree else filters.of_degree(degree)
    asked = [BY_KEY[key] for key in metrics]
    return rates_of(conn, filters, WHOLE, asked)[COLUMNS[1:]]

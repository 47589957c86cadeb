"""Where the value of an indicator comes from: metrics, ratings, honours, satisfaction."""

from collections.abc import Callable

import pandas as pd
from sqlalchemy import Connection

from data.schemes.scheme import (
    AWARDS,
    METRIC,
    PUBLICATIONS,
    RATING,
    SATISFACTION,
    Indicator,
    Scheme,
)
from queries.evaluation_period import Period
from queries.source_honours import award_values, publication_values, satisfaction_values
from queries.source_rating import rating_values
from queries.unit_rates import unit_rates

COLUMNS = ["unit_id", "numerator", "denominator", "value", "error", "why"]
"""`value` is what the rule reads. `error` is its standard error where it is known and no share of
cases; `why` says why there is no value, a sentence in Chinese."""
Find = Callable[[Connection, Scheme, Indicator, Period, list[str]], pd.DataFrame]
NOBODY = "这个单位在本期没有这项指标的分母"
FULL = 100.0


def metric_values(
    conn: Connection, scheme: Scheme, indicator: Indicator, period: Period, units: list[str]
) -> pd.DataFrame:
    """COLUMNS of an indicator that is a metric: numerator ÷ denominator, or for 按人数加权 the
    points of each degree level by its share of those counted."""
    found = unit_rates(conn, period, scheme.unit, units, [indicator.source.key])
    found = found.set_index("unit_id").reindex(units)[["numerator", "denominator"]]
    value = found["numerator"] / found["denominator"]
    if indicator.rule.parts:
        value = _mixed(conn, scheme, indicator, period, units)
    why = value.isna().map({True: NOBODY, False: ""})
    made = found.assign(value=value, error=float("nan"), why=why)
    return made.rename_axis("unit_id").reset_index()[COLUMNS]


def _mixed(
    conn: Connection, scheme: Scheme, indicator: Indicator, period: Period, units: list[str]
) -> pd.Series:
    """Σ (counted of the part ÷ counted of all) × its points, at most 100 each."""
    points = pd.Series(0.0, index=units)
    counted = pd.Series(0.0, index=units)
    for degree, target in indicator.rule.parts:
        part = unit_rates(conn, period, scheme.unit, units, [indicator.source.key], degree)
        part = part.set_index("unit_id").reindex(units)[["numerator", "denominator"]].fillna(0.0)
        reached = (part["numerator"] / part["denominator"].where(part["denominator"] > 0)).fillna(0)
        points += part["denominator"] * (FULL * reached / target).clip(upper=FULL)
        counted += part["denominator"]
    return points / counted.where(counted > 0)


FINDERS: dict[str, Find] = {
    METRIC: metric_values,
    RATING: rating_values,
    AWARDS: award_values,
    PUBLICATIONS: publication_values,
    SATISFACTION: satisfaction_values,
}


def values_of(conn: Connection, scheme: Scheme, period: Period, units: list[str]) -> pd.DataFrame:
    """Every unit and indicator, in the order of both: `indicator` and COLUMNS."""
    parts = [
        FINDERS[one.source.kind](conn, scheme, one, period, units)
        .set_index("unit_id")
        .reindex(units)
        .reset_index()
        .assign(indicator=one.key)
        for one in scheme.indicators
    ]
    return pd.concat(parts, ignore_index=True)[["indicator", *COLUMNS]]

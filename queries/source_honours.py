"""The value of an indicator that is awards, publications, or what was thought of activities."""

from datetime import date
from math import nan, sqrt
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.models.evaluation import Award, Publication
from data.models.time import Term
from data.schemes.scheme import Indicator, Pairs, Scheme
from data.summaries.activities import POINTS
from queries.evaluation_period import Period
from queries.honours import AWARD, PUBLICATION, distinct_honours, honours_of, is_kept
from queries.unit_sessions import feedback_of

NO_AWARDS = "获奖台账里没有任何记录"
NO_PAPERS = "经验报送台账里没有任何记录"
NO_ANSWERS = "本期没有收到活动反馈"
NOT_COUNTED = "这版数据没有按分数统计反馈，刷新汇总后才有"
COLUMNS = ["unit_id", "numerator", "denominator", "value", "error", "why"]
ANSWERS: Pairs = (("5", 100.0), ("4", 80.0), ("3", 60.0), ("2", 0.0), ("1", 0.0))
"""What an answer is worth where the scheme does not say: 满意度 100/80/60/0."""


def first_day(conn: Connection, period: Period) -> date:
    """The day a period begins on."""
    return conn.scalars(select(Term.starts).where(Term.id == period.starts)).one()


def award_values(
    conn: Connection, scheme: Scheme, indicator: Indicator, period: Period, units: list[str]
) -> pd.DataFrame:
    """COLUMNS: `value` adds up the points of the awards' levels, `numerator` counts the awards that
    have any; none is 0. What is the same award counts once, at its highest level."""
    if not is_kept(conn, Award):
        return _without(units, NO_AWARDS)
    points = dict(indicator.source.levels)
    found = _honours(conn, scheme, period, units, AWARD)
    found = found.assign(points=found["what"].map(points)).dropna(subset="points")
    summed = found.groupby("unit_id")["points"].agg(["size", "sum"]).reindex(units).fillna(0.0)
    return _counted(units, summed["size"], summed["sum"])


def publication_values(
    conn: Connection, scheme: Scheme, _indicator: Indicator, period: Period, units: list[str]
) -> pd.DataFrame:
    """COLUMNS: `value` and `numerator` count publications, one title once; none is 0."""
    if not is_kept(conn, Publication):
        return _without(units, NO_PAPERS)
    found = _honours(conn, scheme, period, units, PUBLICATION)
    number = found.groupby("unit_id").size().reindex(units).fillna(0.0)
    return _counted(units, number, number)


def satisfaction_values(
    conn: Connection, scheme: Scheme, indicator: Indicator, period: Period, units: list[str]
) -> pd.DataFrame:
    """COLUMNS: `numerator` adds up the points of the answers, `denominator` counts the answers,
    `error` is the standard error of their mean, NaN of one answer or where all agree."""
    points = dict(indicator.source.levels or ANSWERS)
    worth = [points.get(str(answer), 0.0) for answer in POINTS.values()]
    found = feedback_of(conn, scheme.unit, units, period).set_index("unit_id")
    rows = [_opinion(unit, found, worth) for unit in units]
    return pd.DataFrame(rows, columns=COLUMNS)


def _opinion(unit: str, found: pd.DataFrame, worth: list[float]) -> tuple[Any, ...]:
    if unit not in found.index or not (n := found.loc[unit, "answers"]):
        return (unit, nan, nan, nan, nan, NO_ANSWERS)
    counts = [float(found.loc[unit, name]) for name in POINTS]
    if sum(counts) != n:
        return (unit, nan, nan, nan, nan, NOT_COUNTED)
    total = sum(count * points for count, points in zip(counts, worth, strict=True))
    return (unit, total, n, total / n, standard_error(counts, worth), "")


def standard_error(counts: list[float], worth: list[float]) -> float:
    """Of the mean of answers worth so many points each: s ÷ √n with s over n − 1. NaN of fewer than
    two and where all agree, since answers without a spread say nothing of it."""
    n = sum(counts)
    if n <= 1:
        return nan
    mean = sum(c * w for c, w in zip(counts, worth, strict=True)) / n
    square = sum(c * (w - mean) ** 2 for c, w in zip(counts, worth, strict=True))
    return sqrt(square / (n - 1) / n) if square > 0 else nan


def _honours(
    conn: Connection, scheme: Scheme, period: Period, units: list[str], ledger: str
) -> pd.DataFrame:
    last, first = period.last.as_of, first_day(conn, period)
    found = distinct_honours(honours_of(conn, scheme.unit, units, last, first))
    return found[found["ledger"] == ledger]


def _counted(units: list[str], number: pd.Series, value: pd.Series) -> pd.DataFrame:
    made = {"unit_id": units, "numerator": number.to_numpy(float), "value": value.to_numpy(float)}
    return pd.DataFrame(made).assign(denominator=nan, error=nan, why="")[COLUMNS]


def _without(units: list[str], why: str) -> pd.DataFrame:
    made = pd.DataFrame({"unit_id": units})
    return made.assign(numerator=nan, denominator=nan, value=nan, error=nan, why=why)[COLUMNS]

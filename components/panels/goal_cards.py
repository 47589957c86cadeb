"""44023 on the overview: a card a metric, each leading to the page that says more."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.figures.palette import MET_SHADES, SHADES, Shade
from components.panels.links import address
from components.panels.rate_card import Face, rate_card, value_of
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.rates import GOALS, GROUPS, STUDENTS


def goal_cards(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Eight cards in the order of the goals; one without a value says why in its place."""
    if df.empty:
        return html.P(t("你的范围内本学期还没有可计算的 44023 数据。"), className="empty")
    rows = {row.metric: row for row in df.itertuples()}
    cards = [_card(metric, rows.get(metric.key), filters) for metric in GOALS]
    return html.Div(cards, className="cards goal-cards")


def _card(metric: Metric, row: Any, filters: Filters) -> html.Div:
    face = Face(
        href=f"/counselors{replace(address(filters), metric='building_coverage').search}",
        change=_change(row, value_of(metric, row)),
        beneath=[html.Div(_note(metric, row), className="card-note")],
        target=row.target if row else None,
        scale=_scale(metric),
    )
    return rate_card(metric, row, face, filters)


def _scale(metric: Metric) -> tuple[Shade, ...]:
    """Shares of people met are told apart by who is left."""
    return MET_SHADES if metric in (*STUDENTS, *GROUPS) else SHADES


def _change(row: Any, value: float | None) -> html.Span | None:
    """Points above or below the same teaching week of the year before."""
    if row is None or value is None or pd.isna(row.earlier_denominator):
        return None
    if not row.earlier_denominator:
        return None
    points = (value - row.earlier_numerator / row.earlier_denominator) * 100
    if abs(points) < 0.05:
        return html.Span(t("与上年同周持平"), className="change none")
    sign, css = ("▲", "up") if points > 0 else ("▼", "down")
    said = t("{sign}{points}点 较上年同周", sign=sign, points=f"{abs(points):.1f}")
    return html.Span(said, className=f"change {css}")


def _note(metric: Metric, row: Any) -> str:
    if row is None:
        return t("这里没有可以显示的数值")
    if pd.isna(row.target):
        return t("未设目标")
    target = t("目标 {value}", value=metric.show(row.target))
    if pd.isna(row.low):
        return target
    return t("{target}，学期末预计 {value}", target=target, value=metric.show(row.projected))

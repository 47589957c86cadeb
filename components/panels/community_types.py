"""What each of the six scores is made of: every indicator with its share, beside a year before."""

from typing import Any

import pandas as pd
from dash import html

from components.figures.radar import indicator, nothing_counted, score
from components.panels.links import address
from components.panels.shares import percent
from data.locale.translate import t
from queries.activities import SIX_TYPES_COVERAGE
from queries.catalog import BY_KEY
from queries.filters import Filters
from queries.metric import Metric


def type_indicators(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Six boxes; within each the weakest indicator first, those without a value last."""
    if df.empty:
        return html.P(nothing_counted(), className="empty")
    boxes = [_box(part, filters) for _, part in df.groupby("type", sort=False)]
    return html.Div(boxes, className="type-boxes")


def _box(part: pd.DataFrame, filters: Filters) -> html.Section:
    first = part.iloc[0]
    head = [
        html.H3(t(str(first["type"]))),
        html.Span(score(first["score"]), className="card-value"),
        html.Span(_change(first), className="change none"),
    ]
    ordered = part.assign(share=part["numerator"] / part["denominator"])
    ordered = ordered.sort_values("share", na_position="last", kind="stable")
    lines = [_line(row, filters) for row in ordered.itertuples()]
    return html.Section([html.Div(head, className="type-head"), html.Ul(lines)])


def _change(first: Any) -> str:
    if pd.isna(first["earlier_score"]):
        return t("上年无数据")
    before, gap = score(first["earlier_score"]), first["score"] - first["earlier_score"]
    if pd.isna(gap) or abs(gap) < 0.5:
        return t("上年同周 {value}", value=before)
    return t("{sign} 上年同周 {value}", sign="▲" if gap > 0 else "▼", value=before)


def _line(row: Any, filters: Filters) -> html.Li:
    metric = BY_KEY[row.metric]
    page = "/activities" if metric == SIX_TYPES_COVERAGE else metric.page
    name = html.A(indicator(row), href=f"{page}{address(filters).search}")
    known = not pd.isna(row.numerator)
    said = f"{int(row.numerator):,}/{int(row.denominator):,}" if known else t("没有数值")
    bar = html.Div(className="meter-bar", style={"width": f"{(row.share if known else 0):.1%}"})
    return html.Li(
        [
            name,
            html.Div(bar, className="meter", **{"aria-hidden": "true"}),
            html.B(percent(row.share)),
            html.Span(said, className="muted"),
        ]
    )

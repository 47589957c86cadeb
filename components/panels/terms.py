"""The main numbers of a building over the terms, as small charts of one shape."""

from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html

from components.figures.palette import ACCENT, TARGET
from components.portrait_words import shown
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

WIDTH, HEIGHT, EDGE = 220, 64, 8
Points = list[tuple[float, float]]


def term_charts(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """A chart a number: the building as a line, the median of its peers dashed."""
    if df.empty:
        return html.P(t("还没有可比较的学期。"), className="empty")
    charts = [_chart(list(rows.itertuples())) for _, rows in df.groupby("key", sort=False)]
    legend = html.P(
        [
            html.Span(className="line-own"),
            t("本楼"),
            html.Span(className="line-median"),
            t("同类中位数"),
        ],
        className="muted legend",
    )
    return html.Div([html.Div(charts, className="term-charts"), legend])


def _chart(rows: list[Any]) -> html.Figure:
    last = rows[-1]
    first = [html.Span(f"{rows[0].term} {shown(rows[0])}")] if len(rows) > 1 else []
    return html.Figure(
        [
            html.Figcaption([html.Span(t(last.name)), html.B(shown(last))]),
            html.Img(src=_drawn(rows), alt=_said(rows), className="term-line"),
            html.Div([*first, html.Span(last.term)], className="term-ends"),
        ]
    )


def _said(rows: list[Any]) -> str:
    values = t("、").join(
        t(
            "{term} {value}（中位数 {median}）",
            term=r.term,
            value=shown(r),
            median=shown(r, "median"),
        )
        for r in rows
    )
    return f"{t(rows[-1].name)}: {values}"


def _drawn(rows: list[Any]) -> str:
    """Both lines on one scale that begins at nothing."""
    every = [v for r in rows for v in (r.value, r.median) if not pd.isna(v)]
    most = max(every, default=0.0) or 1.0
    lines = (("median", TARGET, 'stroke-dasharray="5 4"'), ("value", ACCENT, ""))
    shapes = [
        shape
        for column, colour, more in lines
        for shape in _line(_points([getattr(r, column) for r in rows], most), colour, more)
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="M0 {HEIGHT - 1}H{WIDTH}" stroke="#8a97a3" stroke-width="1"/>'
        f"{''.join(shapes)}</svg>"
    )
    return f"data:image/svg+xml,{quote(svg)}"


def _points(values: list[float], most: float) -> Points:
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    height = HEIGHT - 2 * EDGE
    return [
        (EDGE + i * step, HEIGHT - EDGE - value / most * height)
        for i, value in enumerate(values)
        if not pd.isna(value)
    ]


def _line(points: Points, colour: str, more: str) -> list[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="{colour}"/>' for x, y in points]
    line = f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.2" {more}/>'
    return [line, *([] if more else dots)] if points else []

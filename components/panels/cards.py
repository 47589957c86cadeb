"""Cards: a rate each, with its fraction, target, change since last term and a line of the term."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html

from components.figures.palette import ACCENT
from components.panels.links import address
from components.panels.rate_card import Face, rate_card, value_of
from data.locale.translate import t
from queries.coverage import COVERAGE, FIVE_LEAD, SINGLE_LEADS
from queries.filters import Filters
from queries.metric import Metric

WIDTH, HEIGHT = 160, 36


def coverage_cards(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div:
    """Eight cards, each a link to the map coloured by its metric."""
    rows = {row.metric: row for row in df.itertuples()}
    return html.Div([_card(m, rows.get(m.key), rows, filters) for m in COVERAGE], className="cards")


def _card(metric: Metric, row: Any, rows: dict[str, Any], filters: Filters) -> html.Div:
    spark = _spark(row.series, metric, filters.date) if row else html.Div()
    face = Face(
        href=f"/map{replace(address(filters), metric=metric.key).search}",
        change=_change(metric, row),
        beneath=[spark, html.Div(_note(metric, row, rows), className="card-note")],
        target=metric.target,
    )
    return rate_card(metric, row, face, filters)


def _change(metric: Metric, row: Any) -> html.Span:
    """Points since the end of last term; nothing where that term is unknown."""
    if row is None or pd.isna(row.earlier_denominator) or not row.earlier_denominator:
        return html.Span(t("上学期无数据"), className="change none")
    now = metric.value(row.numerator, row.denominator)
    then = metric.value(row.earlier_numerator, row.earlier_denominator)
    if now is None or then is None:
        return html.Span("—", className="change none")
    points = (now - then) * 100
    if abs(points) < 0.05:
        return html.Span(t("较上学期末持平"), className="change none")
    sign = "▲" if points > 0 else "▼"
    kind = "up" if points * metric.better.value > 0 else "down"
    text = t("{sign}{points}点 较上学期末", sign=sign, points=f"{abs(points):.1f}")
    return html.Span(text, className=f"change {kind}")


def _spark(series: list[tuple[str, float]], metric: Metric, today: str) -> html.Img | html.Div:
    """The term so far as a small step line; an image, so that it costs no chart."""
    if len(series) < 2:
        return html.Div(className="spark")
    first, last = (date.fromisoformat(day).toordinal() for day in (series[0][0], today))
    span = max(1, last - first)
    low = min(v for _, v in series)
    high = max(v for _, v in series)
    scale = (HEIGHT - 6) / (high - low) if high > low else 0.0
    path, before = [], None
    for day, value in series:
        x = (date.fromisoformat(day).toordinal() - first) / span * WIDTH
        y = HEIGHT - 3 - (value - low) * scale
        path.append(f"M0 {y:.1f}" if before is None else f"H{x:.1f}V{y:.1f}")
        before = y
    path.append(f"H{WIDTH}")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none"><path d="{"".join(path)}" fill="none" stroke="{ACCENT}" '
        f'stroke-width="2" vector-effect="non-scaling-stroke"/></svg>'
    )
    said = t(
        "{name}本学期从 {first} 到 {last}",
        name=t(metric.name),
        first=metric.show(series[0][1]),
        last=metric.show(series[-1][1]),
    )
    return html.Img(src=f"data:image/svg+xml,{quote(svg)}", alt=said, className="spark")


def _note(metric: Metric, row: Any, rows: dict[str, Any]) -> str:
    if row is None:
        return t("你的范围内没有可计算的单位")
    if metric is FIVE_LEAD:
        return " · ".join(_lead(m, rows.get(m.key)) for m in SINGLE_LEADS)
    missing = row.denominator - row.numerator
    target = t("目标 {value}", value=metric.show(metric.target))
    exempt = t("，另有 {count} 不要求", count=row.exempt) if row.exempt else ""
    return t(
        "{target}，还差 {count} {unit}{exempt}",
        target=target,
        count=f"{missing:,}",
        unit=t(metric.unit),
        exempt=exempt,
    )


def _lead(metric: Metric, row: Any) -> str:
    value = value_of(metric, row)
    return f"{t(metric.name).removeprefix('带头').removeprefix('Lead: ')} {metric.show(value)}"

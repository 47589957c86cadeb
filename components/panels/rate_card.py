"""One card of a rate: its name, value and change, fraction, bar to the target, what to add."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from components.figures.palette import SHADES, Shade, shade
from components.panels.marks import quality_mark
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


@dataclass(frozen=True)
class Face:
    """What a card shows that the rate alone does not say: where it leads, the change, the parts
    `beneath` the bar, the target, the scale of its edge."""

    href: str
    change: Any
    beneath: list[Any]
    target: float | None
    scale: tuple[Shade, ...] = SHADES


def rate_card(metric: Metric, row: Any, face: Face, filters: Filters) -> html.Div:
    """A link; `row` is None where the slice has nothing to count. The mark stands beside the link,
    not in it: it leads elsewhere."""
    value = value_of(metric, row)
    count = f"{row.numerator:,} / {row.denominator:,} {t(metric.unit)}" if row else "—"
    link = html.A(
        [
            html.Div(t(metric.name), className="card-name"),
            html.Div(
                [html.Span(metric.show(value), className="card-value"), face.change],
                className="card-line",
            ),
            html.Div(count, className="card-count"),
            meter(value, face.target),
            *face.beneath,
        ],
        href=face.href,
        className=f"card-box shade-{shade(value, face.scale).css}",
    )
    return html.Div([link, quality_mark(row.mark, filters) if row else None], className="card-slot")


def value_of(metric: Metric, row: Any) -> float | None:
    """The rate of a row; None where there is no row or nothing to divide by."""
    return metric.value(row.numerator, row.denominator) if row else None


def meter(value: float | None, target: float | None) -> html.Div:
    """A bar up to a share, with a line at the target where there is one; for the eye only."""
    parts = [_at("meter-bar", "width", min(value or 0, 1))]
    if target is not None and not pd.isna(target):
        parts.append(_at("meter-target", "left", target))
    return html.Div(parts, className="meter", **{"aria-hidden": "true"})


def _at(css: str, side: str, share: float) -> html.Div:
    return html.Div(className=css, style={side: f"{share * 100:.1f}%"})

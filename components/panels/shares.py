"""Shares in words, of few cases with their interval: how far they may lie from what goes on."""

import pandas as pd
from dash import html

from data.locale.translate import t
from queries.intervals import FEW, wilson


def percent(value: float | None) -> str:
    """A share as written in a list."""
    return "—" if value is None or pd.isna(value) else f"{value:.1%}"


def share(numerator: int, denominator: int, *, few: float = FEW) -> html.Div | str:
    """A share as a bar with its words, with its 95 % interval where fewer than `few` were
    counted; — over nobody."""
    limits = wilson(numerator, denominator)
    if limits is None:
        return "—"
    low, high = limits
    shown = denominator < few
    bar = html.Div(className="meter-bar", style={"width": f"{numerator / denominator:.1%}"})
    reach = {"left": f"{low:.1%}", "width": f"{high - low:.1%}"}
    whisker = html.Div(className="meter-interval", style=reach)
    said = f"{percent(numerator / denominator)}　{numerator:,}/{denominator:,}"
    words = [html.Span(said)]
    if shown:
        words.append(html.Span(interval(low, high), className="interval"))
    track = html.Div([bar, whisker] if shown else bar, className="meter", **{"aria-hidden": "true"})
    return html.Div([track, *words], className="party-meter share")


def interval(low: float, high: float) -> str:
    """A 95 % interval in words."""
    return t("95% 区间 {low}–{high}", low=f"{low:.0%}", high=f"{high:.0%}")


def two_lines(first: object, *beneath: str) -> html.Div:
    """What matters, and beneath it what it is made of."""
    more = [html.Span(line, className="beneath") for line in beneath]
    return html.Div([html.Span(first), *more], className="two")

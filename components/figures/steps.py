"""A rate over the term as steps, with the days on which something was founded or closed."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure
from components.figures.palette import ACCENT, TARGET
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


def coverage_steps(df: pd.DataFrame, metric: Metric, filters: Filters) -> Figure:
    """A step line up to the as-of day; marks stand on days with events and name them."""
    if df.empty:
        return blank(t("本学期到这一天还没有记录"))
    days = [str(d) for d in df["day"]]
    values = [metric.value(n, d) for n, d in zip(df["numerator"], df["denominator"], strict=True)]
    hover = [
        f"{day}<br>{metric.show(v)}({n}/{d})"
        for day, v, n, d in zip(days, values, df["numerator"], df["denominator"], strict=True)
    ]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [*days, filters.date],
        "y": [*values, values[-1]],
        "line": {"shape": "hv", "color": ACCENT, "width": 2.5},
        "hovertext": [*hover, hover[-1]],
        "hoverinfo": "text",
    }
    return figure(
        [line, _events(df, days, values)],
        yaxis=axis(tickformat=".0%", range=[-0.03, 1.06]),
        xaxis=axis(type="date", tickformat="%m-%d", showgrid=False),
        shapes=[_target(metric.target)] if metric.target is not None else [],
        hovermode="closest",
    )


def _events(df: pd.DataFrame, days: list[str], values: list[float | None]) -> dict[str, Any]:
    marked = [i for i, event in enumerate(df["event"]) if event]
    closed = [("撤销" in df["event"].iloc[i] or "离任" in df["event"].iloc[i]) for i in marked]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [days[i] for i in marked],
        "y": [values[i] for i in marked],
        "marker": {
            "size": 11,
            "symbol": ["x" if c else "circle" for c in closed],
            "color": ["#b2412f" if c else ACCENT for c in closed],
            "line": {"width": 1.5, "color": "#ffffff"},
        },
        "hovertext": [f"{days[i]}<br>{_wrapped(df['event'].iloc[i])}" for i in marked],
        "hoverinfo": "text",
    }


def _wrapped(text: str) -> str:
    parts = text.split("、")
    shown = parts[:8]
    if len(parts) > len(shown):
        shown.append(t("等 {count} 项", count=len(parts)))
    return "<br>".join(shown)


def _target(value: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": value,
        "y1": value,
        "line": {"color": TARGET, "width": 1.5, "dash": "dash"},
    }

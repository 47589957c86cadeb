"""Rates side by side: one bar each, the target as a mark, the fraction written at its end."""

import pandas as pd

from components.figures.base import Figure, axis, blank, figure
from components.figures.palette import ACCENT, INK, TARGET
from data.locale.translate import t
from queries.metric import Metric


def rate_bars(df: pd.DataFrame, metrics: tuple[Metric, ...]) -> Figure:
    """One bar per metric, in the given order, first on top."""
    rows = df.set_index("metric")
    shown = [m for m in reversed(metrics) if m.key in rows.index]
    if not shown:
        return blank(t("没有数据"))
    pairs = [(m, rows.loc[m.key, "numerator"], rows.loc[m.key, "denominator"]) for m in shown]
    values = [m.value(n, d) for m, n, d in pairs]
    names = [t(m.name) for m in shown]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": values,
        "marker": {"color": ACCENT},
        "text": [f"{m.show(v)}({n:,}/{d:,})" for (m, n, d), v in zip(pairs, values, strict=True)],
        "textposition": "auto",
        "hoverinfo": "text",
        "insidetextfont": {"color": "#ffffff"},
        "outsidetextfont": {"color": INK},
    }
    targets = {
        "type": "scatter",
        "mode": "markers",
        "y": names,
        "x": [m.target for m in shown],
        "marker": {"symbol": "line-ns-open", "size": 18, "color": TARGET, "line": {"width": 3}},
        "hoverinfo": "skip",
    }
    return figure(
        [bars, targets],
        xaxis=axis(tickformat=".0%", range=[0, 1.08]),
        yaxis=axis(showgrid=False),
        margin={"l": 120, "r": 16, "t": 16, "b": 40},
    )

"""Steps one after another: how many got so far, and how many of the step before did not."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.palette import ACCENT, INK, LINE
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

ROW, EDGES = 74, 70
LEFT = {"shape": "/", "bgcolor": "#f1ddd6", "fgcolor": "#b2412f", "size": 7, "solidity": 0.2}


def step_bars(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """One bar a step; what the step before had and this one has not yet is hatched."""
    if df.empty:
        return blank(t("还没有关切问题"))
    numbers = df["numerator"].tolist()
    left = [before - now for before, now in zip([numbers[0], *numbers], numbers, strict=False)]
    said = [_said(row, metric) for row in df.itertuples()]
    common = {
        "type": "bar",
        "orientation": "h",
        "y": [f"<b>{t(str(stage))}</b>" for stage in df["stage"]],
        "hoverinfo": "text",
        "hovertext": said,
    }
    reached = common | {"name": t("已走到"), "x": numbers, "marker": {"color": ACCENT}}
    missing = common | {
        "name": t("上一步有、这一步还没有"),
        "x": left,
        "marker": {"color": LINE, "pattern": LEFT},
        "text": said,
        "textposition": "outside",
        "constraintext": "none",
        "cliponaxis": False,
        "outsidetextfont": {"color": INK, "size": 12},
    }
    return figure(
        [reached, missing],
        barmode="stack",
        bargap=0.42,
        height=EDGES + ROW * len(df),
        showlegend=True,
        legend=legend_above(traceorder="normal"),
        xaxis=axis(range=[0, max(*numbers, 1) * 1.72], fixedrange=True, **_ticks(max(numbers))),
        yaxis=axis(autorange="reversed", showgrid=False, fixedrange=True),
        margin={"l": 8, "r": 8, "t": 34, "b": 32},
    )


def _ticks(most: int) -> dict[str, int]:
    """A few, and never between two whole numbers."""
    return {"nticks": 4} if most > 3 else {"dtick": 1}


def _said(row: Any, metric: Metric) -> str:
    """The number, its share of those raised and of the step before, and the median days."""
    if pd.isna(row.of_before):
        return f"{row.numerator:,}"
    share = metric.show(metric.value(row.numerator, row.denominator))
    lines = [f"{row.numerator:,} · {share}", t("上一步的 {share}", share=f"{row.of_before:.1f}%")]
    if not pd.isna(row.days):
        lines.append(t("中位 {days} 天", days=f"{row.days:g}"))
    return "<br>".join(lines)

"""People in classes: a bar each, with number and share written at its end."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, hatched
from components.figures.palette import ACCENT, INK, ZERO
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.students_met import ONLY_ROOM

SPAN_COLOURS = ("#2c7a95", "#5f9fb5", "#9fc8d6", "#f3cfa9", "#e08a63", ZERO.colour)
UNKNOWN = "#9aa5ae"


def span_bars(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """Students by days since their last contact, the longest ago at the bottom; those of the last
    two classes are hatched."""
    if df.empty:
        return blank(t("你的范围内没有在校学生"))
    patterns = ["", "", "", "", "/", "x"]
    bars = _bars(df["span"], df["number"], df["total"], metric, list(SPAN_COLOURS), patterns)
    return _figure(bars)


def way_bars(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """Students by how they were met; rooms reached with nobody on record stand apart in grey."""
    if df.empty:
        return blank(t("你的范围内没有在校学生"))
    apart = [way == ONLY_ROOM for way in df["way"]]
    colours = [UNKNOWN if a else ACCENT for a in apart]
    patterns = ["/" if a else "" for a in apart]
    return _figure(_bars(df["way"], df["numerator"], df["denominator"], metric, colours, patterns))


def _bars(
    names: pd.Series,
    numbers: pd.Series,
    totals: pd.Series,
    metric: Metric,
    colours: list[str],
    patterns: list[str],
) -> dict[str, Any]:
    shares = [metric.show(metric.value(n, d)) for n, d in zip(numbers, totals, strict=True)]
    said = [f"{n:,}（{share}）" for n, share in zip(numbers, shares, strict=True)]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [t(str(name)) for name in names],
        "x": list(numbers),
        "text": said,
        "textposition": "outside",
        "cliponaxis": False,
        "outsidetextfont": {"color": INK},
        "hoverinfo": "y+text",
        "marker": {
            "color": colours,
            "pattern": hatched(patterns, size=6, solidity=0.2),
        },
    }


def _figure(bars: dict[str, Any]) -> Figure:
    most = max(bars["x"], default=0)
    return figure(
        [bars],
        xaxis=axis(
            range=[0, most * 1.5 or 1], fixedrange=True, showticklabels=False, showgrid=False
        ),
        yaxis=axis(autorange="reversed", showgrid=False, fixedrange=True),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0.28,
    )

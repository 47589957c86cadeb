"""How many areas carry how much: a bar a load, the typical range behind, the extremes marked."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure
from components.figures.palette import ACCENT, INK, ZERO
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.party_areas import typical

HEAVY = "#e08a63"
PATTERN = {"shape": "x", "bgcolor": ZERO.colour, "fgcolor": "#7e2718", "solidity": 0.25}


def load_histogram(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Rooms per member in charge, rounded; areas without one stand apart on the left."""
    if df.empty:
        return blank(t("没有责任区"))
    carried = df["load"].dropna()
    usual = typical(carried)
    counts = carried.add(0.5).astype(int).clip(lower=1).value_counts().sort_index()
    orphans = int(df["load"].isna().sum())
    data: list[dict[str, Any]] = [_bars(counts, usual)] if len(counts) else []
    first = int(counts.index.min()) if len(counts) else 1
    last = int(counts.index.max()) if len(counts) else 1
    apart = first - 2
    if orphans:
        data.append(_orphans(apart, orphans))
    ticks = {n: str(n) for n in range(first, last + 1)} if len(counts) else {}
    ticks |= {apart: t("无人")} if orphans else {}
    layout: dict[str, Any] = {}
    if usual:
        layout = {"shapes": [_range(usual)], "annotations": [_median(usual)]}
    return figure(
        data,
        bargap=0.15,
        xaxis=axis(
            title={"text": t("每名责任党员负责的房间数")},
            tickvals=list(ticks),
            ticktext=list(ticks.values()),
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=axis(title={"text": t("责任区数")}, rangemode="tozero", fixedrange=True),
        margin={"l": 8, "r": 8, "t": 40, "b": 44},
        **layout,
    )


def _bars(counts: pd.Series, usual: tuple[float, float, float] | None) -> dict[str, Any]:
    heavy = usual[2] if usual else float("inf")
    over = [n > heavy for n in counts.index]
    return {
        "type": "bar",
        "x": counts.index.tolist(),
        "y": counts.tolist(),
        "marker": {
            "color": [HEAVY if o else ACCENT for o in over],
            "pattern": {"shape": ["/" if o else "" for o in over]},
        },
        "text": counts.tolist(),
        "textposition": "outside",
        "cliponaxis": False,
        "outsidetextfont": {"color": INK},
        "hovertext": [
            t("每人 {rooms} 间：{count} 个责任区", rooms=n, count=count)
            for n, count in counts.items()
        ],
        "hoverinfo": "text",
    }


def _orphans(x: int, count: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [x],
        "y": [count],
        "marker": {"color": ZERO.colour, "pattern": PATTERN},
        "text": [count],
        "textposition": "outside",
        "cliponaxis": False,
        "outsidetextfont": {"color": INK},
        "hovertext": [t("{count} 个责任区没有在岗的责任党员", count=count)],
        "hoverinfo": "text",
    }


def _range(usual: tuple[float, float, float]) -> dict[str, Any]:
    low, _, high = usual
    return {
        "type": "rect",
        "layer": "below",
        "x0": low - 0.5,
        "x1": high + 0.5,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "fillcolor": "rgba(31,111,139,0.12)",
        "line": {"width": 0},
    }


def _median(usual: tuple[float, float, float]) -> dict[str, Any]:
    low, middle, high = usual
    said = t(
        "中位 {median} 间，八成责任区在 {low}–{high} 间",
        median=f"{middle:g}",
        low=f"{low:g}",
        high=f"{high:g}",
    )
    return {
        "text": said,
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
    }

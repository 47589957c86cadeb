"""What is waiting, by how long: one bar a span of days, divided by how far it has come."""

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.palette import ACCENT, INK, ZERO
from data.locale.translate import t
from queries.concern_progress import WAITING, WAITING_NAMES
from queries.filters import Filters
from queries.metric import Metric

FEW = 6
"""So few are counted one by one on the axis."""
LOOKS = (
    (ZERO.colour, "/", "#7e2718"),
    ("#e08a63", "x", "#a1512c"),
    ("#9fc8d6", ".", "#41798d"),
    (ACCENT, "", ACCENT),
)
"""Colour, pattern and its colour of each step, from not taken up to not confirmed."""


def age_bars(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Stacked bars, the total written above each."""
    if df.empty:
        return blank(t("没有未闭环的问题"))
    spans = [t(str(age)).replace(" ", "<br>") for age in df["age"]]
    steps = zip(WAITING, WAITING_NAMES, LOOKS, strict=True)
    bars = [
        {
            "type": "bar",
            "name": t(name),
            "x": spans,
            "y": df[column].tolist(),
            "marker": {
                "color": colour,
                "pattern": {"shape": shape, "bgcolor": colour, "fgcolor": line, "solidity": 0.25},
                "line": {"width": 0.5, "color": "#ffffff"},
            },
            "hovertext": [
                f"{span.replace('<br>', ' ')}<br>{t(name)} {number:,}"
                for span, number in zip(spans, df[column], strict=True)
            ],
            "hoverinfo": "text",
        }
        for column, name, (colour, shape, line) in steps
    ]
    totals = [
        {
            "x": span,
            "y": int(total),
            "text": f"<b>{total:,}</b>",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"color": INK},
        }
        for span, total in zip(spans, df["total"], strict=True)
    ]
    return figure(
        bars,
        barmode="stack",
        bargap=0.28,
        annotations=totals,
        showlegend=True,
        legend=legend_above(traceorder="normal"),
        xaxis=axis(showgrid=False, fixedrange=True, tickangle=0, title={"text": t("提出至今")}),
        yaxis=axis(
            title={"text": t("问题数")},
            range=[0, max(int(df["total"].max()), 1) * 1.12],
            fixedrange=True,
            **({"dtick": 1} if df["total"].max() < FEW else {}),
        ),
        margin={"l": 8, "r": 8, "t": 56, "b": 44},
    )

"""How long visits lasted, minute by minute: what is rounded stands out as a heap."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, hatched
from components.figures.palette import ACCENT, INK, TARGET
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.visit_records import HEAPS, LONGEST_SHOWN

STEP = 10


def length_bars(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A bar a minute; half an hour and 40 minutes in another colour, hatched, with their share."""
    if df.empty:
        return blank(t("没有登记起止时间的走访"))
    heaped = [minutes in HEAPS for minutes in df["minutes"]]
    hover = [
        t("{minutes} 分钟：{count} 次", minutes=_minutes(row.minutes), count=f"{row.number:,}")
        for row in df.itertuples()
    ]
    bars = {
        "type": "bar",
        "x": df["minutes"].tolist(),
        "y": df["number"].tolist(),
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {
            "color": [TARGET if heap else ACCENT for heap in heaped],
            "pattern": hatched(["/" if heap else "" for heap in heaped]),
        },
    }
    ticks = list(range(0, int(df["minutes"].max()) + 1, STEP))
    most = int(df["number"].max())
    return figure(
        [bars],
        bargap=0.1,
        xaxis=axis(
            title={"text": t("登记的时长（分钟）")},
            tickvals=ticks,
            ticktext=[_minutes(tick) for tick in ticks],
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=axis(title={"text": t("走访次数")}, range=[0, most * 1.12 or 1], fixedrange=True),
        margin={"l": 8, "r": 8, "t": 16, "b": 44},
        annotations=[_share(row) for row in df.itertuples() if row.minutes in HEAPS and row.number],
    )


def _share(row: Any) -> dict[str, Any]:
    """What part of all visits a heap is, above its bar: text on a bar would be as narrow as it."""
    return {
        "x": row.minutes,
        "y": row.number,
        "text": f"<b>{row.number / row.total:.1%}</b>",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": INK, "size": 12},
    }


def _minutes(minutes: int) -> str:
    return f"{minutes}+" if minutes >= LONGEST_SHOWN else str(minutes)

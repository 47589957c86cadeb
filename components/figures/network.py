"""Who is tied to whom through joint studios: colleges, studios and buildings in three columns."""

import re
from dataclasses import dataclass
from statistics import mean
from typing import Any

import pandas as pd

from components.figures.base import Figure, blank, figure, hidden_axis
from components.figures.palette import ACCENT, INK, ZERO
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

ROW, EDGES, BENDS = 21, 64, 24
COLOURS = ("#1f6f8b", "#b06a2b", "#5d7a2e", "#7a5299", "#2f6d5a", "#a34a5e", "#46639c", "#7d6b1d")


@dataclass(frozen=True)
class Column:
    """Nodes one below another: where each stands between 0 (top) and 1, in a fixed order."""

    ids: list[str]

    def place(self, node: str) -> float:
        """The height of a node."""
        return (self.ids.index(node) + 0.5) / len(self.ids)


def network(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Colleges left, studios in the middle, buildings right; crossings are kept few by ordering
    colleges after the studios they are tied to. What nobody ties stands there unconnected."""
    if df.empty:
        return blank(t("这里没有党团联合工作室"))
    served, joined = df[df["building_id"].notna()], df[df["college_id"].notna()]
    studios = Column(list(dict.fromkeys(served["studio_id"].dropna())))
    buildings = Column(list(dict.fromkeys(served["building_id"])))
    colleges = Column(_by_studio(joined, studios))
    data = []
    for number, studio in enumerate(studios.ids):
        here = studios.place(studio)
        left = joined.loc[joined["studio_id"] == studio, "college_id"]
        right = served.loc[served["studio_id"] == studio, "building_id"]
        ends = [((0.0, colleges.place(c)), (1.0, here)) for c in left]
        ends += [((1.0, here), (2.0, buildings.place(b))) for b in right]
        data.append(_edges(ends, COLOURS[number % len(COLOURS)]))
    rows = max(len(buildings.ids), len(colleges.ids), 2 * len(studios.ids))
    return figure(
        [*data, *_nodes(df, colleges, studios, buildings)],
        height=EDGES + ROW * rows,
        xaxis=hidden_axis(range=[-0.04, 2.04], fixedrange=True),
        yaxis=hidden_axis(range=[1.02, -0.02], fixedrange=True),
        annotations=[*_headings(), *_labels(df, colleges, studios, buildings)],
        margin={"l": 142, "r": 98, "t": 36, "b": 8},
    )


def _by_studio(joined: pd.DataFrame, studios: Column) -> list[str]:
    """Colleges by the mean height of their studios."""
    heights: dict[str, list[float]] = {}
    for college, studio in zip(joined["college_id"], joined["studio_id"], strict=True):
        heights.setdefault(str(college), []).append(studios.place(str(studio)))
    return sorted(heights, key=lambda college: mean(heights[college]))


def _edges(
    ends: list[tuple[tuple[float, float], tuple[float, float]]], colour: str
) -> dict[str, Any]:
    """Soft curves, level where they leave and where they arrive."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for (x0, y0), (x1, y1) in ends:
        for step in range(BENDS + 1):
            s = step / BENDS
            xs.append(x0 + (x1 - x0) * s)
            ys.append(y0 + (y1 - y0) * s * s * (3 - 2 * s))
        xs.append(None)
        ys.append(None)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": colour, "width": 1.8},
        "opacity": 0.7,
        "hoverinfo": "skip",
    }


def _nodes(
    df: pd.DataFrame, colleges: Column, studios: Column, buildings: Column
) -> list[dict[str, Any]]:
    tied = {*df.loc[df["studio_id"].notna(), ["college_id", "building_id"]].to_numpy().ravel()}
    made = []
    for x, column in enumerate((colleges, studios, buildings)):
        loose = [node not in tied and x != 1 for node in column.ids]
        made.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [x] * len(column.ids),
                "y": [column.place(node) for node in column.ids],
                "marker": {
                    "size": 9,
                    "color": [ZERO.colour if one else ACCENT for one in loose],
                    "symbol": ["x" if one else "circle" for one in loose],
                },
                "hoverinfo": "skip",
            }
        )
    return made


def _headings() -> list[dict[str, Any]]:
    names = ((0, "right", t("学院")), (1, "center", t("党团联合工作室")), (2, "left", t("楼宇")))
    return [
        _label(x, -0.02, f"<b>{name}</b>", anchor) | {"yanchor": "bottom", "yshift": 8}
        for x, anchor, name in names
    ]


def _labels(
    df: pd.DataFrame, colleges: Column, studios: Column, buildings: Column
) -> list[dict[str, Any]]:
    names = {
        column: dict(zip(df[f"{column}_id"], df[column], strict=True))
        for column in ("college", "studio", "building")
    }
    made = [_label(0, colleges.place(c), names["college"][c], "right") for c in colleges.ids]
    made += [_label(2, buildings.place(b), names["building"][b], "left") for b in buildings.ids]
    for studio in studios.ids:
        short = re.sub("(党团)?联合工作室$", "", str(names["studio"][studio]))
        box = {"bgcolor": ACCENT, "borderpad": 4, "font": {"size": 12, "color": "#ffffff"}}
        made.append(_label(1, studios.place(studio), short, "center") | box)
    return made


def _label(x: float, y: float, text: str, anchor: str) -> dict[str, Any]:
    shift = {"right": -9, "left": 9, "center": 0}[anchor]
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": anchor,
        "xshift": shift,
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }

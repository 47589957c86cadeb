"""Compared units as charts: every measure on paper, and profiles as lines over all measures."""

from typing import Any

import pandas as pd

from components.compare_words import MARKS, missing, nothing_to_compare, pair, share_said
from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.cells import folded, names
from components.figures.palette import INK, LINE, MUTED
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

ROW, HEAD = 46, 70
OTHERS = "rgba(128,140,152,0.4)"


def measures_on_paper(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A row a measure; the units' dots with their intervals beneath each other, the median of the
    peers as a line."""
    if df.empty:
        return blank(nothing_to_compare())
    measures = list(dict.fromkeys(df["metric"]))
    units = list(dict.fromkeys(df["unit_id"]))
    step = 0.8 / len(units)
    height = max(ROW, 15 * len(units)) * len(measures) + HEAD
    traces = [
        _dots(df[df["unit_id"] == unit], place, measures, step * (place - (len(units) - 1) / 2))
        for place, unit in enumerate(units)
    ]
    return figure(
        traces,
        height=height,
        showlegend=True,
        legend=legend_above(y=1.0),
        shapes=[line for row in df.itertuples() for line in _median(row, measures, units, step)],
        xaxis=axis(tickformat=".0%", range=[-0.01, 1.01], fixedrange=True),
        yaxis=names(_labels(df), list(range(len(measures))), autorange="reversed"),
        margin={"l": 8, "r": 8, "t": 40, "b": 32},
        meta={"paper": 700},
    )


def _labels(df: pd.DataFrame) -> list[str]:
    return [folded(t(str(name)), 12) for name in df.drop_duplicates("metric")["name"]]


def _median(row: Any, measures: list[str], units: list[str], step: float) -> list[dict[str, Any]]:
    if missing(row.median):
        return []
    y = measures.index(row.metric) + step * (units.index(row.unit_id) - (len(units) - 1) / 2)
    return [
        {
            "type": "line",
            "x0": row.median,
            "x1": row.median,
            "y0": y - step / 2,
            "y1": y + step / 2,
            "line": {"color": MUTED, "width": 2},
        }
    ]


def _dots(rows: pd.DataFrame, place: int, measures: list[str], shift: float) -> dict[str, Any]:
    colour, symbol = MARKS[place % len(MARKS)]
    known = rows[rows["value"].notna() & rows["low"].notna()]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": str(rows["unit"].iloc[0]),
        "x": known["value"].tolist(),
        "y": [measures.index(key) + shift for key in known["metric"]],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (known["high"] - known["value"]).clip(lower=0).tolist(),
            "arrayminus": (known["value"] - known["low"]).clip(lower=0).tolist(),
            "color": colour,
            "thickness": 1.5,
            "width": 3,
        },
        "marker": {"size": 9, "color": colour, "symbol": symbol},
        "hovertext": _hovers(known),
        "hoverinfo": "text",
    }


def _hovers(rows: pd.DataFrame) -> list[str]:
    return [
        f"<b>{row.unit}</b><br>{share_said(t(row.name), row.value, pair(row))}"
        for row in rows.itertuples()
    ]


def profile_lines(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Parallel coordinates, the measures down the side: a line a unit, those chosen in colour, all
    others grey. A measure without a value breaks the line."""
    if df.empty:
        return blank(nothing_to_compare())
    measures = list(dict.fromkeys(df["metric"]))
    chosen = df[df["chosen"] == 1]
    lines = [
        _profile(rows, place, measures)
        for place, (_, rows) in enumerate(chosen.groupby("unit_id", sort=False))
    ]
    return figure(
        [_others(df[df["chosen"] == 0], measures), *lines],
        height=HEAD + ROW * len(measures),
        showlegend=True,
        legend=legend_above(y=1.0),
        xaxis=axis(tickformat=".0%", range=[-0.02, 1.02], fixedrange=True),
        yaxis=names(
            _labels(df),
            list(range(len(measures))),
            range=[len(measures) - 0.6, -0.4],
            gridcolor=LINE,
        )
        | {"showgrid": True},
        margin={"l": 8, "r": 12, "t": 40, "b": 32},
        hovermode="closest",
        meta={"paper": 700},
    )


def _others(rows: pd.DataFrame, measures: list[str]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[int | None] = []
    hover: list[str] = []
    for _, of_unit in rows.groupby("unit_id", sort=False):
        x += [None if missing(value) else float(value) for value in of_unit["value"]] + [None]
        y += [measures.index(key) for key in of_unit["metric"]] + [None]
        hover += [*_hovers(of_unit), ""]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": t("其他"),
        "x": x,
        "y": y,
        "line": {"color": OTHERS, "width": 1.2},
        "hovertext": hover,
        "hoverinfo": "text",
        "connectgaps": False,
    }


def _profile(rows: pd.DataFrame, place: int, measures: list[str]) -> dict[str, Any]:
    colour, symbol = MARKS[place % len(MARKS)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": str(rows["unit"].iloc[0]),
        "x": [None if missing(value) else float(value) for value in rows["value"]],
        "y": [measures.index(key) for key in rows["metric"]],
        "line": {"color": colour, "width": 2.5},
        "marker": {
            "size": 9,
            "color": colour,
            "symbol": symbol,
            "line": {"width": 1, "color": INK},
        },
        "hovertext": _hovers(rows),
        "hoverinfo": "text",
    }

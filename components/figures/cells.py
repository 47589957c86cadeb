"""Counts in a grid of two lists of names; an empty cell is the message, and says so."""

from collections.abc import Callable, Sequence
from typing import Any

from components.figures.base import Figure, axis, figure
from components.figures.leads import SCALE

EMPTY = "✕"


def cells(
    rows: Sequence[str],
    columns: Sequence[str],
    count: Callable[[int, int], int],
    hover: Callable[[int, int], str],
) -> Figure:
    """A heat map of counts; nothing is a cross on a pale cell, never a blank."""
    numbers = [[count(y, x) for x in range(len(columns))] for y in range(len(rows))]
    grid: dict[str, Any] = {
        "type": "heatmap",
        "z": numbers,
        "x": list(range(len(columns))),
        "y": list(range(len(rows))),
        "text": [[f"{n:,}" if n else EMPTY for n in line] for line in numbers],
        "texttemplate": "%{text}",
        "textfont": {"size": 15},
        "hovertext": [[hover(y, x) for x in range(len(columns))] for y in range(len(rows))],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "zmin": 0,
        "colorscale": SCALE,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
    }
    return figure(
        [grid],
        xaxis=axis(
            side="top",
            tickvals=list(range(len(columns))),
            ticktext=list(columns),
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=axis(
            autorange="reversed",
            tickvals=list(range(len(rows))),
            ticktext=list(rows),
            showgrid=False,
            fixedrange=True,
        ),
        margin={"l": 8, "r": 8, "t": 34, "b": 8},
    )

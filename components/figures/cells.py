"""Counts in a grid of two lists of names; an empty cell is the message, and says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.figures.base import Figure, axis, figure
from components.figures.leads import SCALE
from components.figures.palette import INK

EMPTY = "✕"
LONG, LONGER, LINE = 13, 21, 18
"""Signs of the longest name on one line above a column and beside a row; pixels of a line."""


@dataclass(frozen=True)
class Cell:
    """A count with what is written beneath it and what its hover says."""

    count: int
    hover: str
    beneath: str = ""

    @property
    def text(self) -> str:
        """The count over its small words; nothing is a cross, never a blank."""
        if not self.count:
            return EMPTY
        return f"{self.count:,}<br>{small(self.beneath)}" if self.beneath else f"{self.count:,}"


def small(text: str) -> str:
    """Words beneath others, on an axis or in a cell."""
    return f"<span style='font-size:11px'>{text}</span>"


def folded(name: str, most: int = LONG) -> str:
    """A name longer than so many signs on two lines, parted at the space nearest its middle."""
    spaces = [i for i, sign in enumerate(name) if sign == " "]
    if len(name) <= most or not spaces:
        return name
    middle = min(spaces, key=lambda i: abs(i - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def heat(cells: Sequence[Sequence[Cell]], **more: Any) -> dict[str, Any]:
    """The trace of a grid of cells, the darker the more; nothing is always the lightest."""
    z = more.get("z", [[cell.count for cell in row] for row in cells])
    return {
        "type": "heatmap",
        "z": z,
        "text": [[cell.text for cell in row] for row in cells],
        "texttemplate": "%{text}",
        "textfont": {"size": 15, "color": INK},
        "hovertext": [[cell.hover for cell in row] for row in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "hoverongaps": False,
        "zmin": 0,
        "zmax": max((n for row in z for n in row if n), default=1),
        "colorscale": SCALE,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
    } | more


def cells(rows: Sequence[str], columns: Sequence[str], grid: Sequence[Sequence[Cell]]) -> Figure:
    """A heat map with names down the side and across the top."""
    return figure(
        [heat(grid, x=list(range(len(columns))), y=list(range(len(rows))))],
        xaxis=names(columns, list(range(len(columns))), side="top"),
        yaxis=names(rows, list(range(len(rows))), autorange="reversed"),
        margin={"l": 8, "r": 8, "t": 16 + LINE * lines(columns), "b": 8},
    )


def lines(said: Sequence[str]) -> int:
    """How many lines the tallest name takes."""
    return max((name.count("<br>") + 1 for name in said), default=1)


def names(said: Sequence[str], places: Sequence[float], **more: Any) -> dict[str, Any]:
    """An axis of names, upright and still."""
    return axis(
        tickvals=list(places),
        ticktext=list(said),
        tickangle=0,
        showgrid=False,
        fixedrange=True,
        **more,
    )

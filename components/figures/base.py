"""What all charts share: a plain dictionary, one font, no template, and a blank that says why."""

from typing import Any

from components.figures.palette import FONT, HATCH, INK, LINE, MUTED

Figure = dict[str, Any]


def figure(data: list[dict[str, Any]], **layout: Any) -> Figure:
    """A figure with the house's layout under the given one; `uirevision` keeps zoom and pan."""
    base: dict[str, Any] = {
        "font": {"family": FONT, "size": 13, "color": INK},
        "margin": {"l": 48, "r": 16, "t": 16, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
        "uirevision": "kept",
        "autosize": True,
        "showlegend": False,
    }
    return {"data": data, "layout": base | layout}


def legend_above(**more: Any) -> dict[str, Any]:
    """A legend in a line above what is drawn."""
    return {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0} | more


def key_above() -> dict[str, Any]:
    """A legend that is only read: a click hides nothing."""
    return legend_above(y=1.0, itemclick=False, itemdoubleclick=False)


def swatch(name: str, colour: str, pattern: str) -> dict[str, Any]:
    """An entry of a key that stands for no trace."""
    return {
        "type": "bar",
        "x": [None],
        "y": [None],
        "name": name,
        "marker": {"color": colour, "pattern": hatched(pattern)},
        "hoverinfo": "skip",
    }


def hatched(shape: Any, *, size: int = 5, solidity: float = 0.25) -> dict[str, Any]:
    """A pattern over the colour of bars; `shape` is one for all, or one a bar."""
    return {
        "shape": shape,
        "fgcolor": HATCH,
        "size": size,
        "solidity": solidity,
        "fillmode": "overlay",
    }


def axis(**more: Any) -> dict[str, Any]:
    """An axis with quiet lines."""
    return {"gridcolor": LINE, "linecolor": LINE, "zeroline": False, "automargin": True} | more


def hidden_axis(**more: Any) -> dict[str, Any]:
    """An axis that only places things."""
    return {"visible": False, "showgrid": False, "zeroline": False} | more


def blank(message: str) -> Figure:
    """A chart with nothing to draw, which says so."""
    note = {
        "text": message,
        "showarrow": False,
        "font": {"size": 15, "color": MUTED},
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
    }
    return figure([], annotations=[note], xaxis=hidden_axis(), yaxis=hidden_axis())

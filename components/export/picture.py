"""A block's figure as printed: on white, titled, stamped; the browser turns it into PNG or SVG."""

from copy import deepcopy
from typing import Any

from components.export.stamp import Stamp
from components.figures.palette import INK, MUTED

WIDTH, TOP, BOTTOM = 1200, 64, 44


def picture(figure: dict[str, Any], stamp: Stamp, height: int) -> dict[str, Any]:
    """The figure with title above and stamp below it, and its size in pixels."""
    printed = deepcopy(figure)
    layout = printed["layout"]
    margin = {"l": 48, "r": 16, "t": 16, "b": 40} | layout.get("margin", {})
    layout["margin"] = margin | {"t": margin["t"] + TOP, "b": margin["b"] + BOTTOM}
    layout |= {
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "width": WIDTH,
        "height": int(layout.get("height", height)) + TOP + BOTTOM,
        "autosize": False,
        "title": {
            "text": f"<b>{stamp.title}</b>",
            "font": {"size": 22, "color": INK},
            "x": 0.02,
            "xanchor": "left",
            "y": 0.985,
            "yanchor": "top",
            "yref": "container",
        },
    }
    layout["annotations"] = [*layout.get("annotations", []), _foot(stamp, margin["b"])]
    return printed


def _foot(stamp: Stamp, below: int) -> dict[str, Any]:
    return {
        "text": "<br>".join(filter(None, (stamp.short(), stamp.quality))),
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "yshift": -(below + 12),
        "font": {"size": 12, "color": MUTED},
    }

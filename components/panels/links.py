"""Links that carry the slice: a drill step is an address like any other."""

from dataclasses import replace
from typing import Any

from dash import html

from queries.filters import Filters


def drill(content: Any, filters: Filters, level: str, place: str, **more: Any) -> html.A:
    """A link one step down (or up) the drill path, on the map page."""
    return html.A(content, href=f"/map{address(filters.at(level, place)).search}", **more)


def address(filters: Filters) -> Filters:
    """The slice as it should stand in an address: only the deepest place is named."""
    above: dict[str, Any] = {
        name: ""
        for name in ("campus", "cluster", "building", "floor")
        if getattr(filters, name) and filters.level != name
    }
    return replace(filters, **above)

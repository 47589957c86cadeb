"""Links that carry the slice: a drill step is an address like any other."""

from dataclasses import replace
from typing import Any

from dash import html

from queries.filters import Filters


def drill(
    content: Any, filters: Filters, level: str, place: str, page: str = "/map", **more: Any
) -> html.A:
    """A link one step down (or up) the drill path, on the map page unless another is named."""
    return html.A(content, href=f"{page}{address(filters.at(level, place)).search}", **more)


def address(filters: Filters) -> Filters:
    """The slice as it should stand in an address: only the deepest place is named, and no check,
    brand or comparison, which belong to one page."""
    above: dict[str, Any] = {
        name: ""
        for name in ("campus", "cluster", "building", "floor")
        if getattr(filters, name) and filters.level != name
    }
    return replace(uncompared(filters), check="", brand="", **above)


def uncompared(filters: Filters) -> Filters:
    """The slice without what is compared."""
    return replace(filters, compare_as="", units="", measures="", funnel="", against="")


def to_compare(content: Any, filters: Filters, **more: Any) -> html.A:
    """A link to a building beside its peers."""
    return html.A(content, href=f"/compare{address(filters).search}", **more)


def to_portrait(content: Any, filters: Filters, building: str, **more: Any) -> html.A:
    """A link to a building's portrait, with the rest of the slice."""
    place = replace(address(filters.at("building", building)), kind="")
    return html.A(content, href=f"/building{place.search}", **more)


def to_brand(content: Any, filters: Filters, brand: str, **more: Any) -> html.A:
    """A link to a brand's page, with the rest of the slice; without a brand to all of them."""
    return html.A(content, href=f"/brand{replace(address(filters), brand=brand).search}", **more)

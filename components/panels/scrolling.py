"""Tables of rows, in boxes of their own that scroll by mouse, finger and keyboard."""

from collections.abc import Sequence
from typing import Any

from dash import html


def rows_table(heads: Sequence[str], body: list[html.Tr]) -> html.Table:
    """A table of rows under headings."""
    head = html.Thead(html.Tr([html.Th(h, scope="col") for h in heads]))
    return html.Table([head, html.Tbody(body)], className="list")


def scrolling(shown: Any, label: str, *, tall: bool = False) -> html.Div:
    """A box that can be scrolled without a mouse; `label` is what a screen reader calls it."""
    look = "scroll tall" if tall else "scroll"
    return html.Div(shown, className=look, tabIndex="0", role="region", **{"aria-label": label})

"""Fields of plain forms that Dash has no component for."""

from typing import Any

from dash import html

from components.frozen import PLAIN


def field(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """An `<input>` as a component in JSON; `more` are its attributes."""
    return {"type": "Input", "namespace": PLAIN, "props": {"type": kind, "name": name, **more}}


def hidden(name: str, value: str) -> html.Div:
    """Dash has no hidden input of its own: a text field that nobody sees."""
    return html.Div(html.Textarea(value, name=name, className="kept"), hidden=True)

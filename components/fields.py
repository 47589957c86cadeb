"""Fields of plain forms that Dash has no component for; they only live in frozen content."""

from typing import Any

from components.frozen import PLAIN


def field(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """An `<input>` as a component in JSON; `more` are its attributes."""
    return {"type": "Input", "namespace": PLAIN, "props": {"type": kind, "name": name, **more}}

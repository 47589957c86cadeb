"""Icons from the vendored font; always beside words or a label, never alone in meaning."""

from dash import html


def icon(name: str) -> html.I:
    """A Bootstrap icon, hidden from screen readers."""
    return html.I(className=f"bi bi-{name}", **{"aria-hidden": "true"})

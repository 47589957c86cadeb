"""The parts of a long page as links down the page."""

from dash import html

from data.access.viewer import Viewer
from data.locale.translate import t


def jumps(parts: tuple[tuple[str, str], ...], _: Viewer) -> html.Nav:
    """One link for each part: its name, and the block it begins with."""
    links = [html.A(t(name), href=f"#title-{key}", className="chip") for name, key in parts]
    return html.Nav(links, className="chips w-12 jumps", **{"aria-label": t("本页内容")})

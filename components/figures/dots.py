"""Two rates of each building on one line: the distance between them is what one sees."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.palette import ACCENT, LINE, TARGET
from data.locale.translate import t
from queries.coverage import IDENTITY, PLATE
from queries.filters import Filters
from queries.metric import Metric

ROW, EDGES = 17, 84


def display_dots(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Plates as squares, identities as circles, a row a building, the lowest plate rate on top."""
    if df.empty:
        return blank(t("没有党员居住的楼宇"))
    plates = [PLATE.value(n, d) for n, d in zip(df["plates"], df["rooms"], strict=True)]
    shown = [IDENTITY.value(n, d) for n, d in zip(df["shown"], df["members"], strict=True)]
    rows = df.assign(plate=plates, identity=shown).sort_values(
        ["plate", "identity"], kind="stable", na_position="last"
    )
    lines: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for row in rows.itertuples() for x in (row.plate, row.identity, None)],
        "y": [y for row in rows.itertuples() for y in (row.building, row.building, None)],
        "line": {"color": LINE, "width": 3},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    dots = [
        _dots(rows, PLATE, ("plate", "plates", "rooms"), "square", TARGET),
        _dots(rows, IDENTITY, ("identity", "shown", "members"), "circle", ACCENT),
    ]
    return figure(
        [lines, *dots],
        height=EDGES + ROW * len(rows),
        showlegend=True,
        legend=legend_above(y=1.0),
        xaxis=axis(tickformat=".0%", range=[-0.03, 1.03], fixedrange=True),
        yaxis=axis(autorange="reversed", fixedrange=True, tickfont={"size": 12}, dtick=1),
        margin={"l": 8, "r": 8, "t": 40, "b": 36},
    )


def _dots(
    rows: pd.DataFrame, metric: Metric, columns: tuple[str, str, str], symbol: str, colour: str
) -> dict[str, Any]:
    value, part, whole = columns
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t(metric.name),
        "x": rows[value].astype(object).where(rows[value].notna(), None).tolist(),
        "y": rows["building"].tolist(),
        "marker": {"symbol": symbol, "size": 11, "color": colour},
        "hovertext": [
            f"<b>{r.building}</b><br>{t(metric.name)} {metric.show(getattr(r, value))}"
            f"({int(getattr(r, part)):,}/{int(getattr(r, whole)):,})"
            for r in rows.itertuples()
        ],
        "hoverinfo": "text",
    }

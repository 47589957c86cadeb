"""Student groups by how many colleges they cross and how evenly: those of one college stand out."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.palette import ACCENT, INK, TARGET, ZERO
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.student_groups import KINDS

LOOKS = (
    ("circle", ACCENT),
    ("square", TARGET),
    ("diamond", "#7a5c9e"),
    ("triangle-up", "#3f7d4e"),
    ("pentagon", "#b0653a"),
    ("star", "#4b5a67"),
)
"""Shapes and colours of the kinds, in their order."""
STEP, LEAST = 0.1, 0.8
"""The axis begins at a tenth, and at 0.8 at the latest: a small difference stays small."""


def mix_dots(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A mark a group: colleges it crosses against how evenly; a cross at the foot is a group of
    one college, which has no evenness."""
    shown = df[df["everyone"] > 0] if len(df) else df
    if shown.empty:
        return blank(nobody())
    low = min(LEAST, float(shown["evenness"].min() // STEP * STEP)) if _known(shown) else 0.0
    foot = low - 0.05
    own = ((shown[shown["kind"] == kind], kind) for kind in KINDS)
    traces = [
        _kind(rows, kind, look)
        for (rows, kind), look in zip(own, LOOKS, strict=True)
        if _known(rows)
    ]
    single = shown[shown["evenness"].isna()]
    return figure(
        [*traces, *([_single(single, foot)] if len(single) else [])],
        showlegend=True,
        legend=legend_above(),
        xaxis=axis(
            title={"text": t("成员来自几个学院")},
            range=[0, float(shown["colleges"].max()) * 1.05 + 0.5],
            tickformat="d",
            fixedrange=True,
        ),
        yaxis=axis(
            title={"text": t("学院均衡度"), "standoff": 14},
            tickformat=".2f",
            range=[foot - 0.03, 1.02],
            fixedrange=True,
        ),
        margin={"l": 8, "r": 8, "t": 40, "b": 44},
        hovermode="closest",
    )


def nobody() -> str:
    """What is said where no group has a member."""
    return t("你的范围内没有登记了成员的学生团体。")


def _known(rows: pd.DataFrame) -> bool:
    return bool(rows["evenness"].notna().any())


def _kind(rows: pd.DataFrame, kind: str, look: tuple[str, str]) -> dict[str, Any]:
    symbol, colour = look
    known = rows[rows["evenness"].notna()]
    return _marks(known, t(kind), known["evenness"].tolist(), symbol, colour)


def _single(rows: pd.DataFrame, foot: float) -> dict[str, Any]:
    return _marks(rows, t("只有一个学院"), [foot] * len(rows), "x", ZERO.colour)


def _marks(
    rows: pd.DataFrame, name: str, y: list[float], symbol: str, colour: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": rows["colleges"].tolist(),
        "y": y,
        "marker": {
            "symbol": symbol,
            "size": 11,
            "color": colour,
            "line": {"width": 1, "color": INK},
        },
        "hovertext": [_hover(row) for row in rows.itertuples()],
        "hoverinfo": "text",
    }


def _hover(row: Any) -> str:
    even = "—" if pd.isna(row.evenness) else f"{row.evenness:.2f}"
    said = t(
        "{people} 名成员，{colleges} 个学院，均衡度 {even}，{majors} 个专业",
        people=f"{row.everyone:,}",
        colleges=row.colleges,
        even=even,
        majors=row.majors,
    )
    return f"<b>{row.name}</b><br>{t(row.kind)}<br>{said}"

"""Six scores on a radar, beside those of a year before; what they are made of is in the hover."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, blank, figure, legend_above
from components.figures.palette import ACCENT, INK, LINE, MUTED
from data.locale.translate import t
from queries.activities import SIX_TYPES_COVERAGE
from queries.filters import Filters
from queries.metric import Metric


def type_radar(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """One axis a community type, from 0 to 100; a type without a value has no point."""
    if df.empty or df["score"].isna().all():
        return blank(nothing_counted())
    each = df.drop_duplicates("type")
    axes = [f"<b>{t(row.type)}</b> {score(row.score)}" for row in each.itertuples()]
    drawn = [_line(axes, each["score"], t("现在"), {"color": ACCENT, "width": 2.5}) | _shown(df)]
    if each["earlier_score"].notna().any():
        dashed = {"color": MUTED, "width": 1.5, "dash": "dot"}
        drawn.insert(0, _line(axes, each["earlier_score"], t("上年同周"), dashed))
    return figure(
        drawn,
        polar=_polar(),
        margin={"l": 56, "r": 56, "t": 64, "b": 36},
        showlegend=True,
        legend=legend_above(y=1.12, itemclick=False, itemdoubleclick=False),
        hovermode="closest",
        dragmode=False,
    )


def nothing_counted() -> str:
    """What is said where no indicator has a value."""
    return t("你的范围内没有可计算的数据。")


def score(value: Any) -> str:
    """A score as written: whole points, — where there is none."""
    return "—" if pd.isna(value) else f"{value:.0f}"


def indicator(row: Any) -> str:
    """What an indicator of a type is called."""
    if row.metric == SIX_TYPES_COVERAGE.key:
        return t("办过{type}类活动的楼宇", type=t(row.type))
    return t(row.name)


def _polar() -> dict[str, Any]:
    look = {"gridcolor": LINE, "linecolor": LINE}
    small, large = ({"tickfont": {"size": size, "color": INK}} for size in (11, 14))
    return {
        "bgcolor": "rgba(0,0,0,0)",
        "radialaxis": {"range": [0, 100], "nticks": 5, "angle": 90, "tickangle": 90} | look | small,
        "angularaxis": {"direction": "clockwise", "rotation": 90} | look | large,
    }


def _line(axes: list[str], scores: pd.Series, name: str, line: dict[str, Any]) -> dict[str, Any]:
    """A closed line round the axes; it breaks where a score is missing."""
    shown = [None if pd.isna(value) else round(value, 1) for value in scores]
    return {
        "type": "scatterpolar",
        "r": [*shown, shown[0]],
        "theta": [*axes, axes[0]],
        "mode": "lines+markers",
        "name": name,
        "line": line,
        "marker": {"size": 7},
        "connectgaps": False,
        "hoverinfo": "skip",
    }


def _shown(df: pd.DataFrame) -> dict[str, Any]:
    """The filled shape, and each point's indicators beneath the mouse."""
    said = ["<br>".join(_lines(kind, part)) for kind, part in df.groupby("type", sort=False)]
    fill = {"fill": "toself", "fillcolor": "rgba(31,111,139,0.14)"}
    return fill | {"hovertext": [*said, said[0]], "hoverinfo": "text"}


def _lines(kind: Any, part: pd.DataFrame) -> list[str]:
    head = f"<b>{t(str(kind))} {score(part['score'].iloc[0])}</b>"
    return [head, *(f"{indicator(row)} {_fraction(row)}" for row in part.itertuples())]


def _fraction(row: Any) -> str:
    if pd.isna(row.numerator):
        return "—"
    return f"{row.numerator / row.denominator:.1%} {int(row.numerator):,}/{int(row.denominator):,}"

"""The S-curve of students met: this year, the pace to keep, last year, and where it is heading."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.palette import ACCENT, MUTED, TARGET
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

ANYONE = "#6aa9bf"
BAND = "rgba(31,111,139,0.16)"


def met_curve(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Shares day by day; the projection is a band that opens on the as-of day."""
    if df.empty:
        return blank(t("你的范围内没有在校学生"))
    days = [str(day) for day in df["day"]]
    own = _share(df, "numerator", "denominator")
    lines = [
        *_cone(df, days),
        _line(days, list(df["pace"]), t("进度线（按教学日）"), color=TARGET, dash="dot"),
        _line(
            days,
            _share(df, "earlier_numerator", "earlier_denominator"),
            t("上年同期"),
            color=MUTED,
            dash="dash",
        ),
        _line(
            days,
            _share(df, "anyone", "denominator"),
            t("任一辅导员见到"),
            color=ANYONE,
            dash="longdash",
        ),
        _line(days, own, t("自己的辅导员见到"), color=ACCENT, width=3),
    ]
    weeks = df[df["week"] > 0].groupby("week")["day"].min()
    shown = [week for week in weeks.index if week % 2 == 1]
    return figure(
        lines,
        showlegend=True,
        legend=legend_above(traceorder="reversed"),
        yaxis=axis(tickformat=".0%", range=[0, 1.03], fixedrange=True),
        xaxis=axis(
            type="date",
            tickvals=[str(weeks[week]) for week in shown],
            ticktext=[t("第{week}周", week=week) for week in shown],
            showgrid=False,
            fixedrange=True,
        ),
        hovermode="x unified",
        margin={"l": 48, "r": 12, "t": 52, "b": 36},
    )


def _share(df: pd.DataFrame, part: str, whole: str) -> list[float | None]:
    pairs = zip(df[part], df[whole], strict=True)
    return [None if pd.isna(n) or pd.isna(d) or not d else n / d for n, d in pairs]


def _line(
    days: list[str], values: list[float | None], name: str, *, color: str, **look: Any
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days,
        "y": [None if v is None or pd.isna(v) else round(v, 5) for v in values],
        "name": name,
        "line": {"color": color, "width": look.get("width", 2), "dash": look.get("dash", "solid")},
        "hovertemplate": "%{y:.1%}",
    }


def _cone(df: pd.DataFrame, days: list[str]) -> list[dict[str, Any]]:
    ahead = df["projected"].notna()
    if not ahead.any():
        return []
    at = [day for day, known in zip(days, ahead, strict=True) if known]
    low, middle, high = (list(df.loc[ahead, name]) for name in ("low", "projected", "high"))
    edge = {"type": "scatter", "mode": "lines", "x": at, "line": {"width": 0}, "hoverinfo": "skip"}
    return [
        {**edge, "y": high, "showlegend": False},
        {**edge, "y": low, "fill": "tonexty", "fillcolor": BAND, "name": t("预计范围")},
        _line(at, middle, t("学期末预计"), color=ACCENT, dash="dash"),
    ]

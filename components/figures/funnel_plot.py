"""All units on one measure: the funnel plot, and every unit's estimate with its interval."""

from typing import Any

import numpy as np
import pandas as pd

from components.compare_words import nothing_to_compare, pair, percent, share_said
from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.cells import names
from components.figures.palette import ACCENT, INK, LINE, MUTED, TARGET, ZERO
from data.locale.translate import t
from queries.filters import Filters
from queries.funnel import Z95, Z998, Funnel
from queries.metric import Metric
from queries.room_trials import BY_ROOM

CURVE = 120
BEYOND = {2: (ACCENT, "triangle-up"), -2: (ZERO.colour, "triangle-down")}
"""Colour and symbol beyond the 99.8 % limits; all others are grey circles."""
ROW, EDGES = 21, 92
DODGES = (24, -22, 42, -40)
"""Where names stand beside their marks, in turn, so that neighbours do not cover each other."""


def funnel_plot(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A mark a unit: its share over the cases behind it, between the limits of chance around the
    common share. Only those beyond 99.8 % have a colour; the chosen ones carry their names."""
    if df.empty:
        return blank(nothing_on_measure())
    first = df.iloc[0]
    made = Funnel(first["centre"], first["dispersion"], first["spread"], int(first["count"]))
    most = float(df["trials"].max()) * 1.12
    return figure(
        [*_curves(made, most), *_marks(df)],
        showlegend=True,
        legend=legend_above(y=1.0),
        shapes=[_centre(made.centre, horizontal=True)],
        annotations=[*_named(df)],
        xaxis=axis(title={"text": cases(str(first["metric"]))}, range=[0, most], fixedrange=True),
        yaxis=axis(
            title={"text": t(str(first["name"]))},
            tickformat=".0%",
            range=_reach(df, made),
            fixedrange=True,
        ),
        margin={"l": 8, "r": 12, "t": 56, "b": 44},
        hovermode="closest",
    )


def nothing_on_measure() -> str:
    """What a chart says where no unit has a value."""
    return f"{t('没有数据')} · {nothing_to_compare()}"


def cases(metric: str) -> str:
    """What stands behind a share."""
    return t("有学生住的房间数") if metric in BY_ROOM else t("分母")


def _reach(df: pd.DataFrame, made: Funnel) -> list[float]:
    """From a bit below the lowest unit and its limits to a bit above the highest."""
    least = float(df["trials"].min())
    ends = [*made.limits([least], Z998), df["value"].to_numpy(float)]
    every = np.concatenate([np.atleast_1d(end) for end in ends])
    low, high = float(every.min()), float(every.max())
    return [max(low - 0.05, -0.02), min(high + 0.05, 1.02)]


def _curves(made: Funnel, most: float) -> list[dict[str, Any]]:
    at = np.geomspace(max(most / 400, 0.5), most, CURVE)
    found = []
    for z, name, dash in ((Z95, "95%", "dot"), (Z998, "99.8%", "solid")):
        for side, ends in enumerate(made.limits(at, z)):
            found.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": t("{share} 控制限", share=name),
                    "legendgroup": name,
                    "showlegend": side == 0,
                    "x": at.tolist(),
                    "y": ends.tolist(),
                    "line": {"color": MUTED, "width": 1.5, "dash": dash},
                    "hoverinfo": "skip",
                }
            )
    return found


def _marks(df: pd.DataFrame) -> list[dict[str, Any]]:
    sides = (
        (df[df["flag"].abs() < 2], t("在 99.8% 控制限之内"), MUTED, "circle"),
        (df[df["flag"] == 2], t("高于 99.8% 控制限"), *BEYOND[2]),
        (df[df["flag"] == -2], t("低于 99.8% 控制限"), *BEYOND[-2]),
    )
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": rows["trials"].tolist(),
            "y": rows["value"].tolist(),
            "marker": {
                "size": [13 if one else 9 for one in rows["chosen"]],
                "symbol": symbol,
                "color": colour,
                "line": {"width": [2 if one else 0 for one in rows["chosen"]], "color": INK},
            },
            "hovertext": [_hover(row) for row in rows.itertuples()],
            "hoverinfo": "text",
        }
        for rows, name, colour, symbol in sides
        if len(rows)
    ]


def _hover(row: Any) -> str:
    said = share_said(t(row.name), row.value, pair(row))
    return f"<b>{row.unit}</b><br>{said}<br>{t(row.verdict)}"


def _named(df: pd.DataFrame) -> list[dict[str, Any]]:
    """Names of those chosen and of those beyond the outer limits, above and below in turn."""
    shown = df[(df["chosen"] == 1) | (df["flag"].abs() == 2)].sort_values("trials")
    return [
        {
            "x": row.trials,
            "y": row.value,
            "text": f"<b>{row.unit}</b>" if row.chosen else row.unit,
            "ax": 0,
            "ay": DODGES[place % len(DODGES)],
            "arrowcolor": LINE,
            "arrowwidth": 1,
            "font": {"size": 11, "color": INK},
        }
        for place, row in enumerate(shown.itertuples())
    ]


def _centre(value: float, *, horizontal: bool) -> dict[str, Any]:
    ends = ("y", "x") if horizontal else ("x", "y")
    across = {f"{ends[1]}ref": "paper", f"{ends[1]}0": 0, f"{ends[1]}1": 1}
    line = {"color": TARGET, "width": 1.5, "dash": "dash"}
    return {"type": "line", f"{ends[0]}0": value, f"{ends[0]}1": value, "line": line} | across


def caterpillar(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A row a unit, in their order and never by rank: the share itself with its interval above, the
    estimate drawn in toward the group's mean beneath."""
    if df.empty:
        return blank(nothing_on_measure())
    places = list(range(len(df)))
    labels = [f"<b>{r.unit}</b>" if r.chosen else r.unit for r in df.itertuples()]
    raw = _estimates(df, ("value", "low", "high"), -0.17, (t("原始比率"), MUTED, "circle-open"))
    traces = [raw]
    shapes = []
    if df["estimate"].notna().all():
        looks = (t("收缩估计"), ACCENT, "circle")
        traces.append(_estimates(df, ("estimate", "near", "far"), 0.17, looks))
        shapes.append(_centre(float(df["centre"].iloc[0]), horizontal=False))
    return figure(
        traces,
        height=EDGES + ROW * max(len(df), 4),
        showlegend=True,
        legend=legend_above(y=1.0),
        shapes=shapes,
        xaxis=axis(tickformat=".0%", fixedrange=True),
        yaxis=names(labels, places, range=[len(df) - 0.4, -0.6], tickfont={"size": 12}),
        margin={"l": 8, "r": 12, "t": 40, "b": 36},
        hovermode="closest",
        meta={"paper": 700},
    )


def _estimates(
    df: pd.DataFrame, columns: tuple[str, str, str], shift: float, look: tuple[str, str, str]
) -> dict[str, Any]:
    value, low, high = (df[name].astype(float) for name in columns)
    name, colour, symbol = look
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": value.tolist(),
        "y": [place + shift for place in range(len(df))],
        "marker": {"size": 8, "color": colour, "symbol": symbol},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (high - value).clip(lower=0).tolist(),
            "arrayminus": (value - low).clip(lower=0).tolist(),
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        },
        "hovertext": [
            f"<b>{unit}</b><br>{share_said(name, at, f'{percent(a)}–{percent(b)}')}"
            for unit, at, a, b in zip(df["unit"], value, low, high, strict=True)
        ],
        "hoverinfo": "text",
    }

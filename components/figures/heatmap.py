"""Building × floor on one screen: every floor of the slice is a cell, wings side by side."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure
from components.figures.palette import LEGEND, shade
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.places import UNPLACED

ROW, HEAD = 21, 92


def floor_heatmap(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """Cells carry the floor's id as `customdata`; marks in them repeat what the colour says."""
    if df.empty:
        return blank(t("这里没有楼层数据"))
    buildings = list(dict.fromkeys(df["building"]))
    columns, ticks, wings = _columns(df)
    shape = (len(buildings), len(ticks))
    z: list[list[float | None]] = [[None] * shape[1] for _ in range(shape[0])]
    marks = [[""] * shape[1] for _ in range(shape[0])]
    hover = [[""] * shape[1] for _ in range(shape[0])]
    ids: list[list[str | None]] = [[None] * shape[1] for _ in range(shape[0])]
    row_of = {name: i for i, name in enumerate(buildings)}
    for row, column in zip(df.itertuples(), columns, strict=True):
        y = row_of[str(row.building)]
        value = metric.value(row.numerator, row.denominator)
        z[y][column] = LEGEND.index(shade(value))
        marks[y][column] = _mark(value, row)
        hover[y][column] = _hover(row, metric, value)
        ids[y][column] = str(row.floor_id) or None
    cells = of_classes(
        [look.colour for look in LEGEND],
        z=z,
        x=list(range(shape[1])),
        y=buildings,
        text=marks,
        textfont={"size": 11},
        hovertext=hover,
        customdata=ids,
    )
    return figure(
        [cells],
        height=HEAD + ROW * shape[0],
        margin={"l": 96, "r": 8, "t": 52, "b": 8},
        xaxis=axis(
            side="top",
            tickvals=[i for i, s in enumerate(ticks) if s],
            ticktext=[s for s in ticks if s],
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=axis(autorange="reversed", showgrid=False, fixedrange=True, tickfont={"size": 12}),
        annotations=wings,
    )


def _columns(df: pd.DataFrame) -> tuple[list[int], list[str], list[dict[str, Any]]]:
    """For each row its column, then the tick of every column and a heading for every wing.

    Wings stand in the order of their names, a blank column between them; what has no floor stands
    in a last column of its own.
    """
    placed = df[df["floor_id"] != ""]
    order = placed.groupby("building")["wing"].rank("dense").astype(int)
    ticks: list[str] = []
    column_of: dict[Any, int] = {}
    headings = []
    for number, rows in placed.groupby(order):
        ticks += [""] if ticks else []
        start, lowest = len(ticks), int(rows["level"].min())
        ticks += [str(n) for n in range(lowest, int(rows["level"].max()) + 1)]
        column_of |= {i: start + int(n) - lowest for i, n in rows["level"].items()}
        headings.append(_heading(int(str(number)), start, len(ticks)))
    if len(placed) < len(df):
        ticks += ["", t(UNPLACED)] if ticks else [t(UNPLACED)]
    columns = [column_of.get(i, len(ticks) - 1) for i in df.index]
    return columns, ticks, headings if len(headings) > 1 else []


def _heading(number: int, start: int, stop: int) -> dict[str, Any]:
    return {
        "text": t("第{number}区", number=number),
        "x": (start + stop - 1) / 2,
        "y": 1,
        "yref": "paper",
        "yshift": 24,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12},
    }


def _mark(value: float | None, row: Any) -> str:
    if value is None:
        return "–" if row.exempt else ""
    if row.denominator == 1:
        return "" if value else "✕"
    return f"{value * 100:.0f}"


def _hover(row: Any, metric: Metric, value: float | None) -> str:
    name = f"<b>{row.building}{row.floor}</b>"
    if value is None:
        return f"{name}<br>{t('不要求设组织') if row.exempt else t('没有数据')}"
    return f"{name}<br>{t(metric.name)} {metric.show(value)}({row.numerator}/{row.denominator})"


def of_classes(colours: list[str], **more: Any) -> dict[str, Any]:
    """A heat map of `z` by the number of a class: a colour each, in steps, not a ramp."""
    return {
        "type": "heatmap",
        "texttemplate": "%{text}",
        "hovertemplate": "%{hovertext}<extra></extra>",
        "zmin": -0.5,
        "zmax": len(colours) - 0.5,
        "colorscale": _stepped(colours),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    } | more


def _stepped(colours: list[str]) -> list[list[Any]]:
    n = len(colours)
    return [[(i + edge) / n, colour] for i, colour in enumerate(colours) for edge in (0, 1)]

"""Building × key date: covered, a gap, still open, not begun; buildings grouped by cluster."""

from dataclasses import dataclass
from math import ceil
from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, hidden_axis, key_above, swatch
from components.figures.campus_map import distinct
from components.figures.cells import small
from components.figures.heatmap import of_classes
from components.figures.palette import INK, NONE, ZERO
from data.locale.translate import t
from queries.filters import Filters
from queries.key_dates import AHEAD, COVERED, MISSED, OPEN
from queries.metric import Metric

WIDEST, NARROWEST = 44, 16
"""Columns side by side before the next clusters begin a band of their own; where there are few,
room for so many is kept."""
BETWEEN, SMALLEST = 0.3, 1.8
"""In columns: the gap between clusters, and the room a cluster's name needs."""
ROW, HEAD, EDGES = 38, 1.5, 52
"""Pixels of a row and of what surrounds the rows; in rows, the headings of a band."""


@dataclass(frozen=True)
class Look:
    """How a state is drawn: colour, mark, pattern in the legend."""

    state: str
    colour: str
    mark: str
    pattern: str = ""


LOOKS = (
    Look(COVERED, "#2c7a95", "●"),
    Look(OPEN, "#f3cfa9", "○"),
    Look(MISSED, ZERO.colour, "✕", "/"),
    Look(AHEAD, NONE.colour, "·"),
)
CLASS = {look.state: number for number, look in enumerate(LOOKS)}


@dataclass(frozen=True)
class Column:
    """A building: its band, where it stands in it, and the number it has among its neighbours."""

    band: int
    left: float
    number: str
    name: str


@dataclass(frozen=True)
class Heading:
    """A cluster's name over its columns."""

    band: int
    middle: float
    text: str


def node_matrix(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """A row a key date, a column a building; cells drill to their building."""
    if df.empty:
        return blank(t("本学期没有登记关键节点，或不在你的范围内。"))
    columns, headings = _columns(df)
    nodes = list(df.drop_duplicates("node_id").itertuples())
    bands = 1 + max(column.band for column in columns.values())
    tall, wide = len(nodes) + HEAD, max(column.left + 1 for column in columns.values())
    tops = [band * tall + HEAD for band in range(bands)]
    heats = [_cells(df, columns, nodes, band, tops[band]) for band in range(bands)]
    ticks = [top + i + 0.5 for top in tops for i in range(len(nodes))]
    return figure(
        [*_legend(df), *heats],
        height=int(EDGES + ROW * tall * bands),
        margin={"l": 8, "r": 4, "t": 34, "b": 8},
        meta={"paper": int(24 * wide + 130)},
        showlegend=True,
        legend=key_above(),
        annotations=[
            *(_number(column, tops[column.band]) for column in columns.values()),
            *(_heading(heading, tops[heading.band]) for heading in headings),
        ],
        xaxis=hidden_axis(range=[0, max(wide, NARROWEST)], fixedrange=True),
        yaxis=axis(
            range=[bands * tall, 0],
            tickvals=ticks,
            ticktext=[_row_name(df, node, metric) for node in nodes] * bands,
            showgrid=False,
            fixedrange=True,
        ),
        hovermode="closest",
        dragmode=False,
    )


def _columns(df: pd.DataFrame) -> tuple[dict[str, Column], list[Heading]]:
    """Every building's column by its id, clusters side by side until a band is full."""
    columns: dict[str, Column] = {}
    headings: list[Heading] = []
    band, left = 0, 0.0
    places = df.drop_duplicates("building_id")
    for _, members in places.groupby("cluster_id", sort=False):
        width = max(float(len(members)), SMALLEST)
        if left and left + width > WIDEST:
            band, left = band + 1, 0.0
        name = str(members.iloc[0]["cluster"])
        middle = left + min(width, WIDEST) / 2
        headings.append(Heading(band, middle, _folded(name, max(2, int(width * 2.4)))))
        first = left + (width - len(members)) / 2
        for number, (short, row) in enumerate(
            zip(distinct(list(members["building"])), members.itertuples(), strict=True)
        ):
            down, along = divmod(number, WIDEST)
            at = Column(band + down, first + along, short, str(row.building))
            columns[str(row.building_id)] = at
        band += (len(members) - 1) // WIDEST
        left += width + BETWEEN
    return columns, headings


def _folded(text: str, most: int) -> str:
    """A name in at most two lines of so many characters."""
    if len(text) <= most:
        return text
    half = ceil(len(text) / 2)
    return f"{text[:half]}<br>{text[half:]}"


def _cells(
    df: pd.DataFrame, columns: dict[str, Column], nodes: list[Any], band: int, top: float
) -> dict[str, Any]:
    """One band: columns one wide, the gaps between clusters as columns without a value."""
    here = {key: column for key, column in columns.items() if column.band == band}
    edges = sorted({edge for column in here.values() for edge in (column.left, column.left + 1)})
    place = {key: edges.index(column.left) for key, column in here.items()}
    row_of = {node.node_id: i for i, node in enumerate(nodes)}
    shape = (len(nodes), len(edges) - 1)
    z: list[list[int | None]] = [[None] * shape[1] for _ in range(shape[0])]
    text = [[""] * shape[1] for _ in range(shape[0])]
    hover = [[""] * shape[1] for _ in range(shape[0])]
    ids: list[list[dict[str, str] | None]] = [[None] * shape[1] for _ in range(shape[0])]
    for row in df[df["building_id"].isin(here)].itertuples():
        y, x = row_of[row.node_id], place[str(row.building_id)]
        look = LOOKS[CLASS[str(row.state)]]
        z[y][x], text[y][x] = CLASS[look.state], look.mark
        hover[y][x], ids[y][x] = _hover(row), {"building": str(row.building_id)}
    return of_classes(
        [look.colour for look in LOOKS],
        x=edges,
        y=[top + i for i in range(shape[0] + 1)],
        z=z,
        text=text,
        textfont={"size": 14},
        hovertext=hover,
        hoverongaps=False,
        customdata=ids,
    )


def _hover(row: Any) -> str:
    days = t("{first} 至 {last}", first=str(row.starts), last=str(row.ends))
    said = t(str(row.state))
    if row.state == COVERED:
        said = t("{day} 首次走访", day=str(row.first_visit))
    return f"<b>{row.building}</b><br>{row.node}<br>{days}<br>{said}"


def _row_name(df: pd.DataFrame, node: Any, metric: Metric) -> str:
    """A key date and how many of its buildings are covered."""
    pairs = df[df["node_id"] == node.node_id]
    made, due = int(pairs["numerator"].sum()), int(pairs["denominator"].sum())
    said = t("{day} 开始", day=f"{node.starts:%m-%d}")
    if due:
        said = f"{metric.show(metric.value(made, due))} · {made:,}/{due:,}"
    return f"<b>{node.node}</b><br>{small(said)}"


def _number(column: Column, top: float) -> dict[str, Any]:
    small = len(column.number) > 3
    return {
        "x": column.left + 0.5,
        "y": top,
        "text": column.number,
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": 10 if small else 12, "color": INK},
        "textangle": -90 if small else 0,
    }


def _heading(heading: Heading, top: float) -> dict[str, Any]:
    return {
        "x": heading.middle,
        "y": top - 0.52,
        "text": f"<b>{heading.text}</b>",
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": 12, "color": INK},
    }


def _legend(df: pd.DataFrame) -> list[dict[str, Any]]:
    """A swatch a state, with its mark and how many pairs are in it."""
    counts = df["state"].value_counts()
    return [
        swatch(f"{look.mark} {t(look.state)} {counts[look.state]:,}", look.colour, look.pattern)
        for look in LOOKS
        if look.state in counts
    ]

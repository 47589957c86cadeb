"""Buildings × what they should have: spaces by function, culture features by kind. What is missing
is a hatched cell with a cross; buildings that miss most stand first."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components.development_words import areas, no_homes, seats, since
from components.figures.cells import EMPTY
from components.panels.links import to_portrait
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

Cell = Callable[[Any], html.Td]
FAINT, DEEP = 0.05, 0.38
"""How strongly the least and the most of an amount colour their cell."""


def space_board(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Area over seats for a hundred residents, the deeper the more area."""
    if df.empty:
        return html.P(no_homes(), className="empty")
    most = max((each for each in df["area_each"] if each is not None), default=0) or 1
    label = t("五项功能 × 楼宇")
    return _matrix(df, "function", "spaces", lambda row: _space(row, most), label, filters)


def _space(row: Any, most: float) -> html.Td:
    strength = FAINT + (DEEP - FAINT) * (row.area_each or 0) / most
    return html.Td(
        two_lines(areas(row), seats(row)),
        className="num there",
        style={"background": f"rgb(44 122 149 / {strength:.2f})"},
        title=t("{count} 处空间", count=f"{row.spaces:,}"),
    )


def culture_board(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """How many of each kind over the day the first was built."""
    if df.empty:
        return html.P(no_homes(), className="empty")
    return _matrix(df, "kind", "features", _features, t("文化设施 × 楼宇"), filters)


def _features(row: Any) -> html.Td:
    said = t("{count} 处设施", count=f"{row.features:,}")
    return html.Td(two_lines(said, since(row.since)), className="num there")


def _matrix(
    df: pd.DataFrame, key: str, count: str, cell: Cell, label: str, filters: Filters
) -> html.Div:
    kinds = list(dict.fromkeys(df[key]))
    head = [t("楼宇"), *(t(kind) for kind in kinds), t("缺几项")]
    body = [_total(df, key, count, kinds)]
    for _, rows in df.groupby("building_id", sort=False):
        cells = [cell(row) if getattr(row, count) else _nothing() for row in rows.itertuples()]
        first = rows.iloc[0]
        place = to_portrait(first["building"], filters, first["building_id"])
        body.append(html.Tr([html.Td(place), *cells, _lacking(int(first["lacking"]))]))
    return html.Div(table(head, body, label), className="space-board")


def _nothing() -> html.Td:
    return html.Td([EMPTY, html.Span(t("没有"), className="visually-hidden")], className="num gap")


def _lacking(number: int) -> html.Td:
    return html.Td(f"{number}" if number else "·", className="num bad" if number else "num muted")


def _total(df: pd.DataFrame, key: str, count: str, kinds: list[str]) -> html.Tr:
    """In how many of the buildings there is at least one of each."""
    every, lacking = df["building_id"].nunique(), int((df[count] == 0).sum())
    having = {kind: int((rows[count] > 0).sum()) for kind, rows in df.groupby(key)}
    cells = [
        html.Td(t("{count}/{all} 栋", count=having[kind], all=every), className="num")
        for kind in kinds
    ]
    name = html.Td(t("{count} 栋住宿楼宇", count=every))
    return html.Tr([name, *cells, _lacking(lacking)], className="total")

"""Finding a building: by whatever it is called, from a list by place, or the next one along."""

from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from components.icons import icon
from components.panels.links import to_compare, to_portrait
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


def building_finder(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """A field that knows every alias; with a building its neighbours, without one all of them."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼宇"), className="empty")
    here = df.index[df["building_id"] == filters.building]
    more = _neighbours(df, int(here[0]), filters) if len(here) else _directory(df, filters)
    return html.Div([_field(df), more], className="finder" if len(here) else "finder whole")


def finder_words(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """What to do, or where in the row of buildings one stands."""
    here = df.index[df["building_id"] == filters.building]
    if not len(here):
        return t("选择一栋楼，看它的一键画像：可以输入名称、别名或编号，如 桃3。")
    same = df[df["campus"] == df.loc[here[0], "campus"]]
    place = int((same.index <= here[0]).sum())
    campus = df.loc[here[0], "campus"]
    return t(
        "{campus} {count} 栋楼中的第 {place} 栋。", campus=campus, count=len(same), place=place
    )


def _field(df: pd.DataFrame) -> html.Form:
    options = [
        html.Option(value=row.building, label=f"{row.building} {row.called}")
        for row in df.itertuples()
    ]
    return html.Form(
        [
            html.Label(t("查找楼宇"), htmlFor="find-building"),
            dbc.Input(
                id="find-building",
                name="building",
                type="text",
                list="building-names",
                placeholder=t("名称、别名或编号"),
                autocomplete="off",
            ),
            html.Datalist(options, id="building-names"),
            html.Button(
                [icon("search"), html.Span(t("打开"))], type="submit", className="tool strong"
            ),
        ],
        action="/building",
        className="find-building",
    )


def _neighbours(df: pd.DataFrame, here: int, filters: Filters) -> html.Nav:
    """The buildings before and after it on its campus, in the order people count them."""
    same = df[df["campus"] == df.loc[here, "campus"]]
    before, after = same[same.index < here].tail(1), same[same.index > here].head(1)
    every = html.A(t("全部楼宇"), href=f"/building{filters.at('campus', '').search}")
    return html.Nav(
        [
            _step(before, filters, "arrow-left", t("上一栋")),
            every,
            to_compare(t("和同类楼宇对比"), filters),
            _step(after, filters, "arrow-right", t("下一栋")),
        ],
        className="neighbours",
        **{"aria-label": t("相邻楼宇")},
    )


def _step(rows: pd.DataFrame, filters: Filters, symbol: str, label: str) -> Any:
    if rows.empty:
        return html.Span(f"{label}：—", className="muted")
    row = rows.iloc[0]
    return to_portrait(
        [icon(symbol), html.Span(f"{label}：{row['building']}")], filters, row["building_id"]
    )


def _directory(df: pd.DataFrame, filters: Filters) -> html.Div:
    groups = df.groupby(["campus", "cluster"], sort=False)
    return html.Div(
        [
            html.Section(
                [
                    html.H3(f"{campus} · {cluster}"),
                    html.Ul(
                        [
                            html.Li(
                                [
                                    to_portrait(row.building, filters, row.building_id),
                                    html.Span(t(row.kind), className="muted"),
                                ]
                            )
                            for row in rows.itertuples()
                        ]
                    ),
                ]
            )
            for (campus, cluster), rows in groups
        ],
        className="directory",
    )

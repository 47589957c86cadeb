"""试算: a slider for each dimension, and whose place moves most under other weights."""

from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.ranking import PAGE, nothing_to_see
from components.panels.rosters import table
from data.locale.translate import t
from data.schemes.scheme import Dimension
from queries.filters import Filters
from queries.metric import Metric
from queries.schemes import chosen_scheme
from queries.trial import tried_points

SHOWN = 12
"""So many rows stand open; the rest is folded away."""


def what_if_panel(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """The sliders, that nothing is saved, and the places before and after."""
    if df.empty:
        return html.P(nothing_to_see(), className="empty")
    note = html.P(
        t("这是试算：只写在网址里，不会保存，也不改变方案和上面的排名。"), className="muted"
    )
    return html.Div([_sliders(filters), note, *_moves(df)], className="what-if")


def _sliders(filters: Filters) -> html.Form:
    scheme = chosen_scheme(filters)
    points = tried_points(scheme, filters.weights)
    kept = replace(address(filters), weights="").search
    buttons: list[Any] = [html.Button(t("试算"), type="submit", className="tool strong")]
    if filters.weights:
        back = f"{PAGE}{kept}#title-what_if"
        buttons.append(html.A(t("恢复方案的分值"), href=back, className="chip"))
    return html.Form(
        [
            html.Div(
                [_slider(one, points[one.key]) for one in scheme.dimensions],
                className="what-if-sliders",
            ),
            html.Div(
                [
                    *buttons,
                    html.Span(
                        t("各项合计不是 100 时按比例折算成 100；一级指标内部的比例不变。"),
                        className="muted",
                    ),
                ],
                className="what-if-buttons",
            ),
        ],
        action=PAGE,
        className="what-if-form",
        **{"data-kept": kept},
    )


def _slider(dimension: Dimension, points: float) -> html.Div:
    field = f"try-{dimension.key}"
    own = f"{dimension.weight:g}"
    return html.Div(
        [
            html.Label(
                [
                    t(dimension.name),
                    html.Span(t("方案 {points} 分", points=own), className="muted"),
                ],
                htmlFor=field,
            ),
            dbc.Input(
                id=field,
                name=dimension.key,
                type="range",
                min=0,
                max=100,
                step=1,
                value=round(points),
                class_name="form-range",
            ),
            html.Output(f"{round(points)}", htmlFor=field, className="num"),
        ],
        className="what-if-slider",
    )


def _moves(df: pd.DataFrame) -> list[Any]:
    if not df["tried"].iloc[0]:
        said = t("拖动滑块（或用方向键），再按“试算”，这里列出名次的变动，变动大的在前。")
        return [html.P(said, className="empty")]
    moved = df[df["moved"].fillna(0) != 0]
    if moved.empty:
        return [html.P(t("这样改，没有一个单位的名次变动。"), className="empty")]
    parts: list[Any] = [_table(df.head(SHOWN))]
    if len(df) > SHOWN:
        rest = t("其余 {count} 个单位", count=len(df) - SHOWN)
        parts.append(html.Details([html.Summary(rest), _table(df.iloc[SHOWN:])]))
    return parts


def _table(df: pd.DataFrame) -> html.Div:
    heads = [t("单位"), t("同类组"), t("方案名次"), t("试算名次"), t("变动"), t("总分")]
    return table(heads, [_row(row) for row in df.itertuples()], t("试算"))


def _row(row: Any) -> html.Tr:
    tried = "—" if pd.isna(row.tried_rank) else f"{row.tried_rank:.0f}/{row.of}"
    total = "—" if pd.isna(row.tried_total) else f"{row.tried_total:.1f}"
    return html.Tr(
        [
            html.Td(row.unit),
            html.Td(t(row.peer_group), className="muted"),
            html.Td(f"{row.rank:.0f}/{row.of}", className="num"),
            html.Td(html.B(tried), className="num"),
            html.Td(_change(row.moved)),
            html.Td(f"{row.total:.1f} → {total}", className="num"),
        ]
    )


def _change(moved: float) -> html.Span:
    """By sign and word as well as colour."""
    if pd.isna(moved):
        return html.Span(t("没有总分"), className="muted")
    if not moved:
        return html.Span(t("不变"), className="muted")
    if moved > 0:
        return html.Span(t("▲ 升 {places} 位", places=int(moved)), className="good")
    return html.Span(t("▼ 降 {places} 位", places=int(-moved)), className="bad")

"""楼宇辅导员 in buildings for graduates: who, since when, and how many students each serves."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill, to_portrait
from components.panels.rosters import number, table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.forces import GRADUATES
from queries.forces_posts import LEVELS
from queries.metric import Metric

PAGE = "/forces"


def counselor_posts(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Buildings without a building counselor first; a bar of the students each of the others
    serves, with a mark at the norm."""
    if df.empty:
        return html.P(t("你的范围内没有研究生楼宇或混合楼宇。"), className="empty")
    head = [
        t("楼宇"),
        t("居住对象"),
        t("楼宇辅导员"),
        t("住在楼里"),
        *(t(v) for v in LEVELS.values()),
    ]
    head.append(t("每名楼宇辅导员服务的学生"))
    most = max(
        float(df["each"].max()) if df["each"].notna().any() else 0.0, float(df["norm"].max())
    )
    body = [_post(row, filters, most) for row in df.itertuples()]
    return table(head, body, t("楼宇辅导员"))


def _post(row: Any, filters: Filters, most: float) -> html.Tr:
    link = to_portrait(t("画像"), filters, row.building_id, className="portrait-link")
    place = drill(row.building, filters, "building", row.building_id, PAGE)
    return html.Tr(
        [
            html.Td([place, " ", link]),
            html.Td(t(row.kind)),
            html.Td(_who(row)),
            number(row.residents),
            *(number(getattr(row, level)) for level in LEVELS),
            html.Td(_load(row, most)),
        ]
    )


def _who(row: Any) -> Any:
    """Names over the day the first of them was appointed; a gap only where one is asked for."""
    if row.number:
        return two_lines(row.counselors, t("{day} 起", day=str(row.since)))
    if row.kind == GRADUATES:
        return html.B(t("未聘任"), className="bad")
    return html.Span(t("未聘任（不要求）"), className="muted")


def _load(row: Any, most: float) -> html.Div:
    """How many each serves, beside how many the term sets for one counselor."""
    norm = html.Div(className="meter-target", style={"left": f"{row.norm / most:.1%}"})
    if pd.isna(row.each):
        said = t("没有人服务，参考 1:{norm}", norm=f"{row.norm:,}")
        return html.Div(html.Span(said), className="party-meter load")
    bar = html.Div(className="meter-bar", style={"width": f"{row.each / most:.1%}"})
    said = t(
        "1:{each}（参考 1:{norm} 的 {times} 倍）",
        each=f"{row.each:,.0f}",
        norm=f"{row.norm:,}",
        times=f"{row.each / row.norm:.1f}",
    )
    track = html.Div([bar, norm], className="meter", **{"aria-hidden": "true"})
    return html.Div([track, html.Span(said)], className="party-meter load")

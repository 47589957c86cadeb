"""Who is not on a roster yet: by building, by floor, and by name where one may know."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill
from components.panels.scrolling import scrolling
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.party_rosters import GAPS

PAGE = "/party"


def table(head: list[str], body: list[html.Tr], label: str, more: str = "") -> html.Div:
    """A list with headings, in a box of its own that scrolls; on a phone, where rows become
    paragraphs, each cell says its own heading. `more` says below how much there is."""
    for row in body:
        for heading, cell in zip(head, row.children, strict=True):
            setattr(cell, "data-label", heading)
    heads = html.Thead(html.Tr(_headings(head, body[0])))
    shown = html.Table([heads, html.Tbody(body)], className="list")
    box = scrolling(shown, label, tall=True)
    return html.Div([box, html.P(more, className="more")], className="listing") if more else box


def _headings(head: list[str], first: html.Tr) -> list[html.Th]:
    """Over counts they stand on the right, as the counts do."""
    looks = [getattr(cell, "className", "") or "" for cell in first.children]
    return [
        html.Th(h, scope="col", className="num" if "num" in look.split() else "")
        for h, look in zip(head, looks, strict=True)
    ]


def number(value: Any) -> html.Td:
    """A count in a cell; nothing to worry about stays quiet."""
    return html.Td(f"{value:,}" if value else "·", className="num" if value else "num muted")


def roster_gaps(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div | html.P:
    """One row per building: a bar of who is on the roster, and the gap by kind."""
    if df.empty:
        return html.P(t("你的范围内没有党员、发展对象或入党积极分子居住。"), className="empty")
    kinds = [t("党员"), t("预备"), t("发展对象"), t("积极分子")]
    head = [t("楼宇"), t("在册"), t("还差"), *kinds, t("牵头学院")]
    return table(head, [_building(row, metric, filters) for row in df.itertuples()], t("应纳尽纳"))


def _building(row: Any, metric: Metric, filters: Filters) -> html.Tr:
    owner = row.owner if isinstance(row.owner, str) else t("学生社区党工委")
    gap = html.Td(html.B(f"{row.gap:,}"), className="num bad" if row.gap else "num muted")
    return html.Tr(
        [
            html.Td(drill(row.building, filters, "building", row.building_id, PAGE)),
            html.Td(meter(row.numerator, row.denominator, metric)),
            gap,
            *(number(getattr(row, name)) for name in GAPS),
            html.Td(owner, className="muted"),
        ]
    )


def meter(numerator: int, denominator: int, metric: Metric) -> html.Div:
    """A rate as a bar with its words."""
    value = metric.value(numerator, denominator)
    bar = html.Div(className="meter-bar", style={"width": f"{(value or 0) * 100:.1f}%"})
    said = f"{metric.show(value)}　{numerator:,}/{denominator:,}"
    return html.Div(
        [html.Div(bar, className="meter", **{"aria-hidden": "true"}), html.Span(said)],
        className="party-meter",
    )


def unlisted_floors(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div | html.P:
    """Floors of the building with someone missing, each a link to the names."""
    if df.empty:
        return html.P(t("这栋楼应纳入的人都已在工作站名册上。"), className="empty")
    rows = [
        html.Tr(
            [
                html.Td(
                    drill(row.floor, filters, "floor", row.floor_id, PAGE)
                    if row.floor_id
                    else t("未归属")
                ),
                html.Td(meter(row.numerator, row.denominator, metric)),
                html.Td(html.B(f"{row.gap:,}"), className="num bad"),
            ]
        )
        for row in df.itertuples()
    ]
    return table([t("楼层"), t("在册"), t("还差")], rows, t("还没有纳入的人"))


def unlisted_people(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Names, for those who may know them, the longest missing first."""
    if df.empty:
        return html.P(t("没有未纳入的人，或他们不在你的职责范围内。"), className="empty")
    head = [t("学号"), t("姓名"), t("政治面貌"), t("学院"), t("房间"), t("未纳入")]
    body = [
        html.Tr(
            [
                html.Td(row.student_id),
                html.Td(row.name if isinstance(row.name, str) else "—"),
                html.Td(t(row.political_status)),
                html.Td(row.college),
                html.Td(drill(row.room, filters, "room", row.room_id)),
                html.Td(t("{days} 天", days=f"{int(row.days):,}"), className="num"),
            ]
        )
        for row in df.itertuples()
    ]
    return table(head, body, t("还没有纳入的人"))

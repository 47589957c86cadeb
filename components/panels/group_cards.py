"""学生参与 as cards: came into the community, buildings, colleges and majors crossed."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.rate_card import Face, rate_card, value_of
from data.locale.translate import t
from queries.filters import Filters
from queries.group_rates import CROSS_COLLEGE, CROSS_MAJOR, GROUP_METRICS
from queries.metric import Metric

BLOCK_OF = {
    "groups_in_community": "group_kinds",
    "group_buildings": "group_matrix",
    "cross_college_groups": "group_mix",
    "cross_major_groups": "group_list",
}
"""Where on the page a card leads."""


def group_cards(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Four cards; the policy sets no share, so none has a target."""
    if df.empty:
        return html.P(t("你的范围内没有学生团体。"), className="empty")
    rows = {row.metric: row for row in df.itertuples()}
    cards = [_card(metric, rows.get(metric.key), filters) for metric in GROUP_METRICS]
    return html.Div(cards, className="cards")


def _card(metric: Metric, row: Any, filters: Filters) -> html.Div:
    face = Face(
        href=f"/participation{address(filters).search}#title-{BLOCK_OF[metric.key]}",
        change=_change(metric, row),
        beneath=[html.Div(_note(metric, row), className="card-note")],
        target=None,
    )
    return rate_card(metric, row, face, filters)


def _change(metric: Metric, row: Any) -> html.Span | None:
    """What it was in the same teaching week of the year before."""
    value = value_of(metric, row)
    if value is None:
        return None
    before = metric.value(row.earlier_numerator or 0, row.earlier_denominator or 0)
    if before is None:
        return html.Span(t("上年无数据"), className="change none")
    sign = "▲" if value > before else "▼"
    said = t("上年同周 {value}", value=metric.show(before))
    if abs(value - before) >= 0.0005:
        said = t("{sign} 上年同周 {value}", sign=sign, value=metric.show(before))
    return html.Span(said, className="change none")


def _note(metric: Metric, row: Any) -> str:
    if row is None:
        return t("这里没有可以显示的数值")
    left = row.denominator - row.numerator
    if not left and not row.exempt:
        return t("没有缺口")
    missing = f"{left:,}"
    if metric is CROSS_COLLEGE:
        said = t("{count} 个团体只有一个学院的成员", count=missing)
        more = t("；{count} 个没有在籍成员", count=row.exempt) if row.exempt else ""
    elif metric is CROSS_MAJOR:
        said = t("{count} 个团体只有一个专业的成员", count=missing)
        more = t("；{count} 个无从判断", count=row.exempt) if row.exempt else ""
    else:
        said, more = t("还差 {count} {unit}", count=missing, unit=t(metric.unit)), ""
    return said + more

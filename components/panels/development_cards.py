"""发展支持 as cards: functions, culture features, requests finished."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.rate_card import Face, rate_card
from data.locale.translate import t
from queries.development import DEVELOPMENT
from queries.filters import Filters
from queries.metric import Metric

BLOCK_OF = {
    "function_coverage": "space_functions",
    "culture_coverage": "culture_features",
    "requests_finished": "request_channels",
}
"""Where on the page a card leads."""


def development_cards(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Three cards; the policy sets no share, so none has a target."""
    if df.empty:
        return html.P(t("你的范围内没有可计算的数据。"), className="empty")
    rows = {row.metric: row for row in df.itertuples()}
    cards = [_card(metric, rows.get(metric.key), filters) for metric in DEVELOPMENT]
    return html.Div(cards, className="cards three")


def _card(metric: Metric, row: Any, filters: Filters) -> html.Div:
    face = Face(
        href=f"/development{address(filters).search}#title-{BLOCK_OF[metric.key]}",
        change=None,
        beneath=[html.Div(_note(metric, row), className="card-note")],
        target=None,
    )
    return rate_card(metric, row, face, filters)


def _note(metric: Metric, row: Any) -> str:
    if row is None:
        return t("这里没有可以显示的数值")
    missing = row.denominator - row.numerator
    if not missing:
        return t("没有缺口")
    return t("还差 {count} {unit}", count=f"{missing:,}", unit=t(metric.unit))

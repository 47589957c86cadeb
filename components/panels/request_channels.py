"""Service requests by channel: how many, how soon finished, how rated, what still waits."""

from typing import Any

import pandas as pd
from dash import html

from components.development_words import hours
from components.panels.rosters import meter, table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.places import UNPLACED
from queries.service_requests import ENOUGH, TOTAL


def request_channels(df: pd.DataFrame, metric: Metric, _: Filters) -> html.Div | html.P:
    """One row per channel, the sum of them, and of it those of no building."""
    if df.empty:
        return html.P(t("你的范围内没有服务办理台账记录。"), className="empty")
    head = [
        t("渠道"),
        t("提交"),
        t("其中未归属"),
        t("办结率"),
        t("办结用时中位数"),
        t("90% 在此时间内办结"),
        t("评分"),
        t("未办结"),
    ]
    body = [_channel(row, metric) for row in df.itertuples()]
    return html.Div(table(head, body, t("各渠道服务办理")), className="channel-board")


def _channel(row: Any, metric: Metric) -> html.Tr:
    name = t("其中：未归属楼宇") if row.channel == UNPLACED else t(row.channel)
    return html.Tr(
        [
            html.Td(name),
            html.Td(t("{count} 件", count=f"{row.denominator:,}"), className="num"),
            html.Td(f"{row.unplaced:,}" if row.unplaced else "·", className="num muted"),
            html.Td(meter(row.numerator, row.denominator, metric) if row.denominator else "—"),
            _unless_unknown(row.median, row),
            _slowest(row),
            _rating(row),
            _waiting(row),
        ],
        className="total" if row.channel == TOTAL else "",
    )


def _unless_unknown(value: Any, row: Any) -> html.Td:
    if pd.isna(value):
        return html.Td("—", className="num muted")
    return html.Td(
        two_lines(hours(value), t("{count} 件", count=f"{row.timed:,}")), className="num"
    )


def _slowest(row: Any) -> html.Td:
    if row.timed < ENOUGH:
        return html.Td(t("不足 {count} 件，不列", count=ENOUGH), className="num muted")
    return html.Td(hours(row.p90), className="num")


def _rating(row: Any) -> html.Td:
    """The mean never stands without how many rated."""
    unrated = row.numerator - row.rated
    if not row.rated:
        return html.Td(t("无人评价") if unrated else "—", className="num muted")
    said = t("{rated} 件已评，{unrated} 件未评", rated=f"{row.rated:,}", unrated=f"{unrated:,}")
    return html.Td(two_lines(t("{rating} 分", rating=f"{row.rating:.2f}"), said), className="num")


def _waiting(row: Any) -> html.Td:
    if not row.backlog:
        return html.Td("·", className="num muted")
    said = t("最久 {days} 天", days=f"{int(row.oldest):,}")
    count = html.B(t("{count} 件", count=f"{row.backlog:,}"), className="bad")
    return html.Td(two_lines(count, said), className="num")

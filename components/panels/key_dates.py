"""Key dates as rows: window, state, buildings visited, days left, buildings still missing."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill
from components.panels.rosters import meter, table
from data.locale.translate import t
from queries.filters import Filters
from queries.key_dates import AHEAD, OVER, QUIET_DAYS, RUNNING
from queries.metric import Metric

PAGE = "/counselors"
NAMED = 4
"""Buildings named in a row; all of them stand in the matrix and in the table."""


def key_date_list(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div | html.P:
    """One row per key date of the term."""
    if df.empty:
        return html.P(t("本学期没有登记关键节点，或不在你的范围内。"), className="empty")
    head = [t("关键节点"), t("状态"), t("已走访的楼宇"), t("还没到的楼宇")]
    body = [_row(row, metric, filters) for row in df.itertuples()]
    shown = table(head, body, t("关键节点"))
    shown.className = "scroll"  # a term has few: all of them are seen
    return shown


def _row(row: Any, metric: Metric, filters: Filters) -> html.Tr:
    begun = row.denominator > 0
    share = meter(row.numerator, row.denominator, metric) if begun else _waiting(row)
    return html.Tr(
        [
            html.Td(
                [html.B(row.node), html.Span(_window(row), className="muted")],
                className="node-name",
            ),
            html.Td(
                [_state(row), html.Span(_left(row), className="muted")], className="node-state"
            ),
            html.Td(share),
            html.Td(_missing(row, filters)),
        ],
        className="running" if row.state == RUNNING else "",
    )


def _window(row: Any) -> str:
    return f"{t(row.kind)} · {row.starts:%m-%d} – {row.ends:%m-%d}"


def _waiting(row: Any) -> html.Span:
    return html.Span(t("{count} 栋待走访", count=row.buildings), className="muted")


def _state(row: Any) -> html.Span:
    """Done well is good, over with gaps is bad, everything else is plain."""
    tone = {RUNNING: "now", AHEAD: "plain"}.get(row.state, "bad" if row.missing else "good")
    return html.Span(t(row.state), className=f"tag {tone}")


def _left(row: Any) -> str:
    if row.state == OVER:
        return ""
    if row.state == AHEAD:
        return t("{days} 天后开始", days=row.left)
    return t("还剩 {days} 天", days=row.left) if row.left else t("当日是最后一天")


def _missing(row: Any, filters: Filters) -> Any:
    if row.state == AHEAD:
        return _quiet(row)
    if not row.missing:
        return html.Span(t("全部到过"), className="muted")
    chips: list[Any] = [
        drill(name, filters, "building", key, PAGE, className="chip")
        for key, name in row.missing[:NAMED]
    ]
    more = len(row.missing) - NAMED
    if more > 0:
        chips.append(html.Span(t("等 {count} 栋", count=len(row.missing)), className="muted"))
    return html.Div(chips, className="chips")


def _quiet(row: Any) -> html.Span:
    """A hint before it begins: where nobody has been of late."""
    if row.quiet is None:
        said = "—"
    elif row.quiet:
        said = t("{count} 栋近 {days} 天没有走访", count=row.quiet, days=QUIET_DAYS)
    else:
        said = t("各楼近 {days} 天都有走访", days=QUIET_DAYS)
    return html.Span(said, className="muted")

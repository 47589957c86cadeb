"""Best practice: of each measure the peer that is clearly above the median, to be asked how."""

from typing import Any

import pandas as pd
from dash import html

from components.compare_words import missing, nothing_to_compare, pair, percent
from components.panels.links import to_portrait
from components.panels.rosters import table
from components.panels.shares import interval, two_lines
from data.locale.translate import t
from data.schemes.scheme import BUILDING
from queries.filters import Filters
from queries.metric import Metric


def best_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """One row per measure and peer group; where nobody is clearly above, it says so."""
    if df.empty:
        return html.P(nothing_to_compare(), className="empty")
    heads = [t("指标"), t("同类"), t("中位数"), t("可以去问"), t("比率")]
    return table(heads, [_best(row, filters) for row in df.itertuples()], t("同类里谁做得好"))


def _best(row: Any, filters: Filters) -> html.Tr:
    peers = t("{count} 个有数值", count=int(row.peers))
    return html.Tr(
        [
            html.Td(t(row.name)),
            html.Td(two_lines(t(row.peer_group), peers)),
            html.Td(percent(row.median), className="num"),
            html.Td(_who(row, filters)),
            html.Td(_rate(row), className="num"),
        ]
    )


def _who(row: Any, filters: Filters) -> Any:
    if row.unit_id:
        named = filters.compare_as in ("", BUILDING)
        return to_portrait(row.unit, filters, row.unit_id) if named else row.unit
    said = t("同类有数值的不足 4 个") if missing(row.median) else t("没有一个明显高于中位数")
    return html.Span(said, className="muted")


def _rate(row: Any) -> Any:
    if not row.unit_id:
        return "—"
    return two_lines(percent(row.value), pair(row), interval(row.low, row.high))

"""Awards and publications by date, over all terms."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


def honours_list(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """The newest first, with the organisation whose award it is."""
    if df.empty:
        return html.P(t("没有登记在案的获奖或经验发表。"), className="empty")
    heads = [t("日期"), t("类别"), t("名称"), t("级别或渠道"), t("学期")]
    return table(heads, [_row(row) for row in df.itertuples()], t("获奖与经验发表"))


def _row(row: Any) -> html.Tr:
    via = [t("获奖组织：{name}", name=row.via)] if row.via else []
    return html.Tr(
        [
            html.Td(str(row.day)[:10]),
            html.Td(t(row.ledger_name)),
            html.Td(two_lines(row.title, *via)),
            html.Td(t(row.what)),
            html.Td(row.term or t("假期"), className="muted"),
        ]
    )

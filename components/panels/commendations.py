"""两优一先: the workstations in order, group by group, with a column left to the committee."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.ranking import to_unit
from components.panels.rosters import table
from components.panels.shares import percent, two_lines
from data.locale.translate import t
from queries.commendations import TIED, WITHIN
from queries.filters import Filters
from queries.metric import Metric


def commendation_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """A table for each peer group, and beneath why no persons are on it."""
    reason = html.P(no_persons(), className="muted")
    if df.empty:
        return html.Div([html.P(only_workstations(), className="empty"), reason])
    groups = [
        html.Section([html.H3(_name(str(name), rows)), _group(rows, filters)])
        for name, rows in df.groupby("peer_group", sort=False)
    ]
    return html.Div([*groups, reason], className="commendations")


def no_persons() -> str:
    """Why the list holds organisations alone."""
    return t(
        "优秀共产党员、优秀党务工作者由党组织推荐、党委评定：系统只汇总组织的工作，不给个人打分和排名，"
        "所以这份名单没有个人。"
    )


def only_workstations() -> str:
    """Why the list is empty."""
    return t("这份名单按学期的楼宇评价列出工作站：请选择按学期评价楼宇的方案。")


def _name(name: str, rows: pd.DataFrame) -> str:
    given = int(rows["places"].iloc[0])
    return t(
        "{group}（{count} 个，名额 {places} 个）", group=t(name), count=len(rows), places=given
    )


def _group(rows: pd.DataFrame, filters: Filters) -> html.Div:
    heads = [t("名次"), t("工作站"), t("总分"), t("名额"), t("本期获奖"), t("五带头"), t("在册")]
    body = [_row(row, filters) for row in rows.itertuples()]
    return table([*heads, t("党工委意见")], body, t("两优一先"))


def _row(row: Any, filters: Filters) -> html.Tr:
    place = "—" if pd.isna(row.rank) else f"{row.rank:.0f}/{row.of}"
    total = "—" if pd.isna(row.total) else f"{row.total:.1f}"
    mark = html.B(t(row.mark)) if row.mark in (WITHIN, TIED) else t(row.mark)
    awards = two_lines(t("{count} 项", count=row.awards), row.award_names) if row.awards else "·"
    return html.Tr(
        [
            html.Td(place, className="num"),
            html.Td(two_lines(to_unit(row.station, filters, row.unit_id), row.building)),
            html.Td(html.B(total), className="num"),
            html.Td(mark),
            html.Td(awards),
            html.Td(_share(row.leading, row.members), className="num"),
            html.Td(_share(row.enrolled, row.due), className="num"),
            html.Td("", className="to-write"),
        ]
    )


def _share(numerator: float, denominator: float) -> html.Div | str:
    if pd.isna(denominator) or not denominator:
        return "—"
    return two_lines(percent(numerator / denominator), f"{numerator:.0f}/{denominator:.0f}")

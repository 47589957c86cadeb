"""过程记录: a building's time line, newest first, to be narrowed by kind and by words."""

from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from components.panels.links import address
from data.locale.translate import t
from queries.chronicle import KINDS
from queries.filters import Filters
from queries.metric import Metric

PRINTED = 10
"""Records on paper: the rest stays on the page (see the style sheet)."""
ENDINGS = ("撤销", "停止服务", "层长离任", "楼宇辅导员离任", "空间停用", "品牌停办", "停用")


def time_line(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div:
    """Kinds as links, a field for words, and the records by year."""
    placed = df.assign(older=df.index >= PRINTED)
    years = placed.groupby(placed["day"].astype(str).str[:4], sort=False)
    lists = [_year(str(year), rows) for year, rows in years]
    nothing = html.P(
        t("没有符合的记录。"), className="empty", id="chronicle-nothing", hidden=not df.empty
    )
    more = max(0, len(df) - PRINTED)
    rest = html.P(
        t("另有 {count} 条较早的记录，见系统。", count=more), className="only-print muted"
    )
    return html.Div([_narrowing(filters), *lists, nothing, *([rest] if more else [])])


def chronicle_words(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many records, from when to when."""
    if df.empty:
        return t("截至 {day} 没有这样的记录。", day=filters.date)
    first, last = str(df["day"].iloc[-1])[:10], str(df["day"].iloc[0])[:10]
    return t("{count} 条记录，从 {first} 到 {last}。", count=len(df), first=first, last=last)


def _narrowing(filters: Filters) -> html.Div:
    links = [_kind("", t("全部"), filters)]
    links += [_kind(key, t(name), filters) for key, name in KINDS.items()]
    search = html.Div(
        [
            html.Label(t("搜索记录"), htmlFor="chronicle-search"),
            dbc.Input(type="search", id="chronicle-search"),
        ],
        className="field search",
    )
    kinds = html.Nav(links, className="chips", **{"aria-label": t("记录类别")})
    return html.Div([kinds, search], className="narrowing")


def _kind(key: str, name: str, filters: Filters) -> html.A:
    current = {"aria-current": "true"} if filters.kind == key else {}
    link = replace(address(filters), kind=key).search
    return html.A(name, href=f"/building{link}", className="chip", **current)


def _year(year: str, rows: pd.DataFrame) -> html.Section:
    records = [_record(row) for row in rows.itertuples()]
    return html.Section([html.H3(year), html.Ol(records)], className="chronicle")


def _record(row: Any) -> html.Li:
    tone = "bad" if row.event in ENDINGS else "good"
    return html.Li(
        [
            html.Time(str(row.day)[5:10], dateTime=str(row.day)[:10]),
            html.Span(t(row.kind), className="record-kind"),
            html.Span(t(row.event), className=f"tag {tone}"),
            html.Span(row.subject),
        ],
        className="older" if row.older else "",
    )

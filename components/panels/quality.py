"""The data-quality desk: findings to open, the rows of the chosen one, ledgers out of date."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html

from components.figures.palette import ACCENT
from components.icons import icon
from components.panels.links import address
from components.panels.scrolling import rows_table, scrolling
from components.tables import TERMS
from data.locale.translate import t
from queries.catalog import BY_KEY
from queries.filters import Filters
from queries.metric import Metric

WIDTH, HEIGHT = 96, 22
SHOWN = 30  # rows in the panel; the table twin and the files hold them all


def finding_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Each finding with its count and trend; opened, what it does and what to do about it."""
    if df.empty:
        return html.P(t("没有发现问题，或这个数据版本还没有检查完。"), className="empty")
    return html.Div([_finding(row, filters) for row in df.itertuples()], className="findings")


def _finding(row: Any, filters: Filters) -> html.Details:
    chosen = row.key == filters.check
    head = html.Summary(
        [
            html.Span(t(row.severity), className=f"tag {_tone(row.severity)}"),
            html.Span(t(row.title), className="finding-title"),
            html.Span(t(row.ledger), className="finding-ledger"),
            _trend(row),
            html.B(t("{count} 处", count=f"{row.faults:,}"), className="num"),
        ]
    )
    search = replace(address(filters), check="" if chosen else row.key).search
    facts = (
        (t("位置"), html.Code(t(row.place))),
        (t("影响"), t(row.effect)),
        (t("处理"), t(row.remedy)),
        (t("找谁"), _term(row.ask)),
        (t("影响的指标"), _touched(row.touches)),
        (t("以往"), _past(row.series)),
    )
    link = html.A(
        [icon("x" if chosen else "list-ul"), t("收起名单") if chosen else t("看有问题的行")],
        href=f"/ledger{search}",
        className="finding-link",
    )
    body = html.Dl([part for name, text in facts for part in (html.Dt(name), html.Dd(text))])
    look = "finding chosen" if chosen else "finding"
    return html.Details([head, body, link], open=chosen, className=look)


def _tone(severity: str) -> str:
    return "bad" if severity == "错误" else "plain"


def _term(text: str) -> str:
    return t(text) if text in TERMS else text


def _touched(numbers: list[str]) -> str:
    names = [t(BY_KEY[key].name) for key in numbers if key in BY_KEY]
    return t("、").join(names) if names else t("没有")


def _past(series: list[tuple[str, int]]) -> str:
    if len(series) < 2:
        return t("还没有更早的数据版本")
    return " → ".join(f"{day[5:]} {count:,}" for day, count in series[-6:])


def _trend(row: Any) -> html.Img | html.Span:
    """The counts of the last versions as a small line; an image, so that it costs no chart."""
    counts = [count for _, count in row.series]
    if len(counts) < 2:
        return html.Span(className="finding-trend")
    high, low = max(counts), min(counts)
    scale = (HEIGHT - 4) / (high - low) if high > low else 0.0
    step = WIDTH / (len(counts) - 1)
    points = " ".join(
        f"{i * step:.1f},{HEIGHT - 2 - (n - low) * scale:.1f}" for i, n in enumerate(counts)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none"><polyline points="{points}" fill="none" stroke="{ACCENT}" '
        f'stroke-width="2" vector-effect="non-scaling-stroke"/></svg>'
    )
    said = t("从 {first} 处到 {last} 处", first=f"{counts[0]:,}", last=f"{counts[-1]:,}")
    return html.Img(src=f"data:image/svg+xml,{quote(svg)}", alt=said, className="finding-trend")


def fault_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """The first faulty rows of the chosen check, in scope, each with whom to ask."""
    if not filters.check:
        return html.P(t("在上面打开一项，点“看有问题的行”。"), className="empty")
    if df.empty:
        return html.P(t("你的范围内没有这一项的问题。"), className="empty")
    heads = (t("楼宇"), t("学院"), t("学生"), t("这一行"), t("找谁"))
    body = [
        html.Tr(
            [
                html.Td(_shown(row.building)),
                html.Td(_shown(row.college)),
                html.Td(_shown(row.student)),
                html.Td(t(row.detail)),
                html.Td(_term(row.ask)),
            ]
        )
        for row in df.head(SHOWN).itertuples()
    ]
    return scrolling(rows_table(heads, body), t("有问题的行"))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "—"


def freshness_list(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """Each dated ledger: its last row, for how long, what is usual, whom to ask."""
    if df.empty:
        return html.P(t("没有数据"), className="empty")
    heads = (t("台账"), t("最后一条"), t("多久了"), t("此前每周"), t("找谁"))
    body = [_ledger(row) for row in df.itertuples()]
    return scrolling(rows_table(heads, body), t("台账更新"))


def _ledger(row: Any) -> html.Tr:
    if row.last is None:
        cells = ["—", t("还没有记录"), "—"]
    else:
        said = t("{days} 天", days=row.days)
        limit = t("，超过 {limit} 天", limit=row.limit) if row.late else ""
        cells = [str(row.last), said + limit, t("{rows} 条", rows=f"{row.weekly:,.0f}")]
    late = [" ", html.Span(t("未更新"), className="tag bad")] if row.late else []
    return html.Tr(
        [
            html.Td([t(row.ledger), *late]),
            *(html.Td(text, className="num") for text in cells),
            html.Td(_term(row.ask)),
        ]
    )

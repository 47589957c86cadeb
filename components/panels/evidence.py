"""The evidence of a unit: how much each indicator has, or one's records with what was decided."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from components.fields import hidden
from components.panels.links import address
from components.panels.ranking import PAGE
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.evidence import COUNTED, FOUND, LOST
from queries.evidence_ledgers import LEDGERS
from queries.evidence_marks import BY_RULE, DECISIONS, LONGEST_REASON, PINNED, REJECTED
from queries.filters import Filters
from queries.metric import Metric

MARK = "/evaluation/evidence"
"""Where the forms are sent."""
PLACE = "#title-evidence"
TITLES = 3
OFFERED = {
    BY_RULE: (REJECTED,),
    PINNED: (BY_RULE,),
    REJECTED: (BY_RULE,),
    LOST: (BY_RULE,),
    FOUND: (PINNED,),
}
"""What can be decided of a record in each state."""


def out_of_scope() -> str:
    """Why nothing is listed."""
    return t("这个单位不在你的范围内，或不在本期的评价里。")


def evidence_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Every indicator with its evidence, or the records of the chosen one."""
    if df.empty:
        return html.P(out_of_scope(), className="empty")
    if not filters.indicator:
        rows = [_indicator(rows, filters) for _, rows in df.groupby("indicator", sort=False)]
        heads = [t("指标"), t("依据"), t("最近几条"), t("人工标记")]
        return table(heads, rows, t("评价依据"))
    return html.Div([_top(df, filters), _records(df, filters)], className="evidence")


def _indicator(rows: pd.DataFrame, filters: Filters) -> html.Tr:
    row = rows.iloc[0]
    own = rows[rows["state"].isin(COUNTED)]
    search = replace(address(filters), indicator=row["indicator"]).search
    link = html.A(t(row["indicator_name"]), href=f"{PAGE}{search}{PLACE}")
    if own.empty:
        said = html.B(t("没有记录"), className="bad") if row["ruled"] else t("方案没有列规则")
        count = html.Td(said, className="" if row["ruled"] else "muted")
    else:
        count = html.Td(two_lines(html.B(t("{count} 条", count=row["counted"])), by_ledger(own)))
    titles = [t(str(title)) for title in own["title"].head(TITLES)]
    return html.Tr(
        [html.Td(link), count, html.Td(t("、").join(titles) or "—"), html.Td(_decided(rows))]
    )


def by_ledger(rows: pd.DataFrame) -> str:
    """How many of each ledger."""
    counts = rows.groupby("ledger").size()
    return " · ".join(
        t("走访 {count} 周次", count=counts[key]) if key == "visit" else f"{t(name)} {counts[key]}"
        for key, name in LEDGERS.items()
        if key in counts
    )


def _decided(rows: pd.DataFrame) -> str:
    words = {PINNED: t("列入"), REJECTED: t("排除"), LOST: t("已不在台账")}
    counts = rows["state"].value_counts()
    said = [f"{word} {counts[state]}" for state, word in words.items() if state in counts]
    return " · ".join(said) or "·"


def _top(df: pd.DataFrame, filters: Filters) -> html.Div:
    every = f"{PAGE}{replace(address(filters), indicator='', find='').search}{PLACE}"
    parts: list[Any] = [html.P(html.A(t("← 全部指标"), href=every))]
    if df["may"].iloc[0]:
        parts.append(_finder(filters))
    if filters.find and not (df["state"] == FOUND).any():
        parts.append(html.P(t("没有找到名称里有这几个字的记录。"), className="empty"))
    return html.Div(parts, className="evidence-top")


def _finder(filters: Filters) -> html.Form:
    """Looks for a record the rules missed, by name among the unit's own of the period."""
    search = replace(address(filters), find="").search.removeprefix("?")
    kept = dict(parse_qsl(search))
    return html.Form(
        [
            *(hidden(name, value) for name, value in kept.items()),
            html.Label(t("查找规则没有选到的记录"), htmlFor="find-evidence"),
            dbc.Input(
                id="find-evidence",
                name="find",
                type="text",
                value=filters.find,
                maxLength=64,
                placeholder=t("记录名称里的几个字"),
                autocomplete="off",
            ),
            html.Button(t("查找"), type="submit", className="tool strong"),
        ],
        action=f"{PAGE}{PLACE}",
        className="find-evidence",
    )


def _records(df: pd.DataFrame, filters: Filters) -> html.Div | html.P:
    shown = df.dropna(subset="ledger")
    if shown.empty:
        return html.P(t("这项指标没有依据。"), className="empty")
    heads = [t("台账"), t("日期"), t("名称"), t("类别"), t("数字"), t("状态")]
    may = bool(df["may"].iloc[0])
    heads = [*heads, t("处理")] if may else heads
    body = [_record(row, filters, may) for row in shown.itertuples()]
    more = int(df["more"].iloc[0])
    beyond = t("另有 {count} 条没有列出。", count=more) if more else ""
    return table(heads, body, t("评价依据"), beyond)


def _record(row: Any, filters: Filters, may: bool) -> html.Tr:
    place = [str(row.place)] if isinstance(row.place, str) and row.place else []
    what = t(row.what) if isinstance(row.what, str) and row.what else "—"
    day = "—" if pd.isna(row.day) else str(row.day)[:10]
    ledger = html.Td(t(row.ledger_name))
    title = html.Td(two_lines(t(str(row.title)), *place))
    cells = [ledger, html.Td(day), title, html.Td(what), html.Td(numbers(row))]
    cells.append(html.Td(two_lines(t(row.state_name), *_why(row))))
    if may:
        cells.append(html.Td(_form(row, filters)))
    return html.Tr(cells, className=f"evidence-{row.state}")


def numbers(row: Any) -> html.Div | str:
    """How many people, square metres or visits; of an activity also what was thought of it."""
    said = "—" if pd.isna(row.number) else f"{row.number:,.0f} {t(row.number_of)}"
    if pd.isna(row.score):
        return said
    opinion = t("满意度 {score}（{count} 份）", score=f"{row.score:.1f}", count=int(row.answers))
    return two_lines(said, opinion)


def _why(row: Any) -> tuple[str, ...]:
    if not isinstance(row.reason, str):
        return ()
    return (row.reason, f"{row.who} {str(row.at)[:10]}")


def _form(row: Any, filters: Filters) -> html.Details:
    """One decision, which needs a reason."""
    field = f"why-{row.ledger}-{''.join(c if c.isalnum() else '-' for c in row.record_id)}"
    search = replace(address(filters), find="").search
    sent = {"search": search, "indicator": row.indicator, "ledger": row.ledger}
    sent["record"] = row.record_id
    buttons = [
        html.Button(
            t(DECISIONS[state]), name="state", value=state, type="submit", className="tool strong"
        )
        for state in OFFERED[row.state]
    ]
    form = html.Form(
        [
            *(hidden(name, value) for name, value in sent.items()),
            html.Label(t("理由（必填）"), htmlFor=field),
            html.Textarea(
                name="reason", id=field, maxLength=LONGEST_REASON, rows=2, className="form-control"
            ),
            html.Div(buttons, className="ledger-buttons"),
        ],
        action=MARK,
        method="post",
        className="warning-form",
    )
    summary = "、".join(t(DECISIONS[state]) for state in OFFERED[row.state])
    return html.Details([html.Summary(summary), form])

"""Brands as a list with their state and why; places without a brand; choosing one."""

from typing import Any

import pandas as pd
from dash import html

from components.brand_words import (
    answers,
    growth,
    missing,
    no_brands,
    owner,
    reach,
    rhythm,
    score,
    unplotted,
)
from components.icons import icon
from components.panels.links import drill, to_brand
from components.panels.rosters import meter, table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.brand_coverage import BUILDING_BRAND_COVERAGE, CLUSTER_BRAND_COVERAGE
from queries.brand_slice import LEVELS, OF_BUILDING, OF_CLUSTER
from queries.brand_state import CLOSED, FALLING, GROWING, MATURE, RULES, SEEDLING, UNKNOWN, state_of
from queries.filters import Filters
from queries.metric import Metric

PAGE = "/activities"
SIGNS = {SEEDLING: "●", GROWING: "▲", MATURE: "■", FALLING: "▼", CLOSED: "✕", UNKNOWN: "◆"}
"""The shapes of the chart, beside the words."""
FIRST = (FALLING, UNKNOWN, SEEDLING, GROWING, MATURE, CLOSED)


def state_mark(state: str) -> html.Span:
    """A state as sign and word."""
    kind = {SEEDLING: "seed", GROWING: "up", MATURE: "whole", FALLING: "down"}.get(state, "none")
    return html.Span([f"{SIGNS[state]} ", t(state)], className=f"brand-state {kind}")


def rules() -> html.Details:
    """Every rule in the order they are tried, with the state it leads to."""
    lines = [html.Li([state_mark(state_of(rule)), " ", t(said)]) for rule, said in RULES.items()]
    note = t(
        "按顺序逐条对照，先合上的一条算数。文件没有规定品牌的阶段和门槛，门槛是本系统自定的："
        "办到第三个学期才有上一年同期可比，只差一场可能只是偶然。"
    )
    return html.Details(
        [html.Summary(t("阶段怎样判断")), html.P(note), html.Ol(lines)],
        className="brand-rules muted",
    )


def brand_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """One row per brand, those that fall first, then those of which too little is known."""
    if df.empty:
        return html.P(no_brands(), className="empty")
    rank = df["state"].map({state: i for i, state in enumerate(FIRST)})
    shown = df.assign(rank=rank).sort_values(["rank", "participants"], ascending=[True, False])
    heads = [t("品牌"), t("阶段与依据"), t("场次"), t("参与人数"), t("归属地参与面")]
    heads += [t("满意度"), t("学院"), t("常态化")]
    body = [_brand(row, filters) for row in shown.itertuples()]
    return html.Div([table(heads, body, t("品牌清单")), rules()])


def _brand(row: Any, filters: Filters) -> html.Tr:
    name = to_brand(row.brand, filters, row.brand_id)
    absent = unplotted(row)
    lists = t("{count} 场有名单", count=row.recorded)
    again = t("{count} 人来过 2 次以上", count=row.again) if row.participants else absent
    known = row.participants if row.recorded else "—"
    part = "" if reach(row) == "—" else f"{int(row.numerator):,}/{int(row.denominator):,}"
    mixed = "" if missing(row.mixed) else t("等效 {count}", count=f"{row.mixed:.1f}")
    return html.Tr(
        [
            html.Td(two_lines(name, f"{t(row.level)} · {owner(row)}")),
            html.Td(two_lines(state_mark(row.state), t(row.why)), className="brand-why"),
            html.Td(two_lines(f"{row.sessions:,}", lists, growth(row)), className="num"),
            html.Td(two_lines(known, again), className="num"),
            html.Td(two_lines(reach(row), part), className="num"),
            html.Td(two_lines(score(row), answers(row)), className="num"),
            html.Td(two_lines(row.colleges if row.recorded else "—", mixed), className="num"),
            html.Td(rhythm(row), className="num"),
        ]
    )


def without_brand(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Clusters and buildings without a brand of their own, the largest first, beside the share
    that has one."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼宇。"), className="empty")
    parts = (
        (OF_CLUSTER, CLUSTER_BRAND_COVERAGE, t("没有一苑一品的楼群")),
        (OF_BUILDING, BUILDING_BRAND_COVERAGE, t("没有一楼一品的楼宇")),
    )
    return html.Div(
        [_lacking(df[df["level"] == level], m, title, filters) for level, m, title in parts],
        className="two-lists",
    )


def _lacking(rows: pd.DataFrame, metric: Metric, title: str, filters: Filters) -> html.Section:
    have = int(rows["numerator"].sum())
    bar = html.Div([html.B(t(metric.name)), meter(have, len(rows), metric)], className="brand-rate")
    lacking = rows[rows["numerator"] == 0]
    if lacking.empty:
        said = html.P(t("都有品牌。"), className="muted")
        return html.Section([html.H3(title), bar, said])
    heads = [t("名称"), t("居住人数"), t("曾有的品牌")]
    body = [_place(row, filters) for row in lacking.itertuples()]
    return html.Section([html.H3(title), bar, table(heads, body, title)])


def _place(row: Any, filters: Filters) -> html.Tr:
    name, level, place = (
        (row.building, "building", row.building_id)
        if row.building_id
        else (row.cluster, "cluster", row.cluster_id)
    )
    former = t("从未有过")
    if not missing(row.former):
        former = t("{name}（至 {day}）", name=row.former, day=str(row.until))
    return html.Tr(
        [
            html.Td(drill(name, filters, level, place, PAGE)),
            html.Td(f"{row.residents:,}", className="num"),
            html.Td(former, className="muted"),
        ]
    )


def brand_finder(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """All brands by level; with one chosen, those before and after it."""
    if df.empty:
        return html.P(no_brands(), className="empty")
    ids = df["brand_id"].tolist()
    if filters.brand in ids:
        return _neighbours(df, ids.index(filters.brand), filters)
    groups = [(level, df[df["level"] == level]) for level in LEVELS]
    return html.Div(
        [_level(level, rows, filters) for level, rows in groups if len(rows)],
        className="directory brand-directory",
    )


def _level(level: str, rows: pd.DataFrame, filters: Filters) -> html.Section:
    entries = [
        html.Li(
            [
                to_brand(row.brand, filters, row.brand_id),
                html.Span(owner(row), className="muted"),
            ]
        )
        for row in rows.itertuples()
    ]
    return html.Section([html.H3(f"{t(level)} {len(rows)}"), html.Ul(entries)])


def _neighbours(df: pd.DataFrame, here: int, filters: Filters) -> html.Nav:
    every = to_brand(t("全部品牌"), filters, "")
    return html.Nav(
        [
            _step(df.iloc[max(here - 1, 0) : here], filters, "arrow-left", t("上一个")),
            every,
            _step(df.iloc[here + 1 : here + 2], filters, "arrow-right", t("下一个")),
        ],
        className="neighbours",
        **{"aria-label": t("相邻品牌")},
    )


def _step(rows: pd.DataFrame, filters: Filters, symbol: str, label: str) -> Any:
    if rows.empty:
        return html.Span(f"{label}：—", className="muted")
    row = rows.iloc[0]
    said = [icon(symbol), html.Span(f"{label}：{row['brand']}")]
    return to_brand(said, filters, str(row["brand_id"]))

"""One brand as real text: whose it is, its state and why, its numbers, sessions and owners."""

from typing import Any

import pandas as pd
from dash import html

from components.brand_words import (
    answers,
    growth,
    missing,
    owner,
    pick_one,
    reach,
    rhythm,
    score,
)
from components.panels.brand_list import rules, state_mark
from components.panels.links import drill, to_portrait
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

MOST = 40
"""So many sessions are listed on the page; the table and the files have all."""


def brand_head(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Name, owner and level, the state with the rule that says so, ten numbers."""
    if df.empty or not filters.brand:
        return html.P(pick_one(), className="empty")
    row = next(df.itertuples())
    place = [t(row.level), t(row.community) if row.community else t("没有登记社区类型")]
    place.append(
        t("{day} 创建", day=row.founded) if not missing(row.founded) else t("创建日期未登记")
    )
    if not missing(row.closed):
        place.append(t("{day} 停办", day=row.closed))
    return html.Div(
        [
            html.Div(
                [
                    html.H3(row.brand, className="portrait-name"),
                    html.P([t("归属："), _owner(row, filters)], className="portrait-place"),
                    html.P(" · ".join(place), className="portrait-place"),
                    html.P(t("截至 {day}", day=filters.date), className="portrait-place"),
                    html.P(
                        [state_mark(row.state), html.Span(t(row.why))], className="brand-verdict"
                    ),
                    rules(),
                ]
            ),
            html.Div([_tile(*tile) for tile in _tiles(row)], className="brand-tiles"),
        ],
        className="brand-head",
    )


def _owner(row: Any, filters: Filters) -> Any:
    if row.building_id:
        return to_portrait(owner(row), filters, row.building_id)
    if row.cluster_id:
        return drill(owner(row), filters, "cluster", row.cluster_id, "/activities")
    return owner(row)


def _tile(name: str, value: Any, *beneath: str) -> html.Div:
    lines = [html.Div(line, className="beside") for line in beneath if line]
    return html.Div(
        [html.Div(name, className="card-name"), html.B(value, className="headline"), *lines],
        className="headline-box",
    )


def _tiles(row: Any) -> list[tuple[Any, ...]]:
    none = t("没有名单，谁来过未知")
    listed = bool(row.recorded)
    again = f"{row.again / row.participants:.1%}" if row.participants else "—"
    said = t("{count} 人来过 2 次以上", count=row.again) if listed else none
    mixed = "" if missing(row.mixed) else t("等效 {count} 个", count=f"{row.mixed:.1f}")
    where = f"{int(row.numerator):,}/{int(row.denominator):,}" if reach(row) != "—" else ""
    return [
        (t("本学期场次"), f"{row.sessions:,}", growth(row)),
        (t("参与人数"), f"{row.participants:,}" if listed else "—", _people(row)),
        (t("归属地参与面"), reach(row), where or t("没有名单或没有归属")),
        (t("满意度"), score(row), answers(row)),
        (t("回头率"), again, said),
        (t("到达学院"), row.colleges if listed else "—", mixed),
        (t("常态化"), rhythm(row), t("有活动的教学周 / 已结束的教学周")),
        (t("办过的学期"), row.terms, t("已汇总的学期里至少办过一场的")),
        (t("每人次经费"), _money(row), _costed(row)),
    ]


def _people(row: Any) -> str:
    """How many attendances the lists hold, and how many sessions have none."""
    if not row.recorded:
        return t("没有名单，谁来过未知")
    said = t("{count} 人次", count=f"{row.attended:,}")
    left = int(row.sessions - row.recorded)
    return t("{said}，另有 {count} 场没有名单", said=said, count=left) if left else said


def _money(row: Any) -> str:
    return "—" if missing(row.cost_each) else t("{sum} 元", sum=f"{row.cost_each:,.1f}")


def _costed(row: Any) -> str:
    if not row.costed:
        return t("没有一场既有经费又有名单")
    return t("{count}/{all} 场既有经费又有名单", count=row.costed, all=row.sessions)


def brand_sessions(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """One row per session, the latest first."""
    if df.empty:
        return html.P(t("截至当日还没有办过。") if filters.brand else pick_one(), className="empty")
    heads = [t("日期"), t("活动"), t("地点"), t("参与人数"), t("满意度")]
    body = [
        html.Tr(
            [
                html.Td(str(row.day)),
                html.Td(row.name or "—"),
                html.Td(row.place or t("没有登记地点"), className="muted"),
                html.Td(
                    "—" if missing(row.attended) else f"{int(row.attended):,}", className="num"
                ),
                html.Td(two_lines(score(row), answers(row)), className="num"),
            ]
        )
        for row in df.head(MOST).itertuples()
    ]
    more = ""
    if len(df) > MOST:
        more = t("共 {count} 场，这里列最近 {shown} 场", count=len(df), shown=MOST)
    return table(heads, body, t("品牌的各场活动"), more)


def brand_owners(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Whose brand it has been, the present owner first."""
    if df.empty:
        said = t("没有登记归属，校级品牌不归楼群或楼宇。") if filters.brand else pick_one()
        return html.P(said, className="empty")
    heads = [t("归属"), t("起"), t("止"), t("期间场次")]
    body = [
        html.Tr(
            [
                html.Td(_owner(row._replace(owner=row.owner or "—"), filters)),
                html.Td(str(row.starts)),
                html.Td(t("至今") if missing(row.ends) else str(row.ends)),
                html.Td(f"{row.sessions:,}", className="num"),
            ]
        )
        for row in df.itertuples()
    ]
    return table(heads, body, t("品牌归属"))

"""力量下沉 as cards and lists: how much, where to, who serves which building, who has not come."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill, to_portrait
from components.panels.rosters import number, table
from data.locale.translate import t
from queries.filters import Filters
from queries.forces import GRADUATES
from queries.metric import Metric

PAGE = "/forces"


def forces_cards(df: pd.DataFrame, metric: Metric, _: Filters) -> html.Div | html.P:
    """Sessions, people, buildings and persons, each beside the year before."""
    if df.empty:
        return html.P(t("你的范围内没有力量下沉台账记录。"), className="empty")
    row = df.iloc[0]
    reach = metric.show(metric.value(row["reached"], row["buildings"]))
    unknown = int(row["sessions"] - row["counted"])
    cards = (
        (t("场次"), "sessions", t("共 {hours} 小时", hours=f"{row['hours']:,.0f}")),
        (
            t("参与人次"),
            "attended",
            t("另有 {count} 场未统计人数", count=unknown) if unknown else t("每场都有人数"),
        ),
        (
            t("到过的住宿楼宇"),
            "reached",
            t("共 {count} 栋，{rate}", count=int(row["buildings"]), rate=reach),
        ),
        (
            t("来过的人"),
            "persons",
            t("另有 {count} 场未登记人员", count=int(row["unnamed"]))
            if row["unnamed"]
            else t("按人员编号，只数人数"),
        ),
    )
    return html.Div([_card(name, key, note, row) for name, key, note in cards], className="cards")


def _card(name: str, key: str, note: str, row: Any) -> html.Div:
    value, before = int(row[key]), row[f"earlier_{key}"]
    return html.Div(
        html.Div(
            [
                html.Div(name, className="card-name"),
                html.Div(
                    [html.Span(f"{value:,}", className="card-value"), _change(value, before)],
                    className="card-line",
                ),
                html.Div(note, className="card-note"),
            ],
            className="card-box shade-none",
        ),
        className="card-slot",
    )


def _change(value: int, before: Any) -> html.Span:
    if before is None or pd.isna(before):
        return html.Span(t("没有上年数据"), className="change none")
    said = t("上年同周 {count}", count=f"{int(before):,}")
    arrow, css = ("▲", "up") if value > before else ("▼", "down")
    if value == before:
        return html.Span(said, className="change none")
    return html.Span(f"{arrow} {said}", className=f"change {css}")


def reach_board(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Buildings, those nobody has come to first."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼宇"), className="empty")
    head = [t("楼宇"), t("场次"), t("人员类别"), t("参与人次"), t("最近一场")]
    return table(head, [_reached(row, filters) for row in df.itertuples()], t("到过与没到过的楼宇"))


def _reached(row: Any, filters: Filters) -> html.Tr:
    place = drill(row.building, filters, "building", row.building_id, PAGE)
    link = to_portrait(t("画像"), filters, row.building_id, className="portrait-link")
    last = t("本学期还没有") if pd.isna(row.last) else f"{row.last}（{_ago(row.days)}）"
    return html.Tr(
        [
            html.Td([place, " ", link]),
            number(row.sessions),
            number(row.kinds),
            number(row.attended),
            html.Td(last, className="bad" if pd.isna(row.last) else "muted"),
        ]
    )


def _ago(days: Any) -> str:
    return t("{days} 天前", days=f"{int(days):,}")


def counselor_posts(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Buildings for graduates, those without a building counselor first."""
    if df.empty:
        return html.P(t("你的范围内没有研究生楼宇或混合楼宇。"), className="empty")
    head = [t("楼宇"), t("居住对象"), t("楼宇辅导员"), t("自"), t("住在楼里"), t("其中硕士、博士")]
    head += [t("每人服务"), t("配备参考")]
    return table(head, [_post(row, filters) for row in df.itertuples()], t("楼宇辅导员"))


def _post(row: Any, filters: Filters) -> html.Tr:
    who: Any = row.counselors or (t("未聘任") if row.kind == GRADUATES else "—")
    each = f"{row.residents / row.number:,.0f}" if row.number else "—"
    return html.Tr(
        [
            html.Td(drill(row.building, filters, "building", row.building_id, PAGE)),
            html.Td(t(row.kind)),
            html.Td(who, className="" if row.number or row.kind != GRADUATES else "bad"),
            html.Td("—" if pd.isna(row.since) else str(row.since)),
            number(row.residents),
            html.Td(f"{row.masters:,} · {row.doctors:,}", className="num"),
            html.Td(each, className="num"),
            html.Td(f"1:{row.norm:,}", className="num muted"),
        ]
    )


def absence_board(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """A row a college, a column a kind: how often this term, else when last."""
    if df.empty:
        return html.P(t("你的范围内没有力量下沉台账记录。"), className="empty")
    kinds = list(dict.fromkeys(df["person_kind"]))
    head = [t("学院"), *(t(kind) for kind in kinds), t("上学期来过、还没来的人")]
    body = []
    for _, rows in df.groupby("college_id", sort=False):
        by_kind = {row.person_kind: row for row in rows.itertuples()}
        persons, missing = int(rows["persons"].sum()), int(rows["missing"].sum())
        body.append(
            html.Tr(
                [
                    html.Td(rows["college"].iloc[0] or t("校级与不属于学院的人员")),
                    *(_presence(by_kind[kind]) for kind in kinds),
                    html.Td(f"{missing:,} / {persons:,}" if persons else "—", className="num"),
                ]
            )
        )
    return table(head, body, t("本学期还没有来的"))


def _presence(row: Any) -> html.Td:
    if row.sessions:
        return html.Td(t("{count} 场", count=row.sessions), className="num")
    if pd.isna(row.last):
        return html.Td("·", className="num muted", title=t("有记录以来没有来过"))
    return html.Td(t("上次 {day}", day=row.last), className="num bad")

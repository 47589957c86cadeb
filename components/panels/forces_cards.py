"""力量下沉 as cards: sessions, people, buildings and persons, beside the term before."""

from typing import Any

import pandas as pd
from dash import html

from components.figures.palette import shade
from components.forces_words import nobody_sees
from components.panels.rate_card import meter
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


def forces_cards(df: pd.DataFrame, metric: Metric, _: Filters) -> html.Div | html.P:
    """Four cards; what nobody counted or wrote down is said beneath, never added as a zero."""
    if df.empty:
        return html.P(nobody_sees(), className="empty")
    row = df.iloc[0]
    cards = (
        _card(t("场次"), "sessions", row, [html.Div(_hours(row), className="card-note")]),
        _card(t("参与人次"), "attended", row, [html.Div(_uncounted(row), className="card-note")]),
        _reach(metric, row),
        _card(t("来过的人"), "persons", row, [html.Div(_unnamed(row), className="card-note")]),
    )
    return html.Div(list(cards), className="cards forces-cards")


def _hours(row: Any) -> str:
    return t("登记时长 {hours} 小时", hours=f"{row['hours']:,.0f}")


def _uncounted(row: Any) -> str:
    unknown = int(row["sessions"] - row["counted"])
    if not unknown:
        return t("每场都统计了人数")
    return t("另有 {count} 场未统计人数，不计入", count=f"{unknown:,}")


def _unnamed(row: Any) -> str:
    """Persons are told apart by their number; of the rest only the sessions can be counted."""
    if not row["unnamed"]:
        return t("按人员编号计，每场都已登记人员")
    return t("按人员编号计；未登记人员 {count} 场", count=f"{int(row['unnamed']):,}")


def _reach(metric: Metric, row: Any) -> html.Div:
    """Buildings reached of all, with a bar up to the target."""
    value = metric.value(row["reached"], row["buildings"])
    beneath = [
        meter(value, metric.target),
        html.Div(_missing(metric.show(value), row), className="card-note"),
    ]
    whole = html.Span(f" / {int(row['buildings']):,}", className="card-whole")
    return _card(t("到过的住宿楼宇"), "reached", row, beneath, whole, f"shade-{shade(value).css}")


def _missing(rate: str, row: Any) -> str:
    missing = int(row["buildings"] - row["reached"])
    if missing:
        return t("{rate}，还有 {count} 栋没有到过", rate=rate, count=f"{missing:,}")
    return t("{rate}，全部到过", rate=rate) if row["buildings"] else t("你的范围内没有住宿楼宇")


def _card(
    name: str,
    key: str,
    row: Any,
    beneath: list[html.Div],
    whole: html.Span | None = None,
    look: str = "shade-none",
) -> html.Div:
    value = html.Span([f"{int(row[key]):,}", whole], className="card-value")
    head = html.Div([value, _change(row, key)], className="card-line")
    box = html.Div([html.Div(name, className="card-name"), head, *beneath])
    box.className = f"card-box {look}"
    return html.Div(box, className="card-slot")


def _change(row: Any, key: str) -> html.Span:
    """More or less than as far into the term before; only of buildings is more plainly better."""
    before = row[f"earlier_{key}"]
    if before is None or pd.isna(before):
        return html.Span(t("上学期无数据"), className="change none")
    more = int(row[key]) - int(before)
    if not more:
        return html.Span(t("与上学期同日持平"), className="change none")
    sign, css = ("▲", "up") if more > 0 else ("▼", "down")
    if key != "reached":
        css = "none"
    said = t(
        "{sign}{count} 较上学期同日的 {before}",
        sign=sign,
        count=f"{abs(more):,}",
        before=f"{int(before):,}",
    )
    return html.Span(said, className=f"change {css}")

"""Student groups as lists: the six kinds beside a year ago, and every group by itself."""

from typing import Any

import pandas as pd
from dash import html

from components.forces_words import people
from components.panels.rosters import meter, table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.group_mix import CLOSED, DORMANT, OUTSIDE
from queries.metric import Metric


def group_kinds(df: pd.DataFrame, metric: Metric, _: Filters) -> html.Div | html.P:
    """One row per kind; beneath each number that of the same teaching week of the year before."""
    if df.empty:
        return html.P(t("你的范围内没有学生团体。"), className="empty")
    heads = [t("类别"), t("团体"), t("没有活动"), t("成员"), t("进了社区")]
    heads += [t("场次"), t("参与人次"), t("到过的楼")]
    return table(heads, [_kind(row, metric) for row in df.itertuples()], t("六类学生团体"))


def _kind(row: Any, metric: Metric) -> html.Tr:
    came = people(row.attended, row.recorded, row.sessions) or "—"
    before = row.earlier_sessions
    came_before = None if _missing(before) else _came(row)
    share = t("{part}/{all} 栋", part=row.homes, all=row.every)
    return html.Tr(
        [
            html.Td(html.B(t(row.kind))),
            html.Td(two_lines(f"{row.denominator:,}", _year(row.earlier_denominator)), **NUM),
            html.Td(f"{row.dormant:,}", className="num bad" if row.dormant else "num muted"),
            html.Td(two_lines(f"{row.members:,}", _year(row.earlier_members)), **NUM),
            html.Td([meter(row.numerator, row.denominator, metric), _beneath(metric, row)]),
            html.Td(two_lines(f"{row.sessions:,}", _year(before)), **NUM),
            html.Td(two_lines(came, _year(came_before)), **NUM),
            html.Td(two_lines(share, _year(row.earlier_homes)), **NUM),
        ]
    )


NUM: dict[str, Any] = {"className": "num"}


def _came(row: Any) -> str:
    counts = (row.earlier_attended, row.earlier_recorded, row.earlier_sessions)
    return people(*(int(count) for count in counts)) or "0"


def _beneath(metric: Metric, row: Any) -> html.Span:
    """The rate of the year before."""
    number, whole = row.earlier_numerator, row.earlier_denominator
    value = None if _missing(whole) else metric.value(number, whole)
    return html.Span(_year(None if value is None else metric.show(value)), className="beneath")


def _year(value: Any) -> str:
    if _missing(value):
        return t("上年无数据")
    shown = value if isinstance(value, str) else f"{int(value):,}"
    return t("上年 {value}", value=shown)


def _missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value))


def group_list(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """One row per group, those that did nothing first."""
    if df.empty:
        return html.P(t("你的范围内没有学生团体。"), className="empty")
    heads = [t("团体"), t("本学期"), t("成员"), t("学院"), t("学院均衡度"), t("专业")]
    heads += [t("场次"), t("到过的楼"), t("最近一场")]
    return table(heads, [_group(row) for row in df.itertuples()], t("学生团体"))


def _group(row: Any) -> html.Tr:
    even = "—" if pd.isna(row.evenness) else f"{row.evenness:.2f}"
    all_ = [t("全体 {count}", count=f"{row.everyone:,}")] if row.everyone != row.members else []
    unknown = [t("{count} 人未登记", count=row.unknown)] if row.unknown else []
    bad = row.state in (DORMANT, OUTSIDE)
    look = "bad" if bad else "muted" if row.state == CLOSED else ""
    return html.Tr(
        [
            html.Td(two_lines(row.name, t(row.kind))),
            html.Td(t(row.state), className=look),
            html.Td(_over(f"{row.members:,}", *all_), **NUM),
            html.Td(row.colleges or "—", className="num bad" if row.colleges == 1 else "num"),
            html.Td(even, **NUM),
            html.Td(_over(row.majors or "—", *unknown), **NUM),
            html.Td(_over(f"{row.sessions:,}", *_lists(row)), **NUM),
            html.Td(f"{row.homes:,}", **NUM),
            html.Td("—" if row.last is None else str(row.last), **NUM),
        ]
    )


def _over(first: Any, *beneath: str) -> Any:
    return two_lines(first, *beneath) if beneath else first


def _lists(row: Any) -> list[str]:
    said = people(row.attended, row.recorded, row.sessions)
    return [said] if said else []

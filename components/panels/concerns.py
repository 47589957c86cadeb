"""Concerns as tables: each category's pace, and the list of what nobody has answered in time."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill
from components.panels.rosters import meter, number, table
from data.locale.translate import t
from queries.concern_progress import TOGETHER
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME
from queries.filters import Filters
from queries.metric import Metric

PAGE = "/counselors"


def category_table(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """A row a category: both rates as bars, days as a bar of nine in ten with the median marked."""
    if df.empty:
        return html.P(t("本学期截至这一天没有提出关切问题。"), className="empty")
    head = [t("类别"), t("提出"), t("按时首次答复"), t("闭环"), t("还没解决")]
    head += [t("多少天首次答复"), t("多少天解决")]
    longest = float(df[["answer_most", "solution_most"]].max().max())
    more = t(
        "天数是日历日，横条到九成问题不超过的天数，竖线是中位数；"
        "不足 10 个的不给九成；不足 5 个的类别并在一起。"
    )
    return table(head, [_category(row, longest) for row in df.itertuples()], t("问题类别"), more)


def _category(row: Any, longest: float) -> html.Tr:
    answers = (row.answered, row.answer_median, row.answer_most)
    solutions = (row.solved, row.solution_median, row.solution_most)
    return html.Tr(
        [
            html.Td(t(row.category)),
            html.Td(f"{row.raised:,}", className="num"),
            html.Td(_rate(row.numerator, row.denominator, RESPONSE_IN_TIME)),
            html.Td(_rate(row.closed, row.raised, CLOSED_LOOP)),
            number(row.unresolved),
            html.Td(_days(*answers, longest)),
            html.Td(_days(*solutions, longest)),
        ],
        className="sum" if row.category == TOGETHER else "",
    )


def _rate(numerator: int, denominator: int, metric: Metric) -> html.Div | str:
    return meter(numerator, denominator, metric) if denominator else "—"


def _days(count: int, median: float, most: float, longest: float) -> html.Div | str:
    """A bar of days: its end is what nine in ten stay within, the tick the median."""
    if not count:
        return "—"
    known = {"median": f"{median:g}", "count": f"{count:,}"}
    if pd.isna(most):
        return html.Div(
            html.Span(t("中位 {median} 天（{count} 个）", **known)), className="party-meter"
        )
    scale = 100 / max(longest, median, 1)
    marks = [
        html.Div(className="bar-value", style={"width": f"{most * scale:.1f}%"}),
        html.Div(className="bar-median", style={"left": f"{median * scale:.1f}%"}),
    ]
    said = t("中位 {median} 天，九成 {most} 天内（{count} 个）", most=f"{int(most):,}", **known)
    bar = html.Div(marks, className="bullet", **{"aria-hidden": "true"})
    return html.Div([bar, html.Span(said)], className="party-meter")


def overdue_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """The longest overdue first; to those who see no single concern, their number by college."""
    if df.empty:
        return html.P(t("没有过了时限还没有答复的问题。"), className="empty")
    if df["concern_id"].isna().all():
        return html.P(
            t("逐个列出只给职责范围内的人；按学院：{colleges}。", colleges=by_college(df)),
            className="empty",
        )
    head = [t("关切问题"), t("楼宇"), t("学院"), t("承办辅导员")]
    head += [t("提出"), t("时限末日"), t("已经超过")]
    body = [_overdue(row, filters) for row in df.itertuples()]
    total = int(df["total"].iloc[0])
    said = t("这里列出最久的 {shown} 个，共 {total} 个。", shown=len(body), total=f"{total:,}")
    more = said if total > len(body) else ""
    return table(head, body, t("过了时限还没有答复的问题"), more)


def by_college(df: pd.DataFrame) -> str:
    """Every college with its number of concerns."""
    named = [
        f"{row.college if isinstance(row.college, str) else t('未归属')} {int(row.number):,}"
        for row in df.itertuples()
    ]
    return t("、").join(named)


def _overdue(row: Any, filters: Filters) -> html.Tr:
    placed = isinstance(row.building, str)
    place = drill(row.building, filters, "building", row.building_id, PAGE) if placed else "—"
    in_charge = row.counselor if isinstance(row.counselor, str) else t("还没有指定")
    return html.Tr(
        [
            html.Td([html.B(t(row.category)), html.Span(f" #{row.concern_id}", className="muted")]),
            html.Td(place),
            html.Td(row.college if isinstance(row.college, str) else "—"),
            html.Td(in_charge, className="" if isinstance(row.counselor, str) else "bad"),
            html.Td(str(row.raised)[:10], className="num"),
            html.Td(str(row.limit_day)[:10], className="num"),
            html.Td(
                [
                    html.B(t("{days} 个工作日", days=f"{int(row.working_days):,}")),
                    " ",
                    html.Span(t("（{days} 天）", days=f"{int(row.days):,}"), className="muted"),
                ],
                className="num",
            ),
        ]
    )

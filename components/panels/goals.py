"""The three full coverages side by side: value, target, pace, last year, where each is heading."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.marks import quality_mark
from data.locale.translate import t
from queries.filters import Filters
from queries.goals import CONCERNS, HEADLINES, STUDENTS, TIMES
from queries.metric import Metric
from queries.rates import GOALS

NUMBERED = ((STUDENTS, "①"), (TIMES, "②"), (CONCERNS, "③"))
BY_KEY = {metric.key: metric for metric in GOALS}
LEADING = frozenset(metric.key for metric in HEADLINES)


def goal_columns(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """A column a goal: its headline metric in full, the others in a line each."""
    if df.empty:
        return html.P(t("你的范围内本学期还没有可计算的 44023 数据。"), className="empty")
    return html.Div(
        [_goal(goal, sign, df[df["goal"] == goal], filters) for goal, sign in NUMBERED],
        className="goals",
    )


def _goal(goal: str, sign: str, rows: pd.DataFrame, filters: Filters) -> html.Section:
    leading = [row for row in rows.itertuples() if row.metric in LEADING]
    others = [row for row in rows.itertuples() if row.metric not in LEADING]
    body: list[Any] = [_headline(row, filters) for row in leading]
    if not leading:
        body = [html.P(t("这里还没有可计算的数值。"), className="empty")]
    if others:
        body.append(html.Ul([_line(row, filters) for row in others], className="goal-lines"))
    return html.Section([html.H3([html.Span(sign, className="sign"), t(goal)]), *body])


def _headline(row: Any, filters: Filters) -> html.Div:
    metric = BY_KEY[row.metric]
    value = metric.value(row.numerator, row.denominator)
    return html.Div(
        [
            html.Div(
                [
                    html.Span(t(metric.name), className="card-name"),
                    quality_mark(row.mark, filters) if "mark" in row._fields else None,
                ],
                className="goal-name",
            ),
            html.Div(
                [
                    html.Span(metric.show(value), className="card-value"),
                    html.Span(_fraction(row, metric), className="card-count"),
                ],
                className="card-line",
            ),
            _track(row, value),
            html.Dl([part for pair in _facts(row, metric, value) for part in pair]),
        ],
        className="goal-headline",
    )


def _fraction(row: Any, metric: Metric) -> str:
    away = t("，另有 {count} 人不在校", count=f"{row.exempt:,}")
    counted = f"{row.numerator:,} / {row.denominator:,} {t(metric.unit)}"
    return counted + (away if row.exempt and row.goal == STUDENTS else "")


def _track(row: Any, value: float | None) -> html.Div:
    """The share as a bar; the projection as a band, pace and target as marks on it."""
    marks: list[Any] = [html.Div(className="meter-bar", style={"width": _part(value)})]
    if not _none(row.low):
        width = f"{max(row.high - row.low, 0) * 100:.2f}%"
        marks.append(
            html.Div(className="goal-range", style={"left": _part(row.low), "width": width})
        )
    if not _none(row.pace) and row.pace != row.target:
        marks.append(html.Div(className="goal-pace", style={"left": _part(row.pace)}))
    if not _none(row.target):
        marks.append(html.Div(className="meter-target", style={"left": _part(row.target)}))
    return html.Div(marks, className="meter goal-track", **{"aria-hidden": "true"})


def _part(value: float | None) -> str:
    return f"{min(value or 0.0, 1.0) * 100:.2f}%"


def _none(value: Any) -> bool:
    return value is None or pd.isna(value)


def _facts(row: Any, metric: Metric, value: float | None) -> list[tuple[html.Dt, html.Dd]]:
    """Each line says a number and what it is held against."""
    facts = [(t("目标"), _target(row, metric))]
    if not _none(row.pace) and row.pace != row.target:
        facts.append((t("今日应到"), _pace(row, metric, value)))
    facts.append((t("上年同一教学周"), _earlier(row, metric, value)))
    facts.append((t("学期末预计"), _ahead(row, metric)))
    return [(html.Dt(name), html.Dd(said)) for name, said in facts]


def _target(row: Any, metric: Metric) -> Any:
    missing = row.target * row.denominator - row.numerator
    if missing <= 0:
        return t("{value}，已达到", value=metric.show(row.target))
    count = f"{int(-(-missing // 1)):,}"
    return t(
        "{value}，还差 {count} {unit}",
        value=metric.show(row.target),
        count=count,
        unit=t(metric.unit),
    )


def _pace(row: Any, metric: Metric, value: float | None) -> Any:
    """By teaching days; ahead and behind are said in points."""
    said = t(
        "{value}（教学日 {passed}/{days}）",
        value=metric.show(row.pace),
        passed=row.passed,
        days=row.days,
    )
    return [said, " ", _points((value or 0) - row.pace, t("快 {points} 点"), t("慢 {points} 点"))]


def _earlier(row: Any, metric: Metric, value: float | None) -> Any:
    if _none(row.earlier_denominator) or not row.earlier_denominator:
        return t("没有上年数据")
    then = row.earlier_numerator / row.earlier_denominator
    points = _points((value or 0) - then, t("高 {points} 点"), t("低 {points} 点"))
    return [t("{value}（{day}）", value=metric.show(then), day=str(row.earlier_day)), " ", points]


def _points(difference: float, above: str, below: str) -> html.Span:
    points = f"{abs(difference) * 100:.1f}"
    if points == "0.0":
        return html.Span(t("持平"), className="change none")
    said = (above if difference > 0 else below).replace("{points}", points)
    return html.Span(said, className=f"change {'up' if difference > 0 else 'down'}")


def _ahead(row: Any, metric: Metric) -> Any:
    if _none(row.low):
        return t("教学周不足两周或学期已结束，不作预计")
    how = t("按最近四个教学周推算；范围取其中最慢与最快的一周")
    said = t(
        "{middle}（{low}–{high}）",
        middle=metric.show(row.projected),
        low=metric.show(row.low),
        high=metric.show(row.high),
    )
    return [said, html.Span(how, className="how")]


def _line(row: Any, filters: Filters) -> html.Li:
    """A further metric of the goal: value, fraction, target, the year before."""
    metric = BY_KEY[row.metric]
    value = metric.value(row.numerator, row.denominator)
    beside = [f"{row.numerator:,}/{row.denominator:,}"]
    if not _none(row.target):
        beside.append(t("目标 {value}", value=metric.show(row.target)))
    if not _none(row.earlier_denominator) and row.earlier_denominator:
        then = row.earlier_numerator / row.earlier_denominator
        beside.append(t("上年 {value}", value=metric.show(then)))
    if not _none(row.low):
        beside.append(t("期末预计 {value}", value=metric.show(row.projected)))
    link = f"/dictionary{replace(address(filters), metric='building_coverage').search}#{metric.key}"
    return html.Li(
        [
            html.A(t(metric.name), href=link),
            html.B(metric.show(value)),
            html.Span(" · ".join(beside), className="muted"),
        ]
    )

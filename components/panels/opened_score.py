"""Every score opens: indicator, rule, raw value, numerator over denominator, and where it leads."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.ranking import PAGE
from components.panels.shares import two_lines
from components.rule_words import rule_text, value_text
from data.locale.translate import t
from data.schemes.scheme import (
    AWARDS,
    BUILDING,
    COLLEGE_LEADS,
    METRIC,
    MISSING,
    RATING,
    SATISFACTION,
    SOURCES,
    Indicator,
    Scheme,
)
from queries.catalog import BY_KEY
from queries.filters import BELONGS, LEADS, Filters
from queries.metric import Metric
from queries.schemes import chosen_scheme
from queries.scoring_rules import RELATIVE

LISTS = {RATING: "/ratings", AWARDS: PAGE, SATISFACTION: "/activities"}


def score_sheet(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """The total in words, then a section for each dimension with a row for each indicator."""
    if df.empty:
        return html.P(no_unit(), className="empty")
    scheme = chosen_scheme(filters)
    told = {one.key: one for one in scheme.indicators}
    sections = [
        html.Section(
            [_head(name, rows), *(_line(row, told, scheme, filters) for row in _rows(rows))]
        )
        for name, rows in df.groupby("dimension", sort=False)
    ]
    return html.Div([_top(df, filters), *sections], className="score-sheet")


def no_unit() -> str:
    """Why no score is opened."""
    return t("这次评价里没有这个单位，或它不在你的范围内。")


def _rows(rows: pd.DataFrame) -> list[Any]:
    return list(rows.itertuples(index=False))


def _top(df: pd.DataFrame, filters: Filters) -> html.Div:
    row = _rows(df)[0]
    total = "—" if pd.isna(row.total) else f"{row.total:.1f}"
    place = "—" if pd.isna(row.rank) else f"{row.rank:.0f}/{row.of}"
    facts = [html.B(row.unit), t("总分 {total}", total=total)]
    facts.append(t("{group}第 {place}", group=t(row.peer_group), place=place))
    if row.veto:
        facts.append(html.Strong(t("一票否决：{reason}", reason=t(row.veto)), className="bad"))
    close = html.A(t("收起"), href=f"{PAGE}{replace(address(filters), unit='').search}")
    parts = [html.Span(fact) for fact in facts]
    return html.Div([*parts, close], className="score-top")


def _head(name: object, rows: pd.DataFrame) -> html.H3:
    got, full = rows["points"].sum(), rows["full"].sum()
    said = t("得 {points} 分，共 {full} 分", points=f"{got:.1f}", full=f"{full:.1f}")
    return html.H3([t(str(name)), html.Small(said, className="muted")])


def _line(row: Any, told: dict[str, Indicator], scheme: Scheme, filters: Filters) -> html.Details:
    indicator = told[row.indicator]
    points = "—" if pd.isna(row.points) else f"{row.points:.1f} / {row.full:.1f}"
    share = 0 if pd.isna(row.score) else row.score
    bar = html.Div(html.Div(className="meter-bar", style={"width": f"{share:.1f}%"}))
    bar.className = "meter"
    summary = html.Summary(
        [
            html.Span(t(row.name), className="line-name"),
            html.Span(bar, className="line-bar", **{"aria-hidden": "true"}),
            html.Span(points, className="num"),
        ]
    )
    return html.Details(
        [summary, html.Dl(_facts(row, indicator, scheme, filters))], className="score-line"
    )


def _facts(row: Any, indicator: Indicator, scheme: Scheme, filters: Filters) -> list[Any]:
    entries: list[tuple[str, Any]] = [
        (t("评分标准"), t(indicator.standard)),
        (t("规则"), two_lines(rule_text(indicator), *_caution(indicator))),
        (t("来源"), _source(indicator, scheme, filters)),
        (t("数值"), _value(row, indicator)),
        (t("得分（百分制）"), _score(row, indicator)),
        (t("同类"), _peers(row)),
        (t("政策依据"), t(indicator.clause)),
        (t("六项归类"), t(indicator.heading)),
    ]
    return [part for head, said in entries for part in (html.Dt(head), html.Dd(said))]


def _caution(indicator: Indicator) -> tuple[str, ...]:
    if indicator.rule.kind in RELATIVE:
        return (t("注意：这条规则看别人的数值，别人变了它也变，会放大偶然。"),)
    if indicator.rule.kind == "per_item":
        return (t("注意：按次计分鼓励多报次数，不鼓励办好。"),)
    return ()


def _source(indicator: Indicator, scheme: Scheme, filters: Filters) -> Any:
    kind = indicator.source.kind
    if kind == METRIC:
        metric = BY_KEY[indicator.source.key]
        place = _slice(scheme, filters)
        link = html.A(t(metric.name), href=f"{metric.page}{place.search}")
        return two_lines(link, t(metric.definition))
    name = t(SOURCES[kind])
    here = replace(address(filters), unit=filters.unit)
    return html.A(name, href=f"{LISTS[kind]}{here.search}") if kind in LISTS else name


def _slice(scheme: Scheme, filters: Filters) -> Filters:
    """The unit as the slice of another page."""
    plain = replace(address(filters), scheme="", period="", unit="", weights="", spread="", seal="")
    if scheme.unit == BUILDING:
        return plain.at("building", filters.unit)
    meaning = LEADS if scheme.unit == COLLEGE_LEADS else BELONGS
    return replace(plain, college=filters.unit, college_as=meaning)


def _value(row: Any, indicator: Indicator) -> Any:
    if pd.isna(row.value):
        return t(row.why) if isinstance(row.why, str) and row.why else "—"
    said = value_text(indicator, row.value)
    if pd.isna(row.denominator):
        return said
    return two_lines(said, f"{row.numerator:,.0f} / {row.denominator:,.0f}")


def _score(row: Any, indicator: Indicator) -> Any:
    if pd.isna(row.score):
        return two_lines("—", t(MISSING[indicator.missing]))
    said = f"{row.score:.1f}"
    return (
        two_lines(said, t("没有数值，{rule}", rule=t(MISSING[indicator.missing])))
        if row.filled
        else said
    )


def _peers(row: Any) -> str:
    if pd.isna(row.median):
        return "—"
    return t("中位数 {median}，最好 {best}", median=f"{row.median:.1f}", best=f"{row.best:.1f}")

"""What is to be rated by hand: the round and how far it is, what waits, a cell for every item."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.rosters import number, table
from components.panels.shares import share, two_lines
from components.rating_words import PAGE, form_of, nothing_to_rate
from data.locale.translate import t
from data.schemes.scheme import PERIODS
from queries.filters import Filters
from queries.metric import Metric
from queries.rating_items import BY_INDICATOR, BY_RATER, TOTAL
from queries.rating_result import AGREED, APART, DONE, NONE, SHORT, STATES
from queries.ratings import manual
from queries.schemes import chosen_scheme, schemes

SIGNS = {APART: "≠", SHORT: "…", NONE: "○", DONE: "✓", AGREED: "★"}
"""A state is seen by its sign and its word, not by colour alone."""


def rating_progress(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div:
    """Which scheme and period, then the response rate in all, by indicator and by rater."""
    chooser = _chooser(filters)
    if df.empty:
        return html.Div([chooser, html.P(nothing_to_rate(), className="empty")])
    indicators = df[df["part"].isin([TOTAL, BY_INDICATOR])]
    heads = [t("人工指标"), t("收到评分"), *(t(name) for name in STATES.values())]
    body = [_progress(row) for row in indicators.itertuples()]
    parts = [chooser, table(heads, body, t("评分进度")), _raters(df[df["part"] == BY_RATER])]
    return html.Div(parts, className="rating-progress")


def _progress(row: Any) -> html.Tr:
    name = html.B(t("合计")) if row.part == TOTAL else t(row.name)
    states = [number(int(getattr(row, state))) for state in STATES]
    return html.Tr(
        [
            html.Td(name),
            html.Td(share(int(row.numerator), int(row.denominator), few=0)),
            *states,
        ]
    )


def _raters(df: pd.DataFrame) -> html.Div | None:
    """What each has rated, by name: who is asked for how many is not on record."""
    if df.empty:
        return None
    said = [
        html.Span(t("{name} {count} 项", name=row.name, count=f"{row.numerator:,.0f}"))
        for row in df.rename(columns={"key": "rater"}).itertuples()
    ]
    label = t("各评分人已评")
    return html.Div(
        [html.Span(label, className="muted"), *said],
        className="rating-raters",
        role="group",
        **{"aria-label": label},
    )


def _chooser(filters: Filters) -> html.Div:
    """Every scheme with manual indicators and every kind of period, as links."""
    scheme = chosen_scheme(filters)
    kind = filters.period or scheme.period
    plain = replace(address(filters), unit="", indicator="")
    rated = [one for one in schemes().values() if manual(one) or one == scheme]
    lines = [
        _line(
            t("方案"),
            [
                _choice(t(one.name), replace(plain, scheme=one.key, period=""), one == scheme)
                for one in rated
            ],
        ),
        _line(
            t("周期"),
            [
                _choice(
                    t(name), replace(plain, period="" if key == scheme.period else key), key == kind
                )
                for key, name in PERIODS.items()
            ],
        ),
    ]
    return html.Div(lines, className="rating-chooser")


def _line(name: str, links: list[html.A]) -> html.Div:
    return html.Div(
        [html.Span(name, className="muted"), *links],
        className="chips",
        role="group",
        **{"aria-label": name},
    )


def _choice(label: str, filters: Filters, chosen: bool) -> html.A:
    current = {"aria-current": "true"} if chosen else {}
    return html.A(label, href=f"{PAGE}{filters.search}", className="chip choice", **current)


def rating_waiting(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Items that wait for somebody, the most pressing first."""
    if df.empty:
        said = t("没有等第三人、等商议或还缺评分人的项目；一份评分也没有的，见下面的总表。")
        return html.P(said, className="empty")
    heads = [t("单位"), t("人工指标"), t("状态"), t("已评"), ""]
    return table(heads, [_waiting(row, filters) for row in df.itertuples()], t("等待处理"))


def _waiting(row: Any, filters: Filters) -> html.Tr:
    done = t("你已评过") if row.mine else ""
    link = html.A(t("查看") if row.mine else t("去评分"), href=_form(row, filters))
    return html.Tr(
        [
            html.Td(row.unit),
            html.Td(t(row.indicator_name)),
            html.Td(two_lines(_tag(row.state), _what(row))),
            html.Td(f"{row.given}/{row.raters}", className="num"),
            html.Td(two_lines(link, *([done] if done else []))),
        ]
    )


def _what(row: Any) -> str:
    """What an item waits for."""
    if row.state == APART:
        return t("相差 {gap} 分，待第三人评分或商议", gap=f"{row.gap:g}")
    return t("还缺 {count} 位评分人", count=row.missing)


def _tag(state: str) -> html.Span:
    return html.Span(f"{SIGNS[state]} {t(STATES[state])}", className=f"tag rated-{state}")


def _form(row: Any, filters: Filters) -> str:
    return form_of(filters, row.unit_id, row.indicator)


def rating_matrix(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Units down, manual indicators across; each cell opens the form."""
    if df.empty:
        return html.P(nothing_to_rate(), className="empty")
    names = df.drop_duplicates("indicator")
    heads = [t("单位"), *(t(name) for name in names["indicator_name"])]
    body = [
        html.Tr([html.Td(_unit(rows)), *(_cell(row, filters) for row in rows.itertuples())])
        for _, rows in df.groupby("unit_id", sort=False)
    ]
    shown = table(heads, body, t("评分总表"))
    return html.Div([_legend(), shown], className="rating-matrix")


def _unit(rows: pd.DataFrame) -> html.Div:
    return two_lines(rows["unit"].iloc[0], t(rows["peer_group"].iloc[0]))


def _cell(row: Any, filters: Filters) -> html.Td:
    chosen = (row.unit_id, row.indicator) == (filters.unit, filters.indicator)
    current = {"aria-current": "true"} if chosen else {}
    name = t("{unit}，{indicator}", unit=row.unit, indicator=t(row.indicator_name))
    said = f"{SIGNS[row.state]} {t(STATES[row.state])} {row.given}/{row.raters}"
    link = html.A(
        [said, html.Span(" ●", className="rated-mine", title=t("你已评过"))] if row.mine else said,
        href=_form(row, filters),
        className=f"rating-cell rated-{row.state}",
        title=name,
        **current,
    )
    return html.Td(link)


def _legend() -> html.P:
    marks = [f"{SIGNS[state]} {t(name)}" for state, name in STATES.items()]
    marks.append(f"● {t('你已评过')}")
    return html.P("　".join(marks), className="muted")

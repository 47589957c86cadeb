"""Choosing what is compared: the kind of unit, the units, the measures; as one address."""

from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from components.compare_words import nothing_to_compare
from components.icons import icon
from components.panels.links import address
from data.locale.translate import t
from data.schemes.scheme import BUILDING, UNITS
from queries.compare_change import EARLIER, EARLIER_WRONG
from queries.compare_choice import MOST_MEASURES, MOST_UNITS, REFUSALS
from queries.compare_offer import MEASURE, UNIT
from queries.filters import Filters
from queries.metric import Metric

PAGE = "/compare"
AGAINST = "against"
COMPARED = ("compare_as", "units", "measures", "funnel", AGAINST)


def compare_chooser(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Links for the kind, buttons for units and measures, links for what single charts show."""
    if df.empty:
        return html.P(nothing_to_compare(), className="empty")
    problem = str(df["problem"].iloc[0])
    kind = str(df["kind"].iloc[0])
    parts = [
        _refusal(problem, str(df["asked"].iloc[0])),
        _line(t("对比"), [_kind(key, name, key == kind, filters) for key, name in UNITS.items()]),
        _form(df, kind, filters, opened=bool(problem)),
        _line(t("逐个单位的图看"), _funnels(df, filters)),
        _line(t("变化与哪一天比"), [*_earlier(filters), _day(filters)]),
    ]
    return html.Div([part for part in parts if part is not None], className="compare-chooser")


def refusal_text(problem: str, asked: str) -> str:
    """Why a choice cannot be, in words."""
    if problem == AGAINST:
        return t(EARLIER_WRONG, value=asked)
    return t(REFUSALS[problem], value=asked)


def chooser_words(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """What is compared with what, or why it cannot be."""
    if df.empty:
        return nothing_to_compare()
    problem = str(df["problem"].iloc[0])
    if problem:
        return refusal_text(problem, str(df["asked"].iloc[0]))
    units = df[(df["part"] == UNIT) & (df["chosen"] == 1)]["name"]
    count = int(((df["part"] == MEASURE) & (df["chosen"] == 1)).sum())
    said = t("{names}，{count} 项指标。", names=t("、").join(units), count=count)
    return said if filters.units else said + t("没有选定，先列出同类的几个。")


def _refusal(problem: str, asked: str) -> html.P | None:
    if not problem:
        return None
    said = refusal_text(problem, asked)
    return html.P(said, className="compare-refusal", role="alert")


def _line(name: str, parts: list[Any]) -> html.Div:
    return html.Div(
        [html.Span(name, className="muted"), *parts],
        className="chips compare-line",
        role="group",
        **{"aria-label": name},
    )


def here(filters: Filters, **more: str) -> Filters:
    """The slice as it stands in an address of this page, a part of the comparison changed."""
    kept = {name: getattr(filters, name) for name in COMPARED}
    return replace(address(filters), **kept | more)


def compare_address(filters: Filters, **more: str) -> str:
    """The page with a part of the comparison changed."""
    return f"{PAGE}{here(filters, **more).search}"


def _chip(name: str, href: str, current: bool) -> html.A:
    more = {"aria-current": "true"} if current else {}
    return html.A(name, href=href, className="chip", **more)


def _kind(key: str, name: str, current: bool, filters: Filters) -> html.A:
    asked = "" if key == BUILDING else key
    return _chip(t(name), compare_address(filters, compare_as=asked, units=""), current)


def _funnels(df: pd.DataFrame, filters: Filters) -> list[html.A]:
    measures = df[(df["part"] == MEASURE) & (df["chosen"] == 1)]
    return [
        _chip(t(row["name"]), compare_address(filters, funnel=row["key"]), bool(row["funnel"]))
        for row in measures.to_dict("records")
    ]


def _earlier(filters: Filters) -> list[html.A]:
    return [
        _chip(t(name), compare_address(filters, against=key), filters.against == key)
        for key, name in EARLIER.items()
    ]


def _day(filters: Filters) -> html.Form:
    """Any other day."""
    value = "" if filters.against in EARLIER else filters.against
    field = dbc.Input(
        id="compare-day", name="against", type="text", value=value, placeholder="2026-06-10"
    )
    return html.Form(
        [
            html.Label(t("其他日期"), htmlFor="compare-day", className="muted"),
            field,
            html.Button(t("对比"), type="submit", className="tool"),
        ],
        action=PAGE,
        className="compare-form compare-day",
        **{"data-kept": here(filters, against="").search},
    )


def _form(df: pd.DataFrame, kind: str, filters: Filters, *, opened: bool) -> html.Form:
    """Units and measures as buttons that are pressed or not, read by the script."""
    kept = here(filters, units="", measures="", funnel="")
    units, measures = (df[df["part"] == part] for part in (UNIT, MEASURE))
    return html.Form(
        [
            _choices(
                t("选{kind}（2–{most} 个）", kind=t(UNITS[kind]), most=MOST_UNITS),
                "units",
                units,
                opened=opened,
            ),
            _choices(
                t("选指标（最多 {most} 项）", most=MOST_MEASURES),
                "measures",
                measures,
                opened=opened,
            ),
            html.Button(
                [icon("bar-chart"), html.Span(t("对比"))], type="submit", className="tool strong"
            ),
        ],
        action=PAGE,
        className="compare-form",
        **{"data-kept": kept.search},
    )


def _choices(title: str, name: str, rows: pd.DataFrame, *, opened: bool) -> html.Details:
    groups = [
        html.Fieldset(
            [
                html.Legend(t(str(work))),
                *(_button(name, row) for row in of_work.to_dict("records")),
            ],
            className="chips",
        )
        for work, of_work in rows.groupby("work", sort=False)
    ]
    chosen = t("、").join(t(one) for one in rows.loc[rows["chosen"] == 1, "name"])
    summary = html.Summary([html.B(title), html.Span(chosen, className="muted")])
    return html.Details([summary, *groups], open=opened, className="compare-choices")


def _button(name: str, row: dict[str, Any]) -> html.Button:
    """Dash has no plain check box: a button that is pressed or not."""
    state = {"aria-pressed": "true" if row["chosen"] else "false"}
    data = {"data-name": name, "data-value": row["key"]}
    return html.Button(t(row["name"]), type="button", className="chip choice", **state, **data)

"""Chosen units beside each other: a small panel a measure, and every gap to the peers' median."""

from typing import Any

import pandas as pd
from dash import html

from components.compare_words import (
    MARKS,
    missing,
    nothing_to_compare,
    pair,
    percent,
    points,
    verdict,
)
from components.panels.links import to_portrait
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from data.schemes.scheme import BUILDING
from queries.filters import Filters
from queries.metric import Metric
from queries.room_trials import BY_ROOM

EDGE = 0.05
"""Panels begin and end at whole steps of five points."""


def small_multiples(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """A panel a measure on a scale of its own: a dot a unit, its interval, the peers' median."""
    if df.empty:
        return html.P(nothing_to_compare(), className="empty")
    panels = [_panel(rows) for _, rows in df.groupby("metric", sort=False)]
    return html.Div(panels, className="multiples")


def scale(rows: pd.DataFrame) -> tuple[float, float]:
    """From where to where a panel goes: all intervals and medians, in whole steps."""
    shown = rows[["low", "high", "median"]].to_numpy(float)
    known = shown[~pd.isna(shown)]
    if not len(known):
        return 0.0, 1.0
    low = max(0.0, int(known.min() / EDGE) * EDGE)
    high = min(1.0, -int(-known.max() / EDGE - 0.999999) * EDGE)
    return low, max(high, low + EDGE)


def _panel(rows: pd.DataFrame) -> html.Section:
    ends = scale(rows)
    lines = [_line(row, place, ends) for place, row in enumerate(rows.itertuples())]
    foot = html.Div([html.Span(f"{end:.0%}") for end in ends], className="multiple-ends")
    name = t(str(rows["name"].iloc[0]))
    note = t("区间按房间数") if rows["metric"].iloc[0] in BY_ROOM else ""
    head = html.H3([name, html.Small(note, className="muted")])
    return html.Section([head, html.Ul(lines), foot], className="multiple")


def _line(row: Any, place: int, ends: tuple[float, float]) -> html.Li:
    return html.Li(
        [
            html.Span(row.unit, className="multiple-unit", title=row.unit),
            html.Div(_marks(row, place, ends), className="multiple-track"),
            html.Span([html.B(percent(row.value)), f" {pair(row)}"], className="multiple-value"),
        ]
    )


def _marks(row: Any, place: int, ends: tuple[float, float]) -> list[html.Span]:
    """The peers' median, the interval and the dot, at their places."""
    low, high = ends

    def at(value: float) -> str:
        return f"{(value - low) / (high - low) * 100:.1f}%"

    shown = []
    if not missing(row.median):
        said = t("同类中位数 {value}", value=percent(row.median))
        shown.append(html.Span(className="at-median", style={"left": at(row.median)}, title=said))
    if missing(row.value) or missing(row.low):
        return shown
    wide = f"{(row.high - row.low) / (high - low) * 100:.1f}%"
    said = t("95% 区间 {low}–{high}", low=percent(row.low), high=percent(row.high))
    shown.append(
        html.Span(className="at-interval", style={"left": at(row.low), "width": wide}, title=said)
    )
    symbol = MARKS[place % len(MARKS)][1]
    dot = f"at-dot mark-{symbol} unit-{place % len(MARKS)}"
    return [*shown, html.Span(className=dot, style={"left": at(row.value)})]


def gap_table(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """A row a measure, a column a unit: the share, its distance to the median, what it is of."""
    if df.empty:
        return html.P(nothing_to_compare(), className="empty")
    units = df.drop_duplicates("unit_id")
    one_group = len(set(units["peer_group"])) == 1
    heads = [t("指标"), *([t("同类中位数")] if one_group else []), *units["unit"]]
    body = []
    for _, rows in df.groupby("metric", sort=False):
        first = rows.iloc[0]
        cells = [html.Td(t(first["name"]))]
        if one_group:
            cells.append(html.Td(_median(first), className="num"))
        cells += [_gap(row, alone=one_group) for row in rows.itertuples()]
        body.append(html.Tr(cells))
    return html.Div([table(heads, body, t("与同类中位数的差")), _portraits(units, filters)])


def _median(row: Any) -> Any:
    if missing(row["median"]):
        return two_lines("—", t("同类有数值的不足 4 个"))
    return two_lines(percent(row["median"]), t("{count} 个", count=int(row["peers"])))


def _gap(row: Any, *, alone: bool) -> html.Td:
    mark = verdict(row)
    look = {"▲": "gap-up", "▼": "gap-down"}.get(mark, "")
    gap = t("{points} 点", points=points(row.gap)) if not missing(row.gap) else ""
    beneath = [pair(row)]
    if not alone and not missing(row.median):
        beneath.append(t("中位数 {value}", value=percent(row.median)))
    said = html.Span([percent(row.value), " ", html.B([mark, gap])])
    return html.Td(two_lines(said, *beneath), className=f"num {look}".strip())


def _portraits(units: pd.DataFrame, filters: Filters) -> html.P | None:
    if filters.compare_as not in ("", BUILDING):
        return None
    links = [to_portrait(row.unit, filters, row.unit_id) for row in units.itertuples()]
    return html.P([t("楼宇画像："), *_spaced(links)], className="muted")


def _spaced(links: list[html.A]) -> list[Any]:
    return [part for link in links for part in (link, "　")]

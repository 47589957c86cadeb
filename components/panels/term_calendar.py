"""The term as a calendar: weeks as rows, Monday to Sunday as columns, key dates as bars below."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from dash import html

from components.panels.scrolling import scrolling
from data.locale.translate import t
from queries.filters import Filters
from queries.key_dates import AHEAD, OVER, RUNNING
from queries.metric import Metric
from queries.period_weeks import FREE
from queries.term_calendar import HOLIDAY, NO_TEACHING, REST, Day, Window

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SHADES = (0.25, 0.5, 0.75, 1.0)
"""Classes of a day's visits, as shares of the most on any day of the term so far."""
LOOKS = {REST: "rest", HOLIDAY: "holiday", NO_TEACHING: "free"}


def calendar(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Two halves of the term side by side, and what its signs mean."""
    if df.empty:
        return html.P(t("你的范围内没有楼宇。"), className="empty")
    weeks = list(df.itertuples())
    most = max((day.visits or 0 for week in weeks for day in week.days), default=0)
    half = _middle(weeks)
    halves = [_half(part, most, filters.as_of) for part in (weeks[:half], weeks[half:]) if part]
    shown = scrolling(html.Div(halves, className="term-halves"), t("学期日历"))
    return html.Div([shown, _legend(most)])


def _middle(weeks: list[Any]) -> int:
    """Where to break the term so that both halves are about as tall."""
    lines = [1.4 + len(_lanes(week.nodes, week.starts)) for week in weeks]
    return min(range(1, len(weeks) + 1), key=lambda n: abs(sum(lines[:n]) - sum(lines[n:])))


def _half(weeks: list[Any], most: int, today: date) -> html.Table:
    heads = [html.Th(t("教学周"), scope="col")]
    heads += [html.Th(t(name), scope="col") for name in WEEKDAYS]
    bodies = [_week(week, most, today, first=not i) for i, week in enumerate(weeks)]
    return html.Table([html.Thead(html.Tr(heads)), *bodies], className="term-calendar")


def _week(week: Any, most: int, today: date, *, first: bool) -> html.Tbody:
    """A row of days, and a row for every line of bars that do not touch."""
    monday = week.starts - timedelta(days=week.starts.weekday())
    days = {day.day: day for day in week.days}
    dates = [monday + timedelta(days=n) for n in range(7)]
    named = {day.day for name, day in _first_days(week.days) if name}
    cells = [
        _day(days.get(d), most, today, month=first and d == week.starts, named=d in named)
        for d in dates
    ]
    lanes = _lanes(week.nodes, monday)
    name = t("无教学") if week.state == FREE else str(week.week)
    head = html.Th(name, scope="rowgroup", rowSpan=1 + len(lanes))
    rows = [html.Tr([head, *cells]), *(_bars(lane, dates) for lane in lanes)]
    return html.Tbody(rows, className="free" if week.state == FREE else "")


def _day(day: Day | None, most: int, today: date, *, month: bool, named: bool) -> html.Td:
    """The date, the visits of a day that is past, the name of a holiday."""
    if day is None:
        return html.Td(className="outside")
    whole = month or day.day.day == 1
    written = f"{day.day.month}-{day.day.day}" if whole else str(day.day.day)
    body: list[Any] = [html.Time(written, dateTime=day.day.isoformat())]
    if named:
        body.append(html.Span(day.holiday, className="holiday-name"))
    if day.visits:
        body.append(html.Span(f"{day.visits:,}", className="visits"))
    look = " ".join(filter(None, (LOOKS.get(day.kind, ""), _shade(day.visits, most))))
    current = {"aria-current": "date"} if day.day == today else {}
    return html.Td(body, className=look, title=_said(day), **current)


def _first_days(days: tuple[Day, ...]) -> list[tuple[str, Day]]:
    """Each holiday of a week with its first day there: where its name stands."""
    return list({day.holiday: day for day in reversed(days)}.items())


def _shade(visits: int | None, most: int) -> str:
    if not visits:
        return ""
    return f"shade-{next(n for n, edge in enumerate(SHADES, 1) if visits <= edge * most)}"


def _said(day: Day) -> str:
    kind = t(day.kind)
    if day.visits is None:
        return t("{day} {kind}", day=day.day.isoformat(), kind=kind)
    count = f"{day.visits:,}"
    return t("{day} {kind}，到楼走访 {count} 次", day=day.day.isoformat(), kind=kind, count=count)


def _lanes(windows: tuple[Window, ...], monday: date) -> list[list[Window]]:
    """Windows in as few lines as they need without touching each other."""
    lanes: list[list[Window]] = []
    for window in windows:
        begins = max(window.starts, monday)
        free = (lane for lane in lanes if lane[-1].ends < begins)
        lane = next(free, None)
        if lane is None:
            lanes.append([window])
        else:
            lane.append(window)
    return lanes


def _bars(lane: list[Window], dates: list[date]) -> html.Tr:
    cells: list[html.Td] = []
    at = 0
    for window in lane:
        begins = (max(window.starts, dates[0]) - dates[0]).days
        stops = (min(window.ends, dates[-1]) - dates[0]).days + 1
        if begins > at:
            cells.append(html.Td(colSpan=begins - at))
        cells.append(_bar(window, dates, stops - begins))
        at = stops
    if at < len(dates):
        cells.append(html.Td(colSpan=len(dates) - at))
    return html.Tr(cells, className="bars")


def _bar(window: Window, dates: list[date], width: int) -> html.Td:
    ends = [
        "starts" if window.starts >= dates[0] else "",
        "stops" if window.ends <= dates[-1] else "",
    ]
    said = f"{window.name}　{standing(window)}"
    days = t("{first} 至 {last}", first=str(window.starts), last=str(window.ends))
    text = html.Span(said, title=f"{window.name}　{days}　{standing(window)}")
    look = " ".join(["node-bar", _tone(window), *filter(None, ends)])
    return html.Td(html.Div(text, className=look), colSpan=width)


def _tone(window: Window) -> str:
    if window.state == AHEAD:
        return "ahead"
    if not window.missing:
        return "done"
    return "gap" if window.state == OVER else "open"


def standing(window: Window) -> str:
    """How a key date stands, in a few words."""
    if window.state == AHEAD:
        return t("{count} 栋待走访", count=window.buildings)
    if not window.missing:
        return t("全部到过")
    if window.state == RUNNING:
        return t("还有 {count} 栋没到", count=window.missing)
    return t("缺 {count} 栋", count=window.missing)


def _legend(most: int) -> html.Ul:
    """What colours and lines say."""
    edges = [0, *(int(edge * most) for edge in SHADES)]
    visits = [
        (f"shade-{n}", f"{edges[n - 1] + 1:,}–{edges[n]:,}")
        for n in range(1, len(edges))
        if edges[n] > edges[n - 1]
    ]
    signs = [*visits, ("holiday", t("节假日")), ("free", t("无教学")), ("now", t("截至日"))]
    bars = [("done", t("节点：全部到过")), ("open", t("节点：窗口内还有楼没到"))]
    bars += [("gap", t("节点：已结束，有缺口")), ("ahead", t("节点：未开始"))]
    return html.Ul(
        [
            html.Li(t("到楼走访（次/天）")),
            *(html.Li([html.Span(className=f"day-sign {look}"), name]) for look, name in signs),
            *(
                html.Li([html.Span(className=f"day-sign node-bar {look}"), name])
                for look, name in bars
            ),
        ],
        className="area-legend calendar-legend",
    )

"""A plan of visits to hold in hand: the rules, what it reaches, when and where, room by room.

Ticks on the sheet stay in the browser that made them: nobody checks in, nothing is sent.
"""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.rosters import table
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.worklist import (
    EVERY_PERIOD,
    MOST_ROOMS,
    MOST_VISITS,
    MOST_WEEKS,
    NO_CHOICE,
    Wish,
)

PAGE, CALENDAR = "/worklist", "/worklist.ics"
REASONS = {
    NO_CHOICE: "先在上面选一个学院、楼宇或辅导员：给全校排一份走访单没有意义。",
    "no_periods": "所选的周里没有可以走访的时段：学期已经结束，或者都是节假日。"
    "换一个日期或多选几个时段。",
    "nobody_left": "这里的在校学生都已见到，也没有待办的关切问题。",
    "out_of_reach": "还没见到的学生没有宿舍也没有班级，或没有辅导员，排不出走访。"
    "请先补全学籍住宿台账。",
}
"""Why there is no plan, by the plan's reason."""


def worklist(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div:
    """Rules on top, then what the plan reaches, the visits, and a sheet for each floor."""
    rules = _rules(filters)
    if df.empty:
        said = t(
            "走访单列到房间，只给学生自己的辅导员、学院、楼宇工作组和党工委；你的角色只看汇总。"
        )
        return html.Div([rules, html.P(said, className="empty")])
    reason = df["reason"].iloc[0]
    if reason:
        return html.Div([rules, html.P(t(REASONS[reason]), className="empty")])
    visits = df.drop_duplicates("visit")
    weeks = [_week(week, rows) for week, rows in visits.groupby("week")]
    return html.Div(
        [
            rules,
            _reached(df.iloc[-1], metric),
            _links(filters),
            *weeks,
            _sheets(df),
        ],
        className="worklist",
    )


def _rules(filters: Filters) -> html.Form:
    """The rules of the plan as a form whose answer is an address."""
    wish = Wish.of(filters)
    kept = replace(address(filters), weeks="", visits="", rooms="", periods="", both="")
    fields = [
        _choice("weeks", t("排几周"), range(1, MOST_WEEKS + 1), wish.weeks),
        _choice("visits", t("每人每周最多走访"), range(1, MOST_VISITS + 1), wish.visits),
        _choice("rooms", t("每次最多走几间"), range(1, MOST_ROOMS + 1), wish.rooms),
        html.Fieldset(
            [
                html.Legend(t("时段")),
                *(_box("periods", name, t(name), name in wish.periods) for name in EVERY_PERIOD),
            ],
            className="field",
        ),
        html.Div(
            _box("both", "no", t("不要求每周两个场域都到"), not wish.both_fields),
            className="field",
        ),
        html.Button(t("重新排"), type="submit", className="tool strong"),
    ]
    data = {"data-kept": kept.search}
    return html.Form(
        [html.Div(fields, className="bar")], action=PAGE, className="plan-rules", **data
    )


def _choice(name: str, label: str, numbers: range, chosen: int) -> html.Div:
    options = [html.Option(str(n), value=str(n), **_selected(n == chosen)) for n in numbers]
    field = f"plan-{name}"
    select = html.Select(options, name=name, id=field, className="form-select form-select-sm")
    return html.Div([html.Label(label, htmlFor=field), select], className="field")


def _selected(chosen: bool) -> dict[str, Any]:
    return {"selected": True} if chosen else {}


def _box(name: str, value: str, label: str, checked: bool) -> html.Button:
    """Dash has no plain check box: a button that is pressed or not, read by the script."""
    state = {"aria-pressed": "true" if checked else "false", "data-name": name, "data-value": value}
    return html.Button(label, type="button", className="chip choice", **state)


def _reached(last: pd.Series, metric: Metric) -> html.Div:
    """From where to where, and how near to the best a plan can be."""
    before = metric.value(last["before"], last["denominator"])
    after = metric.value(last["numerator"], last["denominator"])
    gap = (last["bound"] - last["best"]) / last["bound"] if last["bound"] else 0.0
    lead = int(last["best"] - last["greedy"])
    proof = (
        t("已证明这是规则之内最多的。")
        if last["optimal"]
        else t("离理论上限最多还差 {gap}。", gap=f"{gap:.1%}")
    )
    if lead:
        proof += t("比“每次挑眼前最多的”多见 {count} 人。", count=lead)
    rest = int(last["unmet"] - last["best"])
    facts = (
        (t("照单走完，学生覆盖率"), [metric.show(before), " → ", html.B(metric.show(after))]),
        (
            t("新见到"),
            [html.B(f"{int(last['best']):,}"), t(" / {count} 人", count=f"{int(last['unmet']):,}")],
        ),
        (t("还剩"), [f"{rest:,} ", t("人"), _unreachable(last)]),
        (t("排法"), [proof]),
    )
    parts = [html.Div([html.Dt(name), html.Dd(said)]) for name, said in facts]
    return html.Dl(parts, className="plan-reached")


def _unreachable(last: pd.Series) -> str:
    count = int(last["unreachable"])
    return t("，其中 {count} 人没有宿舍、班级或辅导员", count=count) if count else ""


def _links(filters: Filters) -> html.P:
    ics = html.A(t("加入日历（.ics）"), href=f"{CALENDAR}{filters.search}", download="worklist.ics")
    note = t("日历里只有楼层和房间号，没有学生。表格导出和打印在右上角。")
    return html.P([ics, html.Span(note, className="muted")], className="plan-links")


def _week(week: Any, rows: pd.DataFrame) -> html.Section:
    first, last = rows["day"].min(), rows["day"].max()
    title = t("第 {week} 周：{first} 至 {last}", week=int(week), first=first, last=last)
    said = t("{visits} 次走访，新见到 {count} 人", visits=len(rows), count=int(rows["adds"].sum()))
    head = [t("时间"), t("辅导员"), t("去哪里"), t("新见到"), t("顺带"), t("走完累计")]
    body = [_visit(row) for row in rows.itertuples()]
    return html.Section(
        [html.H3([title, html.Span(said, className="muted")]), table(head, body, title)],
        className="plan-week",
    )


def _visit(row: Any) -> html.Tr:
    when = f"{str(row.day)[5:]} {t(row.period)} {row.starts}–{row.ends}"
    also = []
    if row.concerns:
        also.append(t("关切问题 {count} 个", count=row.concerns))
    if row.key_dates:
        also.append(row.key_dates)
    return html.Tr(
        [
            html.Td(when),
            html.Td(row.counselor),
            html.Td(html.A(_place(row), href=f"#visit-{row.visit}")),
            html.Td(html.B(f"{row.adds:,}"), className="num"),
            html.Td("、".join(also) or "—", className="muted"),
            html.Td(f"{row.numerator / row.denominator:.1%}", className="num muted"),
        ]
    )


def _place(row: Any) -> str:
    if row.class_name:
        return t("课堂：{name}", name=row.class_name)
    return f"{row.building} {row.floor or t('未归属')}"


def _sheets(df: pd.DataFrame) -> html.Section:
    """One floor at a time: opening one closes the others."""
    sheets = [_sheet(rows) for _, rows in df.groupby("visit", sort=True)]
    hint = t("带在手上：点开一层，走到一间勾一间。勾选只留在这台设备上，不上传。")
    return html.Section(
        [html.H3(t("逐层走访单")), html.P(hint, className="muted"), *sheets],
        className="plan-sheets",
    )


def _sheet(rows: pd.DataFrame) -> html.Details:
    first = next(rows.itertuples())
    when = f"{str(first.day)[5:]} {t(first.period)}"
    title = [html.B(_place(first)), f" · {when} · {first.counselor}"]
    count = html.Span(t("新见到 {count} 人", count=first.adds), className="muted")
    tiles = [_tile(row) for row in rows.itertuples()]
    return html.Details(
        [html.Summary([*title, " ", count]), html.Div(tiles, className="tiles")],
        id=f"visit-{first.visit}",
        className="sheet",
        **{"data-sheet": "worklist"},
    )


def _tile(row: Any) -> html.Button:
    """A room (or the class) with whom it is for and when the longest not met was met last."""
    last = t("从未见到") if row.last is None or pd.isna(row.last) else t("上次 {day}", day=row.last)
    tick = f"{row.day}|{row.counselor_id}|{row.room_id or row.class_name}"
    return html.Button(
        [
            html.Span("☐", className="tick", **{"aria-hidden": "true"}),
            html.B(row.room or row.class_name),
            html.Span(t("{count} 人", count=row.students)),
            html.Span(last if row.students else t("只为关切问题"), className="muted"),
            html.Span(row.names, className="who") if row.names else None,
        ],
        type="button",
        className="tile",
        **{"data-tick": tick, "aria-pressed": "false"},
    )

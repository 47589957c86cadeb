"""Warnings as a list to be worked through: what, since when, how large, where to look, what was
said. A form beside each keeps what somebody says of it; no script is needed."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.fields import hidden
from components.panels.links import address
from data.locale.translate import t
from queries.control import RULES
from queries.filters import Filters
from queries.metric import Metric
from queries.series import BUILDING, BY_MEASURE, COLLEGE, UNIVERSITY, Measure, shown
from queries.warnings import EXPLAINED, LONGEST_NOTE, NEW, SEEN, STATES

PAGE = "/warnings"
NOTE = "/warnings/note"


RECENT = 2
"""Weeks after which a warning that does not go on is an earlier one."""


def warning_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div:
    """What goes on or ended lately; what ended earlier and what is explained folded away below."""
    if df.empty:
        return html.Div(html.P(t("没有预警：各条序列都在常规波动之内。"), className="empty"))
    explained = df["state"] == EXPLAINED
    recent = ~explained & (df["last_week"] >= df["week"] - RECENT)
    body: list[Any] = [_items(df[recent], filters)]
    if not recent.any():
        body = [html.P(t("最近三周没有待看的预警；早先的和已说明的收在下面。"), className="empty")]
    for title, rows in (
        (t("早先的 {count} 条", count=int((~explained & ~recent).sum())), df[~explained & ~recent]),
        (t("已说明的 {count} 条", count=int(explained.sum())), df[explained]),
    ):
        if len(rows):
            body.append(html.Details([html.Summary(title), _items(rows, filters)]))
    return html.Div(body, className="warnings")


def _items(df: pd.DataFrame, filters: Filters) -> html.Ol:
    return html.Ol([_item(row, filters) for row in df.itertuples()], className="warning-list")


def _item(row: Any, filters: Filters) -> html.Li:
    return html.Li(
        [
            html.Div(
                [
                    html.Span(t(STATES[row.state]), className=f"tag state-{row.state}"),
                    html.B(row.name),
                    html.Span(t(BY_MEASURE[row.measure].name)),
                    html.Span(_judgement(row), className=f"judgement {_tone(row)}"),
                ],
                className="warning-head",
            ),
            html.P(_sentence(row)),
            html.P([html.Span(t("先看："), className="muted"), t(row.look)]),
            _said(row),
            _links(row, filters),
            _form(row, filters),
        ],
        id=f"warning-{anchor(row.key)}",
    )


def anchor(key: str) -> str:
    """A warning's key as the name of a place on the page."""
    return "".join(c if c.isalnum() else "-" for c in key)


def _tone(row: Any) -> str:
    return {1: "better", -1: "worse"}.get(int(row.good), "changed")


def _judgement(row: Any) -> str:
    """Improvement, concern, or a change that is neither, by word as well as by colour."""
    arrow = "▲" if row.side > 0 else "▼"
    words = {1: t("异常变化（改善）"), -1: t("异常变化（需关注）")}
    return f"{arrow} {words.get(int(row.good), t('异常变化'))}"


def _sentence(row: Any) -> str:
    """Which rule, since when, how large."""
    measure = BY_MEASURE[row.measure]
    weeks = t("第{week}周", week=row.first_week)
    if row.last_week != row.first_week:
        weeks = t("第{first}–{last}周", first=row.first_week, last=row.last_week)
    said = t(
        "{weeks}（{since} 起）：{rule}。", weeks=weeks, since=row.since, rule=t(RULES[row.rule])
    )
    said += _size(row, measure)
    if row.provisional:
        said += t("只有 {count} 周，控制限是暂定的。", count=row.points)
    return said


def _size(row: Any, measure: Measure) -> str:
    """How large: the measure itself, and against the university in the same weeks."""
    raw = f"{measure.show(row.raw)} {t(measure.unit)}".strip()
    if row.subject == UNIVERSITY:
        centre = measure.show(row.centre)
        return t("这几周平均 {raw}，中线 {centre}。", raw=raw, centre=centre)
    ratio = {
        "value": shown(measure, row.subject, row.value),
        "centre": shown(measure, row.subject, row.centre),
    }
    if measure.counted:
        return t(
            "这几周平均 {raw}；按全校同周水平折算是 {value} 倍，中线 {centre} 倍。",
            raw=raw,
            **ratio,
        )
    return t(
        "这几周平均 {raw}，全校同周 {level}，是 {value} 倍，中线 {centre} 倍。",
        raw=raw,
        level=measure.show(row.level),
        **ratio,
    )


def _said(row: Any) -> html.P | None:
    if row.state == NEW:
        return None
    when = str(row.at)[:16]
    note = f"：{row.note}" if row.note else ""
    said = t(
        "{author} 于 {when} 登记为“{state}”",
        author=row.author,
        when=when,
        state=t(STATES[row.state]),
    )
    return html.P(f"{said}{note}", className="said")


def _links(row: Any, filters: Filters) -> html.P:
    chart = f"{PAGE}{replace(address(filters), series=row.series).search}#title-control_chart"
    links = [html.A(t("看控制图"), href=chart)]
    if row.subject == BUILDING:
        place = replace(address(filters.at("building", row.subject_id)), series="").search
        links += [" · ", html.A(t("楼宇画像"), href=f"/building{place}")]
        links += [" · ", html.A(t("走访情况"), href=f"/counselors{place}")]
    elif row.subject == COLLEGE:
        of = replace(filters, college=row.subject_id, college_as="belong", series="")
        links += [" · ", html.A(t("走访情况"), href=f"/counselors{address(of).search}")]
    return html.P(links, className="muted")


def _form(row: Any, filters: Filters) -> html.Details:
    """Three ways to answer; the note is needed where it is explained."""
    field = f"note-{anchor(row.key)}"
    buttons = [
        html.Button(
            t("登记为“{state}”", state=t(STATES[state])),
            name="state",
            value=state,
            type="submit",
            className="tool strong",
        )
        for state in (SEEN, EXPLAINED, NEW)
        if state != row.state or state == EXPLAINED
    ]
    form = html.Form(
        [
            hidden("key", row.key),
            hidden("search", address(filters).search),
            html.Label(t("说明（最多 {count} 字）", count=LONGEST_NOTE), htmlFor=field),
            html.Textarea(
                name="note", id=field, maxLength=LONGEST_NOTE, rows=2, className="form-control"
            ),
            html.Div(buttons, className="ledger-buttons"),
        ],
        action=NOTE,
        method="post",
        className="warning-form",
    )
    return html.Details([html.Summary(t("登记")), form])

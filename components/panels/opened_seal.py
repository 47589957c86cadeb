"""A seal reopened: its results beside today's, a unit's lines as they were, and what differs."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.rosters import table
from components.panels.seals import PAGE, named, to_seal
from components.panels.shares import two_lines
from components.seal_words import each, moment, points, said_period
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.seal_changes import number, same, value_text
from queries.seal_words import NOTHING
from queries.sealed_results import OWN

NO_VALUE = "—"


def not_there(filters: Filters) -> html.P:
    """Why nothing of a seal is shown."""
    said = t("没有编号为 {id} 的封存，或者它不在你的范围内。", id=filters.seal)
    return html.P(said, className="empty")


def results(df: pd.DataFrame, _: Metric, filters: Filters) -> Any:
    """What was sealed, and each unit's result then and today, peer group by peer group."""
    if df.empty:
        return not_there(filters)
    head = next(df.itertuples())
    if head.problem:
        return _broken(head, filters)
    groups = [
        html.Section([html.H3(t(str(name))), _group(rows, filters)])
        for name, rows in df.groupby("peer_group", sort=False)
    ]
    return html.Div([_head(head, filters), *groups], className="opened-seal")


def _broken(head: Any, filters: Filters) -> html.Div:
    said = t(
        "{seal}没有通过校验：{what}。数据库里的记录被改动过，里面的数字不能当作封存的结果，因此不显示。",
        seal=named(head.id),
        what=each(head.problem),
    )
    more = t("详情请数据管理员运行：python -m data verify-seal {id}", id=head.id)
    return html.Div(
        [
            html.P(said, className="verdict bad"),
            html.P([more, " · ", to_seal(t("关闭"), filters, None)], className="muted"),
        ]
    )


def _head(head: Any, filters: Filters) -> html.Div:
    period = said_period(head.kind, head.period, head.until)
    what = t(
        "{seal}：《{name}》{version}，{period}",
        seal=named(head.id),
        name=t(head.scheme_name),
        version=head.version,
        period=period,
    )
    who = t("{who} 于 {when} 封存：{note}", who=head.who, when=moment(head.at), note=head.note)
    kept = t(
        "当时的数据版本 {data}（截至 {day}），程序 {program}",
        data=int(head.data_version),
        day=head.as_of,
        program=head.program,
    )
    lines: list[Any] = [html.P([html.B(what), " ", _tag(t("校验通过"), "good")])]
    if pd.notna(head.superseded_by):
        newer = to_seal(named(head.superseded_by), filters, int(head.superseded_by))
        lines.append(html.P([t("它已经被取代，新的是"), " ", newer], className="bad"))
    lines += [html.P(who), html.P(kept, className="muted")]
    lines.append(html.P(["SHA-256 ", html.Code(head.sha256)], className="muted"))
    lines.append(html.P(to_seal(t("关闭封存"), filters, None)))
    return html.Div(lines, className="seal-head")


def _tag(word: str, tone: str) -> html.Span:
    return html.Span(word, className=f"tag {tone}")


def _group(rows: pd.DataFrame, filters: Filters) -> html.Div:
    heads = [t("封存名次"), t("单位"), t("封存总分"), t("今天重算"), t("相差"), t("为什么")]
    return table(heads, [_unit(row, filters) for row in rows.itertuples()], t("封存的结果"))


def _unit(row: Any, filters: Filters) -> html.Tr:
    search = replace(address(filters), unit=row.unit_id).search
    link = html.A(row.unit, href=f"{PAGE}{search}#title-sealed_lines")
    notes = [t("{day} 启用", day=row.opened)] if row.opened else []
    notes += [t(row.veto)] if isinstance(row.veto, str) and row.veto else []
    if row.missing:
        notes.append(t("{count} 项没有数", count=row.missing))
    now = [points(row.now_total)]
    if pd.notna(row.now_rank):
        now.append(t("名次 {place}", place=_place(row.now_rank, row.now_of)))
    return html.Tr(
        [
            html.Td(_place(row.rank, row.of), className="num"),
            html.Td(two_lines(link, *(t(note) for note in notes))),
            html.Td(html.B(points(row.total)), className="num"),
            html.Td(two_lines(*now), className="num"),
            html.Td(_apart(row.total, row.now_total), className="num"),
            html.Td(_why(row)),
        ]
    )


def _place(rank: Any, of: Any) -> str:
    return NO_VALUE if pd.isna(rank) else f"{rank:.0f}/{of:.0f}"


def _apart(then: Any, now: Any) -> str:
    if pd.isna(then) or pd.isna(now):
        return NO_VALUE
    return "·" if same(then, now) else f"{now - then:+.2f}"


def _why(row: Any) -> str:
    if not isinstance(row.reasons, str) or not row.reasons:
        return NO_VALUE
    words = row.reasons.split("、")
    said = [t("自身数据 {count} 项", count=row.moved) if one == OWN else t(one) for one in words]
    return t("、").join(said)


def lines(df: pd.DataFrame, _: Metric, filters: Filters) -> Any:
    """The chosen unit's indicators as sealed, with today's value where it is another."""
    if df.empty:
        return html.P(t("这个封存里没有可以显示的明细。"), className="empty")
    if not filters.unit:
        return html.P(t("点开上表里的一个单位，看它封存时的每一项。"), className="empty")
    heads = [t("指标"), t("分值"), t("封存的数"), t("封存得分"), t("今天的数"), t("今天得分")]
    body = [_line(row) for row in df.itertuples()]
    name = html.P(html.B(df["unit"].iloc[0]))
    return html.Div([name, table(heads, body, t("封存的得分明细"))], className="sealed-lines")


def _line(row: Any) -> html.Tr:
    then = value_text(_known(row.numerator, row.denominator, row.value))
    now = value_text(_known(row.now_numerator, row.now_denominator, row.now_value))
    value = [then]
    if then == NOTHING and isinstance(row.why, str) and row.why:
        value.append(t(row.why))
    if row.filled:
        value.append(t("按缺项规则计分"))
    look = "num changed-value" if row.changed else "num muted"
    return html.Tr(
        [
            html.Td(two_lines(t(row.name), f"{t(row.dimension)} › {t(row.part)}")),
            html.Td(number(row.weight), className="num"),
            html.Td(two_lines(*value), className="num"),
            html.Td(points(row.score), className="num"),
            html.Td(now if row.changed else "·", className=look),
            html.Td(points(row.now_score) if row.changed else "·", className=look),
        ]
    )


def _known(numerator: Any, denominator: Any, value: Any) -> dict[str, Any]:
    given = {"numerator": numerator, "denominator": denominator, "value": value}
    return {name: None if pd.isna(one) else one for name, one in given.items()}


def differences(df: pd.DataFrame, _: Metric, filters: Filters) -> Any:
    """What concerns all units first, then unit by unit: what it was and what it is."""
    if df.empty:
        return html.P(t("没有可以列出的差别。"), className="empty")
    parts: list[Any] = []
    for kind, rows in df[df["unit_id"] == ""].groupby("difference", sort=False):
        parts.append(html.Section([html.H3(t(str(kind))), _changes(rows.itertuples())]))
    for name, rows in df[df["unit_id"] != ""].groupby("unit", sort=False):
        said = t("{name}：{count} 处", name=name, count=len(rows))
        held = html.Details([html.Summary(said), _changes(rows.itertuples())])
        held.open = bool(filters.unit) and filters.unit == rows["unit_id"].iloc[0]
        parts.append(held)
    return html.Div(parts, className="seal-differences")


def _changes(rows: Iterable[Any]) -> html.Div:
    heads = [t("什么"), t("哪一项"), t("封存时"), t("今天")]
    body = [
        html.Tr(
            [
                html.Td(t(row.subject) if row.subject else "·"),
                html.Td(t(row.field)),
                html.Td(t(row.then), className="change-side"),
                html.Td(t(row.now), className="change-side"),
            ]
        )
        for row in rows
    ]
    return table(heads, body, t("与今天的差别"))

"""名额: the proposal with its ties and near-misses, the committee's form, and what was decided."""

from typing import Any

import pandas as pd
from dash import html

from components.fields import hidden
from components.panels.links import address
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.award_places import NEAR, OUT, PROPOSED, TIED, UNSCORED, VETOED
from queries.awards import LONGEST_NOTE
from queries.filters import Filters
from queries.metric import Metric

DECIDE = "/evaluation/decision"
LOOKS = {PROPOSED: "tag good", TIED: "tag bad", NEAR: "tag", VETOED: "tag bad"}
FOLDED = (OUT, UNSCORED)


def award_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """A table for each peer group; for the committee the same as a form."""
    if df.empty:
        return html.P(t("拟推荐名单只给党工委、考核评价和数据管理员看。"), className="empty")
    may_decide = bool(df["may_decide"].iloc[0])
    groups = [
        _group(str(name), rows, choose=may_decide)
        for name, rows in df.groupby("peer_group", sort=False)
    ]
    if not may_decide:
        return html.Div(groups, className="awards")
    return html.Div(_form(groups, filters), className="awards")


def _form(groups: list[html.Section], filters: Filters) -> html.Form:
    return html.Form(
        [
            *groups,
            hidden("search", address(filters).search),
            html.Label(
                t("决定的理由或依据（必填，最多 {count} 字）", count=LONGEST_NOTE),
                htmlFor="decision-note",
            ),
            html.Textarea(
                name="note",
                id="decision-note",
                required="required",
                maxLength=LONGEST_NOTE,
                rows=2,
                className="form-control",
            ),
            html.Div(
                [
                    html.Button(t("登记决定"), type="submit", className="tool strong"),
                    html.Span(
                        t("名次只是建议，由党工委决定；每次登记都会保留，最新的一次有效。"),
                        className="muted",
                    ),
                ],
                className="what-if-buttons",
            ),
        ],
        action=DECIDE,
        method="post",
        className="warning-form award-form",
    )


def _group(name: str, rows: pd.DataFrame, *, choose: bool) -> html.Section:
    places, count = int(rows["places"].iloc[0]), int(rows["of"].iloc[0])
    said = t("{group}：{count} 个单位，名额 {places} 个", group=t(name), count=count, places=places)
    parts: list[Any] = [html.H3(said)]
    if not places:
        few = t("单位太少，按比例向下取整没有单独的名额；是否评优由党工委决定。")
        parts.append(html.P(few, className="muted"))
    folded = rows["state"].isin(FOLDED) & ~rows["chosen"].astype(bool)
    if (~folded).any():
        parts.append(_table(rows[~folded], said, choose=choose))
    if folded.any():
        rest = t("其余 {count} 个单位", count=int(folded.sum()))
        parts.append(
            html.Details(
                [html.Summary(rest), _table(rows[folded], f"{said}，{rest}", choose=choose)]
            )
        )
    return html.Section(parts)


def _table(rows: pd.DataFrame, label: str, *, choose: bool) -> html.Div:
    heads = [t("单位"), t("名次"), t("总分"), t("90% 名次区间"), t("进入名额的可能"), t("建议")]
    heads += [t("决定")] if choose or rows["decided"].iloc[0] else []
    body = [_row(row, choose=choose) for row in rows.itertuples()]
    return table(heads, body, label)


def _row(row: Any, *, choose: bool) -> html.Tr:
    scored = not pd.isna(row.rank)
    notes = [t("在不确定范围内")] if row.state == PROPOSED and row.near else []
    notes += [row.veto] if row.veto else []
    cells = [
        html.Td(row.unit),
        html.Td(f"{row.rank:.0f}/{row.of}" if scored else "—", className="num"),
        html.Td(f"{row.total:.1f}" if scored else "—", className="num"),
        html.Td(f"{row.low:.0f}–{row.high:.0f}" if scored else "—", className="num"),
        html.Td(_chance(row), className="num"),
        html.Td(
            two_lines(html.Span(t(row.state_name), className=LOOKS.get(row.state, "muted")), *notes)
        ),
    ]
    if choose:
        cells.append(html.Td(_select(row)))
    elif row.decided:
        cells.append(html.Td(t("入选") if row.chosen else "·"))
    return html.Tr(cells)


def _chance(row: Any) -> str:
    return f"{row.inside:.0%}" if row.places and not pd.isna(row.inside) else "—"


def _select(row: Any) -> html.Select | html.Span:
    """Whether it is awarded; at first what was decided last, else what is proposed."""
    if row.state == VETOED:
        return html.Span("—", className="muted")
    chosen = row.chosen if row.decided else row.state == PROPOSED
    options = [
        html.Option(label, value=value, **({"selected": "selected"} if here else {}))
        for label, value, here in (
            (t("不选"), "", not chosen),
            (t("入选"), row.unit_id, chosen),
        )
    ]
    label = t("{unit}：决定", unit=row.unit)
    look = "form-select form-select-sm"
    return html.Select(options, name="unit", className=look, **{"aria-label": label})


def decision_list(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """The latest decision, and those before it folded away."""
    if df.empty:
        return html.P(t("党工委登记的决定和先前的每一次都会列在这里。"), className="empty")
    every = [_decision(rows) for _, rows in df.groupby("decision", sort=False)]
    parts: list[Any] = [every[0]]
    if every[1:]:
        before = t("先前的 {count} 次决定", count=len(every) - 1)
        parts.append(html.Details([html.Summary(before), *every[1:]]))
    return html.Div(parts, className="decisions", id="decisions")


def _decision(rows: pd.DataFrame) -> html.Div:
    first = rows.iloc[0]
    named = [row.unit for row in rows.itertuples() if row.unit_id]
    hidden = int(first["chosen"]) - len(named)
    units = "、".join(named)
    if not first["chosen"]:
        units = t("本期不评")
    elif hidden:
        rest = t("另有 {count} 个单位不在你的查看范围", count=hidden)
        units = f"{units}；{rest}" if units else rest
    if first["beyond"]:
        units += t("（超出名额 {count} 个）", count=int(first["beyond"]))
    when = t(
        "{author} 于 {when} 登记，方案版本 {version}，数据版本 {data}",
        author=first["author"],
        when=str(first["at"])[:16],
        version=first["scheme_version"],
        data=int(first["data_version"]),
    )
    return html.Div(
        [
            html.P(html.B(units)),
            html.P(t("说明：{note}", note=first["note"])),
            html.P(when, className="muted"),
        ],
        className="decision",
    )

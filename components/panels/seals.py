"""封存: the list of seals, each verified as it is listed, and the form that makes one."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.fields import hidden
from components.panels.links import address
from components.panels.rosters import table
from components.panels.shares import two_lines
from components.seal_words import SHORT, each, moment, said_period
from data.locale.translate import t
from data.schemes.scheme import PERIODS
from queries.filters import Filters
from queries.metric import Metric
from queries.schemes import schemes
from queries.seal_list import BROKEN, CURRENT
from queries.seals import LONGEST_NOTE

PAGE = "/evaluation"
SEAL = "/evaluation/seal"
FILE = "/evaluation/seal/{id}.json"
EARLY = "early"


def to_seal(content: Any, filters: Filters, number: Any, at: str = "seals") -> html.A:
    """A link that opens a seal, or with no number closes the open one."""
    chosen = "" if number is None else str(number)
    search = replace(address(filters), seal=chosen, unit="", weights="").search
    return html.A(content, href=f"{PAGE}{search}#title-{at}")


def named(number: Any) -> str:
    """A seal by its number."""
    return t("封存 {id}", id=int(number))


def seal_table(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """One row per seal: what, when, by whom, its hash, and whether it still holds."""
    if df.empty:
        return html.P(t("还没有封存的评价。"), className="empty")
    heads = [t("封存"), t("方案与周期"), t("封存人"), t("封存说明"), "SHA-256", t("状态")]
    body = [_row(row, filters) for row in df.itertuples()]
    note = t("以上各条在 {when} 逐条校验。", when=f"{df['checked'].iloc[0]} UTC")
    return html.Div([table(heads, body, t("封存")), html.P(note, className="muted")])


def _row(row: Any, filters: Filters) -> html.Tr:
    broken = row.state == BROKEN
    what = [f"{t(row.scheme_name)} {row.version}".strip()]
    what.append(said_period(row.kind, row.period, row.until))
    who = "—" if broken else two_lines(row.who, moment(row.at))
    mark = [html.Code(row.sha256[:SHORT], title=row.sha256)]
    if row.may_take and not broken:
        mark += [
            " ",
            html.A(t("下载"), href=FILE.format(id=row.id), download=f"seal-{row.id}.json"),
        ]
    there = {"aria-current": "true"} if str(row.id) == filters.seal else {}
    link = to_seal(named(row.id), _at_its_own(filters, row), row.id, "sealed_results")
    return html.Tr(
        [
            html.Td(link, className="seal-name", **there),
            html.Td(two_lines(*what)),
            html.Td(who),
            html.Td("—" if broken else row.note, className="seal-note"),
            html.Td(mark, className="seal-hash"),
            html.Td(_state(row, filters)),
        ]
    )


def _at_its_own(filters: Filters, row: Any) -> Filters:
    """The slice with the seal's own scheme and kind of period, so that the page speaks of one."""
    found = schemes().get(row.scheme)
    if found is None or row.kind not in PERIODS:
        return filters
    kind = "" if row.kind == found.period else row.kind
    return replace(filters, scheme=row.scheme, period=kind)


def _state(row: Any, filters: Filters) -> html.Div:
    if row.state == BROKEN:
        return html.Div(
            [
                html.Span(t(BROKEN), className="tag bad"),
                html.Span(t("不符：{what}", what=each(row.problem)), className="beneath bad"),
            ],
            className="two",
        )
    if row.state == CURRENT:
        shown = [html.Span(t(CURRENT), className="tag good")]
    else:
        newer = named(row.superseded_by)
        link = to_seal(t("已被{seal}取代", seal=newer), filters, int(row.superseded_by))
        shown = [html.Span(link, className="tag plain")]
    return html.Div([*shown, html.Span(t("校验通过"), className="beneath")], className="two")


def seal_form(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """What would be sealed, and the form that does it; no script is needed."""
    if df.empty:
        return html.P(t("封存由学生社区党工委办理。"), className="empty")
    row = next(df.itertuples())
    return html.Div([*_about(row), _form(row, filters)], className="seal-now")


def _about(row: Any) -> list[html.P]:
    period = said_period(row.kind, row.period, row.until)
    said = t(
        "将封存《{name}》{version}，{period}：{units} 个单位，数据版本 {data}；"
        "{cells} 个指标值中有 {missing} 个没有数。",
        name=t(row.scheme_name),
        version=row.version,
        period=period,
        units=row.units,
        data=row.data_version,
        cells=f"{row.cells:,}",
        missing=f"{row.missing:,}",
    )
    kept = t(
        "封存之后，方案、定义、数据、程序版本和结果一字不能再改，也不再接受这个方案和周期的人工评分。"
    )
    lines = [html.P(said), html.P(kept, className="muted")]
    if not row.over:
        soon = t("这个周期到 {day} 才结束，现在封存的是截至当日的结果。", day=row.ends)
        lines.append(html.P(soon, className="bad"))
    if pd.notna(row.current):
        kept = named(row.current)
        said = t("已有{seal}：这次封存会取代它；它仍可打开，并写明被取代。", seal=kept)
        lines.append(html.P(said, className="bad"))
    return lines


def _form(row: Any, filters: Filters) -> html.Form:
    plain = replace(address(filters), seal="", unit="", weights="", spread="")
    current = "" if pd.isna(row.current) else str(int(row.current))
    label = t("确认封存") if row.over else t("周期未结束，仍要封存")
    button = html.Button(
        label, type="submit", name=EARLY, value="" if row.over else "yes", className="tool strong"
    )
    return html.Form(
        [
            hidden("search", plain.search),
            hidden("supersedes", current),
            hidden("version", str(row.data_version)),
            html.Label(
                t("封存说明，如会议与决定（必填，最多 {count} 字）", count=LONGEST_NOTE),
                htmlFor="seal-note",
            ),
            html.Textarea(
                name="note",
                id="seal-note",
                required=True,
                maxLength=LONGEST_NOTE,
                rows=2,
                className="form-control",
            ),
            html.Div(button, className="ledger-buttons"),
        ],
        action=SEAL,
        method="post",
        className="warning-form",
    )

"""Where the steward hands a ledger in: what it is, how it counts, the file itself."""

from itertools import groupby
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.icons import icon
from components.panels.ledger_sign_in import sign_in_choice
from data.access.viewer import STEWARD, Viewer
from data.ledger.signing.columns import SIGN_IN
from data.locale.translate import t
from queries.ledgers import LEDGERS, LIMIT, too_large

MERGE, REPLACE = "merge", "replace"
ANY = "*"  # a select shows nothing for an empty value
POLL = 1000  # milliseconds between two looks at a run that is busy


def ledger_desk(viewer: Viewer) -> Any:
    """The import for the steward, mounted once; anyone else reads whom to turn to."""
    if viewer.role != STEWARD:
        said = t("台账由数据管理员导入。下面列出数据里对不上的地方，以及应当找谁补正。")
        return html.P(said, className="block w-12 muted")
    return html.Section(
        [
            html.H2(t("导入台账"), id="ledger-title"),
            dcc.Interval(id="ledger-tick", interval=POLL, disabled=True),
            dcc.Store(id="ledger-shown"),
            dcc.Store(id="ledger-acted"),
            _form(),
            html.Div(id="ledger-refusal", role="alert"),
            _progress(),
            html.Div(id="ledger-result", tabIndex="-1", role="region", **_labelled("ledger-title")),
            _templates(),
            html.H3(t("导入记录")),
            html.Div(id="ledger-history"),
        ],
        className="block w-12 ledger",
        **_labelled("ledger-title"),
    )


def _labelled(target: str) -> dict[str, str]:
    return {"aria-labelledby": target}


def _form() -> html.Div:
    ledgers = [
        {"value": ANY, "label": t("自动识别")},
        {"value": SIGN_IN, "label": t("一场活动的签到名单")},
    ] + [{"value": one.table, "label": f"{t(one.domain)} · {t(one.title)}"} for one in LEDGERS]
    undated = [{"value": ANY, "label": t("不指定")}]
    return html.Div(
        [
            html.Div(
                [
                    _field("ledger-table", t("台账"), ledgers),
                    _field("ledger-term", t("日期没有年份时，按哪个学期"), undated),
                    _mode(),
                ],
                className="ledger-options",
            ),
            sign_in_choice(),
            _drop(),
        ],
        id="ledger-form",
    )


def _field(target: str, label: str, options: list[dict[str, str]]) -> html.Div:
    select = dbc.Select(id=target, options=options, value=ANY, size="sm")
    return html.Div([html.Label(label, htmlFor=target), select], className="field")


def _mode() -> html.Fieldset:
    return html.Fieldset(
        [
            html.Legend(t("文件里没有的行")),
            dbc.RadioItems(
                id="ledger-mode",
                value=MERGE,
                options=[
                    {"value": MERGE, "label": t("保留：只新增和修改文件里有的行")},
                    {"value": REPLACE, "label": t("删除：以本文件为准，范围见预览")},
                ],
            ),
        ],
        className="ledger-mode",
    )


def _drop() -> html.Div:
    """The button inside makes the area reachable by keyboard; its click opens the file dialog."""
    limit = LIMIT // 2**20
    accepted = t("可以用 .xlsx、.xls、.csv，不超过 {limit} MB；一个文件可以有几张表。", limit=limit)
    return html.Div(
        [
            dcc.Upload(
                [
                    html.Button(
                        [icon("upload"), html.Span(t("选择文件"))],
                        type="button",
                        className="btn btn-primary",
                        **{"aria-describedby": "ledger-accepted"},
                    ),
                    html.Span(t("或者把文件拖到这里")),
                ],
                id="ledger-upload",
                className="ledger-drop",
                className_active="dragging",
                style={},
                style_active={},
            ),
            html.P(
                [accepted, " ", t("先检查、给出预览，确认之后才会写入。")],
                id="ledger-accepted",
                className="muted",
            ),
            html.P(too_large(), id="ledger-too-large", role="alert", className="bad", hidden=True),
        ],
        **{"data-limit": str(LIMIT)},
        id="ledger-drop",
    )


def _progress() -> html.Div:
    return html.Div(
        [
            html.Label(
                t("正在处理"), htmlFor="ledger-bar", id="ledger-stage", **{"aria-live": "polite"}
            ),
            html.Progress(id="ledger-bar", max="1", value="0"),
            html.Button(
                t("取消"),
                id={"ledger": "cancel", "run": 0},
                type="button",
                className="btn btn-outline-secondary btn-sm",
            ),
            html.P(
                t("可以离开本页，稍后从导入记录回来；写入完成之前取消或中断，什么也不会改动。"),
                className="muted",
            ),
        ],
        id="ledger-progress",
        className="ledger-progress",
        hidden=True,
    )


def _templates() -> html.Details:
    groups = groupby(LEDGERS, key=lambda one: one.domain)
    return html.Details(
        [
            html.Summary(t("下载空白模板（{count} 种台账）", count=len(LEDGERS))),
            html.Dl(
                [
                    part
                    for domain, ledgers in groups
                    for part in (
                        html.Dt(t(domain)),
                        html.Dd([_template(one.table, one.title) for one in ledgers]),
                    )
                ],
                className="ledger-templates",
            ),
        ]
    )


def _template(table: str, title: str) -> html.A:
    return html.A(t(title), href=f"/ledger/template/{table}.xlsx", download=True)

"""Sign-in lists on the ledger page: of which activity, what came of the rows, what is not taken."""

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.icons import icon
from data.ledger.imports.runs import DONE, REFUSED, UNCHANGED, Run
from data.ledger.signing.columns import SIGN_IN
from data.locale.translate import t


def sign_in_choice() -> html.Fieldset:
    """Where the activity is chosen, what such a list may look like, and what is refused."""
    kinds = t(
        "刷卡机、问卷星、易班、学习通导出的学号和时间都可以；选了活动，文件就按签到名单读。"
        "没有匹配到学生的行会按原因列出，你说明不写入之后，其余的才能写入；姓名只用来核对，不保存。"
    )
    refused = t(
        "门禁、闸机、人脸、定位记录不收：它们记下谁何时在哪里，或者是生物识别信息，"
        "属于敏感个人信息，看社区建设用不着。"
    )
    return html.Fieldset(
        [
            html.Legend(t("活动的签到名单")),
            html.Div(
                [
                    html.Label(t("是哪一场活动"), htmlFor="ledger-activity"),
                    dbc.Input(
                        id="ledger-activity",
                        type="text",
                        list="ledger-activities",
                        autocomplete="off",
                        placeholder=t("从列表里选，或者填活动编号"),
                    ),
                    html.Datalist(id="ledger-activities"),
                ],
                className="field",
            ),
            html.P(
                [
                    kinds,
                    " ",
                    html.A(
                        t("下载签到名单模板"),
                        href=f"/ledger/template/{SIGN_IN}.xlsx",
                        download=True,
                    ),
                ],
                className="muted",
            ),
            html.P(
                [refused, " ", html.A(t("见说明“我们不做什么”"), href="/help")], className="muted"
            ),
        ],
        className="ledger-sign-in",
    )


def sign_in_lists(run: Run) -> Any:
    """The counts of each list of a file, and where the rows left over can be fetched."""
    lists = (run.plan or {}).get("sign_ins", ())
    if not lists:
        return None
    fetch = _fetch(run) if any(one["unmatched"] for one in lists) else None
    return html.Div([*map(_list, lists), fetch], className="ledger-lists")


def _list(one: Mapping[str, Any]) -> html.Section:
    tiles = (
        ("added", one["matched"], t("匹配到的人")),
        ("changed", one["unmatched"], t("未匹配的行")),
        ("unchanged", one["repeated"], t("重复签到")),
        ("unchanged", one["absent"], t("没有到场")),
    )
    heading = t("签到名单：{name}（{day}）", name=one["name"], day=one["day"])
    return html.Section(
        [
            html.H4(heading),
            html.Ul(
                [
                    html.Li([html.B(f"{count:,}"), html.Span(name)], className=kind)
                    for kind, count, name in tiles
                ],
                className="ledger-tiles",
            ),
            html.Ul(
                [
                    html.Li(t("{reason}：{count} 行", reason=t(reason), count=f"{count:,}"))
                    for reason, count in one["reasons"].items()
                ],
                className="ledger-reasons",
            )
            if one["reasons"]
            else None,
            html.P(_rest(one), className="muted"),
        ]
    )


def _rest(one: Mapping[str, Any]) -> str:
    """Where the other rows went, so that all of them are accounted for."""
    parts = [t("共 {count} 行；一人签到几次只记最早一次", count=f"{one['rows']:,}")]
    if one["elsewhere"]:
        parts.append(t("选定不是这一场的 {count} 行", count=f"{one['elsewhere']:,}"))
    if one["faulty"]:
        parts.append(t("另有问题的 {count} 行", count=f"{one['faulty']:,}"))
    return "；".join(parts)


def _fetch(run: Run) -> Any:
    """Before it is written: afterwards the file and the numbers in it are forgotten. Where there
    are problems, the whole list of them has links of its own."""
    if not run.own or run.state == REFUSED:
        return None
    if run.state in (DONE, UNCHANGED):
        said = t("未匹配的行只留下数量，逐行的内容已随文件清除。")
        return html.P(said, className="muted")
    return html.Div(
        [
            download("filetype-txt", t("下载未匹配的行"), f"/ledger/problems/{run.id}.txt"),
            download(
                "file-earmark-spreadsheet",
                t("下载标出这些行的副本"),
                f"/ledger/marked/{run.id}.xlsx",
            ),
        ],
        className="tools ledger-tools",
    )


def download(symbol: str, label: str, address: str) -> html.A:
    """A link to a file."""
    return html.A([icon(symbol), html.Span(label)], href=address, download=True, className="tool")

"""What an import would change, or has changed, before and after; and what can be done next."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dash import html

from components.panels.ledger_examples import ledger_examples
from components.panels.ledger_history import KINDS, counted, state_name
from components.panels.ledger_problems import ledger_problems, others
from components.panels.ledger_sign_in import sign_in_lists
from data.ledger.imports.runs import (
    CANCELLED,
    DONE,
    FAILED,
    INTERRUPTED,
    READY,
    REFUSED,
    UNCHANGED,
    UNDONE,
    Run,
)
from data.locale.translate import t


def ledger_result(run: Run, *, written: bool) -> Any:
    """What is to be said of a run nobody is at work on; `written` where it was broken off late."""
    parts: dict[str, Callable[[Run], Any]] = {
        REFUSED: ledger_problems,
        READY: _ready,
        UNCHANGED: _unchanged,
        DONE: _done,
        INTERRUPTED: _half_done if written else _ended,
    }
    return html.Div(
        [
            html.P([html.B(run.file_name), " · ", state_name(run.state)], className="muted"),
            parts.get(run.state, _ended)(run),
        ]
    )


def _ready(run: Run) -> html.Div:
    counts = counted(run.plan)
    return html.Div(
        [
            html.H3(t("预览：确认之后才会写入")),
            html.P(run.stage, className="bad"),
            sign_in_lists(run),
            *_tables(run),
            _lines(t("提醒"), _texts(run, "warnings"), "warnings"),
            _lines(t("读入情况"), _texts(run, "notes"), "notes"),
            others(run),
            html.Div(
                [
                    _button("confirm", run, t("写入：{counts}", counts=counts), "btn-primary")
                    if run.own
                    else None,
                    _button("cancel", run, t("放弃"), "btn-outline-secondary"),
                ],
                className="ledger-buttons",
            ),
        ]
    )


def _unchanged(run: Run) -> html.Div:
    return html.Div(
        [
            html.H3(t("文件与已有台账一致，没有要写入的")),
            sign_in_lists(run),
            *_tables(run),
            _lines(t("读入情况"), _texts(run, "notes"), "notes"),
        ]
    )


def _done(run: Run) -> html.Div:
    version = "" if run.data_version is None else t("数据版本 {version}", version=run.data_version)
    return html.Div(
        [
            html.H3([t("已写入：{counts}", counts=counted(run.plan))], className="good"),
            html.P(version, className="ledger-version"),
            html.P(run.stage, className="bad"),
            html.P(
                [
                    html.A(t("到总览看新的数字"), href="/"),
                    html.A(t("再导入一个文件"), href="/ledger"),
                ],
                className="ledger-buttons",
            ),
            sign_in_lists(run),
            *_tables(run),
            _lines(t("提醒"), _texts(run, "warnings"), "warnings"),
        ]
    )


def _ended(run: Run) -> html.Div:
    """Cancelled, failed, broken off, undone: each says what became of the data."""
    said = {
        CANCELLED: t("已取消，什么也没有写入。"),
        INTERRUPTED: t("处理中断了，什么也没有写入。请重新上传这个文件。"),
        FAILED: t("处理时出错，什么也没有写入。"),
        UNDONE: t("这次导入已经撤销，数据回到了导入之前。"),
    }.get(run.state, "")
    return html.Div([html.H3(said), html.P(run.stage, className="bad")])


def _half_done(_: Run) -> html.Div:
    said = t("数据已经写入，但汇总没有更新完。请运行 python -m data refresh，或等下一次更新。")
    return html.Div(html.H3(said, className="bad"))


def _button(act: str, run: Run, label: str, look: str) -> html.Button:
    return html.Button(
        label, id={"ledger": act, "run": run.id}, type="button", className=f"btn {look}"
    )


def _texts(run: Run, kind: str) -> Sequence[str]:
    return (run.plan or {}).get(kind, ())


def _lines(title: str, lines: Sequence[str], kind: str) -> Any:
    if not lines:
        return None
    return html.Div(
        [html.H4(title), html.Ul([html.Li(line) for line in lines])], className=f"ledger-{kind}"
    )


def _tables(run: Run) -> Iterable[html.Section]:
    return (_table(table) for table in (run.plan or {}).get("tables", ()))


def _table(table: dict[str, Any]) -> html.Section:
    names = (t("新增"), t("修改"), t("删除"), t("不变"))
    tiles = [
        html.Li([html.B(f"{table[kind]:,}"), html.Span(name)], className=kind)
        for kind, name in zip(KINDS, names, strict=True)
    ]
    return html.Section(
        [
            html.H4(table["title"]),
            html.Ul(tiles, className="ledger-tiles"),
            html.P(table.get("range") or "", className="muted"),
            ledger_examples(table),
        ]
    )

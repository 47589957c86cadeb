"""Which ledgers were imported, by whom and with what outcome; the latest can be taken back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dash import dcc, html

from components.panels.scrolling import rows_table, scrolling
from data.ledger.imports.runs import DONE, REFRESHING, UNDOING, UNDONE, Run
from data.locale.translate import t

KINDS = ("added", "changed", "removed", "unchanged")


def state_name(state: str) -> str:
    """How far an import has come, in a word."""
    names = {
        "reading": t("检查中"),
        "refused": t("有问题"),
        "ready": t("待确认"),
        "unchanged": t("没有变化"),
        "writing": t("写入中"),
        "refreshing": t("更新汇总"),
        "done": t("已写入"),
        "cancelled": t("已取消"),
        "failed": t("出错"),
        "undoing": t("撤销中"),
        "undone": t("已撤销"),
        "interrupted": t("已中断"),
    }
    return names.get(state, state)


def counted(plan: dict[str, Any] | None) -> str:
    """What a plan adds, changes and removes, in a line."""
    sums = totals(plan)
    return t(
        "新增 {added}、修改 {changed}、删除 {removed}",
        added=f"{sums['added']:,}",
        changed=f"{sums['changed']:,}",
        removed=f"{sums['removed']:,}",
    )


def totals(plan: dict[str, Any] | None) -> dict[str, int]:
    """Added, changed, removed and unchanged rows over all tables of a plan."""
    tables = (plan or {}).get("tables", ())
    return {kind: sum(table[kind] for table in tables) for kind in KINDS}


def ledger_history(runs: Sequence[Run], undoable: int | None) -> Any:
    """The latest imports, newest first."""
    if not runs:
        return html.P(t("还没有导入过台账。"), className="empty")
    heads = (t("时间"), t("账号"), t("文件"), t("结果"), t("变动"), t("操作"))
    table = rows_table(heads, [_row(run, undoable) for run in runs])
    return scrolling(table, t("导入记录"))


def _row(run: Run, undoable: int | None) -> html.Tr:
    undone = f" {run.undone_by or ''} {moment(run.undone)}" if run.undone else ""
    wrote = run.state in (REFRESHING, DONE, UNDOING, UNDONE)
    return html.Tr(
        [
            html.Td(html.Time(moment(run.created))),
            html.Td(run.account),
            html.Td(html.A(run.file_name, href=f"/ledger?run={run.id}")),
            html.Td([html.Span(state_name(run.state), className=f"tag {run.state}"), undone]),
            html.Td(counted(run.plan) if wrote else "—"),
            html.Td(_undo(run) if run.id == undoable else ""),
        ]
    )


def _undo(run: Run) -> dcc.ConfirmDialogProvider:
    asked = t(
        "撤销“{file}”的导入？数据会回到导入之前：{counts} 都会还原。",
        file=run.file_name,
        counts=counted(run.plan),
    )
    button = html.Button(t("撤销"), type="button", className="btn btn-outline-danger btn-sm")
    return dcc.ConfirmDialogProvider(button, id={"ledger": "undo", "run": run.id}, message=asked)


def moment(at: datetime | None) -> str:
    """A moment of ours (UTC) as the clock on the wall shows it."""
    if at is None:
        return "—"
    return f"{at.replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"

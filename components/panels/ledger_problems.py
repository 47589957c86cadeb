"""What keeps a ledger from being imported: every problem at its cell, and what to do about it."""

from collections.abc import Sequence
from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import html

from components.icons import icon
from components.page import grid_options
from components.panels.ledger_sign_in import download, sign_in_lists
from data.ledger.imports.runs import Run
from data.ledger.problem import Problem, letters
from data.ledger.signing.reading import WORDS
from data.ledger.signing.sheets import TABLE as ATTENDANCE
from data.locale.translate import t

MOST = 2000  # rows a browser is given; the text file and the marked copy hold them all
UNDECIDED = "*"  # a select shows nothing for an empty value


def ledger_problems(run: Run) -> html.Div:
    """How many there are, what the reader is asked, the list, and ways to take it along."""
    if not run.problems:  # the file could not be read at all
        return html.Div([html.H3(t("什么也没有写入")), html.P(run.stage, className="bad")])
    count = len(run.problems)
    more = t("这里列出前 {most} 处，全部见下载的文件。", most=MOST) if count > MOST else ""
    return html.Div(
        [
            html.H3(t("{count} 处问题，什么也没有写入", count=f"{count:,}"), className="bad"),
            html.P([t("改好文件后重新上传即可，问题会一次列全。"), more]),
            others(run),
            sign_in_lists(run),
            _questions(run),
            _take_along(run) if run.own else None,
            _grid(run.problems[:MOST]),
        ]
    )


def others(run: Run) -> Any:
    """What is left out where the file is somebody else's."""
    if run.own:
        return None
    said = t("这个文件由 {account} 上传：行的内容只有本人能看，也由本人写入。", account=run.account)
    return html.P(said, className="muted")


def asked(problems: Sequence[Problem]) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Each heading and value that fits several things, with its candidates, in file order."""
    return {(p.heading, p.value): p.choices for p in problems if p.choices}


def _questions(run: Run) -> Any:
    questions = asked(run.problems)
    if not questions:
        return None
    return html.Div(
        [
            html.H4(_asking(run)),
            html.Div([_question(i, *one) for i, one in enumerate(questions.items())]),
            html.Button(
                t("按所选重新检查"),
                id={"ledger": "answer", "run": run.id},
                type="button",
                className="btn btn-primary btn-sm",
            ),
        ],
        className="ledger-questions",
    )


def _asking(run: Run) -> str:
    if any(p.choices and p.table == ATTENDANCE for p in run.problems):
        return t("请选定这些怎么算")
    return t("请指明这些名称是哪一个")


def _question(place: int, key: tuple[str, str], choices: tuple[tuple[str, str], ...]) -> html.Div:
    heading, value = key
    options = [{"value": UNDECIDED, "label": t("请选择")}] + [
        {"value": chosen, "label": _labelled(chosen, text)} for chosen, text in choices
    ]
    return html.Div(
        dbc.Label(
            [
                html.Span(f"{heading}：“{value}”"),
                dbc.Select(id={"question": place}, options=options, value=UNDECIDED, size="sm"),
            ]
        ),
        className="field",
    )


def _labelled(chosen: str, text: str) -> str:
    """A candidate with its id, where that says more."""
    told = chosen in WORDS or text.endswith(f"、{chosen})")
    return text if told else f"{text} ({chosen})"


def _take_along(run: Run) -> html.Div:
    text = "\n".join(problem.text for problem in run.problems[:MOST])
    return html.Div(
        [
            html.Button(
                [icon("clipboard"), html.Span(t("复制为文本"))],
                type="button",
                className="tool",
                **{"data-copy": "ledger-text", "data-copied": t("已复制")},
            ),
            download("filetype-txt", t("下载文本"), f"/ledger/problems/{run.id}.txt"),
            download(
                "file-earmark-spreadsheet",
                t("下载标出问题的副本"),
                f"/ledger/marked/{run.id}.xlsx",
            ),
            html.Pre(text, id="ledger-text", hidden=True),
        ],
        className="tools ledger-tools",
    )


def _grid(problems: Sequence[Problem]) -> dag.AgGrid:
    text = {"filter": "agTextColumnFilter"}
    wide = {"wrapText": True, "autoHeight": True, "flex": 3, "minWidth": 260}
    columns = (
        ("sheet", t("工作表"), text | {"maxWidth": 160}),
        ("cell", t("单元格"), text | {"maxWidth": 110}),
        ("heading", t("列"), text | {"maxWidth": 160}),
        ("value", t("填的是"), text | {"flex": 1}),
        ("reason", t("哪里不对"), text | wide),
        ("remedy", t("怎么改"), text | wide),
    )
    return dag.AgGrid(
        id="ledger-problems",
        columnDefs=[{"field": key, "headerName": name, **more} for key, name, more in columns],
        rowData=[
            {
                "sheet": p.sheet,
                "cell": _cell(p),
                "heading": p.heading,
                "value": p.value,
                "reason": p.reason,
                "remedy": p.remedy,
            }
            for p in problems
        ],
        style={"height": None, "width": "100%"},
        dashGridOptions=grid_options(),
        defaultColDef={"sortable": True, "resizable": True, "minWidth": 100},
    )


def _cell(problem: Problem) -> str:
    if problem.row and problem.column:
        return f"{letters(problem.column)}{problem.row}"
    return t("第 {row} 行", row=problem.row) if problem.row else t("整张表")

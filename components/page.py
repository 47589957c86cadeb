"""A page is a question and its blocks; every block stands in a slot with the same menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html

from components.block import Block
from components.icons import icon
from data.access.viewer import ROLES, Viewer
from data.locale.translate import CHINESE, language, t

GRAPH_CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "toImage", "autoScale2d"],
}
GRID_LOOK = (
    "{backgroundColor: 'var(--card)', foregroundColor: 'var(--ink)', borderColor: 'var(--line)', "
    "headerBackgroundColor: 'var(--page)', headerTextColor: 'var(--ink)', fontSize: 13, "
    "fontFamily: 'inherit', spacing: 6, accentColor: 'var(--link)', "
    "textColor: 'var(--ink)', subtleTextColor: 'var(--muted)'}"
)
EVERYONE = frozenset(ROLES)


@dataclass(frozen=True)
class Group:
    """Pages that share a place in the navigation. `key` names their list in the document."""

    key: str
    name: str
    icon: str


PLACES = Group("places", "阵地", "geo-alt")
PEOPLE = Group("people", "队伍", "people")
LIFE = Group("life", "人文", "flower1")
JUDGING = Group("judging", "考评", "clipboard-check")
DATA = Group("data", "数据", "database")


@dataclass(frozen=True)
class Page:
    """A page of the dashboard. `question` is what a person comes with; `roles` who is offered it.

    `group` is where the navigation keeps it, None a place of its own. `filters` are the fields of
    ONLY_SOME_FOLLOW and ABOUT it answers to, besides term, day, place and college; `id_is` is the
    field that `id` in its address stands for. `content` gives what stands above the blocks, or
    instead of any, for a viewer.
    """

    path: str
    name: str
    question: str
    blocks: tuple[Block, ...] = ()
    icon: str = "bar-chart"
    group: Group | None = None
    filters: tuple[str, ...] = ()
    id_is: str = "building"
    roles: frozenset[str] = EVERYONE
    content: Callable[[Viewer], Any] | None = None


def page(shown: Page, viewer: Viewer) -> html.Main:
    """The page as mounted once; callbacks fill its slots and later only change what they hold."""
    above = [shown.content(viewer)] if shown.content else []
    body = [*above, *(slot(block) for block in shown.blocks)]
    return html.Main(
        [
            html.Header(
                [html.H1(t(shown.name)), html.P(t(shown.question), className="question")],
                className="page-head",
            ),
            html.Div(body, className="blocks"),
        ],
        id="main",
        tabIndex="-1",
    )


def slot(block: Block) -> html.Section:
    """Where one block lives: title, menu, sentence, drawing, and its table twin."""

    shape = "panel" if as_panel(block) else "graph"

    def part(name: str) -> dict[str, str]:
        return {"part": name, "block": block.key}

    if as_panel(block):
        drawing: Any = html.Div(id=part("panel"), className="panel", style={"minHeight": 48})
    else:
        drawing = html.Div(
            dcc.Graph(
                id=part("graph"),
                figure={"data": [], "layout": {"height": block.height}},
                config=localized(),
                responsive="auto",
            ),
            role="figure",
            className="drawing",
            **{"aria-labelledby": f"say-{block.key}"},
        )
    return html.Section(
        [
            html.Div(
                [
                    html.H2(t(block.title), id=f"title-{block.key}"),
                    html.Div(id=part(f"{shape}-mark"), className="head-mark"),
                    menu(block),
                ],
                className="block-head",
            ),
            html.P(
                html.Span(id=part(f"{shape}-say"), className="say"),
                id=f"say-{block.key}",
                className="mb-2",
            ),
            drawing,
            html.Div(id=part("table"), className="twin", hidden=True),
        ],
        id=part(f"{shape}-slot"),
        className=f"block w-{block.width}",
        **{"aria-labelledby": f"title-{block.key}"},
    )


def as_panel(block: Block) -> bool:
    """Whether the page shows real DOM in its slot, not a chart."""
    return block.panel is not None


def localized() -> dict[str, Any]:
    """Plotly's own words in the language of the page."""
    return {**GRAPH_CONFIG, "locale": "zh-CN" if language.get() == CHINESE else "en-US"}


def menu(block: Block) -> html.Div:
    """说明, 表格, PNG, SVG, CSV, Excel: the same for every block."""
    entries = (
        ("explain", t("说明"), "info-circle"),
        ("twin", t("表格"), "table"),
        ("png", "PNG", "image"),
        ("svg", "SVG", "vector-pen"),
        ("csv", "CSV", "filetype-csv"),
        ("xlsx", "Excel", "file-earmark-spreadsheet"),
    )
    return html.Div(
        [
            html.Button(
                [icon(name), html.Span(label, className="label")],
                id={"act": act, "block": block.key},
                type="button",
                className="tool",
                title=label,
                **{"aria-label": f"{label}:{t(block.title)}"},
            )
            for act, label, name in entries
        ],
        className="tools",
        role="toolbar",
        **{"aria-label": t(block.title)},
    )


def grid(block: Block) -> dag.AgGrid:
    """The table twin, mounted when it is first opened; its rows come by a callback."""
    return dag.AgGrid(
        id={"part": "grid", "block": block.key},
        columnDefs=[],
        rowData=[],
        style={"height": None, "width": "100%"},
        columnSize="responsiveSizeToFit",
        dashGridOptions=grid_options(),
        defaultColDef={"sortable": True, "filter": True, "resizable": True, "minWidth": 110},
        getRowId="params.data.row_id",
    )


def grid_options() -> dict[str, Any]:
    """How every grid looks and pages."""
    return {
        "domLayout": "autoHeight",
        "pagination": True,
        "paginationPageSize": 25,
        "paginationPageSizeSelector": [25, 50, 100],
        "localeText": grid_words(),
        "suppressMenuHide": True,
        "animateRows": False,
        "theme": {"function": f"themeQuartz.withParams({GRID_LOOK})"},
    }


def grid_words() -> dict[str, str]:
    """The grid's own words, in the language of the page."""
    return {
        "noRowsToShow": t("没有数据"),
        "page": t("第"),
        "of": "/",
        "to": "–",
        "pageSizeSelectorLabel": t("每页"),
        "firstPage": t("首页"),
        "lastPage": t("末页"),
        "nextPage": t("下一页"),
        "previousPage": t("上一页"),
        "contains": t("包含"),
        "notContains": t("不包含"),
        "equals": t("等于"),
        "notEqual": t("不等于"),
        "startsWith": t("开头是"),
        "endsWith": t("结尾是"),
        "blank": t("为空"),
        "notBlank": t("不为空"),
        "lessThan": t("小于"),
        "greaterThan": t("大于"),
        "lessThanOrEqual": t("不大于"),
        "greaterThanOrEqual": t("不小于"),
        "inRange": t("介于"),
        "filterOoo": t("筛选…"),
        "andCondition": t("并且"),
        "orCondition": t("或者"),
        "ariaPageSizeSelectorLabel": t("每页"),
        "ariaFilterInput": t("筛选"),
    }


def explanation() -> dbc.Offcanvas:
    """Where *explain this number* opens."""
    return dbc.Offcanvas(
        html.Div(id="explanation"),
        id="explain",
        title=html.Span(t("这个数字怎么来的"), id="explain-title"),
        labelledby="explain-title",
        placement="end",
        scrollable=True,
        is_open=False,
        style={"width": "min(34rem, 100vw)"},
    )

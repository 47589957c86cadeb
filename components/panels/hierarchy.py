"""Places on the left, organisations on the right, the same people in both: totals must agree."""

from typing import Any

import pandas as pd
from dash import html

from components.icons import icon
from components.panels.links import drill
from components.panels.scrolling import scrolling
from components.tables import TERMS
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.party_hierarchy import (
    COUNTS,
    ELSEWHERE,
    ORGANISATIONAL,
    SPATIAL,
    TOTAL,
)
from queries.places import UNPLACED

STATION = "学生党员工作站"


def _headings() -> dict[str, str]:
    """Of the columns, as short as they can be beside each other."""
    return {
        "floors": t("楼层"),
        "residents": t("学生"),
        "branches": t("党支部"),
        "groups": t("党小组"),
        "member": t("党员"),
        "probationary": t("预备"),
        "target": t("发展对象"),
        "activist": t("积极分子"),
        "elsewhere": t("不住本楼"),
    }


def _title(side: str) -> str:
    return t("空间：住在哪里") if side == SPATIAL else t("组织：在谁的名册上")


def _nowhere(side: str) -> str:
    if side == SPATIAL:
        return t("未归属：不在校或没有住宿")
    return t("未归属：不在任何名册上")


def hierarchy(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Two trees side by side, and below them whether their totals agree."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼宇"), className="empty")
    trees = [_tree(df[df["side"] == side], side, filters) for side in (SPATIAL, ORGANISATIONAL)]
    return html.Div([html.Div(trees, className="two-trees"), _verdict(df)])


def _tree(rows: pd.DataFrame, side: str, filters: Filters) -> html.Section:
    columns, headings = COUNTS[side], _headings()
    head = [t("名称"), *(headings[c] for c in columns), t("合计")]
    place = ["", *["num"] * (len(columns) + 1)]
    cells = [html.Th(h, scope="col", className=c) for h, c in zip(head, place, strict=True)]
    ends = rows["name"].isin((UNPLACED, ELSEWHERE, TOTAL))
    body, foot = (
        [_line(row, columns, filters) for row in part.itertuples()]
        for part in (rows[~ends], rows[ends])
    )
    table = html.Table(
        [html.Thead(html.Tr(cells)), html.Tbody(body), html.Tfoot(foot)], className="list tree"
    )
    return html.Section([html.H3(_title(side)), scrolling(table, _title(side), tall=True)])


def _line(row: Any, columns: tuple[str, ...], filters: Filters) -> html.Tr:
    counts = [html.Td(f"{int(getattr(row, c)):,}", className="num") for c in columns]
    total = html.Td(html.B(f"{row.total:,}"), className="num")
    loose = "loose" if row.name == UNPLACED else ""
    name = html.Th(_name(row, filters), scope="row", className=f"depth-{row.depth}")
    return html.Tr([name, *counts, total], className=f"level-{row.depth} {loose}")


def _name(row: Any, filters: Filters) -> Any:
    if row.name == UNPLACED:
        return _nowhere(row.side)
    if row.level:
        return drill(row.name, filters, row.level, row.place_id, "/party")
    short = row.name.removesuffix(STATION)
    if short and short != row.name:
        return html.Span(t("{place}工作站", place=short), title=row.name)
    return t(row.name) if row.name in TERMS else row.name


def _verdict(df: pd.DataFrame) -> html.P:
    """A mark and a sentence; a difference is named kind by kind."""
    totals = df[df["name"] == TOTAL].set_index("side")
    kinds = ("member", "probationary", "target", "activist")
    parted = {
        kind: (int(totals.loc[SPATIAL, kind]), int(totals.loc[ORGANISATIONAL, kind]))
        for kind in kinds
        if totals.loc[SPATIAL, kind] != totals.loc[ORGANISATIONAL, kind]
    }
    if not parted:
        said = t("两边合计一致：{total} 人", total=f"{int(totals.loc[SPATIAL, 'total']):,}")
        return html.P([icon("check-circle-fill"), " ", said], className="verdict good")
    apart = "；".join(
        t("{kind}：空间 {left}，组织 {right}", kind=_headings()[k], left=left, right=right)
        for k, (left, right) in parted.items()
    )
    said = t("两边合计不一致，请数据管理员核对。{apart}", apart=apart)
    return html.P([icon("exclamation-triangle-fill"), " ", said], className="verdict bad")

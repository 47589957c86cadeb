"""考核表: 一级 · 二级 · 分值 · 评分标准 · 评价依据 · 得分 · 备注, merged where the sheet merges."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.evidence import PLACE, out_of_scope
from components.panels.links import address
from components.panels.ranking import PAGE
from components.panels.scrolling import scrolling
from data.locale.translate import t
from queries.assessment import LINE, ORDERS, TOTAL
from queries.filters import Filters
from queries.metric import Metric


def assessment_sheet(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """The sheet with its head, and a switch between the scheme's order and the six headings."""
    if df.empty:
        return html.P(out_of_scope(), className="empty")
    names = (t("一级"), t("二级"), t("分值"), t("评分标准"), t("评价依据"), t("得分"), t("备注"))
    heads = html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))
    lines, total = df[df["kind"] == LINE], df[df["kind"] == TOTAL].iloc[0]
    body = [
        row
        for _, group in lines.groupby("group", sort=False)
        for row in _group(group, filters, names)
    ]
    shown = html.Table([heads, html.Tbody([*body, _total(total, names)])], className="assessment")
    return html.Div([_switch(filters), _head(df), scrolling(shown, t("考核表"))])


def _switch(filters: Filters) -> html.Div:
    chips = []
    for order, name in ORDERS.items():
        current = {"aria-current": "true"} if order == filters.order else {}
        search = replace(address(filters), order=order).search
        href = f"{PAGE}{search}#title-assessment_sheet"
        chips.append(html.A(t(name), href=href, className="chip", **current))
    return html.Div(chips, className="chips sheet-order")


def _head(df: pd.DataFrame) -> html.Div:
    row = df.iloc[0]
    group = t(row["peer_group"])
    said = t(
        "考核单位：{unit}（{group}）　周期：{period}　方案版本 {version}",
        unit=row["unit"],
        group=group,
        period=t(row["period"]),
        version=row["version"],
    )
    return html.Div([html.B(t(row["scheme"])), html.Span(said)], className="sheet-head")


def _group(rows: pd.DataFrame, filters: Filters, names: tuple[str, ...]) -> list[html.Tr]:
    """The lines of one first-level item; its cell and those of the second level are merged."""
    made = []
    sizes = rows.groupby("part", sort=False).size()
    left = 0
    for number, row in enumerate(rows.itertuples()):
        cells = []
        if number == 0:
            cells.append(_merged(row.group, row.group_weight, row.group_points, len(rows)))
        if left == 0:
            left = int(sizes[row.part])
            cells.append(html.Th(t(row.part), rowSpan=left, scope="rowgroup"))
        left -= 1
        made.append(html.Tr([*cells, *_cells(row, filters, names)]))
    return made


def _merged(name: str, weight: float, points: float, size: int) -> html.Th:
    said = t("{points} / {weight} 分", points=_shown(points), weight=f"{weight:g}")
    beneath = html.Span(said, className="beneath")
    return html.Th([html.Span(t(name)), beneath], rowSpan=size, scope="rowgroup", className="group")


def _cells(row: Any, filters: Filters, names: tuple[str, ...]) -> list[html.Td]:
    weight = html.Td(f"{row.weight:g}", className="num")
    standard = html.Td([html.B(t(row.name)), html.Span(t(row.standard), className="beneath")])
    search = replace(address(filters), indicator=row.indicator).search
    basis: Any = t(row.basis)
    if row.counted:
        basis = html.A(basis, href=f"{PAGE}{search}{PLACE}")
    points = html.Td(html.B(_shown(row.points)), className="num")
    cells = [weight, standard, html.Td(basis), points, html.Td(t(row.remark))]
    for name, cell in zip(names[2:], cells, strict=True):
        setattr(cell, "data-label", name)
    return cells


def _total(row: Any, names: tuple[str, ...]) -> html.Tr:
    cells = [
        html.Th(t("合计"), colSpan=2, scope="row", className="group"),
        html.Td(f"{row['weight']:g}", className="num"),
        html.Td("", colSpan=2),
        html.Td(html.B(_shown(row["points"])), className="num"),
        html.Td(t(row["remark"])),
    ]
    for cell, name in ((cells[1], names[2]), (cells[3], names[5]), (cells[4], names[6])):
        setattr(cell, "data-label", name)
    return html.Tr(cells, className="total")


def _shown(points: float) -> str:
    return "—" if pd.isna(points) else f"{points:.1f}"

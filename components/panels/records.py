"""How visits are written down and where records agree: tables that speak of ledgers."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.rosters import table
from components.panels.shares import percent, two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.visit_records import (
    BUILDING,
    COLLEGE,
    COMPARISONS,
    EVERYWHERE,
    RECORD_CHECKS,
)


def record_table(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """A row for all, then one a college; a column a check."""
    if df.empty:
        return html.P(t("这里本学期还没有走访记录。"), className="empty")
    head = [t("辅导员所在学院"), *(t(check) for check in RECORD_CHECKS)]
    groups = df.groupby("college_id", sort=False)
    first = df[df["college"] == EVERYWHERE]
    rest = [rows for _, rows in groups if rows["college"].iloc[0] != EVERYWHERE]
    return table(head, [_record(first), *map(_record, rest)], t("走访记录的质量"))


def _record(rows: pd.DataFrame) -> html.Tr:
    first = rows.iloc[0]
    name = t(EVERYWHERE) if first["college"] == EVERYWHERE else first["college"]
    cells = [html.Td(_found(row), className="num") for row in rows.itertuples()]
    return html.Tr([html.Td(name), *cells], className="total" if name == t(EVERYWHERE) else "")


def _found(row: Any) -> Any:
    """Share and count, and what minutes close by would lead one to expect."""
    if not row.denominator:
        return "—"
    beneath = [f"{row.numerator:,}/{row.denominator:,}"]
    if not pd.isna(row.expected):
        beneath.append(t("邻近分钟 {share}", share=percent(row.expected)))
    return two_lines(percent(row.numerator / row.denominator), *beneath)


def agreement_tables(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """Colleges beside buildings, each with a row for all."""
    if df.empty:
        return html.P(t("这里没有可以互相印证的记录。"), className="empty")
    both = [(COLLEGE, t("辅导员所在学院")), (BUILDING, t("楼宇"))]
    return html.Div([_agreement(df, by, heading) for by, heading in both], className="pair")


def _agreement(df: pd.DataFrame, by: str, heading: str) -> html.Div:
    chosen = df[df["by"].isin(("", by))]
    names = list(dict.fromkeys(chosen["name"]))
    shown = {(row.name, row.source): row for row in chosen.itertuples(index=False)}
    body = [
        html.Tr(
            [
                html.Td(t(name) if name == EVERYWHERE else name),
                *(html.Td(_agreed(shown.get((name, source))), className="num")
                  for source in COMPARISONS),
            ],
            className="total" if name == EVERYWHERE else "",
        )
        for name in names
    ]  # fmt: skip
    return table([heading, *(t(source) for source in COMPARISONS)], body, heading)


def _agreed(row: Any) -> Any:
    if row is None or not row.denominator:
        return "—"
    return two_lines(
        percent(row.numerator / row.denominator), f"{row.numerator:,}/{row.denominator:,}"
    )

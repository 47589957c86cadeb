"""The dictionary: clause → metric → definition, formula, current value, page; with anchors."""

from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.marks import quality_mark
from data.locale.translate import t
from queries.catalog import CLAUSES, Clause
from queries.coverage import COVERAGE, FURTHER
from queries.filters import Filters
from queries.metric import Metric


def dictionary(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div:
    """Clauses as headings; the search field above filters entries in the browser."""
    rows = {row.metric: row for row in df.itertuples()}
    search = html.Div(
        [
            html.Label(t("搜索指标、定义或条款"), htmlFor="dictionary-search"),
            dbc.Input(type="search", id="dictionary-search"),
        ],
        className="field search",
    )
    nothing = html.P(t("没有找到。"), className="empty", id="dictionary-nothing", hidden=True)
    return html.Div(
        [search, nothing, *(_clause(c, rows, filters) for c in CLAUSES)], className="dictionary"
    )


def _clause(clause: Clause, rows: dict[str, Any], filters: Filters) -> html.Section:
    return html.Section(
        [
            html.H3(t(clause.text)),
            html.P(t(clause.held), className="held"),
            *(entry(m, rows.get(m.key), filters) for m in clause.metrics),
        ],
        className="clause",
    )


def entry(metric: Metric, row: Any, filters: Filters) -> html.Article:
    """Everything declared of a metric, and its value in the current slice."""
    value = metric.value(row.numerator, row.denominator) if row else None
    count = f"({row.numerator:,} / {row.denominator:,} {t(metric.unit)})" if row else ""
    on_the_map = metric in (*COVERAGE, *FURTHER)
    if on_the_map:
        link = f"/map{replace(address(filters), metric=metric.key).search}"
    else:
        link = f"{metric.page}{address(filters).search}"
    target = t("未设目标") if metric.target is None else metric.show(metric.target)
    facts = (
        (t("分子"), t(metric.numerator)),
        (t("分母"), t(metric.denominator)),
        (t("不计入"), t(metric.excluded)),
        (t("算法"), t("分子 ÷ 分母；向上汇总时分子、分母分别相加，再相除")),
        (t("目标"), target),
        (t("条款"), t(metric.clause)),
        (t("键名"), html.Code(metric.key)),
    )
    return html.Article(
        [
            html.Header(
                [
                    html.H4(
                        [
                            t(metric.name),
                            html.A(
                                "#",
                                href=f"#{metric.key}",
                                className="anchor",
                                **{"aria-label": t("本条的链接")},
                            ),
                        ]
                    ),
                    html.Span([html.B(metric.show(value)), " ", count], className="now"),
                    html.A(t("在地图上看") if on_the_map else t("在页面上看"), href=link),
                    quality_mark(row.mark, filters) if row else None,
                ]
            ),
            html.P(t(metric.definition)),
            html.Dl([part for name, text in facts for part in (html.Dt(name), html.Dd(text))]),
        ],
        id=metric.key,
        className="entry",
    )

"""*Explain this number*: definition, fraction, exclusions, version, and the list behind it."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.marks import mark_text
from components.tables import TERMS
from data.locale.translate import t
from queries.fact import Fact
from queries.marks import Mark
from queries.metric import Metric

Lists = dict[str, pd.DataFrame | None]


def explanation(
    metrics: tuple[Metric, ...],
    rates: pd.DataFrame,
    lists: Lists,
    stamp: tuple[str, ...],
    marks: dict[str, Mark],
) -> html.Div:
    """One section a metric; `stamp` says slice, data version and as-of."""
    rows = {row.metric: row for row in rates.itertuples()}
    return html.Div(
        [
            html.Ul([html.Li(line) for line in stamp], className="stamp"),
            *(_metric(m, rows.get(m.key), lists, marks.get(m.key, Mark())) for m in metrics),
        ]
    )


def plain_explanation(about: str, facts: tuple[Fact, ...], frame: pd.DataFrame) -> html.Div:
    """What a block shows that is no metric: a sentence, and each fact's definition and value."""
    own = frame[frame["kind"] == ""] if "kind" in frame and facts else frame
    rows = {row.key: row for row in own.itertuples()} if facts else {}
    entries = [part for fact in facts for part in _fact(fact, rows.get(fact.key))]
    return html.Div([*([html.P(t(about))] if about else []), html.Dl(entries)])


def _fact(fact: Fact, row: Any) -> tuple[html.Dt, html.Dd]:
    value = fact.show(row.value) if row else "—"
    middle = t("同类中位数 {value}", value=fact.show(row.median) if row else "—")
    name = html.Dt([t(fact.name), " ", html.B(value), f" {t(fact.unit)}".rstrip()])
    return name, html.Dd(f"{t(fact.definition)} · {middle}")


def _metric(metric: Metric, row: Any, lists: Lists, mark: Mark) -> html.Section:
    value = metric.value(row.numerator, row.denominator) if row else None
    facts = [
        (t("分子"), f"{row.numerator:,}" if row else "—", t(metric.numerator)),
        (t("分母"), f"{row.denominator:,}" if row else "—", t(metric.denominator)),
        (t("不计入"), f"{row.exempt:,}" if row and row.exempt else "", t(metric.excluded)),
    ]
    return html.Section(
        [
            html.H3([t(metric.name), " ", html.B(metric.show(value))]),
            html.P(t(metric.definition)),
            html.Table(
                html.Tbody(
                    [
                        html.Tr([html.Th(a, scope="row"), html.Td(b, className="num"), html.Td(c)])
                        for a, b, c in facts
                    ]
                ),
                className="facts",
            ),
            html.P(
                [
                    t("条款：{clause}", clause=t(metric.clause)),
                    " · ",
                    html.A(t("在指标字典里看"), href=f"/dictionary#{metric.key}"),
                ],
                className="muted",
            ),
            html.P(mark_text(mark), className="muted") if mark.findings else None,
            _list(lists[metric.key]) if metric.key in lists else None,
        ]
    )


def _list(units: pd.DataFrame | None) -> html.Details | html.P:
    if units is None:
        return html.P(
            t("名单只在楼层和房间一级、职责范围内显示：先下钻到楼层再打开说明。"), className="muted"
        )
    if units.empty:
        return html.P(t("你的范围内没有名单。"), className="muted")
    lines = [html.Li([html.B(row.unit), " ", _state(row)]) for row in units.itertuples()]
    gaps = int((units["state"] == "缺口").sum())
    title = t("名单：先列缺口（{gaps} 个），最多 200 个", gaps=gaps)
    return html.Details([html.Summary(title), html.Ol(lines)], open=len(lines) <= 30)


def _state(row: Any) -> str:
    said = t(row.state) if row.state in TERMS else str(row.state)
    if row.state == "缺口":
        return f"{said} · {t('从未覆盖') if row.never else t('自 {day}', day=row.since)}"
    return f"{said} · {row.cover}" if isinstance(row.cover, str) else said

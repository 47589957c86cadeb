"""The portrait of a building as real text: its head, coverage, facts, people and terms."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.portrait_words import METRICS, about, shown
from data.locale.translate import t
from queries.fact import BETTER, SAME, SMALL, WORSE
from queries.facts import BY_FACT, HEADLINES, SECTIONS
from queries.filters import Filters
from queries.metric import Metric
from queries.peers import FEWEST

MARKS = {BETTER: ("▲", "up"), WORSE: ("▼", "down"), SAME: ("＝", "none")}
SHADES = 6


def portrait_head(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """The building's name, where it stands and with whom it is compared, and six numbers."""
    if df.empty:
        return html.P(t("你的范围内没有这栋楼。"), className="empty")
    known, rows = about(df), {row.key: row for row in df.itertuples()}
    place = [known["campus"], known["cluster"], t(known["residents_kind"])]
    if known["opened"]:
        place.append(t("{day} 启用", day=known["opened"]))
    if known["upgraded"] and known["upgraded"] <= filters.date:
        place.append(t("{day} 完成试点升级", day=known["upgraded"]))
    return html.Div(
        [
            html.H3(known["building"], className="portrait-name"),
            html.P(" · ".join(place), className="portrait-place"),
            html.P(
                f"{known['term']} · {t('截至 {day}', day=filters.date)}", className="portrait-slice"
            ),
            html.Div([_tile(rows[key]) for key in HEADLINES], className="headlines"),
            _peers(known, int(df["peers"].iloc[0])),
        ],
        className="portrait-head",
    )


def _tile(row: Any) -> html.Div:
    return html.Div(
        [
            html.Div(t(row.name), className="card-name"),
            html.Div([html.B(shown(row)), " ", _unit(row)], className="headline"),
            html.Div(_beside(row), className="beside"),
        ],
        className="headline-box",
    )


def _unit(row: Any) -> html.Span:
    """The unit beside a number there is; a share has none."""
    share = row.key in METRICS or BY_FACT[row.key].share
    return html.Span("" if share or pd.isna(row.value) else t(row.unit), className="unit")


def _beside(row: Any) -> list[Any]:
    return [t("同类中位数 {value}", value=shown(row, "median")), " ", _mark(row)]


def _mark(row: Any) -> html.Span:
    """Better or worse than the median by sign, word and colour; nothing where it is not judged."""
    if row.verdict not in MARKS:
        return html.Span()
    sign, css = MARKS[row.verdict]
    return html.Span(f"{sign}{t(row.verdict)}", className=f"change {css}")


def _peers(known: dict[str, str], number: int) -> html.Details | html.P:
    group = t(known["peers_kind"])
    if known["peers_size"]:
        group += t("、{size}", size=t(known["peers_size"]))
    if number < FEWEST:
        said = t("同类楼宇（{group}）不足 {count} 栋，不给中位数。", group=group, count=FEWEST)
        return html.P(said, className="muted")
    title = t("同类楼宇：{group}，另有 {count} 栋", group=group, count=number)
    how = t("居住对象相同、床位规模相同的其他在用住宿楼宇；不足 4 栋时不分规模。")
    return html.Details(
        [html.Summary(title), html.P(known["peers"]), html.P(how)], className="peers muted"
    )


def coverage_rows(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Rates with their fraction, what is missing, and the median of the peers."""
    if df.empty:
        return html.P(t("你的范围内没有这栋楼。"), className="empty")
    head = [t("指标"), "", t("比率"), t("缺口"), t("同类中位数"), ""]
    body = [html.Tr(_coverage(row, filters)) for row in df.itertuples()]
    return _table(head, body)


def _coverage(row: Any, filters: Filters) -> list[html.Td]:
    metric = METRICS[row.key]
    place = address(filters.at("building", filters.building))
    shown_there = replace(place, metric=row.key) if metric.page == "/map" else place
    link = f"{metric.page}{shown_there.search}"
    missing = int(row.denominator - row.numerator)
    aimed = metric.target is not None and missing > 0
    return [
        html.Td(html.A(t(metric.name), href=link)),
        html.Td(_bar(row.value, row.median, 1.0)),
        html.Td([html.B(shown(row)), f" {int(row.numerator)}/{int(row.denominator)}"]),
        html.Td(f"{missing:,} {t(metric.unit)}" if aimed else "—", className="num"),
        html.Td(shown(row, "median"), className="num"),
        html.Td(_mark(row)),
    ]


def _table(head: Sequence[str], body: list[html.Tr]) -> html.Table:
    heads = html.Thead(html.Tr([html.Th(h, scope="col") for h in head]))
    return html.Table([heads, html.Tbody(body)], className="measures")


def _bar(value: float, median: float, whole: float) -> html.Div:
    """The value as a bar, the peers' median as a line across it."""
    parts = []
    if not pd.isna(value) and whole:
        parts.append(html.Div(className="bar-value", style={"width": f"{value / whole:.1%}"}))
    if not pd.isna(median) and whole:
        parts.append(html.Div(className="bar-median", style={"left": f"{median / whole:.1%}"}))
    return html.Div(parts, className="bullet", **{"aria-hidden": "true"})


def fact_sections(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """A card a section: its facts beside the median, then what they divide into."""
    if df.empty:
        return html.P(t("你的范围内没有这栋楼。"), className="empty")
    sections = [(name, df[df["section"] == name]) for name in SECTIONS]
    return html.Div([_section(name, rows) for name, rows in sections], className="facts-grid")


def _section(name: str, rows: pd.DataFrame) -> html.Section:
    facts, parts = rows[rows["kind"] == ""], rows[rows["kind"] != ""]
    body = [html.Tr(_fact(row)) for row in facts.itertuples()]
    mixes = [
        _mix(str(part), kinds)
        for part, kinds in parts.groupby("name", sort=False)
        if (kinds["kind"] != SMALL).any()
    ]
    return html.Section(
        [html.H3(t(name)), _table((t("指标"), "", t("本楼"), t("中位数"), ""), body), *mixes]
    )


def _fact(row: Any) -> list[html.Td]:
    most = max((v for v in (row.value, row.median) if not pd.isna(v)), default=0.0)
    whole = 1.0 if BY_FACT[row.key].share else most * 1.15
    return [
        html.Td(t(row.name), title=t(BY_FACT[row.key].definition)),
        html.Td(_bar(row.value, row.median, whole)),
        html.Td([html.B(shown(row)), " ", _unit(row)], className="num"),
        html.Td(shown(row, "median"), className="num"),
        html.Td(_mark(row)),
    ]


def _mix(name: str, kinds: pd.DataFrame) -> html.Div:
    rows = zip(kinds["kind"], kinds["value"], strict=True)
    return _parts(name, [(t(str(kind)), int(number)) for kind, number in rows])


def _parts(name: str, counts: Sequence[tuple[str, int]]) -> html.Div:
    """What a whole divides into, as a bar of parts with their words and numbers below."""
    whole = sum(number for _, number in counts) or 1
    bar = [
        html.Div(className=f"part part-{i % SHADES}", style={"width": f"{number / whole:.2%}"})
        for i, (_, number) in enumerate(counts)
    ]
    words = [
        html.Li([html.Span(className=f"dot part-{i % SHADES}"), f"{kind} {number:,}"])
        for i, (kind, number) in enumerate(counts)
    ]
    return html.Div(
        [
            html.Div(t(name), className="mix-name"),
            html.Div(bar, className="mix-bar", **{"aria-hidden": "true"}),
            html.Ul(words),
        ],
        className="mix",
    )


def people(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """Who answers for the building, in names of staff; who lives there, in numbers."""
    if df.empty:
        return html.P(t("没有居住和责任人数据。"), className="empty")
    groups = [(str(name), rows) for name, rows in df.groupby("section", sort=False)]
    named = [(name, rows) for name, rows in groups if rows["number"].isna().all()]
    mixed = [(name, rows) for name, rows in groups if rows["number"].notna().all()]
    staff = [
        part
        for name, rows in named
        for part in (html.Dt(t(name)), html.Dd(t("、").join(rows["name"])))
    ]
    mixes = [
        _parts(name, [(t(n), int(c)) for n, c in zip(rows["name"], rows["number"], strict=True)])
        for name, rows in mixed
    ]
    return html.Div([html.Dl(staff), *mixes], className="people")

"""The evaluation's scheme and period, and its ranking: totals with score bars, group by group."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from data.schemes.scheme import PERIODS, UNITS, Scheme
from queries.filters import Filters
from queries.metric import Metric
from queries.schemes import chosen_scheme, schemes

PAGE = "/evaluation"


def nothing_to_see() -> str:
    """Why a list of evaluations is empty."""
    return t("你的范围内没有可以查看的评价结果。")


def to_unit(content: Any, filters: Filters, unit: str) -> html.A:
    """A link that opens a unit's score."""
    search = replace(address(filters), unit=unit).search
    return html.A(content, href=f"{PAGE}{search}#title-score_sheet")


def scheme_chooser(_: pd.DataFrame, __: Metric, filters: Filters) -> html.Div:
    """Every scheme and period as a link, and what the chosen scheme says of itself."""
    scheme = chosen_scheme(filters)
    kind = filters.period or scheme.period
    plain = replace(address(filters), unit="", weights="", seal="")
    rows = [
        (
            t("方案"),
            [
                _choice(t(one.name), replace(plain, scheme=one.key, period=""), one == scheme)
                for one in schemes().values()
            ],
        ),
        (
            t("周期"),
            [
                _choice(
                    t(name), replace(plain, period="" if key == scheme.period else key), key == kind
                )
                for key, name in PERIODS.items()
            ],
        ),
    ]
    lines = [
        html.Div([html.B(label), *links], className="choice-row", role="group")
        for label, links in rows
    ]
    return html.Div([*lines, _about(scheme), _tree(scheme)], className="scheme-choice")


def _choice(label: str, filters: Filters, chosen: bool) -> html.A:
    current = {"aria-current": "true"} if chosen else {}
    return html.A(label, href=f"{PAGE}{filters.search}", className="chip", **current)


def _about(scheme: Scheme) -> html.P:
    said = t(
        "版本 {version}，评价单位：{unit}；{dimensions} 个一级指标，{indicators} 个三级指标，"
        "满分 100。",
        version=scheme.version,
        unit=t(UNITS[scheme.unit]),
        dimensions=len(scheme.dimensions),
        indicators=len(scheme.indicators),
    )
    return html.P([said, " ", t(scheme.note)], className="muted")


def _tree(scheme: Scheme) -> html.Details:
    items = [
        html.Li(
            [
                html.B(t("{name}（{points} 分）", name=t(d.name), points=f"{d.weight:g}")),
                html.Ul(
                    [
                        html.Li(t("{name}（{points} 分）", name=t(p.name), points=f"{p.weight:g}"))
                        for p in d.parts
                    ]
                ),
            ]
        )
        for d in scheme.dimensions
    ]
    return html.Details([html.Summary(t("指标与分值")), html.Ul(items)], className="muted")


def ranking_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """A table for each peer group: place, total with a bar of its dimensions, and the change."""
    if df.empty:
        return html.P(nothing_to_see(), className="empty")
    groups = [
        html.Section([html.H3(_group_name(name, rows)), _group(rows, filters)])
        for name, rows in df.groupby("peer_group", sort=False)
    ]
    return html.Div([_legend(df), *groups], className="ranking")


def _group_name(name: object, rows: pd.DataFrame) -> str:
    count = int(rows["unit_id"].nunique())
    return t("{group}（{count} 个）", group=t(str(name)), count=count)


def _legend(df: pd.DataFrame) -> html.Div:
    names = df.drop_duplicates("dimension")
    marks = [
        html.Span([html.I(className=f"swatch dim-{n}"), t(row.name)], className="legend-entry")
        for n, row in enumerate(names.itertuples(index=False))
    ]
    return html.Div(marks, className="bar-legend", **{"aria-hidden": "true"})


def _group(rows: pd.DataFrame, filters: Filters) -> html.Div:
    heads = [t("名次"), t("单位"), t("总分"), t("各项得分"), t("比上期"), t("缺项")]
    body = [_row(unit, filters) for _, unit in rows.groupby("unit_id", sort=False)]
    return table(heads, body, t("排名"))


def _row(parts: pd.DataFrame, filters: Filters) -> html.Tr:
    row = next(parts.itertuples())
    place = "—" if pd.isna(row.rank) else f"{row.rank:.0f}/{row.of}"
    notes = [t("{day} 启用", day=row.opened)] if row.opened else []
    notes += [t(row.veto)] if row.veto else []
    total = "—" if pd.isna(row.total) else f"{row.total:.1f}"
    return html.Tr(
        [
            html.Td(place, className="num"),
            html.Td(two_lines(to_unit(row.unit, filters, row.unit_id), *notes)),
            html.Td(html.B(total), className="num"),
            html.Td(_bar(parts)),
            html.Td(two_lines(*_change(row)), className="num"),
            html.Td(f"{row.missing}/{row.indicators}" if row.missing else "·", className="num"),
        ]
    )


def _bar(parts: pd.DataFrame) -> html.Div:
    """Each dimension as wide as its share of the weights that have a score."""
    known = parts.dropna(subset="score")
    whole = known["weight"].sum()
    places = parts.index.get_indexer(known.index)
    pieces = [
        html.Div(
            className=f"dim-{n}",
            style={"width": f"{row.weight * row.score / whole:.2f}%"},
            title=f"{t(row.name)} {row.score:.1f}",
        )
        for n, row in zip(places, known.itertuples(index=False), strict=True)
    ]
    said = "；".join(f"{t(r.name)} {r.score:.1f}" for r in known.itertuples(index=False))
    return html.Div(pieces, className="score-bar", role="img", **{"aria-label": said})


def _change(row: Any) -> tuple[str, ...]:
    if pd.isna(row.earlier_total) or pd.isna(row.total):
        return ("—",)
    moved = t("上期 {rank}/{of}", rank=f"{row.earlier_rank:.0f}", of=f"{row.earlier_of:.0f}")
    change = round(row.total - row.earlier_total, 1)
    return (f"{change:+.1f}" if change else t("持平"), moved)

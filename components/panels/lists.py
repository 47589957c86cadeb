"""Lists for someone to act on: blind spots, this week's changes, buildings by what is missing."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.figures.palette import shade, shade_name
from components.panels.links import drill, to_portrait
from components.panels.scrolling import rows_table, scrolling
from components.tables import TERMS
from data.locale.translate import t
from queries.coverage import COVERAGE, FURTHER
from queries.filters import DRILL, Filters
from queries.metric import Metric

NAMES = {m.key: m for m in (*COVERAGE, *FURTHER)}


def _place_link(row: Any, filters: Filters, text: str) -> html.A:
    """The deepest place of a row, drilled to with the row's own metric."""
    level = next(n for n in reversed(DRILL[:-1]) if getattr(row, f"{n}_id"))
    slice_ = replace(filters, metric=row.metric or filters.metric)
    return drill(text, slice_, level, getattr(row, f"{level}_id"))


def blind_spot_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Place, what is missing, for how long, and who is to act."""
    if df.empty:
        return html.P(t("没有盲区：你的范围内全部达到目标。"), className="empty")
    head = [t("地点"), t("缺什么"), t("多久了"), t("影响"), t("谁负责")]
    body = [
        html.Tr(
            [
                html.Td([_place_link(row, filters, row.place), *_portrait(row, filters)]),
                html.Td(_missing(row)),
                html.Td(age(row.days, row.never), className="num"),
                html.Td(_affected(row), className="num"),
                html.Td(_owner(row)),
            ]
        )
        for row in df.itertuples()
    ]
    return scrolling(rows_table(head, body), t("覆盖盲区"))


def _portrait(row: Any, filters: Filters) -> list[Any]:
    """A link to the portrait of the building a gap is in; a cluster has none."""
    if not row.building_id:
        return []
    return [" ", to_portrait(t("画像"), filters, row.building_id, className="portrait-link")]


MISSING = {
    "cluster_coverage": "无楼群级组织",
    "building_coverage": "无工作站",
    "floor_coverage": "无党支部或党小组",
    "floor_leader": "无在任党员层长",
    "room_responsibility": "{count} 间宿舍无责任党员",
    "workstation_enrolment": "{count} 人未纳入工作站",
    "plate": "{count} 间党员宿舍未亮牌",
}


def _missing(row: Any) -> str:
    return t(MISSING[row.metric], count=row.gap)


def age(days: float | None, never: bool) -> str:
    """For how long: days since the last cover, or since it was first due."""
    if days is None or pd.isna(days):
        return "—"
    text = t("{days} 天", days=f"{int(days):,}")
    return t("从未覆盖，{text}", text=text) if never else text


def _affected(row: Any) -> str:
    unit = NAMES[row.metric].unit if row.metric in ("room_responsibility", "plate") else "人"
    return f"{row.affected:,} {t(unit)}"


def _owner(row: Any) -> str:
    owner = t(row.owner) if row.owner in TERMS else str(row.owner)
    return f"{owner} · {row.leader}" if isinstance(row.leader, str) else owner


def change_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Ul | html.P:
    """What was founded, closed, taken up or given up in the last seven days."""
    if df.empty:
        return html.P(t("最近七天没有组织成立、撤销或层长变动。"), className="empty")
    return html.Ul(
        [
            html.Li(
                [
                    html.Time(str(row.day)[5:], dateTime=str(row.day)),
                    html.Span(t(row.kind), className=f"tag {_tone(row.kind)}"),
                    _place_link(row, filters, row.place),
                    html.Span(t(row.subject) if row.subject in TERMS else row.subject),
                ]
            )
            for row in df.itertuples()
        ],
        className="changes",
    )


def _tone(kind: str) -> str:
    return "bad" if kind in ("撤销", "层长离任") else "good"


def building_list(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div | html.P:
    """Every building, the emptiest first; clusters are headings one can drill to."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼宇"), className="empty")
    rate = df["numerator"] / df["denominator"].where(df["denominator"] > 0)
    order = df.assign(rate=rate).sort_values(
        ["rate", "residents", "building_id"], ascending=[True, False, True], na_position="last"
    )
    return html.Div(
        html.Ol(
            [_building(row, metric, filters) for row in order.itertuples()], className="places"
        ),
        className="scroll tall",
    )


def _building(row: Any, metric: Metric, filters: Filters) -> html.Li:
    value = metric.value(row.numerator, row.denominator)
    look = shade(value)
    text = [
        html.Span(className=f"swatch shade-{look.css}", title=shade_name(look)),
        html.Span(row.building, className="place-name"),
        html.Span(metric.show(value), className="place-value"),
        html.Span(f"{row.numerator}/{row.denominator}", className="place-count"),
    ]
    link = to_portrait(t("画像"), filters, row.building_id, className="portrait-link")
    return html.Li([drill(text, filters, "building", row.building_id), link])

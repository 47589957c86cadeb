"""Activities building by building, and the students none of them reached, as lists."""

from typing import Any

import pandas as pd
from dash import html

from components.forces_words import people
from components.panels.links import drill
from components.panels.rosters import meter, table
from data.locale.translate import t
from queries.activity_spread import BUILDING, COLLEGE, GRADE
from queries.fact import SMALL
from queries.filters import Filters
from queries.metric import Metric

PAGE = "/activities"


def festival_list(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """One row per festival; one that was not held says so."""
    if df.empty:
        return html.P(t("你的范围内没有活动台账记录。"), className="empty")
    heads = [t("系列"), t("场次"), t("参与人次"), t("举办楼宇"), t("最近一场")]
    rows = [
        html.Tr(
            [
                html.Td(t(row.festival)),
                html.Td(f"{row.sessions:,}", className="num" if row.sessions else "num bad"),
                html.Td(people(row.attended, row.recorded, row.sessions) or "—", className="num"),
                html.Td(f"{row.buildings:,}", className="num"),
                html.Td(t("最近四季没有") if row.last is None else str(row.last), className="num"),
            ]
        )
        for row in df.itertuples()
    ]
    return table(heads, rows, t("节庆系列"))


def unreached(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div | html.P:
    """Three lists, by grade, college and building; only numbers."""
    if df.empty:
        return html.P(t("你的范围内没有在校学生"), className="empty")
    lists = [
        html.Section(
            [
                html.H3(t(part)),
                table(
                    [t(part), t("来过"), t("没来过")],
                    [_left(row, metric, filters) for row in df[df["part"] == part].itertuples()],
                    t("没有参加过活动的学生"),
                ),
            ]
        )
        for part in (GRADE, COLLEGE, BUILDING)
    ]
    return html.Div(lists, className="three-lists")


def _left(row: Any, metric: Metric, filters: Filters) -> html.Tr:
    return html.Tr(
        [
            html.Td(_name(row, filters)),
            html.Td(meter(row.numerator, row.denominator, metric)),
            html.Td(html.B(f"{row.unreached:,}"), className="num"),
        ]
    )


def _name(row: Any, filters: Filters) -> Any:
    if row.key == SMALL:
        return t(SMALL)
    if row.part == BUILDING:
        if not row.key:
            return t("未安排住宿")
        return drill(row.name, filters, "building", row.key, PAGE)
    return t("{grade}级", grade=row.name) if row.part == GRADE else row.name

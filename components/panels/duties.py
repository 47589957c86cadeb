"""Duties that want someone: areas to be divided anew, floors without a leader."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill
from components.panels.lists import age
from components.panels.rosters import meter, table
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.party_areas import typical

MOST = 30


def area_list(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Areas without a member in charge, then those that carry more than nine in ten others."""
    usual = typical(df["load"].dropna())
    over = df["load"].isna() | (df["load"] > (usual[2] if usual else 0))
    if not over.any():
        return html.P(t("没有需要调整的责任区。"), className="empty")
    head = [t("责任区"), t("房间"), t("责任党员"), t("每人负责"), t("居住人数")]
    body = [_area(row, filters) for row in df[over].head(MOST).itertuples()]
    said = t("这里列出前 {shown} 个，共 {count} 个。", shown=len(body), count=int(over.sum()))
    return table(head, body, t("需要调整的责任区"), said if over.sum() > MOST else "")


def _area(row: Any, filters: Filters) -> html.Tr:
    load = t("无人") if pd.isna(row.load) else t("{count} 间", count=f"{row.load:.1f}")
    place = drill(row.building, filters, "building", row.building_id)
    return html.Tr(
        [
            html.Td([place, " ", row.area]),
            html.Td(f"{row.rooms:,}", className="num"),
            html.Td(f"{row.keepers:,}", className="num"),
            html.Td(load, className="num bad" if pd.isna(row.load) else "num"),
            html.Td(f"{row.residents:,}", className="num"),
        ]
    )


def leader_board(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div | html.P:
    """One row per building, the most vacancies first; each vacant floor links to its rooms."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼层。"), className="empty")
    buildings = [rows for _, rows in df.groupby("building_id", sort=False)]
    buildings.sort(key=lambda rows: (rows["numerator"] - rows["denominator"]).sum())
    head = [t("楼宇"), t("层长在任"), t("空缺"), t("空缺楼层和天数")]
    body = [_leaders(rows, metric, filters) for rows in buildings]
    return table(head, body, t("党员层长"), t("共 {count} 栋楼。", count=len(body)))


def _leaders(rows: pd.DataFrame, metric: Metric, filters: Filters) -> html.Tr:
    first = next(rows.itertuples())
    done, due = int(rows["numerator"].sum()), int(rows["denominator"].sum())
    vacant = rows[rows["numerator"] < rows["denominator"]]
    chips = [
        drill(
            [html.B(row.floor), " ", age(row.days, False)],
            filters,
            "floor",
            str(row.floor_id),
            className="chip",
            title=age(row.days, bool(row.never)),
        )
        for row in vacant.itertuples()
    ]
    gap = due - done
    return html.Tr(
        [
            html.Td(
                drill(str(first.building), filters, "building", str(first.building_id), "/party")
            ),
            html.Td(meter(done, due, metric)),
            html.Td(html.B(str(gap)), className="num bad" if gap else "num muted"),
            html.Td(html.Div(chips or t("全部在任"), className="chips")),
        ]
    )

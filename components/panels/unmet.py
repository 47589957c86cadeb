"""Who was not met yet: buildings by the share left, and names where one may know them."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill
from components.panels.rosters import meter, table
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.unmet import MOST

PAGE = "/counselors"


def unmet_buildings(df: pd.DataFrame, metric: Metric, filters: Filters) -> html.Div | html.P:
    """One row per building, the largest share not yet met first."""
    if df.empty:
        return html.P(t("你的范围内没有在校学生"), className="empty")
    head = [t("楼宇"), t("已见到"), t("还没见到")]
    return table(
        head, [_building(row, metric, filters) for row in df.itertuples()], t("还没见到的学生")
    )


def _building(row: Any, metric: Metric, filters: Filters) -> html.Tr:
    named = row.building_id != ""
    name = (
        drill(row.building, filters, "building", row.building_id, PAGE)
        if named
        else t("未安排住宿")
    )
    return html.Tr(
        [
            html.Td(name),
            html.Td(meter(row.numerator, row.denominator, metric)),
            html.Td(html.B(f"{row.unmet:,}"), className="num bad" if row.unmet else "num muted"),
        ]
    )


def unmet_names(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Names for those who may know them, the longest not met first."""
    if df.empty:
        said = t(
            "名单只给学生自己的辅导员、学院和楼宇工作组，在楼层、房间或选定一名辅导员时显示；这里没有可以列出的学生。"
        )
        return html.P(said, className="empty")
    head = [t("姓名"), t("学号"), t("班级"), t("辅导员"), t("住处"), t("上次见到"), t("到过房间")]
    more = t("只列出前 {count} 人。", count=MOST) if len(df) >= MOST else ""
    return table(
        head, [_student(row, filters) for row in df.itertuples()], t("还没见到的学生"), more
    )


def _student(row: Any, filters: Filters) -> html.Tr:
    return html.Tr(
        [
            html.Td(_text(row.name)),
            html.Td(row.student_id),
            html.Td(_text(row.class_name)),
            html.Td(_text(row.counselor)),
            html.Td(_home(row, filters)),
            html.Td(_ago(row), className="num"),
            html.Td(_text(row.reached)),
        ]
    )


def _text(value: Any) -> str:
    return str(value) if value is not None and not pd.isna(value) and value != "" else "—"


def _home(row: Any, filters: Filters) -> Any:
    if not isinstance(row.room, str):
        return "—"
    said = f"{row.building} {row.room}"
    return drill(said, filters, "room", row.room_id, PAGE) if row.floor_id else said


def _ago(row: Any) -> str:
    if row.days is None or pd.isna(row.days):
        return t("从未")
    return t("{days} 天前", days=f"{int(row.days):,}")

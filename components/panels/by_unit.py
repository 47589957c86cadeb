"""44023 by college and by building: tables in the order of their numbers, nothing ranked."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.links import drill
from components.panels.rosters import table
from components.panels.shares import percent, share, two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

PAGE = "/counselors"


def college_table(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """One row per college."""
    if df.empty:
        return html.P(t("你的范围内没有在校学生。"), className="empty")
    head = [t("学院"), t("每名辅导员带学生"), t("每人每周走访"), t("走访的场域")]
    head += [t("学生覆盖率"), t("时段覆盖率"), t("两场域覆盖率"), t("按时首次答复率")]
    return table(head, [_college(row) for row in df.itertuples()], t("44023：各学院"))


def _college(row: Any) -> html.Tr:
    return html.Tr(
        [
            html.Td(row.college if row.college_id else t("未归属学院")),
            html.Td(_load(row)),
            html.Td(_weekly(row)),
            html.Td(fields(row)),
            html.Td(share(row.numerator, row.denominator)),
            html.Td(share(row.slots_made, row.slots_due)),
            html.Td(share(row.fields_made, row.fields_due)),
            html.Td(share(row.answered, row.answers_due)),
        ]
    )


def _load(row: Any) -> Any:
    """Students of a counselor beside the norm."""
    if not row.counselors:
        return "—"
    each, norm = f"{row.per_counselor:,.0f}", f"{row.norm:,}"
    students = f"{row.denominator:,}"
    said = t("{count} 名学生 · {counselors} 名辅导员", count=students, counselors=row.counselors)
    return two_lines(t("{each} 人（师生比 1:{norm}）", each=each, norm=norm), said)


def _weekly(row: Any) -> Any:
    """Visits of a counselor in a week due."""
    if not row.weeks:
        return "—"
    said = t("{visits} 次 ÷ {weeks} 人周", visits=f"{row.week_visits:,}", weeks=f"{row.weeks:,}")
    return two_lines(t("{count} 次", count=f"{row.per_week:.1f}"), said)


def fields(row: Any) -> Any:
    """Visits by field."""
    if not row.apartment + row.elsewhere:
        return "—"
    said = t("课堂或实验室 {share}", share=percent(1 - row.apartment_share))
    return two_lines(t("公寓 {share}", share=percent(row.apartment_share)), said)


def building_table(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """One row per building, cluster by cluster."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼宇"), className="empty")
    head = [t("楼宇"), t("学生覆盖率"), t("还没见到"), t("走访"), t("关键节点"), t("走到的房间")]
    body = [_building(row, filters) for row in df.itertuples()]
    return table(head, body, t("44023：各楼宇"))


def _building(row: Any, filters: Filters) -> html.Tr:
    if row.building_id:
        place = drill(row.building, filters, "building", row.building_id, PAGE)
        named = two_lines(place, row.cluster)
    else:
        named = two_lines(t("不在楼宇"), t("未安排住宿的学生；课堂和实验室走访"))
    return html.Tr(
        [
            html.Td(named),
            html.Td(share(row.numerator, row.denominator)),
            html.Td(f"{row.unmet:,}" if row.denominator else "—", className="num"),
            html.Td(_visits(row), className="num"),
            html.Td(_key_dates(row), className="num"),
            html.Td(share(row.reached, row.rooms, few=0)),
        ]
    )


def _key_dates(row: Any) -> str:
    """Key dates on which somebody came, of those begun."""
    return f"{row.nodes_done:,}/{row.nodes_due:,}" if row.nodes_due else "—"


def _visits(row: Any) -> Any:
    """How often somebody came, and for a hundred of those who live there."""
    said = t("{count} 次", count=f"{row.visits:,}")
    if row.per_hundred is None or pd.isna(row.per_hundred):
        return said
    return two_lines(said, t("每百人 {count} 次", count=f"{row.per_hundred:.1f}"))

"""Who has not come this term: a row a college, a column a kind of person; persons as numbers."""

from typing import Any

import pandas as pd
from dash import html

from components.forces_words import nobody_sees
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.forces_absences import TOTAL
from queries.metric import Metric


def absence_board(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """How often they came this term, else when last; beneath the totals how many colleges came."""
    if df.empty:
        return html.P(nobody_sees(), className="empty")
    kinds = [kind for kind in dict.fromkeys(df["person_kind"]) if kind != TOTAL]
    head = [t("学院"), *(t(kind) for kind in kinds), t("上学期来过、还没有来的人")]
    body = []
    for college, rows in df.groupby("college_id", sort=False):
        by_kind = {row.person_kind: row for row in rows.itertuples()}
        cells = [
            _sum(by_kind[kind], df) if college == TOTAL else _presence(by_kind[kind])
            for kind in kinds
        ]
        name = html.Td(_name(by_kind[TOTAL]))
        look = "total" if college == TOTAL else ""
        body.append(html.Tr([name, *cells, _persons(by_kind[TOTAL])], className=look))
    return table(head, body, t("还没有来的人"))


def _name(row: Any) -> str:
    if row.college_id == TOTAL:
        return t(TOTAL)
    return row.college if row.college_id else t("校级与不属于学院的人员")


def _sum(row: Any, df: pd.DataFrame) -> html.Td:
    """All sessions of a kind over how many colleges its people came from."""
    same = df[(df["person_kind"] == row.person_kind) & ~df["college_id"].isin([TOTAL, ""])]
    came = int((same["sessions"] > 0).sum())
    said = t("来自 {came}/{all} 个学院", came=came, all=len(same))
    sessions = t("{count} 场", count=f"{row.sessions:,}")
    return html.Td(two_lines(sessions, said), className="num")


def _presence(row: Any) -> html.Td:
    if row.sessions:
        return html.Td(t("{count} 场", count=f"{row.sessions:,}"), className="num")
    if pd.isna(row.last):
        return html.Td(t("从未"), className="num muted")
    return html.Td(t("上次 {day}", day=str(row.last)), className="num bad")


def _persons(row: Any) -> html.Td:
    """How many of last term's people have not come yet, of how many."""
    if not row.persons:
        return html.Td("—", className="num muted")
    said = t("{missing} / {persons} 人", missing=f"{row.missing:,}", persons=f"{row.persons:,}")
    return html.Td(said, className="num")

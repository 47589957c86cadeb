"""重点群体 in numbers that give nobody away: the slice, its categories, its colleges."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.rosters import table
from data.locale.translate import t
from queries.filters import Filters
from queries.key_groups import ONE_COLLEGE
from queries.metric import Metric
from queries.suppression import HIDDEN


def key_group_tables(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """Whom counselors met."""
    heads = [t("登记"), t("已联系"), t("还没联系"), t("联系率")]
    return tables(df, heads, t("重点群体联系"))


def peer_support_tables(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """Whom peer support reached."""
    heads = [t("登记"), t("已触达"), t("还没触达"), t("触达率")]
    return tables(df, heads, t("朋辈互助触达重点群体"), owed=False)


def tables(
    df: pd.DataFrame, heads: list[str], label: str, *, owed: bool = True
) -> html.Div | html.P:
    """Two tables side by side, or one where the slice is not the whole university; those left over
    stand out where everybody is `owed`."""
    if df.empty:
        return html.P(t("这个范围不给重点群体人数。"), className="empty")
    first = df["section"].iloc[0] == df["section"]
    colleges = (df["section"] == ONE_COLLEGE) & ~first
    shown = _table(df[~colleges], [t("类别"), *heads], label, owed=owed)
    note = t(
        "“<5”是 1 至 4 人；“—”是为了不让别的数被推算出来而不给；没有人写作 0。"
        "有几类困难的学生合计里只计一次。"
    )
    explained = html.Div([shown, html.P(note, className="more")])
    if not colleges.any():
        return explained
    return html.Div(
        [explained, _table(df[colleges], [t("学院"), *heads], label, owed=owed)],
        className="two-trees",
    )


def _table(rows: pd.DataFrame, heads: list[str], label: str, *, owed: bool) -> html.Div:
    return table(heads, [_row(row, owed=owed) for row in rows.itertuples()], label)


def _row(row: Any, *, owed: bool) -> html.Tr:
    bad = owed and row.unmet not in ("0", HIDDEN)
    return html.Tr(
        [
            html.Td(t(row.name)),
            *(html.Td(text, className="num") for text in (row.total, row.met)),
            html.Td(html.B(row.unmet), className="num bad" if bad else "num"),
            html.Td(_share(row)),
        ]
    )


def _share(row: Any) -> html.Div | str:
    if pd.isna(row.sure):
        return row.rate
    bar = html.Div(className="meter-bar", style={"width": f"{row.sure * 100:.1f}%"})
    track = html.Div(bar, className="meter", **{"aria-hidden": "true"})
    return html.Div([track, html.Span(row.rate)], className="party-meter")

"""A triangle of months: who came first in one, and how many of them came again in each since."""

from typing import Any

import pandas as pd

from components.figures.activities import nothing_held
from components.figures.base import Figure, blank, figure
from components.figures.cells import heat, names, small
from components.figures.palette import INK, MUTED
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

FEW = 5
"""A share of fewer people is written as a fraction."""


def month_triangle(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A row a month of newcomers, a column a month; the darker, the more of them came again."""
    if df.empty:
        return blank(nothing_held())
    cohorts, months = sorted(set(df["cohort"])), sorted(set(df["month"]))
    at = df.set_index(["cohort", "month"])
    grid = [[at.loc[(c, m)] if m >= c else None for m in months] for c in cohorts]
    again = [
        [
            None if row is None or _bare(row) else row["numerator"] / row["denominator"]
            for row in line
        ]
        for line in grid
    ]
    first = at[at["numerator"].notna()].groupby("cohort")["denominator"].max()
    heads = [_head(month, bool(df.loc[df["month"] == month, "ended"].max())) for month in months]
    rows = [
        f"<b>{cohort:%Y-%m}</b><br>{small(t('首次来 {count} 人', count=f'{int(first[cohort]):,}'))}"
        for cohort in cohorts
    ]
    trace = heat(
        [],
        z=again,
        text=[[_text(row) for row in line] for line in grid],
        hovertext=[[_hover(row) for row in line] for line in grid],
        x=list(range(len(months))),
        y=list(range(len(cohorts))),
    )
    return figure(
        [trace | {"textfont": {"size": 13, "color": INK}}],
        xaxis=names(heads, list(range(len(months))), side="top"),
        yaxis=names(rows, list(range(len(cohorts))), autorange="reversed"),
        annotations=[
            {
                "x": months.index(cohort),
                "y": y,
                "text": "●",
                "showarrow": False,
                "font": {"color": MUTED},
            }
            for y, cohort in enumerate(cohorts)
        ],
        margin={"l": 8, "r": 8, "t": 52, "b": 8},
        meta={"paper": 52 * len(months) + 110},
        hovermode="closest",
    )


def _bare(row: Any) -> bool:
    """Nothing to shade: the month of the newcomers themselves, or one without a list."""
    return row.name[0] == row.name[1] or pd.isna(row["numerator"])


def _head(month: Any, ended: bool) -> str:
    return f"<b>{month:%Y-%m}</b>" + ("" if ended else f"<br>{small(t('未过完'))}")


def _text(row: Any) -> str:
    if row is None or row.name[0] == row.name[1]:
        return ""
    if pd.isna(row["numerator"]):
        return "—"
    came, all_ = int(row["numerator"]), int(row["denominator"])
    return f"{came / all_:.0%}" if all_ >= FEW else f"{came}/{all_}"


def _hover(row: Any) -> str:
    if row is None or row.name[0] == row.name[1]:
        return ""
    cohort, month = (f"{day:%Y-%m}" for day in row.name)
    if pd.isna(row["numerator"]):
        return t("{month} 没有名单，谁来过未知", month=month)
    return t(
        "{cohort} 首次来的 {all} 人中，{month} 又来 {came} 人",
        cohort=cohort,
        all=f"{int(row['denominator']):,}",
        month=month,
        came=f"{int(row['numerator']):,}",
    )

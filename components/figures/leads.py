"""五带头 by month: one row a lead, one column a month, who leads in the term at the end."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure
from data.locale.translate import t
from queries.coverage import SINGLE_LEADS
from queries.filters import Filters
from queries.metric import Metric

SCALE = [[0.0, "#eef3f5"], [0.75, "#a3cbd8"], [1.0, "#5f9fb5"]]


def lead_heatmap(df: pd.DataFrame, _: Metric, filters: Filters) -> Figure:
    """Cells are ledger entries; the share of members with an entry stands beside the lead."""
    if df.empty:
        return blank(t("没有五带头台账记录"))
    months = sorted(df["month"].unique())
    leads = list(dict.fromkeys(df["lead"]))
    table = df.pivot_table("entries", "lead", "month", aggfunc="sum").loc[leads, months]
    counts = table.astype(int).to_numpy().tolist()
    cells = {
        "type": "heatmap",
        "z": counts,
        "x": list(range(len(months))),
        "y": list(range(len(leads))),
        "text": [[f"{n:,}" for n in row] for row in counts],
        "texttemplate": "%{text}",
        "textfont": {"size": 15},
        "hovertext": [
            [f"{_name(lead)}<br>{month}<br>{n:,}" for month, n in zip(months, row, strict=True)]
            for lead, row in zip(leads, counts, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "zmin": 0,
        "colorscale": SCALE,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
    }
    ticks = [_month(month, filters) for month in months]
    people = df.drop_duplicates("lead").set_index("lead")
    return figure(
        [cells],
        xaxis=axis(
            side="top",
            tickvals=list(range(len(months))),
            ticktext=ticks,
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=axis(
            autorange="reversed",
            tickvals=list(range(len(leads))),
            ticktext=[f"<b>{_name(lead)}</b><br>{_share(people.loc[lead])}" for lead in leads],
            showgrid=False,
            fixedrange=True,
        ),
        margin={"l": 8, "r": 8, "t": 34, "b": 8},
    )


def _name(lead: str) -> str:
    return t(f"带头{lead}").removeprefix("带头").removeprefix("Lead: ")


def _share(of: Any) -> str:
    value = SINGLE_LEADS[0].value(of["people"], of["members"])
    return f"{SINGLE_LEADS[0].show(value)}({of['people']:,}/{of['members']:,})"


def _month(month: str, filters: Filters) -> str:
    """The month of the as-of day is not over."""
    if filters.date.startswith(month):
        return t("{month}月（至{day}日）", month=int(month[5:]), day=int(filters.date[8:]))
    return t("{month}月", month=int(month[5:]))

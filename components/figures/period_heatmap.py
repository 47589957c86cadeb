"""Week × period: the share of counselors who made each, by week, by period and altogether."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure
from components.figures.cells import small
from components.figures.heatmap import of_classes
from components.figures.palette import LEGEND, NONE, shade
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.period_weeks import ENDED, FREE, RUNNING

SUMS = ["numerator", "denominator", "made", "due", "visits", "long"]
ROW, HEAD, GAP, TOTAL = 50, 62, 0.12, 1.35
"""Pixels of a row and of the headings; in columns, the gap before the sums and their width."""
NOW = "#c0702a"
NOT_TAUGHT: dict[str, Any] = {
    "color": "rgba(128,140,150,0.12)",
    "pattern": {
        "shape": "/",
        "fgcolor": "rgba(128,140,150,0.7)",
        "size": 8,
        "solidity": 0.15,
        "fillmode": "overlay",
    },
}
"""How the running week is outlined, and what a week without teaching is filled with."""


def period_heatmap(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """A column a week, a row a period, sums divided at the right and below. The running week has
    counts and no colour, weeks without teaching are hatched."""
    cells = df[df["hours"].notna()]
    if cells.empty:
        return blank(t("你的范围内没有要完成时段走访的辅导员。"))
    weeks = list(cells.drop_duplicates("week").itertuples())
    hours = dict(zip(cells["period"], cells["hours"], strict=True))
    rows = [_row(cells[cells["period"] == name], weeks, metric, t(name)) for name in hours]
    rows.append(_row(cells, weeks, metric, t("四时段")))
    n = len(weeks)
    body = of_classes(
        [look.colour for look in LEGEND],
        x=[*range(n + 1), n + GAP, n + GAP + TOTAL],
        y=[0, 1, 2, 3, 4, 4 + GAP, 5 + GAP],
        z=_spaced([[cell["z"] for cell in row] for row in rows], None),
        text=_spaced([[cell["text"] for cell in row] for row in rows], ""),
        textfont={"size": 14},
        hovertext=_spaced([[cell["hover"] for cell in row] for row in rows], ""),
        hoverongaps=False,
    )
    names = [f"<b>{t(name)}</b><br>{small(clock)}" for name, clock in hours.items()]
    return figure(
        [_without_teaching(weeks), body],
        height=HEAD + 5 * ROW + 12,
        margin={"l": 8, "r": 4, "t": HEAD, "b": 8},
        bargap=0,
        meta={"paper": 46 * n + 190},
        shapes=[_outline(i) for i, week in enumerate(weeks) if week.state == RUNNING],
        annotations=[
            _corner(),
            *(_not_taught(i) for i, week in enumerate(weeks) if week.state == FREE),
        ],
        xaxis=axis(
            side="top",
            range=[-0.02, n + GAP + TOTAL],
            tickvals=[*(i + 0.5 for i in range(n)), n + GAP + TOTAL / 2],
            ticktext=[*(_tick(week) for week in weeks), f"<b>{t('学期至今')}</b>"],
            tickangle=0,
            tickfont={"size": 13},
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=axis(
            range=[5 + GAP, 0],
            tickvals=[0.5, 1.5, 2.5, 3.5, 4.5 + GAP],
            ticktext=[*names, f"<b>{t('四时段')}</b>"],
            showgrid=False,
            fixedrange=True,
        ),
        hovermode="closest",
    )


def _tick(week: Any) -> str:
    """A week's number over the day it begins; the running one says so instead."""
    if week.state == FREE:
        return f"<br>{small(f'{week.starts:%m-%d}')}"
    if week.state == RUNNING:
        return f"<b>{week.week}</b><br>{small(t('进行中'))}"
    return f"{week.week}<br>{small(f'{week.starts:%m-%d}')}"


def week_name(week: Any) -> str:
    """A week in full, for a hover text."""
    last = week.until - pd.Timedelta(days=1)
    days = t("{first} 至 {last}", first=f"{week.starts:%m-%d}", last=f"{last:%m-%d}")
    if week.state == FREE:
        return t("无教学周（{days}）", days=days)
    return t("第{week}教学周（{days}）", week=week.week, days=days)


def _row(cells: pd.DataFrame, weeks: list[Any], metric: Metric, name: str) -> list[dict[str, Any]]:
    """One cell a week, and the sum over those that are over."""
    sums = cells.groupby("week", sort=False)[SUMS].sum(min_count=1)
    row = [_cell(week, sums.loc[week.week], metric, name) for week in weeks]
    over = cells.loc[cells["state"] == ENDED, SUMS].sum()
    hover = f"<b>{name} · {t('已结束的教学周')}</b><br>{_share(over, metric)}<br>{_visits(over)}"
    return [*row, {**_coloured(over, metric), "hover": hover}]


def _cell(week: Any, sums: Any, metric: Metric, name: str) -> dict[str, Any]:
    if week.state not in (ENDED, RUNNING) or pd.isna(sums["due"]):
        return {"z": None, "text": "", "hover": ""}
    title = f"<b>{week_name(week)} {name}</b>"
    if week.state == ENDED:
        hover = f"{title}<br>{_share(sums, metric)}<br>{_visits(sums)}"
        return {**_coloured(sums, metric), "hover": hover}
    said = t("进行中，不计入比率：已做到 {made}/{due}", made=sums["made"], due=sums["due"])
    return {
        "z": LEGEND.index(NONE),
        "text": small(f"{sums['made']}/{sums['due']}"),
        "hover": f"{title}<br>{said}<br>{_visits(sums)}",
    }


def _coloured(sums: Any, metric: Metric) -> dict[str, Any]:
    value = metric.value(sums["numerator"], sums["denominator"])
    counts = f"{sums['numerator']:,}/{sums['denominator']:,}"
    text = "—" if value is None else f"{rounded(value)}<br>{small(counts)}"
    return {"z": LEGEND.index(shade(value)), "text": text}


def rounded(value: float) -> str:
    """A share in whole per cent; neither none nor all unless it is."""
    whole = round(value * 100)
    if 0 < value < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole}%"


def _share(sums: Any, metric: Metric) -> str:
    return t(
        "应到 {due} 人次，做到 {made} 人次，{value}",
        due=f"{sums['denominator']:,}",
        made=f"{sums['numerator']:,}",
        value=metric.show(metric.value(sums["numerator"], sums["denominator"])),
    )


def _visits(sums: Any) -> str:
    return t(
        "走访 {visits} 次，其中满时长 {long} 次",
        visits=f"{sums['visits']:,}",
        long=f"{sums['long']:,}",
    )


def _spaced(rows: list[list[Any]], nothing: Any) -> list[list[Any]]:
    """A gap before the last column and before the last row, where the sums stand."""
    wide = [[*row[:-1], nothing, row[-1]] for row in rows]
    return [*wide[:-1], [nothing] * len(wide[0]), wide[-1]]


def _without_teaching(weeks: list[Any]) -> dict[str, Any]:
    """Hatched columns behind the cells."""
    free = [i for i, week in enumerate(weeks) if week.state == FREE]
    return {
        "type": "bar",
        "x": [i + 0.5 for i in free],
        "y": [5 + GAP] * len(free),
        "width": [0.94] * len(free),
        "marker": NOT_TAUGHT,
        "hovertext": [week_name(weeks[i]) for i in free],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _corner() -> dict[str, Any]:
    """What the numbers above the columns are."""
    return {
        "text": t("教学周").replace(" ", "<br>"),
        "x": 0,
        "xref": "paper",
        "xanchor": "right",
        "xshift": -10,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 8,
        "showarrow": False,
        "font": {"size": 12},
    }


def _not_taught(column: int) -> dict[str, Any]:
    return {
        "text": t("无教学"),
        "textangle": -90,
        "x": column + 0.5,
        "y": (5 + GAP) / 2,
        "showarrow": False,
        "font": {"size": 13},
    }


def _outline(column: int) -> dict[str, Any]:
    """Around the running week."""
    return {
        "type": "rect",
        "x0": column,
        "x1": column + 1,
        "y0": 0,
        "y1": 5 + GAP,
        "line": {"color": NOW, "width": 2.5, "dash": "dot"},
    }

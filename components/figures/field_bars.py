"""Where counselors came to in each teaching week: both fields, one of them, or neither."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, hatched, legend_above
from components.figures.palette import INK, ZERO
from components.figures.period_heatmap import NOT_TAUGHT, rounded, week_name
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.period_weeks import ENDED, FREE, RUNNING

PARTS = (
    ("both", "两场域都到", "#2c7a95", ""),
    ("apartment", "只到公寓", "#9fc8d6", "/"),
    ("elsewhere", "只到课堂或实验室", "#f3cfa9", "\\"),
    ("neither", "都没到", ZERO.colour, "x"),
)
"""Each part with its name, colour and pattern, from the bottom of a bar to its top."""


def field_bars(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """A bar a week, as tall as the counselors due, the share of both fields above it. The running
    week is pale and has no share, weeks without teaching are hatched."""
    if df.empty:
        return blank(t("你的范围内没有带学生的辅导员。"))
    weeks = list(df.itertuples())
    most = max((week.due for week in weeks if week.due is not None), default=1)
    free = [i for i, week in enumerate(weeks) if week.state == FREE]
    return figure(
        [*(_part(weeks, *part) for part in PARTS), _free(free, most)],
        barmode="stack",
        bargap=0.18,
        showlegend=True,
        legend=legend_above(traceorder="normal"),
        annotations=[
            _above(i, week, metric) for i, week in enumerate(weeks) if week.state == ENDED
        ],
        xaxis=axis(
            tickvals=list(range(len(weeks))),
            ticktext=[_tick(week) for week in weeks],
            title={"text": t("教学周"), "standoff": 6},
            range=[-0.6, len(weeks) - 0.4],
            tickangle=0,
            tickfont={"size": 12},
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=axis(
            title={"text": t("辅导员")}, range=[0, most * 1.1 or 1], nticks=6, fixedrange=True
        ),
        margin={"l": 8, "r": 8, "t": 44, "b": 52},
        hovermode="closest",
    )


def _tick(week: Any) -> str:
    if week.state == FREE:
        return ""
    return f"<b>{week.week}</b><br>{t('进行中')}" if week.state == RUNNING else str(week.week)


def _part(weeks: list[Any], key: str, name: str, colour: str, pattern: str) -> dict[str, Any]:
    counts = [getattr(week, key) for week in weeks]
    return {
        "type": "bar",
        "name": t(name),
        "x": list(range(len(weeks))),
        "y": counts,
        "hovertext": [_hover(week, name, n) for week, n in zip(weeks, counts, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": colour,
            "opacity": [0.45 if week.state == RUNNING else 1 for week in weeks],
            "pattern": hatched(pattern, size=6, solidity=0.2),
        },
    }


def _hover(week: Any, name: str, count: int | None) -> str:
    if count is None:
        return ""
    said = t("{name} {count} 人，应到 {due} 人", name=t(name), count=count, due=week.due)
    running = f"<br>{t('进行中，不计入比率')}" if week.state == RUNNING else ""
    return f"<b>{week_name(week)}</b><br>{said}{running}"


def _above(place: int, week: Any, metric: Metric) -> dict[str, Any]:
    value = metric.value(week.numerator, week.denominator)
    return {
        "x": place,
        "y": week.due,
        "text": "—" if value is None else rounded(value),
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": 11, "color": INK},
    }


def _free(places: list[int], tall: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": t("无教学"),
        "x": places,
        "y": [tall] * len(places),
        "hoverinfo": "name",
        "showlegend": bool(places),
        "marker": NOT_TAUGHT,
    }

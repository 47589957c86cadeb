"""One weekly series with its control limits; what is more than chance is marked by shape."""

from itertools import groupby
from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.palette import ACCENT
from data.locale.translate import t
from queries.control import RULES
from queries.filters import Filters
from queries.metric import Metric
from queries.series import BY_MEASURE, UNIVERSITY, Measure, shown

LIMIT, PROVISIONAL = "#a8741a", "#808d99"
"""At least three to one against the paper of both themes."""
BAND = "rgba(31,111,139,0.13)"
MARKED = {"outside": "diamond", "trend": "triangle-up", "two_of_three": "square", "shift": "cross"}
"""A shape for each rule, so that colour says nothing alone."""
Corner = tuple[float | None, float | None]


def control_chart(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Points by teaching week, joined within stretches of teaching; limits dashed, lighter while
    they are provisional."""
    if df.empty:
        return blank(t("本学期还没有完整的教学周"))
    measure, subject = BY_MEASURE[df["measure"].iloc[0]], str(df["subject"].iloc[0])
    rows = _with_gaps(df)
    traces = [*_limits(rows, bool(df["provisional"].iloc[0])), _line(rows), *_marks(df, measure)]
    return figure(
        traces,
        showlegend=True,
        legend=legend_above(),
        xaxis=axis(
            tickvals=list(df["week"]),
            ticktext=[t("第{week}周", week=week) for week in df["week"]],
            showgrid=False,
            fixedrange=True,
            range=[df["week"].min() - 0.5, df["week"].max() + 0.9],
        ),
        yaxis=_vertical(measure, subject),
        annotations=_names(df, measure),
        margin={"l": 56, "r": 84, "t": 48, "b": 36},
        hovermode="closest",
    )


def _vertical(measure: Measure, subject: str) -> dict[str, Any]:
    if subject == UNIVERSITY:
        return axis(tickformat=".0%" if measure.share else "", fixedrange=True)
    title = {"text": t("全校同周水平的倍数"), "font": {"size": 12}}
    return axis(tickformat=".1f", title=title, fixedrange=True)


def _with_gaps(df: pd.DataFrame) -> pd.DataFrame:
    """A row without values where weeks are missing: lines stop there."""
    weeks = range(int(df["week"].min()), int(df["week"].max()) + 1)
    return df.set_index("week").reindex(weeks).reset_index()


def _known(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(v) else float(v) for v in values]


def _line(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(rows["week"]),
        "y": _known(rows["value"]),
        "line": {"color": ACCENT, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _limits(rows: pd.DataFrame, provisional: bool) -> list[dict[str, Any]]:
    """Limits as steps a week wide, the nearer two thirds as a quiet band between them."""
    dashed = {"color": PROVISIONAL if provisional else LIMIT, "width": 1.4, "dash": "dash"}
    centre = {"color": LIMIT, "width": 1.4}
    looks = {"lower": dashed, "upper": dashed, "centre": centre}
    return [_band(rows), *(_path(_steps(rows, name), line=look) for name, look in looks.items())]


def _steps(rows: pd.DataFrame, name: str) -> list[Corner]:
    """A limit from half a week before to half a week after; nothing where there is none."""
    found: list[Corner] = []
    for week, value in zip(rows["week"], _known(rows[name]), strict=True):
        ends = (float(week) - 0.5, float(week) + 0.5)
        found += [(None, None)] if value is None else [(end, value) for end in ends]
    return found


def _band(rows: pd.DataFrame) -> dict[str, Any]:
    """Closed by stretch: a fill between two lines would cross the weeks without teaching."""
    corners: list[Corner] = []
    both = zip(_steps(rows, "near_upper"), _steps(rows, "near_lower"), strict=True)
    for known, stretch in groupby(both, key=lambda pair: pair[0] != (None, None)):
        above, below = zip(*stretch, strict=True)
        corners += [*above, *reversed(below), (None, None)] if known else []
    return _path(corners, line={"width": 0}, fill="toself", fillcolor=BAND)


def _path(corners: list[Corner], **look: Any) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _ in corners],
        "y": [y for _, y in corners],
        "hoverinfo": "skip",
        "showlegend": False,
        **look,
    }


def _marks(df: pd.DataFrame, measure: Measure) -> list[dict[str, Any]]:
    """A legend entry a rule; weeks in the usual range are plain dots."""
    found = []
    for rule in ["", *RULES]:
        rows = df[(df["signal"] == rule) & df["value"].notna()]
        if rows.empty:
            continue
        symbol = MARKED.get(rule, "circle")
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": t(RULES[rule]) if rule else t("常规波动"),
                "x": list(rows["week"]),
                "y": _known(rows["value"]),
                "marker": {
                    "symbol": symbol,
                    "size": 12 if rule else 7,
                    "color": "#b2412f" if rule else ACCENT,
                    "line": {"width": 1, "color": "#ffffff"},
                },
                "hovertext": [_hover(row, measure) for row in rows.itertuples()],
                "hoverinfo": "text",
            }
        )
    return found


def _hover(row: Any, measure: Measure) -> str:
    counted = "" if measure.counted else f"({row.part:,.0f}/{row.whole:,.0f})"
    lines = [
        f"<b>{t('第{week}周（{day} 起）', week=row.week, day=row.starts)}</b>",
        f"{t(measure.name)} {measure.show(row.raw)}{counted}",
    ]
    if row.subject != UNIVERSITY:
        if not measure.counted:
            lines.append(t("全校同周 {value}", value=measure.show(row.level)))
        lines.append(t("是全校水平的 {value} 倍", value=shown(measure, row.subject, row.value)))
    return "<br>".join([*lines, t(RULES[row.signal])] if row.signal else lines)


def _names(df: pd.DataFrame, measure: Measure) -> list[dict[str, Any]]:
    """What each line is, at its right end: limits of the last week that has any."""
    limited = df[df["upper"].notna()]
    last = (df if limited.empty else limited).iloc[-1]
    limits = t("暂定上限"), t("暂定下限")
    if not last["provisional"]:
        limits = t("上限"), t("下限")
    lines = [(limits[0], last["upper"]), (t("中线"), last["centre"]), (limits[1], last["lower"])]
    return [
        {
            "text": f"{name}<br>{shown(measure, last['subject'], value)}",
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "y": value,
            "showarrow": False,
            "align": "left",
            "font": {"size": 11},
        }
        for name, value in lines
        if not pd.isna(value)
    ]

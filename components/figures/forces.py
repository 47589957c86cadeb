"""Sessions of 力量下沉: which carrier was used with which kind of person, and how regularly."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, blank, figure
from components.figures.cells import LONG, LONGER, Cell, cells, folded, heat, names, small
from components.figures.period_heatmap import rounded
from components.forces_words import people
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

SUMS = ["sessions", "attended", "counted"]
GAP, LAST = 0.12, 1.25
"""In columns and rows: the gap before the shares, and how wide those of the weeks are."""
SHARES = [[0.0, "#f6f2e9"], [1.0, "#d3b06c"]]
"""Not the colours of good and bad: the policy asks for no share of a month or of the weeks."""
Share = tuple[float | None, str, str]
"""The height, the writing and the hover of a share."""
NOTHING: Share = (None, "", "")


def carrier_cells(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Carriers across, kinds of person down; sums stand beside the names."""
    if df.empty:
        return blank(t("没有力量下沉台账记录"))
    kinds, carriers = list(dict.fromkeys(df["person_kind"])), list(dict.fromkeys(df["carrier"]))
    held = df.set_index(["person_kind", "carrier"])[SUMS]
    grid = [[_cell(held.loc[(k, c)], f"{t(c)} · {t(k)}") for c in carriers] for k in kinds]
    return cells(
        [_head(kind, df[df["person_kind"] == kind], LONGER) for kind in kinds],
        [_head(carrier, df[df["carrier"] == carrier]) for carrier in carriers],
        grid,
    )


def _head(name: str, rows: pd.DataFrame, most: int = LONG) -> str:
    """A name over how many sessions there were of it."""
    sessions = int(rows["sessions"].sum())
    return f"<b>{folded(t(name), most)}</b><br>{small(t('{count} 场', count=f'{sessions:,}'))}"


def _cell(sums: Any, name: str) -> Cell:
    sessions, attended, counted = (int(sums[key]) for key in SUMS)
    if not sessions:
        return Cell(0, f"<b>{name}</b><br>{t('本学期还没有')}")
    said = t("{count} 场，{people}", count=sessions, people=people(attended, counted, sessions))
    unknown = sessions - counted
    if counted and unknown:
        said += t("（另有 {count} 场未统计人数）", count=unknown)
    return Cell(sessions, f"<b>{name}</b><br>{said}", people(attended, counted, sessions))


def month_cells(df: pd.DataFrame, metric: Metric, filters: Filters) -> Figure:
    """Months across, carriers down; below them the share of buildings reached in the month, at the
    right the share of teaching weeks with a session."""
    if df.empty:
        return blank(t("没有力量下沉台账记录"))
    carriers, months = list(dict.fromkeys(df["carrier"])), list(dict.fromkeys(df["month"]))
    wide, tall = len(months), len(carriers)
    held = df.set_index(["carrier", "month"])[SUMS]
    grid = [[_cell(held.loc[(c, m)], f"{t(c)} · {m}") for m in months] for c in carriers]
    x = [*range(wide + 1), wide + GAP, wide + GAP + LAST]
    y = [*range(tall + 1), tall + GAP, tall + GAP + 1]
    counts = heat(grid, x=x[: wide + 1], y=y[: tall + 1])
    return figure(
        [counts, _shares(df, metric, len(months)) | {"x": x, "y": y}],
        height=64 + 60 * (tall + 1),
        xaxis=names(
            [*(_month(month, filters) for month in months), _last()],
            [*(i + 0.5 for i in range(wide)), wide + GAP + LAST / 2],
            side="top",
            range=[0, x[-1]],
        ),
        yaxis=names(
            [f"<b>{folded(t(name), LONGER)}</b>" for name in (*carriers, "到过的楼宇")],
            [*(i + 0.5 for i in range(tall)), tall + GAP + 0.5],
            range=[y[-1], 0],
        ),
        margin={"l": 8, "r": 4, "t": 56, "b": 8},
        meta={"paper": 90 * wide + 260},
        hovermode="closest",
    )


def _last() -> str:
    return f"<b>{t('有活动的周')}</b><br>{small(t('学期至今'))}"


def _month(month: str, filters: Filters) -> str:
    """A month's number; the one of the as-of day is not over."""
    name = f"<b>{t('{month}月', month=int(month[5:]))}</b>"
    if not filters.date.startswith(month):
        return f"{name}<br> "
    return f"{name}<br>{small(t('至 {day} 日', day=int(filters.date[8:])))}"


def _shares(df: pd.DataFrame, metric: Metric, n: int) -> dict[str, Any]:
    """The row below `n` months and the column beside them; shares of no
    target, in a colour of their own."""
    reach = df.drop_duplicates("month").itertuples()
    weeks = df.drop_duplicates("carrier").itertuples()
    below = [
        _share(row.numerator, row.denominator, metric, t("{month} 到过的住宿楼宇", month=row.month))
        for row in reach
    ]
    ended = int(df["weeks"].iloc[0])
    said = t("有活动的教学周")
    beside = [
        _share(row.carrier_weeks, ended, metric, f"{t(row.carrier)} · {said}") for row in weeks
    ]
    corner = _share(int(df["all_weeks"].iloc[0]), ended, metric, said)
    grid = [[NOTHING] * (n + 1) + [cell] for cell in beside]
    grid += [[NOTHING] * (n + 2), [*below, NOTHING, corner]]
    z, text, hover = ([[cell[part] for cell in row] for row in grid] for part in range(3))
    trace = heat([], z=z, text=text, hovertext=hover)
    return trace | {"zmin": 0, "zmax": 1, "colorscale": SHARES}


def _share(numerator: int, denominator: int, metric: Metric, name: str) -> Share:
    """A share with its fraction."""
    value = metric.value(numerator, denominator)
    counts = f"{numerator:,}/{denominator:,}"
    text = "—" if value is None else f"{rounded(value)}<br>{small(counts)}"
    return value, text, f"<b>{name}</b><br>{metric.show(value)}（{counts}）"

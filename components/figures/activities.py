"""Activities by day, by theme and season, by field and building, and whom they reached."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.cells import LONGER, Cell, cells, folded, heat, names, small
from components.figures.leads import SCALE
from components.figures.palette import ACCENT, INK, LINE, MUTED, TARGET, ZERO
from components.forces_words import people
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
ROW, HEAD = 23, 64
LOOKS = {"本科生": ("circle", ACCENT), "研究生": ("square", TARGET), "混合": ("diamond", "#7a5c9e")}
"""How buildings of each kind of resident are drawn."""
QUARTILES = (0.25, 0.5, 0.75)


def nothing_held() -> str:
    """What a chart says where there is no activity to draw."""
    return t("本学期截至当日没有活动，或不在你的范围内。")


def day_calendar(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Weeks across, weekdays down; a cell a day, its number that of the activities. Days without
    one are pale, and marked where there was teaching."""
    if df.empty or not df["sessions"].sum():
        return blank(nothing_held())
    days = pd.to_datetime(df["day"])
    mondays = days - pd.to_timedelta(days.dt.weekday, unit="D")
    weeks = list(dict.fromkeys(mondays))
    shape = len(weeks)
    z: list[list[int | None]] = [[None] * shape for _ in WEEKDAYS]
    text = [[""] * shape for _ in WEEKDAYS]
    hover = [[""] * shape for _ in WEEKDAYS]
    for row, day, monday in zip(df.itertuples(), days, mondays, strict=True):
        y, x = day.weekday(), weeks.index(monday)
        z[y][x], hover[y][x] = row.sessions, _day_hover(row, day)
        text[y][x] = str(row.sessions) if row.sessions else "·" if row.teaching else ""
    numbers = df.assign(monday=mondays).groupby("monday", sort=False)["week"].max()
    months = [f"{week:%m-%d}" for week in weeks]
    ticks = [
        f"<b>{n if n > 0 else '–'}</b><br>{small(m)}" for n, m in zip(numbers, months, strict=True)
    ]
    trace = heat([], z=z, text=text, hovertext=hover, x=list(range(shape)), y=list(range(7)))
    return figure(
        [trace | {"xgap": 2, "ygap": 2, "textfont": {"size": 12, "color": INK}}],
        xaxis=names(ticks, list(range(shape)), side="top"),
        yaxis=names([t(day) for day in WEEKDAYS], list(range(7)), autorange="reversed"),
        margin={"l": 8, "r": 8, "t": 48, "b": 8},
        meta={"paper": 30 * shape + 70},
        hovermode="closest",
    )


def _day_hover(row: Any, day: pd.Timestamp) -> str:
    said = t("没有活动")
    if row.sessions:
        said = t(
            "{count} 场，{people}",
            count=row.sessions,
            people=people(row.attended, row.recorded, row.sessions),
        )
    return f"<b>{day:%Y-%m-%d} {t(WEEKDAYS[day.weekday()])}</b><br>{said}"


def season_cells(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Themes down, the last four seasons across."""
    if df.empty or not df["sessions"].sum():
        return blank(nothing_held())
    themes, starts = list(dict.fromkeys(df["theme"])), sorted(set(df["starts"]))
    at = df.set_index(["theme", "starts"])
    season = dict(zip(df["starts"], df["season"], strict=True))
    grid = [[_season_cell(at.loc[(theme, day)], theme) for day in starts] for theme in themes]
    heads = [
        f"<b>{t(season[day])}</b><br>{small(t('{month} 起', month=f'{day:%Y-%m}'))}"
        for day in starts
    ]
    return cells([f"<b>{folded(t(theme), LONGER)}</b>" for theme in themes], heads, grid)


def _season_cell(row: Any, theme: str) -> Cell:
    said = people(int(row["attended"]), int(row["recorded"]), int(row["sessions"]))
    count = t("{count} 场", count=f"{int(row['sessions']):,}")
    return Cell(
        int(row["sessions"]), f"<b>{t(theme)} · {t(row['season'])}</b><br>{count} {said}", said
    )


def field_matrix(df: pd.DataFrame, _: Metric, __: Filters, *, column: str = "field") -> Figure:
    """A row a building, a column a field or another `column`; a cross is the message. Cells drill
    to their building."""
    if df.empty:
        return blank(t("你的范围内没有住宿楼宇"))
    fields, places = list(dict.fromkeys(df[column])), df.drop_duplicates("building_id")
    counts = df.pivot_table(index="building_id", columns=column, values="sessions", sort=False)
    grid = counts.loc[list(places["building_id"]), fields].to_numpy(int).tolist()
    named = list(places["building"])
    empty = [sum(row[i] == 0 for row in grid) for i in range(len(fields))]
    heads = [
        f"<b>{folded(t(field), 9)}</b><br>{small(t('{count} 栋没有', count=n))}"
        for field, n in zip(fields, empty, strict=True)
    ]
    trace = heat(
        [],
        z=grid,
        text=[["✕" if not n else str(n) for n in row] for row in grid],
        hovertext=[
            [_field_hover(n, name, field) for n, field in zip(row, fields, strict=True)]
            for row, name in zip(grid, named, strict=True)
        ],
        customdata=[[{"building": home}] * len(fields) for home in places["building_id"]],
        x=list(range(len(fields))),
        y=list(range(len(named))),
    )
    clear = [[0.0, "#f6e3dc"], [0.0001, SCALE[0][1]], *SCALE[1:]]
    return figure(
        [
            trace
            | {"xgap": 2, "ygap": 2, "textfont": {"size": 12, "color": INK}, "colorscale": clear}
        ],
        height=HEAD + ROW * len(named),
        xaxis=names(heads, list(range(len(fields))), side="top"),
        yaxis=names(named, list(range(len(named))), autorange="reversed", tickfont={"size": 12}),
        margin={"l": 8, "r": 8, "t": HEAD - 8, "b": 8},
        meta={"paper": 640},
        hovermode="closest",
        dragmode=False,
    )


def _field_hover(count: int, building: str, field: str) -> str:
    said = t("{count} 场", count=count) if count else t("本学期还没有")
    return f"<b>{building} · {t(field)}</b><br>{said}"


def reach_dots(df: pd.DataFrame, metric: Metric, filters: Filters) -> Figure:
    """A mark a building: activities per 100 residents against the share of residents reached; its
    shape says who lives there, the lines are the quartiles of all of them, the name is that of the
    chosen one."""
    shown = df[df["denominator"] > 0] if len(df) else df
    if shown.empty:
        return blank(t("你的范围内没有住宿楼宇"))
    shown = shown.assign(value=shown["numerator"] / shown["denominator"])
    top, most = float(shown["value"].max()), float(shown["each"].max())
    edges = shown["value"].quantile(list(QUARTILES)).tolist()
    said = zip(edges, (t("下四分位"), t("中位数"), t("上四分位")), strict=True)
    return figure(
        [_kind(rows, str(kind), metric) for kind, rows in shown.groupby("kind", sort=False)],
        shapes=[_line(y, middle=i == 1) for i, y in enumerate(edges)],
        annotations=[
            *(_said(y, name, middle=i == 1) for i, (y, name) in enumerate(said)),
            *_chosen(shown[shown["building_id"] == filters.building]),
        ],
        showlegend=True,
        legend=legend_above(),
        xaxis=axis(
            title={"text": t("每百人活动场次")}, range=[0, most * 1.12 or 1], fixedrange=True
        ),
        yaxis=axis(
            title={"text": t(metric.name)},
            tickformat=".0%",
            range=[0, min(1.02, top * 1.15) or 1],
            fixedrange=True,
        ),
        margin={"l": 8, "r": 8, "t": 40, "b": 44},
        hovermode="closest",
    )


def _kind(rows: pd.DataFrame, kind: str, metric: Metric) -> dict[str, Any]:
    symbol, colour = LOOKS.get(kind, ("x", MUTED))
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t(kind),
        "x": rows["each"].tolist(),
        "y": rows["value"].tolist(),
        "marker": {
            "symbol": symbol,
            "size": 11,
            "color": colour,
            "line": {"width": 1, "color": INK},
        },
        "hovertext": [
            f"<b>{r.building}</b><br>{t(metric.name)} {metric.show(r.value)}"
            f"（{r.numerator:,}/{r.denominator:,}）<br>{t('{count} 场', count=f'{r.sessions:,}')}"
            for r in rows.itertuples()
        ],
        "hoverinfo": "text",
    }


def _chosen(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "x": row.each,
            "y": row.value,
            "text": f"<b>{row.building}</b>",
            "ax": 0,
            "ay": 34,
            "arrowcolor": MUTED,
            "font": {"size": 12, "color": INK},
        }
        for row in rows.itertuples()
    ]


def _line(y: float, *, middle: bool) -> dict[str, Any]:
    look = {"color": ZERO.colour if middle else LINE, "width": 1.5, "dash": "dash"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": look}


def _said(y: float, name: str, *, middle: bool) -> dict[str, Any]:
    """The name of a line; the middle one stands further left, since lines may lie close."""
    return {
        "xref": "paper",
        "x": 0.82 if middle else 1,
        "xanchor": "right",
        "y": y,
        "yanchor": "bottom",
        "text": f"{name} {y:.0%}",
        "showarrow": False,
        "font": {"size": 11, "color": MUTED},
    }

"""How sure each rank is: a dot at the rank, a bar for its 90 % band, shading for what cannot be
told apart, a line where the places of the award end; one panel a peer group."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, key_above
from components.figures.palette import ACCENT, INK, MUTED, TARGET
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

ROW, HEAD, TOP = 22, 84, 34
BAR, NEAR_BAR, MEDIAN = "#93a8b5", "#d6a24a", "#7048a8"
SHADE = "rgba(31,111,139,0.10)"
QUIET = "rgba(31,111,139,0.03)"
TICKS = 12


def rank_band_chart(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """The first place on top in each panel."""
    if df.empty:
        return blank(t("没有可以比较名次的单位"))
    groups = [
        rows.sort_values(["band", "rank", "median"], ignore_index=True)
        for _, rows in df.groupby("peer_group", sort=False)
    ]
    height = sum(HEAD + ROW * len(rows) for rows in groups)
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    used = 0
    for n, rows in enumerate(groups, start=1):
        own = "" if n == 1 else str(n)
        top, used = used + HEAD, used + HEAD + ROW * len(rows)
        data += _traces(rows, own, first=n == 1)
        layout |= _axes(rows, own, (1 - used / height, 1 - top / height))
        layout["shapes"] += [*_shading(rows, own), *_cut(rows, own)]
        layout["annotations"] += [*_names(rows, own), _heading(rows, own)]
    return figure(
        data,
        **layout,
        height=TOP + height + 8,
        margin={"l": 8, "r": 62, "t": TOP, "b": 8},
        showlegend=True,
        legend=key_above(),
        hovermode="closest",
        dragmode=False,
    )


def _traces(rows: pd.DataFrame, own: str, *, first: bool) -> list[dict[str, Any]]:
    near = rows["near"].astype(bool)
    middle = {"symbol": "line-ns", "size": 12, "line": {"width": 3, "color": MEDIAN}}
    sure = {"symbol": "circle", "size": 12, "color": ACCENT}
    open_mark = {
        "symbol": "diamond",
        "size": 10,
        "color": "#ffffff",
        "line": {"width": 2, "color": TARGET},
    }
    unsure = t("名次（在名额线的不确定范围内）")
    traces = (
        (_bars(rows[~near], BAR), t("90% 区间")),
        (_bars(rows[near], NEAR_BAR), t("90% 区间（名额线两边都可能）")),
        (_marks(rows, "median", middle), t("名次中位数")),
        (_marks(rows[~near], "rank", sure), t("名次")),
        (_marks(rows[near], "rank", open_mark), unsure),
    )
    key = {"showlegend": first, **_on(own)}
    return [{**trace, "name": name, "legendgroup": name, **key} for trace, name in traces]


def _bars(rows: pd.DataFrame, colour: str) -> dict[str, Any]:
    """From the middle of the lowest place to that of the highest, and a little over."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for r in rows.itertuples() for x in (r.low - 0.3, r.high + 0.3, None)] or [None],
        "y": [y for n in rows.index for y in (n, n, None)] or [None],
        "line": {"color": colour, "width": 7},
        "hoverinfo": "skip",
    }


def _marks(rows: pd.DataFrame, column: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": rows[column].tolist() or [None],
        "y": rows.index.tolist() or [None],
        "marker": marker,
        "hovertext": [_hover(row) for row in rows.itertuples()],
        "hoverinfo": "text",
    }


def _hover(row: Any) -> str:
    said = t(
        "名次 {rank}/{of}，中位数 {median}，90% 区间 {low}–{high}；第 {band} 段",
        rank=int(row.rank),
        of=int(row.of),
        median=int(row.median),
        low=int(row.low),
        high=int(row.high),
        band=int(row.band),
    )
    inside = t("进入前 {places} 名的可能 {share}", places=row.places, share=f"{row.inside:.0%}")
    return f"<b>{row.unit}</b><br>{said}" + (f"<br>{inside}" if row.places else "")


def _axes(rows: pd.DataFrame, own: str, domain: tuple[float, float]) -> dict[str, Any]:
    count = len(rows)
    most = int(rows["of"].max())
    return {
        f"xaxis{own}": axis(
            anchor=f"y{own}",
            side="top",
            range=[0.4, most + 0.6],
            dtick=max(1, -(-most // TICKS)),
            tick0=1,
            fixedrange=True,
        ),
        f"yaxis{own}": axis(
            anchor=f"x{own}",
            domain=[max(domain[0], 0.0), domain[1]],
            range=[count - 0.5, -0.5],
            tickvals=list(range(count)),
            ticktext=rows["unit"].tolist(),
            tickfont={"size": 12},
            showgrid=False,
            fixedrange=True,
        ),
    }


def _shading(rows: pd.DataFrame, own: str) -> list[dict[str, Any]]:
    """A block for each group of units that cannot be told apart."""
    return [
        {
            "type": "rect",
            "xref": f"x{own} domain",
            "yref": f"y{own}",
            "x0": 0,
            "x1": 1,
            "y0": part.index.min() - 0.5,
            "y1": part.index.max() + 0.5,
            "fillcolor": SHADE if int(str(band)) % 2 else QUIET,
            "line": {"width": 0},
            "layer": "below",
        }
        for band, part in rows.groupby("band")
    ]


def _cut(rows: pd.DataFrame, own: str) -> list[dict[str, Any]]:
    places = int(rows["places"].iloc[0])
    if not places:
        return []
    line = {"color": TARGET, "width": 2, "dash": "dash"}
    return [
        {
            "type": "line",
            "xref": f"x{own}",
            "yref": f"y{own} domain",
            "x0": places + 0.5,
            "x1": places + 0.5,
            "y0": 0,
            "y1": 1,
            "line": line,
        }
    ]


def _names(rows: pd.DataFrame, own: str) -> list[dict[str, Any]]:
    """Each shaded block's number, to its right."""
    return [
        {
            "text": t("第 {band} 段", band=int(str(band))),
            "xref": f"x{own} domain",
            "yref": f"y{own}",
            "x": 1.01,
            "y": (part.index.min() + part.index.max()) / 2,
            "xanchor": "left",
            "showarrow": False,
            "font": {"size": 12, "color": MUTED},
        }
        for band, part in rows.groupby("band")
    ]


def _heading(rows: pd.DataFrame, own: str) -> dict[str, Any]:
    """Above the panel: the group, and how many places it has."""
    name, places = str(rows["peer_group"].iloc[0]), int(rows["places"].iloc[0])
    count = int(rows["of"].max())
    said = t("{group}，{count} 个单位", group=t(name), count=count)
    more = t("虚线左边是 {places} 个名额", places=places) if places else t("没有单独的名额")
    return {
        "text": f"<b>{said}</b><br>{more}",
        "align": "left",
        "xref": "paper",
        "yref": f"y{own} domain",
        "x": 0,
        "y": 1,
        "yshift": 24,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "color": INK},
    }


def _on(own: str) -> dict[str, str]:
    return {"xaxis": f"x{own}", "yaxis": f"y{own}"}

"""Buildings reached and not reached, as a board: a box a cluster, a tile a building."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from components.forces_words import ago, people
from components.panels.links import drill, to_portrait
from data.locale.translate import t
from queries.filters import Filters
from queries.forces_reach import BY_CARRIER
from queries.metric import Metric

PAGE = "/forces"


@dataclass(frozen=True)
class Look:
    """How tiles are drawn whose last session is so many days ago, or fewer."""

    upto: float
    css: str


FRESH, RECENT, OLD = Look(14, "fresh"), Look(30, "recent"), Look(float("inf"), "old")
NEVER = Look(-1, "gap")
LOOKS = (NEVER, OLD, RECENT, FRESH)


def reach_board(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Clusters in the order of the map; in each the buildings not reached first, then the longest
    ago. A tile leads to the building's portrait."""
    if df.empty:
        return html.P(t("你的范围内没有住宿楼宇"), className="empty")
    home = df[df["home"]].sort_values(["campus_id", "cluster_id"], kind="stable")
    boxes = [_cluster(rows, filters) for _, rows in home.groupby("cluster_id", sort=False)]
    elsewhere = df[~df["home"]]
    if len(elsewhere):
        tiles = html.Div([_tile(row, filters) for row in elsewhere.itertuples()])
        tiles.className = "reach-tiles"
        head = html.H3(t("非住宿或已停用的楼宇，不计入到楼率"))
        boxes.append(html.Section([head, tiles], className="reach-cluster"))
    return html.Div([_legend(home), html.Div(boxes, className="reach-board")])


def look_of(days: Any) -> Look:
    """By how long ago somebody came."""
    if days is None or pd.isna(days):
        return NEVER
    return next(look for look in (FRESH, RECENT, OLD) if days <= look.upto)


def _cluster(rows: pd.DataFrame, filters: Filters) -> html.Section:
    first = rows.iloc[0]
    reached, every = int((rows["sessions"] > 0).sum()), len(rows)
    said = t("到过 {reached}/{all} 栋", reached=reached, all=every)
    place = drill(first["cluster"], filters, "cluster", first["cluster_id"], PAGE)
    count = html.Span(said, className="muted" if reached == every else "bad")
    tiles = [_tile(row, filters) for row in rows.itertuples()]
    return html.Section(
        [html.H3([place, count]), html.Div(tiles, className="reach-tiles")],
        className="reach-cluster",
    )


def _tile(row: Any, filters: Filters) -> html.A:
    look = look_of(row.days)
    parts: list[Any] = [html.B(row.building), html.Span(_when(row), className="reach-when")]
    if row.sessions:
        chips = [
            html.Span([letter(key), html.B(f"{getattr(row, key):,}")], title=t(name))
            for key, name in BY_CARRIER.items()
            if getattr(row, key)
        ]
        parts.append(html.Span(chips, className="reach-chips"))
        parts.append(html.Span(people(row.attended, row.counted, row.sessions), className="muted"))
    return to_portrait(parts, filters, row.building_id, className=f"reach {look.css}")


def _when(row: Any) -> str:
    if pd.isna(row.last):
        return ago(None)
    return f"{ago(row.days)} · {row.last:%m-%d}"


def letter(key: str) -> str:
    """A carrier's short sign on a tile; the legend says it in full."""
    signs = {"talks": t("领"), "salons": t("教"), "tutorials": t("导"), "stations": t("晖")}
    return signs[key]


def _legend(home: pd.DataFrame) -> html.Ul:
    """The looks with how many buildings are so, then the signs of the carriers."""
    counts = home["days"].map(lambda days: look_of(days).css).value_counts()
    names = {
        NEVER.css: t("本学期还没有"),
        OLD.css: t("超过 {days} 天", days=int(RECENT.upto)),
        RECENT.css: t("{first}–{last} 天", first=int(FRESH.upto) + 1, last=int(RECENT.upto)),
        FRESH.css: t("{days} 天以内", days=int(FRESH.upto)),
    }
    looks = [
        html.Li(
            [
                html.Span(className=f"reach-sign {look.css}"),
                t(
                    "{name}：{count} 栋",
                    name=names[look.css],
                    count=int(counts.get(look.css, 0)),
                ),
            ]
        )
        for look in LOOKS
    ]
    signs = [
        html.Li([html.B(letter(key)), t(name)], className="reach-letter")
        for key, name in BY_CARRIER.items()
    ]
    return html.Ul([*looks, *signs], className="reach-legend")

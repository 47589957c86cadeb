"""The campus seen from above: footprints coloured by a rate, clusters outlined and named.

One SVG trace a footprint: vector in every export, a click that names its building, and no request
to anyone. Each campus has its own panel in metres, so that buildings keep their shape.
"""

import math
import re
from collections import Counter
from typing import Any

import pandas as pd
from shapely import MultiPoint, Polygon
from shapely.geometry import box

from components.figures.base import Figure, blank, figure, hidden_axis, key_above, swatch
from components.figures.palette import (
    HATCH,
    INK,
    MUTED,
    NONE,
    SHADES,
    Shade,
    shade,
    shade_name,
)
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

METRES_A_DEGREE = 111_320.0
SLAB = (36.0, 14.0)  # half sides in metres of a building drawn without a footprint
TILE = 90.0  # from one such slab to the next
LABELLED = 40  # a campus of more buildings shows their names only inside a cluster
MARGIN = 20.0  # between a cluster's buildings and its outline
Ring = list[tuple[float, float]]


def campus_map(
    df: pd.DataFrame, metric: Metric, filters: Filters, scale: tuple[Shade, ...] = SHADES
) -> Figure:
    """One panel a campus; traces carry `meta` = the place a click drills to."""
    if df.empty:
        return blank(t("你的范围内没有住宿楼宇"))
    rates = zip(df["numerator"], df["denominator"], strict=True)
    df = df.assign(look=[shade(n / d if d else None, scale) for n, d in rates])
    panels = [(name, rows) for name, rows in df.groupby("campus", sort=False)]
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    for number, (name, rows) in enumerate(panels, start=1):
        axes = _axes(number, len(panels))
        layout |= axes
        drawn, names = _panel(rows, metric, filters, number)
        traces += drawn
        notes += names
        if len(panels) > 1:
            notes.append(_campus_name(str(name), axes[f"xaxis{_suffix(number)}"]["domain"]))
    return figure(
        [*_legend(df), *traces],
        margin={"l": 8, "r": 8, "t": 56, "b": 8},
        showlegend=True,
        legend=key_above(),
        annotations=notes,
        dragmode="pan",
        hovermode="closest",
        uirevision=f"{filters.campus}/{filters.cluster}/{filters.building}",
        **layout,
    )


def _suffix(number: int) -> str:
    return "" if number == 1 else str(number)


def _axes(number: int, panels: int) -> dict[str, Any]:
    width = 1 / panels
    domain = [(number - 1) * width + 0.005, number * width - 0.005]
    n = _suffix(number)
    return {
        f"xaxis{n}": hidden_axis(domain=domain, anchor=f"y{n}"),
        f"yaxis{n}": hidden_axis(anchor=f"x{n}", scaleanchor=f"x{n}", scaleratio=1),
    }


def _campus_name(name: str, domain: list[float]) -> dict[str, Any]:
    return {
        "text": f"<b>{name}</b>",
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": domain[0] + 0.01,
        "y": 0.0,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": 15, "color": MUTED},
    }


def _legend(df: pd.DataFrame) -> list[dict[str, Any]]:
    """A swatch a class, with how many buildings are in it; patterns repeat the colour's message."""
    counts = Counter(df["look"])
    return [
        swatch(t("{name}（{count}栋）", name=shade_name(s), count=counts[s]), s.colour, s.pattern)
        for s in sorted(counts, key=lambda s: (s is NONE, s.upto))
    ]


def _panel(
    rows: pd.DataFrame, metric: Metric, filters: Filters, number: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The traces of one campus, and the names of its clusters as annotations."""
    shapes = footprints(rows)
    axes = {"xaxis": f"x{_suffix(number)}", "yaxis": f"y{_suffix(number)}"}
    traces, names = [], []
    for _, members in rows.groupby("cluster_id", sort=False):
        points = [p for b in members["building_id"] for ring in shapes[b][0] for p in ring]
        line, top = _outline(points, axes)
        traces.append(line)
        names.append(_cluster_name(str(members.iloc[0]["cluster"]), top, axes))
    for row in rows.itertuples():
        rings, sure = shapes[str(row.building_id)]
        traces.append(_building(row, rings, sure, metric, filters) | axes)
    if len(rows) <= LABELLED or filters.cluster:
        traces.append(_labels(rows, shapes, short=not filters.cluster) | axes)
    return traces, names


def _outline(points: Ring, axes: dict[str, str]) -> tuple[dict[str, Any], tuple[float, float]]:
    """A dotted line around a cluster, and where its name stands."""
    hull = MultiPoint(points).convex_hull.buffer(MARGIN, quad_segs=4)
    x, y = ([round(v, 1) for v in c] for c in hull.exterior.xy)
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": MUTED, "width": 1.2, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
        **axes,
    }
    return line, ((min(x) + max(x)) / 2, max(y))


def _cluster_name(name: str, at: tuple[float, float], axes: dict[str, str]) -> dict[str, Any]:
    return {
        "text": f"<b>{name}</b>",
        "x": at[0],
        "y": at[1],
        "xref": axes["xaxis"],
        "yref": axes["yaxis"],
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": 14, "color": INK},
    }


def _building(
    row: Any, rings: list[Ring], sure: bool, metric: Metric, filters: Filters
) -> dict[str, Any]:
    look = row.look
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [round(x, 1) for x, _ in ring] + [None]
        ys += [round(y, 1) for _, y in ring] + [None]
    drill = {"building": row.building_id} if filters.cluster else {"cluster": row.cluster_id}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs[:-1],
        "y": ys[:-1],
        "fill": "toself",
        "fillcolor": look.colour,
        "fillpattern": {
            "shape": look.pattern,
            "fgcolor": HATCH,
            "bgcolor": look.colour,
            "size": 6,
            "solidity": 0.16,
            "fillmode": "replace",
        },
        "line": {"color": INK, "width": 1, "dash": "solid" if sure else "dash"},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": _hover(row, metric, sure),
        "name": row.building,
        "showlegend": False,
        "meta": {**drill, "place": row.building_id},
    }


def _hover(row: Any, metric: Metric, sure: bool) -> str:
    value = metric.show(metric.value(row.numerator, row.denominator))
    lines = [
        f"<b>{row.building}</b>",
        f"{t(metric.name)} {value}({row.numerator}/{row.denominator})",
        t("居住 {count} 人", count=f"{row.residents:,}"),
    ]
    if isinstance(row.owner, str):
        lines.append(t("牵头学院 {name}", name=row.owner))
    if not sure:
        lines.append(t("没有楼宇轮廓，位置为示意"))
    return "<br>".join(lines)


def _labels(
    rows: pd.DataFrame, shapes: dict[str, tuple[list[Ring], bool]], *, short: bool
) -> dict[str, Any]:
    """Each building's name on it; where many stand close, what tells it from its neighbours."""
    middles = [_middle(shapes[b][0]) for b in rows["building_id"]]
    names = list(rows["building"])
    if short:
        for _, members in rows.groupby("cluster_id", sort=False):
            for place, name in zip(members.index, distinct(list(members["building"])), strict=True):
                names[rows.index.get_loc(place)] = name
    return {
        "type": "scatter",
        "mode": "text",
        "x": [round(x, 1) for x, _ in middles],
        "y": [round(y, 1) for _, y in middles],
        "text": [f"<b>{name}</b>" for name in names],
        "textfont": {"size": 12, "color": [look.ink for look in rows["look"]]},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def distinct(names: list[str]) -> list[str]:
    """`梅苑1号楼, 梅苑2号楼` → `1, 2`: the number a building has among its neighbours."""
    found = [re.findall(r"\d+", name) for name in names]
    numbers = [n[-1] if n else name for n, name in zip(found, names, strict=True)]
    return numbers if len(set(numbers)) == len(numbers) else names


def _middle(rings: list[Ring]) -> tuple[float, float]:
    """A point inside the building, also where it is bent."""
    inside = Polygon(rings[0]).representative_point()
    return float(inside.x), float(inside.y)


def footprints(rows: pd.DataFrame) -> dict[str, tuple[list[Ring], bool]]:
    """Rings in metres for every building of one campus, and whether they are its real outline.

    A building with a point only is drawn as a slab there; one with nothing takes a tile in its
    row beneath its cluster: never missing from the map.
    """
    known = rows["longitude"].notna() & rows["latitude"].notna()
    origin = (
        (float(rows.loc[known, "longitude"].mean()), float(rows.loc[known, "latitude"].mean()))
        if known.any()
        else _first_point(rows)
    )
    found: dict[str, tuple[list[Ring], bool]] = {}
    for row in rows.itertuples():
        if isinstance(row.footprint, dict):
            found[str(row.building_id)] = (_rings(row.footprint, origin), True)
        elif not pd.isna(row.longitude):
            centre = _metres((row.longitude, row.latitude), origin)
            found[str(row.building_id)] = ([_slab(centre)], False)
    waiting = rows[~rows["building_id"].isin(list(found))]
    for _, members in waiting.groupby("cluster_id", sort=False):
        cluster = rows.loc[rows["cluster_id"] == members.iloc[0]["cluster_id"], "building_id"]
        neighbours = [found[b] for b in cluster if b in found] or list(found.values())
        left, floor = _corner([rings for rings, _ in neighbours])
        for place, building in enumerate(members["building_id"]):
            centre = (left + SLAB[0] + place * TILE, floor - TILE / 2)
            found[str(building)] = ([_slab(centre)], False)
    return found


def _corner(shapes: list[list[Ring]]) -> tuple[float, float]:
    """The lower left corner of what is drawn already."""
    points = [p for rings in shapes for ring in rings for p in ring]
    return min((x for x, _ in points), default=0.0), min((y for _, y in points), default=0.0)


def _first_point(rows: pd.DataFrame) -> tuple[float, float]:
    for shape in rows["footprint"]:
        if isinstance(shape, dict):
            ring = _exteriors(shape)[0]
            return float(ring[0][0]), float(ring[0][1])
    return 0.0, 0.0


def _exteriors(shape: dict[str, Any]) -> list[list[list[float]]]:
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _rings(shape: dict[str, Any], origin: tuple[float, float]) -> list[Ring]:
    return [[_metres((p[0], p[1]), origin) for p in ring] for ring in _exteriors(shape)]


def _metres(point: tuple[float, float], origin: tuple[float, float]) -> tuple[float, float]:
    shrink = math.cos(math.radians(origin[1]))
    return (
        (point[0] - origin[0]) * METRES_A_DEGREE * shrink,
        (point[1] - origin[1]) * METRES_A_DEGREE,
    )


def _slab(centre: tuple[float, float]) -> Ring:
    x, y = centre
    return list(box(x - SLAB[0], y - SLAB[1], x + SLAB[0], y + SLAB[1]).exterior.coords)

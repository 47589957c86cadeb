"""Pilot buildings before and after: two dots a building, and where buildings like it stand."""

from typing import Any

import pandas as pd

from components.development_words import amount
from components.figures.base import Figure, axis, blank, figure, key_above
from components.figures.cells import names, small
from components.figures.palette import ACCENT, INK, TARGET
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

BEFORE, NOW = "before", "now"
TALL, LOW = 84, 160
"""Pixels a building, and of a chart that has none."""


def pilot_change(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Area for a hundred residents across, a building a row; functions stand beside its name."""
    if df.empty:
        nothing = blank(t("你的范围内没有已升级的试点楼宇"))
        return {**nothing, "layout": nothing["layout"] | {"height": LOW}}
    rows = list(df.itertuples())
    whole = max((v for row in rows for v in _values(row) if v is not None), default=1.0)
    return figure(
        [_path(rows), _peers(rows), _dots(rows, BEFORE), _dots(rows, NOW)],
        height=112 + TALL * len(rows),
        xaxis=axis(
            title={"text": t("每百人公共空间（㎡）"), "font": {"size": 13}}, range=[0, whole * 1.16]
        ),
        yaxis=names(
            [_name(row) for row in rows],
            list(range(len(rows))),
            range=[len(rows) - 0.5, -0.5],
        ),
        margin={"l": 8, "r": 12, "t": 36, "b": 44},
        showlegend=True,
        legend=key_above(),
        annotations=_labels(rows),
        hovermode="closest",
    )


def _values(row: Any) -> list[float | None]:
    return [row.before_each, row.now_each, row.now_peers_each]


def _name(row: Any) -> str:
    functions = t("功能 {before} → {now} 项", before=row.before_functions, now=row.now_functions)
    peers = t("同类中位 {count} 项", count=amount(row.now_peers_functions))
    day = t("{day} 升级", day=str(row.upgraded))
    return f"<b>{row.building}</b><br>{small(day)}<br>{small(functions)}<br>{small(peers)}"


def _labels(rows: list[Any]) -> list[dict[str, Any]]:
    """The values over the dots."""
    look = {"showarrow": False, "yshift": 17, "font": {"size": 12, "color": INK}}
    return [
        {"x": value, "y": place, "text": f"{value:,.1f}"} | look
        for place, row in enumerate(rows)
        for when in (BEFORE, NOW)
        if (value := _each(row, when)) is not None
    ]


def _path(rows: list[Any]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[int | None] = []
    for place, row in enumerate(rows):
        if row.before_each is not None and row.now_each is not None:
            x += [row.before_each, row.now_each, None]
            y += [place, place, None]
    line = {"color": ACCENT, "width": 3}
    return _trace(x, y) | {"mode": "lines", "line": line, "showlegend": False, "hoverinfo": "skip"}


def _trace(x: list[Any], y: list[Any]) -> dict[str, Any]:
    return {"type": "scatter", "x": x, "y": y, "cliponaxis": False}


def _dots(rows: list[Any], when: str) -> dict[str, Any]:
    held = [(place, row) for place, row in enumerate(rows) if _each(row, when) is not None]
    values = [_each(row, when) for _, row in held]
    name = t("升级前一日") if when == BEFORE else t("截至当日")
    look = {"symbol": "circle-open" if when == BEFORE else "circle", "size": 14}
    return _trace(values, [place for place, _ in held]) | {
        "mode": "markers",
        "name": name,
        "marker": look | {"color": ACCENT, "line": {"width": 2.5, "color": ACCENT}},
        "hovertext": [_hover(row) for _, row in held],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _each(row: Any, when: str) -> float | None:
    found: float | None = getattr(row, f"{when}_each")
    return found


def _peers(rows: list[Any]) -> dict[str, Any]:
    held = [(place, row) for place, row in enumerate(rows) if row.now_peers_each is not None]
    return _trace([row.now_peers_each for _, row in held], [place for place, _ in held]) | {
        "mode": "markers",
        "name": t("同类非试点楼宇的中位数"),
        "marker": {"symbol": "line-ns", "size": 26, "line": {"width": 3, "color": TARGET}},
        "hovertext": [_hover(row) for _, row in held],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _hover(row: Any) -> str:
    """Both days in full, and of what day the residents are."""
    lines = [f"<b>{row.building}</b>", t("{day} 升级", day=str(row.upgraded))]
    for when, day in ((BEFORE, str(row.before_day)), (NOW, t("截至当日"))):
        lines.append(
            t(
                "{day}：功能 {functions} 项，面积 {area} ㎡，每百人 {each} ㎡；"
                "同类中位数 {peer_functions} 项、{peer_each} ㎡",
                day=day,
                functions=getattr(row, f"{when}_functions"),
                area=_area(row, when),
                each=amount(_each(row, when), 1),
                peer_functions=amount(getattr(row, f"{when}_peers_functions")),
                peer_each=amount(getattr(row, f"{when}_peers_each"), 1),
            )
        )
    if row.lived_day is None:
        lines.append(t("升级前的居住人数没有汇总，每百人面积无法计算"))
    elif row.lived_day != row.before_day:
        lines.append(t("升级前在假期，居住人数取 {day}", day=str(row.lived_day)))
    return "<br>".join(lines)


def _area(row: Any, when: str) -> str:
    known = amount(getattr(row, f"{when}_area"), 1)
    return f"≥{known}" if getattr(row, f"{when}_unknown") and known != "—" else known

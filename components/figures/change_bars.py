"""What a change is made of: a bar a unit in parts that add up, the whole as a mark."""

from typing import Any

import pandas as pd

from components.compare_words import missing, nothing_to_compare, pair, percent, points, share_said
from components.figures.base import Figure, axis, blank, figure, hatched, legend_above
from components.figures.cells import names, small
from components.figures.palette import ACCENT, INK, MUTED, TARGET
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

ROW, EDGES = 40, 96
PARTS = (
    ("real", "同一批学生的变化", ACCENT, ""),
    ("people", "换了人", TARGET, "/"),
    ("definition", "换了口径", MUTED, "x"),
)
"""The parts, what each is called, its colour and pattern."""


def change_bars(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Under each measure a row a unit: parts to the right raised the share, to the left lowered."""
    if df.empty:
        return blank(nothing_to_compare())
    if df["earlier_day"].isna().all():
        return blank(no_earlier())
    rows = _rows(df)
    return figure(
        [*(_bars(rows, part) for part in PARTS), _whole(rows)],
        barmode="relative",
        bargap=0.35,
        height=EDGES + ROW * (len(rows) + df["metric"].nunique()),
        showlegend=True,
        legend=legend_above(y=1.0, traceorder="normal"),
        shapes=[_zero()],
        xaxis=axis(title={"text": t("百分点")}, range=_range(rows), fixedrange=True),
        yaxis=names(*_labels(rows), range=[rows[-1][0] + 0.6, -0.6], tickfont={"size": 12}),
        margin={"l": 8, "r": 12, "t": 40, "b": 44},
        hovermode="closest",
        meta={"paper": 700},
    )


def no_earlier() -> str:
    """What is said where there is no earlier day."""
    return t("没有更早的已汇总学期，或那一天没有可比的学期。")


def _rows(df: pd.DataFrame) -> list[tuple[int, Any]]:
    """Each row with its place; a place above each measure is its heading."""
    found: list[tuple[int, Any]] = []
    place, last = 0, ""
    for row in df.itertuples():
        if row.metric != last:
            place, last = place + 1, row.metric
        found.append((place, row))
        place += 1
    return found


def _labels(rows: list[tuple[int, Any]]) -> tuple[list[str], list[float]]:
    heads: list[tuple[str, float]] = []
    seen: set[str] = set()
    for place, row in rows:
        if row.metric not in seen:
            heads.append((f"<b>{t(row.name)}</b>", float(place - 1)))
            seen.add(row.metric)
    every = [*heads, *((f"{row.unit}<br>{small(_change(row))}", float(at)) for at, row in rows)]
    return [text for text, _ in every], [place for _, place in every]


def _range(rows: list[tuple[int, Any]]) -> list[float]:
    """Wide enough for all parts of one side together."""
    most = 0.01
    for _, row in rows:
        known = [v for v in (row.real, row.people, row.definition) if not missing(v)]
        most = max(most, sum(v for v in known if v > 0), -sum(v for v in known if v < 0))
    return [-most * 105, most * 105]


def _bars(rows: list[tuple[int, Any]], part: tuple[str, str, str, str]) -> dict[str, Any]:
    key, name, colour, pattern = part
    values = [getattr(row, key) for _, row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": t(name),
        "y": [place for place, _ in rows],
        "x": [None if missing(value) else value * 100 for value in values],
        "marker": {"color": colour, "pattern": hatched(pattern)},
        "hovertext": [
            _said(row, t(name), value) for (_, row), value in zip(rows, values, strict=True)
        ],
        "hoverinfo": "text",
    }


def _said(row: Any, name: str, value: float | None) -> str:
    before = t("{day} {share}", day=row.earlier_day, share=percent(_share(row, "earlier_")))
    return f"<b>{row.unit}</b><br>{name} {points(value)}<br>{before} → {percent(_share(row))}"


def _share(row: Any, before: str = "") -> float | None:
    upper, lower = getattr(row, f"{before}numerator"), getattr(row, f"{before}denominator")
    return None if missing(lower) or not lower else upper / lower


def _whole(rows: list[tuple[int, Any]]) -> dict[str, Any]:
    known = [(place, row) for place, row in rows if not missing(row.total)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t("合计变化"),
        "y": [place for place, _ in known],
        "x": [row.total * 100 for _, row in known],
        "marker": {
            "symbol": "diamond",
            "size": 10,
            "color": INK,
            "line": {"width": 1.5, "color": "#ffffff"},
        },
        "hoverinfo": "skip",
    }


def _change(row: Any) -> str:
    if missing(row.total):
        return share_said(t("无法比较：现在"), _share(row), pair(row))
    both = f"{percent(_share(row, 'earlier_'))} → {percent(_share(row))}"
    return t("{shares}（{total}）", shares=both, total=points(row.total))


def _zero() -> dict[str, Any]:
    line = {"color": INK, "width": 1}
    return {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "line": line}

"""Brands beside each other: reach and satisfaction, and the audiences they share."""

from math import floor, sqrt
from typing import Any

import pandas as pd

from components.brand_words import (
    answers,
    no_brands,
    owner,
    reach,
    share,
    short,
    unplotted,
)
from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.cells import heat, small
from components.figures.leads import SCALE
from components.figures.palette import ACCENT, INK, MUTED, ZERO
from data.locale.translate import t
from queries.brand_state import CLOSED, FALLING, GROWING, MATURE, SEEDLING, UNKNOWN
from queries.filters import Filters
from queries.metric import Metric

LOOKS = {
    SEEDLING: ("circle", "#9fc8d6"),
    GROWING: ("triangle-up", ACCENT),
    MATURE: ("square", "#4b7f52"),
    FALLING: ("triangle-down", ZERO.colour),
    CLOSED: ("x", MUTED),
    UNKNOWN: ("diamond", "#c9b27c"),
}
"""How a brand in each state is drawn: by shape as well as by colour."""
SMALLEST, LARGEST = 9, 40
NAMED = 6
"""So many brands at the most carry their name: those that fall, then the largest."""
APART = (0.1, 0.06)
"""Names stand at least so far from each other, as shares of the width and the height."""
ROW, HEAD = 30, 118
HIDDEN = -0.01


def portfolio_dots(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A mark a brand: reach at its owner's against satisfaction, its area that of its people, its
    shape and colour its state. What has no list or answers is not drawn as a zero."""
    shown = df[[not unplotted(row) for row in df.itertuples()]] if len(df) else df
    if shown.empty:
        return blank(t("本学期还没有既有名单又有反馈的品牌") if len(df) else no_brands())
    most = int(shown["participants"].max())
    shown = shown.assign(
        value=[share(row) for row in shown.itertuples()],
        size=[max(SMALLEST, LARGEST * sqrt(n / most)) for n in shown["participants"]],
    )
    said = _named(shown)
    lowest = min(4.0, floor(float(shown["score"].min()) * 2) / 2)
    return figure(
        [
            _state(shown[shown["state"] == state], state, said)
            for state in LOOKS
            if state in set(shown["state"])
        ],
        showlegend=True,
        legend=legend_above(itemsizing="constant"),
        xaxis=axis(
            title={"text": t("归属地居住学生的参与面")},
            tickformat=".0%",
            range=[0, float(shown["value"].max()) * 1.15 or 1],
            fixedrange=True,
        ),
        yaxis=axis(
            title={"text": t("满意度（1–5 分）")}, range=[lowest - 0.2, 5.15], fixedrange=True
        ),
        margin={"l": 8, "r": 8, "t": 40, "b": 44},
        hovermode="closest",
    )


def _named(shown: pd.DataFrame) -> set[str]:
    """Brands whose name is written beside their mark: where names would lie on each other, the
    more important one."""
    wide, high = (float(shown[name].max() - shown[name].min()) or 1 for name in ("value", "score"))
    order = shown.assign(falls=shown["state"] == FALLING)
    order = order.sort_values(["falls", "participants"], ascending=False)
    kept: list[tuple[float, float, str]] = []
    for row in order.itertuples():
        x, y = row.value / wide, row.score / high
        if all(abs(x - a) > APART[0] or abs(y - b) > APART[1] for a, b, _ in kept):
            kept.append((x, y, row.brand_id))
    return {brand for _, _, brand in kept[:NAMED]}


def _state(rows: pd.DataFrame, state: str, said: set[str]) -> dict[str, Any]:
    symbol, colour = LOOKS[state]
    named = [short(row.brand) if row.brand_id in said else "" for row in rows.itertuples()]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": f"{t(state)} {len(rows)}",
        "x": rows["value"].tolist(),
        "y": rows["score"].tolist(),
        "text": named,
        "textposition": "top center",
        "textfont": {"size": 12, "color": INK},
        "cliponaxis": False,
        "customdata": [{"brand": brand} for brand in rows["brand_id"]],
        "marker": {
            "symbol": symbol,
            "size": rows["size"].tolist(),
            "color": colour,
            "opacity": 0.85,
            "line": {"width": 1, "color": INK},
        },
        "hovertext": [_hover(row) for row in rows.itertuples()],
        "hoverinfo": "text",
    }


def _hover(row: Any) -> str:
    return "<br>".join(
        [
            f"<b>{row.brand}</b>",
            f"{t(row.level)} · {owner(row)} · {t(row.state)}",
            t(
                "{people} 人，归属地参与面 {reach}（{part}/{all}）",
                people=f"{int(row.participants):,}",
                reach=reach(row),
                part=f"{int(row.numerator):,}",
                all=f"{int(row.denominator):,}",
            ),
            t("满意度 {score}，{said}", score=f"{row.score:.2f}", said=answers(row)),
        ]
    )


def overlap_cells(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A row a brand: the share of its people who also came to the brand of the column. One to four
    people are not given; nobody is 0."""
    if df.empty:
        return blank(t("不到两个品牌有 5 人以上的名单，无从比较"))
    ids = list(dict.fromkeys(df["brand_id"]))
    names = dict(zip(df["brand_id"], df["brand"], strict=True))
    sizes = dict(zip(df["brand_id"], df["denominator"], strict=True))
    at = {(row.brand_id, row.other_id): row for row in df.itertuples()}
    cells = [[at.get((one, other)) for other in ids] for one in ids]
    z = [[_depth(cell) for cell in row] for row in cells]
    trace = heat(
        [],
        z=z,
        text=[[_text(cell) for cell in row] for row in cells],
        hovertext=[
            [_shared(cell, names[one]) for cell in row] for one, row in zip(ids, cells, strict=True)
        ],
        zmin=HIDDEN,
        zmax=max((share for row in z for share in row if share and share > 0), default=1),
        colorscale=[[0.0, "#e6dfd0"], [0.0001, SCALE[0][1]], *SCALE[1:]],
        customdata=[[{"brand": one}] * len(ids) for one in ids],
        x=list(range(len(ids))),
        y=list(range(len(ids))),
    )
    places = list(range(len(ids)))
    still = {"tickvals": places, "showgrid": False, "fixedrange": True}
    rows = [f"{short(names[i])} {small(f'n={sizes[i]:,}')}" for i in ids]
    heads = [short(names[i]) for i in ids]
    return figure(
        [trace | {"xgap": 2, "ygap": 2, "textfont": {"size": 12, "color": INK}}],
        height=HEAD + ROW * len(ids),
        xaxis=axis(ticktext=heads, side="top", tickangle=-45, **still),
        yaxis=axis(ticktext=rows, autorange="reversed", **still),
        margin={"l": 8, "r": 72, "t": 16, "b": 8},
        meta={"paper": 260 + 46 * len(ids)},
        hovermode="closest",
        dragmode=False,
    )


def _depth(cell: Any) -> float | None:
    """The share; what is not given lies below all, in a colour of its own."""
    if cell is None:
        return None
    return HIDDEN if cell.hidden else float(cell.numerator / cell.denominator)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if cell.hidden:
        return "<5"
    return f"{cell.numerator / cell.denominator:.0%}" if cell.numerator else "0"


def _shared(cell: Any, name: str) -> str:
    if cell is None:
        return f"<b>{name}</b>"
    said = (
        t("不足 5 人，不显示")
        if cell.hidden
        else t(
            "{part}/{all} 人（{rate}）",
            part=f"{int(cell.numerator):,}",
            all=f"{int(cell.denominator):,}",
            rate=f"{cell.numerator / cell.denominator:.1%}",
        )
    )
    return (
        t("来过{one}的人里也来过{other}的：", one=f"<b>{name}</b>", other=f"<b>{cell.other}</b>")
        + f"<br>{said}"
    )

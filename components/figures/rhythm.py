"""Small, diverse, regular: a row a building, a panel a quality, a line where its target stands."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, hatched
from components.figures.cells import names
from components.figures.palette import ACCENT, INK, TARGET
from data.locale.translate import t
from queries.activity_spread import SMALL_MOST, THEMES_LEAST, WEEKS_LEAST
from queries.filters import Filters
from queries.metric import Metric

ROW, HEAD = 23, 96
PANELS = ((0.0, 0.3), (0.36, 0.66), (0.72, 1.0))
MISSED = "#e08a63"


def rhythm_panels(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Whoever misses most targets on top; a bar that misses its own is hatched, an unknown value is
    a dash. A bar leads to its building."""
    if df.empty:
        return blank(t("你的范围内没有住宿楼宇"))
    shown, kept = _shares(df), _kept(df)
    order = shown.assign(kept=targets_kept(df)).sort_values(["kept", "active", "building_id"])
    rows = shown.loc[order.index]
    written = {"typical": "{:.1f}", "themes": "{:.2f}", "share": "{:.0%}"}
    targets = {"typical": SMALL_MOST, "themes": THEMES_LEAST, "share": WEEKS_LEAST}
    heads = {
        "typical": t("小型化：每场人数，≤ {target}", target=SMALL_MOST),
        "themes": t("多样化：等效主题数，≥ {target}", target=THEMES_LEAST),
        "share": t("常态化：有活动的教学周，≥ {target}", target=f"{WEEKS_LEAST:.0%}"),
    }
    traces, axes, shapes, said = [], {}, [], []
    for number, key in enumerate(heads, start=1):
        at = "" if number == 1 else str(number)
        values = rows[key]
        top = max(float(values.max()) if values.notna().any() else 0.0, targets[key]) * 1.25
        traces.append(_bars(rows, values, kept[key].loc[rows.index], written[key], at))
        axes[f"xaxis{at}"] = axis(
            domain=PANELS[number - 1],
            range=[0, top],
            fixedrange=True,
            side="top",
            tickangle=0,
            nticks=4,
            tickformat=".0%" if key == "share" else "",
        )
        shapes.append(_target(targets[key], at))
        said.append(_heading(heads[key], PANELS[number - 1][0]))
    return figure(
        traces,
        height=HEAD + ROW * len(rows),
        yaxis=names(
            list(rows["building"]),
            list(range(len(rows))),
            range=[len(rows) - 0.5, -0.5],
            tickfont={"size": 12},
        ),
        shapes=shapes,
        annotations=said,
        margin={"l": 8, "r": 12, "t": 76, "b": 12},
        meta={"paper": 760},
        bargap=0.35,
        hovermode="closest",
        dragmode=False,
        **axes,
    )


def targets_kept(df: pd.DataFrame) -> pd.Series:
    """How many of its three targets each building keeps; an unknown value keeps none."""
    return pd.DataFrame(_kept(df)).sum(axis=1)


def _shares(df: pd.DataFrame) -> pd.DataFrame:
    return df.assign(share=df["active"] / df["weeks"].where(df["weeks"] > 0))


def _kept(df: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "typical": df["typical"] <= SMALL_MOST,
        "themes": df["themes"] >= THEMES_LEAST,
        "share": _shares(df)["share"] >= WEEKS_LEAST,
    }


def _bars(
    rows: pd.DataFrame, values: pd.Series, kept: pd.Series, form: str, at: str
) -> dict[str, Any]:
    text = ["—" if pd.isna(value) else form.format(value) for value in values]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [0 if pd.isna(value) else float(value) for value in values],
        "y": list(range(len(rows))),
        "xaxis": f"x{at}",
        "yaxis": "y",
        "text": text,
        "textposition": "outside",
        "textfont": {"size": 12, "color": INK},
        "cliponaxis": False,
        "marker": {
            "color": [ACCENT if ok else MISSED for ok in kept],
            "pattern": hatched(["" if ok else "/" for ok in kept]),
        },
        "customdata": [{"building": home} for home in rows["building_id"]],
        "hovertext": [_hover(row, said) for row, said in zip(rows.itertuples(), text, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _hover(row: Any, said: str) -> str:
    lists = t("{sessions} 场，{recorded} 场有名单", sessions=row.sessions, recorded=row.recorded)
    return f"<b>{row.building}</b> {said}<br>{lists}"


def _target(value: float, at: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": f"x{at}",
        "yref": "paper",
        "x0": value,
        "x1": value,
        "y0": 0,
        "y1": 1,
        "line": {"color": TARGET, "width": 1.5, "dash": "dash"},
    }


def _heading(text: str, left: float) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": left,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 34,
        "showarrow": False,
        "font": {"size": 13, "color": INK},
    }

"""Points earned one indicator after another up to the total, and what each could have given."""

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, key_above
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

COLOURS = ("#8f2d56", "#2c7a95", "#c98a1b", "#4f7f46", "#6c5b9c", "#7a6a58")
"""The dimensions in the order of the scheme; app.css names the same."""
LOST = "rgba(128,128,128,0.22)"
TOTAL = "#5b6b78"
ROW = 24


def waterfall(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """A bar an indicator, beginning where the one above ended; what it lost follows in grey."""
    known = df.dropna(subset="points")
    if known.empty:
        return blank(t("没有可以计分的指标"))
    names = [t(name) for name in known["name"]]
    starts = known["points"].cumsum() - known["points"]
    dimensions = list(dict.fromkeys(df["dimension"]))
    traces = [_earned(known, starts, name, number) for number, name in enumerate(dimensions)]
    lost = {
        "type": "bar",
        "orientation": "h",
        "name": t("失分"),
        "y": names,
        "base": list(starts + known["points"]),
        "x": list(known["full"] - known["points"]),
        "marker": {"color": LOST},
        "hoverinfo": "skip",
    }
    whole = float(known["points"].sum())
    total = {
        "type": "bar",
        "orientation": "h",
        "name": t("总分"),
        "y": [t("总分")],
        "x": [whole],
        "marker": {"color": TOTAL},
        "showlegend": False,
        "text": [f"{whole:.1f}"],
        "textposition": "auto",
        "insidetextfont": {"color": "#ffffff"},
        "hoverinfo": "skip",
    }
    order = [*names, t("总分")]
    return figure(
        [*traces, lost, total],
        barmode="overlay",
        height=ROW * len(order) + 90,
        xaxis=axis(range=[0, 108], title={"text": t("分")}),
        yaxis=axis(
            showgrid=False, categoryorder="array", categoryarray=order[::-1], automargin=True
        ),
        showlegend=True,
        legend=key_above(),
        margin={"l": 130, "r": 16, "t": 40, "b": 40},
    )


def _earned(
    known: pd.DataFrame, starts: pd.Series, dimension: str, number: int
) -> dict[str, object]:
    own = known[known["dimension"] == dimension]
    return {
        "type": "bar",
        "orientation": "h",
        "name": t(dimension),
        "y": [t(name) for name in own["name"]],
        "base": list(starts[own.index]),
        "x": list(own["points"]),
        "marker": {"color": COLOURS[number % len(COLOURS)]},
        "text": [f"{p:.1f}/{f:.1f}" for p, f in zip(own["points"], own["full"], strict=True)],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y} %{text}<extra></extra>",
    }

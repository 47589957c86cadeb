"""How many of each kind live here: those on the roster, then those who are not."""

import pandas as pd

from components.figures.base import Figure, axis, blank, figure, legend_above
from components.figures.palette import ACCENT, INK, LINE
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

ROW, EDGES = 104, 70
GAP = {"shape": "/", "bgcolor": "#f1ddd6", "fgcolor": "#b2412f", "size": 7, "solidity": 0.2}


def roster_bars(df: pd.DataFrame, metric: Metric, _: Filters) -> Figure:
    """One bar a kind, as long as its residents; the part that is missing is hatched."""
    if df.empty:
        return blank(t("没有数据"))
    rows = list(df.itertuples())
    names = [f"<b>{t(str(row.kind))}</b>" for row in rows]
    said = [
        f"{metric.show(metric.value(row.numerator, row.denominator))}"
        f"({row.numerator:,}/{row.denominator:,})"
        for row in rows
    ]
    common = {"type": "bar", "orientation": "h", "y": names, "hoverinfo": "text", "hovertext": said}
    missing = common | {
        "name": t("不在册"),
        "x": df["gap"].tolist(),
        "marker": {"color": LINE, "pattern": GAP},
        "text": [one.replace("(", "<br>(") for one in said],
        "textposition": "outside",
        "cliponaxis": False,
        "outsidetextfont": {"color": INK},
    }
    listed = common | {
        "name": t("在册"),
        "x": df["numerator"].tolist(),
        "marker": {"color": ACCENT},
    }
    return figure(
        [listed, missing],
        barmode="stack",
        bargap=0.4,
        height=EDGES + ROW * len(rows),
        showlegend=True,
        legend=legend_above(),
        xaxis=axis(range=[0, float(df["denominator"].max()) * 1.75], nticks=4, fixedrange=True),
        yaxis=axis(autorange="reversed", showgrid=False, fixedrange=True),
        margin={"l": 8, "r": 8, "t": 34, "b": 32},
    )

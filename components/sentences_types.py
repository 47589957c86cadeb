"""What the blocks of the six community types say, in one sentence each."""

import pandas as pd

from components.figures.radar import indicator, nothing_counted, score
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


def of_radar(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The highest and the lowest score, and what a score is."""
    each = df.drop_duplicates("type").dropna(subset="score")
    if each.empty:
        return nothing_counted()
    low, high = each.loc[each["score"].idxmin()], each.loc[each["score"].idxmax()]
    return t(
        "{high}最高（{most}），{low}最低（{least}）；得分是各自指标比率的简单平均 × 100。",
        high=t(str(high["type"])),
        most=score(high["score"]),
        low=t(str(low["type"])),
        least=score(low["score"]),
    )


def of_indicators(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The weakest indicator of all."""
    known = df.assign(share=df["numerator"] / df["denominator"]).dropna(subset="share")
    if known.empty:
        return nothing_counted()
    row = next(known.loc[[known["share"].idxmin()]].itertuples())
    return t(
        "最弱的一项是{type}里的“{name}”（{share}）。",
        type=t(str(row.type)),
        name=indicator(row),
        share=f"{row.share:.1%}",
    )

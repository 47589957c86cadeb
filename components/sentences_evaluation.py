"""What the blocks of 评价 say, in one sentence each."""

import pandas as pd

from components.panels.ranking import nothing_to_see
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.schemes import chosen_scheme


def of_choice(_: pd.DataFrame, __: Metric, filters: Filters) -> str:
    """Which scheme over which period."""
    return t("正在按《{name}》评价。", name=t(chosen_scheme(filters).name))


def of_ranking(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many units in how many groups, and why a place is not to be taken to the letter."""
    if df.empty:
        return nothing_to_see()
    each = df.drop_duplicates("unit_id")
    return t(
        "{period}：{count} 个单位分 {groups} 组同类比较，组内排名；"
        "名次会随权重和偶然变动，看下面的名次区间。",
        period=each["period"].iloc[0],
        count=len(each),
        groups=each["peer_group"].nunique(),
    )

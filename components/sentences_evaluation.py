"""What the blocks of 评价 say, in one sentence each."""

import pandas as pd

from components.panels.opened_score import no_unit
from components.panels.ranking import nothing_to_see
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.schemes import chosen_scheme

SHOWN = 0.05
"""A smaller loss is written as nothing."""


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


def of_opened(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Where the unit lost most."""
    if df.empty:
        return no_unit()
    lost = (df["full"] - df["points"]).dropna()
    if lost.empty:
        return t("这个单位没有可以计分的指标。")
    head = df.iloc[0]
    row = df.loc[lost.idxmax()]
    said = {"unit": head["unit"], "total": f"{df['points'].sum():.1f}"}
    if lost.max() < SHOWN:
        return t("{unit}的{total}分没有失分。", **said)
    return t(
        "{unit}得 {total} 分，失分最多的是“{name}”（失 {lost} 分）。",
        name=t(str(row["name"])),
        lost=f"{lost.max():.1f}",
        **said,
    )

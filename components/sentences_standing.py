"""What the blocks of 评价 about ranks, awards, trials and rules say, in one sentence each."""

import pandas as pd

from components.panels.ranking import nothing_to_see
from components.panels.rule_chance import nothing_to_warn_of
from data.locale.translate import t
from queries.award_places import PROPOSED, TIED
from queries.filters import Filters
from queries.metric import Metric
from queries.rule_chance import RELATIVE_RULE, VOLUME


def of_standing(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many groups of units can be told apart, and how many stand at the cut."""
    if df.empty:
        return nothing_to_see()
    bands = df.groupby("peer_group")["band"].nunique().sum()
    near = int(df["near"].sum())
    return t(
        "{count} 个单位，按分得开的算只有 {bands} 段；{near} 个在名额线的不确定范围内。",
        count=len(df),
        bands=int(bands),
        near=near,
    )


def of_bands(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How wide a rank's band typically is."""
    if df.empty:
        return nothing_to_see()
    wide = (df["high"] - df["low"] + 1).median()
    return t(
        "把权重和偶然都算进去，一个名次的 90% 区间一般有 {wide} 个名次宽"
        "（{draws} 次抽取）；同一底色的单位分不开高下。",
        wide=f"{wide:.0f}",
        draws=f"{int(df['draws'].iloc[0]):,}",
    )


def of_awards(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many are proposed and what is open."""
    if df.empty:
        return t("拟推荐名单只给党工委、考核评价和数据管理员看。")
    proposed, tied = (int((df["state"] == state).sum()) for state in (PROPOSED, TIED))
    said = t(
        "{period}：名额 {places} 个，按名次拟推荐 {count} 个，其中 {near} 个在不确定范围内。",
        period=df["period"].iloc[0],
        places=int(df.drop_duplicates("peer_group")["places"].sum()),
        count=proposed,
        near=int(((df["state"] == PROPOSED) & df["near"]).sum()),
    )
    return said + (t("{count} 个在名额线上并列，待定。", count=tied) if tied else "")


def of_decisions(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """What was decided last."""
    if df.empty:
        return t("本期还没有评优决定。")
    latest = df.iloc[0]
    return t(
        "最近一次决定（{day}）：{count} 个单位。",
        day=str(latest["at"])[:10],
        count=int(latest["chosen"]),
    )


def of_what_if(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many places move under the weights tried."""
    if df.empty:
        return nothing_to_see()
    if not df["tried"].iloc[0]:
        return t("改一改一级指标的分值，看名次怎样变；这是试算，哪里都不保存。")
    moved = df[df["moved"].fillna(0) != 0]
    if moved.empty:
        return t("试算，不保存：名次没有变动。")
    first = moved.iloc[0]
    return t(
        "试算，不保存：{count} 个单位的名次变动，最多的是{unit}（{before} → {after}）。",
        count=len(moved),
        unit=first["unit"],
        before=int(first["rank"]),
        after=int(first["tried_rank"]),
    )


def of_rules(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many rules need a caution."""
    if df.empty:
        return nothing_to_warn_of()
    used, volume = (int((df["use"] == use).sum()) for use in (RELATIVE_RULE, VOLUME))
    if used or volume:
        return t("{used} 项指标的规则会放大偶然，{volume} 项按次计分。", used=used, volume=volume)
    return t("这个方案的规则都不看别的单位，不会放大偶然。")

"""What the blocks of 人工评分 show, in one sentence each."""

import pandas as pd

from components.rating_words import nothing_to_rate, period_words
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.rating_form import ITEM
from queries.rating_items import TOTAL
from queries.rating_result import AGREED, APART, DONE, NONE, SHORT, STATES


def of_progress(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many ratings are there of those asked for, and how many items are open."""
    if df.empty:
        return nothing_to_rate()
    row = next(df[df["part"] == TOTAL].itertuples())
    return t(
        "{period}：应收 {due} 份评分，收到 {there} 份（{share}）；{items} 项里 {apart} 项有分歧，"
        "{short} 项还缺人，{none} 项未评。",
        period=period_words(row.period_kind, row.period),
        due=f"{row.denominator:,.0f}",
        there=f"{row.numerator:,.0f}",
        share=f"{row.numerator / row.denominator:.1%}",
        items=f"{row.items:,.0f}",
        apart=f"{row.apart:,.0f}",
        short=f"{row.short:,.0f}",
        none=f"{row.none:,.0f}",
    )


def of_waiting(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many wait for what."""
    states = df["state"].value_counts() if len(df) else pd.Series(dtype=int)
    apart, short = int(states.get(APART, 0)), int(states.get(SHORT, 0))
    if not apart and not short:
        return t("没有等待处理的项目。")
    return t("{apart} 项等第三人评分或商议，{short} 项还缺评分人。", apart=apart, short=short)


def of_matrix(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many items there are and how many are finished."""
    if df.empty:
        return nothing_to_rate()
    states = df["state"].value_counts()
    return t(
        "{units} 个单位 × {indicators} 项人工指标：{done} 项已完成或已商定，{none} 项未评。"
        "点一格打开评分表。",
        units=df["unit_id"].nunique(),
        indicators=df["indicator"].nunique(),
        done=int(states.get(DONE, 0) + states.get(AGREED, 0)),
        none=int(states.get(NONE, 0)),
    )


def of_form(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Which item is open and how it stands."""
    if df.empty:
        return t("还没有选定要评的项目。")
    row = next(df[df["part"] == ITEM].itertuples())
    return t(
        "{unit}的“{indicator}”：{state}。",
        unit=row.unit,
        indicator=t(row.indicator_name),
        state=t(STATES[row.state]),
    )

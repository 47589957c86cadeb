"""What the blocks of 趋势预警 show, in one sentence each."""

import pandas as pd

from data.locale.translate import t
from queries.control import RULES
from queries.filters import Filters
from queries.metric import Metric
from queries.series import BY_MEASURE, UNIVERSITY, shown
from queries.warnings import EXPLAINED, NEW


def of_warnings(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many there are, and how many chance alone would bring."""
    if df.empty:
        return t("没有预警，或你的范围内没有可判断的序列。")
    states = df["state"].value_counts()
    return t(
        "{count} 条预警，来自 {series} 条序列中的 {warned} 条；即使什么都没变，"
        "这么多序列也会有约 {chance} 条发出预警。新的 {new} 条，已说明 {explained} 条。",
        count=len(df),
        series=int(df["series_count"].iloc[0]),
        warned=df["series"].nunique(),
        chance=f"{df['by_chance'].iloc[0]:.1f}",
        new=int(states.get(NEW, 0)),
        explained=int(states.get(EXPLAINED, 0)),
    )


def of_chart(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Which series, its kind of chart, and what it breaks."""
    if df.empty:
        return t("本学期还没有完整的教学周。")
    first, measure = df.iloc[0], BY_MEASURE[df.iloc[0]["measure"]]
    said = t(
        "{name} · {measure}：{kind} 控制图，{weeks} 个教学周，中线 {centre}。",
        name=first["name"],
        measure=t(measure.name),
        kind=first["kind"],
        weeks=len(df),
        centre=shown(measure, first["subject"], first["centre"]),
    )
    if first["subject"] != UNIVERSITY:
        said += t("数值是全校同周水平的倍数，全校一起的起伏不算它的变化。")
    rules = [t(RULES[rule]) for rule in dict.fromkeys(df["signal"]) if rule]
    said += t("触发：{rules}。", rules=t("；").join(rules)) if rules else t("在常规波动之内。")
    return said + (t("不足 12 周，控制限是暂定的。") if first["provisional"] else "")


def of_board(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many series, and how many of them are not judged."""
    if df.empty:
        return t("本学期还没有完整的教学周。")
    few = int((~df["judged"].astype(bool)).sum())
    said = t("{count} 条序列，点任一条看控制图。", count=len(df))
    return said + (t("其中 {few} 条数量太少，不作判断。", few=few) if few else "")

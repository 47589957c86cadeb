"""What the blocks of 覆盖关切的重点难点问题 show, in one sentence each."""

from typing import Any

import pandas as pd

from data.locale.translate import t
from queries.concern_progress import TOGETHER
from queries.fact import SMALL
from queries.filters import Filters
from queries.metric import Metric
from queries.suppression import HIDDEN

LONG = 4
"""The place of the first span of more than 30 days."""


def of_funnel(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many came how far, and what earlier terms left over."""
    if df.empty:
        return t("本学期截至这一天没有关切问题，也没有以前学期遗留的。")
    raised, assigned, answered, solved, confirmed = (f"{n:,}" for n in df["numerator"])
    said = t(
        "本学期提出 {raised} 个问题：{assigned} 个已受理，{answered} 个已首次答复，"
        "{solved} 个已解决，{confirmed} 个经学生确认（{rate}）。",
        raised=raised,
        assigned=assigned,
        answered=answered,
        solved=solved,
        confirmed=confirmed,
        rate=metric.show(metric.value(df["numerator"].iloc[-1], df["denominator"].iloc[-1])),
    )
    left = df["carried"].tolist()
    if not left[0]:
        return said + t("没有以前学期遗留的。")
    return said + t(
        "另有以前学期遗留 {left} 个，其中 {solved} 个本学期已解决。",
        left=f"{left[0]:,}",
        solved=f"{left[3]:,}",
    )


def of_categories(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many of those due were answered within the term's limit, and the largest category."""
    if df.empty:
        return t("本学期截至这一天没有提出关切问题。")
    total = df.iloc[-1]
    said = t(
        "本学期首次答复时限是 {limit} 个工作日："
        "时限已过的 {due} 个问题里 {done} 个按时答复（{rate}）。",
        limit=int(total["limit_days"]),
        due=f"{int(total['denominator']):,}",
        done=f"{int(total['numerator']):,}",
        rate=metric.show(metric.value(total["numerator"], total["denominator"])),
    )
    named = df[~df["category"].isin([TOGETHER, SMALL])]
    if len(named) < 2:
        return said
    most = named.iloc[0]
    return said + t(
        "提出最多的是{category}，{count} 个。",
        category=t(str(most["category"])),
        count=f"{int(most['raised']):,}",
    )


def of_ages(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many are open, how many of earlier terms, how many for long, how many not taken up."""
    if df.empty:
        return t("没有未闭环的问题。")
    return t(
        "{total} 个问题还没有闭环（学生确认），其中 {carried} 个是以前学期遗留；"
        "{old} 个提出已超过 30 天，{first} 个还没有受理。",
        total=f"{int(df['total'].sum()):,}",
        carried=f"{int(df['carried'].sum()):,}",
        old=f"{int(df['total'].iloc[LONG:].sum()):,}",
        first=f"{int(df['unassigned'].sum()):,}",
    )


def of_overdue(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many are past the term's limit without an answer, and the longest."""
    if df.empty:
        return t("没有过了时限还没有答复的问题。")
    first = df.iloc[0]
    said = t(
        "首次答复时限是 {limit} 个工作日：{total} 个问题过了时限还没有答复，包括以前学期遗留的。",
        limit=int(first["limit_days"]),
        total=f"{int(first['total']):,}",
    )
    if pd.isna(first["days"]):
        return said
    return said + t(
        "最久的已超过 {working} 个工作日（{days} 天）。",
        working=f"{int(first['working_days']):,}",
        days=f"{int(first['days']):,}",
    )


def of_key_groups(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Those met and not yet met of the slice, at which end of a week."""
    if suppressed := of_small_groups(df):
        return suppressed
    first = df.iloc[0]
    if first["met"] == HIDDEN:
        return t(
            "{day} 周末，{name}登记的重点群体 {total} 人；"
            "见到多少人不给出，以免推算出不足 5 人的数。",
            total=first["total"],
            **at_week_end(first),
        )
    return t(
        "{day} 周末，{name}登记的重点群体 {total} 人，"
        "本学期已见到 {met} 人（{rate}），还没见到 {unmet} 人。",
        **at_week_end(first),
        total=first["total"],
        met=first["met"],
        rate=first["rate"],
        unmet=first["unmet"],
    )


def of_small_groups(df: pd.DataFrame) -> str:
    """Why a table of key groups tells nothing of the slice as a whole; "" where it does."""
    if df.empty:
        return t(
            "重点群体人数只给全校、一个学院（按学生所属）和辅导员本人的名单，"
            "从学期第一个周末起按周末统计；这个范围没有可以给出的数。"
        )
    first = df.iloc[0]
    if first["total"] != HIDDEN:
        return ""
    return t("{day} 周末，{name}的人数不给出，以免推算出别处不足 5 人的数。", **at_week_end(first))


def at_week_end(first: Any) -> dict[str, str]:
    """The end of a week and the name of the slice, as sentences on key groups say them."""
    return {"day": str(first["day"])[:10], "name": t(str(first["name"]))}

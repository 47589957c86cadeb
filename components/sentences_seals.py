"""What the blocks about seals say, in one sentence each."""

import pandas as pd

from components.panels.seals import named
from components.seal_words import each, said_period
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.seal_list import BROKEN
from queries.seal_words import PROGRAM
from queries.sealed_results import SETTLED


def of_seals(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many there are, and first of all whether any was tampered with."""
    if df.empty:
        return t("还没有封存的评价：封存之后，明年还能按当时的数据、定义和方案逐项复核。")
    broken = int((df["state"] == BROKEN).sum())
    if broken:
        return t("{count} 个封存中有 {broken} 个没有通过校验。", count=len(df), broken=broken)
    return t("{count} 个封存全部通过校验，与封存时一字不差。", count=len(df))


def of_offer(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """What would be sealed."""
    if df.empty:
        return t("封存由学生社区党工委办理。")
    row = next(df.itertuples())
    period = said_period(row.kind, row.period, row.until)
    return t("可以封存现在的评价：《{name}》，{period}。", name=t(row.scheme_name), period=period)


def of_results(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How far today's recomputation lies from what was sealed."""
    if df.empty:
        return t("没有编号为 {id} 的封存，或者它不在你的范围内。", id=filters.seal)
    head = next(df.itertuples())
    if head.problem:
        return t("{seal}没有通过校验：{what}。", seal=named(head.id), what=each(head.problem))
    if head.not_worked_out:
        return t(head.not_worked_out)
    if not head.changes:
        return t(
            "按同样的日期用今天的数据重算，与封存时完全一致："
            "方案、定义、程序和每一个数都没有变，结果也没有变。"
        )
    moved = int((df["reasons"] != SETTLED).sum())
    return t(
        "按同样的日期用今天的数据重算：{units} 个单位中 {moved} 个的数据或结果与封存时不同，"
        "共 {changes} 处差别。",
        units=len(df),
        moved=moved,
        changes=int(head.changes),
    )


def of_lines(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many of the lines shown are other today."""
    if df.empty or not filters.unit:
        return t("封存时每个单位、每项指标的分子、分母、数值和得分。")
    name, changed = df["unit"].iloc[0], int(df["changed"].sum())
    return t(
        "{name}：{count} 项指标，{changed} 项今天不同。", name=name, count=len(df), changed=changed
    )


def of_differences(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Differences by kind."""
    if df.empty:
        return t("封存时与今天之间没有列出的差别。")
    counts = df["difference"].value_counts(sort=False)
    said = t("，").join(
        t("{kind} {count} 处", kind=t(str(kind)), count=int(n)) for kind, n in counts.items()
    )
    if set(df["difference"]) == {PROGRAM}:
        return t("只有程序变了，数据、定义和方案都没有变：{said}。", said=said)
    return t("封存时与今天的差别：{said}。", said=said)

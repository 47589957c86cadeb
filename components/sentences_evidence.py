"""What evidence, the assessment sheet, honours and the list of organisations say in a sentence."""

import pandas as pd

from components.panels.commendations import only_workstations
from components.panels.evidence import by_ledger, out_of_scope
from data.locale.translate import t
from queries.assessment import LINE, TOTAL
from queries.commendations import TIED, WITHIN
from queries.evidence import COUNTED
from queries.evidence_marks import PINNED, REJECTED
from queries.filters import Filters
from queries.honours import AWARD
from queries.metric import Metric


def of_evidence(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """Which indicators have none; of one indicator how many records, by whom."""
    if df.empty:
        return out_of_scope()
    each = df.drop_duplicates("indicator")
    if filters.indicator:
        own = df[df["state"].isin(COUNTED)]
        return t(
            "“{name}”有 {count} 条依据{ledgers}；人工列入 {pinned} 条，排除 {rejected} 条。",
            name=t(each["indicator_name"].iloc[0]),
            count=int(each["counted"].iloc[0]),
            ledgers=t("（{ledgers}）", ledgers=by_ledger(own)) if len(own) else "",
            pinned=int((df["state"] == PINNED).sum()),
            rejected=int((df["state"] == REJECTED).sum()),
        )
    ruled = each[each["ruled"]]
    return t(
        "{unit}的 {count} 项指标里，方案给 {ruled} 项列了选依据的规则，"
        "其中 {without} 项没有找到记录；共列入 {records} 条次。",
        unit=each["unit"].iloc[0],
        count=len(each),
        ruled=len(ruled),
        without=int((ruled["counted"] == 0).sum()),
        records=f"{int(each['counted'].sum()):,}",
    )


def of_assessment(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The total and how many lines have no score or no evidence."""
    if df.empty:
        return out_of_scope()
    lines, total = df[df["kind"] == LINE], df[df["kind"] == TOTAL].iloc[0]
    said = "—" if pd.isna(total["points"]) else f"{total['points']:.1f}"
    return t(
        "{unit}{period}得 {total} 分；{count} 项指标里 {missing} 项没有得分，"
        "{bare} 项没有列入依据记录。",
        unit=total["unit"],
        period=t(total["period"]),
        total=said,
        count=len(lines),
        missing=int(lines["points"].isna().sum()),
        bare=int((lines["counted"] == 0).sum()),
    )


def of_honours(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many of both, and when the last was."""
    if df.empty:
        return t("没有登记在案的获奖或经验发表。")
    awards = int((df["ledger"] == AWARD).sum())
    return t(
        "各学期累计获奖 {awards} 项、经验发表 {papers} 篇，最近一次在 {day}。",
        awards=awards,
        papers=len(df) - awards,
        day=str(df["day"].max())[:10],
    )


def of_commendations(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many workstations, how many inside the quota, how many buildings have none."""
    if df.empty:
        return only_workstations()
    tied = int((df["mark"] == TIED).sum())
    said = t(
        "{period}：{count} 个工作站，名额内 {within} 个。",
        period=t(df["period"].iloc[0]),
        count=len(df),
        within=int((df["mark"] == WITHIN).sum()),
    )
    if tied:
        said += t("{count} 个与名额末位同分，由党工委决定。", count=tied)
    if without := int(df["without"].iloc[0]):
        said += t("{count} 栋楼没有工作站，不在名单里。", count=without)
    return said

"""What the blocks of 力量下沉 show, in one sentence each."""

import pandas as pd

from data.locale.translate import t
from queries.filters import Filters
from queries.forces import GRADUATES
from queries.metric import Metric


def of_cards(df: pd.DataFrame, metric: Metric, filters: Filters) -> str:
    """Sessions and buildings up to the day."""
    if df.empty:
        return t("你的范围内没有力量下沉台账记录。")
    row = df.iloc[0]
    return t(
        "截至 {day}，本学期 {sessions} 场，到过 {reached}/{buildings} 栋住宿楼宇（{rate}）。",
        day=filters.date,
        sessions=f"{int(row['sessions']):,}",
        reached=int(row["reached"]),
        buildings=int(row["buildings"]),
        rate=metric.show(metric.value(row["reached"], row["buildings"])),
    )


def of_cells(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many of the combinations are empty, and which carrier is used most."""
    if df.empty:
        return t("没有力量下沉台账记录。")
    sums = df.groupby("carrier", sort=False)["sessions"].sum()
    return t(
        "四种载体里{most}最多（{count} 场）；20 种搭配中 {empty} 种本学期还没有。",
        most=t(str(sums.idxmax())),
        count=int(sums.max()),
        empty=int((df["sessions"] == 0).sum()),
    )


def of_buildings(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many buildings nobody has come to, and the longest ago."""
    if df.empty:
        return t("你的范围内没有住宿楼宇。")
    never = int(df["last"].isna().sum())
    return t(
        "{count} 栋住宿楼宇中 {never} 栋本学期还没有来过人，排在最前。",
        count=len(df),
        never=never,
    )


def of_months(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """In how many of the weeks there was a session."""
    if df.empty:
        return t("没有力量下沉台账记录。")
    row = df.iloc[0]
    return t(
        "已结束的 {weeks} 个教学周里 {with_one} 周有活动；表头写明当月到过几栋楼。",
        weeks=int(row["weeks"]),
        with_one=int(row["weeks_with"]),
    )


def of_posts(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Graduate buildings with and without someone appointed, and the students served."""
    if df.empty:
        return t("你的范围内没有研究生楼宇或混合楼宇。")
    graduate = df[df["kind"] == GRADUATES]
    served = df[df["number"] > 0]
    return t(
        "{count} 栋研究生楼宇中 {without} 栋还没有聘任楼宇辅导员；已聘任的服务 {people} 名学生。",
        count=len(graduate),
        without=int((graduate["number"] == 0).sum()),
        people=f"{int(served['residents'].sum()):,}",
    )


def of_absences(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many colleges have sent nobody this term; persons only as numbers."""
    if df.empty:
        return t("你的范围内没有力量下沉台账记录。")
    colleges = df[df["college_id"] != ""].groupby("college_id")["sessions"].sum()
    return t(
        "{none} 个学院本学期还没有人来过；上学期来过的 {persons} 人中 {missing} 人还没有来。"
        "只数人数，不列姓名。",
        none=int((colleges == 0).sum()),
        persons=int(df["persons"].sum()),
        missing=int(df["missing"].sum()),
    )

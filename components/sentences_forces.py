"""What the blocks of 力量下沉 show, in one sentence each."""

import pandas as pd

from components.forces_words import nobody_sees
from data.locale.translate import t
from queries.filters import Filters
from queries.forces import GRADUATES
from queries.forces_absences import TOTAL
from queries.metric import Metric

MOST = 5
"""So many buildings are named in a sentence."""


def of_cards(df: pd.DataFrame, metric: Metric, filters: Filters) -> str:
    """Sessions and buildings up to the day, and what they are compared with."""
    if df.empty:
        return nobody_sees()
    row = df.iloc[0]
    said = t(
        "截至 {day}，本学期 {sessions} 场，到过 {reached}/{buildings} 栋住宿楼宇（{rate}）。",
        day=filters.date,
        sessions=f"{int(row['sessions']):,}",
        reached=int(row["reached"]),
        buildings=int(row["buildings"]),
        rate=metric.show(metric.value(row["reached"], row["buildings"])),
    )
    if pd.isna(row["earlier_day"]):
        return said
    return said + t("对比的是上学期同一教学日 {day}。", day=str(row["earlier_day"]))


def of_cells(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many of the combinations are empty, and which carrier is used most."""
    if df.empty:
        return nobody_sees()
    sums = df.groupby("carrier", sort=False)["sessions"].sum()
    if not sums.sum():
        return t("截至当日，本学期还没有一场。")
    said = t(
        "{carrier}最多（{count} 场）；{all} 种搭配中 {empty} 种本学期还没有（✕）。",
        carrier=t(str(sums.idxmax())),
        count=f"{int(sums.max()):,}",
        all=len(df),
        empty=int((df["sessions"] == 0).sum()),
    )
    some = df["counted"] < df["sessions"]
    return said + t("≥ 表示另有场次未统计人数。") if some.any() else said


def of_buildings(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many buildings nobody has come to, by name, and the longest ago."""
    home = df[df["home"]] if len(df) else df
    if home.empty:
        return t("你的范围内没有住宿楼宇。")
    never, last = home[home["last"].isna()], home.iloc[0]
    if never.empty and len(home) == 1:
        return t("{building}最近一场在 {day}。", building=last["building"], day=str(last["last"]))
    if never.empty:
        return t(
            "{count} 栋住宿楼宇本学期都到过；最久没有再去的是{building}，{days} 天。",
            count=len(home),
            building=last["building"],
            days=int(last["days"]),
        )
    named = t("、").join(never["building"].head(MOST))
    more = t(" 等 {count} 栋", count=len(never)) if len(never) > MOST else ""
    return t(
        "{count} 栋住宿楼宇中 {never} 栋本学期还没有人来过：{named}{more}。",
        count=len(home),
        never=len(never),
        named=named,
        more=more,
    )


def of_months(df: pd.DataFrame, metric: Metric, __: Filters) -> str:
    """In how many of the weeks there was a session, and the month that reached most."""
    if df.empty:
        return nobody_sees()
    row = df.iloc[0]
    if not row["weeks"]:
        return t("还没有结束的教学周。")
    said = t(
        "已结束的 {weeks} 个教学周里 {with_one} 周有活动（{rate}）。",
        weeks=int(row["weeks"]),
        with_one=int(row["all_weeks"]),
        rate=metric.show(row["all_weeks"] / row["weeks"]),
    )
    months = df.drop_duplicates("month")
    best = months.loc[months["numerator"].idxmax()]
    if not best["numerator"]:
        return said
    return said + t(
        "到楼最多的是 {month}，{reached}/{all} 栋。",
        month=best["month"],
        reached=int(best["numerator"]),
        all=int(best["denominator"]),
    )


def of_posts(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Graduate buildings with and without someone appointed, and the students served."""
    if df.empty:
        return t("你的范围内没有研究生楼宇或混合楼宇。")
    graduate = df[df["kind"] == GRADUATES]
    served = df[df["number"] > 0]
    said = t(
        "{count} 栋研究生楼宇中 {without} 栋还没有聘任楼宇辅导员；已聘任的服务 {people} 名学生。",
        count=len(graduate),
        without=int((graduate["number"] == 0).sum()),
        people=f"{int(served['residents'].sum()):,}",
    )
    return said + t(
        "参考 1:{norm} 是本学期设定的辅导员配备，楼宇辅导员没有单独的标准。",
        norm=f"{int(df['norm'].iloc[0]):,}",
    )


def of_absences(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many colleges have sent nobody this term; persons only as numbers."""
    if df.empty:
        return nobody_sees()
    all_kinds = df[df["person_kind"] == TOTAL]
    colleges = all_kinds[~all_kinds["college_id"].isin([TOTAL, ""])]
    whole = all_kinds.iloc[0]
    return t(
        "{all} 个学院中 {none} 个本学期还没有人来过；"
        "上学期来过的 {persons} 人中 {missing} 人还没有来。只数人数，不列姓名。",
        all=len(colleges),
        none=int((colleges["sessions"] == 0).sum()),
        persons=f"{int(whole['persons']):,}",
        missing=f"{int(whole['missing']):,}",
    )

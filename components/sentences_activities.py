"""What the blocks about activities on 活动品牌 show, in one sentence each."""

import pandas as pd

from components.figures.activities import nothing_held
from components.figures.rhythm import targets_kept
from data.locale.translate import t
from queries.activity_months import next_month
from queries.activity_spread import NO_THEME
from queries.filters import Filters
from queries.metric import Metric

MOST = 5
"""So many buildings are named in a sentence."""


def of_cards(df: pd.DataFrame, metric: Metric, filters: Filters) -> str:
    """Sessions and reach up to the day, and what they are compared with."""
    if df.empty:
        return nothing_held()
    row = df.iloc[0]
    said = t(
        "截至 {day}，本学期 {sessions} 场活动，"
        "{reached}/{students} 名在校学生至少来过一场（{rate}）。",
        day=filters.date,
        sessions=f"{int(row['sessions']):,}",
        reached=f"{int(row['reached']):,}",
        students=f"{int(row['students']):,}",
        rate=metric.show(metric.value(row["reached"], row["students"])),
    )
    if pd.isna(row["earlier_day"]):
        return said
    return said + t("对比的是上年同一教学周 {day}。", day=str(row["earlier_day"]))


def of_days(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The busiest day, and how many teaching days had nothing."""
    if df.empty or not df["sessions"].sum():
        return nothing_held()
    best = df.loc[df["sessions"].idxmax()]
    taught = df[df["teaching"] == 1]
    return t(
        "{count} 个教学日中 {empty} 个没有活动；最多的一天是 {day}，{sessions} 场。",
        count=len(taught),
        empty=int((taught["sessions"] == 0).sum()),
        day=str(best["day"]),
        sessions=int(best["sessions"]),
    )


def of_seasons(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Which theme has most and which least, and the combinations that are empty."""
    themed = df[df["theme"] != NO_THEME] if len(df) else df
    if themed.empty or not themed["sessions"].sum():
        return nothing_held()
    sums = themed.groupby("theme", sort=False)["sessions"].sum()
    return t(
        "最近四季{most}最多（{n} 场），{least}最少（{few} 场）；"
        "{all} 种搭配中 {empty} 种没有活动（✕）。",
        most=t(str(sums.idxmax())),
        n=f"{int(sums.max()):,}",
        least=t(str(sums.idxmin())),
        few=f"{int(sums.min()):,}",
        all=len(themed),
        empty=int((themed["sessions"] == 0).sum()),
    )


def of_festivals(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many activities the festivals had, and which were not held."""
    if df.empty:
        return nothing_held()
    none = [t(str(name)) for name in df.loc[df["sessions"] == 0, "festival"]]
    said = t("最近四季共 {count} 场节庆活动。", count=f"{int(df['sessions'].sum()):,}")
    return said + t("没有办的：{named}。", named=t("、").join(none)) if none else said


def of_fields(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many of the combinations are made, and the buildings with fewest fields."""
    if df.empty:
        return t("你的范围内没有住宿楼宇。")
    made = int((df["sessions"] > 0).sum())
    said = t(
        "{all} 个（楼宇，类别）组合中 {made} 个有活动（{rate}）。",
        all=f"{len(df):,}",
        made=f"{made:,}",
        rate=metric.show(metric.value(made, len(df))),
    )
    kinds = (df["sessions"] > 0).groupby(df["building"], sort=False).sum()
    none = list(kinds[kinds == 0].index)
    if not none:
        return said
    more = t(" 等 {count} 栋", count=len(none)) if len(none) > MOST else ""
    return said + t("一类也没有的：{named}{more}。", named=t("、").join(none[:MOST]), more=more)


def of_retention(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Of the newcomers of all months, how many came in the month after; only months that ended."""
    after = df[(df["ended"] == 1) & df["numerator"].notna()]
    following = after[after["month"] == after["cohort"].map(next_month)]
    if df.empty:
        return nothing_held()
    if following.empty:
        return t("还没有一个月的新来者过完下一个月，看不出会不会再来。")
    came, all_ = int(following["numerator"].sum()), int(following["denominator"].sum())
    return t(
        "本学年各月首次来的人里，下一个月又来的占 {share}（{came}/{all} 人）。",
        share=f"{came / all_:.1%}",
        came=f"{came:,}",
        all=f"{all_:,}",
    )


def of_rhythm(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The medians of the buildings, and how many keep all three targets or none."""
    if df.empty:
        return t("你的范围内没有住宿楼宇。")
    if len(df) == 1:
        return t(
            "本楼每场 {typical} 人，等效主题 {themes} 种，{weeks} 个教学周中 {active} 周有活动。",
            typical=_middle(df["typical"], 1),
            themes=_middle(df["themes"], 2),
            weeks=int(df["weeks"].iloc[0]),
            active=int(df["active"].iloc[0]),
        )
    kept = targets_kept(df)
    return t(
        "{count} 栋楼的中位数：每场 {typical} 人，等效主题 {themes} 种，"
        "{weeks} 个教学周中 {active} 周有活动；"
        "三项目标都达到的 {all} 栋，一项也没有达到的 {none} 栋（目标是提议，文件没有规定数值）。",
        count=len(df),
        typical=_middle(df["typical"], 1),
        themes=_middle(df["themes"], 2),
        weeks=int(df["weeks"].iloc[0]),
        active=_middle(df["active"], 1),
        all=int((kept == 3).sum()),
        none=int((kept == 0).sum()),
    )


def _middle(values: pd.Series, decimals: int) -> str:
    return "—" if values.isna().all() else f"{values.median():.{decimals}f}"


def of_reach(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """Where least and most residents came, of all buildings."""
    shown = df[df["denominator"] > 0] if len(df) else df
    if shown.empty:
        return t("你的范围内没有住宿楼宇。")
    value = shown["numerator"] / shown["denominator"]
    low, high = shown.loc[value.idxmin()], shown.loc[value.idxmax()]
    return t(
        "参与面最低的是{low}（{low_rate}），最高的是{high}（{high_rate}），中位数 {middle}。",
        low=low["building"],
        low_rate=metric.show(value.min()),
        high=high["building"],
        high_rate=metric.show(value.max()),
        middle=metric.show(value.median()),
    )


def of_unreached(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many came to nothing; the same number whichever way they are divided."""
    if df.empty:
        return t("你的范围内没有在校学生。")
    rows = df[df["part"] == df["part"].iloc[0]]
    left, every = int(rows["unreached"].sum()), int(rows["denominator"].sum())
    return t(
        "{every} 名在校学生中 {left} 人（{rate}）本学期还没有参加过有名单的活动。"
        "只数人数，不列姓名。",
        every=f"{every:,}",
        left=f"{left:,}",
        rate=metric.show(metric.value(left, every)),
    )

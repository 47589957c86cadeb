"""What the blocks of 发展支持 show, in one sentence each."""

import pandas as pd

from components.development_words import hours, no_homes
from data.locale.translate import t
from queries.development import DEVELOPMENT
from queries.filters import Filters
from queries.metric import Metric
from queries.service_requests import TOTAL


def of_cards(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """The three rates."""
    if df.empty:
        return t("你的范围内没有可计算的数据。")
    rows = {row.metric: row for row in df.itertuples()}
    said = [
        f"{t(m.name)} {m.show(m.value(row.numerator, row.denominator))}"
        for m in DEVELOPMENT
        if (row := rows.get(m.key))
    ]
    return t("截至 {day}：{rates}。", day=filters.date, rates=t("、").join(said))


def of_functions(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many cells are empty, the function most are without, and buildings that have all."""
    if df.empty:
        return no_homes()
    held, every = int((df["spaces"] > 0).sum()), len(df)
    empty = (df["spaces"] == 0).groupby(df["function"], sort=False).sum()
    said = t(
        "{every} 格（楼宇 × 五项功能）中 {held} 格有空间（{rate}）；{full} 栋五项配齐。",
        every=every,
        held=held,
        rate=metric.show(metric.value(held, every)),
        full=int((df.drop_duplicates("building_id")["lacking"] == 0).sum()),
    )
    if empty.max():
        said += t(
            "缺得最多的是{function}：各 {count} 栋没有。",
            function=t("、").join(t(str(name)) for name in empty[empty == empty.max()].index),
            count=int(empty.max()),
        )
    said += t("格内是每百名居住学生的面积和座位。")
    known = df[["area_known", "seats_known"]]
    partly = known.gt(0) & known.lt(df["spaces"], axis=0)
    return said + t("≥ 表示另有空间未登记面积或座位。") if partly.any(axis=None) else said


def of_culture(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many buildings have a culture feature, and which have none."""
    if df.empty:
        return no_homes()
    by_building = df.groupby("building", sort=False)["features"].sum()
    held, none = int((by_building > 0).sum()), list(by_building[by_building == 0].index)
    said = t(
        "{count} 栋住宿楼宇中 {held} 栋至少有一处（{rate}），共 {all} 处。",
        count=len(by_building),
        held=held,
        rate=metric.show(metric.value(held, len(by_building))),
        all=int(df["features"].sum()),
    )
    if not none:
        return said
    return said + t("一处也没有的：{named}。", named=t("、").join(none[:5]))


def of_pilots(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many pilots there are, what they gained, and how many stand above their peers."""
    if df.empty:
        return t("你的范围内没有已升级的试点楼宇。")
    known = df[df["now_each"].notna() & df["now_peers_each"].notna()]
    above = int((known["now_each"] > known["now_peers_each"]).sum())
    said = t(
        "{count} 栋试点楼宇，功能共增加 {more} 项；"
        "现在每百人面积高于同类非试点中位数的有 {above} 栋。",
        count=len(df),
        more=int((df["now_functions"] - df["before_functions"]).sum()),
        above=above,
    )
    unknown = int(df["before_each"].isna().sum())
    if not unknown:
        return said
    return said + t("{count} 栋升级前的居住人数没有汇总，只画现在。", count=unknown)


def of_requests(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many were handed in and finished, how soon, and what still waits."""
    if df.empty:
        return t("你的范围内没有服务办理台账记录。")
    row = df[df["channel"] == TOTAL].iloc[0]
    if not row["denominator"]:
        return t("截至当日，本学期还没有办件。")
    said = t(
        "本学期提交 {count} 件，办结 {done} 件（{rate}），未办结 {open} 件。",
        count=f"{row['denominator']:,}",
        done=f"{row['numerator']:,}",
        rate=metric.show(metric.value(row["numerator"], row["denominator"])),
        open=f"{row['backlog']:,}",
    )
    if row["unplaced"]:
        said += t("提交的办件中未归属楼宇 {unplaced} 件。", unplaced=f"{row['unplaced']:,}")
    if not row["timed"]:
        return said
    channels = df.iloc[:5]
    timed = channels[channels["timed"] > 0]
    slow = timed.loc[timed["median"].astype(float).idxmax()]
    return said + t(
        "办结用时中位数 {median}；最慢的渠道是{channel}，{slow}。",
        median=hours(row["median"]),
        channel=t(slow["channel"]),
        slow=hours(slow["median"]),
    )

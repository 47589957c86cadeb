"""What the blocks of 对比 show, in a sentence or two each, for readers who are no statisticians."""

import pandas as pd

from components.compare_words import (
    missing,
    nothing_to_compare,
    percent,
    points,
    pool_said,
    verdict,
)
from components.figures.change_bars import no_earlier
from components.figures.funnel_plot import nothing_on_measure
from data.locale.translate import t
from queries.compare_change import CHANGED
from queries.filters import Filters
from queries.funnel import OUTSIDE_95, OUTSIDE_998
from queries.metric import Metric

NAMED = 5


def of_measures(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Where units are clearly below the median of their peers: the blind spots first."""
    if df.empty:
        return nothing_to_compare()
    marks = [verdict(row) for row in df.itertuples()]
    below = df[[mark == "▼" for mark in marks]]
    above = marks.count("▲")
    if below.empty:
        return t(
            "没有一项明显低于同类中位数；{above} 项明显高于。其余的差别，偶然就可能带来。",
            above=above,
        )
    worst = below.sort_values("gap", kind="stable").head(NAMED)
    said = t("、").join(
        t("{unit}的{name}（{gap} 点）", unit=row.unit, name=t(row.name), gap=points(row.gap))
        for row in worst.itertuples()
    )
    return t(
        "{below} 项明显低于同类中位数，差得最多的：{said}；{above} 项明显高于。"
        "其余的差别，偶然就可能带来。",
        below=len(below),
        said=said,
        above=above,
    )


def of_gaps(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How to read the table, and whom the medians are of."""
    if df.empty:
        return nothing_to_compare()
    groups = t("、").join(t(str(one)) for one in dict.fromkeys(df["peer_group"]))
    return t(
        "中位数取自同类（{groups}）。▲▼ 表示 95% 区间整个在中位数的一边，"
        "没有符号的差别偶然就可能带来。",
        groups=groups,
    )


def of_best(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """On how many measures there is someone to ask."""
    if df.empty:
        return nothing_to_compare()
    rows = df.drop_duplicates(["metric", "peer_group"])
    known = int((rows["unit_id"] != "").sum())
    return t(
        "{all} 项里 {known} 项能在同类中找到明显高于中位数的：先去问他们是怎么做的。",
        all=len(rows),
        known=known,
    )


def of_funnel(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Who lies beyond 99.8 %, and how many chance alone puts outside."""
    if df.empty:
        return nothing_on_measure()
    first = df.iloc[0]
    outer, inner = int((df["flag"].abs() == 2).sum()), int((df["flag"] != 0).sum())
    names = t("、").join(df.loc[df["flag"].abs() == 2, "unit"].head(NAMED))
    said = t(
        "与{pool}比，{name}共同水平 {centre}：{inner} 个在 95% 控制限之外（单凭偶然约 {by95} 个），"
        "{outer} 个在 99.8% 之外（单凭偶然约 {by998} 个）。",
        pool=pool_said(str(first["pool"]), int(first["count"])),
        name=t(str(first["name"])),
        centre=percent(first["centre"]),
        inner=inner,
        outer=outer,
        by95=f"{first['count'] * OUTSIDE_95:.1f}",
        by998=f"{first['count'] * OUTSIDE_998:.2f}",
    )
    if names:
        said += t("只有 99.8% 之外的才上色：{names}。", names=names)
    return said + _wider(first) + _outside(first)


def _outside(first: pd.Series) -> str:
    """Chosen units that are judged with others."""
    if not first["outside"]:
        return ""
    return t("{names}不在这一类，或没有数值，不在图中。", names=first["outside"])


def _wider(first: pd.Series) -> str:
    if first["spread"] > 0:
        return t(
            "各单位的差别普遍大于偶然（z 的均方 {phi}，偶然时约为 1），控制限已按此放宽。",
            phi=f"{first['dispersion']:.1f}",
        )
    return t("各单位的差别与偶然相当，控制限没有放宽。")


def of_caterpillar(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """What drawing in means, in words of every day."""
    if df.empty:
        return nothing_on_measure()
    first = df.iloc[0]
    if missing(first["estimate"]):
        return t("有数值的不足 4 个，看不出彼此差多少，不作收缩估计。")
    moved = (df["estimate"] - df["value"]).abs()
    most = df.loc[moved.idxmax()]
    return t(
        "人少的楼，一两个人就能让比率大起大落：收缩估计把它向共同水平 {centre} 拉近，"
        "人越少拉得越多，相当于给每个单位添上约 {pull} 个平均水平的样本。"
        "拉动最多的是{unit}：{raw} → {estimate}。两个单位的区间重叠很多时，不要说谁更好。",
        centre=percent(first["centre"]),
        pull=f"{first['pull']:.0f}",
        unit=most["unit"],
        raw=percent(most["value"]),
        estimate=percent(most["estimate"]),
    )


def of_profiles(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """On which measures the chosen ones lie furthest apart."""
    if df.empty:
        return nothing_to_compare()
    chosen = df[(df["chosen"] == 1) & df["value"].notna()]
    spans = chosen.groupby("name", sort=False)["value"].agg(["min", "max", "count"])
    spans = spans[spans["count"] > 1]
    if spans.empty:
        return t("有数值的不足两个单位，比不出差别。")
    apart = (spans["max"] - spans["min"]).sort_values(ascending=False, kind="stable")
    name = str(apart.index[0])
    return t(
        "所选单位差得最开的是{name}：{low}–{high}；灰线是其他单位。",
        name=t(name),
        low=percent(spans.loc[name, "min"]),
        high=percent(spans.loc[name, "max"]),
    )


def of_change(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The two days, and what the largest change of the first measure is made of."""
    if df.empty:
        return nothing_to_compare()
    if df["earlier_day"].isna().all():
        return no_earlier()
    first = df.iloc[0]
    said = t("{earlier} 到 {day}。", earlier=str(first["earlier_day"]), day=str(first["day"]))
    rows = df[(df["metric"] == first["metric"]) & df["total"].notna()]
    if len(rows):
        most = rows.loc[rows["total"].abs().idxmax()]
        said += t(
            "{name}变化最大的是{unit}，{total} 点：同一批学生 {real}，换了人 {people}，"
            "换了口径 {definition}。",
            name=t(str(most["name"])),
            unit=most["unit"],
            total=points(most["total"]),
            real=points(most["real"]),
            people=points(most["people"]),
            definition=points(most["definition"]),
        )
    return said + _definitions(df)


def _definitions(df: pd.DataFrame) -> str:
    changed = df[df["defined"] == CHANGED]
    if changed.empty:
        return t("两天的口径相同。")
    row = changed.iloc[0]
    return t(
        "{name}的时限由 {then} 个工作日改为 {now} 个："
        "前一天已按现在的时限重算，差额记在“换了口径”。",
        name=t(str(row["name"])),
        then=int(row["days_then"]),
        now=int(row["days_now"]),
    )

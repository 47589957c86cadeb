"""What the blocks of 覆盖全体学生 show, in one sentence each."""

import pandas as pd

from data.locale.translate import t
from queries.filters import Filters
from queries.goals import HEADLINES
from queries.metric import Metric
from queries.students_met import ONLY_ROOM
from queries.unmet import MOST


def of_goals(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """The three headlines, and the teaching week they are of."""
    rows = {row.metric: row for row in df.itertuples()}
    said = [
        f"{t(m.name)} {m.show(m.value(rows[m.key].numerator, rows[m.key].denominator))}"
        for m in HEADLINES
        if m.key in rows
    ]
    if not said:
        return t("你的范围内本学期还没有可计算的 44023 数据。")
    week = int(df.iloc[0]["week"])
    when = t("第{week}教学周", week=week) if week else t("教学周之外")
    return t("截至 {day}（{when}）：{said}。", day=filters.date, when=when, said=t("；").join(said))


def of_curve(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """Where it stands, the pace, last year, and the end of the term."""
    known = df[df["numerator"].notna()]
    if known.empty:
        return t("你的范围内没有在校学生。")
    last = known.iloc[-1]
    value = last["numerator"] / last["denominator"]
    said = t(
        "已见到 {met} 人，占 {total} 名在校学生的 {value}；按教学日今天应到 {pace}",
        met=f"{int(last['numerator']):,}",
        total=f"{int(last['denominator']):,}",
        value=metric.show(value),
        pace=metric.show(last["pace"]),
    )
    if not pd.isna(last["earlier_denominator"]) and last["earlier_denominator"]:
        then = metric.show(last["earlier_numerator"] / last["earlier_denominator"])
        said += t("，上年同期 {value}", value=then)
    end = df.iloc[-1]
    if not pd.isna(end["projected"]):
        ends = {name: metric.show(end[name]) for name in ("low", "projected", "high")}
        said += t("；照最近四周，学期末约 {projected}（{low}–{high}）", **ends)
    return said + t("。")


def of_buildings(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many are left, and where the largest share is."""
    left = int(df["unmet"].sum()) if len(df) else 0
    if not left:
        return t("你的范围内的在校学生都已见到。")
    housed = df[df["building_id"] != ""]
    if housed.empty:
        return t("还有 {count} 人没见到。", count=f"{left:,}")
    return t("还有 {count} 人没见到；", count=f"{left:,}") + _furthest(housed, metric)


def of_map(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """The same of the buildings drawn; whoever has no bed is in the list beside it."""
    left = int(df["unmet"].sum()) if len(df) else 0
    if not left:
        return t("图上的楼里，在校学生都已见到。")
    return t("图上的楼里还有 {count} 人没见到；", count=f"{left:,}") + _furthest(df, metric)


def _furthest(df: pd.DataFrame, metric: Metric) -> str:
    """The building with the largest share left."""
    worst = df.loc[(df["unmet"] / df["denominator"]).idxmax()]
    share = metric.show(worst["unmet"] / worst["denominator"])
    return t("比例最高的是{place}，{share}。", place=worst["building"], share=share)


def of_spans(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many have not been met for over a month."""
    if df.empty:
        return t("你的范围内没有在校学生。")
    long_ago = int(df["number"].iloc[3:].sum())
    total = int(df["total"].iloc[0])
    return t(
        "{count} 人（{share}）超过 30 天没有被自己的辅导员见到，"
        "其中 {never} 人上学期以来从未见到。",
        count=f"{long_ago:,}",
        share=metric.show(metric.value(long_ago, total)),
        never=f"{int(df['number'].iloc[-1]):,}",
    )


def of_ways(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """Each way with its share; one student may stand under several."""
    if df.empty:
        return t("你的范围内没有在校学生。")
    said = [
        f"{t(row.way)} {metric.show(metric.value(row.numerator, row.denominator))}"
        for row in df.itertuples()
        if row.way != ONLY_ROOM
    ]
    only = int(df.iloc[-1]["numerator"])
    return t(
        "同一名学生可以有几种方式：{said}。另有 {count} 人的房间走到过、没有登记见到谁，不算见到。",
        said=t("，").join(said),
        count=f"{only:,}",
    )


def of_names(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many names the viewer may see."""
    if df.empty:
        return t("没有可以列出的学生。")
    return t("按上次见到的时间排列，列出 {count} 人，最多 {most} 人。", count=len(df), most=MOST)

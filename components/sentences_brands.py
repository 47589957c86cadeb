"""What the blocks about brands show, in one sentence each."""

import pandas as pd

from components.brand_words import (
    growth,
    missing,
    no_brands,
    owner,
    pick_one,
    reach,
    unplotted,
)
from data.locale.translate import t
from queries.brand_profile import NO_COLLEGE
from queries.brand_slice import OF_BUILDING, OF_CLUSTER
from queries.brand_state import FALLING, STATES
from queries.fact import SMALL
from queries.filters import Filters
from queries.metric import Metric

MOST = 5
"""So many are named in a sentence."""


def named(names: list[str]) -> str:
    """The first few names, and how many there are where there are more."""
    more = t(" 等 {count} 个", count=len(names)) if len(names) > MOST else ""
    return t("、").join(names[:MOST]) + more


def of_portfolio(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many brands are in which state, and which are not drawn."""
    if df.empty:
        return no_brands()
    counts = df["state"].value_counts()
    states = [f"{t(state)} {counts[state]}" for state in STATES if counts.get(state)]
    said = t("{count} 个品牌：{states}。", count=len(df), states=t("、").join(states))
    absent = [row.brand for row in df.itertuples() if unplotted(row)]
    if not absent:
        return said
    return said + t(
        "没有办、没有名单、没有反馈或没有归属的 {count} 个不在图中，见下面的清单。",
        count=len(absent),
    )


def of_list(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Which brands fall, and how many nobody has a list or an answer of."""
    if df.empty:
        return no_brands()
    falling = df.loc[df["state"] == FALLING, "brand"].tolist()
    said = t("衰退的：{names}。", names=named(falling)) if falling else t("没有衰退的品牌。")
    idle = int((df["sessions"] == 0).sum())
    listless = int(((df["sessions"] > 0) & (df["recorded"] == 0)).sum())
    mute = int(((df["recorded"] > 0) & (df["answers"] == 0)).sum())
    return said + t(
        "本学期没有办的 {idle} 个，办了但没有名单的 {listless} 个，有名单但没有反馈的 {mute} 个。",
        idle=idle,
        listless=listless,
        mute=mute,
    )


def of_gaps(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The largest places without a brand."""
    if df.empty:
        return t("你的范围内没有住宿楼宇。")
    lacking = df[df["numerator"] == 0]
    clusters = lacking.loc[lacking["level"] == OF_CLUSTER, "cluster"].tolist()
    buildings = lacking.loc[lacking["level"] == OF_BUILDING, "building"].tolist()
    if not clusters and not buildings:
        return t("每个楼群都有一苑一品，每栋楼都有一楼一品。")
    parts = [
        t("没有一苑一品的楼群：{names}。", names=named(clusters))
        if clusters
        else t("每个楼群都有一苑一品。"),
        t("没有一楼一品的楼宇：{names}。", names=named(buildings))
        if buildings
        else t("每栋楼都有一楼一品。"),
    ]
    return "".join(parts)


def of_overlap(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The pair that shares most of its people."""
    if df.empty:
        return t("不到两个品牌有 5 人以上的名单，无从比较。")
    known = df[df["hidden"] == 0]
    value = known["numerator"] / known["denominator"]
    count = t("{count} 个品牌两两对照。", count=df["brand_id"].nunique())
    if known.empty or not value.max():
        return count + t("没有两个品牌有 5 人以上的共同参与者。")
    best = known.loc[value.idxmax()]
    return count + t(
        "重合最多的：来过{one}的 {all} 人中 {part} 人（{rate}）也来过{other}。",
        one=best["brand"],
        other=best["other"],
        all=f"{int(best['denominator']):,}",
        part=f"{int(best['numerator']):,}",
        rate=f"{value.max():.1%}",
    )


def of_finder(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """What to do, or where in the row of brands one stands."""
    if df.empty:
        return no_brands()
    ids = df["brand_id"].tolist()
    if filters.brand in ids:
        place = ids.index(filters.brand) + 1
        return t("{count} 个品牌中的第 {place} 个。", count=len(ids), place=place)
    return t("{count} 个品牌，选择一个看它的画像。", count=len(ids))


def of_brand(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """Whose it is, its state and what this term has brought."""
    if df.empty or not filters.brand:
        return pick_one()
    row = next(df.itertuples())
    return t(
        "{brand}（{level}，归属 {owner}）：{state}——{why}。"
        "本学期 {count} 场，{growth}；归属地参与面 {reach}。",
        brand=row.brand,
        level=t(row.level),
        owner=owner(row),
        state=t(row.state),
        why=t(row.why),
        count=row.sessions,
        growth=growth(row),
        reach=reach(row),
    )


def of_weeks(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Sessions of each term."""
    if df.empty:
        return pick_one()
    sums = df.groupby("term_name", sort=False)["sessions"].sum()
    parts = [t("{term} {count} 场", term=str(term), count=int(n)) for term, n in sums.items()]
    return t("{parts}；圆点是没有办的教学周。", parts=t("，").join(parts))


def of_colleges(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The college most people came from."""
    if df.empty:
        return t("本学期还没有参与名单，谁来过无从知道。")
    total, best = int(df["total"].iloc[0]), df.iloc[0]
    if best["college"] == SMALL:
        return t("名单上 {total} 人，各学院都不足 5 人。", total=total)
    return t(
        "名单上 {total} 人，最多的是{college}，{count} 人（{rate}）。",
        total=f"{total:,}",
        college=t(NO_COLLEGE) if best["college"] == NO_COLLEGE else best["college"],
        count=f"{int(best['people']):,}",
        rate=f"{best['people'] / total:.1%}",
    )


def of_scores(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The latest mean, and on how many answers it rests."""
    if df.empty:
        return pick_one()
    known = df[df["answers"] > 0]
    if known.empty:
        return t("各学期都没有反馈。")
    last = known.iloc[-1]
    said = t(
        "{term}满意度 {score}（{count} 份反馈）",
        term=last["term_name"],
        score=f"{last['score']:.2f}",
        count=int(last["answers"]),
    )
    if missing(last["score_low"]):
        return said + t("，只有一份反馈，没有区间。")
    ends = {"low": f"{last['score_low']:.2f}", "high": f"{last['score_high']:.2f}"}
    return said + t("，95% 区间 {low}–{high}；份数少，区间就宽。", **ends)


def of_sessions(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many there are, and how many without a list or a place."""
    if df.empty:
        return t("截至当日还没有办过。") if filters.brand else pick_one()
    return t(
        "截至当日共 {count} 场，其中 {listless} 场没有名单，{nowhere} 场没有登记地点。",
        count=len(df),
        listless=int(df["attended"].isna().sum()),
        nowhere=int((df["place"] == "").sum()),
    )


def of_owners(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """Whose it is now, and how often that changed."""
    if df.empty:
        return t("没有登记归属，校级品牌不归楼群或楼宇。") if filters.brand else pick_one()
    now = df[df["now"] == 1]
    if now.empty:
        return t("当日没有归属；以前的场次仍是这个品牌的。")
    return t(
        "当日归{owner}，换过 {count} 次归属；以前的场次仍是这个品牌的。",
        owner=now["owner"].iloc[0] or "—",
        count=len(df) - 1,
    )

"""What the blocks of 学生参与 show, in one sentence each."""

import pandas as pd

from components.figures.group_mix import nobody
from components.sentences_concerns import at_week_end, of_small_groups
from data.locale.translate import t
from queries.filters import Filters
from queries.group_mix import CLOSED, DORMANT, OUTSIDE
from queries.group_rates import CROSS_COLLEGE, GROUPS_IN_COMMUNITY
from queries.metric import Metric
from queries.suppression import HIDDEN

MOST = 5
"""So many names stand in a sentence."""


def none_here() -> str:
    """What is said where there is no group."""
    return t("你的范围内没有学生团体。")


def _named(names: list[str]) -> dict[str, str]:
    more = t(" 等 {count} 个", count=len(names)) if len(names) > MOST else ""
    return {"named": t("、").join(names[:MOST]), "more": more}


def of_cards(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many groups came, how many cross colleges, and what they are compared with."""
    if df.empty:
        return none_here()
    rows = df.set_index("metric")
    parts = [t("截至 {day}，本学期：", day=filters.date)]
    if GROUPS_IN_COMMUNITY.key in rows.index:
        row = rows.loc[GROUPS_IN_COMMUNITY.key]
        said = t(
            "{all} 个在办团体中 {part} 个在范围内的住宿楼宇办过活动",
            all=row.denominator,
            part=row.numerator,
        )
        parts.append(said)
    if CROSS_COLLEGE.key in rows.index:
        row = rows.loc[CROSS_COLLEGE.key]
        said = t(
            "，{all} 个有成员的团体中 {part} 个跨学院", all=row.denominator, part=row.numerator
        )
        parts.append(said)
    before = df["earlier_day"].iloc[0]
    parts.append(
        t("。") if before is None else t("；对比的是上年同一教学周 {day}。", day=str(before))
    )
    return "".join(parts)


def of_kinds(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Sessions of all kinds, and which kind came to fewest buildings."""
    if df.empty or not df["denominator"].sum():
        return none_here()
    dormant = int(df["dormant"].sum())
    said = t(
        "{all} 个在办团体，{sessions} 场活动；{dormant} 个本学期在范围内没有活动。",
        all=int(df["denominator"].sum()),
        sessions=f"{int(df['sessions'].sum()):,}",
        dormant=dormant,
    )
    every = int(df["every"].iloc[0])
    if every < 2:
        return said
    least = df.loc[df["homes"].idxmin()]
    return said + t(
        "到楼最少的是{kind}：{all} 栋住宿楼宇只到过 {part} 栋。",
        kind=t(str(least["kind"])),
        all=every,
        part=int(least["homes"]),
    )


def of_matrix(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The homes no group came to, by name."""
    if df.empty:
        return t("你的范围内没有住宿楼宇。")
    homes = df.drop_duplicates("building_id")
    none = list(homes.loc[homes["kinds"] == 0, "building"])
    said = t("本学期 {all} 栋住宿楼宇都有学生团体来过。", all=len(homes))
    if none:
        said = t(
            "{all} 栋住宿楼宇中 {count} 栋本学期没有任何学生团体来过：{named}{more}。",
            all=len(homes),
            count=len(none),
            **_named(none),
        )
    empty = int((df["sessions"] == 0).sum())
    return said + t("{all} 格中 {empty} 格是空的。", all=len(df), empty=empty)


def of_mix(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Groups of a single college, and the least even of the others."""
    shown = df[df["everyone"] > 0] if len(df) else df
    if shown.empty:
        return nobody()
    single = list(shown.loc[shown["colleges"] == 1, "name"])
    said = t("{count} 个有成员的团体都跨了学院。", count=len(shown))
    if single:
        said = t(
            "{count} 个有成员的团体中，只有一个学院的 {single} 个：{named}{more}。",
            count=len(shown),
            single=len(single),
            **_named(single),
        )
    known = shown[shown["evenness"].notna()]
    if known.empty:
        return said
    least = known.loc[known["evenness"].idxmin()]
    return said + t(
        "均衡度中位数 {middle}，最低的是{name}（{low}）。",
        middle=f"{known['evenness'].median():.2f}",
        name=least["name"],
        low=f"{least['evenness']:.2f}",
    )


def of_list(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The groups that did nothing, by name, and those that held something outside homes only."""
    if df.empty:
        return none_here()
    dormant = list(df.loc[df["state"] == DORMANT, "name"])
    outside = int((df["state"] == OUTSIDE).sum())
    count = int((df["state"] != CLOSED).sum())
    said = t("{count} 个在办团体本学期在范围内都办过活动。", count=count)
    if dormant:
        said = t(
            "{count} 个在办团体中 {dormant} 个本学期在范围内没有活动：{named}{more}。",
            count=count,
            dormant=len(dormant),
            **_named(dormant),
        )
    return said + (t("{count} 个办过活动，但没有进住宿楼宇。", count=outside) if outside else "")


def of_peer_support(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many of those in need peer support reached, at which end of a week."""
    if suppressed := of_small_groups(df):
        return suppressed
    first = df.iloc[0]
    if first["met"] == HIDDEN:
        return t(
            "{day} 周末，{name}登记的重点群体 {total} 人；"
            "触达多少人不给出，以免推算出不足 5 人的数。",
            total=first["total"],
            **at_week_end(first),
        )
    return t(
        "{day} 周末，{name}登记的重点群体 {total} 人，"
        "本学期朋辈互助触达 {met} 人（{rate}）。只有人数，没有名单。",
        **at_week_end(first),
        total=first["total"],
        met=first["met"],
        rate=first["rate"],
    )

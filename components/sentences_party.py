"""What the blocks of 先锋矩阵 show, in one sentence each."""

import pandas as pd

from data.locale.translate import t
from queries.coverage import IDENTITY, PLATE
from queries.filters import Filters
from queries.metric import Metric
from queries.party_areas import typical
from queries.party_hierarchy import ORGANISATIONAL, SPATIAL, TOTAL


def of_kinds(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many of how many, and the kind furthest from all."""
    living = df[df["denominator"] > 0]
    if living.empty:
        return t("你的范围内没有党员、发展对象或入党积极分子居住。")
    worst = living.loc[(living["numerator"] / living["denominator"]).idxmin()]
    return t(
        "住在楼里的 {due} 人中 {done} 人已在本楼工作站名册上（{rate}）；{kind}最低，{value}。",
        due=f"{int(living['denominator'].sum()):,}",
        done=f"{int(living['numerator'].sum()):,}",
        rate=metric.show(metric.total(living)),
        kind=t(str(worst["kind"])),
        value=metric.show(metric.value(worst["numerator"], worst["denominator"])),
    )


def of_roster_gaps(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many are missing in how many buildings, and where the most."""
    gaps = df[df["gap"] > 0]
    if gaps.empty:
        return t("应纳入的人都已在工作站名册上。")
    return t(
        "还有 {gap} 人没有纳入，分布在 {count} 栋楼；最多的是{place}，{most} 人。",
        gap=f"{int(gaps['gap'].sum()):,}",
        count=len(gaps),
        place=gaps.iloc[0]["building"],
        most=int(gaps.iloc[0]["gap"]),
    )


def of_unlisted_floors(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many are missing on how many floors."""
    gap = f"{int(df['gap'].sum()):,}"
    return t("{count} 个楼层还有 {gap} 人没有纳入。点楼层看名单。", count=len(df), gap=gap)


def of_unlisted_people(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many names the viewer may see."""
    return t("你的职责范围内有 {count} 人没有纳入。", count=len(df))


def of_leads(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Entries in all, the lead with the most and the least."""
    if df.empty:
        return t("本学期还没有五带头台账记录。")
    sums = df.groupby("lead", sort=False)["entries"].sum()
    return t(
        "本学期 {total} 条记录，最多的是{most}（{high}），最少的是{least}（{low}）；"
        "百分比是本学期有记录的党员。",
        total=f"{int(sums.sum()):,}",
        most=t(str(sums.idxmax())),
        high=f"{int(sums.max()):,}",
        least=t(str(sums.idxmin())),
        low=f"{int(sums.min()):,}",
    )


def of_displays(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Both rates over the slice."""
    if df.empty:
        return t("这里没有党员居住。")
    plates = PLATE.value(float(df["plates"].sum()), float(df["rooms"].sum()))
    shown = IDENTITY.value(float(df["shown"].sum()), float(df["members"].sum()))
    return t(
        "党员宿舍亮牌 {plates}（{rooms} 间），党员亮身份 {shown}（{members} 人）。",
        plates=PLATE.show(plates),
        rooms=f"{int(df['rooms'].sum()):,}",
        shown=IDENTITY.show(shown),
        members=f"{int(df['members'].sum()):,}",
    )


def of_areas(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many areas, how many without anyone, the middle load."""
    if df.empty:
        return t("没有责任区。")
    usual = typical(df["load"].dropna())
    return t(
        "{count} 个责任区，{orphans} 个没有在岗的责任党员；"
        "每名责任党员负责的房间数中位是 {median}。",
        count=f"{len(df):,}",
        orphans=int(df["load"].isna().sum()),
        median="—" if usual is None else f"{usual[1]:g}",
    )


def of_leaders(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """In office and vacant, and how long the oldest vacancy is."""
    if df.empty:
        return t("你的范围内没有住宿楼层。")
    vacant = df[df["numerator"] < df["denominator"]]
    longest = max((int(d) for d in vacant["days"] if not pd.isna(d)), default=0)
    return t(
        "{floors} 层中 {done} 层有在任党员层长（{rate}），{gap} 层空缺，最久 {days} 天。",
        floors=f"{len(df):,}",
        done=f"{int(df['numerator'].sum()):,}",
        rate=metric.show(metric.total(df)),
        gap=len(vacant),
        days=f"{longest:,}",
    )


def of_studios(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many studios tie how many colleges to how many buildings, and who is left out."""
    buildings = df[df["building_id"].notna()]
    served = buildings[buildings["studio_id"].notna()]
    joined = df[df["college_id"].notna() & df["studio_id"].notna()]
    return t(
        "{studios} 个联合工作室联结 {colleges} 个学院和 {served} 栋楼，"
        "{rest} 栋楼所在楼群还没有工作室。",
        studios=served["studio_id"].nunique(),
        colleges=joined["college_id"].nunique(),
        served=served["building_id"].nunique(),
        rest=buildings["building_id"].nunique() - served["building_id"].nunique(),
    )


def of_hierarchies(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The two totals."""
    if df.empty:
        return t("你的范围内没有住宿楼宇")
    totals = df[df["name"] == TOTAL].set_index("side")["total"]
    return t(
        "按居住地 {left} 人，按名册 {right} 人：四类人员在两套体系里各数一次，合计应当相等。",
        left=f"{int(totals[SPATIAL]):,}",
        right=f"{int(totals[ORGANISATIONAL]):,}",
    )

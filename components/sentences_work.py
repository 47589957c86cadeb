"""What the blocks by college, building and counselor and those of records show, in a sentence."""

import pandas as pd

from data.locale.translate import t
from queries.filters import Filters
from queries.intervals import FEW
from queries.metric import Metric
from queries.periods import SLOT_COVERAGE
from queries.visit_records import COMPARISONS, EVERYWHERE, FORTY, HALF_HOUR, HEAPS


def of_colleges(df: pd.DataFrame, metric: Metric, filters: Filters) -> str:
    """Both rates over all, and how many colleges have more students a counselor than the norm."""
    if df.empty:
        return t("你的范围内没有在校学生。")
    norm = int(df["norm"].iloc[0])
    slots = SLOT_COVERAGE.value(float(df["slots_made"].sum()), float(df["slots_due"].sum()))
    said = t(
        "{count} 个学院按编号排列，不排名次：学生覆盖率 {students}，时段覆盖率 {slots}；"
        "{over} 个学院每名辅导员带的学生多于 {norm} 人。分母不足 {few} 的附 95% 区间。",
        count=int((df["college_id"] != "").sum()),
        students=metric.show(metric.total(df)),
        slots=SLOT_COVERAGE.show(slots),
        over=int((df["per_counselor"] > norm).sum()),
        norm=norm,
        few=FEW,
    )
    leads = bool(filters.leading)
    if leads or filters.level or filters.degree:
        said += t("走访、时段和两场域是照看这里学生的辅导员的全部工作，不只是在这里的。")
    return said


def of_building_rows(df: pd.DataFrame, metric: Metric, filters: Filters) -> str:
    """How many students are left, how many key dates nobody came to; what cannot be narrowed."""
    homes = df[df["building_id"] != ""]
    if homes.empty:
        return t("你的范围内没有住宿楼宇")
    missed = int(homes["nodes_due"].sum() - homes["nodes_done"].sum())
    said = t(
        "{count} 栋楼按楼群排列：学生覆盖率 {value}，还没见到 {left} 人，"
        "{missed} 个楼次的关键节点没有走访。",
        count=len(homes),
        value=metric.show(metric.total(df)),
        left=f"{int(df['unmet'].sum()):,}",
        missed=f"{missed:,}",
    )
    return said + _not_followed(filters)


def _not_followed(filters: Filters) -> str:
    """What visits and rooms of a building cannot be narrowed by."""
    if filters.counselor or filters.degree:
        return t("走访和走到的房间不能按辅导员或培养层次细分，是到过这些楼的全部走访。")
    if filters.belonging:
        return t("走访是本学院辅导员的；走到的房间不分学院。")
    return ""


def of_counselors(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many, in which order, and how many students are left."""
    if df.empty:
        return t("没有可以列出的辅导员。")
    said = t("{count} 名辅导员按姓名排列，不排名次。", count=len(df))
    left = df[df["unmet"] > 0]
    if left.empty:
        said += t("带的学生都已见到。")
    else:
        said += t("{count} 名还有学生没见到，各约需几次走访写在卡片上。", count=len(left))
    if filters.level or filters.degree or filters.leading:
        said += t("筛选只决定列出谁，卡片上是各人带的全部学生。")
    return said


def of_records(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How far both heaps stand above what minutes close by say; what cannot be narrowed."""
    total = df[df["college"] == EVERYWHERE].set_index("check") if len(df) else df
    if total.empty:
        return t("这里本学期还没有走访记录。")
    shares = {}
    for name in (HALF_HOUR, FORTY):
        row = total.loc[name]
        due = float(row["denominator"])
        shares[name] = (row["numerator"] / due if due else 0.0, row["expected"] if due else 0.0)
    said = t(
        "登记习惯，不是对个人的评价：{half} 的走访正好 30 分钟，{forty} 正好 40 分钟；"
        "按前后各两分钟的走访次数推算，约为 {by_half} 和 {by_forty}。",
        half=f"{shares[HALF_HOUR][0]:.1%}",
        forty=f"{shares[FORTY][0]:.1%}",
        by_half=f"{shares[HALF_HOUR][1]:.1%}",
        by_forty=f"{shares[FORTY][1]:.1%}",
    )
    return said + _whole_ledger(filters)


def of_lengths(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many visits have a length, and the share of the two heaps."""
    if df.empty:
        return t("没有登记起止时间的走访")
    heaped = int(df["number"][df["minutes"].isin(HEAPS)].sum())
    total = int(df["total"].iloc[0])
    said = t(
        "{total} 次走访登记了起止时间，其中 {count} 次（{share}）正好 30 或 40 分钟。",
        total=f"{total:,}",
        count=f"{heaped:,}",
        share=f"{heaped / total:.1%}",
    )
    return said + _whole_ledger(filters)


def of_agreement(df: pd.DataFrame, metric: Metric, filters: Filters) -> str:
    """Each comparison's share and size."""
    rows = df[df["by"] == ""].set_index("source") if len(df) else df
    if rows.empty:
        return t("这里没有可以互相印证的记录。")
    said = [
        t(
            "{source} {share}（{count} 处）",
            source=t(source),
            share=metric.show(metric.value(row["numerator"], row["denominator"])),
            count=f"{int(row['denominator']):,}",
        )
        for source, row in ((s, rows.loc[s]) for s in COMPARISONS if s in rows.index)
    ]
    return t("一致的比例：{said}。", said=t("，").join(said)) + _whole_ledger(filters)


def _whole_ledger(filters: Filters) -> str:
    if filters.counselor or filters.degree:
        return t("台账的质量只按学院和楼宇统计，不按辅导员或培养层次细分。")
    return ""

"""What the blocks of 覆盖重要时段和关键节点 show, in one sentence each."""

from typing import Any

import pandas as pd

from components.panels.term_calendar import standing
from data.locale.translate import t
from queries.filters import Filters
from queries.key_dates import AHEAD, RUNNING
from queries.metric import Metric
from queries.period_weeks import ENDED, FIELD_COUNTS
from queries.period_weeks import RUNNING as RUNNING_WEEK


def of_periods(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How much of it was made, the best and the worst period, what each period is."""
    cells = df[df["hours"].notna()]
    if cells.empty:
        return t("你的范围内没有要完成时段走访的辅导员。")
    over = cells[cells["state"] == ENDED]
    said = t("还没有结束的教学周。") if not _due(over) else _made(over, metric)
    return said + _running(cells) + _method(df)


def _due(over: pd.DataFrame) -> int:
    return int(over["denominator"].sum())


def _made(over: pd.DataFrame, metric: Metric) -> str:
    sums = over.groupby("period", sort=False)[["numerator", "denominator"]].sum()
    share = (sums["numerator"] / sums["denominator"]).astype(float)
    return t(
        "已结束的 {weeks} 个教学周里，四时段做到 {made}/{due}（{rate}）；"
        "最高是{most}（{high}），最低是{least}（{low}）。",
        weeks=over["week"].nunique(),
        made=f"{int(over['numerator'].sum()):,}",
        due=f"{_due(over):,}",
        rate=metric.show(metric.total(over)),
        most=t(str(share.idxmax())),
        high=metric.show(share.max()),
        least=t(str(share.idxmin())),
        low=metric.show(share.min()),
    )


def _running(df: pd.DataFrame) -> str:
    now = df[df["state"] == RUNNING_WEEK]
    if now.empty:
        return ""
    week = now.iloc[0]["week"]
    if now["due"].isna().all():
        return t("第{week}周还没有过完，周末之后计入。", week=week)
    return t("第{week}周进行中，只列人数，不计入比率。", week=week)


def _method(df: pd.DataFrame) -> str:
    """The term's hours and minutes, and the visits that have no time."""
    timed = df[df["hours"].notna()].drop_duplicates("period")
    hours = t("，").join(f"{t(str(row.period))} {row.hours}" for row in timed.itertuples())
    said = t(
        "一次走访满 {minutes} 分钟才算，按开始时间归入时段：{hours}。",
        minutes=timed.iloc[0]["minutes"],
        hours=hours,
    )
    count = int(df.loc[df["hours"].isna(), "visits"].sum())
    return said + (t("另有 {count} 次走访没有登记时间。", count=f"{count:,}") if count else "")


def of_fields(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """The share of both fields so far, and of the last week."""
    if df.empty:
        return t("你的范围内没有带学生的辅导员。")
    over = df[df["state"] == ENDED]
    if not _due(over):
        return t("还没有结束的教学周。") + _running(df)
    last = over.iloc[-1]
    only = {name: f"{int(over[name].sum()):,}" for name in FIELD_COUNTS[1:4]}
    said = t(
        "已结束的教学周里，{due} 个辅导员周中 {made} 个两场域都到（{rate}），"
        "只到公寓 {apartment}，只到课堂或实验室 {elsewhere}，都没到 {neither}；",
        due=f"{_due(over):,}",
        made=f"{int(over['numerator'].sum()):,}",
        rate=metric.show(metric.total(over)),
        **only,
    )
    value = metric.show(metric.value(last["numerator"], last["denominator"]))
    return (
        said + t("最近一周（第{week}周）{value}。", week=last["week"], value=value) + _running(df)
    )


def of_key_dates(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """The rate of what has begun, what is running and what comes next."""
    if df.empty:
        return t("本学期没有登记关键节点，或不在你的范围内。")
    begun = df[df["denominator"] > 0]
    said = t("{count} 个关键节点都还没有开始", count=len(df))
    if len(begun):
        said = t(
            "{begun} 个关键节点已经开始，应到 {due} 楼次，到过 {made} 楼次（{rate}）",
            begun=len(begun),
            due=f"{_due(begun):,}",
            made=f"{int(begun['numerator'].sum()):,}",
            rate=metric.show(metric.total(begun)),
        )
    running = [_open(row) for row in df[df["state"] == RUNNING].itertuples()]
    if running:
        said += t("；进行中：{names}", names=t("、").join(running))
    ahead = df[df["state"] == AHEAD]
    if len(ahead):
        row = ahead.iloc[0]
        said += t("；下一个：{name}，{days} 天后开始", name=row["node"], days=row["left"])
    return said + t("。")


def _open(row: Any) -> str:
    missing = len(row.missing)
    said = t("还有 {count} 栋没到", count=missing) if missing else t("全部到过")
    return t("{name}（{said}）", name=row.node, said=said)


def of_matrix(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many pairs are gaps, still open, to come."""
    if df.empty:
        return t("本学期没有登记关键节点，或不在你的范围内。")
    counts = df["state"].value_counts()
    of = {name: int(counts.get(state, 0)) for name, state in PAIRS.items()}
    return t(
        "{buildings} 栋楼 × {nodes} 个节点：已覆盖 {covered}（{rate}），缺口 {missed}，"
        "窗口内还没到 {open}，未开始 {ahead}。点格子进入楼宇。",
        buildings=df["building_id"].nunique(),
        nodes=df["node_id"].nunique(),
        rate=metric.show(metric.total(df)),
        **of,
    )


PAIRS = {"covered": "已覆盖", "missed": "缺口", "open": "窗口内未到", "ahead": "未开始"}


def of_calendar(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """What is running with what is missing, what comes, and what the numbers are."""
    if df.empty:
        return t("你的范围内没有楼宇。")
    windows = {window.id: window for nodes in df["nodes"] for window in nodes}
    running = [w for w in windows.values() if w.state == RUNNING]
    ahead = [w for w in windows.values() if w.state == AHEAD]
    parts = [t("{name}（{said}）", name=w.name, said=standing(w)) for w in running]
    said = t("进行中的节点：{names}；", names=t("、").join(parts)) if parts else ""
    if ahead:
        coming = [
            t("{name}（{said}）", name=w.name, said=f"{w.starts:%m-%d} · {standing(w)}")
            for w in ahead
        ]
        said += t("后面的节点：{names}；", names=t("、").join(coming))
    day = filters.date
    return said + t("数字是截至 {day} 每天到这些楼宇的走访次数，不论哪位辅导员。", day=day)

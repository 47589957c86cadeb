"""What a block shows, in one sentence: printed under the title, and used as alt text."""

import pandas as pd

from data.locale.translate import t
from queries.coverage import COVERAGE
from queries.filters import Filters
from queries.metric import Metric


def of_rates(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many of the metrics with a target have reached it, and which is furthest."""
    rows = {row.metric: row for row in df.itertuples() if row.denominator}
    aimed = [m for m in COVERAGE if m.target is not None and m.key in rows]
    if not aimed:
        return t("你的范围内没有可计算的覆盖率。")
    rates = {m: rows[m.key].numerator / rows[m.key].denominator for m in aimed}
    reached = sum(rate >= m.target for m, rate in rates.items() if m.target is not None)
    worst = min(rates, key=lambda m: rates[m])
    return t(
        "{total} 项有目标的覆盖率中 {reached} 项达标；最低的是{name}，{value}。",
        total=len(aimed),
        reached=reached,
        name=t(worst.name),
        value=worst.show(rates[worst]),
    )


def of_gaps(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The worst blind spot by name."""
    if df.empty:
        return t("没有盲区。")
    worst = df.iloc[0]
    return t(
        "按影响人数 × 天数排列的 {count} 处盲区，最重的是{place}（{days} 天）。",
        count=len(df),
        place=worst["place"],
        days=f"{int(worst['days']):,}",
    )


def of_changes(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many changes up to which day."""
    return t("截至 {day} 的七天内有 {count} 项变动。", day=filters.date, count=len(df))


def of_places(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many buildings are full, and the pooled rate."""
    counted = df[df["denominator"] > 0]
    if counted.empty:
        return t("{name}在这里没有可计算的楼宇。", name=t(metric.name))
    full = int((counted["numerator"] == counted["denominator"]).sum())
    return t(
        "{name}：{count} 栋楼中 {full} 栋达到 100%，{rest} 栋还有缺口。",
        name=t(metric.name),
        count=len(counted),
        full=full,
        rest=len(counted) - full,
    )


def of_floors(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """The pooled rate over the floors, and how many are exempt."""
    if df.empty:
        return t("这里没有楼层数据。")
    exempt = int(df["exempt"].fillna(0).sum())
    said = t(
        "{name}合计 {value}，{buildings} 栋楼 {floors} 个楼层。",
        name=t(metric.name),
        value=metric.show(metric.total(df)),
        buildings=df["building"].nunique(),
        floors=int((df["floor_id"] != "").sum()),
    )
    return said + (t("其中 {count} 层不要求设组织。", count=exempt) if exempt else "")


def of_steps(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """From where to where, and how often something happened."""
    rows = df[df["denominator"] > 0]
    if rows.empty:
        return t("{name}本学期还没有记录。", name=t(metric.name))
    first, last = rows.iloc[0], rows.iloc[-1]
    return t(
        "{name}从学期初的 {first} 到现在的 {last}，期间 {count} 天有组织成立、撤销或层长变动。",
        name=t(metric.name),
        first=metric.show(first["numerator"] / first["denominator"]),
        last=metric.show(last["numerator"] / last["denominator"]),
        count=int((df["event"] != "").sum()),
    )


def of_stack(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """The three states of a building's floors, counted."""
    counted = df["residential"].astype(bool) & (df["floor_id"] != "")
    states = df.loc[counted, "state"].fillna("缺口").value_counts()
    return t(
        "{covered} 层有组织，{gap} 层是缺口，{exempt} 层不要求；{leaders} 层没有在任层长。",
        covered=int(states.get("覆盖", 0)),
        gap=int(states.get("缺口", 0)),
        exempt=int(states.get("不要求", 0)),
        leaders=int((df["leader_state"] == "缺口").sum()),
    )


def of_rooms(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """Occupied rooms with and without someone responsible."""
    states = df["state"].value_counts()
    return t(
        "{rooms} 间房，{covered} 间在责任区内，{gap} 间无责任区，{vacant} 间空房。",
        rooms=len(df),
        covered=int(states.get("覆盖", 0)),
        gap=int(states.get("缺口", 0)),
        vacant=int(states.get("空", 0)),
    )


def of_findings(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many kinds of faults in how many rows, and how many of them make pages wrong."""
    if df.empty:
        return t("没有发现数据质量问题。")
    return t(
        "{kinds} 类问题，共 {faults} 处；其中 {errors} 类会使页面的数字出错。",
        kinds=len(df),
        faults=f"{int(df['faults'].sum()):,}",
        errors=int((df["severity"] == "错误").sum()),
    )


def of_faults(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many rows of the chosen check the viewer may see."""
    if not filters.check:
        return t("还没有选一项检查。")
    return t("这一项在你的范围内列出 {count} 行，最多 500 行。", count=len(df))


def of_freshness(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """How many ledgers have not been kept up."""
    return t(
        "截至 {day}，{ledgers} 本按日期登记的台账中 {late} 本超过应有的间隔没有新记录。",
        day=filters.date,
        ledgers=len(df),
        late=int(df["late"].astype(bool).sum()),
    )


def of_residents(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many people the viewer may see."""
    return t("你的范围内有 {count} 人住在这间宿舍。", count=len(df))

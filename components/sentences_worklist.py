"""What the worklist shows, in one sentence."""

import pandas as pd

from components.panels.worklist import REASONS
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


def of_worklist(df: pd.DataFrame, metric: Metric, _: Filters) -> str:
    """How many visits, whom they reach, and what the coverage will be."""
    if df.empty:
        return t("你的角色只看汇总，没有走访单。")
    last = df.iloc[-1]
    if last["reason"]:
        return t(REASONS[last["reason"]])
    return t(
        "{visits} 次走访可以新见到 {count} 人：学生覆盖率从 {before} 到 {after}。"
        "先让见到的人最多，再照顾最久没见的，再带上关切问题和关键节点。",
        visits=int(df["visit"].nunique()),
        count=f"{int(last['best']):,}",
        before=metric.show(metric.value(last["before"], last["denominator"])),
        after=metric.show(metric.value(last["numerator"], last["denominator"])),
    )

"""Sessions of 力量下沉: by carrier and kind of person, and by month."""

from typing import Any

import pandas as pd

from components.figures.base import Figure, blank
from components.figures.cells import cells
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric


def carrier_cells(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Carriers across, kinds of person down."""
    if df.empty:
        return blank(t("没有力量下沉台账记录"))
    kinds, carriers = list(dict.fromkeys(df["person_kind"])), list(dict.fromkeys(df["carrier"]))
    held = df.set_index(["person_kind", "carrier"])

    def hover(y: int, x: int) -> str:
        row = held.loc[(kinds[y], carriers[x])]
        name = f"<b>{t(carriers[x])} · {t(kinds[y])}</b>"
        if not row["sessions"]:
            return f"{name}<br>{t('本学期还没有')}"
        return f"{name}<br>{_sessions(row)}"

    return cells(
        [t(kind) for kind in kinds],
        [t(carrier) for carrier in carriers],
        lambda y, x: int(held.loc[(kinds[y], carriers[x]), "sessions"]),
        hover,
    )


def _sessions(row: Any) -> str:
    said = t("{count} 场，{people} 人次", count=int(row["sessions"]), people=f"{row['attended']:,}")
    unknown = int(row["sessions"] - row["counted"])
    return said + (t("（另有 {count} 场未统计人数）", count=unknown) if unknown else "")


def month_cells(df: pd.DataFrame, _: Metric, filters: Filters) -> Figure:
    """Months across with the share of buildings reached, carriers down."""
    if df.empty:
        return blank(t("没有力量下沉台账记录"))
    carriers, months = list(dict.fromkeys(df["carrier"])), list(dict.fromkeys(df["month"]))
    held = df.set_index(["carrier", "month"])["sessions"]
    reach = df.drop_duplicates("month").set_index("month")
    heads = []
    for month in months:
        name = t("{month}月", month=int(month[5:]))
        if filters.date.startswith(month):
            name = t("{month}月（至{day}日）", month=int(month[5:]), day=int(filters.date[8:]))
        row = reach.loc[month]
        said = t("到 {reached}/{all} 栋", reached=row["reached"], all=row["buildings"])
        heads.append(f"<b>{name}</b><br>{said}")
    made = cells(
        [t(carrier) for carrier in carriers],
        heads,
        lambda y, x: int(held[carriers[y], months[x]]),
        lambda y, x: f"{t(carriers[y])}<br>{months[x]}：{int(held[carriers[y], months[x]])}",
    )
    made["layout"]["margin"]["t"] = 52
    return made

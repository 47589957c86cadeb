"""The worklist as a calendar file: the visits of the plan on screen, rooms only."""

from datetime import datetime

import pandas as pd

from components.export.calendar import Entry
from components.panels.worklist import REASONS
from data.errors import NotAllowed
from data.locale.translate import t


def entries(df: pd.DataFrame) -> list[Entry]:
    """One a visit; NotAllowed says why there is none."""
    if df.empty or df["reason"].iloc[0]:
        reason = "" if df.empty else str(df["reason"].iloc[0])
        raise NotAllowed(t(REASONS[reason]) if reason else t("你的角色只看汇总，没有走访单。"))
    return [_entry(rows) for _, rows in df.groupby("visit", sort=True)]


def _entry(rows: pd.DataFrame) -> Entry:
    first = rows.iloc[0]

    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"{first['day']}T{clock}")

    return Entry(
        counselor_id=str(first["counselor_id"]),
        starts=at(first["starts"]),
        ends=at(first["ends"]),
        period=str(first["period"]),
        place=str(first["class_name"] or first["building"]),
        floor=str(first["floor"]),
        rooms=tuple(code for code in rows["room"] if code),
    )

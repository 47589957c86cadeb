"""How the numbers of 力量下沉 are said: people as far as they were counted, days since."""

from typing import Any

import pandas as pd

from data.locale.translate import t


def people(attended: int, counted: int, sessions: int) -> str:
    """How many came: at least so many where some sessions were not counted, unknown where none
    was, nothing where there was none."""
    if not sessions:
        return ""
    if not counted:
        return t("人数未统计")
    if counted < sessions:
        return t("≥{count} 人次", count=f"{attended:,}")
    return t("{count} 人次", count=f"{attended:,}")


def ago(days: Any) -> str:
    """How long ago the last session was."""
    if days is None or pd.isna(days):
        return t("本学期还没有")
    return t("{days} 天前", days=f"{int(days):,}") if days else t("当天")


def nobody_sees() -> str:
    """What a block says to somebody without any session or building in scope."""
    return t("你的范围内没有力量下沉台账记录。")

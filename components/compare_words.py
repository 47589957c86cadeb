"""How compared units, gaps and groups are said and marked, the same in every block."""

from typing import Any

import pandas as pd

from data.locale.translate import t

MARKS = (
    ("#1f6f8b", "circle"),
    ("#b2412f", "square"),
    ("#7a5c9e", "diamond"),
    ("#8a5a00", "triangle-up"),
    ("#3f7d4e", "pentagon"),
    ("#a8457f", "star"),
)
"""Colour and symbol of each chosen unit, in their order."""


def nothing_to_compare() -> str:
    """What is said to who sees no unit."""
    return t("你的范围内没有可以对比的单位。")


def missing(value: Any) -> bool:
    """Whether a value is not known."""
    return value is None or bool(pd.isna(value))


def points(value: float | None) -> str:
    """A difference of shares in percentage points, with its sign."""
    return "—" if value is None or missing(value) else f"{value * 100:+.1f}".replace("-", "−")


def percent(value: float | None) -> str:
    """A share."""
    return "—" if value is None or missing(value) else f"{value:.1%}"


def pair(row: Any) -> str:
    """What a share is made of."""
    if missing(row.denominator):
        return t("没有分母")
    return f"{int(row.numerator):,}/{int(row.denominator):,}"


def share_said(name: str, value: float | None, made_of: str) -> str:
    """A share with its name, and what it is made of."""
    return t("{name} {share}（{pair}）", name=name, share=percent(value), pair=made_of)


def verdict(row: Any) -> str:
    """▲ or ▼ where the whole interval lies beyond the median, "" where chance may explain it."""
    if missing(row.gap) or missing(row.low):
        return ""
    if row.low > row.median:
        return "▲"
    return "▼" if row.high < row.median else ""


def pool_said(pool: str, count: int) -> str:
    """Which units are judged together."""
    if pool:
        return t("{group} {count} 个单位", group=t(pool), count=count)
    return t("全部 {count} 个单位（同类不足 8 个）", count=count)

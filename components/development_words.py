"""How the numbers of 发展支持 are said: what nobody wrote down is unknown, never zero."""

from typing import Any

import pandas as pd

from data.locale.translate import t


def no_homes() -> str:
    """What a block of buildings says where there are none."""
    return t("你的范围内没有住宿楼宇。")


def areas(row: Any) -> str:
    """Area for a hundred residents: at least so much where some spaces have no area on record, the
    plain area where nobody lives."""
    if not row.area_known:
        return t("面积未登记")
    least = "≥" if row.area_known < row.spaces else ""
    if row.area_each is None:
        return t("{least}{area} ㎡，无人居住", least=least, area=f"{row.area:,.1f}")
    return t("{least}{area} ㎡", least=least, area=f"{row.area_each:,.1f}")


def seats(row: Any) -> str:
    """Seats for a hundred residents, likewise."""
    if not row.seats_known:
        return t("座位未登记")
    least = "≥" if row.seats_known < row.spaces else ""
    if row.seats_each is None:
        return t("{least}{seats} 座，无人居住", least=least, seats=f"{row.seats:,.0f}")
    return t("{least}{seats} 座", least=least, seats=f"{row.seats_each:,.1f}")


def since(day: Any) -> str:
    """When the first was built."""
    if day is None or pd.isna(day):
        return t("建成日期未登记")
    return t("{day} 建成", day=str(day))


def amount(value: Any, decimals: int = 0) -> str:
    """A number that may be unknown."""
    return "—" if value is None or pd.isna(value) else f"{value:,.{decimals}f}"


def hours(value: Any) -> str:
    """A time taken."""
    return t("{hours} 小时", hours=f"{value:,.1f}")

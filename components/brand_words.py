"""How the numbers of brands are said: whose they are, how they are judged, what is unknown."""

from typing import Any

import pandas as pd

from data.locale.translate import t


def no_brands() -> str:
    """What a block says where the slice holds no brand the reader may see."""
    return t("你的范围内没有活动品牌。")


def pick_one() -> str:
    """What a block about one brand says where none is chosen, or it is out of scope."""
    return t("没有选定品牌，或这个品牌不在你的范围内。")


def missing(value: Any) -> bool:
    """Whether a value is unknown."""
    return value is None or bool(pd.isna(value))


def share(row: Any) -> float | None:
    """The reach of a brand among those who live at its owner's; None where that is unknown."""
    if missing(row.denominator) or not row.denominator or not row.recorded:
        return None
    return float(row.numerator / row.denominator)


def reach(row: Any) -> str:
    """The reach as a percentage; — where nobody can know."""
    value = share(row)
    return "—" if value is None else f"{value:.1%}"


def unplotted(row: Any) -> str:
    """Why a brand has no place in a chart of reach and satisfaction; "" where it has one."""
    if not row.sessions:
        return t("本学期没有办")
    if not row.recorded:
        return t("没有名单")
    if missing(row.score):
        return t("没有反馈")
    return "" if share(row) is not None else t("没有归属")


def owner(row: Any) -> str:
    """Whose brand it is on the day."""
    if row.owner:
        return str(row.owner)
    return t("全校") if row.level == "校级" else t("当日没有归属")


def score(row: Any) -> str:
    """The mean of the answers."""
    return "—" if missing(row.score) else f"{row.score:.2f}"


def answers(row: Any) -> str:
    """How many answers a mean rests on, and its interval where there is one."""
    if not row.answers:
        return t("还没有反馈")
    said = t("{count} 份反馈", count=f"{int(row.answers):,}")
    if missing(row.score_low):
        return said
    ends = {"low": f"{row.score_low:.2f}", "high": f"{row.score_high:.2f}"}
    return t("{said}，95% 区间 {low}–{high}", said=said, **ends)


def growth(row: Any) -> str:
    """Sessions of this term beside those up to the same teaching week of the term compared with."""
    if missing(row.earlier_sessions):
        return t("没有可比的学期")
    return t("{day} 时 {count} 场", day=str(row.earlier_day), count=int(row.earlier_sessions))


def rhythm(row: Any) -> str:
    """In how many of the ended teaching weeks it was held."""
    return f"{int(row.active)}/{int(row.weeks)}" if row.weeks else "—"


def short(name: str) -> str:
    """The part of a name after its building's."""
    return name.rpartition("·")[2]

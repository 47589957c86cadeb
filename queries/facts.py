"""The plain numbers of a building portrait: what each means, and how it is counted.

Rates of Party coverage are metrics of their own (`queries/coverage.py`); these are counts, counts
per hundred residents, shares and medians, compared only with the median of a building's peers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from queries.held import RESIDENTS, Held
from queries.metric import Better

Count = Callable[[Held], float | None]
HIGHER, LOWER, NEITHER = Better.HIGHER, Better.LOWER, Better.NEITHER


@dataclass(frozen=True)
class Fact:
    """A number of one building. `decimals` is how exactly it is written, and compared."""

    key: str
    section: str
    name: str
    definition: str
    of: Count
    unit: str = ""
    better: Better = NEITHER
    decimals: int = 0
    share: bool = False

    def show(self, value: float | None) -> str:
        """As written on the page; a share as a percentage."""
        if value is None or pd.isna(value):
            return "—"
        return f"{value:.{self.decimals}%}" if self.share else f"{value:,.{self.decimals}f}"

    def verdict(self, value: float | None, median: float | None) -> str:
        """优, 劣 or 平 beside the peers' median, at the exactness shown; "" where not judged."""
        if self.better is NEITHER or pd.isna(value) or pd.isna(median):
            return ""
        if self.show(value) == self.show(median):
            return SAME
        return BETTER if (value - median) * self.better.value > 0 else WORSE  # type: ignore[operator]


@dataclass(frozen=True)
class Part:
    """A measure divided by kind, drawn beside the facts of its section. Where it is `personal`,
    kinds of fewer than five are shown as one."""

    measure: str
    section: str
    name: str
    personal: bool = False


BETTER, SAME, WORSE = "优于", "持平", "差于"
PLACE, VISITS, ACTIVITIES = "居住", "走访", "活动"
SPACES, CONCERNS, SERVICE, HONOURS = "空间与文化", "关切问题", "服务办理", "品牌与成果"
SECTIONS = (PLACE, VISITS, ACTIVITIES, SPACES, CONCERNS, SERVICE, HONOURS)


def count(measure: str) -> Count:
    """How many."""
    return lambda held: held.count(measure)


def amount(measure: str) -> Count:
    """What they add up to."""
    return lambda held: held.amount(measure)


def median(measure: str) -> Count:
    """The median of a measure counted by whole numbers."""
    return lambda held: held.median(measure)


def kinds(measure: str) -> Count:
    """How many different kinds."""
    return lambda held: len(held.kinds(measure)) if measure in held.kept else None


def over(upper: Count, lower: Count, times: float = 1.0) -> Count:
    """One number by another; no value over nobody."""

    def divided(held: Held) -> float | None:
        above, below = upper(held), lower(held)
        return None if above is None or not below else times * above / below

    return divided


residents = count(RESIDENTS)


def per_hundred(upper: Count) -> Count:
    """By a hundred residents of the as-of day."""
    return over(upper, residents, 100.0)


FACTS = (
    Fact(
        "residents",
        PLACE,
        "居住人数",
        "当日住在楼里的学生，不含休学、校外住宿、实习和交换",
        residents,
        "人",
    ),
    Fact("beds", PLACE, "床位数", "房间台账登记的床位之和", amount("rooms"), "床"),
    Fact(
        "occupancy",
        PLACE,
        "入住率",
        "居住人数 ÷ 床位数",
        over(residents, amount("rooms")),
        decimals=1,
        share=True,
    ),
    Fact(
        "floors",
        PLACE,
        "住宿楼层",
        "有分区的楼，每个分区的一层算一层",
        count("floors"),
        "层",
    ),
    Fact(
        "visits",
        VISITS,
        "每百人走访次数",
        "本学期截至当日，辅导员到本楼走访的次数 ÷ 居住人数 × 100",
        per_hundred(count("visits")),
        "次",
        HIGHER,
        1,
    ),
    Fact(
        "long_visits",
        VISITS,
        "满 40 分钟的走访",
        "登记了起止时间且不少于 40 分钟的走访，占全部走访的比例；没有登记离开时间的算作不足",
        over(amount("visits"), count("visits")),
        better=HIGHER,
        decimals=1,
        share=True,
    ),
    Fact(
        "rooms_reached",
        VISITS,
        "走到的房间",
        "本学期截至当日至少走到一次的房间 ÷ 本楼登记的房间",
        over(count("rooms_reached"), count("rooms")),
        better=HIGHER,
        decimals=1,
        share=True,
    ),
    Fact(
        "engagements",
        VISITS,
        "力量下沉场次",
        "本学期截至当日，领导面对面、教授沙龙、导师有约、春晖工作站在本楼的场次",
        count("engagements"),
        "场",
        HIGHER,
    ),
    Fact(
        "activities",
        ACTIVITIES,
        "活动场次",
        "本学期截至当日在本楼举办的活动；几栋楼合办的，每栋楼各算一场",
        count("activities"),
        "场",
        HIGHER,
    ),
    Fact(
        "attendance",
        ACTIVITIES,
        "场均参与人次",
        "有参与记录的活动的参与人次 ÷ 这些活动的场次",
        over(amount("attendances"), count("attendances")),
        "人次",
        decimals=1,
    ),
    Fact(
        "recorded",
        ACTIVITIES,
        "有参与记录的活动",
        "有参与记录的活动场次 ÷ 全部活动场次",
        over(count("attendances"), count("activities")),
        better=HIGHER,
        decimals=1,
        share=True,
    ),
    Fact(
        "themes",
        ACTIVITIES,
        "活动主题种数",
        "本学期截至当日有活动的主题；五主题之外的“未分类”也算一种",
        kinds("activities"),
        "种",
        HIGHER,
    ),
    Fact(
        "space_area",
        SPACES,
        "每百人公共空间",
        "当日开放的公共空间面积之和 ÷ 居住人数 × 100；未登记面积的空间不计",
        per_hundred(amount("space_area")),
        "平方米",
        HIGHER,
        1,
    ),
    Fact(
        "space_seats",
        SPACES,
        "每百人公共座位",
        "当日开放的公共空间座位之和 ÷ 居住人数 × 100；未登记座位的空间不计",
        per_hundred(amount("space_seats")),
        "座",
        HIGHER,
        1,
    ),
    Fact(
        "functions",
        SPACES,
        "空间功能种数",
        "五项功能（思想引领、学习发展、交流互动、文体活动、生活服务）中已有的种数",
        kinds("space_area"),
        "种",
        HIGHER,
    ),
    Fact(
        "culture",
        SPACES,
        "文化设施",
        "截至当日建成的党建墙、文化墙、文化走廊",
        count("culture"),
        "处",
        HIGHER,
    ),
    Fact(
        "concerns",
        CONCERNS,
        "每百人关切问题",
        "本学期截至当日提出的问题 ÷ 居住人数 × 100；多不一定坏，也可能是愿意说",
        per_hundred(count("concerns_raised")),
        "个",
        decimals=1,
    ),
    Fact(
        "answer_days",
        CONCERNS,
        "首次答复天数中位数",
        "本学期截至当日首次答复的问题，从提出到首次答复的自然日，取中位数；31 天以上按 31 天",
        median("concern_answer_days"),
        "天",
        LOWER,
        1,
    ),
    Fact(
        "unanswered",
        CONCERNS,
        "待首次答复",
        "当日已提出、还没有首次答复的问题，含以前学期提出的",
        count("concerns_unanswered"),
        "个",
        LOWER,
    ),
    Fact(
        "open_concerns",
        CONCERNS,
        "尚未解决",
        "当日已提出、还没有解决的问题，含以前学期提出的",
        count("concerns_open"),
        "个",
        LOWER,
    ),
    Fact(
        "requests",
        SERVICE,
        "每百人办件",
        "本学期截至当日提交的服务办理 ÷ 居住人数 × 100",
        per_hundred(count("requests")),
        "件",
        decimals=1,
    ),
    Fact(
        "request_days",
        SERVICE,
        "办结天数中位数",
        "本学期截至当日办结的办件，从提交到办结的自然日，取中位数；31 天以上按 31 天",
        median("request_days"),
        "天",
        LOWER,
        1,
    ),
    Fact(
        "rating",
        SERVICE,
        "办件评分",
        "本学期截至当日办结且已评价的办件的平均分（1–5 分）",
        over(amount("request_ratings"), count("request_ratings")),
        "分",
        HIGHER,
        2,
    ),
    Fact(
        "rated",
        SERVICE,
        "已评价办件",
        "本学期截至当日办结且已评价的办件；评分由它们得出",
        count("request_ratings"),
        "件",
    ),
    Fact(
        "brands",
        HONOURS,
        "一楼一品",
        "当日归本楼所有、仍在举办的活动品牌",
        count("brands"),
        "个",
        HIGHER,
    ),
    Fact(
        "awards",
        HONOURS,
        "获奖",
        "截至当日登记在本楼名下的全部奖项",
        count("awards"),
        "项",
        HIGHER,
    ),
    Fact(
        "publications",
        HONOURS,
        "经验报送",
        "截至当日登记在本楼名下的全部报送与发表",
        count("publications"),
        "篇",
        HIGHER,
    ),
)
BY_FACT = {fact.key: fact for fact in FACTS}
PARTS = (
    Part("visits", VISITS, "走访时段"),
    Part("engagements", VISITS, "力量下沉载体"),
    Part("activities", ACTIVITIES, "活动主题"),
    Part("space_area", SPACES, "空间功能（间）"),
    Part("culture", SPACES, "文化设施类别"),
    Part("concerns_raised", CONCERNS, "问题类别", personal=True),
    Part("requests", SERVICE, "办理渠道"),
    Part("awards", HONOURS, "获奖级别"),
)
HEADLINES = ("residents", "occupancy", "visits", "activities", "answer_days", "rating")
"""The facts that stand on top, beside Party coverage."""
TRENDS = ("residents", "visits", "rooms_reached", "activities", "answer_days", "request_days")
"""The facts followed over the terms."""

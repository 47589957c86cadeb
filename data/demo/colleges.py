"""The colleges: real names and student-number codes, majors as facts, sizes invented.

Codes follow the departments' student-number codes; colleges without a published code have an
invented one. 电气与动力工程学院 was split: two colleges carry on what it was.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

SPLIT = date(2026, 8, 1)
BEFORE_SPLIT, ELECTRIC, ENERGY = "23", "24", "17"


@dataclass(frozen=True)
class College:
    """A college with its share of undergraduates and of graduates, in thousandths."""

    id: str
    name: str
    aliases: str
    undergraduates: int
    graduates: int
    majors: tuple[str, ...]


COLLEGES = (
    College("01", "矿业工程学院", "矿业学院、矿业", 70, 95, ("采矿工程", "工业工程", "交通运输")),
    College(
        "02",
        "力学与土木工程学院",
        "力建学院、力土学院",
        90,
        90,
        ("土木工程", "工程力学", "工程管理"),
    ),
    College("03", "机电工程学院", "机电学院", 95, 85, ("机械工程", "机器人工程")),
    College("04", "信息与控制工程学院", "信控学院", 85, 80, ("自动化", "电子信息工程", "信息工程")),
    College(
        "05",
        "资源与地球科学学院",
        "资源学院",
        60,
        70,
        ("地质工程", "地球物理学", "水文与水资源工程"),
    ),
    College("06", "化工学院", "化工", 60, 65, ("化学工程与工艺", "矿物加工工程", "能源化学工程")),
    College("07", "环境与测绘学院", "环测学院", 60, 70, ("测绘工程", "地理信息科学", "环境科学")),
    College(
        "08",
        "计算机科学与技术学院",
        "计算机学院、人工智能学院",
        95,
        75,
        ("计算机科学与技术", "人工智能"),
    ),
    College("09", "经济管理学院", "经管学院、管理学院", 85, 70, ("会计学", "工商管理", "金融学")),
    College("10", "数学学院", "数学", 38, 28, ("数学与应用数学", "统计学")),
    College("11", "公共管理学院", "公管学院、应急管理学院", 45, 35, ("行政管理", "土地资源管理")),
    College("12", "外国语言文化学院", "外文学院", 35, 20, ("英语", "德语")),
    College("13", "体育学院", "体育", 12, 10, ("休闲体育",)),
    College("14", "材料与物理学院", "材料学院、材物学院", 50, 45, ("材料科学与工程", "应用物理学")),
    College("15", "建筑与设计学院", "建筑学院、设计学院", 40, 25, ("建筑学", "工业设计")),
    College("16", "安全工程学院", "安全学院", 50, 60, ("安全工程", "消防工程")),
    College(
        ENERGY,
        "低碳能源与动力工程学院",
        "低碳学院、能动学院",
        42,
        40,
        ("能源与动力工程", "新能源科学与工程"),
    ),
    College("22", "人文与艺术学院", "人文学院", 33, 20, ("汉语言文学", "环境设计")),
    College(
        ELECTRIC, "电气工程学院", "电气学院", 48, 45, ("电气工程及其自动化", "智能电网信息工程")
    ),
    College("25", "马克思主义学院", "马院", 0, 18, ("马克思主义理论",)),
    College("26", "孙越崎学院", "越崎学院、未来技术学院", 28, 0, ("工科试验班",)),
)


def college_table() -> pd.DataFrame:
    """Every college, the split one with its end and the college that carries on its records."""
    rows: list[tuple[str, str, str, date | None, date | None, str | None]] = [
        (c.id, c.name, c.aliases, SPLIT if c.id in (ELECTRIC, ENERGY) else None, None, None)
        for c in COLLEGES
    ]
    end = date.fromordinal(SPLIT.toordinal() - 1)
    rows.append((BEFORE_SPLIT, "电气与动力工程学院", "电力学院、电动学院", None, end, ELECTRIC))
    return pd.DataFrame(
        rows, columns=["id", "name", "aliases", "starts", "ends", "successor_id"]
    ).sort_values("id")


def college_then(ids: pd.Series, day: date) -> pd.Series:
    """The college as it was on a day: before the split, one college for both."""
    if day >= SPLIT:
        return ids
    return ids.replace({ELECTRIC: BEFORE_SPLIT, ENERGY: BEFORE_SPLIT})

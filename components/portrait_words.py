"""A building's portrait in one paragraph, made from its numbers: gaps first, no adjectives."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from data.locale.translate import t
from queries.coverage import COVERAGE
from queries.fact import BETTER, SAME, SMALL, WORSE
from queries.facts import BY_FACT
from queries.filters import Filters
from queries.metric import Metric
from queries.peers import FEWEST
from queries.portrait import ABOUT, PARTY
from queries.portrait_goals import BUILDING_GOALS
from queries.portrait_people import BUILDING_COUNSELORS, COLLEGES, COUNSELORS

MOST = 5
METRICS = {m.key: m for m in (*COVERAGE, *BUILDING_GOALS)}


def shown(row: Any, column: str = "value") -> str:
    """A fact's or a metric's number as written everywhere."""
    value = getattr(row, column)
    if row.key in METRICS:
        return METRICS[row.key].show(value)
    return BY_FACT[row.key].show(value)


def about(df: pd.DataFrame) -> dict[str, str]:
    """What the building is: name, place, kind, peers."""
    rows = df[df["section"] == ABOUT]
    return dict(zip(rows["key"], rows["text"], strict=True))


def summary(df: pd.DataFrame, _: Metric, filters: Filters) -> str:
    """Where it stands, what is missing, what is below and what is above its peers' median."""
    if df.empty:
        return t("你的范围内没有这栋楼。")
    rows = list(df[df["section"] != ABOUT].itertuples())
    sentences = (_people(df, rows, filters), _gaps(rows), _compared(rows), _unknown(rows))
    return "".join(filter(None, sentences))


def _people(df: pd.DataFrame, rows: list[Any], filters: Filters) -> str:
    found, known = {row.key: row for row in rows}, about(df)
    return t(
        "{building}（{cluster}，{kind}）截至 {day} 住 {people} 人，入住率 {occupancy}。",
        building=known["building"],
        cluster=known["cluster"],
        kind=t(known["residents_kind"]),
        day=filters.date,
        people=shown(found["residents"]),
        occupancy=shown(found["occupancy"]),
    )


def _gaps(rows: list[Any]) -> str:
    """The coverage rates that have a target and do not reach it, by what is missing."""
    aimed = [(METRICS[r.key], r) for r in rows if r.section == PARTY and METRICS[r.key].target]
    counted = [(m, r) for m, r in aimed if r.denominator]
    short = [(m, r) for m, r in counted if r.value < m.target]
    if not counted:
        return t("党团组织覆盖没有可计算的单位。")
    if not short:
        return t("党团组织覆盖的 {count} 项目标全部达到。", count=len(counted))
    named = (
        t(
            "{name} {value}（缺 {count} {unit}）",
            name=t(m.name),
            value=shown(r),
            count=f"{int(r.denominator - r.numerator):,}",
            unit=t(m.unit),
        )
        for m, r in short
    )
    return t(
        "党团组织覆盖 {total} 项目标中有 {count} 项未达到：{named}。",
        total=len(counted),
        count=len(short),
        named=_listed(named),
    )


def _compared(rows: list[Any]) -> str:
    peers = int(rows[0].peers)
    if peers < FEWEST:
        return t("同类楼宇不足 {count} 栋，不作比较。", count=FEWEST)
    judged = {word: [r for r in rows if r.verdict == word] for word in (WORSE, BETTER, SAME)}
    if not any(judged.values()):
        return t("没有可与同类楼宇比较的数据。")
    parts = [t("与同类 {count} 栋楼的中位数相比，", count=peers)]
    parts += [
        t(sentence, count=len(judged[word]), named=_beside(judged[word]))
        for word, sentence in VERDICTS
        if judged[word]
    ]
    if judged[SAME]:
        parts.append(t("持平 {count} 项；", count=len(judged[SAME])))
    return parts[0] + "".join(parts[1:]).removesuffix("；").removesuffix("; ") + t("。")


VERDICTS = (
    (WORSE, "差于中位数 {count} 项：{named}；"),
    (BETTER, "优于中位数 {count} 项：{named}；"),
)


def _beside(rows: list[Any]) -> str:
    """Each number with the median in brackets, the first few of them."""
    named = (
        f"{t(row.name)} {shown(row)}{t('（{median}）', median=shown(row, 'median'))}"
        for row in rows[:MOST]
    )
    return _listed(named) + (t("等") if len(rows) > MOST else "")


def _unknown(rows: list[Any]) -> str:
    missing = [t(row.name) for row in rows if pd.isna(row.value)]
    return t("没有数据：{named}。", named=_listed(missing)) if missing else ""


def _listed(words: Iterable[str]) -> str:
    return t("、").join(words)


def of_verdicts(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many numbers are judged, and how they stand."""
    if df.empty:
        return ""
    counts = df["verdict"].value_counts()
    return t(
        "{judged} 项可与同类中位数比较：{better} 项优于，{same} 项持平，{worse} 项差于。",
        judged=int(sum(counts.get(word, 0) for word in (BETTER, SAME, WORSE))),
        better=int(counts.get(BETTER, 0)),
        same=int(counts.get(SAME, 0)),
        worse=int(counts.get(WORSE, 0)),
    )


def of_people(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """How many colleges are named, and how many counselors answer for them."""
    counts = df["section"].value_counts()
    named = df[(df["section"] == COLLEGES) & (df["name"] != SMALL)]
    return t(
        "单独列出 {colleges} 个学院，{counselors} 名辅导员负责。",
        colleges=len(named),
        counselors=int(counts.get(COUNSELORS, 0) + counts.get(BUILDING_COUNSELORS, 0)),
    )


def of_terms(df: pd.DataFrame, _: Metric, __: Filters) -> str:
    """From which term on, and to which day each is counted."""
    if df.empty:
        return ""
    return t(
        "{count} 个学期，各截到同一教学日：{days}。",
        count=df["term"].nunique(),
        days=t("、").join(str(day) for day in df["day"].drop_duplicates()),
    )

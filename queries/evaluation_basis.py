"""评价依据 and 备注 of a line of an assessment sheet, as phrases said in the reader's language."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from data.locale.translate import Phrase
from data.schemes.scheme import (
    AWARDS,
    METRIC,
    MISSING,
    PUBLICATIONS,
    RATING,
    SATISFACTION,
    Indicator,
)
from queries.catalog import BY_KEY

NOTHING, NO_DATA = "—", "没有数据"
TITLES = 3
"""So many records are named beside their number."""
NEAR = 0.05
"""A smaller change of what an indicator can give is not told."""


def joined(said: Iterable[str]) -> str:
    """Phrases one after another, "" of none."""
    parts = [one for one in said if one]
    if not parts:
        return ""
    whole: str = parts[0]
    for one in parts[1:]:
        whole = Phrase("{said}；{more}", said=whole, more=one)
    return whole


def value_said(indicator: Indicator, raw: Any) -> str:
    """What the value is made of: numerator and denominator, ratings, awards, answers; "" of
    none."""
    if pd.isna(raw.value):
        return ""
    values = {
        "numerator": _number(raw.numerator),
        "denominator": _number(raw.denominator),
        "value": f"{raw.value:.1f}".removesuffix(".0"),
    }
    kind = indicator.source.kind
    if kind != METRIC:
        return Phrase(SAID[kind], **values)
    metric = BY_KEY[indicator.source.key]
    if indicator.rule.parts:
        return Phrase("{numerator}/{denominator}，按培养层次加权得 {value} 分", **values)
    values["value"] = metric.show(raw.value)
    return Phrase("{numerator}/{denominator} {unit}，{value}", **values, unit=Phrase(metric.unit))


SAID = {
    RATING: "{numerator}/{denominator} 份评分，得 {value} 分",
    AWARDS: "获奖 {numerator} 项，按级别计 {value} 分",
    PUBLICATIONS: "发表 {numerator} 篇",
    SATISFACTION: "{denominator} 份反馈，平均 {value} 分",
}


def answers_said(feedback: pd.DataFrame) -> str:
    """How many of those on the lists answered; "" where no activity has a list."""
    if feedback.empty or not (came := feedback["came"].iloc[0]) or pd.isna(came):
        return ""
    answered = feedback["answered"].iloc[0]
    named = {"answered": _number(answered), "came": _number(came), "rate": f"{answered / came:.0%}"}
    return Phrase("有名单的活动 {came} 人次，反馈 {answered} 份（{rate}）", **named)


def records_said(found: pd.DataFrame) -> str:
    """How many records stand as evidence, the first by their titles; visits by their number."""
    visits, others = found[found["ledger"] == "visit"], found[found["ledger"] != "visit"]
    said = []
    if len(others):
        counts = others.groupby("title", sort=False).size()  # the newest first
        shown = [f"{title}×{n}" if n > 1 else str(title) for title, n in counts.items()]
        named = {"count": len(others), "titles": "、".join(shown[:TITLES])}
        few = len(shown) <= TITLES
        said.append(
            Phrase("{count} 条依据：{titles}", **named)
            if few
            else Phrase("{count} 条依据：{titles}等", **named)
        )
    if len(visits):
        said.append(Phrase("走访 {count} 次", count=_number(visits["number"].sum())))
    return joined(said)


def remark_said(indicator: Indicator, raw: Any, full: float, struck: Iterable[str]) -> str:
    """Why there is no value and what became of it, what the line counts for, vetoes it caused."""
    said: list[str] = []
    if pd.isna(raw.value):
        why = raw.why if isinstance(raw.why, str) and raw.why else NO_DATA
        rule = Phrase(MISSING[indicator.missing])
        said.append(Phrase("{why}：{rule}", why=_phrase(why), rule=rule))
    if not pd.isna(full) and abs(full - indicator.weight) >= NEAR:
        said.append(Phrase("缺项的分值转来后按 {full} 分计", full=f"{full:.1f}"))
    said += [Phrase("一票否决：{reason}", reason=Phrase(one)) for one in struck]
    return joined(said)


def _phrase(text: str) -> Phrase:
    return text if isinstance(text, Phrase) else Phrase(text)


def _number(value: float) -> str:
    return "—" if pd.isna(value) else f"{value:,.0f}"

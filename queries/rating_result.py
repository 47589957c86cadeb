"""What several raters' scores of one item come to: the mean, the two closest, or nothing yet.

Two raters who differ by more than the threshold do not make a result between them: a third is
heard, or they talk. Where a scheme weighs groups of raters, those who differ are looked for within
a group, since groups are weighed because they see differently. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan, sqrt
from statistics import fmean, median, variance

from data.locale.translate import Phrase
from data.schemes.scheme import Source

NONE, SHORT, APART, DONE, AGREED = "none", "short", "apart", "done", "agreed"
STATES = {
    APART: "有分歧",
    SHORT: "还缺人",
    NONE: "未评",
    DONE: "已完成",
    AGREED: "已商定",
}
"""What an item is waiting for, the most pressing first."""
EXACT = 9
"""Scores with decimals are as far apart as they read: their differences differ beyond."""
UNKNOWN = float("nan")


@dataclass(frozen=True)
class Given:
    """The score one rater gives; `group` as the scheme's groups are called."""

    score: float
    group: str = ""


@dataclass(frozen=True)
class Result:
    """`value` is NaN while there is none; `why` then says what it waits for. `used` of the `asked`
    scores are in it; `missing` raters are still needed. `gap` is how far two lie apart that have no
    result, `error` the standard error between raters, NaN where nobody can know it. `absent` are
    groups with a weight that nobody rated for."""

    state: str
    value: float = UNKNOWN
    used: int = 0
    asked: int = 0
    missing: int = 0
    error: float = UNKNOWN
    gap: float = UNKNOWN
    why: str = ""
    absent: tuple[str, ...] = ()


def settled(ratings: Sequence[Given], source: Source, agreed: float | None = None) -> Result:
    """The result of an item from the latest score of each rater, in any order.

    Scores of a group the scheme gives no weight are not counted. What was `agreed` wins over all
    and has no error: it is a decision.
    """
    weights = dict(source.groups)
    counted = [one for one in ratings if not weights or weights.get(one.group, 0) > 0]
    asked = max(source.raters, len(counted))
    missing = max(source.raters - len(counted), 0)
    absent = tuple(name for name in weights if all(one.group != name for one in counted))
    found = Result(NONE, used=len(counted), asked=asked, missing=missing, absent=absent)
    if agreed is not None:
        return replace(found, state=AGREED, value=agreed, error=0.0, missing=0)
    if missing:
        why = Phrase("还缺 {count} 位评分人", count=missing)
        return replace(found, state=SHORT if counted else NONE, why=why)
    return _weighed(counted, source, found)


def over_terms(results: Sequence[Result], *, shared: bool) -> Result:
    """One result from those of several terms: the mean of those that have a value, each counting
    alike. Errors add as those of independent terms, or, where the same ratings are in several
    (`shared`), as one and the same."""
    if len(results) == 1:
        return results[0]
    known = [one for one in results if not isnan(one.value)]
    order = list(STATES)
    waiting = min(results, key=lambda one: (order.index(one.state), one.missing))
    if not known:
        return waiting
    errors = [one.error for one in known]
    error = fmean(errors) if shared else sqrt(sum(e * e for e in errors)) / len(errors)
    return Result(
        APART if waiting.state == APART else DONE,
        value=fmean(one.value for one in known),
        used=sum(one.used for one in known),
        asked=sum(one.asked for one in known),
        error=error,
        gap=waiting.gap,
        absent=tuple(dict.fromkeys(name for one in known for name in one.absent)),
    )


def _weighed(counted: Sequence[Given], source: Source, found: Result) -> Result:
    """Each group by itself, then by weight over the groups there are."""
    weights = dict(source.groups) or {"": 1.0}
    groups = [(weights[name], scores) for name, scores in _groups(counted, source) if scores]
    apart = [max(s) - min(s) for _, s in groups if _middle(s, source.threshold) is None]
    if apart:
        gap = round(max(apart), EXACT)
        why = Phrase("两位评分人相差 {gap} 分，待第三人评分或商议", gap=f"{gap:g}")
        return replace(found, state=APART, gap=gap, why=why)
    made = [(weight, _middle(s, source.threshold) or (UNKNOWN, 0)) for weight, s in groups]
    whole = sum(weight for weight, _ in made)
    return replace(
        found,
        state=DONE,
        value=sum(weight * value for weight, (value, _) in made) / whole,
        used=sum(used for _, (_, used) in made),
        error=_error(groups),
    )


def _groups(counted: Sequence[Given], source: Source) -> Iterator[tuple[str, list[float]]]:
    """The scores of each group of the scheme; of all where it has none."""
    if not source.groups:
        yield "", [one.score for one in counted]
    for name, _ in source.groups:
        yield name, [one.score for one in counted if one.group == name]


def _middle(scores: Sequence[float], threshold: float) -> tuple[float, int] | None:
    """What scores come to, and how many of them are in it; None where two lie too far apart.

    Of three and more the two closest count; where several pairs are equally close, the median.
    """
    ordered = sorted(scores)
    if round(ordered[-1] - ordered[0], EXACT) <= threshold:
        return fmean(ordered), len(ordered)
    if len(ordered) == 2:
        return None
    gaps = [round(after - before, EXACT) for before, after in pairwise(ordered)]
    first = gaps.index(min(gaps))
    if gaps.count(gaps[first]) > 1:
        return median(ordered), len(ordered)
    return fmean(ordered[first : first + 2]), 2


def _error(groups: Sequence[tuple[float, list[float]]]) -> float:
    """Standard error of a weighted mean of group means. The variance between raters is pooled over
    the groups with two and more; all their scores are in it, also those left out of the result,
    since two chosen for being close say nothing of how far raters differ."""
    free = sum(len(scores) - 1 for _, scores in groups)
    if not free:
        return UNKNOWN
    spread = sum((len(s) - 1) * variance(s) for _, s in groups if len(s) > 1) / free
    whole = sum(weight for weight, _ in groups)
    return sqrt(sum(weight * weight * spread / len(s) for weight, s in groups)) / whole

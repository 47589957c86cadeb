"""Whether a rule can score what its indicator's source gives."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from data.locale.translate import t
from data.models.people import DEGREE_LEVELS
from data.schemes.problems import like
from data.schemes.rule_settings import NEEDS, POSITIVE, SCORES_ONLY, UPWARDS
from data.schemes.scheme import SOURCES

Fault = tuple[str, str]
"""A setting of the rule, and what is wrong with it."""


def rule_faults(indicator: dict[str, Any]) -> Iterator[Fault]:
    """Everything wrong with the rule of an indicator whose fields have the right types."""
    rule, source = indicator.get("rule", {}), indicator.get("source", {})
    kind, higher = rule.get("kind"), indicator.get("higher", True)
    if kind not in NEEDS:
        return
    yield from _settings(rule, kind)
    fitting = SCORES_ONLY.get(kind, tuple(SOURCES))
    if source.get("kind") in SOURCES and source["kind"] not in fitting:
        given = t(SOURCES[source["kind"]])
        yield "kind", t("规则 {kind} 不能用于来源“{source}”", kind=kind, source=given)
    if kind in UPWARDS and not higher:
        yield "kind", t("规则 {kind} 只能用于数值越高越好的指标", kind=kind)
    yield from _ends(rule, higher)
    yield from _bands(rule.get("bands"), higher)
    yield from _parts(rule.get("parts"))


def _settings(rule: dict[str, Any], kind: str) -> Iterator[Fault]:
    for name in NEEDS[kind]:
        if name not in rule:
            yield "kind", t("规则 {kind} 需要 {field}", kind=kind, field=name)
    for name in rule:
        if name not in ("kind", *NEEDS[kind]):
            yield name, t("规则 {kind} 用不上 {field}", kind=kind, field=name)
    for name in POSITIVE.get(kind, ()):
        if rule.get(name, 1) <= 0:
            yield name, t("{field} 应当是：{kind}", field=name, kind=t("大于 0 的数"))
    if not 0 <= rule.get("base", 0) <= 100:
        yield "base", t("{field} 应当是：{kind}", field="base", kind=t("0 到 100 的数"))


def _ends(rule: dict[str, Any], higher: bool) -> Iterator[Fault]:
    if "worst" not in rule or "best" not in rule:
        return
    if rule["worst"] == rule["best"]:
        yield "worst", t("最差和最好相同，分不出高低")
    elif (rule["best"] > rule["worst"]) != higher:
        yield "worst", t("最差、最好的大小与 higher 矛盾")


def _bands(bands: list[list[float]] | None, higher: bool) -> Iterator[Fault]:
    if bands == []:
        yield "bands", t("分档一档也没有")
    if any(not 0 <= points <= 100 for _, points in bands or ()):
        yield "bands", t("各档得分应当在 0 到 100 之间")
    for (start, points), (following, fewer) in pairwise(bands or ()):
        ordered = start > following if higher else start < following
        if not ordered or points < fewer:
            yield "bands", t("各档应当从最好的一档写起，起点和得分依次变差")
            return


def _parts(parts: dict[str, float] | None) -> Iterator[Fault]:
    if parts == {}:
        yield "parts", t("没有写培养层次")
    for name, target in (parts or {}).items():
        if name not in DEGREE_LEVELS:
            near = like(name, DEGREE_LEVELS)
            yield "parts", t("没有这个培养层次：{value}{near}", value=name, near=near)
        if target <= 0:
            yield "parts", t("{field} 应当是：{kind}", field=name, kind=t("大于 0 的数"))

"""Whether an indicator's source says what its kind needs, and its evidence what ledgers hold."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Enum

from data.locale.translate import t
from data.models.activity import Activity
from data.models.contract import Contract
from data.models.evaluation import Award, Publication
from data.models.forces import Visit
from data.models.service import Space
from data.schemes.problems import like
from data.schemes.rule_checks import Fault
from data.schemes.scheme import AWARDS, METRIC, PUBLICATIONS, RATING, SATISFACTION

LEDGERS: dict[str, type[Contract]] = {
    "activity": Activity,
    "publication": Publication,
    "award": Award,
    "visit": Visit,
    "space": Space,
}
"""Ledgers whose records can bear on an indicator."""
FREE = {"publication": ("channel",), "award": ("name",)}
"""Columns of free text that can choose records; all others hold one of the policy's own terms."""
NEEDED = {
    METRIC: ("key",),
    RATING: ("key", "rubric"),
    AWARDS: ("levels",),
    PUBLICATIONS: (),
    SATISFACTION: ("levels",),
}
USEFUL = {**dict.fromkeys(NEEDED, ()), RATING: ("raters", "threshold", "groups")}
LEVELS = {AWARDS: tuple(Award.level.type.enums), SATISFACTION: ("1", "2", "3", "4", "5")}
"""Whose points the source names: levels of award, answers from 1 to 5."""


def source_faults(source: dict[str, Any], metrics: Collection[str]) -> Iterator[Fault]:
    """Everything wrong with a source whose fields have the right types: a setting and a reason."""
    kind = source.get("kind")
    if kind not in NEEDED:
        return
    for name in NEEDED[kind]:
        if name not in source:
            yield "kind", t("来源 {kind} 需要 {field}", kind=kind, field=name)
    for name in source:
        if name not in ("kind", *NEEDED[kind], *USEFUL[kind]):
            yield name, t("来源 {kind} 用不上 {field}", kind=kind, field=name)
    key = source.get("key")
    if kind == METRIC and key and key not in metrics:
        near = like(key, metrics)
        yield "key", t("没有可用于评价的指标：{value}{near}", value=key, near=near)
    yield from _points(source)
    yield from _levels(source, kind)


def _points(source: dict[str, Any]) -> Iterator[Fault]:
    rubric, groups = source.get("rubric"), source.get("groups", {})
    if rubric is not None and not rubric:
        yield "rubric", t("评分细则是空的")
    if any(not 0 <= points <= 100 for points in (rubric or {}).values()):
        yield "rubric", t("评分细则的分应当在 0 到 100 之间")
    if any(weight <= 0 for weight in groups.values()):
        yield "groups", t("各组评分人的权重应当大于 0")


def _levels(source: dict[str, Any], kind: str) -> Iterator[Fault]:
    known, levels = LEVELS.get(kind, ()), source.get("levels")
    if not known or levels is None:
        return
    for name in levels:
        if name not in known:
            told = "、".join(known)
            yield (
                "levels",
                t("{field} 只能是 {known}，没有：{value}", field="levels", known=told, value=name),
            )
    if any(points < 0 for points in levels.values()):
        yield "levels", t("各级的分不能小于 0")
    if kind == SATISFACTION and any(points > 100 for points in levels.values()):
        yield "levels", t("满意度的分应当在 0 到 100 之间")
    missing = [name for name in known if name not in levels]
    if kind == SATISFACTION and missing:
        yield "levels", t("{field} 缺少：{value}", field="levels", value="、".join(missing))
    if kind == AWARDS and not levels:
        yield "levels", t("{field} 缺少：{value}", field="levels", value="、".join(known))


def evidence_faults(told: dict[str, Any]) -> Iterator[Fault]:
    """Everything wrong with a rule for evidence: a column and a reason."""
    ledger = told.get("ledger")
    if ledger not in LEDGERS:
        known = "、".join(LEDGERS)
        yield (
            "ledger",
            t(
                "{field} 只能是 {known}，没有：{value}",
                field="ledger",
                known=known,
                value=ledger or "",
            ),
        )
        return
    columns = _columns(ledger)
    for name, values in told.items():
        if name == "ledger":
            continue
        if name not in columns:
            yield name, t("没有 {field} 这个字段{near}", field=name, near=like(name, columns))
        elif not _are_texts(values):
            yield name, t("{field} 应当是：{kind}", field=name, kind=t("若干段文字"))
        elif unknown := [v for v in values if columns[name] and v not in columns[name]]:
            yield (
                name,
                t(
                    "{field} 只能是 {known}，没有：{value}",
                    field=name,
                    known="、".join(columns[name]),
                    value="、".join(unknown),
                ),
            )


def _columns(ledger: str) -> dict[str, tuple[str, ...]]:
    """The columns that can choose records of a ledger, with their terms: none of free text."""
    terms = {
        column.name: tuple(column.type.enums)
        for column in LEDGERS[ledger].__table__.columns
        if isinstance(column.type, Enum)
    }
    return terms | dict.fromkeys(FREE.get(ledger, ()), ())


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(v, str) for v in values)

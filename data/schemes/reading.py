"""Reads a scheme from its TOML file, or says everything that is wrong with it."""

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Any

from data.locale.translate import t
from data.schemes.checking import check
from data.schemes.inheriting import inherited
from data.schemes.lines import lines_of
from data.schemes.problems import Problems
from data.schemes.scheme import (
    ARITHMETIC,
    Dimension,
    EvidenceRule,
    Indicator,
    Pairs,
    Rule,
    Scheme,
    Source,
    SubDimension,
    Veto,
)
from data.schemes.shapes import SCHEME, shaped

SYNTAX = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


def read_scheme(
    text: str,
    file_name: str,
    metrics: Collection[str],
    clauses: Collection[str] | None = None,
    others: Mapping[str, str] | None = None,
) -> Scheme:
    """The scheme a TOML file holds; InvalidScheme with every problem, its line and the reason.

    `metrics` are the keys of the metrics there are; `clauses` the policy's clauses, None where they
    are not to be checked; `others` the texts of the schemes it may build on, by their keys.
    """
    problems = Problems(file_name, lines_of(text))
    tree = inherited(_parsed(text, problems), others or {}, problems)
    told: dict[str, Any] = {}
    if tree is not None:
        told = shaped(tree, SCHEME, (), problems)
        if told.get("key", stem := PurePath(file_name).stem) != stem:
            problems.say(("key",), t("key 应当与文件名相同：{value}", value=stem))
        check(told, problems, metrics, clauses)
    problems.refuse()
    return _scheme(told)


def _parsed(text: str, problems: Problems) -> dict[str, Any]:
    """The tables of a file; a file that is no TOML is refused at once, with the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = SYNTAX.search(str(fault))
        last = max(len(text.splitlines()), 1)
        line = int(found.group(1)) if found and found.group(1) else last
        problems.lines = {(): line}
        reason = SYNTAX.sub("", str(fault)).strip()
        problems.say((), t("不是正确的 TOML：{reason}", reason=reason))
        problems.refuse()
        raise


def _scheme(told: dict[str, Any]) -> Scheme:
    return Scheme(
        **{name: value for name, value in told.items() if name not in ("dimension", "veto")},
        dimensions=tuple(_dimension(one) for one in told["dimension"]),
        vetoes=tuple(Veto(**{"over": "", **one}) for one in told.get("veto", ())),
    )


def _dimension(told: dict[str, Any]) -> Dimension:
    parts = tuple(_part(one) for one in told["part"])
    how = told.get("aggregation", ARITHMETIC)
    return Dimension(told["key"], told["name"], told["weight"], parts, how)


def _part(told: dict[str, Any]) -> SubDimension:
    held = tuple(_indicator(one) for one in told["indicator"])
    how = told.get("aggregation", ARITHMETIC)
    return SubDimension(told["key"], told["name"], told["weight"], held, how)


def _indicator(told: dict[str, Any]) -> Indicator:
    plain = {k: v for k, v in told.items() if k not in ("source", "rule", "evidence")}
    return Indicator(
        **plain,
        source=_source(told["source"]),
        rule=_rule(told["rule"]),
        evidence=tuple(_evidence(one) for one in told.get("evidence", ())),
    )


def _source(told: dict[str, Any]) -> Source:
    tables: dict[str, Any] = {k: _pairs(told.get(k, {})) for k in ("rubric", "groups", "levels")}
    plain: dict[str, Any] = {k: v for k, v in told.items() if k not in tables}
    return Source(**plain, **tables)


def _rule(told: dict[str, Any]) -> Rule:
    plain = {k: v for k, v in told.items() if k not in ("bands", "parts")}
    bands = tuple((float(start), float(points)) for start, points in told.get("bands", ()))
    return Rule(**plain, bands=bands, parts=_pairs(told.get("parts", {})))


def _evidence(told: dict[str, Any]) -> EvidenceRule:
    where = tuple((k, tuple(v)) for k, v in told.items() if k != "ledger")
    return EvidenceRule(told["ledger"], where)


def _pairs(told: dict[str, float]) -> Pairs:
    return tuple((name, float(points)) for name, points in told.items())

"""Reads a scheme from its TOML file."""

import tomllib
from typing import Any

from data.schemes.scheme import (
    ARITHMETIC,
    EXCLUDE,
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


def read_scheme(text: str) -> Scheme:
    """The scheme a TOML file holds."""
    told = tomllib.loads(text)
    return Scheme(
        **{name: value for name, value in told.items() if name not in ("dimension", "veto")},
        dimensions=tuple(_dimension(one) for one in told["dimension"]),
        vetoes=tuple(Veto(**one) for one in told.get("veto", ())),
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
    plain.setdefault("missing", EXCLUDE)
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

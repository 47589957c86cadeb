"""What must hold across a scheme: keys, weights that add up, sources, rules, vetoes."""

from collections.abc import Collection, Iterator
from typing import Any

from data.locale.translate import t
from data.schemes.lines import Path
from data.schemes.problems import Problems, like
from data.schemes.rule_checks import rule_faults
from data.schemes.source_checks import evidence_faults, source_faults

EXACT = 6
"""Weights add up where they agree to so many decimals."""
TAKEN = frozenset(
    {"unit_id", "unit", "peer_group", "size", "opened", "total", "rank", "of", "veto"}
)
"""What results call their other columns, beside one for each dimension."""
Tree = dict[str, Any]


def check(
    tree: Tree, problems: Problems, metrics: Collection[str], clauses: Collection[str] | None
) -> None:
    """Say everything wrong with a scheme whose fields have the right types. `clauses` are the
    policy's clauses, None where they are not known here."""
    levels = list(_levels(tree))
    indicators = [(path, one) for path, one in levels if len(path) == 6]
    _keys(levels, problems)
    _weights(tree, levels, problems)
    for path, one in indicators:
        _indicator(path, one, problems, metrics)
        _clause(path, one, problems, clauses)
    _vetoes(tree, {str(one.get("key")) for _, one in indicators}, problems)


def _levels(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    """Every dimension, part and indicator with its path, from the top."""
    for d, dimension in enumerate(tree.get("dimension", [])):
        yield ("dimension", d), dimension
        for p, part in enumerate(dimension.get("part", [])):
            yield ("dimension", d, "part", p), part
            for n, one in enumerate(part.get("indicator", [])):
                yield ("dimension", d, "part", p, "indicator", n), one


def _keys(levels: list[tuple[Path, Tree]], problems: Problems) -> None:
    """A key names one thing among its like; no dimension is called what results are."""
    seen: set[tuple[int, str]] = set()
    for path, one in levels:
        named = (len(path), one.get("key", ""))
        if named in seen and named[1]:
            problems.say((*path, "key"), t("键名 {value} 用了不止一次", value=named[1]))
        if len(path) == 2 and named[1] in TAKEN:
            problems.say((*path, "key"), t("一级指标不能叫 {value}", value=named[1]))
        seen.add(named)


def _weights(tree: Tree, levels: list[tuple[Path, Tree]], problems: Problems) -> None:
    """Indicators add up to their part, parts to their dimension, dimensions to a hundred."""
    _sum((), 100, tree.get("dimension"), problems)
    for path, one in levels:
        below = one.get({2: "part", 4: "indicator"}.get(len(path), ""))
        _sum((*path, "weight"), one.get("weight"), below, problems)


def _sum(path: Path, whole: float | None, below: list[Tree] | None, problems: Problems) -> None:
    weights = [one["weight"] for one in below or () if "weight" in one]
    if whole is None or not weights or len(weights) < len(below or ()):
        return
    added = sum(weights)
    if round(added - whole, EXACT):
        reason = t("下级权重合计 {added}，应为 {whole}", added=f"{added:g}", whole=f"{whole:g}")
        problems.say(path or ("dimension", 0), reason)


def _indicator(path: Path, one: Tree, problems: Problems, metrics: Collection[str]) -> None:
    for name, reason in source_faults(one.get("source", {}), metrics):
        problems.say((*path, "source", name), reason)
    for name, reason in rule_faults(one):
        problems.say((*path, "rule", name), reason)
    for number, told in enumerate(one.get("evidence", [])):
        for name, reason in evidence_faults(told):
            problems.say((*path, "evidence", number, name), reason)
    if one.get("floor", 0) >= one.get("cap", 100):
        problems.say((*path, "floor"), t("最低分应当小于最高分"))


def _clause(path: Path, one: Tree, problems: Problems, clauses: Collection[str] | None) -> None:
    clause = one.get("clause")
    if clauses is not None and clause and clause not in clauses:
        near = like(clause, clauses)
        reason = t("没有这条政策条款：{value}{near}", value=clause, near=near)
        problems.say((*path, "clause"), reason)


def _vetoes(tree: Tree, indicators: Collection[str], problems: Problems) -> None:
    dimensions = [str(one.get("key")) for one in tree.get("dimension", [])]
    for number, veto in enumerate(tree.get("veto", [])):
        path: Path = ("veto", number)
        named, over = veto.get("indicator"), veto.get("over")
        if named and named not in indicators:
            near = like(named, indicators)
            reason = t("本方案没有这个指标：{value}{near}", value=named, near=near)
            problems.say((*path, "indicator"), reason)
        if over and over not in dimensions:
            near = like(over, dimensions)
            reason = t("本方案没有这个一级指标：{value}{near}", value=over, near=near)
            problems.say((*path, "over"), reason)

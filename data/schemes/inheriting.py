"""A scheme built on another: the other's tree, with some indicators changed.

base = "building_year"

[[change]]
key = "floor_leader"
weight = 2
"""

import copy
import tomllib
from collections.abc import Mapping
from typing import Any

from data.locale.translate import t
from data.schemes.lines import Path
from data.schemes.problems import Problems, like

CHANGES = ("weight", "rule", "missing", "cap", "floor")
"""What of an indicator a scheme that builds on another may change."""
Tree = dict[str, Any]


def inherited(told: Tree, others: Mapping[str, str], problems: Problems) -> Tree | None:
    """A scheme with all it takes over from the schemes it builds on, None where they cannot be had;
    `others` are the texts of all there are. Weights of parts and dimensions follow their
    indicators'."""
    made, seen = told, [str(told.get("key", ""))]
    chain = [told]
    while "base" in made:
        base = str(made["base"])
        if base in seen:
            problems.say(("base",), t("方案互相引用成圈：{chain}", chain=" → ".join([*seen, base])))
            return None
        if base not in others:
            near = like(base, others)
            problems.say(("base",), t("没有可以引用的方案：{value}{near}", value=base, near=near))
            return None
        try:
            made = tomllib.loads(others[base])
        except tomllib.TOMLDecodeError:
            problems.say(("base",), t("引用的方案 {value} 读不懂，先改好它", value=base))
            return None
        seen.append(base)
        chain.append(made)
    return _built(chain, problems)


def _built(chain: list[Tree], problems: Problems) -> Tree:
    """The last of the chain, changed by each of those before it."""
    tree = copy.deepcopy(chain[-1])
    for number, told in reversed(list(enumerate(chain[:-1]))):
        own = number == 0
        if own and "dimension" in told:
            reason = t("引用别的方案时不能再写 dimension，用 [[change]] 改")
            problems.say(("dimension", 0), reason)
        if own:
            problems.elsewhere[("dimension",)] = ("base",)
            problems.elsewhere[("veto",)] = ("veto",) if "veto" in told else ("base",)
        tree |= {k: v for k, v in told.items() if k not in ("base", "change", "dimension")}
        _change(tree, told, problems if own else None)
    return tree


def _change(tree: Tree, told: Tree, problems: Problems | None) -> None:
    """Carry out one file's changes; faults in them are told only where that file is being read."""
    places = dict(_indicators(tree))
    changes = told.get("change", [])
    for number, change in enumerate(changes if isinstance(changes, list) else [changes]):
        path: Path = ("change", number)
        wrong = _wrong(change, set(places.values()))
        if wrong and problems:
            problems.say(path, wrong)
        if wrong:
            continue
        place = next(place for place, key in places.items() if key == change["key"])
        _at(tree, place).update({k: v for k, v in change.items() if k != "key"})
        if problems:
            problems.elsewhere[place] = path
    _follow(tree)


def _wrong(change: Any, known: set[str]) -> str:
    """Why a change cannot be carried out; "" where it can."""
    if not isinstance(change, dict) or not isinstance(change.get("key"), str):
        return t("缺少 {field}", field="key")
    if change["key"] not in known:
        near = like(change["key"], known)
        return t("引用的方案没有这个指标：{value}{near}", value=change["key"], near=near)
    extra = [name for name in change if name not in ("key", *CHANGES)]
    if extra:
        return t(
            "[[change]] 只能改 {known}，不能改 {value}",
            known="、".join(CHANGES),
            value="、".join(extra),
        )
    return ""


def _indicators(tree: Tree) -> list[tuple[Path, str]]:
    """The path and key of every indicator that has one."""
    return [
        (("dimension", d, "part", p, "indicator", n), one["key"])
        for d, dimension in enumerate(_tables(tree, "dimension"))
        for p, part in enumerate(_tables(dimension, "part"))
        for n, one in enumerate(_tables(part, "indicator"))
        if isinstance(one.get("key"), str)
    ]


def _at(tree: Tree, place: Path) -> Tree:
    found: Any = tree
    for step in place:
        found = found[step]
    return found


def _follow(tree: Tree) -> None:
    """Give parts and dimensions the sum of what they hold."""
    for dimension in _tables(tree, "dimension"):
        for part in _tables(dimension, "part"):
            _sum(part, _tables(part, "indicator"))
        _sum(dimension, _tables(dimension, "part"))


def _sum(above: Tree, below: list[Tree]) -> None:
    weights = [one.get("weight") for one in below]
    if all(isinstance(weight, int | float) for weight in weights):
        above["weight"] = sum(weights)


def _tables(tree: Tree, name: str) -> list[Tree]:
    held = tree.get(name)
    whole = isinstance(held, list) and all(isinstance(one, dict) for one in held)
    return held if whole and held else []

"""Schemes small enough to score by hand."""

from dataclasses import replace
from typing import Any

from data.schemes.scheme import (
    BUILDING,
    EXCLUDE,
    METRIC,
    TERM,
    Dimension,
    Indicator,
    Rule,
    Scheme,
    Source,
    SubDimension,
)

POINTS = Rule("points")


def indicator(key: str, weight: float = 1, rule: Rule = POINTS, **settings: Any) -> Indicator:
    """An indicator that scores by a rule; `settings` are others of its fields."""
    plain = Indicator(key, key, weight, Source(METRIC, key), rule, EXCLUDE, "", "党建引领", "")
    return replace(plain, **settings)


def part(key: str, *held: Indicator, how: str = "arithmetic") -> SubDimension:
    """A part that weighs what its indicators weigh."""
    return SubDimension(key, key, sum(one.weight for one in held), held, how)


def dimension(key: str, *parts: SubDimension, how: str = "arithmetic") -> Dimension:
    """A dimension that weighs what its parts weigh."""
    return Dimension(key, key, sum(one.weight for one in parts), parts, how)


def scheme(*dimensions: Dimension, **settings: Any) -> Scheme:
    """A scheme of these dimensions."""
    plain = Scheme("hand", "1", "hand", BUILDING, TERM, "", dimensions)
    return replace(plain, **settings)


def flat(*held: Indicator, how: str = "arithmetic") -> Scheme:
    """A scheme of one dimension with one part."""
    return scheme(dimension("all", part("all", *held, how=how)))

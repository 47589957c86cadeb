"""What an address may try of an evaluation: other points, and how far weights are varied."""

from math import isfinite

import numpy as np

from data.errors import InvalidFilter
from data.locale.translate import t
from data.schemes.scheme import Scheme
from queries.filters import Filters
from queries.scoring_rules import FULL, Values

USUAL = "medium"
SPREADS = {"none": 0.0, "small": 1.0, USUAL: 2.0, "large": 4.0}
"""The standard deviation, in points, of a weight of ten points."""
SPREAD_NAMES = {"none": "权重不动", "small": "小", USUAL: "中", "large": "大"}


def chosen_spread(filters: Filters) -> str:
    """The key of the chosen spread of the weights; InvalidFilter where there is none such."""
    spread = filters.spread or USUAL
    if spread not in SPREADS:
        known = "、".join(SPREADS)
        raise InvalidFilter(t("权重变动幅度只有 {known}，没有：{value}", known=known, value=spread))
    return spread


def tried_points(scheme: Scheme, asked: str) -> dict[str, float]:
    """Points of each dimension, together 100, from `dimension:points,…`; what is not named keeps
    its own. InvalidFilter says what cannot be."""
    points = {dimension.key: dimension.weight for dimension in scheme.dimensions}
    for part in filter(None, asked.split(",")):
        key, _, number = part.partition(":")
        if key not in points:
            known = "、".join(points)
            raise InvalidFilter(
                t("试算里没有这个一级指标：{value}；可以是 {known}", value=key, known=known)
            )
        points[key] = _number(part, number)
    whole = sum(points.values())
    if whole <= 0:
        raise InvalidFilter(t("试算的分值全是零，至少有一项要大于零。"))
    return {key: FULL * value / whole for key, value in points.items()}


def weights_of(scheme: Scheme, points: dict[str, float]) -> Values:
    """The weight of each indicator: those of a dimension keep their proportions; of one that had
    none they are alike."""
    made: list[float] = []
    for dimension in scheme.dimensions:
        own = np.array([one.weight for part in dimension.parts for one in part.indicators], float)
        own = own if own.sum() > 0 else np.ones(len(own))
        made += list(own / own.sum() * points[dimension.key])
    return np.array(made)


def _number(part: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or not 0 <= value <= FULL:
        raise InvalidFilter(t("试算的分值应当是 0 到 100 的数，现在是：{value}", value=part))
    return value

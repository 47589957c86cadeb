"""Schemes small enough to work out by hand, and values for them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from data.schemes.scheme import (
    ARITHMETIC,
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
    Veto,
)
from queries.rank_draws import Known

FULL_AT_ONE = Rule("target", target=1.0)


def indicator(key: str, weight: float, rule: Rule = FULL_AT_ONE, **more: Any) -> Indicator:
    """A metric of the same key, with its rate as the score."""
    more.setdefault("source", Source(METRIC, key))
    more.setdefault("missing", EXCLUDE)
    return Indicator(key, key, weight, rule=rule, clause="", heading="", standard="", **more)


def scheme(
    indicators: Sequence[Indicator],
    *,
    sizes: Sequence[int] = (),
    how: Sequence[str] = (ARITHMETIC, ARITHMETIC, ARITHMETIC),
    vetoes: tuple[Veto, ...] = (),
    quota: float = 0.5,
) -> Scheme:
    """Indicators in parts of these sizes (one each where none are given), a dimension for every two
    parts; `how` parts, dimensions and the whole are added up."""
    rest, parts = list(indicators), []
    for n, size in enumerate(sizes or [1] * len(indicators)):
        own, rest = tuple(rest[:size]), rest[size:]
        parts.append(SubDimension(f"p{n}", f"p{n}", sum(i.weight for i in own), own, how[0]))
    step = 2 if sizes else 1
    dimensions = tuple(
        Dimension(
            f"d{n}",
            f"d{n}",
            sum(part.weight for part in parts[n : n + step]),
            tuple(parts[n : n + step]),
            how[1],
        )
        for n in range(0, len(parts), step)
    )
    return Scheme(
        "building_year", "t.1", "试验方案", BUILDING, TERM, "", dimensions, how[2], vetoes, quota
    )


def counted(part: npt.ArrayLike, whole: npt.ArrayLike, groups: Sequence[str] = ()) -> Known:
    """Rates of units u00, u01 …, of one peer group where none are given."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    units = [f"u{n:02}" for n in range(len(part))]
    return Known(units, groups or ["g"] * len(part), part / whole, part, whole, part * np.nan)


def certain(values: npt.ArrayLike, groups: Sequence[str] = ()) -> Known:
    """Values without any error."""
    values = np.asarray(values, float)
    units, none = [f"u{n:02}" for n in range(len(values))], values * np.nan
    return Known(units, groups or ["g"] * len(values), values, none, none, none)

"""What chance alone does to points: all units truly equal, each with its own number of cases.

A rule that looks at the others turns the smallest difference into places and points; a rule that
looks at a target leaves it as small as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.schemes.scheme import Indicator, Rule
from queries.evaluation import evaluate
from queries.filters import Filters
from queries.rank_draws import AS_COUNTED, BY_ROOM, DESIGN, Known, generator
from queries.ranking import may_see
from queries.scoring_rules import FULL, KINDS, RELATIVE, Values, scored
from queries.stability import known_of, seed_of

DRAWS = 4000
LOW, HIGH = 0.05, 0.95
COMPLETION = Rule("target", target=1.0)
"""Beside which every rule is held: points in proportion to the rate itself."""
BASE = 88.0
"""22 of 25 points at the line, as in the published rule of this family."""
RELATIVE_RULE, VOLUME, NOT_USED = "relative", "volume", "not_used"
PER_ITEM = "per_item"
NO_COUNTS, NO_CHANCE = "no_counts", "no_chance"
COLUMNS = ["indicator", "name", "weight", "rule", "rule_name", "use", "why", "units", "fewest"]
COLUMNS += ["most", "rate", "sd", "low", "high", "steady_sd", "steady_low", "steady_high"]
Score = Callable[[Values], Values]


@dataclass(frozen=True)
class Spread:
    """Points by chance alone: standard deviation and the middle 90 % of them."""

    sd: float
    low: float
    high: float


def rule_chance(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per indicator whose rule needs a caution, in the order of the scheme: COLUMNS. `use`
    is relative (the rule looks at the others), volume (it counts occasions), or not_used: where no
    rule of the scheme is relative, what each of them would do to its heaviest rate. `sd`, `low` and
    `high` are points by chance alone, the `steady_` ones under completion; NaN with `why` where
    there is nothing to draw from. Rules are the same for whoever sees the evaluation."""
    if not may_see(viewer):
        return pd.DataFrame([], columns=COLUMNS)
    evaluation = evaluate(conn, filters)
    known, seed = known_of(evaluation), seed_of(evaluation)
    keys = [one.key for one in evaluation.scheme.indicators]
    rows = [
        _row(known, keys.index(indicator.key), indicator, use, seed)
        for use, indicator in _cautioned(evaluation.scheme.indicators, known)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def simulated(
    score: Score, whole: Values, groups: Sequence[str], rate: float, rng: np.random.Generator
) -> Values:
    """Points (DRAWS, units) of units that all have the same true rate: `score` is given the rates
    of one peer group at a time."""
    number = np.maximum(np.rint(whole), 1).astype(int)
    values = rng.binomial(number, rate, (DRAWS, len(number))) / number
    made = np.empty(values.shape)
    names = np.asarray(groups, dtype=object)
    for name in sorted(set(groups)):
        made[:, names == name] = score(values[:, names == name])
    return made


def spread_of(points: Values) -> Spread:
    """How far points lie apart."""
    low, high = np.quantile(points, [LOW, HIGH])
    return Spread(float(points.std()), float(low), float(high))


def _cautioned(indicators: Sequence[Indicator], known: Known) -> Iterator[tuple[str, Indicator]]:
    """What needs a caution; where nothing is relative, the heaviest rate under each such rule."""
    for one in indicators:
        if one.rule.kind in RELATIVE:
            yield RELATIVE_RULE, one
        elif one.rule.kind == PER_ITEM:
            yield VOLUME, one
    if any(one.rule.kind in RELATIVE for one in indicators):
        return
    drawable = [one for n, one in enumerate(indicators) if not _why_not(known, n, one)]
    if drawable:
        heaviest = max(drawable, key=lambda one: one.weight)
        for kind in sorted(RELATIVE):
            yield NOT_USED, replace(heaviest, rule=Rule(kind, base=BASE), floor=0.0, cap=FULL)


def _why_not(known: Known, n: int, indicator: Indicator) -> str:
    """Why nothing can be drawn of an indicator; "" where it can."""
    if indicator.source.key in AS_COUNTED:
        return NO_CHANCE
    held = (known.whole[:, n] > 0) & (known.part[:, n] <= known.whole[:, n])
    return "" if held.sum() > 1 else NO_COUNTS


def _row(known: Known, n: int, indicator: Indicator, use: str, seed: str) -> dict[str, Any]:
    why = NO_COUNTS if use == VOLUME else _why_not(known, n, indicator)
    row: dict[str, Any] = {
        "indicator": indicator.key,
        "name": indicator.name,
        "weight": indicator.weight,
        "rule": indicator.rule.kind,
        "rule_name": KINDS[indicator.rule.kind].name,
        "use": use,
        "why": why,
    }
    return row if why else row | _drawn(known, n, indicator, seed)


def _drawn(known: Known, n: int, indicator: Indicator, seed: str) -> dict[str, Any]:
    """Both spreads from the same draws, in points of the scheme."""
    held = (known.whole[:, n] > 0) & (known.part[:, n] <= known.whole[:, n])
    part, whole = known.part[held, n], known.whole[held, n]
    rate = float(part.sum() / whole.sum())
    groups = [name for name, kept in zip(known.groups, held, strict=True) if kept]
    number = whole / DESIGN if indicator.source.key in BY_ROOM else whole
    ruled = replace(indicator, rule=_at_the_line(indicator.rule, rate))
    steady = replace(indicator, rule=COMPLETION, floor=0.0, cap=FULL)
    own, other = (
        spread_of(
            simulated(
                lambda values, one=one: one.weight / FULL * scored(one, values),  # type: ignore[misc]
                number,
                groups,
                rate,
                generator(seed, "chance", indicator.key),
            )
        )
        for one in (ruled, steady)
    )
    return {
        "units": len(whole),
        "fewest": whole.min(),
        "most": whole.max(),
        "rate": rate,
        **{"sd": own.sd, "low": own.low, "high": own.high},
        **{"steady_sd": other.sd, "steady_low": other.low, "steady_high": other.high},
    }


def _at_the_line(rule: Rule, rate: float) -> Rule:
    """A rule with a line of its own keeps it; one that is only imagined has it at the mean."""
    return rule if rule.kind != "line_best" or rule.line is not None else replace(rule, line=rate)

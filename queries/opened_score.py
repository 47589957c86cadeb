"""A unit's score opened: every indicator with its rule, its raw value and the points it gave."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.errors import InvalidFilter, NotAllowed
from data.locale.translate import t
from queries.contributions import contributions
from queries.evaluated_units import seen_units
from queries.evaluation import Evaluation, evaluate
from queries.evaluation_period import period_text
from queries.filters import Filters
from queries.ranking import may_see

UNIT = ["unit_id", "unit", "peer_group", "total", "rank", "of", "veto", "period"]
LINE = ["dimension", "part", "indicator", "name", "weight", "score", "full", "points", "filled"]
RAW = ["numerator", "denominator", "value", "why", "median", "best"]
COLUMNS = [*UNIT, *LINE, *RAW]


def opened_score(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per indicator of the chosen unit, in the order of the scheme: COLUMNS.

    `full` and `points` are points of the total's 100 it could give and gave, after the weight of
    indicators without a score went to the others (NaN for those); vetoes are carried out after it.
    `score`, and the peers' `median` and `best`, are of 100; `filled` marks a score given for a
    missing value. InvalidFilter for a unit the evaluation does not know, NotAllowed for one the
    viewer may not see.
    """
    if not may_see(viewer) or not filters.unit:
        return pd.DataFrame([], columns=COLUMNS)
    now = evaluate(conn, filters)
    number = unit_number(conn, now, filters, viewer)
    scores = now.scored.scores
    full, points = contributions(now.scheme, scores, now.scored.before)
    peers = scores[now.units["peer_group"] == now.units["peer_group"].iloc[number]]
    raw = now.raw[now.raw["unit_id"] == filters.unit].set_index("indicator")
    head = now.results.iloc[number]
    whole: dict[str, Any] = {name: head[name] for name in UNIT[:-1]}
    whole["period"] = period_text(now.period)
    lines = _lines(now).assign(
        **whole,
        score=scores[number],
        full=full[number],
        points=points[number],
        filled=now.scored.filled[number],
        median=[float(np.median(one)) if len(one) else np.nan for one in _known(peers)],
        best=[float(one.max()) if len(one) else np.nan for one in _known(peers)],
    )
    return lines.join(raw[["numerator", "denominator", "value", "why"]], on="indicator")[COLUMNS]


def unit_number(conn: Connection, now: Evaluation, filters: Filters, viewer: Viewer) -> int:
    """Which row of the evaluation the chosen unit is."""
    found = list(now.units["unit_id"])
    if filters.unit not in found:
        raise InvalidFilter(t("这次评价里没有这个单位：{value}", value=filters.unit))
    seen = seen_units(conn, now.scheme.unit, viewer)
    if seen is not None and filters.unit not in seen:
        raise NotAllowed(t("这个单位的评价不在你的范围内：{value}", value=filters.unit))
    return found.index(filters.unit)


def _lines(now: Evaluation) -> pd.DataFrame:
    rows = [
        (dimension.name, part.name, one.key, one.name, one.weight)
        for dimension in now.scheme.dimensions
        for part in dimension.parts
        for one in part.indicators
    ]
    return pd.DataFrame(rows, columns=["dimension", "part", "indicator", "name", "weight"])


def _known(scores: np.ndarray) -> list[np.ndarray]:
    return [column[np.isfinite(column)] for column in scores.T]

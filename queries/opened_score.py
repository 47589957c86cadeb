"""A unit's score opened: every indicator with its rule, its raw value and the points it gave."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.contributions import contributions
from queries.evaluation import Evaluation, evaluate
from queries.evaluation_period import period_text
from queries.filters import Filters
from queries.ranking import may_see, only_seen

UNIT = ["unit_id", "unit", "peer_group", "total", "rank", "of", "veto", "period"]
LINE = ["dimension", "part", "indicator", "name", "weight", "score", "full", "points", "filled"]
RAW = ["numerator", "denominator", "value", "why", "median", "best"]
COLUMNS = [*UNIT, *LINE, *RAW]


def opened_score(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per indicator of the chosen unit, in the order of the scheme: COLUMNS.

    `full` and `points` are points of the total's 100 it could give and gave, after the weight of
    indicators without a score went to the others (NaN for those); vetoes are carried out after it.
    `score`, and the peers' `median` and `best`, are of 100; `filled` marks a score given for a
    missing value. No row of a unit the evaluation does not know or the viewer may not see.
    """
    none = pd.DataFrame([], columns=COLUMNS)
    if not may_see(viewer) or not filters.unit:
        return none
    now = evaluate(conn, filters)
    if filters.unit not in set(only_seen(conn, now, now.units, viewer)["unit_id"]):
        return none
    number = list(now.units["unit_id"]).index(filters.unit)
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

"""名次区间: how far a rank would move under other weights and another such term."""

from threading import Condition
from typing import Any

import numpy as np
import pandas as pd
from cachetools import LRUCache, cached
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.award_places import cuts_of
from queries.choices import latest_version
from queries.evaluation import Evaluation, evaluate
from queries.evaluation_period import period_text
from queries.filters import Filters
from queries.rank_bands import HIGH, LOW, Bands, rank_bands
from queries.rank_draws import WEIGHT_DRAWS, Known
from queries.ranking import may_see, only_seen
from queries.trial import SPREADS, chosen_spread

KEPT = 32
COLUMNS = ["unit_id", "unit", "peer_group", "rank", "of", "total", "median", "low", "high", "band"]
COLUMNS += ["places", "inside", "near", "veto", "spread", "period", "draws"]


def rank_stability(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per unit with a total that the viewer may see, peer group by peer group, the first
    place first: COLUMNS. `median`, `low` and `high` are of its rank in `draws` draws (a 90 % band),
    `band` the number of its group of units that cannot be told apart, `inside` the share of draws
    in which it is among the `places` to be awarded, `near` whether that is neither sure nor out of
    the question, `spread` a key of SPREADS."""
    if not may_see(viewer):
        return pd.DataFrame([], columns=COLUMNS)
    spread = chosen_spread(filters)
    found = with_bands(conn, evaluate(conn, filters), spread)
    found = found[found["rank"].notna()].assign(spread=spread, draws=WEIGHT_DRAWS)
    found = only_seen(conn, evaluate(conn, filters), found, viewer)
    return found.sort_values(["peer_group", "rank", "unit_id"], ignore_index=True)[COLUMNS]


def with_bands(conn: Connection, evaluation: Evaluation, spread: str) -> pd.DataFrame:
    """The results of every unit with the bands of its rank and the places of its peer group."""
    found = evaluation.results
    bands = _bands(conn, evaluation, spread)
    cuts = cuts_of(evaluation.scheme.quota, found)
    near = (bands.inside > LOW) & (bands.inside < HIGH)
    return found.assign(
        median=bands.median,
        low=bands.low,
        high=bands.high,
        band=bands.band,
        inside=bands.inside,
        near=near,
        places=found["peer_group"].map(cuts).fillna(0).astype(int),
        period=period_text(evaluation.period),
    )


def known_of(evaluation: Evaluation) -> Known:
    """Values and what is known of their error as arrays (units, indicators)."""
    shape = (len(evaluation.scheme.indicators), len(evaluation.units))

    def table(name: str) -> Any:
        if not shape[1]:
            return np.empty(shape[::-1])
        return evaluation.raw[name].to_numpy(float).reshape(shape).T

    return Known(
        list(evaluation.units["unit_id"]),
        evaluation.groups,
        evaluation.values,
        table("numerator"),
        table("denominator"),
        table("error"),
    )


def seed_of(evaluation: Evaluation) -> str:
    """The same scheme and period always draw the same numbers."""
    scheme, period = evaluation.scheme, evaluation.period
    return f"{scheme.key} {scheme.version} {period.kind} {period.key}"


def _key(conn: Connection, evaluation: Evaluation, spread: str) -> Any:
    version = latest_version(conn)
    return str(conn.engine.url), version, evaluation.scheme, evaluation.period, spread


@cached(LRUCache(KEPT), key=_key, condition=Condition())
def _bands(_conn: Connection, evaluation: Evaluation, spread: str) -> Bands:
    """Once for each data version in a process."""
    cuts = cuts_of(evaluation.scheme.quota, evaluation.results)
    return rank_bands(
        evaluation.scheme, known_of(evaluation), cuts, SPREADS[spread], seed_of(evaluation)
    )

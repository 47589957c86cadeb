"""排名: every unit's total and dimensions beside its peers, and what changed since last time."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import COUNSELOR, Viewer
from queries.evaluated_units import seen_units
from queries.evaluation import Evaluation, evaluate, evaluate_before
from queries.evaluation_period import period_text
from queries.filters import Filters

PLACE = ["unit_id", "unit", "peer_group", "size", "opened", "veto", "rank", "of", "total"]
COLUMNS = [*PLACE, "earlier_total", "earlier_rank", "earlier_of", "dimension", "name", "weight"]
COLUMNS += ["score", "indicators", "missing", "period", "earlier_period"]


def ranking(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per unit the viewer may see and dimension, peer group by peer group, the first place
    first: COLUMNS. `total`, `score` and `earlier_total` (the period before, by the same scheme) are
    of 100, NaN where nothing could be scored; `rank` is the place among the `of` scored peers;
    `missing` of its `indicators` had no value."""
    if not may_see(viewer):
        return pd.DataFrame([], columns=COLUMNS)
    now, before = evaluate(conn, filters), evaluate_before(conn, filters)
    found = now.results.merge(_earlier(before), on="unit_id", how="left")
    found = found.assign(
        indicators=len(now.scheme.indicators),
        missing=pd.isna(now.values).sum(axis=1),
        period=period_text(now.period),
        earlier_period=period_text(before.period) if before else "",
    )
    order = ["peer_group", "rank", "unit_id"]
    shown = only_seen(conn, now, found, viewer).sort_values(order, na_position="last")
    return _by_dimension(now, shown)


def may_see(viewer: Viewer) -> bool:
    """Evaluations are of places and colleges: nothing of it is a counselor's."""
    return viewer.role not in ("", COUNSELOR)


def only_seen(
    conn: Connection, evaluation: Evaluation, found: pd.DataFrame, viewer: Viewer
) -> pd.DataFrame:
    """Rows with a `unit_id` that the viewer may see."""
    seen = seen_units(conn, evaluation.scheme.unit, viewer)
    return found if seen is None else found[found["unit_id"].isin(seen)]


def _earlier(before: Evaluation | None) -> pd.DataFrame:
    names = ["total", "rank", "of"]
    columns = ["unit_id", *(f"earlier_{name}" for name in names)]
    if before is None:
        return pd.DataFrame([], columns=columns)
    then = before.results[["unit_id", *names]]
    return then.set_axis(columns, axis=1)


def _by_dimension(now: Evaluation, shown: pd.DataFrame) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for row in shown.to_dict("records"):
        for dimension in now.scheme.dimensions:
            own = {"dimension": dimension.key, "name": dimension.name, "weight": dimension.weight}
            rows.append({**row, **own, "score": row[dimension.key]})
    return pd.DataFrame(rows, columns=COLUMNS)

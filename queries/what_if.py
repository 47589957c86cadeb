"""试算: ranks under other weights of the dimensions. Nothing of it is kept but in the address."""

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.evaluation import evaluate
from queries.filters import Filters
from queries.ranking import may_see, only_seen
from queries.scoring import ranks, score_all
from queries.trial import tried_points, weights_of

COLUMNS = ["unit_id", "unit", "peer_group", "of", "rank", "total", "tried_rank", "tried_total"]
COLUMNS += ["moved", "tried"]


def what_if(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per unit with a total that the viewer may see, whose place moves most first: COLUMNS.
    `moved` is how many places it gains; `tried` whether other weights were chosen at all."""
    if not may_see(viewer):
        return pd.DataFrame([], columns=COLUMNS)
    evaluation = evaluate(conn, filters)
    scheme, found = evaluation.scheme, evaluation.results
    weights = weights_of(scheme, tried_points(scheme, filters.weights))
    totals = score_all(scheme, evaluation.groups, evaluation.values, weights).totals.total
    found = found.assign(tried_total=totals, tried=bool(filters.weights))
    again = found.groupby("peer_group")["tried_total"]
    found["tried_rank"] = again.transform(lambda one: ranks(one.to_numpy(float)))
    found["moved"] = found["rank"] - found["tried_rank"]
    found = found[found["rank"].notna()].assign(far=-found["moved"].abs())
    shown = only_seen(conn, evaluation, found, viewer)
    return shown.sort_values(["far", "peer_group", "rank", "unit_id"], ignore_index=True)[COLUMNS]

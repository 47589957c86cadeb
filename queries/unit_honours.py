"""Awards and publications of the unit whose score is opened, over all terms."""

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.evaluation import evaluate
from queries.filters import Filters
from queries.honours import HISTORY, honour_history
from queries.ranking import may_see, only_seen


def unit_honours(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """As `queries/honours.py` `building_honours`, of the chosen building or college."""
    if not may_see(viewer) or not filters.unit:
        return pd.DataFrame([], columns=HISTORY)
    now = evaluate(conn, filters)
    seen = only_seen(conn, now, now.units, viewer)["unit_id"]
    units = [unit for unit in seen if unit == filters.unit]
    return honour_history(conn, now.scheme.unit, units, now.period.last.as_of)

"""Where student groups came to, and the homes none of them came to: buildings × kinds."""

from collections import Counter

import pandas as pd
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.activity import GROUP_KINDS
from data.models.place import Building, Cluster
from queries.counts import homes, place_names
from queries.filters import Filters
from queries.slice import frame
from queries.student_groups import sessions


def by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building and kind of group, also where none came; buildings that
    fewest kinds came to first: `campus_id, cluster_id, cluster, building_id, building, kinds,
    group_kind, sessions`; `kinds` is how many of the kinds came."""
    stmt = select(*place_names()).join(Cluster, Cluster.id == Building.cluster_id)
    stmt = stmt.where(*homes(filters, viewer))
    every = frame(conn, stmt.order_by(Cluster.campus_id, Cluster.id, Building.id))
    held = Counter((s.building, s.kind) for s in sessions(conn, filters, viewer))
    found = every.merge(pd.DataFrame({"group_kind": GROUP_KINDS}), how="cross")
    pairs = zip(found["building_id"], found["group_kind"], strict=True)
    found = found.assign(sessions=[held[pair] for pair in pairs])
    home = found["building_id"]
    found["kinds"] = (found["sessions"] > 0).groupby(home).transform("sum").astype(int)
    found["sums"] = found["sessions"].groupby(home).transform("sum")
    found = found.sort_values(["kinds", "sums"], kind="stable", ignore_index=True)
    return found.drop(columns="sums")

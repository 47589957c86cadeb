"""All units of a peer group on one measure: which differ by more than chance, and by how much."""

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.compare import Compared, compared
from queries.filters import Filters
from queries.funnel import Z95, Z998, fitted, flags
from queries.intervals import wilson
from queries.shrinkage import shrunken

LEAST = 8
"""A peer group of fewer units tells nothing of chance: then all units of the kind stand in."""
WORDS = {
    -2: "低于 99.8% 控制限",
    -1: "低于 95% 控制限",
    0: "在控制限之内",
    1: "高于 95% 控制限",
    2: "高于 99.8% 控制限",
}
"""Where a unit lies."""
HEAD = ["unit_id", "unit", "peer_group", "metric", "name", "chosen", "pool", "outside"]
FUNNEL = [*HEAD, "numerator", "denominator", "trials", "value", "low95", "high95", "low998"]
FUNNEL += ["high998", "flag", "verdict", "centre", "dispersion", "spread", "count"]
SHRUNKEN = [*HEAD, "numerator", "denominator", "trials", "value", "low", "high"]
SHRUNKEN += ["estimate", "near", "far", "centre", "pull", "count"]


def funnel(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per seen unit with a value on the measure `funnel`: FUNNEL. Limits are worked out
    over all `count` units of `pool` (a peer group, "" for all of the kind); `flag` is −2 to 2."""
    found = compared(conn, filters, viewer)
    rows = _pool(found) if found else pd.DataFrame([])
    if found is None or rows.empty:
        return pd.DataFrame([], columns=FUNNEL)
    centre = float(rows["numerator"].sum() / rows["denominator"].sum())
    made = fitted(centre, rows["value"], rows["trials"])
    for name, z in (("95", Z95), ("998", Z998)):
        rows[f"low{name}"], rows[f"high{name}"] = made.limits(rows["trials"], z)
    rows["flag"] = flags(made, rows["value"], rows["trials"])
    rows["verdict"] = rows["flag"].map(WORDS)
    rows = rows.assign(centre=centre, dispersion=made.dispersion, spread=made.spread)
    return _shown(found, rows.assign(count=made.units))[FUNNEL]


def caterpillar(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per seen unit with a value on the measure `funnel`, in natural order: SHRUNKEN. `low,
    high` are the 95 % interval of the share itself; `estimate` is the share drawn in toward the
    `centre` of the `count` units of `pool` with `pull` cases of it, `near, far` its 95 % interval.
    They are NaN of under four units."""
    found = compared(conn, filters, viewer)
    rows = _pool(found) if found else pd.DataFrame([])
    if found is None or rows.empty:
        return pd.DataFrame([], columns=SHRUNKEN)
    drawn = shrunken(rows["value"] * rows["trials"], rows["trials"])
    ends = [wilson(r.value * r.trials, r.trials) or (0.0, 1.0) for r in rows.itertuples()]
    rows["low"], rows["high"] = [end[0] for end in ends], [end[1] for end in ends]
    none = float("nan")
    made = rows.assign(
        estimate=drawn.estimate if drawn else none,
        near=drawn.low if drawn else none,
        far=drawn.high if drawn else none,
        centre=drawn.centre if drawn else none,
        pull=drawn.pull if drawn else none,
        count=len(rows),
    )
    return _shown(found, made)[SHRUNKEN]


def _pool(found: Compared) -> pd.DataFrame:
    """The units that are judged together: the peer group of the first chosen one, or all."""
    rows = found.of(found.choice.funnel)
    groups = found.choice.units.set_index("unit_id")["peer_group"]
    group = str(groups[found.choice.chosen[0]])
    peers = rows[rows["peer_group"] == group]
    pooled, name = (peers, group) if len(peers) >= LEAST else (rows, "")
    return pooled.assign(pool=name, name=found.choice.funnel.name).reset_index(drop=True)


def _shown(found: Compared, rows: pd.DataFrame) -> pd.DataFrame:
    """Only what the viewer may see, with whether it is chosen, and in `outside` the names of the
    chosen ones that are not judged here."""
    names = found.choice.units.set_index("unit_id")["unit"]
    absent = [names[one] for one in found.choice.chosen if one not in set(rows["unit_id"])]
    seen = rows[rows["unit_id"].isin(set(found.choice.visible["unit_id"]))]
    picked = seen["unit_id"].isin(found.choice.chosen).astype(int)
    return seen.assign(chosen=picked, outside="、".join(absent)).reset_index(drop=True)

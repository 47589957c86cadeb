"""How many of a peer group may be awarded, and whom the ranks would propose. Pure."""

from math import floor

import pandas as pd

from queries.scoring import EXACT

TINY = 1e-9
PROPOSED, TIED, NEAR, OUT = "proposed", "tied", "near", "out"
VETOED, UNSCORED = "vetoed", "unscored"
STATES = {
    PROPOSED: "拟推荐",
    TIED: "与名额线并列，待定",
    NEAR: "未列入，但差距在不确定范围内",
    OUT: "未列入",
    VETOED: "一票否决，不推荐",
    UNSCORED: "没有总分",
}


def places(count: int, quota: float) -> int:
    """The share of so many units, rounded down: a rule says 不超过. A group of fewer than
    1 ÷ quota has no place of its own."""
    return floor(quota * count + TINY)


def cuts_of(quota: float, results: pd.DataFrame) -> dict[str, int]:
    """The places of each peer group, counted over its units that have a total."""
    counted = results[results["total"].notna()].groupby("peer_group").size()
    return {str(name): places(int(count), quota) for name, count in counted.items()}


def proposed(results: pd.DataFrame) -> pd.Series:
    """A state of STATES for each row of `peer_group, total, veto, places, near`.

    Vetoed units stand aside. Equal totals across the cut are all open: nobody is chosen among them
    by the order of a list.
    """
    made = pd.Series(OUT, index=results.index, dtype=object)
    made[results["near"].astype(bool)] = NEAR
    made[results["veto"] != ""] = VETOED
    made[results["total"].isna()] = UNSCORED
    fair = results[results["total"].notna() & (results["veto"] == "")]
    for _, group in fair.groupby("peer_group"):
        total = group["total"].round(EXACT)
        first = total.rank(method="min", ascending=False)
        last = total.rank(method="max", ascending=False)
        cut = group["places"]
        made[group.index[last <= cut]] = PROPOSED
        made[group.index[(first <= cut) & (last > cut)]] = TIED
    return made

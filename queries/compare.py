"""Units side by side: every measure with its interval beside the median of its peer group."""

from dataclasses import dataclass
from statistics import median

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.compare_choice import Choice, chosen
from queries.filters import Filters
from queries.intervals import wilson
from queries.metric import Better, Metric
from queries.peers import FEWEST
from queries.room_trials import BY_ROOM, room_trials
from queries.unit_rates import unit_rates

RATES = ["unit_id", "unit", "peer_group", "metric", "numerator", "denominator", "trials"]
SIDE = [*RATES, "name", "value", "low", "high", "median", "peers", "gap"]
BEST = ["metric", "name", "peer_group", "peers", "median", "unit_id", "unit"]
BEST += ["numerator", "denominator", "trials", "value", "low", "high"]
PROFILES = [*RATES, "name", "value", "chosen"]


@dataclass(frozen=True)
class Compared:
    """A choice with the rates of every unit of its kind: RATES and `value` for each unit and
    measure, NaN where a unit has no denominator. `trials` are the cases an interval stands on:
    rooms where whole rooms are visited, else the denominator."""

    choice: Choice
    rates: pd.DataFrame

    def of(self, metric: Metric) -> pd.DataFrame:
        """The units that have a value on a measure."""
        rows = self.rates[self.rates["metric"] == metric.key]
        return rows[rows["value"].notna()].reset_index(drop=True)

    def middles(self) -> dict[tuple[str, str], tuple[float, int]]:
        """The median share of each (measure, peer group) and of how many units; none of under
        four."""
        known = self.rates[self.rates["value"].notna()]
        groups = known.groupby(["metric", "peer_group"])["value"]
        found = {(str(key[0]), str(key[1])): list(values) for key, values in groups}
        return {
            key: (float(median(values)), len(values))
            for key, values in found.items()
            if len(values) >= FEWEST
        }


def compared(conn: Connection, filters: Filters, viewer: Viewer) -> Compared | None:
    """The rates of a comparison; None for who sees no unit. They are those of all units, since a
    median needs them: what is shown is kept to the seen ones by each query."""
    choice = chosen(conn, filters, viewer)
    if choice is None:
        return None
    keys, ids = [m.key for m in choice.measures], list(choice.units["unit_id"])
    found = unit_rates(conn, choice.period, choice.kind, ids, keys)
    every = pd.MultiIndex.from_product([ids, keys], names=["unit_id", "metric"])
    whole = found.set_index(["unit_id", "metric"]).reindex(every).reset_index()
    whole = whole.merge(choice.units[["unit_id", "unit", "peer_group"]], on="unit_id", how="left")
    whole["trials"] = _trials(conn, choice, whole)
    whole = whole[RATES].assign(value=whole["numerator"] / whole["denominator"])
    return Compared(choice, whole)


def _trials(conn: Connection, choice: Choice, whole: pd.DataFrame) -> pd.Series:
    by_room = whole["metric"].isin(BY_ROOM) & whole["denominator"].notna()
    if not by_room.any():
        return whole["denominator"]
    rooms = room_trials(conn, choice.kind, choice.period.last)
    return whole["denominator"].where(~by_room, whole["unit_id"].map(rooms))


def side_by_side(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per measure and chosen unit: SIDE. `low, high` bound the share with 95 %; `median` is
    that of the `peers` units of its peer group (itself too), `gap` the share less the median."""
    found = compared(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=SIDE)
    middles = found.middles()
    rows = found.rates.set_index(["metric", "unit_id"])
    order = [(m.key, unit) for m in found.choice.measures for unit in found.choice.chosen]
    shown = rows.loc[order].reset_index()
    pairs = list(zip(shown["metric"], shown["peer_group"], strict=True))
    shown["median"] = [middles.get(pair, (float("nan"), 0))[0] for pair in pairs]
    shown["peers"] = [middles.get(pair, (float("nan"), 0))[1] for pair in pairs]
    shown = shown.assign(gap=shown["value"] - shown["median"], **_bounds(shown))
    return _named(shown, found.choice.measures)[SIDE]


def best_practice(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per measure and peer group of the chosen units, more where the best are equal: BEST.
    Best is the highest share of those seen whose whole interval lies above the group's median;
    where there is none, `unit_id` is ""."""
    found = compared(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=BEST)
    middles, units = found.middles(), found.choice.units.set_index("unit_id")
    groups = list(dict.fromkeys(units.loc[list(found.choice.chosen), "peer_group"]))
    seen = set(found.choice.visible["unit_id"])
    rows = []
    for metric in found.choice.measures:
        of_metric = found.of(metric)
        of_metric = of_metric.assign(**_bounds(of_metric))
        for group in groups:
            peers = of_metric[of_metric["peer_group"] == group]
            middle, count = middles.get((metric.key, group), (float("nan"), len(peers)))
            head = {"metric": metric.key, "name": metric.name, "peer_group": group}
            best = _best(peers[peers["unit_id"].isin(seen)], metric, middle)
            head |= {"median": middle, "peers": count}
            found_rows = best.to_dict("records") or [{"unit_id": "", "unit": ""}]
            rows += [{**row, **head} for row in found_rows]
    return pd.DataFrame(rows, columns=BEST)


def _best(peers: pd.DataFrame, metric: Metric, middle: float) -> pd.DataFrame:
    """The best of those clearly beyond the median; of none where there is no median."""
    if metric.better is Better.LOWER:
        clear = peers[peers["high"] < middle]
        return clear[clear["value"] == clear["value"].min()]
    clear = peers[peers["low"] > middle]
    return clear[clear["value"] == clear["value"].max()]


def profiles(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per unit seen and measure, chosen ones first in their order: PROFILES."""
    found = compared(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=PROFILES)
    chosen_ones = list(found.choice.chosen)
    others = [one for one in found.choice.visible["unit_id"] if one not in chosen_ones]
    rows = found.rates.set_index(["unit_id", "metric"])
    order = [(one, m.key) for one in (*chosen_ones, *others) for m in found.choice.measures]
    shown = rows.loc[order].reset_index()
    shown = shown.assign(chosen=shown["unit_id"].isin(chosen_ones).astype(int))
    return _named(shown, found.choice.measures)[PROFILES]


def _named(rows: pd.DataFrame, measures: tuple[Metric, ...]) -> pd.DataFrame:
    return rows.assign(name=rows["metric"].map({m.key: m.name for m in measures}))


def _bounds(rows: pd.DataFrame) -> dict[str, list[float]]:
    """The 95 % intervals of shares over their trials, as columns `low` and `high`."""
    none = (float("nan"), float("nan"))
    ends = [
        wilson(row.value * row.trials, row.trials) or none if row.trials > 0 else none
        for row in rows.itertuples()
    ]
    return {"low": [end[0] for end in ends], "high": [end[1] for end in ends]}

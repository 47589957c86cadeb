"""Rosters of the workstations: entered late and kept with gaps."""

import numpy as np
import pandas as pd

from data.demo.career import ROSTER
from data.demo.draws import Ints, draws
from data.demo.party import STATION_CLOSED, Party
from data.demo.people import People
from data.demo.places import Places
from data.demo.spells import spells
from data.demo.terms import TODAY, TermDates

FORGOTTEN = 0.015  # of those who left, still on the roster
DUTIES = ("站长", "副站长", "组织委员", "宣传委员", "联络员")


def roster_table(
    seed: int, found: Party, slices: pd.DataFrame, place: Places, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """Most of those who should be on a roster, entered some days late."""
    rng = draws(seed, "rosters")
    building = building_of(slices, place)
    keep = ((slices["rank"] >= ROSTER) & (slices["room"] >= 0)).to_numpy()
    stays = spells(slices, terms, keep=keep, key=building)
    stays["building"] = place.buildings["id"].to_numpy()[stays["key"]]
    stays = stays[stays["building"].isin(found.founded)]
    care = {b: rng.uniform(0.78, 0.98) for b in found.founded}
    stays = stays[rng.random(len(stays)) < stays["building"].map(care)]
    founded = pd.to_datetime(stays["building"].map(found.founded))
    late = pd.to_timedelta(rng.integers(0, 40, len(stays)), unit="D")
    starts = np.maximum(stays["starts"], founded) + late
    closed = pd.to_datetime(stays["building"].map(STATION_CLOSED))
    until = stays["until"].where(stays["until"].notna() & ~(closed < stays["until"]), closed)
    until = until.mask(rng.random(len(stays)) < FORGOTTEN)
    rows = pd.DataFrame(
        {"building": stays["building"], "s": stays["s"], "starts": starts, "ends": until}
    )
    rows = rows[(starts <= pd.Timestamp(TODAY)) & ((until >= starts) | until.isna())]
    return rows.assign(duty=_duties(rows))


def roster_frame(rows: pd.DataFrame, crowd: People) -> pd.DataFrame:
    """The rosters as the contract writes them."""
    return pd.DataFrame(
        {
            "organisation_id": "ws-" + rows["building"],
            "student_id": pd.Categorical.from_codes(rows["s"], crowd.students["id"]),
            "starts": rows["starts"],
            "ends": rows["ends"],
            "duty": rows["duty"],
        }
    )


def building_of(slices: pd.DataFrame, place: Places) -> Ints:
    """Building position of each slice; meaningless without a room."""
    order = {b: i for i, b in enumerate(place.buildings["id"])}
    of_room = place.rooms["building_id"].map(order).to_numpy(np.int64)
    return of_room[slices["room"].to_numpy()]


def _duties(rows: pd.DataFrame) -> pd.Series:
    serving = rows[rows["ends"].isna()]
    rank = serving.groupby("building").cumcount()
    duty = rank.map(dict(enumerate(DUTIES)))
    return duty.reindex(rows.index).astype(object)

"""Rosters of the workstations, and the Party members who lead a floor."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.draws import draws
from data.demo.living import MEMBER, ROSTER
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
    until = stays["until"].where(stays["until"].notna(), closed)
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


def building_of(
    slices: pd.DataFrame, place: Places
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Building position of each slice; meaningless without a room."""
    order = {b: i for i, b in enumerate(place.buildings["id"])}
    of_room = place.rooms["building_id"].map(order).to_numpy(np.int64)
    return of_room[slices["room"].to_numpy()]


def _duties(rows: pd.DataFrame) -> pd.Series:
    serving = rows[rows["ends"].isna()]
    rank = serving.groupby("building").cumcount()
    duty = rank.map(dict(enumerate(DUTIES)))
    return duty.reindex(rows.index).astype(object)


def floor_leader_frame(
    seed: int, found: Party, slices: pd.DataFrame, place: Places, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """Appointments floor by floor: kept while the leader lives there, renewed with some delay."""
    rng = draws(seed, "floor leaders")
    lived_in = place.floors[place.floors["residential"]]
    floors = list(zip(lived_in["id"], lived_in["building_id"], strict=True))
    holding: dict[str, tuple[int, date]] = {}
    rows: list[tuple[str, int, date, date | None]] = []
    for number, term in enumerate(terms):
        on_floor, in_building = _candidates(slices, place, number)
        for floor, building in floors:
            if building not in found.founded:
                continue
            if floor in holding:
                leader, since = holding[floor]
                if leader in in_building.get(building, ()) and rng.random() < 0.97:
                    continue
                forgotten = rng.random() < 0.05
                ended = None if forgotten else terms[number - 1].ends
                rows.append((floor, leader, since, ended))
                del holding[floor]
            if rng.random() < found.pace[building] * (0.6 + 0.4 * (number + 1) / len(terms)):
                pool = on_floor.get(floor, in_building.get(building, ()))
                day = max(term.starts, found.founded[building])
                day += timedelta(days=int(rng.integers(4, 75 if number else 40)))
                if len(pool) and day <= term.last:
                    holding[floor] = (int(rng.choice(pool)), day)
    rows += [(floor, s, day, None) for floor, (s, day) in holding.items()]
    return pd.DataFrame(rows, columns=["floor_id", "s", "starts", "ends"])


def _candidates(
    slices: pd.DataFrame, place: Places, number: int
) -> tuple[dict[str, "np.ndarray"], dict[str, "np.ndarray"]]:
    here = slices[
        (slices["term"] == number) & (slices["rank"] >= MEMBER) & (slices["room"] >= 0)
    ].drop_duplicates("s", keep="last")
    here = here[here["away"].isna()]
    rooms = place.rooms.iloc[here["room"]]
    s = pd.Series(here["s"].to_numpy())
    on_floor = {k: v.to_numpy() for k, v in s.groupby(rooms["floor_id"].to_numpy(object))}
    in_building = {k: v.to_numpy() for k, v in s.groupby(rooms["building_id"].to_numpy(object))}
    return on_floor, in_building

"""Responsibility areas: a handful of rooms on a floor, and the Party member in charge of them."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.career import MEMBER
from data.demo.draws import Days, Flags, Ints, draws
from data.demo.party import Party
from data.demo.places import Places
from data.demo.rosters import building_of
from data.demo.terms import TODAY, TermDates, in_term

FEWEST_ROOMS = 3
LEFT_OUT = 0.04  # rooms that belong to no area
GIVEN_UP = 0.02  # rooms that once belonged to one
IN_CHARGE, FORGOTTEN = 0.93, 0.04


@dataclass(frozen=True)
class Areas:
    """The areas with the day each began, their rooms, and who was in charge (`s`) when."""

    areas: pd.DataFrame
    rooms: pd.DataFrame
    members: pd.DataFrame


def responsibility_areas(
    seed: int, found: Party, slices: pd.DataFrame, place: Places, terms: tuple[TermDates, ...]
) -> Areas:
    """Areas of three to nine rooms, begun step by step as their building's station grew."""
    rng = draws(seed, "areas")
    rooms = _cut(rng, found, place)
    areas = rooms.groupby("area", sort=False)["building_id"].first().reset_index()
    areas["starts"] = [_begun(rng, found.founded[b], terms) for b in areas["building_id"]]
    begun = areas["starts"] <= TODAY
    chosen = rng.random(len(areas)) < areas["building_id"].map(found.pace) + 0.05
    areas = areas[begun & chosen].reset_index(drop=True)
    rooms = rooms.merge(areas[["area", "starts"]], on="area")
    rooms["ends"] = _given_up(rng, rooms)
    members = _in_charge(rng, areas, slices, place, terms)
    areas["number"] = areas.groupby("building_id").cumcount() + 1
    return Areas(areas, rooms, members)


def area_tables(found: Areas) -> dict[str, pd.DataFrame]:
    """Areas and their rooms as the contract writes them."""
    number = found.areas["number"].astype(str)
    return {
        "responsibility_area": pd.DataFrame(
            {
                "id": found.areas["area"],
                "building_id": found.areas["building_id"],
                "name": "第" + number + "责任区",
            }
        ),
        "responsibility_area_room": found.rooms.rename(columns={"area": "area_id"})[
            ["area_id", "room_id", "starts", "ends"]
        ],
    }


def _cut(rng: np.random.Generator, found: Party, place: Places) -> pd.DataFrame:
    """Neighbouring rooms of a floor, cut into areas."""
    known = place.rooms["floor_id"].notna() & place.rooms["building_id"].isin(found.founded)
    rooms = place.rooms[known]
    size = {floor: int(rng.integers(4, 10)) for floor in place.floors["id"]}
    position = rooms.groupby("floor_id").cumcount()
    part = position // rooms["floor_id"].map(size) + 1
    frame = pd.DataFrame(
        {
            "area": "ra-" + rooms["floor_id"] + "-" + part.astype(str),
            "building_id": rooms["building_id"],
            "room_id": rooms["id"],
        }
    )
    on_floor = rooms.groupby("floor_id")["id"].transform("size").clip(upper=FEWEST_ROOMS)
    large_enough = frame.groupby("area")["room_id"].transform("size") >= on_floor
    return frame[large_enough & (rng.random(len(frame)) >= LEFT_OUT)]


def _given_up(rng: np.random.Generator, rooms: pd.DataFrame) -> pd.Series:
    ends = pd.to_datetime(rooms["starts"]) + pd.to_timedelta(
        rng.integers(20, 300, len(rooms)), unit="D"
    )
    return ends.where((rng.random(len(rooms)) < GIVEN_UP) & (ends <= pd.Timestamp(TODAY)))


def _begun(rng: np.random.Generator, founded: date, terms: tuple[TermDates, ...]) -> date:
    first = terms[0].starts
    wish = first + timedelta(days=int((TODAY - first).days * rng.uniform(-1.2, 1.0)))
    return in_term(max(wish, founded + timedelta(days=int(rng.integers(14, 60)))), terms)


def _in_charge(
    rng: np.random.Generator,
    areas: pd.DataFrame,
    slices: pd.DataFrame,
    place: Places,
    terms: tuple[TermDates, ...],
) -> pd.DataFrame:
    """Term by term: who still lives there stays in charge, others are replaced some days late."""
    starts = np.array(areas["starts"], dtype="datetime64[D]")
    order = {b: i for i, b in enumerate(place.buildings["id"])}
    building = areas["building_id"].map(order).to_numpy(np.int64)
    holder = np.full(len(areas), -1)
    since = np.full(len(areas), np.datetime64("NaT", "D"))
    frames = []
    for number, term in enumerate(terms):
        wanted = _appointees(rng, building, slices, place, number)
        here = slices.loc[(slices["term"] == number) & (slices["rank"] >= MEMBER), "s"]
        gone = (holder >= 0) & ~np.isin(holder, here)
        frames.append(_ended(rng, areas, (holder, since), gone, terms[number - 1].ends))
        holder[gone] = -1
        day = np.maximum(starts, np.datetime64(term.starts, "D"))
        day = day + rng.integers(2, 35 if number else 8, len(areas))
        new = (holder < 0) & (wanted >= 0) & (day <= np.datetime64(term.last, "D"))
        new &= rng.random(len(areas)) < IN_CHARGE
        holder[new], since[new] = wanted[new], day[new]
    frames.append(_ended(rng, areas, (holder, since), holder >= 0, None))
    return pd.concat(frames, ignore_index=True)


def _appointees(
    rng: np.random.Generator, building: Ints, slices: pd.DataFrame, place: Places, number: int
) -> Ints:
    """For each area a Party member of its building, those nearby first; -1 where there is none."""
    now = slices[(slices["term"] == number) & (slices["rank"] >= MEMBER) & (slices["room"] >= 0)]
    now = now[now["away"].isna()].drop_duplicates("s", keep="last").sort_values("room")
    at = building_of(now, place)
    found = np.full(len(building), -1)
    for each in np.unique(building):
        members = now["s"].to_numpy()[at == each]
        mine = np.flatnonzero(building == each)
        if len(members):
            near = np.arange(len(mine)) * len(members) // len(mine) + rng.integers(0, 3, len(mine))
            found[mine] = members[np.minimum(near, len(members) - 1)]
    return found


def _ended(
    rng: np.random.Generator,
    areas: pd.DataFrame,
    held: tuple[Ints, Days],
    which: Flags,
    day: date | None,
) -> pd.DataFrame:
    """Rows for those in charge; a few who left were never taken off the list."""
    holder, since = held
    count = int(which.sum())
    ends = np.full(count, np.datetime64(day or "NaT", "D"))
    ends[rng.random(count) < FORGOTTEN] = np.datetime64("NaT", "D")
    return pd.DataFrame(
        {
            "area_id": areas["area"].to_numpy(object)[which],
            "s": holder[which],
            "starts": since[which],
            "ends": ends,
        }
    )

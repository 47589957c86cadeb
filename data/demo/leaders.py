"""Floor leaders: Party members who head a floor, with vacancies and forgotten entries."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.career import MEMBER, ROSTER
from data.demo.draws import Ints, draws
from data.demo.party import Party
from data.demo.places import Places
from data.demo.terms import TermDates

STAYS, FORGOTTEN = 0.97, 0.05
NOT_YET_MEMBERS = 0.02  # appointments of someone who is not a Party member

Held = dict[str, tuple[int, date]]  # floor: student, since
Row = tuple[str, int, date, date | None]


@dataclass(frozen=True)
class Pools:
    """Who could lead in one term, by floor and by building."""

    on_floor: dict[str, Ints]
    in_building: dict[str, Ints]
    not_yet: dict[str, Ints]

    def choose(self, rng: np.random.Generator, floor: str, building: str) -> int | None:
        """Somebody from the floor, else from the building; now and then not even a member."""
        pool = self.on_floor.get(floor, self.in_building.get(building))
        if rng.random() < NOT_YET_MEMBERS:
            pool = self.not_yet.get(floor, pool)
        return None if pool is None else int(rng.choice(pool))


def floor_leader_frame(
    seed: int, found: Party, slices: pd.DataFrame, place: Places, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """Appointments floor by floor: kept while the leader lives there, renewed with some delay."""
    rng = draws(seed, "floor leaders")
    floors = place.floors[place.floors["residential"]]
    floors = floors[floors["building_id"].isin(found.founded)]
    held: Held = {}
    rows: list[Row] = []
    for number, term in enumerate(terms):
        pools = _pools(slices, place, number)
        ramp = 0.6 + 0.4 * (number + 1) / len(terms)
        rows += _retired(rng, held, floors, pools, terms[number - 1].ends)
        for floor, building in zip(floors["id"], floors["building_id"], strict=True):
            if floor in held or rng.random() >= found.pace[building] * ramp:
                continue
            day = max(term.starts, found.founded[building])
            day += timedelta(days=int(rng.integers(4, 75 if number else 40)))
            leader = pools.choose(rng, floor, building)
            if leader is not None and day <= term.last:
                held[floor] = (leader, day)
    rows += [(floor, s, day, None) for floor, (s, day) in held.items()]
    return pd.DataFrame(rows, columns=["floor_id", "s", "starts", "ends"])


def _retired(
    rng: np.random.Generator, held: Held, floors: pd.DataFrame, pools: Pools, day: date
) -> list[Row]:
    """Those who left or gave up; some were never taken off the list."""
    rows: list[Row] = []
    building = dict(zip(floors["id"], floors["building_id"], strict=True))
    for floor, (leader, since) in list(held.items()):
        at_home = leader in pools.in_building.get(building[floor], ())
        if at_home and rng.random() < STAYS:
            continue
        rows.append((floor, leader, since, None if rng.random() < FORGOTTEN else day))
        del held[floor]
    return rows


def _pools(slices: pd.DataFrame, place: Places, number: int) -> Pools:
    here = slices[(slices["term"] == number) & (slices["rank"] >= ROSTER) & (slices["room"] >= 0)]
    here = here[here["away"].isna()].drop_duplicates("s", keep="last")
    rooms = place.rooms.iloc[here["room"]].set_axis(here.index)
    member = here["rank"] >= MEMBER
    return Pools(
        on_floor=_grouped(here["s"][member], rooms["floor_id"][member]),
        in_building=_grouped(here["s"][member], rooms["building_id"][member]),
        not_yet=_grouped(here["s"][~member], rooms["floor_id"][~member]),
    )


def _grouped(s: pd.Series, key: pd.Series) -> dict[str, Ints]:
    return {str(k): v.to_numpy() for k, v in s.groupby(key.to_numpy(object))}

"""The places of the demo campus: rooms enough for everyone, codes as they are written."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.demo.draws import Ints, draws
from data.demo.outlines import footprint, room_plan
from data.demo.sites import (
    CAMPUSES,
    CLUSTERS,
    SITES,
    Site,
    building_names,
    code_pattern,
    residents,
    wings,
)

GROUPS = ("um", "uf", "gm", "gf")
SPARE_BEDS = 1.07
WITH_PLANS = ("tao4", "yan1")
# Codes that the pattern cannot read, with students living behind them.
ODD_CODES = (
    ("mei3", "值班室旁", "uf", 4),
    ("mei3", "底层东1", "uf", 4),
    ("xing1", "C附2", "um", 4),
    ("nan3", "东配楼1", "gm", 3),
    ("nan3", "东配楼2", "gm", 3),
)
UPGRADED = {
    "tao4": date(2025, 5, 20),
    "yan1": date(2025, 9, 12),
    "mei1": date(2026, 3, 28),
    "xing1": date(2026, 10, 15),
    "bei2": date(2026, 6, 1),
}


@dataclass(frozen=True)
class Places:
    """Buildings, floors and rooms, with who lives where (`group`) beside each floor and room."""

    buildings: pd.DataFrame
    floors: pd.DataFrame
    rooms: pd.DataFrame


def places(seed: int, beds_wanted: dict[str, int]) -> Places:
    """Rooms sized so that each group of students finds its beds with a few to spare."""
    floors = _floors()
    floors["rooms"] = _rooms_per_floor(seed, floors, beds_wanted)
    return Places(_buildings(), floors, _rooms(floors))


def place_tables(place: Places) -> dict[str, pd.DataFrame]:
    """The five tables of places."""
    keep = ["id", "building_id", "wing", "level", "residential", "organisation_required"]
    return {
        "campus": pd.DataFrame(CAMPUSES, columns=["id", "name"]),
        "cluster": pd.DataFrame(CLUSTERS, columns=["id", "campus_id", "name", "aliases"]),
        "building": place.buildings,
        "floor": place.floors[keep],
        "room": place.rooms[["id", "building_id", "floor_id", "code", "beds", "plan"]],
    }


def _buildings() -> pd.DataFrame:
    return pd.DataFrame(_building(site) for site in SITES)


def _building(site: Site) -> dict[str, object]:
    name, aliases = building_names(site)
    drawn = None
    if site.shape and site.longitude is not None and site.latitude is not None:
        drawn = footprint(
            site.shape,
            length=site.length,
            angle=site.angle,
            longitude=site.longitude,
            latitude=site.latitude,
        )
    return {
        "id": site.id,
        "cluster_id": site.cluster,
        "name": name,
        "aliases": aliases,
        "residents": residents(site),
        "residential": True,
        "opened": date(2017, 8, 20) if site.id == "bei4" else None,
        "closed": None,
        "upgraded": UPGRADED.get(site.id),
        "longitude": site.longitude,
        "latitude": site.latitude,
        "footprint": drawn,
        "room_code_pattern": code_pattern(site),
    }


def _floors() -> pd.DataFrame:
    rows = []
    for site in SITES:
        for wing, group in wings(site):
            for level in range(1, site.levels + 1):
                stem = f"{site.id}-{wing}-{level}" if wing else f"{site.id}-{level}"
                lived_in = level not in site.public_levels
                wanted = lived_in and level not in site.exempt_levels
                rows.append(
                    (stem, site.id, wing, level, lived_in, wanted, group, site.beds, site.size)
                )
    names = ["id", "building_id", "wing", "level", "residential", "organisation_required"]
    return pd.DataFrame(rows, columns=[*names, "group", "beds", "size"])


def _rooms_per_floor(seed: int, floors: pd.DataFrame, beds_wanted: dict[str, int]) -> Ints:
    jitter = draws(seed, "rooms").uniform(0.9, 1.1, len(floors))
    weight = (floors["size"] * jitter * floors["residential"]).to_numpy()
    shared = pd.Series(weight).groupby(floors["group"]).transform("sum").to_numpy()
    beds = floors["group"].map(beds_wanted).to_numpy() * SPARE_BEDS * weight / shared
    rooms = np.ceil(beds / floors["beds"].to_numpy()).astype(np.int64)
    return np.maximum(rooms, floors["residential"].to_numpy().astype(np.int64) * 2)


def _rooms(floors: pd.DataFrame) -> pd.DataFrame:
    many = floors.loc[floors.index.repeat(floors["rooms"])].reset_index(drop=True)
    position = many.groupby("id").cumcount()
    suite = (position // 2 + 1).astype(str).str.zfill(2) + (position % 2 + 1).astype(str)
    level = many["level"].astype(str)
    unit = many["wing"] + "-" + level + (position + 1).astype(str).str.zfill(2)
    code = unit.where(many["wing"].str.isdigit(), many["wing"] + level + suite)
    rooms = pd.DataFrame(
        {
            "id": many["building_id"] + "-" + code,
            "building_id": many["building_id"],
            "floor_id": many["id"].astype(object),
            "code": code,
            "beds": many["beds"],
            "plan": None,
            "group": many["group"],
        }
    )
    drawn = rooms["building_id"].isin(WITH_PLANS)
    rooms["plan"] = rooms["plan"].astype(object)
    rooms.loc[drawn, "plan"] = [room_plan(p) for p in position[drawn]]
    odd = [
        (f"{building}-x{number}", building, None, code, beds, None, group)
        for number, (building, code, group, beds) in enumerate(ODD_CODES, start=1)
    ]
    return pd.concat([rooms, pd.DataFrame(odd, columns=rooms.columns)], ignore_index=True)

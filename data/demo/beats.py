"""Where each counselor's students live and learn in a term: the rooms and classes to go to."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.draws import Flags, Ints
from data.demo.people import People
from data.demo.places import Places
from data.demo.rosters import building_of
from data.demo.runs import Runs


@dataclass(frozen=True)
class Beats:
    """One term's rounds; counselors, rooms, classes and rows of `here` are positions.

    A walk is one counselor's rooms in one building. `walks` names a walk once for every room of
    it, so that longer walks come up more often.
    """

    here: pd.DataFrame
    listed: Ints
    graduates_only: Flags
    walks: Runs
    rooms: Runs
    buildings: Ints
    residents: Runs
    classes: Runs
    classmates: Runs


def beats(here: pd.DataFrame, crowd: People, place: Places) -> Beats:
    """The rounds of a term whose slices are `here`, rows numbered from 0."""
    counselors = len(crowd.counselors)
    position = pd.Series(np.arange(counselors), index=crowd.counselors["id"])
    base = here.drop_duplicates("s")
    base = base.assign(
        counselor=base["counselor_id"].map(position),
        group=crowd.students["class_code"].to_numpy()[base["s"]],
    )
    walked = _walked(base, crowd, place)
    walk = walked.groupby(["counselor", "building"]).ngroup().to_numpy()
    first = np.flatnonzero(np.diff(walk, prepend=-1))
    taught = base[["counselor", "group"]].drop_duplicates().sort_values(["counselor", "group"])
    walks = Runs.of(walked["counselor"].to_numpy(), walk, counselors)
    housed = np.flatnonzero(here["room"] >= 0)
    room = here["room"].to_numpy()[housed]
    undergraduate = crowd.students["letter"].to_numpy(object)[base["s"]] == "u"
    return Beats(
        here=here,
        listed=_listed(base, crowd, walks),
        graduates_only=~np.isin(np.arange(counselors), base["counselor"][undergraduate]),
        walks=walks,
        rooms=Runs.of(walk, walked["room"].to_numpy(), len(first)),
        buildings=walked["building"].to_numpy()[first],
        residents=Runs.of(room, housed, len(place.rooms)),
        classes=Runs.of(taught["counselor"].to_numpy(), taught["group"].to_numpy(), counselors),
        classmates=Runs.of(
            base["group"].to_numpy(), base.index.to_numpy(), crowd.students["class_code"].max() + 1
        ),
    )


def _walked(base: pd.DataFrame, crowd: People, place: Places) -> pd.DataFrame:
    """Counselor, building, room: rooms of one's own students, or of the building one serves."""
    housed = base[base["room"] >= 0]
    housed = housed.assign(building=building_of(housed, place))
    order = {b: i for i, b in enumerate(place.buildings["id"])}
    served = crowd.counselors["building_id"].map(order).dropna().astype(np.int64)
    served = pd.DataFrame({"building": served, "counselor": served.index})
    rooms = housed[["building", "room"]].drop_duplicates()
    columns = ["counselor", "building", "room"]
    pairs = pd.concat([housed[columns], served.merge(rooms, on="building")[columns]])
    return pairs.drop_duplicates().sort_values(columns)


def _listed(base: pd.DataFrame, crowd: People, walks: Runs) -> Ints:
    """How many students each counselor answers for; a building counselor, two for each room."""
    own = np.bincount(base["counselor"], minlength=len(crowd.counselors))
    serves = crowd.counselors["building_id"].notna().to_numpy()
    return np.where(walks.count == 0, 0, np.where(serves, walks.count * 2, own))

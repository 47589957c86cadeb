"""Who lived where, term by term: rooms filled, freed in summer, changed in mid-term."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from data.demo.career import STATUSES, party_rank
from data.demo.colleges import college_then
from data.demo.draws import Flags, Floats, Ints, Objects, draws
from data.demo.people import People
from data.demo.places import Places
from data.demo.terms import TermDates

OUTSIDE, WITHOUT_ROOM, MOVES, RISES_MID_TERM = 0.02, 0.004, 0.008, 0.25
CROWDED_ROOMS = 9
NO_ROOM = -1


@dataclass(frozen=True)
class Chances:
    """What is settled for each student once: how far in the Party, in rooms or outside."""

    party: Floats
    other: Floats
    room: Floats


def living(seed: int, crowd: People, place: Places, terms: tuple[TermDates, ...]) -> pd.DataFrame:
    """Slices: student position `s`, term position `term`, room position `room`, from–to, status.

    `starts` and `until` are days; `until` is the last day, NaT where the slice lasts to the end.
    """
    rng = draws(seed, "living")
    students = crowd.students.assign(
        group=crowd.students["letter"] + np.where(crowd.students["gender"] == "女", "f", "m")
    )
    count = len(students)
    chances = Chances(rng.random(count), rng.random(count), rng.random(count))
    room = np.full(count, NO_ROOM)
    frames = []
    for number, term in enumerate(terms):
        enrolled = _enrolled(students, term)
        room[~enrolled] = NO_ROOM
        _settle(rng, room, enrolled & (chances.room > OUTSIDE + WITHOUT_ROOM), students, place)
        if number == 0:
            _crowd_in(rng, room, students, place)
        slices = _slices(rng, students, term, np.flatnonzero(enrolled), room, chances)
        slices = _changes(rng, slices, term, room, place)
        frames.append(slices.assign(term=number, counselor_id=_of(crowd, term, slices["s"])))
    return pd.concat(frames, ignore_index=True)


def enrolment_table(
    slices: pd.DataFrame, crowd: People, place: Places, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """The slices as the contract writes them."""
    s = slices["s"].to_numpy()
    of = crowd.students
    return pd.DataFrame(
        {
            "student_id": pd.Categorical.from_codes(s, of["id"]),
            "term_id": pd.Categorical.from_codes(slices["term"], [t.id for t in terms]),
            "starts": slices["starts"],
            "ends": slices["until"],
            "college_id": slices["college_id"],
            "grade": of["grade"].to_numpy()[s],
            "degree_level": of["degree_level"].to_numpy()[s],
            "major": of["major"].to_numpy()[s],
            "class_name": of["class_name"].to_numpy()[s],
            "room_id": pd.Categorical.from_codes(slices["room"], place.rooms["id"]),
            "counselor_id": slices["counselor_id"],
            "political_status": slices["status"],
            "away": slices["away"],
        }
    )


def _enrolled(students: pd.DataFrame, term: TermDates) -> Flags:
    stage = term.index - students["grade"].to_numpy() * 2
    return (stage >= 0) & (stage < students["years"].to_numpy() * 2)


def _settle(
    rng: np.random.Generator, room: Ints, housed: Flags, students: pd.DataFrame, place: Places
) -> None:
    """Give everyone without a room a free bed of their group, classmates side by side."""
    order = ["order", "level", "grade", "class_number"]
    waiting = students[housed & (room == NO_ROOM)].sort_values(order, kind="stable")
    for group, people in waiting.groupby("group"):
        beds = _free_beds(room, place, place.rooms["group"].to_numpy() == group)
        count = min(len(beds), len(people))
        chosen = np.sort(rng.choice(len(beds), count, replace=False))
        room[people.index[:count]] = beds[chosen]


def _free_beds(room: Ints, place: Places, wanted: Flags) -> Ints:
    taken = np.bincount(room[room >= 0], minlength=len(place.rooms))
    free = np.where(wanted, np.clip(place.rooms["beds"].to_numpy() - taken, 0, None), 0)
    return np.repeat(np.arange(len(free)), free)


def _crowd_in(rng: np.random.Generator, room: Ints, students: pd.DataFrame, place: Places) -> None:
    """A little dirt: a few rooms hold one person more than they have beds."""
    taken = np.bincount(room[room >= 0], minlength=len(place.rooms))
    full = np.flatnonzero(taken == place.rooms["beds"].to_numpy())
    groups = students["group"].to_numpy()
    for target in rng.choice(full, min(CROWDED_ROOMS, len(full)), replace=False):
        same = np.flatnonzero((room >= 0) & (groups == place.rooms["group"].iloc[target]))
        room[rng.choice(same)] = target


def _slices(
    rng: np.random.Generator,
    students: pd.DataFrame,
    term: TermDates,
    s: Ints,
    room: Ints,
    chances: Chances,
) -> pd.DataFrame:
    here = students.iloc[s]
    stage = term.index - here["grade"].to_numpy() * 2
    rank, later = (party_rank(here, stage + ahead, chances.party[s]) for ahead in (0, 1))
    slices = pd.DataFrame({"s": s, "room": room[s], "rank": rank, "later": later})
    slices["starts"] = np.datetime64(term.starts, "D")
    slices["until"] = np.datetime64("NaT", "D")
    slices["college_id"] = college_then(here["college_id"], term.starts).to_numpy()
    slices["other"] = np.array(["共青团员", "群众", "其他"])[
        np.searchsorted([0.90, 0.985], chances.other[s])
    ]
    slices["away"] = _away(rng, here, stage, chances.room[s])
    return slices


def _away(rng: np.random.Generator, here: pd.DataFrame, stage: Ints, luck: Floats) -> Objects:
    away = np.full(len(here), None, dtype=object)
    chance = rng.random(len(here))
    last_year = (here["letter"] == "u").to_numpy() & (stage >= 6)
    away[chance < 0.004] = "休学"
    away[(chance > 0.004) & (chance < 0.009) & (stage >= 2)] = "交换"
    away[(chance > 0.94) & last_year] = "实习"
    away[luck < OUTSIDE] = "校外住宿"
    return away


def _changes(
    rng: np.random.Generator, slices: pd.DataFrame, term: TermDates, room: Ints, place: Places
) -> pd.DataFrame:
    """Second slices: a room changed or a step in the Party taken in mid-term."""
    day = term.starts + timedelta(days=14)
    span = max((term.last - day).days, 1)
    whole = (term.ends - term.starts).days
    share = span / whole
    chance = rng.random(len(slices))
    moves = (chance < MOVES * share) & (slices["room"] >= 0).to_numpy()
    rises = (rng.random(len(slices)) < RISES_MID_TERM * share) & ~moves
    rises &= (slices["later"] > slices["rank"]).to_numpy()
    changed = moves | rises
    second = slices[changed].copy()
    start = np.datetime64(day, "D") + rng.integers(0, span, len(second))
    second["starts"] = start
    second["rank"] = second["later"].where(rises[changed], second["rank"])
    second.loc[moves[changed], "room"] = _move(rng, second[moves[changed]], room, place)
    slices.loc[changed, "until"] = start - 1
    both = pd.concat([slices, second], ignore_index=True)
    titles = np.array(STATUSES, dtype=object)[both["rank"]]
    both["status"] = np.where(both["rank"] > 0, titles, both["other"])
    return both.sort_values(["s", "starts"]).drop(columns=["other", "later"])


def _move(rng: np.random.Generator, movers: pd.DataFrame, room: Ints, place: Places) -> Ints:
    groups = place.rooms["group"].to_numpy()
    new = movers["room"].to_numpy().copy()
    for group in np.unique(groups[new]):
        mine = np.flatnonzero(groups[movers["room"].to_numpy()] == group)
        beds = _free_beds(room, place, groups == group)
        count = min(len(beds), len(mine))
        new[mine[:count]] = rng.choice(beds, count, replace=False)
    room[movers["s"].to_numpy()] = new
    return new


def _of(crowd: People, term: TermDates, s: pd.Series) -> Ints:
    return crowd.counselor_ids(term).to_numpy()[s]

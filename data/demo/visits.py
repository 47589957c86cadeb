"""Counselors' visits, a term at a time: where they went, through which rooms, whom they met."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.demo import changes
from data.demo.beats import Beats, beats
from data.demo.diary import CLASSROOM, DORMITORY, LABORATORY, visits_of, written_down, zeal
from data.demo.draws import Flags, Floats, Ints, draws
from data.demo.people import People
from data.demo.places import Places
from data.demo.terms import TermDates
from data.demo.together import Company, Pairs
from data.models.forces import MET

TALK, PRESENT, IN_CLASS = range(len(MET))
FIRST_ID = 10_000_000  # times the number of the term
# 公寓, 课堂; what is left are laboratories
UNDERGRADUATE_VENUES, GRADUATE_VENUES = (0.62, 0.98), (0.66, 0.81)
WITHOUT_ROOMS, WITHOUT_NAMES, WITHOUT_LIST = 0.04, 0.4, 0.5
TALKS, TWO_CLASSES = 0.16, 0.45
WELL_KNOWN = 0.5  # of their classes, where a counselor mostly goes
AT_HOME, ATTENDS, AT_THE_BENCH = 0.4, 0.85, 0.35
NEVER_FOUND, FOUND_WHEN_AWAY = 0.012, 0.02

Frames = Iterator[tuple[str, pd.DataFrame]]


def visit_frames(
    seed: int, crowd: People, place: Places, slices: pd.DataFrame, terms: tuple[TermDates, ...]
) -> Frames:
    """The three tables of visits, a term at a time, so that memory holds one term."""
    eager = zeal(seed, crowd)
    luck = draws(seed, "found at home").beta(4, 1.6, len(crowd.students))
    luck[draws(seed, "never found").random(len(luck)) < NEVER_FOUND] = 0
    for number, dates in enumerate(terms):
        rng = draws(seed, "visits", dates.id)
        round_ = beats(slices[slices["term"] == number].reset_index(drop=True), crowd, place)
        visits = _kept_up(seed, _visits(rng, round_, eager, dates), round_, crowd, place, dates)
        count = len(visits)
        company = Company.drawn(draws(seed, "together", dates.id), round_, visits)
        noted = company.visits(written_down(rng, visits))
        noted["id"] = FIRST_ID * (number + 1) + np.arange(len(noted))
        yield "visit", _visit_table(round_, noted, crowd, place)
        passed = _rooms_passed(rng, round_, visits)
        yield "visit_room", _room_table(noted, company.rooms(passed, count), place)
        met = [_at_home(rng, round_, visits, passed, luck), _in_class(rng, round_, visits, luck)]
        met = [company.students(rng, ways, count) for ways in met]
        yield "visit_student", _student_table(round_, noted, met, crowd, dates)


def _kept_up(
    seed: int,
    visits: pd.DataFrame,
    round_: Beats,
    crowd: People,
    place: Places,
    dates: TermDates,
) -> pd.DataFrame:
    """Without those that one college and one building give up in mid-term, and with few to the
    buildings that nobody looks after."""
    walk, day = visits["walk"].to_numpy(), visits["day"].to_numpy()
    buildings = np.append(place.buildings["id"].to_numpy(object), "")
    building = buildings[np.where(walk >= 0, round_.buildings[walk], -1)]
    college = crowd.counselors["college_id"].to_numpy(object)[visits["counselor"]]
    share = pd.Series(building).map(changes.NEGLECTED).fillna(1.0).to_numpy(float)
    for subject, ids in ((changes.BUILDING, building), (changes.COLLEGE, college)):
        share = share * changes.times(changes.VISITS, subject, ids, day, dates)
    kept = changes.kept(draws(seed, "visits given up", dates.id), share)
    return visits[kept].reset_index(drop=True)


def _visits(
    rng: np.random.Generator, round_: Beats, eager: Floats, dates: TermDates
) -> pd.DataFrame:
    """When, who, in which kind of place; `walk` is the building a dormitory visit went to."""
    visits = visits_of(rng, eager, round_.listed, dates)
    who = visits["counselor"].to_numpy()
    chance = rng.random(len(visits))
    venue = np.where(
        round_.graduates_only[who],
        np.searchsorted(GRADUATE_VENUES, chance),
        np.searchsorted(UNDERGRADUATE_VENUES, chance),
    )
    venue[round_.classes.count[who] == 0] = 0
    walk = round_.walks.one_of(who, rng.random(len(who)))
    kinds = np.array([DORMITORY, CLASSROOM, LABORATORY], dtype=object)
    return visits.assign(venue=kinds[venue], walk=np.where(venue == 0, walk, -1))


def _rooms_passed(rng: np.random.Generator, round_: Beats, visits: pd.DataFrame) -> Pairs:
    """Neighbouring rooms, four to nineteen of them; some visits name the building only."""
    walk = visits["walk"].to_numpy()
    known = np.flatnonzero((walk >= 0) & (rng.random(len(visits)) >= WITHOUT_ROOMS))
    count = round_.rooms.count[walk[known]]
    first = (rng.random(len(known)) ** 1.3 * count).astype(np.int64)
    asked, room = round_.rooms.stretch(walk[known], first, rng.integers(4, 20, len(known)))
    return known[asked], room


def _at_home(
    rng: np.random.Generator, round_: Beats, visits: pd.DataFrame, passed: Pairs, luck: Floats
) -> tuple[Pairs, Ints]:
    """Whom of those in the rooms passed they wrote down; many visits have no names."""
    named = (rng.random(len(visits)) >= WITHOUT_NAMES)[passed[0]]
    visit, room = passed[0][named], passed[1][named]
    asked, row = round_.residents.all_of(room)
    pairs = visit[asked], row
    found = _lives_there(round_, visits, pairs) & _found(rng, round_, row, AT_HOME * luck)
    talked = rng.random(int(found.sum())) < TALKS
    return (pairs[0][found], row[found]), np.where(talked, TALK, PRESENT)


def _in_class(
    rng: np.random.Generator, round_: Beats, visits: pd.DataFrame, luck: Floats
) -> tuple[Pairs, Ints]:
    """Nearly the whole class in a classroom, or two classes; some of a class in a laboratory.
    They go to the same classes again and again, and often keep no list."""
    listed = rng.random(len(visits)) >= WITHOUT_LIST
    visit = np.flatnonzero((visits["walk"] < 0) & listed)
    lecture = (visits["venue"] == CLASSROOM).to_numpy()[visit]
    who = visits["counselor"].to_numpy()[visit]
    known = np.ceil(round_.classes.count[who] * WELL_KNOWN)
    first = (rng.random(len(visit)) * known).astype(np.int64)
    classes = np.where(lecture & (rng.random(len(visit)) < TWO_CLASSES), 2, 1)
    asked, group = round_.classes.stretch(who, first, classes)
    again, row = round_.classmates.all_of(group)
    at = asked[again]
    found = _found(rng, round_, row, (luck > 0) * 1.0)
    found &= rng.random(len(row)) < np.where(lecture, ATTENDS, AT_THE_BENCH)[at]
    return (visit[at[found]], row[found]), np.full(int(found.sum()), IN_CLASS)


def _lives_there(round_: Beats, visits: pd.DataFrame, pairs: Pairs) -> Flags:
    """Whether the slice was true on the day of the visit: rooms change in mid-term."""
    day = visits["day"].to_numpy()[pairs[0]]
    ended = round_.here["until"].to_numpy()[pairs[1]] < day
    return (round_.here["starts"].to_numpy()[pairs[1]] <= day) & ~ended


def _found(rng: np.random.Generator, round_: Beats, row: Ints, chance: Floats) -> Flags:
    here = round_.here
    away = here["away"].notna().to_numpy()[row]
    likely = chance[here["s"].to_numpy()[row]] * np.where(away, FOUND_WHEN_AWAY, 1.0)
    return rng.random(len(row)) < likely


def _visit_table(round_: Beats, noted: pd.DataFrame, crowd: People, place: Places) -> pd.DataFrame:
    walk = noted["walk"].to_numpy()
    building = np.where(walk >= 0, round_.buildings[walk], -1)
    return pd.DataFrame(
        {
            "id": noted["id"],
            "counselor_id": pd.Categorical.from_codes(noted["counselor"], crowd.counselors["id"]),
            **{name: noted[name] for name in ("day", "starts", "ends", "venue")},
            "building_id": pd.Categorical.from_codes(building, place.buildings["id"]),
            **{name: noted[name] for name in ("place", "topic", "entered")},
        }
    )


def _room_table(visits: pd.DataFrame, passed: Pairs, place: Places) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "visit_id": visits["id"].to_numpy()[passed[0]],
            "room_id": pd.Categorical.from_codes(passed[1], place.rooms["id"]),
        }
    )


def _student_table(
    round_: Beats,
    visits: pd.DataFrame,
    met: list[tuple[Pairs, Ints]],
    crowd: People,
    dates: TermDates,
) -> pd.DataFrame:
    """In the order of the key: the table is stored by it."""
    visit = np.concatenate([pairs[0] for pairs, _ in met])
    student = round_.here["s"].to_numpy()[np.concatenate([pairs[1] for pairs, _ in met])]
    how = np.concatenate([way for _, way in met])
    order = np.argsort(student * len(visits) + visit)
    return pd.DataFrame(
        {
            "term_id": pd.Categorical.from_codes(np.zeros(len(order), np.int8), [dates.id]),
            "student_id": pd.Categorical.from_codes(student[order], crowd.students["id"]),
            "visit_id": visits["id"].to_numpy()[visit[order]],
            "met": pd.Categorical.from_codes(how[order], MET),
        }
    )

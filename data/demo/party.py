"""Party and League organisations: work committee, stations, floor branches and groups, studios."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.draws import draws
from data.demo.names import names
from data.demo.places import Places
from data.demo.sites import SITES
from data.demo.studios import (
    COMMITTEE_ID,
    Organisation,
    Rows,
    Scope,
    leagues,
    studio_colleges,
    studios,
)
from data.demo.terms import TODAY, TermDates, in_term

NO_STATION = ("xing3", "dong4")
STATION_CLOSED = {"nan3": date(2026, 10, 23)}
FOUNDED_THIS_TERM = {
    "song4": date(2026, 9, 18),
    "bei4": date(2026, 9, 28),
    "dong3": date(2026, 10, 20),
    "zhu4": date(2026, 11, 16),
}
# How far a building's floors have come by today; those left out lie between 0.6 and 0.95.
PACE = {"song4": 0.35, "bei4": 0.3, "dong3": 0.2, "zhu4": 0.05, "xing1": 0.45, "tao5": 0.5}


@dataclass(frozen=True)
class Party:
    """Organisations with their scopes, and when each building and floor was reached."""

    organisations: pd.DataFrame
    scopes: pd.DataFrame
    pace: dict[str, float]
    founded: dict[str, date]


def party(seed: int, place: Places, terms: tuple[TermDates, ...]) -> Party:
    """Organisations founded step by step over the terms, some not yet, some closed again."""
    rng = draws(seed, "party")
    founded = _station_dates(rng, terms)
    pace = {site.id: PACE.get(site.id, float(rng.uniform(0.6, 0.95))) for site in SITES}
    organisations: list[Organisation] = [
        (COMMITTEE_ID, "党工委", "学生社区党工委", None, _long_ago(terms), None)
    ]
    scopes: list[Scope] = []
    buildings = place.buildings.set_index("id")["name"]
    for building, day in founded.items():
        closed = STATION_CLOSED.get(building)
        name = f"{buildings[building]}学生党员工作站"
        organisations.append((f"ws-{building}", "工作站", name, COMMITTEE_ID, day, closed))
        scopes.append((f"ws-{building}", "building_id", building, day, closed))
    for rows in (
        _floor_organisations(rng, place, Plan(founded, pace, terms)),
        studios(rng, terms),
        leagues(rng, place, terms),
    ):
        organisations += rows[0]
        scopes += rows[1]
    return Party(_organisations(rng, organisations), _scopes(scopes), pace, founded)


@dataclass(frozen=True)
class Plan:
    """What the founding of floor organisations depends on."""

    founded: dict[str, date]
    pace: dict[str, float]
    terms: tuple[TermDates, ...]


def party_tables(found: Party) -> dict[str, pd.DataFrame]:
    """Organisations, scopes and the colleges that the studios join."""
    return {
        "party_organisation": found.organisations,
        "party_organisation_scope": found.scopes,
        "joint_studio_college": studio_colleges(found.organisations),
    }


def _long_ago(terms: tuple[TermDates, ...]) -> date:
    return terms[0].starts - timedelta(days=620)


def _station_dates(rng: np.random.Generator, terms: tuple[TermDates, ...]) -> dict[str, date]:
    first = terms[0].starts
    room = max((date(2026, 6, 30) - first).days * 0.7, -30)
    dates = {}
    for site in SITES:
        early = rng.random() < 0.7
        shift = int(rng.uniform(-600, -30) if early else rng.uniform(-30, room))
        if site.id not in NO_STATION:
            day = in_term(first + timedelta(days=shift), terms)
            dates[site.id] = FOUNDED_THIS_TERM.get(site.id, day)
    return dates


def _floor_organisations(rng: np.random.Generator, place: Places, plan: Plan) -> Rows:
    organisations: list[Organisation] = []
    scopes: list[Scope] = []
    names_of = place.buildings.set_index("id")["name"]
    wanted = place.floors[place.floors["residential"] & place.floors["organisation_required"]]
    for (building, wing), floors in wanted.groupby(["building_id", "wing"], sort=False):
        if building not in plan.founded:
            continue
        place_name = (
            f"{names_of[building]}{wing}{'单元' if wing.isdigit() else '区' if wing else ''}"
        )
        found = _wing(rng, building, place_name, floors, plan)
        organisations += found[0]
        scopes += found[1]
    return _close_two(organisations, scopes)


def _wing(
    rng: np.random.Generator, building: str, name: str, floors: pd.DataFrame, plan: Plan
) -> Rows:
    """A branch for the first floors of a wing, then a Party group for each further floor."""
    organisations: list[Organisation] = []
    scopes: list[Scope] = []
    closed = STATION_CLOSED.get(building)
    reached = [
        (_reached(rng, plan.founded[building], plan), floor, level)
        for floor, level in zip(floors["id"], floors["level"], strict=True)
        if rng.random() < plan.pace[building]
    ]
    branch = ""
    for number, (day, floor, level) in enumerate(sorted(reached)):
        if day > TODAY:
            continue
        if number == 0:
            branch = f"br-{floor.rpartition('-')[0]}"
            organisations.append(
                (branch, "功能型党支部", f"{name}功能型党支部", f"ws-{building}", day, closed)
            )
        if number < 2:
            scopes.append((branch, "floor_id", floor, day, closed))
            continue
        group = f"gr-{floor}"
        organisations.append((group, "党小组", f"{name}{level}层党小组", branch, day, closed))
        scopes.append((group, "floor_id", floor, day, closed))
    return organisations, scopes


def _reached(rng: np.random.Generator, founded: date, plan: Plan) -> date:
    """A floor follows its station; about half of the early ones before the first term shown."""
    first = plan.terms[0].starts
    span = (TODAY - first).days
    wish = first + timedelta(days=int(span * rng.uniform(-0.8, 1.0)))
    return in_term(max(wish, founded + timedelta(days=int(rng.integers(10, 45)))), plan.terms)


def _close_two(organisations: list[Organisation], scopes: list[Scope]) -> Rows:
    """One branch closed with its scope ended; one whose scope was left open by mistake."""
    branches = [o for o in organisations if o[1] == "功能型党支部" and o[4] < date(2026, 8, 31)]
    for number, chosen in enumerate(branches[3:12:6]):
        day = date(2026, 9, 30) if number else date(2026, 10, 16)
        at = organisations.index(chosen)
        organisations[at] = (*chosen[:5], day)
        if number == 0:
            scopes = [(*s[:4], day) if s[0] == chosen[0] else s for s in scopes]
    return organisations, scopes


def _organisations(rng: np.random.Generator, rows: list[Organisation]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "kind", "name", "parent_id", "founded", "closed"])
    genders = np.where(rng.random(len(frame)) < 0.5, "男", "女")
    leads = frame["kind"].isin(["党工委", "工作站", "党团联合工作室"])
    frame["leader_name"] = pd.Series(names(rng, genders)).astype(object).where(leads, None)
    return frame


def _scopes(rows: list[Scope]) -> pd.DataFrame:
    wide = [
        {"organisation_id": o, column: place, "starts": starts, "ends": ends}
        for o, column, place, starts, ends in rows
    ]
    frame = pd.DataFrame(wide)
    return frame.assign(id=np.arange(1, len(frame) + 1))

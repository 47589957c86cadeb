"""One drawn campus: places, people and who lived where, and every table that follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from data.demo.activities import Hosts, activity_frames
from data.demo.areas import area_tables, responsibility_areas
from data.demo.brands import brand_tables, group_tables
from data.demo.colleges import college_table
from data.demo.deeds import display_frame, five_lead_frame
from data.demo.judgement import honour_tables, need_frame, rating_frame
from data.demo.leaders import floor_leader_frame
from data.demo.leads import lead_table
from data.demo.living import enrolment_table, living
from data.demo.party import Party, party, party_tables
from data.demo.people import People, beds_wanted, people, people_tables
from data.demo.places import Places, place_tables, places
from data.demo.questions import concern_frame, engagement_frame
from data.demo.rosters import roster_frame, roster_table
from data.demo.services import request_frame, space_tables
from data.demo.terms import TermDates, term_dates, term_tables
from data.demo.visits import visit_frames

Frames = Iterator[tuple[str, pd.DataFrame]]


@dataclass(frozen=True)
class World:
    """What all tables are drawn from."""

    seed: int
    terms: tuple[TermDates, ...]
    place: Places
    crowd: People
    slices: pd.DataFrame

    def now(self) -> pd.DataFrame:
        """Who lives where in the running term."""
        return self.slices[self.slices["term"] == len(self.terms) - 1]

    def frames(self) -> Frames:
        """Every contract table with its rows; the largest in pieces, a term at a time."""
        yield from place_tables(self.place).items()
        yield "college", college_table()
        yield from term_tables(self.terms).items()
        yield from people_tables(self.crowd, self.terms).items()
        yield "enrolment", enrolment_table(self.slices, self.crowd, self.place, self.terms)
        found = party(self.seed, self.place, self.terms)
        yield from party_tables(found).items()
        yield from self._members(found)
        yield from self._forces()
        yield from self._community(found)

    def _members(self, found: Party) -> Frames:
        seed, slices, place, terms = self.seed, self.slices, self.place, self.terms
        rosters = roster_table(seed, found, slices, place, terms)
        yield "workstation_member", roster_frame(rosters, self.crowd)
        leaders = floor_leader_frame(seed, found, slices, place, terms)
        yield "floor_leader", self._named(leaders)
        yield "building_lead", lead_table(seed, slices, place, terms)
        areas = responsibility_areas(seed, found, slices, place, terms)
        yield from area_tables(areas).items()
        yield "responsibility_area_member", self._named(areas.members)
        yield "member_display", self._named(display_frame(seed, slices, place, terms))
        yield "five_lead_entry", self._named(five_lead_frame(seed, slices, terms))

    def _forces(self) -> Frames:
        seed, crowd, slices, place = self.seed, self.crowd, self.slices, self.place
        yield from visit_frames(seed, crowd, place, slices, self.terms)
        yield "concern", concern_frame(seed, crowd, place, slices, self.terms)
        yield "engagement", engagement_frame(seed, place, self.terms)
        yield "support_need", self._named(need_frame(seed, crowd, slices, self.terms))

    def _community(self, found: Party) -> Frames:
        seed, crowd, slices, place = self.seed, self.crowd, self.slices, self.place
        yield from space_tables(seed, place).items()
        yield "service_request", request_frame(seed, place, self.now()["s"].nunique(), self.terms)
        brands = brand_tables(seed, self.terms)
        groups = group_tables(seed, crowd, slices, self.terms)
        yield from brands.items()
        yield from groups.items()
        hosts = Hosts(
            brands["brand"], brands["brand_owner"], groups["student_group"], found.organisations
        )
        yield from activity_frames(seed, crowd, place, slices, self.terms, hosts)
        yield "rating", rating_frame(seed, place, self.terms)
        yield from honour_tables(seed, place, found.organisations, self.terms).items()

    def _named(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Student positions as ids."""
        ids = pd.Categorical.from_codes(frame["s"], self.crowd.students["id"])
        return frame.assign(student_id=ids).drop(columns="s")


def world(seed: int, students: int, terms: int) -> World:
    """A campus drawn from a seed; equal arguments give an equal one."""
    dates = term_dates(terms)
    place = places(seed, beds_wanted(students))
    crowd = people(seed, students, dates)
    return World(seed, dates, place, crowd, living(seed, crowd, place, dates))

"""The demo campus as a whole: builds every contract table and replaces an older demo with it."""

from collections.abc import Callable, Iterator

import pandas as pd
from sqlalchemy import Connection

from data.demo.accounts import seat_demo_accounts
from data.demo.areas import area_tables, responsibility_areas
from data.demo.colleges import college_table
from data.demo.deeds import display_frame, five_lead_frame
from data.demo.leads import lead_table
from data.demo.living import enrolment_table, living
from data.demo.loading import refuse_real_campus, replace_demo
from data.demo.party import party, party_tables
from data.demo.people import beds_wanted, people, people_tables
from data.demo.places import place_tables, places
from data.demo.rosters import floor_leader_frame, roster_frame, roster_table
from data.demo.terms import term_dates, term_tables
from data.demo.visits import visit_frames
from data.engine import create_tables, reading
from data.errors import DashboardError

FEWEST_STUDENTS = 300

Frames = Iterator[tuple[str, pd.DataFrame]]
Progress = Callable[[str], None]


def build(
    url: str, *, students: int = 20_000, terms: int = 3, seed: int = 7, progress: Progress
) -> None:
    """Fill a database with an invented campus; equal arguments give equal rows.

    An older demo is replaced together with its summaries; accounts stay. Run a refresh next.
    """
    if students < FEWEST_STUDENTS:
        raise DashboardError(f"演示校园至少要有 {FEWEST_STUDENTS} 名学生,现在是 {students}")
    create_tables(url)
    with reading(url) as conn:
        refuse_real_campus(conn)
    world = World(seed, students, terms)
    rows = replace_demo(url, world.frames(progress), world.seat)
    progress(f"演示校园已写好:{rows:,} 行;请接着运行 python -m data refresh")


class World:
    """The parts that later tables are drawn from: places, people, who lived where."""

    def __init__(self, seed: int, students: int, terms: int) -> None:
        self.seed = seed
        self.terms = term_dates(terms)
        self.place = places(seed, beds_wanted(students))
        self.crowd = people(seed, students, self.terms)
        self.slices = living(seed, self.crowd, self.place, self.terms)

    def seat(self, conn: Connection) -> None:
        """The accounts that come with a demo."""
        now = self.slices[self.slices["term"] == len(self.terms) - 1]
        seat_demo_accounts(conn, self.seed, now)

    def frames(self, progress: Progress) -> Frames:
        """Every table with its rows, the largest in pieces, a term at a time."""
        yield from place_tables(self.place).items()
        yield "college", college_table()
        yield from term_tables(self.terms).items()
        yield from people_tables(self.crowd, self.terms).items()
        yield "enrolment", enrolment_table(self.slices, self.crowd, self.place, self.terms)
        progress(
            f"学期 {len(self.terms)} 个,楼宇 {len(self.place.buildings)} 栋,"
            f"房间 {len(self.place.rooms):,} 间,学生 {len(self.crowd.students):,} 人"
        )
        yield from self._party()
        progress("党团组织、名册、层长、责任区、双亮五带头")
        for name, frame in visit_frames(
            self.seed, self.crowd, self.place, self.slices, self.terms
        ):
            yield name, frame
            if name == "visit_student":
                progress(f"{frame['term_id'].iat[0]}:走访见到学生 {len(frame):,} 人次")

    def _party(self) -> Frames:
        found = party(self.seed, self.place, self.terms)
        yield from party_tables(found).items()
        rows = roster_table(self.seed, found, self.slices, self.place, self.terms)
        yield "workstation_member", roster_frame(rows, self.crowd)
        leaders = floor_leader_frame(self.seed, found, self.slices, self.place, self.terms)
        yield "floor_leader", self._named(leaders)
        yield "building_lead", lead_table(self.seed, self.slices, self.place, self.terms)
        areas = responsibility_areas(self.seed, found, self.slices, self.place, self.terms)
        yield from area_tables(areas).items()
        yield "responsibility_area_member", self._named(areas.members)
        shown = display_frame(self.seed, self.slices, self.place, self.terms)
        yield "member_display", self._named(shown)
        yield "five_lead_entry", self._named(five_lead_frame(self.seed, self.slices, self.terms))

    def _named(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Student positions as ids."""
        ids = pd.Categorical.from_codes(frame["s"], self.crowd.students["id"])
        return frame.assign(student_id=ids).drop(columns="s")

"""The demo campus: every table filled, nothing real overwritten, the same seed the same rows.

A campus of 500 students and two terms, so the newest term is the one running on TODAY. Its rows
are drawn, so these tests check promises, not numbers; what numbers mean is tested elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import shape
from sqlalchemy import Date, DateTime, Table, func, insert, inspect, select, text

from data.access.viewer import ROLES
from data.contract.quality import CHECKS
from data.demo.campus import build
from data.demo.changes import ACTIVITIES, BUILDING, COLLEGE, Change, times
from data.demo.colleges import BEFORE_SPLIT, SPLIT
from data.demo.outlines import METRES_PER_DEGREE, footprint
from data.demo.runs import Runs
from data.demo.sites import SITES
from data.demo.spells import spells
from data.demo.terms import TODAY, term_dates
from data.demo.world import world
from data.engine import engine, reading, writing
from data.errors import DashboardError
from data.migrations.upgrading import create_tables
from data.models.activity import Activity, ActivityPlace
from data.models.dashboard import Account, DataVersion, Installation
from data.models.forces import MethodSetting, Visit, VisitStudent
from data.models.people import College, Enrolment
from data.models.place import Building, Campus, Floor, Room
from data.models.tables import contract_tables
from data.models.time import Term
from data.summaries.method import DEFAULT, minutes

STUDENTS, TERMS = 500, 2
PLANNED = {"term", "holiday", "key_node"}  # the only tables that know the future


def silent(_message: str) -> None:
    """Progress that nobody watches."""


def made(url: str) -> str:
    build(url, students=STUDENTS, terms=TERMS, seed=7, progress=silent)
    return url


def older_demo(url: str) -> str:
    """A demo of one campus that has been refreshed, with an account of somebody's own."""
    create_tables(url)
    when = pd.Timestamp(TODAY).to_pydatetime()
    account = {"name": "li", "display_name": "李", "role": "steward", "session_stamp": "s"}
    version = {"id": 1, "as_of": TODAY, "started": when, "published": when, "seconds": 1.0}
    with writing(url) as conn:
        conn.execute(insert(Installation).values(key="demo", value="1"))
        conn.execute(insert(Campus).values(id="old", name="旧校区"))
        conn.execute(insert(Account).values(**account, may_export=False, created=when))
        conn.execute(insert(DataVersion).values(**version, full=True, demo=True, rows=1))
    return url


def rows(url: str, table: Table) -> list[tuple[object, ...]]:
    with reading(url) as conn:
        return sorted(tuple(map(str, row)) for row in conn.execute(select(table)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")


def test_every_contract_table_is_filled(demo: str) -> None:
    with reading(demo) as conn:
        empty = [
            table.name
            for _, table in contract_tables()
            if not conn.scalar(select(func.count()).select_from(table))
        ]
    assert empty == []


def test_no_key_is_an_orphan(demo: str) -> None:
    with reading(demo) as conn:
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []


def test_nothing_happens_after_today(demo: str) -> None:
    late = []
    with reading(demo) as conn:
        for _, table in contract_tables():
            for column in table.c:
                if table.name not in PLANNED and isinstance(column.type, Date | DateTime):
                    last = conn.scalar(select(func.max(column)))
                    if last is not None and str(last)[:10] > str(TODAY):
                        late.append((table.name, column.name, last))
    assert late == []


def test_the_newest_term_is_running(demo: str) -> None:
    with reading(demo) as conn:
        terms = conn.execute(select(Term.id, Term.starts, Term.ends).order_by(Term.starts)).all()
    assert [t.id for t in terms] == ["2025-2026-2", "2026-2027-1"]
    assert terms[0].ends < terms[1].starts <= TODAY <= terms[1].ends
    assert term_dates(1)[0].teaching == date(2026, 9, 7)  # so TODAY opens teaching week 12


def test_equal_seeds_give_equal_rows(demo: str, tmp_path: Path) -> None:
    again = made(f"sqlite:///{tmp_path / 'again.db'}")
    different = [t.name for _, t in contract_tables() if rows(demo, t) != rows(again, t)]
    assert different == []


def test_another_seed_gives_other_people() -> None:
    one, other = (world(seed, STUDENTS, TERMS).crowd.students for seed in (7, 8))
    assert one["name"].to_list() != other["name"].to_list()


def test_both_databases_hold_the_same_rows(demo: str, postgresql_database: str) -> None:
    made(postgresql_database)
    for _, table in contract_tables():
        if table.name in {"building", "room", "enrolment", "visit", "attendance", "feedback"}:
            assert rows(demo, table) == rows(postgresql_database, table), table.name
    looked = inspect(engine(postgresql_database))
    for _, table in contract_tables():
        kept = {key["name"] for key in looked.get_foreign_keys(table.name, schema="campus")}
        assert kept == {key.name for key in table.foreign_key_constraints}, table.name


def test_somebodys_campus_is_left_alone(database: str) -> None:
    create_tables(database)
    with writing(database) as conn:
        conn.execute(insert(Campus).values(id="own", name="本校区"))
    with pytest.raises(DashboardError, match="校区台账"):
        made(database)
    with reading(database) as conn:
        assert conn.scalars(select(Campus.id)).all() == ["own"]


def test_a_demo_is_replaced_with_its_summaries_and_keeps_accounts(database: str) -> None:
    made(older_demo(database))
    with reading(database) as conn:
        assert conn.scalars(select(DataVersion.id)).all() == []
        assert set(conn.scalars(select(Account.name))) == {
            "li",
            *(f"demo-{role}" for role in ROLES),
        }
        assert conn.scalar(select(Installation.value)) == "1"
        assert set(conn.scalars(select(Campus.id))) == {"nanhu", "wenchang"}


def test_a_failed_build_keeps_what_was_there(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    older_demo(database)
    monkeypatch.setattr("data.demo.world.lead_table", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        made(database)
    with reading(database) as conn:
        assert conn.scalars(select(Campus.id)).all() == ["old"]
        assert conn.scalars(select(DataVersion.id)).all() == [1]


@pytest.mark.parametrize(("students", "terms"), [(20, 2), (500, 0), (500, 40)])
def test_an_impossible_size_is_refused(tmp_path: Path, students: int, terms: int) -> None:
    with pytest.raises(DashboardError, match="演示校园"):
        build(f"sqlite:///{tmp_path / 'no.db'}", students=students, terms=terms, progress=silent)
    assert list(tmp_path.iterdir()) == []


def test_each_account_has_a_scope_that_holds_students(demo: str) -> None:
    with reading(demo) as conn:
        accounts = {row.role: row for row in conn.execute(select(Account.__table__))}
        assert set(accounts) == set(ROLES)
        lists = select(func.count()).select_from(Enrolment)
        mine = Enrolment.counselor_id == accounts["counselor"].counselor_id
        assert conn.scalar(lists.where(mine))
        assert conn.scalar(lists.where(Enrolment.college_id == accounts["college"].college_id))
        own = set(accounts["work_group"].building_ids.split(","))
        assert len(own) == 2
        assert own <= set(conn.scalars(select(Building.id)))


def test_room_codes_say_where_the_room_is(demo: str) -> None:
    """Every room on a floor has a code that its building's pattern reads as wing and level."""
    with reading(demo) as conn:
        found = conn.execute(
            select(Room.code, Building.room_code_pattern, Floor.wing, Floor.level)
            .join(Building, Room.building_id == Building.id)
            .outerjoin(Floor, Room.floor_id == Floor.id)
        ).all()
    unread = [row.code for row in found if row.level is None]
    assert len(unread) == 5
    for code, pattern, wing, level in found:
        read = re.search(str(pattern), code)
        if level is None:
            assert read is None
        else:
            assert read is not None
            assert (read.groupdict().get("wing") or "", int(read["level"])) == (wing, level)


def test_slices_of_a_student_follow_one_another(demo: str) -> None:
    with reading(demo) as conn:
        found = conn.execute(
            select(Enrolment.student_id, Enrolment.term_id, Enrolment.starts, Enrolment.ends)
            .order_by(Enrolment.student_id, Enrolment.term_id, Enrolment.starts)
        ).all()  # fmt: skip
    changed = [(a, b) for a, b in pairwise(found) if a[:2] == b[:2]]
    assert changed
    assert all((b.starts - a.ends).days == 1 for a, b in changed)


def test_students_met_were_enrolled_in_that_term(demo: str) -> None:
    with reading(demo) as conn:
        met = set(conn.execute(select(VisitStudent.student_id, VisitStudent.term_id)).all())
        enrolled = set(conn.execute(select(Enrolment.student_id, Enrolment.term_id)).all())
    assert met
    assert met <= enrolled


def test_each_term_says_how_44023_is_set(demo: str) -> None:
    with reading(demo) as conn:
        found = conn.execute(select(MethodSetting.__table__).order_by("term_id")).all()
        terms = conn.scalars(select(Term.id).order_by(Term.id)).all()
    assert [row.term_id for row in found] == terms
    assert [row.response_days for row in found] == [5, 3]  # a setting is one of its term


def test_visits_look_as_they_do_in_real_ledgers(demo: str) -> None:
    """Heaps at 30 and at 40 minutes, some without an end, a few over midnight or of two."""
    visit = Visit
    with reading(demo) as conn:
        lasted = conn.scalars(select(minutes(DEFAULT))).all()
        late = conn.execute(select(visit).where(visit.ends < visit.starts)).all()
        same = (visit.day, visit.starts, visit.ends, visit.building_id)
        two = select(*same).where(visit.building_id.is_not(None), visit.starts.is_not(None))
        two = two.group_by(*same).having(func.count(visit.counselor_id.distinct()) == 2)
        joint = conn.execute(two).all()
        unclear = next(check for check in CHECKS if check.key == "visit_backwards").count(conn)
    assert {m for m, _ in Counter(lasted).most_common(2)} == {30, 40}
    assert None in lasted
    assert 0 < len(late) < len(lasted) / 50
    assert 0 < len(joint) < len(lasted) / 20
    assert unclear == 0


def test_students_met_differ_from_college_to_college(demo: str) -> None:
    """Nobody meets everybody, and no college nobody."""
    met, enrolled = VisitStudent.student_id, Enrolment.student_id
    of = Enrolment.college_id
    known = select(met).where(VisitStudent.term_id == "2025-2026-2")
    stmt = select(of, func.count(enrolled.distinct())).where(Enrolment.term_id == "2025-2026-2")
    with reading(demo) as conn:
        every = dict(conn.execute(stmt.group_by(of)).all())
        some = dict(conn.execute(stmt.where(enrolled.in_(known)).group_by(of)).all())
    shares = sorted(some.get(college, 0) / number for college, number in every.items())
    assert shares[0] + 0.2 < shares[-1] <= 1


def test_changes_hold_from_their_week_on_in_the_running_term_only() -> None:
    ids = np.array(["a", "a", "b"], dtype=object)
    change = (Change(BUILDING, "a", 7, 0.25),)
    for dates, expected in zip(term_dates(2), ([1, 1, 1], [1, 0.25, 1]), strict=True):
        monday = np.datetime64(dates.week(7), "D")
        days = np.array([monday - 1, monday, monday])
        assert times(change, BUILDING, ids, days, dates).tolist() == expected
        assert times(change, COLLEGE, ids, days, dates).tolist() == [1, 1, 1]


def test_a_building_gives_up_its_activities(demo: str) -> None:
    (gone,) = ACTIVITIES
    since = term_dates(1)[0].week(gone.week)
    held = select(Activity.day).join(ActivityPlace, ActivityPlace.activity_id == Activity.id)
    with reading(demo) as conn:
        days = conn.scalars(held.where(ActivityPlace.building_id == gone.id)).all()
    before, after = [d for d in days if d < since], [d for d in days if d >= since]
    assert len(before) > 20
    assert len(after) < len(before) / 4  # what neighbours hold together with it


def test_the_split_college_hands_over_on_the_day(demo: str) -> None:
    with reading(demo) as conn:
        colleges = {row.id: row for row in conn.execute(select(College.__table__))}
        used = set(conn.execute(select(Enrolment.term_id, Enrolment.college_id)).all())
    old = colleges[BEFORE_SPLIT]
    assert (SPLIT - old.ends).days == 1
    assert colleges[old.successor_id].starts == SPLIT
    assert ("2025-2026-2", BEFORE_SPLIT) in used
    assert ("2026-2027-1", BEFORE_SPLIT) not in used
    assert ("2026-2027-1", old.successor_id) in used


def test_outlines_keep_apart(demo: str) -> None:
    with reading(demo) as conn:
        drawn = conn.execute(
            select(Building.footprint).where(Building.footprint.is_not(None))
        ).scalars()
        outlines = [shape(found) for found in drawn]
    assert 0 < len(outlines) < len(SITES)  # some buildings have none: the map must cope
    assert all(outline.is_valid and outline.exterior.is_ccw for outline in outlines)
    assert not any(a.intersects(b) for a, b in combinations(outlines, 2))


def test_a_slab_is_as_long_and_deep_as_asked() -> None:
    """70 m × 16 m at the equator, where a degree is equally long both ways."""
    outline = shape(footprint("slab", length=70, angle=0, longitude=10, latitude=0))
    west, south, east, north = outline.bounds
    assert (east - west) * METRES_PER_DEGREE == pytest.approx(70, abs=0.2)
    assert (north - south) * METRES_PER_DEGREE == pytest.approx(16, abs=0.2)
    assert outline.centroid.coords[0] == pytest.approx((10, 0), abs=1e-6)


def test_runs_go_round() -> None:
    """Group 0 holds a = 10, 11, 12; group 1 nothing; group 2 holds 13."""
    runs = Runs.of(np.array([2, 0, 0, 0]), np.array([13, 10, 11, 12]), 3)
    asked, items = runs.stretch(np.array([0, 2, 1]), np.array([2, 0, 0]), np.array([2, 5, 3]))
    assert asked.tolist() == [0, 0, 1]
    assert items.tolist() == [12, 10, 13]
    assert runs.all_of(np.array([2, 0]))[1].tolist() == [13, 10, 11, 12]


@pytest.fixture
def slices() -> pd.DataFrame:
    """One student in two terms: room 1, moves to room 2 in mid-term, keeps it over the summer."""
    first, second = term_dates(2)
    frame = pd.DataFrame(
        {
            "s": [0, 0, 0],
            "term": [0, 0, 1],
            "room": [1, 2, 2],
            "starts": [first.starts, date(2026, 5, 4), second.starts],
            "until": [date(2026, 5, 3), None, None],
        }
    )
    frame["starts"] = pd.to_datetime(frame["starts"])
    frame["until"] = pd.to_datetime(frame["until"])
    return frame


def spell_rows(
    slices: pd.DataFrame, keep: list[bool], key: list[int]
) -> Iterator[tuple[object, ...]]:
    found = spells(slices, term_dates(2), keep=np.array(keep), key=np.array(key))
    for row in found.itertuples(index=False):
        yield row.key, str(row.starts.date()), None if pd.isna(row.until) else str(row.until.date())


def test_a_summer_does_not_break_a_spell(slices: pd.DataFrame) -> None:
    assert list(spell_rows(slices, [True] * 3, [1, 2, 2])) == [
        (1, "2026-03-02", "2026-05-03"),
        (2, "2026-05-04", None),
    ]


def test_a_gap_breaks_a_spell(slices: pd.DataFrame) -> None:
    assert list(spell_rows(slices, [True, False, True], [0, 0, 0])) == [
        (0, "2026-03-02", "2026-05-03"),
        (0, "2026-08-31", None),
    ]

"""A refresh publishes whole versions: anew what may have changed, the rest as it was."""

from datetime import date, datetime, time

import pytest
from sqlalchemy import delete, insert, select, update

from data.engine import reading, writing
from data.errors import NoData
from data.migrations.upgrading import create_tables
from data.models.activity import Attendance, StudentGroup, StudentGroupMember
from data.models.dashboard import DataVersion, Installation
from data.models.forces import Visit
from data.models.party import PartyOrganisation
from data.models.people import Enrolment
from data.models.service import ServiceRequest
from data.models.time import Term
from data.summaries.refresh import refresh
from queries.choices import serving
from queries.filters import Filters
from queries.places import coverage_by_floor
from tests import counseling
from tests.data.summaries.versions import (
    DEAN,
    buildings_covered,
    builds,
    close_station_of_a,
    contents,
    runs,
    served,
    stored,
    version,
)
from tests.world import AUTUMN, SPRING, TODAY, day, rows


def test_a_daily_refresh_builds_the_current_term_only(world_copy: str) -> None:
    before = builds(world_copy, version(world_copy))
    close_station_of_a(world_copy)
    made = refresh(world_copy, today=TODAY)
    after = builds(world_copy, made.id)
    assert made.terms == (AUTUMN,)
    assert after[SPRING] == before[SPRING]
    assert after[AUTUMN] != before[AUTUMN]
    assert served(world_copy) == 1


def test_a_full_refresh_also_shows_what_changed_in_the_past(world_copy: str) -> None:
    spring_end = date(2026, 7, 5)
    close_station_of_a(world_copy, on=spring_end)

    def spring() -> int:
        with reading(world_copy) as conn:
            return buildings_covered(conn, term=SPRING, on=spring_end)

    refresh(world_copy, today=TODAY)
    assert spring() == 2
    made = refresh(world_copy, full=True, today=TODAY)
    assert made.terms == (SPRING, AUTUMN)
    assert spring() == 1


@pytest.mark.parametrize("full", [True, False])
def test_the_same_ledgers_give_the_same_rows(world_copy: str, full: bool) -> None:
    with writing(world_copy) as conn:
        counseling.add(conn)
        rows(conn, Attendance, "activity_id student_id", (1, "a1"))
        rows(conn, StudentGroup, "id name kind", ("g", "棋社", "社团"))
        member = ("g", "a1", day("09-10"))
        rows(conn, StudentGroupMember, "group_id student_id starts", member)
        for number, on in enumerate((day("2026-05-04"), day("10-12")), start=1):
            noon = datetime.combine(on, time(12))
            request = {"id": number, "channel": "易班", "submitted": noon}
            conn.execute(insert(ServiceRequest).values(request))
    before = builds(world_copy, refresh(world_copy, full=True, today=TODAY).id)
    first = {term: contents(world_copy, build) for term, build in before.items()}
    made = refresh(world_copy, full=full, today=TODAY)
    after = builds(world_copy, made.id)
    assert {term: contents(world_copy, build) for term, build in after.items()} == first
    assert all(first[AUTUMN].values())
    nothing = {name for name, found in first[SPRING].items() if not found}
    assert nothing == {"node_coverage", "activity_session", "participation", "group_membership"}
    assert (after[SPRING] != before[SPRING]) == full


def test_summaries_of_another_release_are_all_made_anew(world_copy: str) -> None:
    before = builds(world_copy, version(world_copy))
    with writing(world_copy) as conn:
        conn.execute(update(Installation).where(Installation.key == "summaries").values(value="x"))
    with reading(world_copy) as conn:
        assert serving(conn).outdated
    after = builds(world_copy, refresh(world_copy, today=TODAY).id)
    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())
    with reading(world_copy) as conn:
        assert not serving(conn).outdated


def test_a_version_says_what_it_is(world_copy: str) -> None:
    told: list[str] = []
    with writing(world_copy) as conn:
        conn.execute(insert(Installation).values(key="demo", value="1"))
    made = refresh(world_copy, full=True, today=TODAY, progress=told.append)
    with reading(world_copy) as conn:
        row = conn.execute(select(DataVersion).where(DataVersion.id == made.id)).one()
    assert (row.as_of, row.full, row.demo, row.rows) == (TODAY, True, True, made.rows)
    kept = builds(world_copy, made.id).values()
    assert made.rows == sum(len(rows) for b in kept for rows in contents(world_copy, b).values())
    assert [term for line in told for term in (SPRING, AUTUMN) if term in line] == [SPRING, AUTUMN]
    assert told[-2] == f"数据版本 {made.id} 已发布"
    assert told[-1].startswith("数据质量：检查")  # readers have the version before its faults


def test_data_ends_with_the_last_day_on_record(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(update(Visit).values(day=day("11-19")))
    assert refresh(world_copy, today=TODAY).as_of == day("11-19")
    assert refresh(world_copy, today=day("11-18")).as_of == day("11-18")  # d1 leads since then
    assert refresh(world_copy, today=day("2026-08-01")).terms == (SPRING,)


def test_two_versions_are_kept_and_nothing_else(world_copy: str) -> None:
    made = [refresh(world_copy, full=n == 1, today=TODAY).id for n in range(3)]
    kept = {b for number in made[1:] for b in builds(world_copy, number).values()}
    assert builds(world_copy, made[0]) == {}
    assert stored(world_copy) == kept
    assert len(kept) == 3  # spring of the full one is shown by both


def test_an_open_reader_keeps_the_version_it_began_with(world_copy: str) -> None:
    with reading(world_copy) as conn:
        assert buildings_covered(conn) == 2
        close_station_of_a(world_copy)
        for _ in range(2):  # the version being read is swept meanwhile
            refresh(world_copy, today=TODAY)
        assert buildings_covered(conn) == 2
    assert served(world_copy) == 1


def test_a_gap_is_as_old_as_the_first_row_of_it(world_copy: str) -> None:
    """A new row for a new status, or a new neighbour, does not make an old gap young."""
    with writing(world_copy) as conn:
        a3 = (Enrolment.student_id == "a3", Enrolment.term_id == AUTUMN)
        old = dict(conn.execute(select(Enrolment.__table__).where(*a3)).one()._mapping)
        conn.execute(update(Enrolment).where(*a3).values(ends=day("10-20")))
        new = {"starts": day("10-21"), "political_status": "发展对象"}
        conn.execute(insert(Enrolment).values({**old, **new}))
    refresh(world_copy, today=TODAY)
    slice_ = Filters(term=AUTUMN, date=TODAY.isoformat(), metric="workstation_enrolment")
    with reading(world_copy) as conn:
        floors = coverage_by_floor(conn, slice_, DEAN).set_index("floor_id")
    assert floors.loc["A1", "since"] == day("2026-09-07")


def test_an_empty_database_says_what_is_missing(database: str) -> None:
    create_tables(database)
    with pytest.raises(NoData, match="还没有任何带日期的记录"):
        refresh(database, today=TODAY)
    organisation = {"id": "w", "kind": "工作站", "name": "站", "founded": day("11-01")}
    with writing(database) as conn:
        conn.execute(insert(PartyOrganisation).values(organisation))
    with pytest.raises(NoData, match="没有已经开始的学期"):
        refresh(database, today=TODAY)
    assert [held for held, _ in runs(database)] == [False, False]


def test_a_failed_refresh_is_told_and_leaves_what_was(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(update(Term).values(starts=day("2028-03-01"), ends=day("2028-07-01")))
    with pytest.raises(NoData):
        refresh(world_copy, today=TODAY)
    assert version(world_copy) == 1
    held, problem = runs(world_copy)[-1]
    assert not held
    assert problem is not None
    assert problem.startswith("NoData")


def test_a_term_without_students_still_has_places(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(delete(Enrolment))
    refresh(world_copy, full=True, today=TODAY)
    assert served(world_copy) == 2

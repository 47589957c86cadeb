"""A small campus with two colleges, and password hashing that costs next to nothing."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, insert

from data.access import passwords
from data.engine import writing
from data.migrations.upgrading import create_tables
from data.models.people import College, Counselor, CounselorBuilding, Enrolment, Student
from data.models.place import Building, Campus, Cluster, Room
from data.models.time import Term
from tests import databases

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    passwords._unmatched.cache_clear()
    yield
    passwords._unmatched.cache_clear()


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    create_tables(f"sqlite:///{path}")
    databases.release_connections()  # so that nothing is left beside the file
    return path


@pytest.fixture
def sqlite_empty(tmp_path: Path, _template: Path) -> str:
    """All tables, no rows, for tests that need no second database; a copy is quicker."""
    return f"sqlite:///{shutil.copy(_template, tmp_path / 'copy.db')}"


@pytest.fixture
def empty(database: str) -> str:
    """All tables, no rows, on each database."""
    create_tables(database)
    return database


@pytest.fixture
def campus(empty: str) -> str:
    """Counselor C1: student S1 in B1, S2 moved from B2 to B3 in October, S3 elsewhere in spring."""
    with writing(empty) as conn:
        _places(conn)
        _people(conn)
    return empty


def _places(conn: Connection) -> None:
    conn.execute(insert(Campus).values(id="N", name="南湖校区"))
    conn.execute(insert(Cluster).values(id="T", campus_id="N", name="桃苑"))
    for n in range(1, 6):
        conn.execute(
            insert(Building).values(
                id=f"B{n}",
                cluster_id="T",
                name=f"桃苑{n}号楼",
                residents="本科生",
                residential=True,
            )
        )
        conn.execute(insert(Room).values(id=f"R{n}", building_id=f"B{n}", code="101", beds=4))


def _people(conn: Connection) -> None:
    conn.execute(insert(College), [{"id": "01", "name": "矿业学院"}, {"id": "02", "name": "矿业"}])
    conn.execute(insert(College).values(id="03", name="矿业"))
    conn.execute(
        insert(Counselor),
        [
            {"id": "C1", "name": "王老师", "kind": "学院辅导员", "employment": "专职"},
            {"id": "C2", "name": "李老师", "kind": "楼宇辅导员", "employment": "专职"},
        ],
    )
    conn.execute(insert(Student), [{"id": f"S{n}"} for n in range(1, 5)])
    autumn, spring, last_spring = "2026-2027-1", "2026-2027-2", "2025-2026-2"
    begin, end = date(2026, 9, 1), date(2027, 1, 20)
    for term, starts, ends in (
        (last_spring, date(2026, 2, 20), date(2026, 7, 10)),
        (autumn, begin, end),
        (spring, date(2027, 2, 20), date(2027, 7, 10)),
    ):
        conn.execute(
            insert(Term).values(
                id=term,
                name=term,
                academic_year=term[:9],
                starts=starts,
                ends=ends,
                teaching_starts=starts,
                teaching_weeks=16,
            )
        )
    moved = date(2026, 10, 9)
    for student, term, since, until, room in (
        ("S1", autumn, begin, None, "R1"),
        ("S2", autumn, begin, moved, "R2"),
        ("S2", autumn, date(2026, 10, 10), end, "R3"),
        ("S3", last_spring, date(2026, 2, 20), None, "R4"),
        ("S4", autumn, begin, None, None),
    ):
        conn.execute(
            insert(Enrolment).values(
                student_id=student,
                term_id=term,
                starts=since,
                ends=until,
                college_id="01",
                grade=2026,
                degree_level="本科生",
                room_id=room,
                counselor_id="C1",
                political_status="群众",
            )
        )
    conn.execute(
        insert(CounselorBuilding),
        [
            {"counselor_id": "C1", "building_id": "B5", "starts": date(2026, 11, 1), "ends": None},
            {
                "counselor_id": "C2",
                "building_id": "B4",
                "starts": date(2026, 9, 1),
                "ends": date(2026, 10, 31),
            },
        ],
    )

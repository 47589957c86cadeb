"""Faulty rows, by role: each sees its own, and nobody sees a support need but the counselor."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, update

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, EVALUATOR, STEWARD, WORK_GROUP, Viewer
from data.contract.quality import CHECKS
from data.engine import engine, reading
from data.models.forces import Visit
from data.models.party import FloorLeader
from data.models.people import Enrolment, Student
from queries.faults import quality_rows
from tests.asking import NOBODY, ROLES, WHOLE
from tests.world import AUTUMN, day


@pytest.fixture
def faulty(world_copy: str) -> Iterator[Connection]:
    """The world with more faults: a2 and b1 have no counselor, a5 and b2 lead floors without being
    members, k1 and k2 each visit D without an end; nothing of it is kept."""
    with engine(world_copy).connect() as conn:
        for student in ("a2", "b1"):
            conn.execute(
                update(Enrolment)
                .where(Enrolment.student_id == student, Enrolment.term_id == AUTUMN)
                .values(counselor_id=None)
            )
        leaders = (("A3", "a5"), ("BW", "b2"))
        conn.execute(
            insert(FloorLeader),
            [{"floor_id": f, "student_id": s, "starts": day("09-07")} for f, s in leaders],
        )
        visits = ((2, "k1", "D"), (3, "k2", "D"))
        conn.execute(
            insert(Visit),
            [
                {
                    "id": number,
                    "counselor_id": counselor,
                    "day": day("11-19"),
                    "venue": "公寓",
                    "building_id": building,
                }
                for number, counselor, building in visits
            ],
        )
        yield conn
        conn.rollback()


def listed(conn: Connection, check: str, viewer: Viewer) -> list[str]:
    """The value that tells the rows of a check apart, as each role reads it."""
    rows = quality_rows(conn, replace(WHOLE, check=check), viewer)
    return sorted(detail.split("；")[0].split("：")[1] for detail in rows["detail"])


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (  # a2 studies in X, b1 in Y and lives in B
            "enrolment_without_counselor",
            {
                COMMITTEE: ["a2", "b1"],
                STEWARD: ["…", "…"],
                COLLEGE: ["a2"],
                WORK_GROUP: ["b1"],
                COUNSELOR: [],
            },
        ),
        (  # a4 (Y, counselor k2) leads A2, a5 (X, k1) A3; b2 lived in B until 10-31 and leads BW
            "floor_leader_not_member",
            {
                COMMITTEE: ["A2", "A3", "BW"],
                STEWARD: ["A2", "A3", "BW"],
                COLLEGE: ["A3"],
                WORK_GROUP: ["BW"],
                COUNSELOR: ["A3"],
            },
        ),
        (  # k1 of X was in A, which X leads, and in D; k2 of Y in D, which nobody leads
            "visit_without_end",
            {
                COMMITTEE: ["1", "2", "3"],
                STEWARD: ["1", "2", "3"],
                COLLEGE: ["1", "2"],
                WORK_GROUP: [],
                COUNSELOR: ["1", "2"],
            },
        ),
        (  # C99 is a room of C, which Y leads
            "room_without_floor",
            {COMMITTEE: ["C99"], STEWARD: ["C99"], COLLEGE: [], WORK_GROUP: [], COUNSELOR: []},
        ),
        (  # whether anybody's students are 未归属 is the college's business
            "total_college_by_building",
            {COMMITTEE: ["X"], STEWARD: ["X"], COLLEGE: ["X"], WORK_GROUP: [], COUNSELOR: []},
        ),
        (
            "total_keepers_by_residence",
            {COMMITTEE: ["B"], STEWARD: ["B"], COLLEGE: [], WORK_GROUP: ["B"], COUNSELOR: []},
        ),
    ],
)
def test_each_role_sees_its_own_rows(
    faulty: Connection, check: str, expected: dict[str, list[str]]
) -> None:
    found = {role: listed(faulty, check, ROLES[role].viewer) for role in expected}
    assert found == expected
    assert listed(faulty, check, ROLES[EVALUATOR].viewer) == []
    assert listed(faulty, check, NOBODY.viewer) == []


def test_names_are_filled_in_and_somebody_is_to_be_asked(faulty: Connection) -> None:
    rows = quality_rows(
        faulty, replace(WHOLE, check="floor_leader_not_member"), ROLES[COMMITTEE].viewer
    )
    first = rows.iloc[0].to_dict()
    assert first == {
        "building": "桃苑1号楼",
        "college": "化工学院",
        "student": "学生a4 a4",
        "detail": "楼层编号：A2；学号：a4；聘任日期：2026-09-07；届满日期：空",
        "ask": "矿业工程学院 · 组长甲",
        "building_id": "A",
    }


def test_who_is_to_be_asked_is_the_building_then_the_college_then_the_keeper(
    faulty: Connection,
) -> None:
    def asked(check: str) -> set[str]:
        return set(
            quality_rows(faulty, replace(WHOLE, check=check), ROLES[COMMITTEE].viewer)["ask"]
        )

    assert asked("room_without_floor") == {"化工学院 · 组长乙"}
    assert asked("total_college_by_building") == {"矿业工程学院"}
    assert asked("building_without_lead") == {"宿舍管理中心"}


def test_the_steward_reads_no_whole_number_and_no_name(faulty: Connection) -> None:
    faulty.execute(insert(Student), [{"id": "S26001234", "name": "某某"}])
    slice_ = replace(WHOLE, check="student_never_enrolled")
    [row] = quality_rows(faulty, slice_, ROLES[STEWARD].viewer).to_dict("records")
    assert (row["student"], row["detail"]) == ("…1234", "学号：…1234")
    [row] = quality_rows(faulty, slice_, ROLES[COMMITTEE].viewer).to_dict("records")
    assert row["student"] == "某某 S26001234"


def test_support_needs_are_for_the_students_own_counselor_alone(world_copy: str) -> None:
    """Without keys on the table, a category nobody agreed on could be in it twice."""
    check = replace(WHOLE, check="allowed:support_need.category")
    with engine(world_copy).connect() as conn:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
            table = "support_need"
        else:
            table = "campus.support_need"
            conn.exec_driver_sql(
                f"ALTER TABLE {table} DROP CONSTRAINT ck_support_need_support_category"
            )
        conn.exec_driver_sql(
            f"INSERT INTO {table} (student_id, term_id, category)"  # noqa: S608
            f" VALUES ('a1', '{AUTUMN}', '别的'), ('a3', '{AUTUMN}', '别的')"
        )
        seen = {
            role: len(quality_rows(conn, check, asking.viewer)) for role, asking in ROLES.items()
        }
        conn.rollback()
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")
    assert {role: rows for role, rows in seen.items() if rows} == {COUNSELOR: 1}


def test_without_a_check_there_are_no_rows(world_database: str) -> None:
    with reading(world_database) as conn:
        assert quality_rows(conn, WHOLE, ROLES[COMMITTEE].viewer).empty


def test_the_rows_of_every_check_can_be_asked_for(conn: Connection) -> None:
    """By the role whose WHERE clause has the most parts."""
    college = ROLES[COLLEGE].viewer
    found = {c.key: quality_rows(conn, replace(WHOLE, check=c.key), college) for c in CHECKS}
    assert {key: len(rows) for key, rows in found.items() if len(rows)} == {
        "enrolment_without_room": 1,
        "visit_met_nobody": 1,
        "visit_reached_nothing": 1,
        "visit_without_end": 1,
        "total_branch_by_workstation": 1,
        "total_college_by_building": 1,
    }

"""What the checks find is kept with each data version, clean ones too, and stops no refresh."""

from datetime import date

import pytest
from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import OperationalError

from data.contract.declaration import Check
from data.contract.quality import CHECKS
from data.engine import reading, writing
from data.models.dashboard import DataVersion, QualityCount
from data.models.forces import Visit
from data.summaries import quality
from data.summaries.quality import count_faults
from data.summaries.refresh import refresh
from tests.world import TODAY

IN_THE_WORLD = {
    "room_without_floor": 1,  # C99
    "building_without_lead": 1,  # D
    "enrolment_without_room": 1,  # z1
    "floor_leader_not_member": 1,  # a4; g1 was a member when appointed
    "visit_without_end": 1,
    "visit_met_nobody": 1,
    "visit_reached_nothing": 1,
    "total_building_by_floor": 1,  # C: b2 and c2, of whom c2 lives on no floor
    "total_college_by_building": 1,  # X: a1 a2 a5 d1, and z1 nowhere
    "total_keepers_by_residence": 1,  # B is in charge of g1, who has graduated
    "total_branch_by_workstation": 2,  # fa and gb have no workstation above them
}


def counts(url: str) -> dict[int, dict[str, int]]:
    """Faults by version and check."""
    found: dict[int, dict[str, int]] = {}
    with reading(url) as conn:
        for row in conn.execute(select(QualityCount.__table__)):
            found.setdefault(row.version_id, {})[row.check_key] = row.faults
    return found


def test_a_refresh_counts_every_check_also_the_clean_ones(world_database: str) -> None:
    [found] = counts(world_database).values()
    assert found.keys() == {check.key for check in CHECKS}
    assert {key: faults for key, faults in found.items() if faults} == IN_THE_WORLD


def test_each_version_keeps_its_own_count(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(update(Visit).values(starts=None, building_id=None))
    made = refresh(world_copy, today=TODAY)
    first, second = (found for _, found in sorted(counts(world_copy).items()))
    assert max(counts(world_copy)) == made.id
    assert (first["visit_without_building"], second["visit_without_building"]) == (0, 1)


def test_readers_have_the_new_version_before_it_is_counted(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[int] = []

    def look(url: str, version: int, _: object) -> int:
        with reading(url) as conn:
            served.append(conn.execute(select(func.max(DataVersion.id))).scalar_one() - version)
        return 0

    monkeypatch.setattr("data.summaries.refresh.count_faults", look)
    refresh(world_copy, today=TODAY)
    assert served == [0]


def test_a_check_that_breaks_off_has_no_count(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = Check.count

    def broken(check: Check, conn: Connection) -> int:
        if check.key == "visit_met_nobody":
            conn.execute(text("SELECT nothing FROM nowhere"))
        return count(check, conn)

    monkeypatch.setattr(Check, "count", broken)
    said: list[str] = []
    assert count_faults(world_copy, 7, said.append) == len(CHECKS) - 1
    found = counts(world_copy)[7]
    assert "visit_met_nobody" not in found
    assert found["visit_without_end"] == 1
    assert said == [f"数据质量：检查 {len(CHECKS) - 1} 项，10 项有问题"]


def test_a_count_that_cannot_be_kept_fails_no_refresh(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(quality, "_keep", locked)
    made = refresh(world_copy, today=TODAY)
    assert made.id not in counts(world_copy)


def test_counts_of_long_gone_versions_are_dropped(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "KEPT", 2)
    refresh(world_copy, today=TODAY)
    assert len(counts(world_copy)) == 2
    made = refresh(world_copy, today=TODAY)
    assert sorted(counts(world_copy)) == [made.id - 1, made.id]


def test_counting_again_replaces(world_copy: str) -> None:
    [version] = counts(world_copy)
    with writing(world_copy) as conn:
        conn.execute(
            insert(Visit),
            [{"id": 9, "counselor_id": "k1", "day": date(2026, 11, 19), "venue": "课堂"}],
        )
    count_faults(world_copy, version)
    assert counts(world_copy)[version]["visit_without_end"] == 2

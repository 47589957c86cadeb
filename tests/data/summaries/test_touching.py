"""Which numbers a finding touches, on pairs picked by hand: what is read off the SQL must agree."""

import pytest

from data.contract.quality import CHECKS
from data.summaries.intervals import COVERED, DUE
from data.summaries.touching import reads, touched

OF_RESIDENTS = {"room_responsibility", "workstation_enrolment", "plate", "five_lead"}
EIGHT = {"cluster_coverage", "building_coverage", "floor_coverage", "floor_leader", *OF_RESIDENTS}


@pytest.mark.parametrize(
    ("check", "metrics"),
    [
        ("floor_leader_not_member", {"floor_leader"}),
        ("responsibility_area_member_not_member", {"room_responsibility"}),
        ("plate_without_room", {"plate"}),
        ("area_room_elsewhere", {"room_responsibility"}),
        ("roster_elsewhere", {"workstation_enrolment"}),
        ("total_roster_by_residence", {"workstation_enrolment"}),
        ("two_workstations", {"building_coverage", "workstation_enrolment"}),
        ("enrolment_without_room", OF_RESIDENTS),
        ("room_over_capacity", OF_RESIDENTS),
        ("enrolment_outside_term", OF_RESIDENTS | {"floor_leader"}),
        ("building_without_floors", {"floor_coverage", "floor_leader"}),
        ("overlap:floor_leader", {"floor_leader"}),
        ("orphan:floor.building_id", {"floor_coverage", "floor_leader"}),
        ("required:building.residential", EIGHT),
        ("enrolment_without_counselor", set()),
        ("visit_without_end", set()),
        ("visit_met_nobody", set()),
        ("activity_without_place", set()),
        ("building_without_lead", set()),
        ("student_never_enrolled", set()),
        ("total_building_by_floor", set()),
        ("nothing_there", set()),
    ],
)
def test_a_finding_touches_the_metrics_that_read_what_is_wrong(
    check: str, metrics: set[str]
) -> None:
    assert touched()[check] & EIGHT == metrics


def test_every_check_and_every_metric_is_looked_at() -> None:
    assert touched().keys() == {check.key for check in CHECKS}
    assert all(reads(key) for key in {*DUE, *COVERED})


def test_a_scratch_column_counts_only_where_it_is_read() -> None:
    """Plates ask who is a Party member, occupied rooms do not; both ask who is away."""
    status, away = ("enrolment", "political_status"), ("enrolment", "away")
    assert {status, away} <= reads("plate")
    assert ("enrolment", "counselor_id") not in reads("plate")
    assert away not in reads("floor_coverage")


def test_standings_and_flows_are_touched_too() -> None:
    assert "visits" in touched()["visit_without_building"]
    assert "activities" in touched()["activity_without_place"]

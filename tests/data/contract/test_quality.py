"""Each declared rule fires once on its fault, and never on the clean campus."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, update

from data.contract.keys import implied
from data.contract.quality import CHECKS
from tests.data.contract import clean
from tests.data.contract.clean import AUTUMN, DAY, MOVED, ROWS, SPRING, loose

Spoil = Callable[[Connection], object]
BY_KEY = {check.key: check for check in CHECKS}


def change(name: str, at: dict[str, Any] | None = None, /, **values: Any) -> Spoil:
    table = loose(name)
    where = [table.c[k] == v for k, v in (at or {}).items()]
    return lambda conn: conn.execute(update(table).where(*where).values(values))


def add(name: str, /, **values: Any) -> Spoil:
    """One more row: like the first, but for these values."""
    return lambda conn: conn.execute(insert(loose(name)).values({**ROWS[name][0], **values}))


def remove(name: str) -> Spoil:
    return lambda conn: conn.execute(delete(loose(name)))


def both(*spoils: Spoil) -> Spoil:
    return lambda conn: [spoil(conn) for spoil in spoils]


S1 = {"student_id": "s1", "term_id": AUTUMN}
S2 = {"student_id": "s2", "term_id": AUTUMN}
W, F = {"organisation_id": "w"}, {"organisation_id": "f"}
F_ITSELF = {"id": "f"}
OTHER_BUILDING = add("building", id="B")

SPOILT: dict[str, Spoil] = {
    "nothing_there": remove("counselor"),
    "term_overlap": change("term", {"id": SPRING}, ends=clean.AUTUMN_STARTS),
    "term_too_long": change("term", {"id": AUTUMN}, ends=clean.AUTUMN_STARTS + timedelta(days=240)),
    "term_teaching": change("term", {"id": AUTUMN}, teaching_starts=date(2026, 9, 6)),
    "holiday_outside_term": change("holiday", ends=date(2027, 1, 18)),
    "key_node_outside_term": change("key_node", starts=date(2026, 9, 6)),
    "room_floor_elsewhere": both(OTHER_BUILDING, add("room", id="B11", building_id="B")),
    "room_without_floor": change("room", floor_id=None),
    "building_without_floors": OTHER_BUILDING,
    "room_over_capacity": change("enrolment", S2, ends=MOVED + timedelta(days=1)),
    "building_without_lead": OTHER_BUILDING,
    "building_same_name": OTHER_BUILDING,
    "student_never_enrolled": add("student", id="s4"),
    "enrolment_outside_term": change("enrolment", S2, starts=date(2026, 9, 6)),
    "enrolment_without_room": change("enrolment", S2, room_id=None),
    "enrolment_without_counselor": change("enrolment", S2, counselor_id=None),
    "scope_one_place": change("party_organisation_scope", W, cluster_id="P"),
    "scope_kind": change("party_organisation_scope", F, floor_id=None, building_id="A"),
    "organisation_without_scope": add("party_organisation", id="v", kind="党小组", parent_id="w"),
    "two_workstations": both(
        add("party_organisation", id="v", founded=DAY),
        add("party_organisation_scope", id=3, organisation_id="v"),
    ),
    "floor_leader_not_member": change("floor_leader", student_id="s2"),
    "responsibility_area_member_not_member": change("responsibility_area_member", student_id="s2"),
    "roster_elsewhere": change("workstation_member", organisation_id="f"),
    "area_room_elsewhere": both(OTHER_BUILDING, change("responsibility_area", building_id="B")),
    "plate_without_room": change("member_display", room_id=None),
    "visit_twice": add("visit", id=2),
    "visit_outside_terms": change("visit", day=date(2026, 8, 1)),
    "visit_of_another_term": change("visit_student", term_id=SPRING),
    "visit_without_end": change("visit", ends=None),
    "visit_backwards": change("visit", ends=time(19, 0)),
    "visit_met_nobody": remove("visit_student"),
    "visit_reached_nothing": both(remove("visit_student"), remove("visit_room")),
    "visit_without_building": change("visit", building_id=None),
    "concern_taken_up_late": change("concern", assigned=MOVED, responded=DAY),
    "setting_targets": change("method_setting", slot_target=80.0),
    "setting_periods": change("method_setting", afternoon_starts=time(18)),
    "setting_numbers": change("method_setting", minutes=0),
    "activity_twice": both(
        change("activity", starts=time(19, 0)), add("activity", id=2, starts=time(19, 0))
    ),
    "activity_without_place": remove("activity_place"),
    "feedback_score": change("feedback", score=6),
    "service_request_score": change("service_request", rating=0),
    "total_building_by_floor": change("room", floor_id=None),
    "total_college_by_building": change("enrolment", S1, room_id=None),
    "total_roster_by_residence": change("enrolment", S1, room_id=None),
    "total_keepers_by_residence": change("responsibility_area_member", student_id="s2"),
    "total_branch_by_workstation": change("party_organisation", F_ITSELF, parent_id=None),
}

STILL_FINE: dict[str, Spoil] = {
    "scope_kind": change("party_organisation", {"id": "f"}, kind="团支部"),
    "enrolment_without_room": change("enrolment", S2, room_id=None, away="实习"),
    "room_over_capacity": change("enrolment", S2, ends=None, away="休学"),
    "building_without_floors": add("building", id="B", residential=False),
    "two_workstations": both(
        change("party_organisation", {"id": "w"}, closed=DAY - timedelta(days=1)),
        add("party_organisation", id="v", founded=DAY),
        add("party_organisation_scope", id=3, organisation_id="v"),
    ),
    "visit_outside_terms": change("visit", day=date(2027, 1, 17)),
    "visit_backwards": change("visit", starts=time(23, 40), ends=time(0, 25)),
    "visit_reached_nothing": remove("visit_student"),
    "term_too_long": change("term", {"id": AUTUMN}, ends=clean.AUTUMN_STARTS + timedelta(days=239)),
    "concern_taken_up_late": change("concern", assigned=DAY, responded=DAY),
    "setting_targets": change("method_setting", slot_target=0.0, field_target=1.0),
    "setting_periods": change("method_setting", evening_starts=None),
    "setting_numbers": change("method_setting", minutes=1, response_days=1),
    "building_without_lead": add("building", id="B", closed=DAY),
    "activity_twice": add("activity", id=2),
    "visit_twice": add("visit", id=2, building_id=None, place="教1"),
    "total_building_by_floor": change("enrolment", S1, away="实习"),
    "total_college_by_building": change("enrolment", S1, room_id=None, away="实习"),
    "total_roster_by_residence": change("workstation_member", student_id="s2", ends=MOVED),
    "total_keepers_by_residence": change("responsibility_area_member", student_id="s2", ends=MOVED),
    "total_branch_by_workstation": change("party_organisation", F_ITSELF, closed=DAY),
    "overlap:enrolment": add(
        "enrolment", student_id="s2", term_id=AUTUMN, starts=MOVED + timedelta(days=1)
    ),
}


@pytest.mark.parametrize("key", SPOILT)
def test_it_fires_once_on_its_fault(key: str, loose: Connection) -> None:
    SPOILT[key](loose)
    assert BY_KEY[key].count(loose) == 1
    assert len(BY_KEY[key].rows(loose, 5)) == 1


@pytest.mark.parametrize("key", STILL_FINE)
def test_it_stays_silent_on_what_only_looks_like_it(key: str, loose: Connection) -> None:
    STILL_FINE[key](loose)
    assert BY_KEY[key].rows(loose, 5) == []


def test_the_clean_campus_has_no_fault(loose: Connection) -> None:
    assert [check.key for check in CHECKS if check.count(loose)] == []


def test_every_declared_rule_has_its_fault() -> None:
    assert SPOILT.keys() == BY_KEY.keys() - {check.key for check in implied()}


def test_keys_name_one_check_and_every_check_says_what_to_do() -> None:
    assert len(BY_KEY) == len(CHECKS)
    assert all(check.title and check.effect and check.remedy for check in CHECKS)


def test_a_visit_may_end_on_the_day_after_only_where_it_began_in_the_evening(
    loose: Connection,
) -> None:
    """23:40 to 00:25 is a visit of 45 minutes, 06:00 too late; an evening that begins at 23:50
    makes 23:40 an afternoon, and so does one that begins at 18:00 make 17:59."""
    found = BY_KEY["visit_backwards"]
    for starts, ends, evening, faults in (
        (time(23, 40), time(0, 25), time(18), 0),
        (time(23, 40), time(6), time(18), 1),
        (time(23, 40), time(0, 25), time(23, 50), 1),
        (time(17, 59), time(0, 25), None, 1),
        (time(18), time(5, 59), None, 0),
    ):
        change("visit", starts=starts, ends=ends)(loose)
        change("method_setting", evening_starts=evening)(loose)
        assert found.count(loose) == faults, (starts, ends, evening)


def test_an_overcrowded_room_says_since_when_and_how_many(loose: Connection) -> None:
    """s1 and s2 sleep in two beds; s3 comes on 11-01, but s2 now leaves on that day, not before."""
    SPOILT["room_over_capacity"](loose)
    [row] = BY_KEY["room_over_capacity"].rows(loose, 5)
    assert (row["id"], row["beds"], row["residents"]) == ("A11", 2, 3)
    assert str(row["first_day"]) == "2026-11-01"


def test_totals_say_how_many_belong_nowhere(loose: Connection) -> None:
    """s3 lives in A beside s1, whose room is moved off its floor; both study in X."""
    add("room", id="A12", code="102", floor_id=None)(loose)
    change("enrolment", S1, room_id="A12")(loose)
    [by_floor] = BY_KEY["total_building_by_floor"].rows(loose, 5)
    assert by_floor == {"building_id": "A", "residents": 2, "on_floors": 1, "nowhere": 1}
    change("enrolment", S1, room_id=None)(loose)
    [by_college] = BY_KEY["total_college_by_building"].rows(loose, 5)
    assert by_college == {"college_id": "X", "students": 2, "housed": 1, "nowhere": 1}


def test_a_roster_is_told_apart_by_where_its_people_live(loose: Connection) -> None:
    """On the roster of A: s1, without a room; s2, who has left; s3, who lives in B."""
    change("enrolment", S1, room_id=None)(loose)
    OTHER_BUILDING(loose)
    add("room", id="B11", building_id="B")(loose)
    change("enrolment", {"student_id": "s3"}, room_id="B11")(loose)
    for student in ("s2", "s3"):
        add("workstation_member", student_id=student)(loose)
    [row] = BY_KEY["total_roster_by_residence"].rows(loose, 5)
    assert row == {
        "organisation_id": "w",
        "on_roster": 3,
        "living_here": 0,
        "living_elsewhere": 1,
        "without_room": 1,
        "not_here": 1,
    }

"""A file lands whole, is compared by key or by value, and changes nothing when it says no more."""

from datetime import date, time

from data.ledger.changes.trying import preview
from data.ledger.meaning.parsing import Parsed, ParsedLedger
from tests.data.ledger.bringing import applied, brought, counts, held, where
from tests.world import AUTUMN, TODAY, day

VISIT = {"counselor_id": "k1", "day": TODAY, "venue": "公寓", "building_id": "A"}


def test_new_rows_are_added_changed_ones_changed_and_none_removed(world_copy: str) -> None:
    colleges = (
        {"id": "X", "name": "矿业工程学院", "successor_id": None},
        {"id": "Y", "name": "化工与材料学院", "successor_id": "Z"},
        {"id": "Z", "name": "材料学院", "successor_id": None},
    )
    found = applied(world_copy, brought(college=colleges))
    assert counts(found, "college") == (1, 1, 0, 1)
    assert [(c["id"], c["name"], c["successor_id"]) for c in held(world_copy, "college")] == [
        ("X", "矿业工程学院", None),
        ("Y", "化工与材料学院", "Z"),
        ("Z", "材料学院", None),
    ]


def test_columns_the_file_lacks_stay_as_they_are(world_copy: str) -> None:
    found = applied(world_copy, brought(counselor=[{"id": "k1", "college_id": "Y"}]))
    assert counts(found, "counselor") == (0, 1, 0, 0)
    first = held(world_copy, "counselor")[0]
    assert (first["name"], first["college_id"]) == ("辅导员一", "Y")


def test_the_same_file_twice_changes_nothing(world_copy: str) -> None:
    visit = VISIT | {"starts": time(14, 30), "day": day("11-18")}
    parsed = brought(
        visit=[visit, visit | {"starts": None}], cluster=[{"id": "P", "name": "桃李苑"}]
    )
    assert counts(applied(world_copy, parsed), "visit") == (2, 0, 0, 0)
    before = held(world_copy, "visit")
    assert [v["id"] for v in before] == [1, 2, 3]
    again = applied(world_copy, parsed)
    assert again.empty
    assert counts(again, "visit") == (0, 0, 0, 2)
    assert counts(again, "cluster") == (0, 0, 0, 1)
    assert held(world_copy, "visit") == before


def test_the_rooms_of_a_visit_get_its_number(world_copy: str) -> None:
    visits = (VISIT | {"day": day("11-18")}, VISIT)  # the second is visit 1 of the world
    rooms = ParsedLedger(
        "visit_room",
        ("visit_id", "room_id"),
        [{"room_id": "A11"}, {"room_id": "A12"}],
        where("visit", 2),
        {},
        parent="visit",
        link="visit_id",
        parents=(0, 1),
    )
    parsed = Parsed((*brought(visit=visits).ledgers, rooms), (), ())
    found = applied(world_copy, parsed)
    assert counts(found, "visit") == (1, 0, 0, 1)
    assert held(world_copy, "visit_room") == [
        {"visit_id": 1, "room_id": "A12"},
        {"visit_id": 2, "room_id": "A11"},
    ]
    assert applied(world_copy, parsed).empty


def test_replacing_removes_what_the_file_lacks_between_its_days(world_copy: str) -> None:
    days = [VISIT | {"day": day(d)} for d in ("11-02", "11-05", "11-09")]
    applied(world_copy, brought(visit=days))
    found = applied(world_copy, brought(visit=[days[0], days[2]]), replace=True)
    assert counts(found, "visit") == (0, 0, 1, 2)
    assert found.ranges["visit"].endswith("走访日期 2026-11-02 至 2026-11-09")
    assert [v["day"] for v in held(world_copy, "visit")] == [TODAY, day("11-02"), day("11-09")]


def test_replacing_a_term_leaves_other_terms_alone(world_copy: str) -> None:
    slices = [row for row in held(world_copy, "enrolment") if row["term_id"] == AUTUMN]
    found = applied(world_copy, brought(enrolment=slices[1:]), replace=True)
    assert counts(found, "enrolment") == (0, 0, 1, len(slices) - 1)
    assert len(held(world_copy, "enrolment")) == 15


def test_replacing_one_roster_leaves_other_rosters_alone(world_copy: str) -> None:
    rosters = held(world_copy, "workstation_member")
    station = rosters[0]["organisation_id"]
    own = [row for row in rosters if row["organisation_id"] == station]
    assert 1 < len(own) < len(rosters)
    found = applied(world_copy, brought(workstation_member=own[1:]), replace=True)
    assert counts(found, "workstation_member") == (0, 0, 1, len(own) - 1)
    assert found.ranges["workstation_member"].endswith(
        "只限文件里出现的 1 个工作站，其余工作站不动"
    )
    assert held(world_copy, "workstation_member") == rosters[1:]


def test_a_removed_row_that_others_need_is_a_problem(world_copy: str) -> None:
    parsed = brought(college=[{"id": "X", "name": "矿业工程学院"}])
    found = applied(world_copy, parsed, replace=True)
    assert any("学籍住宿台账引用：Y(" in p.reason for p in found.problems)
    assert len(held(world_copy, "college")) == 2


def test_a_reference_to_nothing_is_a_problem_at_its_cell(world_copy: str) -> None:
    parsed = brought(counselor=[{"id": "k1", "college_id": "X"}, {"id": "k2", "college_id": "Q"}])
    (problem,) = applied(world_copy, parsed).problems
    assert (problem.sheet, problem.row, problem.column) == ("counselor", 3, 5)
    assert problem.value == "Q"
    assert "学院台账里没有这个学院编号" in problem.text


def test_what_the_contract_forbids_is_a_problem_at_its_row(world_copy: str) -> None:
    late = {"student_id": "a1", "visit_id": 1, "term_id": "2025-2026-2", "met": "谈话"}
    (problem,) = preview(world_copy, brought(visit_student=[late])).problems
    assert (problem.row, problem.reason) == (2, "见到学生的走访不在所记的学期之内")
    assert applied(world_copy, brought(visit_student=[late])).problems
    assert held(world_copy, "visit_student") == []


def test_what_it_merely_worsens_is_a_warning(world_copy: str) -> None:
    found = preview(world_copy, brought(visit=[VISIT | {"day": date(2026, 8, 1)}]))
    assert not found.problems
    assert any(text.startswith("走访不在任何学期之内：增加 1 行") for text in found.warnings)
    assert len(held(world_copy, "visit")) == 1


def test_two_floors_at_one_place_are_a_problem(world_copy: str) -> None:
    floor = {"id": "A9", "building_id": "A", "wing": "", "level": 2}
    (problem,) = applied(world_copy, brought(floor=[floor])).problems
    assert "A2 的那一行相同" in problem.reason


def test_new_rows_need_every_required_column(world_copy: str) -> None:
    (problem,) = applied(world_copy, brought(counselor=[{"id": "k9", "name": "新人"}])).problems[:1]
    assert "缺少必填的列“类别”" in problem.reason
    assert len(held(world_copy, "counselor")) == 2


def test_one_key_twice_is_a_problem_at_both_rows(world_copy: str) -> None:
    both = [{"id": "k1", "name": "甲"}, {"id": "k1", "name": "乙"}]
    problems = applied(world_copy, brought(counselor=both)).problems
    assert [p.row for p in problems] == [2, 3]


def test_a_footprint_that_is_equal_is_not_a_change(world_copy: str) -> None:
    parsed = brought(building=held(world_copy, "building"))
    assert counts(applied(world_copy, parsed), "building") == (0, 0, 0, 5)

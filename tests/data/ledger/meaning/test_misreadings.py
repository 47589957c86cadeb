"""What could be read as something else without anybody noticing: read rightly, asked, or said."""

from datetime import date, time

import pytest

from data.ledger.problem import Problem
from tests import world
from tests.data.ledger.sheets import complaints, only, parsed, sheet

VISITS = "工号|走访日期|走访时间|楼栋|宿舍号"


def visits(url: str, line: str, heading: str = VISITS) -> dict[str, object]:
    """The one visit of a sheet of one line."""
    found = parsed(url, f"{heading}\n{line}", term=world.AUTUMN)
    assert complaints(found) == []
    return found.ledgers[0].rows[0]


@pytest.mark.parametrize(
    ("written", "starts", "ends"),
    [
        ("8.30-9.15", time(8, 30), time(9, 15)),
        ("14.30—15.15", time(14, 30), time(15, 15)),
        ("8.30", time(8, 30), None),
        ("2点半到3点", time(2, 30), time(3)),
    ],
)
def test_beside_a_day_dots_are_times(
    world_database: str, written: str, starts: time, ends: time | None
) -> None:
    visit = visits(world_database, f"k1|9.8|{written}|桃1|101")
    assert (visit["day"], visit["starts"], visit["ends"]) == (date(2026, 9, 8), starts, ends)


def test_without_a_day_dots_may_be_either_and_are_refused(world_database: str) -> None:
    found = parsed(world_database, "工号|日期|楼栋|宿舍号\nk1|9.10-9.12|桃1|101", term=world.AUTUMN)
    assert complaints(found) == ["“Sheet1”B2(日期)：“9.10-9.12” 分不清是日期还是时刻"]


def test_two_columns_that_tell_different_days_are_a_problem(world_database: str) -> None:
    found = parsed(world_database, f"{VISITS}\nk1|2026-09-08|9月9日19:00|桃1|101")
    assert complaints(found) == ["“Sheet1”C2(走访时间)：“9月9日19:00” 与“走访日期”一列不是同一天"]


def test_half_past_two_at_night_is_said(world_database: str) -> None:
    head = "工号|走访日期|开始|结束|楼栋|宿舍号"
    for heading, line in ((VISITS, "2:30-3:15"), (head, "2:30|3:15")):
        found = parsed(world_database, f"{heading}\nk1|2026-09-08|{line}|桃1|101")
        said = "“Sheet1”06:00 之前的时刻按原样读取；若是下午请写 14:30 这样的时刻(第 2 行)"
        assert said in found.notes


def test_only_the_evening_in_a_column_for_the_start(world_database: str) -> None:
    found = parsed(
        world_database, "工号|走访日期|开始|结束|楼栋|宿舍号\nk1|2026-09-08|晚上||桃1|101"
    )
    assert found.ledgers[0].rows[0]["starts"] == time(18)
    assert "“Sheet1”只写了时段“晚上”，开始时间记为 18:00，结束时间留空(第 2 行)" in found.notes


def test_an_answer_holds_only_where_it_was_asked_for(world_database: str) -> None:
    text = "苑|工号|走访日期|场域|楼栋\n|k1|2026-09-08|公寓|1号楼\n松苑|k1|2026-09-09|公寓|1号楼"
    found = parsed(world_database, text, answers={"楼栋:1号楼": "A"})
    assert [row["building_id"] for row in only(found)] == ["A", "C"]
    assert "“Sheet1”“楼栋”的“1号楼”按选定的记为桃苑1号楼(桃苑、A)" in found.notes


def test_a_visit_without_a_building_took_place_where_its_rooms_are(world_database: str) -> None:
    found = parsed(world_database, "工号|走访日期|宿舍号\nk1|2026-09-08|桃1-101、102")
    assert found.ledgers[0].rows[0]["building_id"] == "A"
    assert "“Sheet1”没有写楼宇，按房间所在的楼宇记(第 2 行)" in found.notes


def test_numbers_of_a_list_belong_to_the_cluster_before_them(world_database: str) -> None:
    found = parsed(world_database, "活动名称|活动日期|活动地点\n消防演练|2026-09-08|桃苑1、2号楼")
    assert complaints(found) == []
    assert [row["building_id"] for row in found.ledgers[1].rows] == ["A", "B"]


def test_day_and_time_of_an_activity_in_two_columns(world_database: str) -> None:
    text = "活动名称|活动日期|活动时间|活动地点\n读书会|2026-09-08|19:00-21:00|桃1"
    activity = parsed(world_database, text).ledgers[0].rows[0]
    assert (activity["day"], activity["starts"]) == (date(2026, 9, 8), time(19))


def test_a_cell_without_the_day_that_others_tell_is_a_problem(world_database: str) -> None:
    text = "活动名称|时间|活动地点\n读书会|2026-09-08 19:00|桃1\n讲座|19:00|桃1\n舞会||桃1"
    assert complaints(parsed(world_database, text)) == [
        "“Sheet1”B3(时间)：“19:00” 没有日期",
        "“Sheet1”B4(时间) 没有日期",
    ]


def test_a_floor_leader_with_a_number_behind_the_name_and_still_in_office(
    world_database: str,
) -> None:
    text = (
        "楼栋|楼层|层长姓名|学号|起始日期|终止日期\n"
        "桃2|E区1层|学生b1（b1）|b1|2026-09-08|至今\n桃2|E区1层|学生a1（b1）|b1|2026-09-09|"
    )
    found = parsed(world_database, text)
    assert found.ledgers[0].table == "floor_leader"
    assert found.ledgers[0].rows[0]["ends"] is None
    assert complaints(found) == ["“Sheet1”C3(层长姓名)：“学生a1（b1）” 与编号所指的不是同一个"]


@pytest.mark.parametrize("title", ["2026年秋季学期五带头台账", "2026秋学期五带头台账"])
def test_a_season_names_a_term(world_database: str, title: str) -> None:
    text = f"{title}\n学号|带头类别|日期\na1|带头志愿服务|9.8"
    (row,) = only(parsed(world_database, text))
    assert (row["day"], row["lead"]) == (date(2026, 9, 8), "志愿服务")


def test_a_missing_term_is_one_problem(world_database: str) -> None:
    text = (
        "学号|学院|年级|培养层次|政治面貌\na1|化工学院|2024|本科|群众\na2|化工学院|2024|本科|群众"
    )
    (problem,) = parsed(world_database, text, table="enrolment").problems
    assert problem.text == (
        "“Sheet1”第 1 行(学期编号) 缺少这一列；补上“学期编号”一列，或在标题、导入选项中写明学期"
    )


def test_a_heading_of_two_lines_is_one_line_in_a_problem(world_database: str) -> None:
    broken = sheet("工号|走访日期|场域|楼栋\nk1|2026-09-08|公寓|桃13")
    broken.rows[0][3] = "楼栋\n名称"  # type: ignore[index]
    (problem,) = parsed(world_database, broken).problems
    assert problem.heading == "楼栋名称"
    assert Problem("表", 1, 1, "楼栋\n名称", "", "", "").place == "“表”A1(楼栋名称)"


def test_a_title_names_the_building_of_its_rooms(world_database: str) -> None:
    found = parsed(world_database, "桃苑1号楼房间台账\n房间编号|房间号|床位数\nA99|199|4")
    assert complaints(found) == []
    assert [room["building_id"] for room in only(found)] == ["A"]
    assert any("没有写楼宇，按标题记为" in note for note in found.notes)

"""What a file of a college means, worked out by hand in the world of tests/world.py."""

from datetime import date, time

import pytest

from data.ledger.meaning.recognising import KIND
from data.ledger.sheet import Sheet
from tests import world
from tests.data.ledger.sheets import complaints, only, parsed, sheet

VISITS = "工号|走访日期|场域|楼栋|走访主题"


def test_totals_signatures_examples_groups_and_printed_headers_are_no_data(
    world_database: str,
) -> None:
    text = """
    学院台账
    学院编号|学院名称|学院别名
    示例：01|矿业工程学院|矿业
    理科（2所）||
    ~11|理学院|
    12|数学学院|数院、数学
    学院编号|学院名称|学院别名
    13|物理学院|
    合计|3 所|
    制表人：张三||
    2026年9月1日||"""
    found = parsed(world_database, text)
    assert only(found) == [
        {"id": "11", "name": "理学院", "aliases": None},
        {"id": "12", "name": "数学学院", "aliases": "数院、数学"},
        {"id": "13", "name": "物理学院", "aliases": None},
    ]
    assert found.ledgers[0].where == [("Sheet1", 5), ("Sheet1", 6), ("Sheet1", 8)]
    assert found.ledgers[0].given == ("id", "name", "aliases")
    assert found.notes == (
        "“Sheet1”读作学院台账，3 行",
        "“Sheet1”跳过示例 1 行(第 3 行)",
        "“Sheet1”跳过分组 1 行(第 4 行)",
        "“Sheet1”跳过重复的表头 1 行(第 7 行)",
        "“Sheet1”跳过合计 1 行(第 9 行)",
        "“Sheet1”跳过签字说明 2 行(第 10、11 行)",
    )


def test_merged_cells_fill_down_and_plain_blanks_do_not(world_database: str) -> None:
    text = (
        f"{VISITS}\nk1|2026-09-08|公寓|桃1|谈心\n|2026-09-09|公寓|桃1|谈心\n|2026-09-10|公寓|桃1|"
    )
    found = parsed(world_database, sheet(text, "走访", (1, 0, 2, 0)))
    assert [row["counselor_id"] for row in found.ledgers[0].rows] == ["k1", "k1"]
    assert complaints(found) == ["“走访”A4(工号) 不能为空"]


@pytest.mark.parametrize(
    "name", ["桃苑1号楼", "桃1", "桃苑1栋", "桃苑一号楼", "桃苑学生公寓１号", "A", "桃 1 楼"]
)
def test_a_building_is_known_by_many_names(world_database: str, name: str) -> None:
    found = parsed(world_database, f"{VISITS}\nk1|2026-09-08|公寓|{name}|")
    assert only(found)[0]["building_id"] == "A"


def test_a_number_is_a_building_of_the_cluster_beside_it_or_in_the_title(
    world_database: str,
) -> None:
    beside = f"苑|{VISITS}\n松苑|k1|2026-09-08|公寓|1号楼|\n桃苑|k1|2026-09-08|公寓|~2|"
    assert [r["building_id"] for r in only(parsed(world_database, beside))] == ["C", "B"]
    above = f"松苑走访台账\n{VISITS}\nk1|2026-09-08|公寓|1号楼|\nk1|2026-09-09|公寓|桃2|"
    assert [r["building_id"] for r in only(parsed(world_database, above))] == ["C", "B"]


def test_what_could_be_several_is_asked_and_the_answer_is_used(world_database: str) -> None:
    text = f"{VISITS}\nk1|2026-09-08|公寓|1号楼|"
    found = parsed(world_database, text)
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.heading, problem.value) == (2, 4, "楼栋", "1号楼")
    assert [key for key, _ in problem.choices] == ["A", "C", "D"]
    assert problem.choices[0][1] == "桃苑1号楼(桃苑、A)"
    assert only(parsed(world_database, text, answers={"楼栋:1号楼": "D"}))[0]["building_id"] == "D"
    assert parsed(world_database, text, answers={"楼栋:1号楼": "nowhere"}).problems


def test_unknown_names_say_which_known_ones_are_close(world_database: str) -> None:
    found = parsed(
        world_database, "楼宇编号|起始日期|学院\nA|2026-09-08|矿业工程学苑\nB|2026-09-08|外星系"
    )
    assert complaints(found) == [
        "“Sheet1”C2(学院)：“矿业工程学苑” 没有叫“矿业工程学苑”的学院",
        "“Sheet1”C3(学院)：“外星系” 没有叫“外星系”的学院",
    ]
    assert found.problems[0].remedy == "改为已有的名称，相近的有：矿业工程学院、化工学院"
    assert found.problems[1].remedy == "核对后改正，或先导入学院台账"


def test_rooms_by_building_and_code_by_prefix_and_several_in_a_cell(world_database: str) -> None:
    text = """
    工号|走访日期|走访时间|楼栋|宿舍号
    辅导员一|9.8|14:30-15:15|桃1|101、102
    k1|9月9日|下午||桃1-201
    k1|9.10|||桃1-101，301室"""
    found = parsed(world_database, text, term=world.AUTUMN)
    visits, rooms = found.ledgers
    assert complaints(found) == []
    assert [(v["day"], v["starts"], v["ends"], v["venue"]) for v in visits.rows] == [
        (date(2026, 9, 8), time(14, 30), time(15, 15), "公寓"),
        (date(2026, 9, 9), time(14), None, "公寓"),
        (date(2026, 9, 10), None, None, "公寓"),
    ]
    assert [r["room_id"] for r in rooms.rows] == ["A11", "A12", "A21", "A11", "A31"]
    assert (rooms.parent, rooms.link, rooms.parents) == ("visit", "visit_id", (0, 0, 1, 2, 2))
    assert "“Sheet1”只写了时段“下午”，开始时间记为 14:00，结束时间留空(第 3 行)" in found.notes


def test_one_row_for_each_room_is_one_visit(world_database: str) -> None:
    text = "走访编号|工号|走访日期|楼栋|宿舍号\n~7|k1|2026-09-08|桃1|101\n~7|k1|2026-09-08|桃1|102"
    visits, rooms = parsed(world_database, text).ledgers
    assert [v["id"] for v in visits.rows] == [7]
    assert rooms.rows == [{"visit_id": 7, "room_id": "A11"}, {"visit_id": 7, "room_id": "A12"}]


def test_a_room_twice_in_one_visit_is_a_problem(world_database: str) -> None:
    found = parsed(world_database, "工号|走访日期|楼栋|宿舍号\nk1|2026-09-08|桃1|101、101室")
    assert complaints(found) == ["“Sheet1”D2(宿舍号)：“101、101室” 与第 2 行重复"]


def test_places_of_an_activity(world_database: str) -> None:
    text = """
    活动名称|活动时间|活动地点
    读书会|2026-09-08|桃1、桃2
    讲座|2026-09-09|图书馆
    舞会|2026-09-10|桃苑7号楼"""
    found = parsed(world_database, text)
    assert [r["building_id"] for r in found.ledgers[1].rows] == ["A", "B"]
    assert "“Sheet1”地点“图书馆”不是宿舍楼，不记楼宇(第 3 行)" in found.notes
    assert [p.row for p in found.problems] == [4]


def test_floors_by_wing_and_level(world_database: str) -> None:
    text = """
    楼栋|分区|层|学号|姓名|聘任日期
    桃1||2|a1|学生a1|2026-09-08
    桃2|E区|1层|b1|学生b1|2026-09-08
    桃2||W区一层|b1|学生b1|2026-09-08"""
    assert [r["floor_id"] for r in only(parsed(world_database, text))] == ["A2", "BE", "BW"]
    asked = parsed(world_database, "楼栋|层|学号|聘任日期\n桃2|1|b1|2026-09-08")
    assert [key for key, _ in asked.problems[0].choices] == ["BE", "BW"]


def test_a_name_beside_a_number_must_be_its_own(world_database: str) -> None:
    found = parsed(
        world_database,
        "学号|姓名|带头类别|日期\na1|学生a1|志愿服务|2026-09-08\na1|学生a2|志愿服务|2026-09-09",
    )
    assert complaints(found) == ["“Sheet1”B3(姓名)：“学生a2” 与编号所指的不是同一个"]


def test_a_workbook_may_refer_to_what_it_brings(world_database: str) -> None:
    rooms = sheet("房间编号|楼宇|楼层|房间号|床位数\nE11|桃苑9号楼|1|101|4", "房间台账")
    floors = sheet("楼层编号|楼宇|层\nE1|桃9|1", "楼层台账")
    houses = sheet("楼宇编号|苑|楼宇名称|居住对象\nE|桃苑|桃苑9号楼|本科生", "楼宇台账")
    found = parsed(world_database, rooms, floors, houses)
    assert complaints(found) == []
    assert [one.table for one in found.ledgers] == ["building", "floor", "room"]
    assert found.ledgers[2].rows[0] == {
        "id": "E11", "building_id": "E", "floor_id": "E1", "code": "101", "beds": 4,
    }  # fmt: skip


def test_a_row_may_refer_to_another_row_of_its_own_sheet(world_database: str) -> None:
    text = """
    组织编号|组织类别|组织名称|上级组织编号|成立日期
    g9|党小组|新党小组|新支部|2026-09-08
    f9|功能型党支部|新支部||2026-09-08"""
    assert only(parsed(world_database, text))[0]["parent_id"] == "f9"


def test_sheets_of_one_ledger_are_read_together_and_others_are_left(world_database: str) -> None:
    hidden = Sheet("旧", [["学号", "姓名"]], hidden=True)
    found = parsed(
        world_database,
        sheet("学号|姓名\ns1|甲", "一班"),
        hidden,
        Sheet("空", [[None, " "]]),
        sheet("请按说明填写", "填写说明"),
        sheet("姓名|学号|性别\n乙|s2|男", "二班"),
    )
    assert only(found) == [{"id": "s1", "name": "甲"}, {"id": "s2", "name": "乙", "gender": "男"}]
    assert found.notes[:2] == ("“旧”是隐藏的工作表，没有导入", "“空”是空的工作表")


def test_a_day_takes_its_year_from_the_row_then_the_title_then_the_caller(
    world_database: str,
) -> None:
    text = "学号|学期|起始日期|学院|年级|培养层次|政治面貌\na1|2026春|3.5|化工学院|2024|本科|团员"
    assert only(parsed(world_database, text, term=world.AUTUMN))[0]["starts"] == date(2026, 3, 5)
    titled = f"2026秋\n{VISITS}\nk1|1.8|公寓|桃1|"
    assert only(parsed(world_database, titled, term=world.SPRING))[0]["day"] == date(2027, 1, 8)
    yearly = f"2025-2026学年第二学期\n{VISITS}\nk1|3.8|公寓|桃1|"
    assert complaints(parsed(world_database, yearly))[0].endswith("没有写年份")
    outside = parsed(world_database, f"{VISITS}\nk1|8.8|公寓|桃1|", term=world.AUTUMN)
    assert complaints(outside) == [
        "“Sheet1”B2(走访日期)：“8.8” 不在2026秋之内(2026-09-07 至 2027-01-17)"
    ]
    assert complaints(parsed(world_database, f"{VISITS}\nk1|9.8|公寓|桃1|")) == [
        "“Sheet1”B2(走访日期)：“9.8” 没有写年份"
    ]


def test_enrolment_without_term_and_start_takes_both_from_the_title(world_database: str) -> None:
    text = """
    2026秋学籍住宿
    学号|学院|年级|培养层次|政治面貌|楼栋|宿舍号
    ~1|矿业工程学院|2024|本科|群众||
    a1|矿业工程|2024级|本科|群众|桃1|101"""
    found = parsed(world_database, text)
    row = found.ledgers[0].rows[0]
    assert (row["term_id"], row["starts"], row["room_id"]) == (
        world.AUTUMN,
        world.AUTUMN_STARTS,
        "A11",
    )
    assert complaints(found) == [
        "“Sheet1”A3(学号)：“1” 没有这个学号的学生",
    ]


def test_a_missing_column_is_one_problem(world_database: str) -> None:
    found = parsed(
        world_database, "学号|日期|事项\na1|2026-09-08|x\na2|2026-09-09|y", table="five_lead_entry"
    )
    assert complaints(found) == ["“Sheet1”第 1 行(带头类别) 缺少这一列"]


def test_rows_that_repeat_in_the_file(world_database: str) -> None:
    found = parsed(world_database, "学号|姓名\ns1|甲\ns2|乙\ns1|甲\ns2|丙")
    assert complaints(found) == [
        "“Sheet1”A3(学号)：“s2” 与第 5 行的学号相同，其他内容不同",
        "“Sheet1”A4(学号)：“s1” 与第 2 行重复",
        "“Sheet1”A5(学号)：“s2” 与第 3 行的学号相同，其他内容不同",
    ]
    keyless = parsed(world_database, f"{VISITS}\nk1|2026-09-08|公寓|桃1|x\nk1|2026.9.8|公寓|A|x")
    assert complaints(keyless) == ["“Sheet1”第 3 行 与第 2 行重复"]
    rooms = parsed(world_database, "房间编号|楼宇|房间号|床位数\nr1|桃1|901|4\nr2|A|901|4")
    assert (
        complaints(rooms)[1]
        == "“Sheet1”B3(楼宇)：“A” 与第 2 行的楼宇编号、房间号相同，其他内容不同"
    )


def test_order_limits_and_one_place(world_database: str) -> None:
    text = "组织编号|组织类别|组织名称|成立日期|撤销日期\nx|党小组|甲|2026-09-08|2026-09-07"
    assert complaints(parsed(world_database, text)) == [
        "“Sheet1”E2(撤销日期)：“2026-09-07” 撤销日期早于成立日期"
    ]
    text = (
        "工号|走访日期|场域|楼宇编号|开始时间|结束时间\n"
        "k1|2026-09-08|公寓|A|23:40|00:25\nk1|2026-09-09|公寓|A|10:40|10:25"
    )
    assert complaints(parsed(world_database, text)) == [
        "“Sheet1”F3(结束时间)：“10:25” 结束时间早于开始时间"
    ]
    text = "组织|楼群编号|楼宇编号|起始日期\n桃1工作站|P|A|2026-09-08\n桃1工作站|||2026-09-08"
    assert complaints(parsed(world_database, text, table="party_organisation_scope")) == [
        "“Sheet1”C2(楼宇编号)：“A” 楼群、楼宇、楼层填了 2 个",
        "“Sheet1”第 3 行 楼群、楼宇、楼层一个也没有填",
    ]


def test_an_unknown_building_is_said_once_not_again_for_the_room_in_it(world_database: str) -> None:
    found = parsed(world_database, "工号|走访日期|楼栋|宿舍号\nk1|2026-09-08|桃8|101")
    assert [(p.row, p.column) for p in found.problems] == [(2, 3)]


def test_a_student_number_that_lost_its_zeros_is_not_guessed(world_copy: str) -> None:
    from data.engine import writing
    from data.models.people import Student

    with writing(world_copy) as conn:
        world.rows(conn, Student, "id", ("0042",))
    found = parsed(world_copy, "学号|带头类别|日期\n~42|志愿服务|2026-09-08")
    assert found.problems[0].remedy.startswith("是否丢了开头的 0：有“0042”")


def test_the_kind_of_a_sheet_is_asked_and_answered(world_database: str) -> None:
    unclear = sheet("学号|备注\ns1|x", "名单")
    (problem,) = parsed(world_database, unclear).problems
    assert (problem.heading, problem.value) == (KIND, "名单")
    answered = parsed(world_database, unclear, answers={f"{KIND}:名单": "student"})
    assert only(answered) == [{"id": "s1"}]
    assert "“名单”用不到的列没有导入：备注" in answered.notes


def test_a_file_without_data_is_a_problem(world_database: str) -> None:
    assert complaints(parsed(world_database, Sheet("空", []))) == ["“台账.xlsx” 没有可以导入的数据"]

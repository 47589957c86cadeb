"""The header is found and the ledger told by its headings; what fits two is asked about."""

import pytest
from sqlalchemy import CheckConstraint

from data.ledger.meaning.checking_rows import LIMITS
from data.ledger.meaning.headings import vocabulary
from data.ledger.meaning.recognising import Layout, recognise
from data.ledger.meaning.wording import heading_form
from data.ledger.problem import Problem
from data.ledger.sheet import Sheet
from data.ledger.tables import tables
from data.models.contract import ledger
from tests.data.ledger.sheets import sheet


def layout(found: Layout | Problem) -> Layout:
    assert isinstance(found, Layout), found
    return found


def columns(found: Layout) -> dict[str, str]:
    return {bound.heading: bound.meaning.column for bound in found.bound}


@pytest.mark.parametrize("table", tables())
@pytest.mark.parametrize("star", ["", "*"])
def test_every_table_is_known_by_its_own_headings(table: str, star: str) -> None:
    of = tables()[table][1].columns
    found = layout(recognise(Sheet("Sheet1", [[ledger(c).heading + star for c in of]])))
    assert found.table == table
    assert [b.meaning.column for b in found.bound] == [c.name for c in of]
    assert (found.ignored, found.numbering, found.problems) == ((), "", ())


@pytest.mark.parametrize("table", tables())
def test_every_alias_means_its_column(table: str) -> None:
    for column in tables()[table][1].columns:
        for heading in (ledger(column).heading, *ledger(column).aliases):
            assert vocabulary(table)[heading_form(heading)].column == column.name


def test_every_limit_the_database_knows_is_checked_before_it() -> None:
    limited = {
        (name, str(constraint.name).removeprefix(f"ck_{name}_"))
        for name, (_, table) in tables().items()
        for constraint in table.constraints
        if type(constraint) is CheckConstraint and not constraint._type_bound
    }
    assert limited - {("party_organisation_scope", "one_place")} <= set(LIMITS)


def test_titles_above_the_header_are_kept_as_context() -> None:
    found = layout(
        recognise(sheet("桃苑走访台账\n2026秋\n\n工号|走访日期|场域|楼栋\nk1|9.8|公寓|1"))
    )
    assert (found.table, found.header.bottom, found.titles[:2]) == (
        "visit",
        3,
        ("桃苑走访台账", "2026秋"),
    )


def test_merged_groups_over_columns_tell_start_from_end() -> None:
    text = """
    工号|走访日期|走访时间||住宿信息|
    ||开始|结束|楼宇|房间号
    k1|2026-09-08|14:30|15:15|桃1|101"""
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    found = layout(recognise(sheet(text, "Sheet1", *merged)))
    assert (found.header.top, found.header.bottom) == (0, 1)
    assert columns(found) == {
        "工号": "counselor_id",
        "走访日期": "day",
        "开始": "starts",
        "结束": "ends",
        "楼宇": "building_id",
        "房间号": "room_id",
    }


def test_a_header_of_two_rows_is_read_without_merged_cells_too() -> None:
    text = "工号|走访日期|走访时间||楼栋\n||开始|结束|\nk1|2026-09-08|14:30|15:15|桃1"
    assert columns(layout(recognise(sheet(text))))["结束"] == "ends"


def test_three_rows_of_headings() -> None:
    text = """
    学生信息|||聘任|
    基本||住处|起止|
    学号|姓名|楼层编号|聘任日期|届满
    a1|学生a1|A1|2026-09-08|"""
    merged = [(0, 0, 0, 2), (0, 3, 0, 4), (1, 0, 1, 1), (1, 3, 1, 4)]
    found = layout(recognise(sheet(text, "x", *merged)))
    assert (found.table, found.header.bottom) == ("floor_leader", 2)
    assert columns(found)["届满"] == "ends"


def test_headings_survive_blanks_stars_full_width_letters_units_and_line_breaks() -> None:
    rows = [["＊学　号", "带头\n类别*", "日 期", "事项", "时长（小时）"]]
    found = layout(recognise(Sheet("Sheet1", rows)))
    assert found.table == "five_lead_entry"
    assert list(columns(found).values()) == ["student_id", "lead", "day", "summary", "hours"]


def test_a_serial_number_is_numbering_unless_the_sheet_is_an_export() -> None:
    found = layout(
        recognise(sheet("序号|学号|姓名|带头类别|日期|事项|时长\n1|a1|学生a1|志愿服务|9.8||"))
    )
    assert (found.table, found.numbering) == ("five_lead_entry", "序号")
    assert "id" not in columns(found).values()


def test_a_real_visit_sheet_of_an_older_system() -> None:
    text = "工号|姓名|单位|专/兼职|走访日期|进入时间|离开时间|楼栋|宿舍号|走访主题|走访情况|附件"
    found = layout(recognise(sheet(text)))
    assert found.table == "visit"
    assert found.ignored == ("单位", "专/兼职", "走访情况", "附件")


def test_two_columns_that_mean_the_same_are_a_problem() -> None:
    found = layout(recognise(sheet("学号|姓名|性别|学号\n1|甲|男|1")))
    assert [(p.row, p.column, p.reason) for p in found.problems] == [
        (1, 4, "与“学号”一列说的是同一件事")
    ]


def test_a_sheet_of_no_ledger_is_asked_about() -> None:
    found = recognise(sheet("姓名|电话\n甲|1"))
    assert isinstance(found, Problem)
    assert found.reason == "看不出是哪一种台账"
    assert "student" in dict(found.choices)


def test_what_fits_several_ledgers_is_asked_about_until_the_caller_tells() -> None:
    found = recognise(sheet("团体编号|楼宇编号|日期\n1|A|2026-09-08"))
    assert isinstance(found, Problem)
    assert found.choices
    text = "学号|学生姓名|起止日期"
    told = layout(recognise(sheet(text, "工作站名册"), "workstation_member"))
    assert told.table == "workstation_member"


def test_prose_is_no_ledger() -> None:
    found = recognise(sheet("本表由学工处汇总\n请于周五前上报"))
    assert isinstance(found, Problem)
    assert found.sheet == "Sheet1"

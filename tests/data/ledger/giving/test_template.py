"""An empty ledger says what to fill, offers what there is, and reads back as no rows."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import insert, select

from data.engine import reading, writing
from data.ledger.files.reading import read
from data.ledger.giving.template import template
from data.ledger.meaning.parsing import parse
from data.ledger.tables import surrogate, tables
from data.models.contract import ledger
from data.models.place import Campus, Cluster


def opened(url: str | None, table: str) -> Any:
    if url is None:
        return openpyxl.load_workbook(BytesIO(template(table, None)))
    with reading(url) as conn:
        return openpyxl.load_workbook(BytesIO(template(table, conn)))


def lists(sheet: Any) -> dict[str, str]:
    """What each heading offers."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            cell = sheet.cell(1, next(iter(rule.sqref.ranges)).min_col)
            found[cell.value] = rule.formula1.strip('"')
    return found


@pytest.mark.parametrize("table", list(tables()))
def test_every_table_has_a_template_with_its_headings(table: str) -> None:
    book = read("a.xlsx", template(table, None))
    columns = [c for c in tables()[table][1].columns if c.name != surrogate(tables()[table][1])]
    headings = [ledger(column).heading for column in columns]
    assert list(book.sheets[0].rows[0])[: len(headings)] == headings
    assert str(book.sheets[0].rows[1][0]).startswith("示例：")
    assert [(s.name, s.hidden) for s in book.sheets[1:]] == [("填写说明", False)]
    said = [row[0] for row in book.sheets[1].rows]
    assert set(headings) < set(said)


def test_headings_say_what_is_required_and_how_it_is_written() -> None:
    sheet = opened(None, "building").worksheets[0]
    notes = {cell.value: cell.comment.text for cell in sheet[1]}
    assert notes["楼宇名称"] == (
        "必填\n文本，不超过 64 字\n如 桃苑3号楼\n也可写作：楼宇、楼栋、宿舍楼"
    )
    assert notes["经度"] == "可留空\n数字\nWGS-84\n单位：°"
    assert notes["居住对象"].startswith("必填\n填其中一项：本科生、研究生、混合")
    assert notes["楼群编号"] == "必填\n填楼群的编号或名称"
    assert notes["是否住宿"].startswith("可留空\n填“是”或“否”")
    colours = {cell.value: cell.fill.fgColor.rgb for cell in sheet[1]}
    assert colours["楼宇名称"] != colours["经度"]
    assert sheet.freeze_panes == "A2"


def test_lists_offer_the_terms_of_the_policy_and_the_places_there_are(world_database: str) -> None:
    sheet = opened(world_database, "building").worksheets[0]
    with reading(world_database) as conn:
        clusters = list(conn.scalars(select(Cluster.name)))
    offered = lists(sheet)
    assert offered["居住对象"] == "本科生,研究生,混合"
    assert offered["是否住宿"] == "是,否"
    assert sorted(offered["楼群编号"].split(",")) == sorted(clusters)
    assert "楼群编号" not in lists(opened(None, "building").worksheets[0])


def test_students_are_never_offered(world_database: str) -> None:
    offered = lists(opened(world_database, "workstation_member").worksheets[0])
    assert "学号" not in offered
    assert "工作站编号" in offered


def test_a_long_list_stands_on_a_hidden_sheet(world_copy: str) -> None:
    names = [f"很长的楼群名称第{n}苑" for n in range(40)]
    with writing(world_copy) as conn:
        campus = conn.scalar(select(Campus.id).limit(1))
        rows = [{"id": f"z{n:02}", "campus_id": campus, "name": t} for n, t in enumerate(names)]
        conn.execute(insert(Cluster), [*rows, {**rows[0], "id": "z99"}])
    book = opened(world_copy, "building")
    assert book["选项"].sheet_state == "hidden"
    column = [cell.value for cell in book["选项"]["A"]]
    assert column[0] == "楼群编号"
    assert names[1] in column
    assert names[0] not in column, "two clusters have this name: their ids are offered"
    assert {"z00", "z99"} < set(column)
    assert lists(book.worksheets[0])["楼群编号"] == f"选项!$A$2:$A${len(column)}"


def test_visits_and_activities_have_their_companion_headings() -> None:
    assert [c.value for c in opened(None, "visit").worksheets[0][1]][-1] == "宿舍号"
    sheet = opened(None, "activity").worksheets[0]
    assert [c.value for c in sheet[1]][-1] == "活动地点"
    assert sheet[1][-1].comment.text == (
        "可留空\n填楼宇，编号或名称均可，多个用顿号隔开\n同时登记到活动地点台账"
    )


def test_days_are_checked_while_typing_and_codes_stay_text() -> None:
    sheet = opened(None, "visit").worksheets[0]
    days = [r for r in sheet.data_validations.dataValidation if r.type == "date"]
    assert [str(rule.sqref) for rule in days] == ["B2:B5001"]
    assert days[0].errorStyle == "warning"
    assert sheet.column_dimensions["B"].number_format == "yyyy-mm-dd"
    assert opened(None, "student").worksheets[0].column_dimensions["A"].number_format == "@"


def test_a_template_left_as_it_is_brings_nothing(world_database: str) -> None:
    with reading(world_database) as conn:
        for table in tables():
            found = parse(conn, read("a.xlsx", template(table, conn)))
            assert found.problems == (), table
            assert [row for ledger in found.ledgers for row in ledger.rows] == []


def test_the_example_is_one_that_could_be_imported() -> None:
    def example(table: str) -> dict[str, str]:
        sheet = opened(None, table).worksheets[0]
        return {a.value: b.value for a, b in zip(sheet[1], sheet[2], strict=True) if b.value}

    assert example("room") == {"房间编号": "示例：", "房间号": "B4051", "床位数": "1"}
    assert example("enrolment") == {
        "学号": "示例：",
        "起始日期": "2026-09-01",
        "年级": "2026",
        "培养层次": "本科生",
        "政治面貌": "中共党员",
    }

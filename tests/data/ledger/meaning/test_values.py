"""Cells become values of their column's kind, or say why not."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Column

from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.values import nothing, reader
from data.ledger.sheet import CellError
from data.ledger.tables import tables


def column(name: str) -> Column[Any]:
    table, _, field = name.partition(".")
    return tables()[table][1].columns[field]


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("student.id", 4111010001.0, "4111010001"),
        ("student.id", "　２０２３０１\u200b ", "202301"),
        ("student.id", "0012", "0012"),
        ("building.name", " 桃苑（3）号楼，西　", "桃苑（3）号楼，西"),
        ("room.code", 412.0, "412"),
        ("room.code", "Ｂ4051", "B4051"),
        ("room.beds", "４", 4),
        ("room.beds", "4床", 4),
        ("room.beds", 4.0, 4),
        ("room.beds", "4.0", 4),
        ("activity.cost", "1,234.5", 1234.5),
        ("activity.cost", "￥" + "5", Unfit("不是数字", "")),
        ("activity.cost", "1,234.5元", 1234.5),
        ("activity.cost", "12%", Unfit("是百分数，这里要数值", "")),
        ("room.beds", "4人", Unfit("单位应为“床”", "")),
        ("room.beds", "四", Unfit("不是数字", "")),
        ("room.beds", 4.5, Unfit("不是整数", "")),
        ("room.beds", 3e9, Unfit("数字太大", "")),
        ("room.beds", True, Unfit("是对错值，这里要数字", "")),
        ("room.beds", CellError("#REF!"), Unfit("公式没有结果(#REF!)", "")),
        ("student.id", CellError("#N/A"), Unfit("公式没有结果(#N/A)", "")),
        ("holiday.starts", CellError("#VALUE!"), Unfit("公式没有结果(#VALUE!)", "")),
        ("building.residential", CellError("#DIV/0!"), Unfit("公式没有结果(#DIV/0!)", "")),
        ("enrolment.class_name", date(2025, 1, 2), Unfit("被表格软件改成了日期或时刻", "")),
        ("student.id", 1.5e17, Unfit("数字太长，末尾几位已被表格软件改掉", "")),
        ("room.code", "A" * 17, Unfit("有 17 个字，最多 16 个", "")),
        ("building.residential", "√", True),
        ("building.residential", "×", False),
        ("building.residential", "无", False),
        ("building.residential", 1.0, True),
        ("building.residential", "Y", True),
        ("building.residential", "也许", Unfit("看不出是“是”还是“否”", "")),
        ("enrolment.political_status", "党员", "中共党员"),
        ("enrolment.political_status", "中共预备党员", "预备党员"),
        ("enrolment.political_status", " 积极 分子", "入党积极分子"),
        ("enrolment.degree_level", "本科", "本科生"),
        ("enrolment.degree_level", "大专", Unfit("不是约定的取值", "")),
        ("building.footprint", '{"type": "Polygon"}', {"type": "Polygon"}),
        ("building.footprint", "[1]", Unfit("不是 GeoJSON 对象", "")),
        ("building.footprint", "{", Unfit("不是 JSON", "")),
    ],
)
def test_a_cell_is_read_as_its_column_asks(name: str, cell: Any, value: Any) -> None:
    read = reader(column(name))
    if not isinstance(value, Unfit):
        assert read(cell) == value
        return
    with pytest.raises(Unfit) as unfit:
        read(cell)
    assert unfit.value.reason == value.reason


def test_a_word_that_is_no_choice_says_which_are_and_which_is_near() -> None:
    with pytest.raises(Unfit) as unfit:
        reader(column("visit.venue"))("公窝")
    assert unfit.value.remedy == "改为以下之一：公寓、课堂、实验室，是否为“公寓”"


@pytest.mark.parametrize("cell", [None, "", " 　", "无", "-", "—", "/"])
def test_nothing_is_written_in_many_ways(cell: Any) -> None:
    assert nothing(cell, column("enrolment.away"))


@pytest.mark.parametrize("cell", ["-", "无", 0, 0.0, False])
def test_a_required_cell_with_a_dash_is_not_empty(cell: Any) -> None:
    assert not nothing(cell, column("college.name"))


def test_our_own_export_is_taken_to_the_letter() -> None:
    remark = column("engagement.person_code")
    assert not nothing("无", remark, exact=True)
    assert reader(remark, exact=True)("Ａ 1") == "Ａ 1"
    assert (nothing("无", remark), reader(remark)("Ａ 1")) == (True, "A1")
    assert nothing("—", column("activity.festival"), exact=True)

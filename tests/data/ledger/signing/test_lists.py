"""Every kind of list is read, every row is counted, nobody is dropped or doubled in silence."""

from datetime import datetime, time
from typing import Any

import pytest

from data.errors import DashboardError
from data.ledger.signing.counting import (
    ANOTHER_NAME,
    BLANK,
    LOST_ZEROS,
    MALFORMED,
    NOBODY,
    NOT_ENROLLED,
)
from data.ledger.signing.people import number
from tests.data.ledger.signing.campus import (
    BASKETBALL,
    EARLIER,
    GONE,
    READING,
    RUN,
    SUMMER,
    at,
    counts,
    signed,
    understood,
)

ZHANG, LI, WANG = "2026001", "2026002", "2026003"
BOTH = {(READING, ZHANG): at("18 19:05"), (READING, LI): at("18 19:06")}
FAMILIES: dict[str, list[list[Any]]] = {
    "card reader": [
        ["流水号", "卡号", "学工号", "姓名", "刷卡时间", "设备", "终端"],
        [1, "9988771", ZHANG, "张三", "2026-11-18 19:05:00", "签到机2", "T-01"],
        [2, "9988772", LI, "李四", "2026-11-18 19:06:00", "签到机2", "T-01"],
    ],
    "card only": [
        ["卡号", "打卡时间"],
        [int(ZHANG), datetime(2026, 11, 18, 19, 5)],  # noqa: DTZ001 - campus time
        [int(LI), datetime(2026, 11, 18, 19, 6)],  # noqa: DTZ001 - campus time
    ],
    "问卷星": [
        ["序号", "提交答卷时间", "所用时间", "来源", "来自IP", "1、您的学号：", "2、姓名", "总分"],
        [1, "2026/11/18 19:05:00", "35秒", "微信", "1.2.3.4(江苏-徐州)", ZHANG, "张三", 0],
        [2, "2026/11/18 19:06:00", "12秒", "微信", "1.2.3.4(江苏-徐州)", LI, "李 四", 0],
    ],
    "易班": [
        ["姓名", "学号", "学院", "签到时间", "签到状态"],
        ["张三", ZHANG, "矿业工程学院", "11月18日 19:05", "已签到"],
        ["李四", LI, "矿业工程学院", "11月18日 19:06", "迟到"],
    ],
    "学习通": [
        ["读书会签到明细", None, None, None, None],
        ["姓名", "学号/工号", "签到时间", "签到状态", "签到地点"],
        ["张三", ZHANG, "2026-11-18 19:05", "已签", "图书馆报告厅"],
        ["李四", LI, "2026-11-18 19:06", "教师代签", "图书馆报告厅"],
    ],
    "English": [
        ["Timestamp", "Student ID", "Full Name"],
        ["11/18/2026 19:05:00", ZHANG, "张三"],
        ["2026/11/18 下午 7:06:00", LI, "李四"],
    ],
    "day and time apart": [
        ["学号", "签到日期", "签到时间"],
        [ZHANG, "2026.11.18", "19:05"],
        [LI, "2026.11.18", time(19, 6)],
    ],
    "two rows of headings": [
        ["学生", "学生", "签到", "签到"],
        ["学号", "姓名", "时间", "状态"],
        [ZHANG, "张三", "19:05", "√"],
        [LI, "李四", "19:06", "√"],
    ],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_kind_of_list_of_a_chosen_activity(signing: str, family: str) -> None:
    found = understood(signing, FAMILIES[family], activity=READING)
    assert signed(found) == BOTH
    assert counts(found) == {"matched": 2}
    assert "张三" not in str(found)


@pytest.mark.parametrize("family", sorted(FAMILIES.keys() - {"two rows of headings"}))
def test_lists_are_known_by_their_headings_and_ask_for_their_activity(
    signing: str, family: str
) -> None:
    found = understood(signing, FAMILIES[family])
    (problem,) = found.problems
    assert (problem.heading, problem.value) == ("活动", "Sheet1")
    assert problem.reason == "看不出是哪一场活动的签到名单"
    offered = [key for key, _ in problem.choices]
    named = ["11", "13"] if family == "学习通" else ["11"]  # its title says 读书会
    assert offered == [*named, "12"]  # and 夜跑 is on the day of the sign-ins
    answered = understood(signing, FAMILIES[family], answers={"活动:Sheet1": str(READING)})
    assert signed(answered) == BOTH


def test_the_name_of_the_file_offers_the_activity(signing: str) -> None:
    rows = [["学号", "签到时间"], [ZHANG, "19:05"]]
    (problem,) = understood(signing, rows, name="篮球赛 签到.xlsx").problems
    assert problem.choices == ((str(BASKETBALL), "篮球赛(2026-11-14、14)"),)
    (problem,) = understood(signing, rows, name="名单.xlsx").problems
    assert problem.choices == ()
    assert "选定活动" in problem.remedy


def test_the_attendance_ledger_itself_and_feedback_are_no_lists(signing: str) -> None:
    ledger = understood(signing, [["活动编号", "学号", "签到时间"], [READING, ZHANG, "2026-11-18"]])
    assert (ledger.tallies, [one.table for one in ledger.ledgers]) == ((), ["attendance"])
    titled = understood(
        signing, {"活动参与台账": [["活动编号", "学号", "姓名"], [READING, ZHANG, "张三"]]}
    )
    assert (titled.tallies, titled.problems) == ((), ())
    said = [["活动编号", "学号", "满意度", "提交答卷时间"], [READING, ZHANG, 5, "2026-11-18 21:00"]]
    opinions = understood(signing, {"活动反馈台账": said})
    assert opinions.tallies == ()


UNMATCHED: tuple[tuple[Any, str, str], ...] = (
    ("T00017", NOBODY, "T00017"),
    ("9999", NOBODY, "9999"),
    (GONE, NOT_ENROLLED, GONE),
    ("2.026E+06", MALFORMED, "2.026E+06"),
    ("2.026E+6", MALFORMED, "2.026E+6"),
    (2026001.5, MALFORMED, "2026001.5"),
    (1e17, MALFORMED, "100000000000000000"),
    ("张三", MALFORMED, ""),
    (datetime(2026, 11, 18), MALFORMED, "2026-11-18"),  # noqa: DTZ001 - campus time
    (True, MALFORMED, "TRUE"),
    (123, LOST_ZEROS, "123"),
    ("0123", LOST_ZEROS, "0123"),
    (None, BLANK, ""),
    ("　", BLANK, ""),
)


@pytest.mark.parametrize(("cell", "reason", "shown"), UNMATCHED, ids=[str(u[0]) for u in UNMATCHED])
def test_a_row_that_is_nobodys_is_told_by_its_reason(
    signing: str, cell: Any, reason: str, shown: str
) -> None:
    rows = [["学号", "姓名", "签到时间"], [ZHANG, "张三", "19:05"], [cell, None, "19:06"]]
    found = understood(signing, rows, activity=READING)
    assert counts(found) == {"matched": 1, "unmatched": 1, "reasons": {reason: 1}}
    question, row = found.problems
    assert (question.heading, question.value) == ("未匹配的行", "1 行")
    assert question.choices == (("leave", "不写入这 1 行，其余 1 人照写"),)
    assert (row.row, row.column, row.value, row.reason) == (3, 1, shown, reason)
    left = understood(signing, rows, activity=READING, answers={"未匹配的行:1 行": "leave"})
    assert signed(left) == {(READING, ZHANG): at("18 19:05")}
    assert left.left == (row,)
    assert counts(left) == counts(found)
    assert any("1 行没有匹配到学生，按选定的不写入" in note for note in left.notes)


def test_an_answer_is_about_so_many_rows_and_no_others(signing: str) -> None:
    rows = [["学号", "签到时间"], [ZHANG, "19:05"], ["T1", "19:06"], ["T2", "19:06"]]
    found = understood(signing, rows, activity=READING, answers={"未匹配的行:1 行": "leave"})
    assert [p.value for p in found.problems] == ["2 行", "T1", "T2"]


def test_where_nobody_matched_there_is_nothing_to_agree_to(signing: str) -> None:
    rows = [["卡号", "签到时间"], ["889900", "19:05"]]
    question, _ = understood(signing, rows, activity=READING).problems
    assert (question.choices, question.remedy) == ((), "核对学号一列")


def test_numbers_as_exports_protect_them_are_read(signing: str) -> None:
    numbers = ("00123", "2026001\t", "`2026002", "2026003.0")
    rows = [["学号", "签到时间"], *([cell, "19:05"] for cell in numbers)]
    found = understood(signing, rows, activity=READING)
    assert {student for _, student in signed(found)} == {"00123", ZHANG, LI, WANG}
    assert number('="00123"') == ("00123", "")


def test_a_name_that_is_anothers_is_told_and_not_kept(signing: str) -> None:
    rows = [["学号", "姓名", "签到时间"], [ZHANG, "王五", "19:05"], [LI, "李四(班长)", "19:06"]]
    found = understood(signing, rows, activity=READING)
    assert counts(found) == {"matched": 1, "unmatched": 1, "reasons": {ANOTHER_NAME: 1}}
    assert "王五" not in str(found)
    assert "班长" not in str(found)


def test_of_repeated_sign_ins_the_first_is_kept_wherever_it_stands(signing: str) -> None:
    rows = [["学号", "签到时间"], [ZHANG, "19:30"], [ZHANG, "19:05"], [LI, "19:06"], [ZHANG, None]]
    sheets: dict[str, list[Any]] = {
        "甲": rows,
        "乙": [["学号", "签到时间"], [LI, "18:58"], [ZHANG, "20:00"]],
    }
    answers = {"签到时间:空": "came"}
    found = understood(signing, sheets, activity=READING, answers=answers)
    assert signed(found) == {(READING, ZHANG): at("18 19:05"), (READING, LI): at("18 18:58")}
    assert counts(found) == {"matched": 2, "repeated": 4}
    assert sorted(found.ledgers[0].where) == [("乙", 2), ("甲", 3)]


def test_who_was_absent_is_no_attendance_and_unknown_words_are_asked(signing: str) -> None:
    words = ("未签到", "缺勤", "请假", "事假", "旷课", "否", False)
    rows: list[list[Any]] = [["学号", "签到时间", "签到状态"], [ZHANG, "19:05", "已签到"]]
    rows += [[LI, None, word] for word in words]
    found = understood(signing, rows, activity=READING)
    assert signed(found) == {(READING, ZHANG): at("18 19:05")}
    assert counts(found) == {"matched": 1, "absent": 7}
    rows += [[LI, None, "线上"], [WANG, None, None]]
    asked = understood(signing, rows, activity=READING)
    assert [(p.heading, p.value) for p in asked.problems] == [
        ("签到状态", "线上"),
        ("签到状态", "空"),
    ]
    assert counts(asked) == {"matched": 1, "absent": 7, "faulty": 2}
    answers = {"签到状态:线上": "came", "签到状态:空": "away"}
    told = understood(signing, rows, activity=READING, answers=answers)
    assert signed(told) == {(READING, ZHANG): at("18 19:05"), (READING, LI): None}
    assert counts(told) == {"matched": 2, "absent": 8}


def test_no_time_and_no_state_is_asked_about(signing: str) -> None:
    rows = [["学号", "签到时间"], [ZHANG, "19:05"], [LI, None]]
    (problem,) = understood(signing, rows, activity=READING).problems
    assert (problem.value, problem.choices[1]) == ("空", ("away", "不算到场"))


def test_numbers_alone_are_a_list_of_a_chosen_activity(signing: str) -> None:
    found = understood(signing, [["学号"], [ZHANG]], activity=READING)
    assert signed(found) == {(READING, ZHANG): None}
    assert "“Sheet1”没有签到时间一列，签到时间留空" in found.notes


TIMES: tuple[tuple[int, Any, Any], ...] = (
    (READING, "19:05", "18 19:05"),
    (READING, "下午7:05", "18 19:05"),
    (READING, 19.0 / 24, "18 19:00"),
    (READING, "11.18 19:05", "18 19:05"),
    (READING, "2026-11-18T19:05:33", "18 19:05:33"),
    (READING, "18/11/2026 7:05 PM", "18 19:05"),
    (READING, "2026-11-18", None),
    (READING, datetime(2026, 11, 18), None),  # noqa: DTZ001 - campus time
    (RUN, "23:50", "18 23:50"),
    (RUN, "00:20", "19 00:20"),
    (RUN, "2026-11-19 00:20", "19 00:20"),
    (READING, "2026-11-19 00:10", "19 00:10"),
)


@pytest.mark.parametrize(("activity", "cell", "expected"), TIMES, ids=[str(t[:2]) for t in TIMES])
def test_times_take_the_day_of_the_activity(
    signing: str, activity: int, cell: Any, expected: str | None
) -> None:
    found = understood(signing, [["学号", "签到时间"], [ZHANG, cell]], activity=activity)
    assert signed(found) == {(activity, ZHANG): at(expected) if expected else None}


@pytest.mark.parametrize("cell", ["明天", "19:05 2026", "13/13/2026 19:05", "12/10/2026", "#REF!"])
def test_times_that_cannot_be_read_are_faults(signing: str, cell: str) -> None:
    found = understood(signing, [["学号", "签到时间"], [ZHANG, cell]], activity=READING)
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.value, problem.choices) == (2, 2, cell, ())
    assert counts(found) == {"faulty": 1}


@pytest.mark.parametrize(
    ("activity", "cell"),
    [
        (READING, "2026-11-19 08:00"),
        (READING, "2026-11-17 19:00"),
        (READING, "2025-11-18 19:00"),
        (RUN, "2026-11-19 07:00"),
        (BASKETBALL, "2026-11-15 00:30"),
    ],
)
def test_another_day_is_to_be_confirmed(signing: str, activity: int, cell: str) -> None:
    rows = [["学号", "签到时间"], [ZHANG, cell], [LI, cell]]
    found = understood(signing, rows, activity=activity)
    assert [p.row for p in found.problems] == [2, 3]
    (question,) = {(p.heading, p.value) for p in found.problems}
    assert cell[:10] in question[1]
    key = ":".join(question)
    came = understood(signing, rows, activity=activity, answers={key: "came"})
    assert set(signed(came).values()) == {datetime.fromisoformat(cell)}
    away = understood(signing, rows, activity=activity, answers={key: "away"})
    assert signed(away) == {}
    assert counts(away) == {"elsewhere": 2}


def test_two_activities_in_one_file_by_column_and_by_sheet(signing: str) -> None:
    head: list[Any] = ["活动编号", "学号", "签到时间", "姓名"]
    rows = [head, [READING, ZHANG, "19:05", "张三"], [BASKETBALL, ZHANG, "15:00", "张三"]]
    by_column = understood(signing, rows)
    wanted = {(READING, ZHANG): at("18 19:05"), (BASKETBALL, ZHANG): at("14 15:00")}
    assert signed(by_column) == wanted
    assert [tally.matched for tally in by_column.tallies] == [1, 1]
    sheets: dict[str, list[Any]] = {
        "周三": [head[1:3], [ZHANG, "19:05"]],
        "周六": [head[1:3], [ZHANG, "15:00"]],
    }
    answers = {"活动:周三": str(READING), "活动:周六": str(BASKETBALL)}
    assert [p.value for p in understood(signing, sheets).problems] == ["周三", "周六"]
    assert signed(understood(signing, sheets, answers=answers)) == wanted


def test_a_row_of_another_activity_than_the_chosen_one_is_a_fault(signing: str) -> None:
    rows = [["活动编号", "学号", "签到时间"], [READING, ZHANG, "19:05"], [RUN, LI, "22:05"]]
    (problem,) = understood(signing, rows, activity=READING).problems
    assert (problem.row, problem.column) == (3, 1)
    assert "不是选定的活动“读书会(2026-11-18、11)”" in problem.reason
    rows = [["活动名称", "学号", "签到时间"], ["夜跑", LI, "22:05"], ["本周读书", ZHANG, "19:05"]]
    (problem,) = understood(signing, rows, activity=READING).problems
    assert (problem.row, problem.value) == (2, "夜跑")


def test_activities_of_one_name_are_told_apart_by_the_day_or_asked(signing: str) -> None:
    head = ["活动名称", "学号", "签到时间"]
    found = understood(signing, [head, ["读书会", ZHANG, "2026-11-11 19:01"]])
    assert signed(found) == {(EARLIER, ZHANG): at("11 19:01")}
    assert any("按签到日期取 读书会(2026-11-11、13)" in note for note in found.notes)
    rows = [head, ["读书会", ZHANG, "19:01"]]
    (problem,) = understood(signing, rows).problems
    assert [key for key, _ in problem.choices] == ["11", "13"]
    assert signed(understood(signing, rows, answers={"活动名称:读书会": "13"})) == {
        (EARLIER, ZHANG): at("11 19:01")
    }
    (problem,) = understood(signing, [head, ["桃苑篮球赛决赛", ZHANG, "15:00"]]).problems
    assert (problem.choices, problem.reason) == (
        ((str(BASKETBALL), "篮球赛(2026-11-14、14)"),),
        "没有叫“桃苑篮球赛决赛”的活动",
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([99, "读书会", ZHANG, "19:05"], "没有这个编号的活动"),
        ([RUN, "读书会", ZHANG, "19:05"], "活动名称与编号不是同一场"),
        ([None, None, ZHANG, "19:05"], "没有写活动"),
    ],
)
def test_an_activity_that_cannot_be_told_is_a_fault(
    signing: str, row: list[Any], reason: str
) -> None:
    found = understood(signing, [["活动编号", "活动名称", "学号", "签到时间"], row])
    (problem,) = found.problems
    assert (problem.row, problem.reason) == (2, reason)


def test_outside_every_term_enrolment_is_not_checked_and_that_is_said(signing: str) -> None:
    found = understood(signing, [["学号", "签到时间"], [GONE, "9:05"]], activity=SUMMER)
    assert set(signed(found)) == {(SUMMER, GONE)}
    assert any("没有核对学籍" in note for note in found.notes)


def test_who_is_enrolled_later_is_looked_up_in_the_term_of_the_activity(signing: str) -> None:
    rows = [["学号", "签到时间"], ["g1", "19:05"], ["a1", "19:05"]]  # g1 graduated in the summer
    found = understood(signing, rows, activity=READING)
    assert counts(found) == {"matched": 1, "unmatched": 1, "reasons": {NOT_ENROLLED: 1}}


def test_an_activity_that_does_not_exist_and_a_sheet_without_numbers_are_told(signing: str) -> None:
    with pytest.raises(DashboardError, match="没有编号为 99 的活动"):
        understood(signing, [["学号"], [ZHANG]], activity=99)
    sheets: dict[str, list[Any]] = {
        "名单": [["学号"], [ZHANG]],
        "经费": [["项目", "金额"], ["茶水", 30]],
    }
    (problem,) = understood(signing, sheets, activity=READING).problems
    assert (problem.sheet, problem.reason) == ("经费", "没有学号一列")


def test_totals_and_signatures_are_set_aside_and_said(signing: str) -> None:
    rows = [["学号", "签到时间"], [ZHANG, "19:05"], ["合计", "1 人"], ["负责人签字：", None]]
    found = understood(signing, rows, activity=READING)
    assert counts(found) == {"matched": 1}
    assert [note for note in found.notes if "跳过" in note] == [
        "“Sheet1”跳过合计 1 行(第 3 行)",
        "“Sheet1”跳过签字说明 1 行(第 4 行)",
    ]


def test_a_sheet_with_numbers_that_is_no_ledger_may_be_chosen_to_be_a_list(signing: str) -> None:
    rows = [["学号", "身高"], [ZHANG, "180"]]
    (problem,) = understood(signing, rows).problems
    assert ("sign_in", "签到名单") in problem.choices
    answers = {"台账种类:Sheet1": "sign_in", "活动:Sheet1": str(READING)}
    assert set(signed(understood(signing, rows, answers=answers))) == {(READING, ZHANG)}

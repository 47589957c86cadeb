"""A sign-in list from upload to undo: all or nothing, the same twice, only its own activity."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from data.__main__ import main
from data.access.viewer import STEWARD, Viewer
from data.engine import reading
from data.ledger.imports import jobs, runs, working
from data.ledger.imports.runs import Options, WrongState
from data.models.dashboard import ImportFile
from queries import ledger
from tests.data.ledger.bringing import held
from tests.data.ledger.signing.campus import BASKETBALL, READING, at
from tests.data.ledger.spreadsheets import xlsx
from tests.data.summaries.versions import killed_by

ZHANG, LI, WANG = "2026001", "2026002", "2026003"
HEAD = ["学号", "姓名", "刷卡时间"]
LIST = [
    HEAD,
    [ZHANG, "张三", "2026-11-18 19:05"],
    [LI, "李四", "2026-11-18 19:06"],
    [ZHANG, "张三", "2026-11-18 19:40"],
    ["T017", "来宾甲", "2026-11-18 19:07"],
]
LEAVE = {"未匹配的行:1 行": "leave"}


@pytest.fixture(autouse=True)
def launched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests take the steps themselves."""
    monkeypatch.setattr(jobs, "launch", lambda *_: None)


def begun(url: str, rows: Any = LIST, **options: Any) -> int:
    chosen = Options(activity=options.pop("activity", READING), **options)
    content = xlsx({"Sheet1": rows})
    run = jobs.begin(url, account="steward", name="名单.xlsx", content=content, options=chosen)
    working.work(url, run)
    return run


def done(url: str, rows: Any = LIST, **options: Any) -> int:
    run = begun(url, rows, **options)
    jobs.confirm(url, run)
    working.work(url, run)
    assert jobs.state(url, run).state == runs.DONE
    return run


def came(url: str) -> dict[tuple[int, str], datetime | None]:
    rows = held(url, "attendance")
    return {(row["activity_id"], row["student_id"]): row["signed"] for row in rows}


BOTH = {(READING, ZHANG): at("18 19:05"), (READING, LI): at("18 19:06")}


def test_the_rest_is_written_once_it_is_agreed_what_is_left_out(signing: str) -> None:
    run = begun(signing)
    refused = jobs.state(signing, run)
    assert refused.state == runs.REFUSED
    assert refused.plan is not None
    (told,) = refused.plan["sign_ins"]
    assert (told["matched"], told["unmatched"], told["repeated"]) == (2, 1, 1)
    with pytest.raises(WrongState):
        jobs.confirm(signing, run)
    jobs.answer(signing, run, LEAVE)
    working.work(signing, run)
    ready = jobs.state(signing, run)
    assert (ready.state, [p.value for p in ready.problems]) == (runs.READY, ["T017"])
    assert came(signing) == {}
    jobs.confirm(signing, run)
    working.work(signing, run)
    written = jobs.state(signing, run)
    assert (written.state, written.problems) == (runs.DONE, ())
    assert written.plan is not None
    assert written.plan["sign_ins"] == [told]
    assert came(signing) == BOTH
    assert "来宾" not in str(written)
    assert "张三" not in str((refused, ready, written))


def test_a_second_import_changes_nothing_and_undo_takes_it_all_back(signing: str) -> None:
    done(signing, activity=BASKETBALL, rows=[HEAD[:1], [WANG]])
    before = came(signing)
    run = done(signing, answers=LEAVE)
    assert jobs.state(signing, begun(signing, answers=LEAVE)).state == runs.UNCHANGED
    assert came(signing) == before | BOTH
    jobs.undo(signing, run, account="steward")
    working.work(signing, run)
    assert came(signing) == before


def test_an_earlier_sign_in_that_is_held_stays_and_a_later_one_gives_way(signing: str) -> None:
    done(signing, answers=LEAVE)
    later = [HEAD[::2], [ZHANG, "2026-11-18 19:50"], [LI, None]]
    answers = {"刷卡时间:空": "came"}
    assert jobs.state(signing, begun(signing, later, answers=answers)).state == runs.UNCHANGED
    done(signing, [HEAD[::2], [ZHANG, "2026-11-18 18:50"]])
    assert came(signing) == BOTH | {(READING, ZHANG): at("18 18:50")}


def test_replacing_speaks_of_that_activity_alone(signing: str) -> None:
    done(signing, activity=BASKETBALL, rows=[HEAD[:1], [ZHANG], [LI]])
    done(signing, answers=LEAVE)
    run = begun(signing, [HEAD[::2], [ZHANG, "2026-11-18 19:50"]], replace=True)
    plan = jobs.state(signing, run).plan
    assert plan is not None
    (table,) = plan["tables"]
    assert (table["added"], table["changed"], table["removed"]) == (0, 1, 1)
    assert "只限文件里出现的 1 个活动" in table["range"]
    jobs.confirm(signing, run)
    working.work(signing, run)
    assert came(signing) == {
        (READING, ZHANG): at("18 19:50"),
        (BASKETBALL, ZHANG): None,
        (BASKETBALL, LI): None,
    }


def test_replacing_with_rows_left_out_warns_of_whom_it_may_remove(signing: str) -> None:
    run = jobs.state(signing, begun(signing, answers=LEAVE, replace=True))
    assert run.plan is not None
    assert any("没有匹配到学生、不写入" in warning for warning in run.plan["warnings"])


MOMENTS = (
    ("CREATE TEMPORARY TABLE", 1),
    ("INSERT INTO .*attendance", 2),  # the first fills the table the rows are compared in
    ("INSERT INTO .*import_change", 1),
    ("UPDATE .*import_run SET state", 1),
    ("INSERT INTO .*audit_entry", 1),
)


def test_killed_before_the_commit_nobody_came(signing: str) -> None:
    run = begun(signing, answers=LEAVE)
    jobs.confirm(signing, run)
    for statement, nth in MOMENTS:
        assert killed_by(signing, lambda: working.work(signing, run), statement, nth), statement
        assert came(signing) == {}, statement
        assert jobs.latest_undoable(signing) is None, statement
    working.work(signing, run)
    assert came(signing) == BOTH


def test_a_gate_log_is_refused_and_not_kept(signing: str) -> None:
    run = jobs.state(signing, begun(signing, [[*HEAD, "通道"], [ZHANG, "张三", "19:05", "东"]]))
    assert run.state == runs.REFUSED
    assert (run.problems, run.plan) == ((), None)
    assert "D1 的列名“通道”说明这是门禁、闸机的出入记录" in run.stage
    with reading(signing) as conn:
        assert conn.scalar(select(func.count()).select_from(ImportFile)) == 0


def test_a_chosen_activity_and_another_ledger_do_not_go_together(signing: str) -> None:
    run = jobs.state(signing, begun(signing, table="feedback"))
    assert "按签到名单读" in run.stage


def command(url: str, *words: object) -> int:
    return main(["--database", url, *map(str, words)])


def test_at_a_terminal(signing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "名单.xlsx").write_bytes(xlsx({"Sheet1": LIST}))
    asked = ("import", tmp_path / "名单.xlsx", "--activity", READING, "--no-refresh")
    assert command(signing, *asked, "--marked", tmp_path / "标记") == 2
    said = capsys.readouterr().out
    assert (
        "签到名单“读书会(2026-11-18、11)”共 4 行："
        "匹配 2 人，未匹配 1 行（没有这个学号的学生 1 行），重复签到 1 行"
    ) in said
    assert '可选：--answer "未匹配的行:1 行=leave"' in said
    assert came(signing) == {}
    sheet = openpyxl.load_workbook(tmp_path / "标记" / "名单-问题.xlsx")["Sheet1"]
    assert sheet["A5"].comment.text.startswith("没有这个学号的学生")
    assert sheet["A2"].comment is None
    (tmp_path / "标记" / "名单-问题.xlsx").unlink()
    agreed = (*asked, "--answer", "未匹配的行:1 行=leave", "--marked", tmp_path / "标记")
    assert command(signing, *agreed) == 0
    assert "已导入：" in capsys.readouterr().out
    assert (tmp_path / "标记" / "名单-问题.xlsx").exists()
    assert came(signing) == BOTH
    assert command(signing, "import", "--undo", "--no-refresh") == 0
    assert came(signing) == {}


def test_two_files_of_one_activity_are_one_import(
    signing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲.csv").write_text("学号,签到时间\n2026001,19:20\n00123,19:02\n", "gb18030")
    (tmp_path / "乙.csv").write_text('学号,签到时间\n="2026001",19:10\n', "utf-8")
    files = (tmp_path / "甲.csv", tmp_path / "乙.csv")
    assert command(signing, "import", *files, "--activity", READING, "--no-refresh") == 0
    assert "共 3 行：匹配 2 人，未匹配 0 行，重复签到 1 行" in capsys.readouterr().out
    assert came(signing) == {(READING, ZHANG): at("18 19:10"), (READING, "00123"): at("18 19:02")}


def test_what_cannot_be_done_is_said(
    signing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gate = tmp_path / "门禁记录.csv"
    gate.write_text("卡号,时间,通道\n1,2026-11-18 7:00,东门\n", "utf-8")
    assert command(signing, "import", gate) == 2
    assert "文件名“门禁记录.csv”说明这是门禁、闸机的出入记录" in capsys.readouterr().err
    assert command(signing, "export", "签到名单", tmp_path / "a.csv") == 2
    assert "请导出 attendance" in capsys.readouterr().err
    assert command(signing, "template", "签到名单", tmp_path / "签到.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "签到.xlsx")["签到名单"]["A1"].value == "学号"
    capsys.readouterr()
    assert command(signing, "import", tmp_path / "签到.xlsx", "--table", "签到名单") == 2
    assert "看不出是哪一场活动" in capsys.readouterr().out


def test_the_activities_that_are_offered_say_which_have_no_list_yet(signing: str) -> None:
    done(signing, activity=BASKETBALL, rows=[HEAD[:1], [ZHANG]])
    assert ledger.activities(signing, Viewer("s", STEWARD)) == [
        (12, "2026-11-18 夜跑", False),
        (11, "2026-11-18 读书会", False),
        (14, "2026-11-14 篮球赛", True),
        (13, "2026-11-11 读书会", False),
        (15, "2026-08-01 夏令营", False),
    ]

"""The whole check, as `python -m data check URL` runs it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from data.__main__ import main
from data.contract.check import check
from data.contract.declaration import Severity
from data.contract.report import Finding, Report
from data.engine import writing
from data.migrations.upgrading import create_tables
from tests import world
from tests.data.contract import clean

NO_ROOM = "UPDATE enrolment SET room_id = NULL WHERE student_id = 's3'"
BAD_DATE = "UPDATE visit SET day = '10月10日'"


def test_a_clean_database_has_no_findings(strict_database: str) -> None:
    report = check(strict_database, today=clean.DAY)
    assert (report.findings, report.notes) == ((), ())
    assert not report.pages_would_be_wrong


def test_the_hand_made_world_has_the_dirt_it_was_given(sqlite_database: str) -> None:
    """C99 has no floor, D no lead, z1 no room, a4 is no member; the one visit has no end, met
    nobody and passed no room; c2 is on no floor of C, z1 of X nowhere, g1 of B gone, fa and gb
    have no workstation."""
    report = check(world.build(sqlite_database), today=world.TODAY)
    assert [finding.place for finding in report.findings] == [
        "room.floor_id(楼层编号)",
        "building.id(楼宇编号)",
        "enrolment.room_id(房间编号)",
        "floor_leader.student_id(学号)",
        "visit.ends(结束时间)",
        "visit.id(走访编号)",
        "visit.id(走访编号)",
        "room.floor_id(楼层编号)",
        "enrolment.room_id(房间编号)",
        "responsibility_area_member.student_id(责任党员学号)",
        "party_organisation.parent_id(上级组织编号)",
    ]
    assert not report.pages_would_be_wrong


def test_a_loose_database_with_a_fault_is_wrong(loose_database: str) -> None:
    """Every enrolment is s2's: s1's and s2's overlap in both terms; our own tables are missing."""
    with writing(loose_database) as conn:
        schema = "" if conn.dialect.name == "sqlite" else "campus."
        conn.execute(text(f"UPDATE {schema}enrolment SET student_id = 's2'"))  # noqa: S608
    report = check(loose_database)
    assert report.pages_would_be_wrong
    [overlap] = (f for f in report.findings if f.title == "同一学生的住宿时段重叠")
    assert (overlap.severity, overlap.count) == (Severity.ERROR, 3)
    assert "dashboard" in {finding.place for finding in report.of(Severity.REMINDER)}


def test_a_fault_that_stops_the_database_is_a_finding(sqlite_database: str) -> None:
    """A view that fails only when its rows are read; the checks of other tables go on."""
    world.build(sqlite_database)
    with writing(sqlite_database) as conn:
        conn.execute(text("DROP TABLE award"))
        conn.execute(
            text(
                "CREATE VIEW award AS SELECT id, json_extract('{', '$') AS name, '校级' AS level,"
                " starts AS day, NULL AS building_id, NULL AS college_id, NULL AS organisation_id"
                " FROM party_organisation_scope"
            )
        )
    report = check(sqlite_database)
    assert "“必填列为空”没有查完：malformed JSON" in {f.title for f in report.findings}
    assert "room.floor_id(楼层编号)" in {f.place for f in report.findings}


def test_the_report_reads_like_this() -> None:
    orphans = Finding(
        Severity.ERROR,
        "room.floor_id(楼层编号)",
        "引用了不存在的 floor.id",
        effect="这些行连接不上",
        remedy="补上这些编号",
        count=1200,
        examples=("id=A11 floor_id=''", "id=A12 floor_id=Z"),
    )
    missing = Finding(Severity.REMINDER, "dashboard", "表还没有建全", "不能登录", "运行 create")
    report = Report("sqlite:///a.db", (missing, orphans), ("多出的表不读取：x",), 393, 1.25)
    assert report.text() == (
        "与约定比对：sqlite:///a.db\n"
        "结果：错误 1 项、提醒 1 项 —— 页面会出错，请先处理错误(检查 393 项，用时 1.2 秒)\n"
        "\n"
        "[错误 1] room.floor_id(楼层编号):引用了不存在的 floor.id(1,200 行)\n"
        "   例：id=A11 floor_id=''\n"
        "   例：id=A12 floor_id=Z\n"
        "   ……另有 1,198 行\n"
        "   影响：这些行连接不上\n"
        "   处理：补上这些编号\n"
        "\n"
        "[提醒 1] dashboard:表还没有建全\n"
        "   影响：不能登录\n"
        "   处理：运行 create\n"
        "\n"
        "说明\n"
        "   多出的表不读取：x"
    )


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [(NO_ROOM, 0, "student_id=s3"), (BAD_DATE, 1, "存的不是日期(1 行)\n   例：id=1 day=10月10日")],
    ids=["reminder", "error"],
)
def test_the_exit_code_tells_whether_pages_would_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: str, code: int, says: str
) -> None:
    url = f"sqlite:///{tmp_path / 'clean.db'}"
    create_tables(url)
    with writing(url) as conn:
        clean.fill(conn)
        conn.execute(text(fault))
    assert main(["check", url]) == code
    assert says in capsys.readouterr().out


def test_an_address_without_a_database_exits_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", f"sqlite:///{tmp_path / 'absent.db'}"]) == 2
    assert "没有这个文件" in capsys.readouterr().err

"""An import as a page drives it: every step leaves its state where any process finds it."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from data.engine import reading, writing
from data.ledger.changes import planning, trying
from data.ledger.changes.planning import Plan
from data.ledger.imports import jobs, runs, working
from data.ledger.imports.runs import ImportBusy, Options, WrongState
from data.models.dashboard import AuditEntry, ImportChange, ImportFile, ImportRun
from data.models.people import College
from data.summaries.lease import now
from tests.data.ledger.bringing import held, new_run
from tests.data.summaries.versions import killed_by, version

NAMES = "学院编号,学院名称\nX,矿业学院\nZ,材料学院\n".encode()
FAULTY = "学院编号,学院名称,承接学院编号\nX,矿业学院,Q\n".encode()


@pytest.fixture(autouse=True)
def launched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What would have been started; the tests take the steps themselves."""
    started: list[int] = []
    monkeypatch.setattr(jobs, "launch", lambda url, run: started.append(run))
    return started


def _begun(url: str, content: bytes = NAMES, *, options: Options | None = None) -> int:
    run = jobs.begin(
        url, account="steward", name="学院.csv", content=content, options=options or Options()
    )
    working.work(url, run)
    return run


def _done(url: str, content: bytes = NAMES) -> int:
    run = _begun(url, content)
    jobs.confirm(url, run)
    working.work(url, run)
    return run


def _names(url: str) -> list[str]:
    return [college["name"] for college in held(url, "college")]


def _count(url: str, model: type) -> int:
    with reading(url) as conn:
        return conn.scalar(select(func.count()).select_from(model)) or 0


def test_a_preview_writes_nothing(world_copy: str) -> None:
    run = jobs.state(world_copy, _begun(world_copy))
    assert run.state == runs.READY
    assert run.plan is not None
    (table,) = run.plan["tables"]
    assert (table["title"], table["added"], table["changed"]) == ("学院台账", 1, 1)
    (changed,) = table["examples"]["changed"]
    assert changed["key"] == {"学院编号": "X"}
    assert changed["before"] == {"学院名称": "矿业工程学院"}
    assert changed["after"] == {"学院名称": "矿业学院"}
    assert _names(world_copy) == ["矿业工程学院", "化工学院"]


def test_a_confirmed_import_is_written_refreshed_and_remembered(world_copy: str) -> None:
    before = version(world_copy)
    run = jobs.state(world_copy, _done(world_copy))
    assert (run.state, run.stage, run.progress) == (runs.DONE, "", 1.0)
    assert run.data_version == version(world_copy) == before + 1
    assert _names(world_copy) == ["矿业学院", "化工学院", "材料学院"]
    assert (_count(world_copy, ImportChange), _count(world_copy, ImportFile)) == (2, 0)
    with reading(world_copy) as conn:
        found = list(conn.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert found[-3:] == ["import_begun", "import_confirmed", "import"]


def test_the_same_file_again_has_no_changes(world_copy: str) -> None:
    first = _done(world_copy)
    again = jobs.state(world_copy, _begun(world_copy))
    assert again.state == runs.UNCHANGED
    latest = jobs.latest_undoable(world_copy)
    assert latest is not None
    assert latest.id == first
    assert [r.state for r in jobs.history(world_copy)] == [runs.UNCHANGED, runs.DONE]


def test_undo_brings_back_what_was_and_refreshes(world_copy: str) -> None:
    run = _done(world_copy)
    jobs.undo(world_copy, run, account="steward")
    working.work(world_copy, run)
    after = jobs.state(world_copy, run)
    assert (after.state, after.undone_by, after.stage) == (runs.UNDONE, "steward", "")
    assert _names(world_copy) == ["矿业工程学院", "化工学院"]
    assert after.data_version == version(world_copy)
    assert jobs.latest_undoable(world_copy) is None


def test_an_undo_that_cannot_be_leaves_the_import_done(world_copy: str) -> None:
    run = _done(world_copy)
    with writing(world_copy) as conn:
        conn.execute(update(College).values(aliases="矿院"))
    jobs.undo(world_copy, run, account="steward")
    working.work(world_copy, run)
    after = jobs.state(world_copy, run)
    assert after.state == runs.DONE
    assert after.undone_by is None
    assert "又被改动" in after.stage


def test_a_faulty_file_is_refused_with_every_problem(world_copy: str) -> None:
    run = jobs.state(world_copy, _begun(world_copy, FAULTY))
    assert run.state == runs.REFUSED
    assert [(p.row, p.value) for p in run.problems] == [(2, "Q")]
    assert jobs.content(world_copy, run.id) == ("学院.csv", FAULTY)
    with pytest.raises(WrongState):
        jobs.confirm(world_copy, run.id)


def test_what_cannot_be_read_is_refused_with_a_sentence(world_copy: str) -> None:
    run = jobs.state(world_copy, _begun(world_copy, b"MZ\x90\x00\x03\x00\x00\x00"))
    assert run.state == runs.REFUSED
    assert run.stage


def test_a_bug_has_a_number(world_copy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "read", lambda *_: 1 / 0)
    run = jobs.state(world_copy, _begun(world_copy))
    assert run.state == runs.FAILED
    assert "编号" in run.stage


def test_a_database_that_moved_on_is_previewed_again(world_copy: str) -> None:
    run = _begun(world_copy)
    with writing(world_copy) as conn:
        conn.execute(update(College).where(College.id == "X").values(name="矿院"))
    jobs.confirm(world_copy, run)
    working.work(world_copy, run)
    after = jobs.state(world_copy, run)
    assert (after.state, after.confirmed) == (runs.READY, None)
    assert "预览之后数据库有了变化" in after.stage
    assert after.plan is not None
    assert after.plan["tables"][0]["examples"]["changed"][0]["before"] == {"学院名称": "矿院"}
    jobs.confirm(world_copy, run)
    working.work(world_copy, run)
    assert jobs.state(world_copy, run).state == runs.DONE


def test_a_cancelled_import_goes_no_further(world_copy: str) -> None:
    run = _begun(world_copy)
    jobs.cancel(world_copy, run)
    with pytest.raises(WrongState):
        jobs.confirm(world_copy, run)
    assert jobs.state(world_copy, run).state == runs.CANCELLED
    assert _count(world_copy, ImportFile) == 0


def test_an_answer_reads_the_file_again(world_copy: str, launched: list[int]) -> None:
    run = _begun(world_copy, FAULTY)
    jobs.answer(world_copy, run, {"学院名称:矿院": "X"})
    assert jobs.state(world_copy, run).state == runs.READING
    assert jobs.state(world_copy, run).options.answers == {"学院名称:矿院": "X"}
    assert launched == [run, run]


def test_only_one_import_writes_at_a_time(world_copy: str) -> None:
    run = _begun(world_copy)
    new_run(world_copy)
    with pytest.raises(ImportBusy, match=r"干事 正在导入“a\.xlsx”"):
        jobs.confirm(world_copy, run)
    _fall_silent(world_copy)
    jobs.confirm(world_copy, run)


def test_a_silent_run_is_interrupted(world_copy: str) -> None:
    run = new_run(world_copy)
    assert jobs.state(world_copy, run).state == runs.WRITING
    _fall_silent(world_copy)
    assert jobs.state(world_copy, run).state == runs.INTERRUPTED


def _fall_silent(url: str) -> None:
    with writing(url) as conn:
        conn.execute(update(ImportRun).values(heartbeat=now() - timedelta(seconds=31)))


def test_files_nobody_came_back_for_are_swept(world_copy: str) -> None:
    old = _begun(world_copy, FAULTY)
    with writing(world_copy) as conn:
        conn.execute(update(ImportRun).values(created=now() - timedelta(hours=25)))
    _begun(world_copy)
    with pytest.raises(WrongState, match="请重新上传"):
        jobs.content(world_copy, old)


MOMENTS = (
    ("nothing compared", "CREATE TEMPORARY TABLE", 1),
    ("half written", "UPDATE .*college", 1),
    ("not remembered", "INSERT INTO .*import_change", 1),
    ("not said", "UPDATE .*import_run SET state", 1),
    ("not audited", "INSERT INTO .*audit_entry", 1),
)


def test_killed_before_the_commit_nothing_has_changed(world_copy: str) -> None:
    """Each run is taken up where the one killed before it began."""
    run = _begun(world_copy)
    jobs.confirm(world_copy, run)
    before = held(world_copy, "college")
    for moment, statement, nth in MOMENTS:
        assert killed_by(world_copy, lambda: working.work(world_copy, run), statement, nth), moment
        assert held(world_copy, "college") == before, moment
        assert jobs.latest_undoable(world_copy) is None, moment
        assert jobs.state(world_copy, run).state == runs.WRITING, moment
    working.work(world_copy, run)
    assert jobs.state(world_copy, run).state == runs.DONE
    assert _names(world_copy) == ["矿业学院", "化工学院", "材料学院"]


def test_killed_after_the_commit_it_can_be_undone(world_copy: str) -> None:
    run = _begun(world_copy)
    jobs.confirm(world_copy, run)
    refreshing = "INSERT INTO .*refresh_run"
    assert killed_by(world_copy, lambda: working.work(world_copy, run), refreshing, 1)
    assert jobs.state(world_copy, run).state == runs.REFRESHING
    assert jobs.state(world_copy, run).stage == working.WRITTEN
    _fall_silent(world_copy)
    jobs.undo(world_copy, run, account="steward")
    working.work(world_copy, run)
    assert _names(world_copy) == ["矿业工程学院", "化工学院"]


def test_a_process_of_its_own_takes_the_step(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    run = jobs.begin(
        world_copy, account="steward", name="学院.csv", content=NAMES, options=Options()
    )
    _wait(lambda: jobs.state(world_copy, run).state == runs.READY)


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_others_may_write_while_the_rows_are_compared(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sign-in or a heartbeat in between must not keep SQLite from writing afterwards."""
    run = _begun(world_copy)
    jobs.confirm(world_copy, run)
    compared = planning.plan

    def and_meanwhile(*given: Any, **options: Any) -> Plan:
        found = compared(*given, **options)
        runs.note(world_copy, run, progress=0.5)
        return found

    monkeypatch.setattr(trying, "plan", and_meanwhile)
    working.work(world_copy, run)
    assert jobs.state(world_copy, run).state == runs.DONE


def test_only_so_many_files_are_checked_at_a_time(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin() -> int:
        return jobs.begin(world_copy, account="s", name="a.csv", content=NAMES, options=Options())

    monkeypatch.setattr(runs, "MOST_READING", 2)
    first, second = begin(), begin()
    with pytest.raises(ImportBusy, match="已有 2 个文件正在检查"):
        begin()
    assert [run.id for run in jobs.history(world_copy)] == [second, first]
    working.work(world_copy, first)
    begin()
    with pytest.raises(ImportBusy):
        jobs.answer(world_copy, first, {})
    _fall_silent(world_copy)  # what nobody works on takes no place
    begin()


def test_only_the_newest_files_are_kept(world_copy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_KEPT", 2)
    begun = [_begun(world_copy) for _ in range(3)]
    assert _count(world_copy, ImportFile) == 2
    with pytest.raises(WrongState, match="重新上传"):
        jobs.content(world_copy, begun[0])


def test_the_history_leaves_problems_to_the_run_itself(world_copy: str) -> None:
    run = _begun(world_copy, FAULTY)
    assert jobs.state(world_copy, run).problems
    [found] = jobs.history(world_copy)
    assert (found.id, found.state, found.problems) == (run, runs.REFUSED, ())


def test_a_file_name_is_one_line(world_copy: str) -> None:
    run = jobs.begin(
        world_copy, account="s", name="学\x00院\r\n.csv", content=NAMES, options=Options()
    )
    assert jobs.state(world_copy, run).file_name == "学院.csv"


def test_of_too_many_problems_the_last_says_how_many_are_left(
    world_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_PROBLEMS", 2)
    rows = "".join(f"X,矿业学院,Q{n}\n" for n in range(5))
    run = jobs.state(
        world_copy, _begun(world_copy, f"学院编号,学院名称,承接学院编号\n{rows}".encode())
    )
    assert len(run.problems) == 3
    assert "处问题没有列出" in run.problems[-1].reason
    assert run.problems[-1].row == 0

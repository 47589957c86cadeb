"""The steps of an import as its own process takes them: read and preview, write, refresh, undo."""

import logging
import secrets
import time
from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from data.access import audit
from data.engine import engine, reading, writing
from data.errors import DashboardError, RefreshBusy
from data.ledger.changes import undoing
from data.ledger.changes.comparing import Changes
from data.ledger.changes.planning import Plan
from data.ledger.changes.touched import terms_touched
from data.ledger.changes.trying import MovedOn, apply, preview
from data.ledger.files.reading import read
from data.ledger.imports import runs
from data.ledger.imports.beating import Cancelled, Pulse, beating
from data.ledger.imports.runs import Options, Run
from data.ledger.meaning.parsing import Parsed, parse
from data.ledger.sheet import Book
from data.ledger.signing.columns import SIGN_IN
from data.ledger.signing.sheets import Wanted
from data.ledger.traces import RefusedByDesign
from data.models.dashboard import ImportFile
from data.summaries.lease import now
from data.summaries.refresh import refresh

PATIENCE = 120.0  # seconds for a refresh that somebody else has begun
WRITTEN = "数据已写入，正在刷新汇总"
log = logging.getLogger("dashboard.ledger")


def work(url: str, run_id: int) -> None:
    """Take the step a run waits for; however it ends, the run says how."""
    run = runs.load(url, run_id)
    step = STEPS.get(run.state)
    if step is None:
        raise runs.WrongState(f"第 {run_id} 次导入现在没有要做的事")
    try:
        step(url, run)
    except Cancelled:
        _forget_file(url, run_id)
    except RefusedByDesign as error:
        _end(url, run, str(error), refused=runs.REFUSED)
        _forget_file(url, run_id)
    except DashboardError as error:
        _end(url, run, str(error), refused=runs.REFUSED)
    except Exception as error:
        number = secrets.token_hex(4)
        log.exception("bug %s", number, exc_info=error)
        sentence = f"程序出错，什么也没有写入；请把编号 {number} 告诉维护人员"
        _end(url, run, sentence, refused=runs.FAILED)


def understood(url: str, book: Book, options: Options, pulse: Pulse) -> Parsed:
    """What a book says, in the light of what the steward chose."""
    pulse.say("正在理解各行", 0.2)
    if options.activity is not None and options.table not in (None, SIGN_IN):
        raise DashboardError("选定了活动的文件按签到名单读：台账请选“自动识别”或“签到名单”")
    with engine(url).connect() as conn:
        return parse(
            conn,
            book,
            table=options.table,
            term=options.term,
            answers=options.answers,
            wanted=Wanted(options.activity, options.replace),
        )


def carry_out(url: str, run: Run, parsed: Parsed, pulse: Pulse, *, expected: str = "") -> Plan:
    """Write a file and say so, in one transaction: killed before its end, nothing has happened."""
    pulse.say("正在写入", 0.7)
    with engine(url).connect() as conn:
        found = apply(conn, run.id, parsed, replace=run.options.replace, expected=expected)
        if found.problems or found.empty:
            conn.rollback()
            return found
        # Whose number could not be matched is forgotten with the file: the counts stay.
        done = {"stage": WRITTEN, "problems": None}
        if not runs.move(conn, run.id, (runs.WRITING,), runs.REFRESHING, **done):
            raise runs.WrongState("这次导入已在别处结束，什么也没有写入")
        audit.record(
            conn,
            account=run.account,
            action="import",
            detail=f"{run.file_name}：{summary(found.changes)}",
            file_hash=run.file_hash,
        )
        conn.commit()
    return found


def summary(every: Sequence[Changes]) -> str:
    """How much changed, for the audit log."""
    return "；".join(
        f"{c.table.name} +{len(c.added)} ~{len(c.changed)} -{len(c.removed)}" for c in every
    )


def bring_up_to_date(url: str, run: int, every: Sequence[Changes]) -> None:
    """Refresh the summaries and close the run; a refresh that fails leaves the import done."""
    with reading(url) as conn:
        terms = terms_touched(conn, every)
    version, stage = None, ""
    try:
        version = _patiently(lambda: refresh(url, full=terms is None, terms=terms or ()).id)
    except DashboardError as error:
        stage = f"数据已写入，但汇总没有刷新：{error}"
    except Exception as error:
        number = secrets.token_hex(4)
        log.exception("bug %s", number, exc_info=error)
        stage = f"数据已写入，但汇总没有刷新；请把编号 {number} 告诉维护人员"
    with writing(url) as conn:
        values = {"stage": stage, "progress": 1.0, "data_version": version}
        runs.move(conn, run, (runs.REFRESHING,), runs.DONE, finished=now(), **values)
        runs.move(conn, run, (runs.UNDONE,), runs.UNDONE, **values)


def _read(url: str, run: Run, stage: str = "") -> None:
    with beating(url, run.id) as pulse:
        parsed = understood(url, _book(url, run), run.options, pulse)
        pulse.say("正在与数据库比对", 0.6)
        found = preview(url, parsed, replace=run.options.replace)
        pulse.say("已比对", 1.0)
    state = runs.UNCHANGED if found.empty else runs.READY
    if found.problems:
        state = runs.REFUSED
    told = found.problems or (found.left if state == runs.READY else ())
    with writing(url) as conn:
        runs.move(
            conn,
            run.id,
            (runs.READING,),
            state,
            stage=stage,
            progress=1.0,
            plan=found.to_dict(),
            problems=runs.kept_problems(told),
            finished=None if state == runs.READY else now(),
        )
    if state == runs.UNCHANGED:
        _forget_file(url, run.id)


def _write(url: str, run: Run) -> None:
    expected = (run.plan or {}).get("fingerprint", "")
    try:
        with beating(url, run.id) as pulse:
            parsed = understood(url, _book(url, run), run.options, pulse)
            found = carry_out(url, run, parsed, pulse, expected=expected)
            if found.problems:
                raise MovedOn("预览之后数据库有了变化，请处理下面的问题")
            pulse.say(WRITTEN, 0.9)
            bring_up_to_date(url, run.id, found.changes)
    except MovedOn as moved:
        with writing(url) as conn:
            runs.move(conn, run.id, (runs.WRITING,), runs.READING, confirmed=None)
        _read(url, run, stage=str(moved))
        return
    _forget_file(url, run.id)


def _undo(url: str, run: Run) -> None:
    with beating(url, run.id) as pulse:
        pulse.say("正在撤销", 0.2)
        changes = taken_back(url, run)
        pulse.say("已撤销，正在刷新汇总", 0.8)
        bring_up_to_date(url, run.id, changes)


def taken_back(url: str, run: Run) -> tuple[Changes, ...]:
    """Undo an import and say so, in one transaction."""
    with engine(url).connect() as conn:
        changes = undoing.undo(conn, run.id)
        runs.move(conn, run.id, (runs.UNDOING,), runs.UNDONE, undone=now(), stage="正在刷新汇总")
        audit.record(
            conn,
            account=run.undone_by or run.account,
            action="import_undone",
            detail=f"{run.file_name}：{summary(changes)}",
            file_hash=run.file_hash,
        )
        conn.commit()
    return changes


STEPS: dict[str, Callable[[str, Run], None]] = {
    runs.READING: _read,
    runs.WRITING: _write,
    runs.UNDOING: _undo,
}


def _book(url: str, run: Run) -> Book:
    with reading(url) as conn:
        content = conn.scalar(select(ImportFile.content).where(ImportFile.run_id == run.id))
    if content is None:
        raise runs.WrongState("上传的文件已经清除，请重新上传")
    return read(run.file_name, content)


def _forget_file(url: str, run: int) -> None:
    with writing(url) as conn:
        conn.execute(delete(ImportFile).where(ImportFile.run_id == run))


def _end(url: str, run: Run, sentence: str, *, refused: str) -> None:
    """A step that came to nothing: an undo leaves the import as it was."""
    ends = {runs.READING: refused, runs.WRITING: runs.FAILED, runs.UNDOING: runs.DONE}
    with writing(url) as conn:
        for before, after in ends.items():
            values = {"undone_by": None} if before == runs.UNDOING else {"finished": now()}
            runs.move(conn, run.id, (before,), after, stage=sentence, **values)


def _patiently(refreshed: Callable[[], int]) -> int:
    """Another refresh may be running: it began before our rows were there, so ours must follow."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return refreshed()
        except RefreshBusy:
            if time.monotonic() > until:
                raise
            time.sleep(1)

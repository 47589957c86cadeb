"""Imports as a page drives them: every state is in the database, so any web process can answer."""

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import make_url

from data.access import audit
from data.engine import reading, writing
from data.ledger.imports import runs
from data.ledger.imports.runs import Options, Run, WrongState
from data.models.dashboard import ImportFile, ImportRun
from data.summaries.lease import now

ROOT = Path(__file__).parents[3]
KEPT_FOR, MOST_KEPT = timedelta(hours=24), 20
"""How long, and how many, uploaded files are kept at most."""
OVER = (runs.DONE, runs.UNDONE, runs.UNCHANGED, runs.CANCELLED, runs.FAILED)


def begin(url: str, *, account: str, name: str, content: bytes, options: Options) -> int:
    """Keep an uploaded file and start to read it; the number of the run."""
    digest = hashlib.sha256(content).hexdigest()
    name = "".join(filter(str.isprintable, name))
    with writing(url) as conn:
        runs.few_enough(conn)
        run = runs.add(
            conn,
            account=account,
            name=name,
            file_hash=digest,
            state=runs.READING,
            options=options,
        )
        conn.execute(insert(ImportFile).values(run_id=run, content=content))
        newest = select(ImportRun.id).order_by(ImportRun.id.desc()).limit(MOST_KEPT)
        old = select(ImportRun.id).where(
            (ImportRun.created < now() - KEPT_FOR)
            | ImportRun.state.in_(OVER)
            | ImportRun.id.not_in(newest)
        )
        conn.execute(delete(ImportFile).where(ImportFile.run_id.in_(old)))
        audit.record(conn, account=account, action="import_begun", detail=name, file_hash=digest)
    launch(url, run)
    return run


def answer(url: str, run_id: int, answers: Mapping[str, str]) -> None:
    """What an ambiguous name means; the file is read again with it."""
    run = state(url, run_id)
    options = replace(run.options, answers={**run.options.answers, **answers})
    with writing(url) as conn:
        runs.few_enough(conn)
        kept = {**vars(options), "answers": dict(options.answers)}
        _must(
            runs.move(
                conn,
                run_id,
                (runs.REFUSED, runs.READY),
                runs.READING,
                options=kept,
                plan=None,
                problems=None,
                progress=0.0,
                stage="",
                finished=None,
            )
        )
    launch(url, run_id)


def confirm(url: str, run_id: int, *, account: str = "") -> None:
    """Write what the preview shows."""
    run = state(url, run_id)
    with writing(url) as conn:
        runs.alone(conn)
        moved = runs.move(
            conn, run_id, (runs.READY,), runs.WRITING, confirmed=now(), progress=0.0, stage=""
        )
        _must(moved)
        audit.record(
            conn,
            account=account or run.account,
            action="import_confirmed",
            detail=run.file_name,
            file_hash=run.file_hash,
        )
    launch(url, run_id)


def cancel(url: str, run_id: int) -> None:
    """Give up an import that has not been confirmed."""
    with writing(url) as conn:
        waiting = (runs.READING, runs.READY, runs.REFUSED)
        _must(runs.move(conn, run_id, waiting, runs.CANCELLED, finished=now()))
        conn.execute(delete(ImportFile).where(ImportFile.run_id == run_id))


def undo(url: str, run_id: int, *, account: str) -> None:
    """Take back the latest import that was done."""
    run = runs.undoable(url)
    if run is None or run.id != run_id:
        raise WrongState("只能撤销最近一次完成的导入")
    mark_undoing(url, run, account=account)
    launch(url, run_id)


def mark_undoing(url: str, run: Run, *, account: str) -> None:
    """Reserve the right to write, for an undo."""
    with writing(url) as conn:
        runs.alone(conn)
        _must(
            runs.move(
                conn,
                run.id,
                (runs.DONE, runs.REFRESHING, runs.UNDOING),
                runs.UNDOING,
                undone_by=account,
                progress=0.0,
                stage="",
            )
        )


def state(url: str, run_id: int) -> Run:
    """How far a run has come."""
    return runs.load(url, run_id)


def latest_undoable(url: str) -> Run | None:
    """The import that can be taken back, if any."""
    return runs.undoable(url)


def history(url: str, limit: int = 50) -> list[Run]:
    """Who imported what and when, the newest first."""
    return runs.latest(url, limit)


def content(url: str, run_id: int) -> tuple[str, bytes]:
    """The uploaded file of a run that is not over, for a copy with its faults marked."""
    stmt = select(ImportRun.file_name, ImportFile.content).join(
        ImportFile, ImportFile.run_id == ImportRun.id
    )
    with reading(url) as conn:
        row = conn.execute(stmt.where(ImportRun.id == run_id)).first()
    if row is None:
        raise WrongState("上传的文件已经清除，请重新上传")
    return row.file_name, row.content


def launch(url: str, run_id: int) -> None:
    """A process of its own for the next step: it goes on when the web process ends."""
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Windows
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "data", "import", "--run", str(run_id)],
        env={**os.environ, "DASHBOARD_DATABASE_URL": _anywhere(url)},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )
    threading.Thread(target=process.wait, daemon=True).start()


def _anywhere(url: str) -> str:
    """The URL as a process in another directory needs it."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite" and target.database:
        target = target.set(database=str(Path(target.database).absolute()))
    return target.render_as_string(hide_password=False)


def _must(moved: bool) -> None:
    if not moved:
        raise WrongState("这次导入的状态已经变了，请刷新页面再看")

"""Every import as the database keeps it: how far it has come, who started it, what it found."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import Connection, Row, exists, func, insert, null, select, text, update

from data.engine import reading, writing
from data.errors import DashboardError
from data.ledger.problem import Problem
from data.models.dashboard import ImportChange, ImportRun
from data.summaries.lease import now

READING, READY, REFUSED, UNCHANGED = "reading", "ready", "refused", "unchanged"
WRITING, REFRESHING, DONE = "writing", "refreshing", "done"
UNDOING, UNDONE = "undoing", "undone"
CANCELLED, FAILED, INTERRUPTED = "cancelled", "failed", "interrupted"
BUSY = (READING, WRITING, REFRESHING, UNDOING)
CHANGING = (WRITING, REFRESHING, UNDOING)
SILENT_FOR = timedelta(seconds=30)
MOST_PROBLEMS = 50_000
MOST_READING = 2
"""Files checked at a time: each is a process of its own and may take two gigabytes."""


class ImportBusy(DashboardError):
    """Another import is writing, or too many files are being checked."""


class WrongState(DashboardError):
    """What was asked for is not possible at this point of an import."""


@dataclass(frozen=True)
class Options:
    """What the steward chose: `answers` maps `heading:value` to the id that is meant; `activity`
    is the one of which a file is the sign-in list."""

    table: str | None = None
    term: str | None = None
    replace: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    activity: int | None = None


@dataclass(frozen=True)
class Run:
    """One import, from upload to undo; `own` where the file is that of whoever looks at it."""

    id: int
    account: str
    created: datetime
    file_name: str
    file_hash: str
    state: str
    stage: str
    progress: float
    options: Options
    plan: dict[str, Any] | None
    problems: tuple[Problem, ...]
    confirmed: datetime | None
    finished: datetime | None
    data_version: int | None
    undone: datetime | None
    undone_by: str | None
    own: bool = True

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """A stored run. One whose process has fallen silent is `interrupted`."""
        kept = row._asdict()
        silent = kept.pop("heartbeat") < now() - SILENT_FOR
        state = INTERRUPTED if kept["state"] in BUSY and silent else kept["state"]
        problems = tuple(map(_problem_of, kept["problems"] or ()))
        options = Options(**kept["options"])
        return cls(**{**kept, "state": state, "problems": problems, "options": options})


def _problem_of(kept: Mapping[str, Any]) -> Problem:
    """A problem as it was kept."""
    choices = tuple((one, told) for one, told in kept["choices"])
    return Problem(**{**kept, "choices": choices})


def kept_problems(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as ImportRun keeps them; of too many for a page to load, a last one says so."""
    kept, left = problems[:MOST_PROBLEMS], len(problems) - MOST_PROBLEMS
    more = Problem("", 0, 0, "", "", f"另有 {left:,} 处问题没有列出", "先改好列出的，再上传一次")
    return [asdict(problem) for problem in (*kept, *([more] if left > 0 else []))]


def add(
    conn: Connection, *, account: str, name: str, file_hash: str, state: str, options: Options
) -> int:
    """A new run; its number."""
    moment = now()
    made = conn.execute(
        insert(ImportRun).values(
            account=account,
            created=moment,
            heartbeat=moment,
            file_name=name[-255:],
            file_hash=file_hash,
            state=state,
            options={**asdict(options), "answers": dict(options.answers)},
        )
    )
    return int((made.inserted_primary_key or (0,))[0])


def load(url: str, run: int) -> Run:
    """A run as it stands now; WrongState where there is none."""
    with reading(url) as conn:
        row = conn.execute(select(*ImportRun.__table__.columns).where(ImportRun.id == run)).first()
    if row is None:
        raise WrongState(f"没有编号为 {run} 的导入")
    return Run.of(row)


def latest(url: str, limit: int) -> list[Run]:
    """The newest runs first, without their problems, of which each may have a hundred thousand."""
    kept: list[Any] = [c for c in ImportRun.__table__.columns if c.name != "problems"]
    kept.append(null().label("problems"))
    stmt = select(*kept).order_by(ImportRun.id.desc()).limit(limit)
    with reading(url) as conn:
        return [Run.of(row) for row in conn.execute(stmt)]


def undoable(url: str) -> Run | None:
    """The import that can be taken back: the last one written, while its changes are kept.

    One whose process was killed while it refreshed the summaries has been written all the same.
    """
    kept = exists(select(1).where(ImportChange.run_id == ImportRun.id))
    stmt = (
        select(*ImportRun.__table__.columns)
        .where(ImportRun.state.in_((DONE, REFRESHING, UNDOING)), kept)
        .order_by(ImportRun.id.desc())
        .limit(1)
    )
    with reading(url) as conn:
        row = conn.execute(stmt).first()
    found = Run.of(row) if row else None
    return found if found and found.state in (DONE, INTERRUPTED) else None


def move(conn: Connection, run: int, come_from: Sequence[str], to: str, **values: Any) -> bool:
    """Bring a run from one state to the next; False where it is no longer there."""
    stmt = (
        update(ImportRun)
        .where(ImportRun.id == run, ImportRun.state.in_(come_from))
        .values(state=to, heartbeat=now(), **values)
    )
    return conn.execute(stmt, execution_options={"preserve_rowcount": True}).rowcount == 1


def alone(conn: Connection) -> None:
    """ImportBusy while another import writes; nobody can start one until the transaction ends."""
    _locked(conn)
    stmt = select(ImportRun).where(
        ImportRun.state.in_(CHANGING), ImportRun.heartbeat > now() - SILENT_FOR
    )
    if other := conn.execute(
        stmt.with_only_columns(ImportRun.account, ImportRun.file_name)
    ).first():
        raise ImportBusy(f"{other.account} 正在导入“{other.file_name}”，请等它结束后再试")


def few_enough(conn: Connection) -> None:
    """ImportBusy while as many files are being checked as there is room for."""
    _locked(conn)
    reading = (ImportRun.state == READING, ImportRun.heartbeat > now() - SILENT_FOR)
    if (conn.scalar(select(func.count()).where(*reading)) or 0) >= MOST_READING:
        raise ImportBusy(f"已有 {MOST_READING} 个文件正在检查，请等其中一个结束后再上传")


def _locked(conn: Connection) -> None:
    """Nobody else begins, confirms or ends a run until the transaction ends."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("LOCK TABLE dashboard.import_run IN SHARE ROW EXCLUSIVE MODE"))
    else:
        conn.exec_driver_sql("BEGIN IMMEDIATE")


def note(url: str, run: int, **values: Any) -> str:
    """Say that a busy run is alive and how far it is; the state it is in."""
    busy = (ImportRun.id == run, ImportRun.state.in_(BUSY))
    with writing(url) as conn:
        conn.execute(update(ImportRun).where(*busy).values(heartbeat=now(), **values))
        return str(conn.scalar(select(ImportRun.state).where(ImportRun.id == run)))

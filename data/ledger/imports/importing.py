"""Import ledgers from the command line: several files are one import, all of it or nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from data.engine import writing
from data.errors import DashboardError
from data.ledger.changes.comparing import Changes
from data.ledger.changes.trying import preview
from data.ledger.files.reading import read
from data.ledger.giving.marking import marked
from data.ledger.imports import runs
from data.ledger.imports.beating import Pulse, beating
from data.ledger.imports.jobs import mark_undoing
from data.ledger.imports.report import Report
from data.ledger.imports.runs import Options, Run
from data.ledger.imports.working import bring_up_to_date, carry_out, taken_back, understood
from data.ledger.meaning.parsing import Parsed
from data.ledger.problem import Problem
from data.ledger.sheet import Book
from data.ledger.signing.columns import SIGN_IN, SIGN_IN_TITLE
from data.ledger.tables import tables
from data.summaries.lease import now

TERMINAL = "命令行"
JOINT = "·"  # between the names of file and sheet, where there are several files
Files = Mapping[str, bytes]


def files_at(paths: Sequence[Path]) -> Files:
    """The contents of files by their names, which must differ: problems are told by them."""
    found: dict[str, bytes] = {}
    for path in paths:
        if path.name in found:
            raise DashboardError(f"两个文件都叫“{path.name}”：请改名，或分两次导入")
        try:
            found[path.name] = path.read_bytes()
        except OSError as error:
            raise DashboardError(f"打不开文件 {path}：{error.strerror}；请核对路径") from None
    return found


def import_files(
    url: str, files: Files, options: Options, *, dry_run: bool = False, refresh: bool = True
) -> Report:
    """Bring files into the database and refresh the summaries; the report says what came of it."""
    book = _one_book(files)
    options = replace(options, table=options.table and table_named(options.table))
    parsed = understood(url, book, options, Pulse())
    if dry_run or parsed.problems:
        return Report(preview(url, parsed, replace=options.replace), dry_run=True)
    run = _reserved(url, "、".join(files), b"".join(files.values()), options)
    return _carried_out(url, run, parsed, refresh=refresh)


def undo_latest(url: str, *, refresh: bool = True) -> tuple[Run, tuple[Changes, ...]]:
    """Take back the latest import that was done."""
    run = runs.undoable(url)
    if run is None:
        raise DashboardError("没有可以撤销的导入：只能撤销最近一次完成的导入，并且只能撤销一次")
    mark_undoing(url, run, account=TERMINAL)
    run = runs.load(url, run.id)
    with _ending(url, run, runs.DONE), beating(url, run.id):
        changes = taken_back(url, run)
        if refresh:
            bring_up_to_date(url, run.id, changes)
    return run, changes


def marked_copies(files: Files, problems: Sequence[Problem]) -> Iterator[tuple[str, bytes]]:
    """A copy of each file that has problems, with their cells marked."""
    for name, content in files.items():
        prefix = f"{name}{JOINT}" if len(files) > 1 else ""
        own = [
            replace(problem, sheet=problem.sheet.removeprefix(prefix))
            for problem in problems
            if problem.sheet.startswith(prefix)
        ]
        if own:
            yield f"{Path(name).stem}-问题.xlsx", marked(name, content, own)


def table_named(text: str) -> str:
    """A table by its name or by the title of its ledger; SIGN_IN for a sign-in list."""
    if text in (SIGN_IN, SIGN_IN_TITLE):
        return SIGN_IN
    for name, (model, _) in tables().items():
        if text in (name, model.title):
            return name
    known = "、".join(f"{name}({model.title})" for name, (model, _) in tables().items())
    raise DashboardError(f"没有叫“{text}”的台账；可用的有：{known}")


def _one_book(files: Files) -> Book:
    """The sheets of all files, told apart by the names of their files where there are several."""
    books = [read(name, content) for name, content in files.items()]
    if len(books) == 1:
        return books[0]
    sheets = (replace(s, name=f"{b.name}{JOINT}{s.name}") for b in books for s in b.sheets)
    return Book("、".join(files), tuple(sheets))


def _reserved(url: str, name: str, content: bytes, options: Options) -> Run:
    """A run that nobody else can write beside."""
    digest = hashlib.sha256(content).hexdigest()
    with writing(url) as conn:
        runs.alone(conn)
        number = runs.add(
            conn,
            account=TERMINAL,
            name=name,
            file_hash=digest,
            state=runs.WRITING,
            options=options,
        )
    return runs.load(url, number)


def _carried_out(url: str, run: Run, parsed: Parsed, *, refresh: bool) -> Report:
    with _ending(url, run, runs.FAILED), beating(url, run.id) as pulse:
        plan = carry_out(url, run, parsed, pulse)
        if plan.problems or plan.empty:
            state = runs.REFUSED if plan.problems else runs.UNCHANGED
            kept = runs.kept_problems(plan.problems)
            _close(url, run, state, plan=plan.to_dict(), problems=kept)
            return Report(plan)
        if refresh:
            bring_up_to_date(url, run.id, plan.changes)
        said = {} if refresh else {"stage": ""}
        _close(url, run, runs.DONE, plan=plan.to_dict(), confirmed=now(), **said)
    return Report(plan, after=runs.load(url, run.id))


@contextmanager
def _ending(url: str, run: Run, state: str) -> Iterator[None]:
    """Where the work breaks off, the run does not go on for ever."""
    try:
        yield
    except BaseException as error:
        sentence = str(error) if isinstance(error, DashboardError) else "程序中断，什么也没有写入"
        with writing(url) as conn:
            runs.move(conn, run.id, (runs.WRITING, runs.UNDOING), state, stage=sentence)
        raise


def _close(url: str, run: Run, state: str, **values: object) -> None:
    come_from = (runs.WRITING, runs.REFRESHING, runs.DONE)
    with writing(url) as conn:
        runs.move(conn, run.id, come_from, state, finished=now(), **values)

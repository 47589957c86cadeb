"""`python -m data import|template|export …`: ledgers in and out at a terminal."""

import argparse
from pathlib import Path

from data.engine import reading
from data.errors import DashboardError
from data.ledger.giving.exporting import KINDS, export
from data.ledger.giving.sign_in import sign_in_template
from data.ledger.giving.template import template
from data.ledger.imports.importing import (
    files_at,
    import_files,
    marked_copies,
    table_named,
    undo_latest,
)
from data.ledger.imports.report import undone
from data.ledger.imports.runs import Options
from data.ledger.imports.working import work
from data.ledger.signing.columns import SIGN_IN, SIGN_IN_TITLE
from data.ledger.tables import tables

REFUSED = 2


def run_import(args: argparse.Namespace) -> int:
    """One import, an undo, or the next step of an import that a page began."""
    if args.number:
        work(args.database, args.number)
        return 0
    if args.undo:
        return _undo(args)
    if not args.files:
        raise DashboardError("请给出要导入的文件；撤销最近一次导入用 --undo")
    files = files_at([Path(name) for name in args.files])
    answers = dict(map(_answer, args.answer))
    options = Options(args.table, args.term, args.replace, answers, args.activity)
    report = import_files(
        args.database, files, options, dry_run=args.dry_run, refresh=not args.no_refresh
    )
    _say(report.text())
    if args.marked:
        for name, content in marked_copies(files, report.plan.problems or report.plan.left):
            _save(Path(args.marked) / name, content)
    return REFUSED if report.refused else 0


def run_template(args: argparse.Namespace) -> int:
    """A template with the names the database knows, or the list of ledgers."""
    if not args.table:
        for name, (model, _) in tables().items():
            _say(f"{name:<28}{model.title}")
        _say(f"{SIGN_IN:<28}{SIGN_IN_TITLE}")
        return 0
    name = table_named(args.table)
    if name == SIGN_IN:
        called, content = SIGN_IN_TITLE, sign_in_template()
    else:
        with reading(args.database) as conn:
            called, content = tables()[name][0].title, template(name, conn)
    _save(Path(args.file or f"{called}-模板.xlsx"), content)
    return 0


def run_export(args: argparse.Namespace) -> int:
    """A whole table as a file."""
    path = Path(args.file)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise DashboardError(f"文件名应以 .xlsx 或 .csv 结尾，现在是“{path.name}”")
    name = table_named(args.table)
    if name == SIGN_IN:
        raise DashboardError("签到名单导入后就是活动参与台账：请导出 attendance")
    with reading(args.database) as conn:
        content = export(conn, name, kind=kind)
    _save(path, content)
    return 0


def _undo(args: argparse.Namespace) -> int:
    run, changes = undo_latest(args.database, refresh=not args.no_refresh)
    _say(f"已撤销 {run.created:%Y-%m-%d %H:%M} UTC 的导入“{run.file_name}”：")
    _say("\n".join(undone(changes)))
    return 0


def _answer(text: str) -> tuple[str, str]:
    asked, found, chosen = text.rpartition("=")
    if not found or ":" not in asked:
        raise DashboardError(f"看不懂 --answer“{text}”：应当像 楼宇名称:5号楼=tao5")
    return asked, chosen


def _save(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise DashboardError(f"写不了文件 {path}：{error.strerror}") from None
    _say(f"已写入 {path}")


def _say(text: str) -> None:
    print(text)  # noqa: T201 - a terminal

"""The steward's door to ledger imports: nobody else starts, sees or undoes one."""

import base64
import binascii
import re
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import exists, select

from data.access import audit
from data.access.viewer import STEWARD, Viewer
from data.engine import reading, writing
from data.errors import DashboardError, NotAllowed
from data.ledger.giving.marking import marked
from data.ledger.giving.sign_in import sign_in_template
from data.ledger.giving.template import template
from data.ledger.imports import jobs, working
from data.ledger.imports.runs import BUSY, UNDONE, Options, Run
from data.ledger.signing.columns import SIGN_IN, SIGN_IN_TITLE
from data.locale.translate import t
from data.models.activity import Activity, Attendance
from data.models.time import Term
from data.summaries.lease import now
from queries.ledgers import LEDGERS, LIMIT, too_large

MOST_RUNS = 30
MOST_OFFERED = 600  # activities in the list; the number of an older one can be typed
REFRESH_PATIENCE = timedelta(minutes=3)


class BadUpload(DashboardError):
    """An upload that never was a file, or is too large to be taken in."""


class NotTheirs(DashboardError):
    """A file is read, answered for and written by the steward who uploaded it."""


@dataclass(frozen=True)
class Upload:
    """A file as a browser sends it (`data:…;base64,…`), and what was chosen beside it."""

    name: str
    contents: str
    table: str = ""
    term: str = ""
    replace: bool = False
    activity: str = ""

    @property
    def content(self) -> bytes:
        """The bytes of the file, measured before they are decoded."""
        head, _, body = self.contents.partition(",")
        if not head.endswith(";base64"):
            raise BadUpload(t("没有收到文件内容，请重新选择文件。"))
        if len(body) * 3 // 4 > LIMIT + 2:
            raise BadUpload(too_large())
        try:
            return base64.b64decode(body, validate=True)
        except binascii.Error:
            raise BadUpload(t("没有收到文件内容，请重新选择文件。")) from None


def terms(url: str, viewer: Viewer) -> list[tuple[str, str]]:
    """Every term there is, newest first: id and name."""
    _steward(viewer)
    with reading(url) as conn:
        rows = conn.execute(select(Term.id, Term.name).order_by(Term.starts.desc()))
        return [(row.id, row.name) for row in rows]


def activities(url: str, viewer: Viewer) -> list[tuple[int, str, bool]]:
    """The latest activities: number, `2026-11-18 读书会`, and whether a list is there already."""
    _steward(viewer)
    listed = exists().where(Attendance.activity_id == Activity.id)
    columns = (Activity.id, Activity.day, Activity.name, listed.label("listed"))
    stmt = select(*columns).order_by(Activity.day.desc(), Activity.id.desc()).limit(MOST_OFFERED)
    with reading(url) as conn:
        return [(r.id, f"{r.day} {r.name}", bool(r.listed)) for r in conn.execute(stmt)]


def _activity(text: str) -> int | None:
    """The number that what was chosen or typed begins with."""
    if not text.strip():
        return None
    found = re.match(r"\s*(\d{1,9})(?:\s|$)", text)
    if not found:
        raise BadUpload(t("看不出是哪场活动：请从列表里选，或者填活动编号。"))
    return int(found[1])


def begin(url: str, viewer: Viewer, upload: Upload) -> int:
    """Start reading an uploaded file in the background; the number of its run."""
    _steward(viewer)
    content = upload.content
    activity = _activity(upload.activity)
    if upload.table and upload.table not in {SIGN_IN, *(one.table for one in LEDGERS)}:
        raise BadUpload(t("没有这种台账：{table}", table=upload.table))
    return jobs.begin(
        url,
        account=viewer.name,
        name=upload.name,
        content=content,
        options=Options(
            upload.table or None, upload.term or None, upload.replace, activity=activity
        ),
    )


def run(url: str, viewer: Viewer, number: int) -> Run:
    """How far an import has come; to others than who uploaded it without what its rows say."""
    _steward(viewer)
    found = jobs.state(url, number)
    return found if found.account == viewer.name else _without_rows(found)


def _without_rows(found: Run) -> Run:
    """Counts and places of problems: rows name students, and a steward reads no names."""
    plan = found.plan and {
        **found.plan,
        "tables": [
            {**table, "examples": {kind: [] for kind in table["examples"]}}
            for table in found.plan["tables"]
        ],
        "notes": [],
        "warnings": [],
    }
    hidden = t("内容只有上传的账号 {account} 能看", account=found.account)
    problems = (
        replace(one, value="", reason=hidden, remedy="—", choices=()) for one in found.problems
    )
    return replace(found, own=False, plan=plan, problems=tuple(problems))


def _own(url: str, viewer: Viewer, number: int) -> Run:
    """A run of the viewer's own; NotTheirs otherwise."""
    found = run(url, viewer, number)
    if not found.own:
        raise NotTheirs(t("这个文件由 {account} 上传，请由其本人处理。", account=found.account))
    return found


def under_way(found: Run) -> bool:
    """Whether somebody is at work on it, be it only on the summaries after an undo."""
    if found.state == UNDONE and found.undone and found.progress < 1:
        return now() - found.undone < REFRESH_PATIENCE
    return found.state in BUSY


def was_written(found: Run) -> bool:
    """Whether an interrupted run had come as far as having changed the data."""
    return found.stage == working.WRITTEN


def history(url: str, viewer: Viewer) -> tuple[list[Run], int | None]:
    """The latest imports, newest first, and the number of the one that can be undone."""
    _steward(viewer)
    last = jobs.latest_undoable(url)
    return jobs.history(url, MOST_RUNS), last.id if last else None


def confirm(url: str, viewer: Viewer, number: int) -> None:
    """Write what the preview of a run showed."""
    _own(url, viewer, number)
    jobs.confirm(url, number, account=viewer.name)


def cancel(url: str, viewer: Viewer, number: int) -> None:
    """Give a run up; nothing was changed."""
    _steward(viewer)
    jobs.cancel(url, number)


def undo(url: str, viewer: Viewer, number: int) -> None:
    """Take an import back."""
    _steward(viewer)
    jobs.undo(url, number, account=viewer.name)


def answer(url: str, viewer: Viewer, number: int, answers: dict[str, str]) -> None:
    """Check the file again with what its ambiguous names mean."""
    _own(url, viewer, number)
    jobs.answer(url, number, answers)


def template_file(url: str, viewer: Viewer, table: str) -> tuple[str, bytes]:
    """Name and content of the Excel template of a ledger."""
    _steward(viewer)
    if table == SIGN_IN:
        return f"{SIGN_IN_TITLE}模板.xlsx", sign_in_template()
    title = next((one.title for one in LEDGERS if one.table == table), None)
    if title is None:
        raise BadUpload(t("没有这种台账：{table}", table=table))
    with reading(url) as conn:
        return f"{title}模板.xlsx", template(table, conn)


def problem_text(url: str, viewer: Viewer, number: int) -> tuple[str, bytes]:
    """Name and content of a text file with every problem of a run."""
    found = _own(url, viewer, number)
    lines = [found.file_name, *(problem.text for problem in found.problems)]
    return f"{_stem(found)}_问题.txt", "\n".join(lines).encode("utf-8-sig")


def marked_file(url: str, viewer: Viewer, number: int) -> tuple[str, bytes]:
    """Name and content of the uploaded file with the faulty cells marked; taken on record."""
    found = _own(url, viewer, number)
    name, content = jobs.content(url, number)
    made = marked(name, content, found.problems)
    with writing(url) as conn:
        audit.record(
            conn, account=viewer.name, action="ledger_marked", detail=f"run {number} {name}"
        )
    return f"{_stem(found)}_已标注.xlsx", made


def _stem(found: Run) -> str:
    return found.file_name.rpartition(".")[0] or found.file_name


def _steward(viewer: Viewer) -> None:
    if viewer.role != STEWARD:
        raise NotAllowed(t("只有数据管理员可以导入台账。"))

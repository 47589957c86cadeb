"""封存: an evaluation is kept for ever as it stood, and taken along as a file."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from data.access import audit
from data.access.viewer import COMMITTEE, EVALUATOR, Viewer
from data.engine import reading, writing
from data.errors import InvalidFilter, NotAllowed
from data.locale.translate import t
from data.models.time import Term
from data.schemes.scheme import ACADEMIC_YEAR, CALENDAR_YEAR
from data.seals import stored
from data.seals.stored import Record, current_seal, every_record, noted_hashes
from data.seals.verifying import around, failed, read, verify
from queries.choices import resolve, serving
from queries.evaluation import Evaluation, evaluate
from queries.evaluation_period import Period
from queries.filters import Filters
from queries.seal_content import content_of

LONGEST_NOTE = 500
MAY_TAKE = frozenset({COMMITTEE, EVALUATOR})
"""Who may take a sealed record along; the right to export comes on top."""


@dataclass(frozen=True)
class Wish:
    """What the form asks for: why it is sealed, which seal it supersedes, the data version that was
    looked at, and that the period's end need not be awaited."""

    note: str
    supersedes: str = ""
    version: str = ""
    early: bool = False


def period_ends(conn: Connection, period: Period) -> date:
    """The last day of a period, as far as its terms are known."""
    if period.kind == CALENDAR_YEAR:
        return date(int(period.key), 12, 31)
    own = Term.academic_year if period.kind == ACADEMIC_YEAR else Term.id
    return conn.execute(select(func.max(Term.ends)).where(own == period.key)).scalar_one()


def seal(url: str, search: str, viewer: Viewer, wish: Wish) -> Record:
    """Seal the evaluation of a slice. Nothing is kept where it is refused.

    Raises NotAllowed for whoever is not the committee, InvalidFilter where the note is missing, the
    period still goes on, or another seal of it is not named as superseded.
    """
    if viewer.role != COMMITTEE:
        raise NotAllowed(t("只有学生社区党工委可以封存评价结果。"))
    note = " ".join(wish.note.split())
    if not note or len(note) > LONGEST_NOTE or not note.isprintable():
        raise InvalidFilter(t("请写一句封存说明，最多 {count} 个字。", count=LONGEST_NOTE))
    with reading(url) as conn:
        now = evaluate(conn, resolve(conn, Filters.parse(search), viewer))
        _refuse_what_was_not_seen(conn, now, wish)
        content = content_of(conn, now)
    sealed = {"account": viewer.name, "display_name": viewer.display_name or viewer.name}
    sealed |= {"role": viewer.role, "note": note}
    sealed["at"] = audit.utc_now().replace(microsecond=0).isoformat()
    with writing(url) as conn:
        stored.lock(conn)
        superseded = _superseded(conn, now, wish.supersedes)
        return stored.add(conn, {**content, "sealed": sealed}, superseded)


def _refuse_what_was_not_seen(conn: Connection, now: Evaluation, wish: Wish) -> None:
    version = serving(conn).id
    if wish.version and wish.version != str(version):
        raise InvalidFilter(
            t("数据已更新到版本 {version}：请先看过新的结果，再封存。", version=version)
        )
    ends = period_ends(conn, now.period)
    if not wish.early and now.period.last.as_of < ends:
        raise InvalidFilter(
            t("这个周期到 {day} 才结束：要提前封存，请按“仍要封存”。", day=ends.isoformat())
        )


def _superseded(conn: Connection, now: Evaluation, named: str) -> int | None:
    """The seal that this one supersedes, which must be named where there is one, and only then."""
    found = current_seal(every_record(conn), now.scheme.key, now.period.key)
    if str(found.id if found else "") == named.strip():
        return found.id if found else None
    if found is None:
        raise InvalidFilter(t("没有可以取代的封存：{value}", value=named))
    raise InvalidFilter(
        t("这个方案和周期已有封存 {id}：新的封存必须写明取代它，请刷新页面再试。", id=found.id)
    )


def sealed_file(url: str, number: str, viewer: Viewer) -> Record:
    """A sealed record to take along, with its entry in the audit log.

    Raises NotAllowed for those who may not export evaluations, InvalidFilter where there is no such
    seal or it is not what was sealed.
    """
    if viewer.role not in MAY_TAKE or not viewer.may_export:
        raise NotAllowed(t("只有有导出权限的党工委和考核评价账号可以下载封存文件。"))
    with reading(url) as conn:
        records, noted = every_record(conn), noted_hashes(conn)
    found = next((one for one in records if str(one.id) == number), None)
    if found is None:
        raise InvalidFilter(t("没有这个封存：{value}", value=number))
    if wrong := failed(verify(found, around(records, found.id, noted))):
        why = t("、").join(t(name) for name in wrong.split("、"))
        raise InvalidFilter(t("这个封存没有通过校验，不能作为封存文件提供：{why}", why=why))
    with writing(url) as conn:
        audit.record(
            conn,
            account=viewer.name,
            action="export",
            detail=f"json seal {found.id}",
            data_version=read(found.content)["data"]["version"],
            file_hash=found.sha256,
        )
    return found

"""A seal reopened from its content alone, beside what the same days give when worked out today."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.dashboard import VersionTerm
from data.seals.stored import every_record, noted_hashes
from data.seals.verifying import around, failed, read, verify
from queries.called import natural
from queries.evaluated_units import seen_units
from queries.evaluation import evaluated
from queries.filters import Filters
from queries.ranking import may_see
from queries.schemes import schemes
from queries.seal_changes import Change, by, changes_of
from queries.seal_content import content_of, sealed_period
from queries.seal_words import UNIT, VALUE
from queries.slice import newest_version

NO_SCHEME = "这个评价方案的文件已经不在，不能按今天的数据重算；封存的结果不受影响。"
NO_TERM = "今天的数据版本里没有当时的学期，不能重算；封存的结果不受影响。"
HEAD = ["id", "scheme", "scheme_name", "version", "kind", "period", "until", "at", "who", "note"]
HEAD += ["sha256", "data_version", "as_of", "program", "superseded_by", "problem", "not_worked_out"]
HEAD += ["changes", "unit_changes"]


@dataclass(frozen=True)
class Opened:
    """A seal as a viewer sees it: `head` are the HEAD of each row, `then` its content, `now` the
    same worked out today (None where it cannot be), `differ` what lies between them; `seen` the
    units the viewer may see (None: all)."""

    head: dict[str, Any]
    then: dict[str, Any]
    now: dict[str, Any] | None
    differ: list[Change]
    seen: frozenset[str] | None

    def shows(self, unit: str) -> bool:
        """Whether the viewer may see a unit."""
        return self.seen is None or unit in self.seen


def opened(conn: Connection, filters: Filters, viewer: Viewer) -> Opened | None:
    """The chosen seal; None where there is none of this number, or none of the viewer's units. Of
    one that is not what was sealed only the `problem` of its head: its content is left alone."""
    records = every_record(conn)
    record = next((one for one in records if str(one.id) == filters.seal), None)
    if record is None or not may_see(viewer):
        return None
    seen = seen_units(conn, record.unit, viewer)
    if seen is not None and not seen:
        return None
    newer = next((one.id for one in records if one.supersedes == record.id), None)
    head = dict.fromkeys(HEAD) | {"id": record.id, "sha256": record.sha256, "problem": ""}
    head |= {"superseded_by": newer}
    wrong = failed(verify(record, around(records, record.id, noted_hashes(conn))))
    if wrong:
        return Opened({**head, "problem": wrong}, {}, None, [], seen)
    then = read(record.content)
    now, why = _today(conn, then, filters)
    differ = changes_of(then, now) if now else []
    mine = [one for one in differ if not one.unit_id or seen is None or one.unit_id in seen]
    head |= _said(then) | {"not_worked_out": why, "changes": len(mine)}
    head["unit_changes"] = sum(one.kind in (UNIT, VALUE) for one in mine)
    return Opened(head, then, now, differ, seen)


def _said(content: dict[str, Any]) -> dict[str, Any]:
    scheme, sealed, code = content["scheme"], content["sealed"], content["code"]
    return {
        "scheme": scheme["key"],
        "scheme_name": scheme["name"],
        "version": scheme["version"],
        "kind": content["period"]["kind"],
        "period": content["period"]["key"],
        "until": content["period"]["parts"][-1]["date"],
        "at": sealed["at"],
        "who": sealed["display_name"],
        "note": sealed["note"],
        "data_version": content["data"]["version"],
        "as_of": content["data"]["as_of"],
        "program": f"{code['version']} {code['sha256'][:12]}",
    }


def _today(
    conn: Connection, content: dict[str, Any], filters: Filters
) -> tuple[dict[str, Any] | None, str]:
    """The same scheme and days by today's data, definitions and program; else why not."""
    scheme = schemes().get(content["scheme"]["key"])
    if scheme is None:
        return None, NO_SCHEME
    period = sealed_period(content, filters)
    held = select(VersionTerm.term_id).where(VersionTerm.version_id == newest_version())
    if not {part.term for part in period.parts} <= set(conn.scalars(held)):
        return None, NO_TERM
    return content_of(conn, evaluated(conn, scheme, period)), ""


def units_of_both(found: Opened) -> dict[str, Any]:
    """Units there were or are by their ids, as sealed where they were, in the natural order of
    their names."""
    now = by(found.now["data"]["units"], "unit_id") if found.now else {}
    units = now | by(found.then["data"]["units"], "unit_id")
    return dict(sorted(units.items(), key=lambda one: (natural(one[1]["unit"]), one[0])))

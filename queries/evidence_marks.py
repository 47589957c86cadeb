"""Records pinned to an indicator or rejected by hand: what stands, and who may decide."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from data.access import audit
from data.access.viewer import COMMITTEE, EVALUATOR, Viewer
from data.engine import reading, writing
from data.errors import InvalidFilter, NotAllowed
from data.locale.translate import t
from data.models.evidence import EvidenceMark
from queries.choices import resolve
from queries.evaluated_units import seen_units
from queries.evaluation import Evaluation, evaluate
from queries.evidence_ledgers import records_of
from queries.filters import Filters
from queries.sealed import is_sealed

PINNED, REJECTED, BY_RULE = "pinned", "rejected", "rule"
DECISIONS = {PINNED: "列入", REJECTED: "排除", BY_RULE: "恢复按规则"}
MAY_MARK = frozenset({COMMITTEE, EVALUATOR})
LONGEST_REASON = 200
MARKED = "evidence_mark"
"""The action in the audit log."""
COLUMNS = ["indicator", "ledger", "record_id", "mark", "reason", "who", "at"]


def marks_of(conn: Connection, evaluation: Evaluation, unit: str) -> pd.DataFrame:
    """The latest decision on each record of a unit: COLUMNS."""
    mark = EvidenceMark
    own = (
        mark.scheme == evaluation.scheme.key,
        mark.unit_kind == evaluation.scheme.unit,
        mark.unit_id == unit,
        mark.period_key == evaluation.period.key,
    )
    latest = select(func.max(mark.id)).where(*own)
    latest = latest.group_by(mark.indicator, mark.ledger, mark.record_id)
    names = (mark.indicator, mark.ledger, mark.record_id, mark.state, mark.reason)
    stmt = select(*names, mark.account_name, mark.at).where(mark.id.in_(latest))
    rows = [tuple(row) for row in conn.execute(stmt)]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


@dataclass(frozen=True)
class Decision:
    """What is decided of a record: one of DECISIONS, with the reason."""

    indicator: str
    ledger: str
    record: str
    state: str
    reason: str


def mark(url: str, search: str, viewer: Viewer, said: Decision) -> None:
    """Keep what somebody decides of a record of the chosen unit. Nothing is kept where it is
    refused.

    Raises NotAllowed for a role that only reads or a unit out of scope, InvalidFilter for what is
    not there or has no reason.
    """
    reason = " ".join(said.reason.split())
    if viewer.role not in MAY_MARK:
        raise NotAllowed(t("只有党工委和考核评价可以列入或排除评价依据。"))
    if said.state not in DECISIONS:
        raise InvalidFilter(t("评价依据只能列入、排除或恢复按规则。"))
    if not reason or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InvalidFilter(t("请写一句理由（最多 {count} 个字），再提交。", count=LONGEST_REASON))
    with reading(url) as conn:
        filters = resolve(conn, Filters.parse(search), viewer)
        values = _checked(conn, filters, viewer, said)
    who = {"account": viewer.name, "account_name": viewer.display_name or viewer.name}
    row = {**values, **who, "state": said.state, "reason": reason, "at": audit.utc_now()}
    with writing(url) as conn:
        conn.execute(insert(EvidenceMark).values(**row))
        detail = f"{said.state} {'|'.join(values.values())}"
        audit.record(conn, account=viewer.name, action=MARKED, detail=detail)


def _checked(conn: Connection, filters: Filters, viewer: Viewer, said: Decision) -> dict[str, str]:
    """What names the record of a mark, where there is such a record."""
    evaluation, unit = evaluate(conn, filters), filters.unit
    scheme = evaluation.scheme
    seen = seen_units(conn, scheme.unit, viewer)
    if unit not in set(evaluation.units["unit_id"]) or (seen is not None and unit not in seen):
        raise NotAllowed(t("这个单位不在你的范围内，或不在本期的评价里。"))
    if is_sealed(conn, scheme.key, evaluation.period.key):
        raise NotAllowed(t("这次评价已经封存，证据不能再改。"))
    if said.indicator not in {one.key for one in scheme.indicators}:
        raise InvalidFilter(t("这个评价方案没有这项指标：{value}", value=said.indicator))
    held = records_of(conn, scheme.unit, unit, evaluation.period)
    if not ((held["ledger"] == said.ledger) & (held["record_id"] == said.record)).any():
        raise InvalidFilter(t("这个单位本期的台账里没有这条记录，请刷新页面。"))
    return {
        "scheme": scheme.key,
        "indicator": said.indicator,
        "unit_kind": scheme.unit,
        "unit_id": unit,
        "period_key": evaluation.period.key,
        "ledger": said.ledger,
        "record_id": said.record,
    }

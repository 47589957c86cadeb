"""The data-quality desk: what is wrong in the ledgers, since when, and who can put it right."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, literal, select

from data.access.viewer import Viewer
from data.contract.declaration import Check, Severity
from data.contract.freshness import freshness
from data.contract.quality import CHECKS
from data.contract.report import place_of
from data.locale.translate import Phrase
from data.models.dashboard import DataVersion, QualityCount
from data.models.tables import contract_tables
from data.summaries.touching import touched
from queries.filters import Filters

VERSIONS = 12
CHECK_CALLED = {check.key: check for check in CHECKS}
MODELS = {table.name: model for model, table in contract_tables()}
FINDINGS = ["key", "title", "severity", "ledger", "place", "faults", "earlier", "series"]
FINDINGS += ["effect", "remedy", "ask", "touches"]
FRESHNESS = ["ledger", "last", "days", "limit", "weekly", "late", "ask"]


def quality_findings(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:  # noqa: ARG001 - of the data as it is now, on whatever day one looks at
    """One row per check that found anything, errors first: `key, title, severity, ledger, place,
    faults, earlier, series, effect, remedy, ask, touches`.

    `series` is a list of `(as_of, faults)` over the last 12 data versions, oldest first, `earlier`
    the count before this one, `touches` the metrics in doubt.
    """
    history = _history(conn, viewer)
    newest = max((version for version, *_ in history), default=0)
    faults = {key: count for version, _, key, count in history if version == newest and count}
    series: dict[str, list[tuple[str, int]]] = {}
    for _, as_of, key, count in history:
        series.setdefault(key, []).append((as_of.isoformat(), count))
    rows = [_finding(CHECK_CALLED[key], series[key]) for key in faults if key in CHECK_CALLED]
    rows.sort(key=lambda row: (row["severity"] != Severity.ERROR.value, -row["faults"], row["key"]))
    return pd.DataFrame(rows, columns=FINDINGS, dtype="object")


def _history(conn: Connection, viewer: Viewer) -> list[tuple[int, date, str, int]]:
    count = QualityCount
    versions = select(count.version_id).distinct().order_by(count.version_id.desc())
    rows = conn.execute(
        select(count.version_id, DataVersion.as_of, count.check_key, count.faults)
        .join(DataVersion, DataVersion.id == count.version_id)
        .where(count.version_id.in_(versions.limit(VERSIONS)), viewer.sees_whole())
        .order_by(count.version_id)
    )
    return [(version, as_of, key, faults) for version, as_of, key, faults in rows]


def _finding(check: Check, series: list[tuple[str, int]]) -> dict[str, Any]:
    model = MODELS[check.place.table.name]
    return {
        "key": check.key,
        "title": check.title,
        "severity": check.severity.value,
        "ledger": Phrase(model.title),
        "place": place_of(check.place),
        "faults": series[-1][1],
        "earlier": series[-2][1] if len(series) > 1 else None,
        "series": series,
        "effect": check.effect,
        "remedy": check.remedy,
        "ask": model.keeper,
        "touches": sorted(touched()[check.key]),
    }


def ledger_freshness(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """How long each dated ledger has gone without a new row on the as-of day, the latest first:
    `ledger, last, days, limit, weekly, late, ask`; None where a ledger is empty."""
    if not conn.scalar(select(literal(1)).where(viewer.sees_whole())):
        return pd.DataFrame(columns=FRESHNESS)
    held = sorted(
        freshness(conn, filters.as_of), key=lambda found: (not found.late, -(found.days or 0))
    )
    rows = [
        {
            "ledger": Phrase(found.rhythm.model.title),
            "last": found.last,
            "days": found.days,
            "limit": found.rhythm.days,
            "weekly": found.weekly,
            "late": found.late,
            "ask": found.rhythm.model.keeper,
        }
        for found in held
    ]
    return pd.DataFrame(rows, columns=FRESHNESS, dtype="object")

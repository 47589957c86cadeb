"""What a refresh takes: everything anew, and the current term alone."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from data.engine import reading
from data.models.dashboard import DataVersion, VersionTerm
from data.summaries.refresh import SUMMARIES
from tests.benchmarks.campus import size
from tests.benchmarks.child import data_command


def measure(url: str) -> dict[str, Any]:
    """Seconds and peak memory of a full and an incremental refresh, rows and bytes afterwards."""
    full = asdict(data_command(url, "refresh", "--full"))
    incremental = asdict(data_command(url, "refresh"))
    return {"full": full, "incremental": incremental, "rows": _rows(url), "bytes": size(url)}


def _rows(url: str) -> dict[str, int]:
    """The summary rows of the version being served, by table."""
    newest = select(func.max(DataVersion.id)).scalar_subquery()
    builds = select(VersionTerm.build).where(VersionTerm.version_id == newest)
    with reading(url) as conn:
        return {
            str(table.name): conn.scalar(
                select(func.count()).select_from(table).where(table.c.build.in_(builds))
            )
            or 0
            for table in SUMMARIES
        }

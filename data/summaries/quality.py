"""What every check finds in a data version: counted after readers have it, kept for the trend."""

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import DBAPIError

from data.contract.declaration import Check
from data.contract.enforced import enforced
from data.contract.quality import CHECKS
from data.engine import reading, writing
from data.models.dashboard import DataVersion, QualityCount

KEPT = 60  # data versions whose counts are kept


def count_faults(url: str, version: int, progress: Callable[[str], None] = lambda _: None) -> int:
    """Count every check for a version and keep the counts; how many checks could be run.

    Clean checks are kept as 0, one that breaks off not at all. Nothing here fails a refresh.
    """
    with suppress(DBAPIError):
        with reading(url) as conn:
            known = enforced(conn, CHECKS)
            found = {c.key: 0 if c.key in known else _count(conn, c) for c in CHECKS}
        counts = {key: faults for key, faults in found.items() if faults is not None}
        _keep(url, version, counts)
        kinds = sum(faults > 0 for faults in counts.values())
        progress(f"数据质量：检查 {len(counts)} 项，{kinds} 项有问题")
        return len(counts)
    progress("数据质量没有查成，页面仍显示上一次的结果")
    return 0


def _count(conn: Connection, check: Check) -> int | None:
    with suppress(DBAPIError), conn.begin_nested():
        return check.count(conn)
    return None


def _keep(url: str, version: int, counts: dict[str, int]) -> None:
    oldest = select(DataVersion.id).order_by(DataVersion.id.desc()).offset(KEPT - 1).limit(1)
    with writing(url) as conn:
        conn.execute(delete(QualityCount).where(QualityCount.version_id == version))
        conn.execute(
            insert(QualityCount),
            [{"version_id": version, "check_key": k, "faults": n} for k, n in counts.items()],
        )
        conn.execute(delete(QualityCount).where(QualityCount.version_id < oldest.scalar_subquery()))

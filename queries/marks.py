"""Quality marks: which findings of the data behind it touch a number, and how many rows they are.

Counts are those of the whole university, kept with each data version; a slice has none of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import EVALUATOR, Viewer
from data.contract.quality import CHECKS
from data.models.dashboard import QualityCount
from data.summaries.touching import touched
from queries.filters import Filters

Query = Callable[[Connection, Filters, Viewer], pd.DataFrame]
TITLES = {check.key: check.title for check in CHECKS}


@dataclass(frozen=True)
class Touch:
    """One finding: its check, what it says, in how many rows."""

    key: str
    title: str
    faults: int


@dataclass(frozen=True)
class Mark:
    """The findings that touch a number, the most rows first; `listed` where the reader has a list
    to open."""

    findings: tuple[Touch, ...] = ()
    listed: bool = False

    @property
    def kinds(self) -> int:
        """How many checks found something."""
        return len(self.findings)

    @property
    def faults(self) -> int:
        """In how many rows altogether."""
        return sum(found.faults for found in self.findings)


def quality_marks(conn: Connection, viewer: Viewer) -> dict[str, Mark]:
    """The mark of every metric, standing or flow that a finding of the newest count touches."""
    newest = select(func.max(QualityCount.version_id)).scalar_subquery()
    rows = conn.execute(
        select(QualityCount.check_key, QualityCount.faults)
        .where(QualityCount.version_id == newest, QualityCount.faults > 0, viewer.sees_whole())
        .order_by(QualityCount.faults.desc(), QualityCount.check_key)
    )
    found: dict[str, list[Touch]] = {}
    for key, faults in rows:
        for number in touched().get(key, frozenset()):
            found.setdefault(number, []).append(Touch(key, TITLES[key], faults))
    listed = viewer.role != EVALUATOR
    return {number: Mark(tuple(touches), listed) for number, touches in found.items()}


def together(marks: dict[str, Mark], numbers: Iterable[str]) -> Mark:
    """One mark for what shows several numbers: each finding once."""
    chosen = [marks[number] for number in numbers if number in marks]
    findings = {found.key: found for mark in chosen for found in mark.findings}
    order = sorted(findings.values(), key=lambda found: (-found.faults, found.key))
    return Mark(tuple(order), any(mark.listed for mark in chosen))


def marked(query: Query) -> Query:
    """A query of metrics with `mark`, each row's own."""

    @wraps(query)
    def with_marks(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
        rows, marks = query(conn, filters, viewer), quality_marks(conn, viewer)
        return rows.assign(mark=[marks.get(key, Mark()) for key in rows["metric"]])

    return with_marks

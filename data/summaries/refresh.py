"""Rebuild the summaries beside the ones being served, then flip to them in one short transaction.

Each term is built under a fresh number that no version names yet: killed at any point, a refresh
leaves rows nobody reads, and the next one sweeps them away.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, literal, select

from data.engine import Rows, engine, reading, writing
from data.errors import NoData, RefreshBusy
from data.models.activity import Activity
from data.models.contact import WeekCount
from data.models.dashboard import (
    CoverageEvent,
    CoverageStep,
    CoverageUnit,
    DataVersion,
    FlowCount,
    Installation,
    RefreshRun,
    StandingCount,
    VersionTerm,
)
from data.models.forces import Visit
from data.models.party import FiveLeadEntry, FloorLeader, PartyOrganisation
from data.models.people import Enrolment
from data.models.time import Term
from data.summaries import contact_scratch, scratch, series, shape
from data.summaries.coverage import summarise
from data.summaries.events import events
from data.summaries.flows import FLOWS, flow
from data.summaries.lease import HOLDER, lease, now
from data.summaries.method import method_of
from data.summaries.quality import count_faults
from data.summaries.rows import ROWS
from data.summaries.scratch import STEP, UNIT, Window
from data.summaries.series import week_counts
from data.summaries.standings import STANDINGS, standing

KEPT_VERSIONS = 2
SUMMARIES: tuple[Any, ...] = (
    CoverageUnit.__table__,
    CoverageStep.__table__,
    CoverageEvent.__table__,
    StandingCount.__table__,
    FlowCount.__table__,
    WeekCount.__table__,
    *(table for table, _ in ROWS.values()),
)
PARTS = ("metric", "college_id", "building_id", "day")
"""What a build is dropped by, a part at a time: the first of these that a table has."""
DATED = (
    Visit.day,
    Activity.day,
    FiveLeadEntry.day,
    FloorLeader.starts,
    PartyOrganisation.founded,
    Enrolment.starts,
)
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Published:
    """What a refresh made."""

    id: int
    as_of: date
    rows: int
    seconds: float
    terms: tuple[str, ...]


def refresh(
    url: str,
    *,
    full: bool = False,
    terms: Collection[str] = (),
    progress: Progress = lambda _: None,
    today: date | None = None,
) -> Published:
    """Publish a new data version: the current term and `terms` anew, others only if `full` or never
    built.

    Raises RefreshBusy while another one runs, NoData for a database without terms.
    """
    begun, clock = now(), time.monotonic()
    with lease(url) as run:
        _sweep(url)
        with reading(url) as conn:
            as_of = latest_day(conn, today or date.today())  # noqa: DTZ011 - the campus's day
            windows = _windows(conn, as_of)
            served = _served(conn)
        if not windows:
            raise NoData("数据库里没有已经开始的学期，无法汇总。请先导入学期台账。")
        wanted = {windows[-1].term, *terms}
        stale = {w.term for w in windows if full or w.term not in served or w.term in wanted}
        # a term also tells when its students were last met in the term before
        after = {later.term for term, later in pairwise(windows) if term.term in stale}
        chosen = [w for w in windows if w.term in stale | after]
        previous = {later.term: term.term for term, later in pairwise(windows)}
        builds = dict(served) if not full else {}
        rows = 0
        with engine(url).connect() as conn:
            progress(f"准备 {len(chosen)} 个学期")
            scratch.create(conn)
            scratch.fill(conn, scratch.MEMBER, scratch.party_members())
            scratch.analyse(conn, scratch.MEMBER)
            conn.commit()
            for number, bare in enumerate(chosen):
                builds[bare.term] = run * 100 + number
                before = builds.get(previous.get(bare.term, ""), 0)
                window = replace(bare, before=before, method=method_of(conn, bare.term))
                summarise(conn, window)
                contact_scratch.prepare(conn, window)
                series.prepare(conn, window)
                conn.commit()
                rows += _write(conn, window, builds[window.term])
                progress(f"{window.term} 已汇总（{number + 1}/{len(chosen)}）")
            scratch.drop(conn)
            conn.commit()
        seconds = time.monotonic() - clock
        kept = {w.term: builds[w.term] for w in windows}
        version = DataVersion(
            as_of=as_of, started=begun, published=now(), seconds=seconds, full=full, rows=rows
        )
        number = _publish(url, run, version, kept)
        _sweep(url)
        progress(f"数据版本 {number} 已发布")
        count_faults(url, number, progress)
    return Published(number, as_of, rows, seconds, tuple(w.term for w in chosen))


def latest_day(conn: Connection, today: date) -> date:
    """The last day the campus recorded anything, never after today."""
    days = [conn.scalar(select(func.max(column)).where(column <= today)) for column in DATED]
    found = [day for day in days if day is not None]
    if not found:
        raise NoData("数据库里还没有任何带日期的记录，无法确定数据截至哪一天。")
    return max(found)


def _windows(conn: Connection, as_of: date) -> list[Window]:
    terms = conn.execute(
        select(Term.id, Term.starts, Term.ends).where(Term.starts <= as_of).order_by(Term.starts)
    )
    return [Window(t.id, t.starts, t.ends + timedelta(days=1), as_of) for t in terms]


def _served(conn: Connection) -> dict[str, int]:
    """The build of each term that can be kept: none where another release made them."""
    if not shape.is_current(conn):
        return {}
    version = select(func.max(DataVersion.id)).scalar_subquery()
    rows = conn.execute(
        select(VersionTerm.term_id, VersionTerm.build).where(VersionTerm.version_id == version)
    )
    return {row.term_id: row.build for row in rows}


def _write(conn: Connection, window: Window, build: int) -> int:
    """Copy the scratch rows of a term, one metric of one cluster at a time: a sign-in waits for one
    such part at the most. How many rows the build has then."""
    for source, target in ((UNIT, SUMMARIES[0]), (STEP, SUMMARIES[1])):
        part = (source.c.metric, source.c.cluster_id)
        parts = conn.execute(select(*part).distinct().order_by(*part)).all()
        conn.commit()
        for metric, cluster in parts:
            chosen = select(*source.c).where(part[0] == metric, part[1] == cluster)
            _copy(conn, target, build, chosen)
    _copy(conn, SUMMARIES[2], build, events(window))
    for key in STANDINGS:
        _copy(conn, SUMMARIES[3], build, standing(key, window))
    for key in FLOWS:
        _copy(conn, SUMMARIES[4], build, flow(key, window))
    _copy(conn, SUMMARIES[5], build, week_counts(window))
    for table, make in ROWS.values():
        _copy(conn, table, build, make(window))
    counts = [select(func.count()).where(table.c.build == build) for table in SUMMARIES]
    rows = sum(conn.scalar(count) or 0 for count in counts)
    conn.commit()
    return rows


def _copy(conn: Connection, target: Table, build: int, stmt: Rows) -> None:
    """Keep rows under the number of a build, in an order that does not depend on chance."""
    found = stmt.subquery("found")
    numbered = select(literal(build).label("build"), *found.c).order_by(*found.c)
    conn.execute(insert(target).from_select(["build", *found.c.keys()], numbered))
    conn.commit()


def _publish(url: str, run: int, version: DataVersion, builds: dict[str, int]) -> int:
    """The flip. A run that lost its lease must not publish over the one that took it."""
    with writing(url) as conn:
        held = conn.scalar(
            select(RefreshRun.id)
            .where(RefreshRun.id == run, RefreshRun.holder == HOLDER)
            .with_for_update()  # nobody takes over between this look and the commit
        )
        if held is None:
            raise RefreshBusy("这次刷新中断太久，已由另一次接手；什么也没有发布。")
        demo = conn.scalar(select(Installation.value).where(Installation.key == "demo")) == "1"
        values = {
            c: getattr(version, c)
            for c in ("as_of", "started", "published", "seconds", "full", "rows")
        }
        shape.record(conn)
        made = conn.execute(insert(DataVersion).values(demo=demo, **values))
        number = int((made.inserted_primary_key or (0,))[0])
        conn.execute(
            insert(VersionTerm),
            [
                {"version_id": number, "term_id": term, "build": build}
                for term, build in builds.items()
            ],
        )
    return number


def _sweep(url: str) -> None:
    """Drop old versions and every build no version names, a part at a time as in `_write`."""
    with writing(url) as conn:
        newest = conn.scalars(
            select(DataVersion.id).order_by(DataVersion.id.desc()).limit(KEPT_VERSIONS)
        ).all()
        if newest:
            conn.execute(delete(VersionTerm).where(VersionTerm.version_id < min(newest)))
        named = set(conn.scalars(select(VersionTerm.build)))
        stale = [
            (table, set(conn.scalars(select(table.c.build).distinct()))) for table in SUMMARIES
        ]
    for table, builds in stale:
        _drop(url, table, builds - named)


def _drop(url: str, table: Table, builds: Iterable[int]) -> None:
    part = next(table.c[name] for name in PARTS if name in table.c)
    for build in sorted(builds):
        rows = table.c.build == build
        with reading(url) as conn:
            values = conn.scalars(select(part).where(rows).distinct()).all()
        for value in values:
            with writing(url) as conn:
                conn.execute(delete(table).where(rows, part == value))

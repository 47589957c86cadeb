"""Our own tables: data versions, summaries, quality counts, imports, accounts, the audit log."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data.models.contract import METADATA

DASHBOARD = {"schema": "dashboard"}
TO_THE_DAY = ("metric", "until")  # a slice is in force on a day, most often the last one


class Own(DeclarativeBase):
    """A table of ours."""

    metadata = METADATA
    __table_args__: Any = DASHBOARD


class Installation(Own):
    """Facts about this installation, such as `demo` = `1` where the campus is invented."""

    __tablename__ = "installation"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(256))


class DataVersion(Own):
    """One published state of the summaries; the largest `id` with `published` is served."""

    __tablename__ = "data_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    as_of: Mapped[date] = mapped_column(Date)
    started: Mapped[datetime] = mapped_column(DateTime)
    published: Mapped[datetime] = mapped_column(DateTime)
    seconds: Mapped[float]
    full: Mapped[bool]
    demo: Mapped[bool]
    rows: Mapped[int]


class VersionTerm(Own):
    """Which build of each term a data version shows; unchanged terms keep their build."""

    __tablename__ = "version_term"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("dashboard.data_version.id"), primary_key=True
    )
    term_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    build: Mapped[int]


class RefreshRun(Own):
    """Every attempt at a refresh; the row with `holder` set is the lease of the one running."""

    __tablename__ = "refresh_run"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(8), unique=True)
    host: Mapped[str] = mapped_column(String(128))
    pid: Mapped[int]
    started: Mapped[datetime] = mapped_column(DateTime)
    heartbeat: Mapped[datetime] = mapped_column(DateTime)
    finished: Mapped[datetime | None] = mapped_column(DateTime)
    problem: Mapped[str | None] = mapped_column(Text)


class CoverageUnit(Own):
    """What each counted unit was, in steps `starts` ≤ day < `until`: 覆盖, 缺口 or 不要求.

    A unit is a cluster, building, floor, room or student (`unit_id`), standing in a place.
    `since` dates a gap: the day the last cover ended, else the day it was first due.
    """

    __tablename__ = "coverage_unit"
    __table_args__ = (
        Index("ix_coverage_unit_floor", "build", "floor_id", "metric", "unit_id", "until"),
        Index("ix_coverage_unit_building", "build", "building_id", "metric", "until"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    metric: Mapped[str] = mapped_column(String(32))
    unit_id: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    floor_id: Mapped[str] = mapped_column(String(32))
    room_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    starts: Mapped[date]
    until: Mapped[date]
    state: Mapped[str] = mapped_column(String(8))
    cover: Mapped[str | None] = mapped_column(String(128))
    since: Mapped[date | None]
    never: Mapped[bool]


class CoverageStep(Own):
    """Numerator and denominator of a metric in a place, in steps `starts` ≤ day < `until`.

    `college_id` "" counts everyone; otherwise only what that college's students live in or are.
    """

    __tablename__ = "coverage_step"
    __table_args__ = (
        *(
            Index(f"ix_coverage_step_{name}", "build", *place, "level", "college_id", *TO_THE_DAY)
            for name, *place in (
                ("slice",),
                ("cluster", "cluster_id"),
                ("building", "building_id"),
                ("floor", "floor_id"),
            )
        ),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    metric: Mapped[str] = mapped_column(String(32))
    level: Mapped[str] = mapped_column(String(8))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    floor_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    starts: Mapped[date]
    until: Mapped[date]
    numerator: Mapped[int]
    denominator: Mapped[int]
    exempt: Mapped[int]
    since: Mapped[date | None]
    never: Mapped[bool]


class CoverageEvent(Own):
    """The day something was founded, closed, taken up or given up, with the place it concerns."""

    __tablename__ = "coverage_event"
    __table_args__ = (Index("ix_coverage_event_day", "build", "day"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    day: Mapped[date]
    metric: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    floor_id: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(128))


class StandingCount(Own):
    """How many of a kind a building holds, in spells `starts` ≤ day < `until`: add those in force.

    `metric` names what is counted, `kind` divides it; `college_id` "" where none applies.
    """

    __tablename__ = "standing_count"
    __table_args__ = (
        Index("ix_standing_count_metric", "build", "metric", "building_id", "until"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    metric: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    starts: Mapped[date]
    until: Mapped[date]
    number: Mapped[int]


class FlowCount(Own):
    """How much of a kind happened in a building on a day; `amount` adds up its minutes or people.

    `metric`, `kind` and `college_id` as in StandingCount; `building_id` "" is 未归属.
    """

    __tablename__ = "flow_count"
    __table_args__ = (
        Index("ix_flow_count_metric", "build", "metric", "building_id", "day"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    metric: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    day: Mapped[date]
    number: Mapped[int]
    amount: Mapped[float]


class QualityCount(Own):
    """How many faults a check found when a data version was made; kept for the trend."""

    __tablename__ = "quality_count"

    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    check_key: Mapped[str] = mapped_column(String(96), primary_key=True)
    faults: Mapped[int]


class ImportRun(Own):
    """One ledger import, from upload to undo; `state` says how far it has come.

    `options` are what the steward chose, `plan` what would change, `problems` why it is refused.
    """

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime] = mapped_column(DateTime)
    file_name: Mapped[str] = mapped_column(String(255))
    file_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(Text, default="")
    progress: Mapped[float] = mapped_column(default=0.0)
    heartbeat: Mapped[datetime] = mapped_column(DateTime)
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    problems: Mapped[list[Any] | None] = mapped_column(JSON)
    confirmed: Mapped[datetime | None] = mapped_column(DateTime)
    finished: Mapped[datetime | None] = mapped_column(DateTime)
    data_version: Mapped[int | None]
    undone: Mapped[datetime | None] = mapped_column(DateTime)
    undone_by: Mapped[str | None] = mapped_column(String(64))


class ImportFile(Own):
    """The uploaded file of a run that is not finished, so that any process can go on with it."""

    __tablename__ = "import_file"

    run_id: Mapped[int] = mapped_column(ForeignKey("dashboard.import_run.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportChange(Own):
    """One row an import added, changed or removed: what undo needs. `before` None means added,
    `after` None removed."""

    __tablename__ = "import_change"

    run_id: Mapped[int] = mapped_column(ForeignKey("dashboard.import_run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(String(64))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Account(Own):
    """Someone who may sign in, with the role and scope that decide which rows they see."""

    __tablename__ = "account"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    display_name: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(16))
    college_id: Mapped[str | None] = mapped_column(String(32))
    building_ids: Mapped[str] = mapped_column(Text, default="")
    counselor_id: Mapped[str | None] = mapped_column(String(32))
    may_export: Mapped[bool]
    password_hash: Mapped[str | None] = mapped_column(String(256))
    session_stamp: Mapped[str] = mapped_column(String(32))
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime] = mapped_column(DateTime)


class SignInAttempt(Own):
    """Failed sign-ins by account and by address, for throttling; old rows are swept."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key", "key", "at"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(128))
    at: Mapped[datetime] = mapped_column(DateTime)


class AuditEntry(Own):
    """Who did what: sign-ins, sign-outs, exports with slice, data version and file hash."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime, index=True)
    account: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(Text, default="")
    data_version: Mapped[int | None]
    file_hash: Mapped[str | None] = mapped_column(String(64))

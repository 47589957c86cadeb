"""How 44023 is set for a term, whom counselors met and when, weekly series, notes on warnings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CAMPUS, DASHBOARD = "campus", "dashboard"
PLACES = ("campus_id", "cluster_id", "building_id")


def upgrade() -> None:
    """Eight tables of ours, and the settings unless the university gives them as a view."""
    _settings()
    _students()
    _totals()
    _periods()
    _nodes()
    _concerns()
    _key_groups()
    _sessions()
    _series()


def _settings() -> None:
    if sa.inspect(op.get_bind()).has_table("method_setting", schema=_campus()):
        return
    times = ("noon_starts", "afternoon_starts", "evening_starts")
    numbers = ("minutes", "response_days", "students_per_counselor")
    targets = ("student", "slot", "field", "node", "response", "closed", "group")
    op.create_table(
        "method_setting",
        sa.Column("term_id", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Time()) for name in times),
        *(sa.Column(name, sa.Integer()) for name in numbers),
        *(sa.Column(f"{name}_target", sa.Float()) for name in targets),
        *_term_keys("method_setting"),
        schema=CAMPUS,
    )


def _term_keys(name: str) -> tuple[Any, ...]:
    """One row a term; only a table can be pointed at, and terms may be a view."""
    key = sa.PrimaryKeyConstraint("term_id", name=f"pk_{name}")
    if "term" not in sa.inspect(op.get_bind()).get_table_names(_campus()):
        return (key,)
    term = sa.ForeignKeyConstraint(["term_id"], [f"{CAMPUS}.term.id"], name=f"fk_{name}_term_id")
    return term, key


def _campus() -> str | None:
    """The contract's schema, as the database itself calls it."""
    return None if op.get_bind().dialect.name == "sqlite" else CAMPUS


def _students() -> None:
    name = "student_contact"
    firsts = ("own", "any", "talk", "present", "class", "room")
    _own(
        name,
        *_words("student_id", *PLACES, "floor_id", "room_id", "college_id", "counselor_id"),
        _word("degree_level", 16),
        _number("grade"),
        _word("class_name", 64),
        _word("away", 16),
        *_days("starts", "until"),
        *(_day_or_none(f"first_{way}") for way in firsts),
        *(_day_or_none(f"last_{way}") for way in ("own", "before")),
        *(sa.Column(f"own_{n}", sa.BigInteger(), nullable=False) for n in range(4)),
    )
    _index(name, "college", "build", "college_id")
    _index(name, "building", "build", "building_id", "floor_id")
    _index(name, "counselor", "build", "counselor_id")


def _totals() -> None:
    name = "contact_total"
    _own(
        name,
        _word("way", 8),
        *_words("campus_id", "college_id"),
        _word("degree_level", 16),
        *_days("starts", "until"),
        _day_or_none("first"),
        _number("number"),
    )
    _index(name, "college", "build", "way", "college_id")


def _periods() -> None:
    name = "counselor_period"
    counts = ("due", "listed", "visits", "long", "apartment", "elsewhere", "minutes")
    _own(
        name,
        *_words("counselor_id", "college_id"),
        _number("week"),
        *_days("starts", "until", "through"),
        _number("teaching_days"),
        _word("period", 8),
        *(_number(count) for count in counts),
    )
    _index(name, "college", "build", "college_id", "week")
    _index(name, "counselor", "build", "counselor_id", "week")


def _nodes() -> None:
    name = "node_coverage"
    _own(
        name,
        *_words("node_id", *PLACES),
        *_days("due", "ends"),
        _day_or_none("first_visit"),
        _number("visits"),
    )
    _index(name, "building", "build", "building_id")


def _concerns() -> None:
    name = "concern_stage"
    _own(
        name,
        _number("concern_id"),
        *_words("student_id", *PLACES, "college_id", "counselor_id"),
        _word("category", 16),
        _number("carried"),
        *_days("raised", "limit_day"),
        *(_day_or_none(step) for step in ("assigned", "responded", "resolved", "confirmed")),
    )
    _index(name, "college", "build", "college_id")
    _index(name, "building", "build", "building_id")


def _key_groups() -> None:
    name = "key_group_count"
    _own(
        name,
        *_words("college_id", "counselor_id"),
        _word("category", 16),
        *_days("starts", "until"),
        _day_or_none("first_own"),
        _number("number"),
    )
    _index(name, "college", "build", "college_id")


def _sessions() -> None:
    name = "engagement_session"
    _own(
        name,
        _number("engagement_id"),
        *_days("day"),
        *(_word(kind, 16) for kind in ("carrier", "person_kind")),
        *_words("person_code", *PLACES, "college_id"),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("attended", sa.Integer()),
    )
    _index(name, "building", "build", "building_id")


def _series() -> None:
    _own(
        "week_count",
        _word("metric", 32),
        _word("subject", 8),
        _word("subject_id", 32),
        _number("week"),
        *_days("starts", "until"),
        *(_number(part) for part in ("numerator", "denominator")),
    )
    _index("week_count", "subject", "build", "subject", "metric")
    op.create_table(
        "warning_note",
        sa.Column("id", sa.Integer(), nullable=False),
        _word("key", 160),
        _word("state", 16),
        sa.Column("note", sa.Text(), nullable=False),
        *(_word(who, 64) for who in ("author", "author_name")),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warning_note"),
        schema=DASHBOARD,
    )
    _index("warning_note", "key", "key")


def _own(name: str, *columns: sa.Column[Any]) -> None:
    """A table of summaries: rows of builds."""
    number = sa.Column("id", sa.Integer(), nullable=False)
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, number, _number("build"), *columns, key, schema=DASHBOARD)


def _index(name: str, suffix: str, *columns: str) -> None:
    op.create_index(f"ix_{name}_{suffix}", name, list(columns), schema=DASHBOARD)


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(_word(name, 32) for name in names)


def _word(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _days(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Date(), nullable=False) for name in names)


def _day_or_none(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date())

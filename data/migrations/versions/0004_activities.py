"""Sessions of activities where they were held, and who came."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SCHEMA = "dashboard"


def upgrade() -> None:
    """Two tables of summaries."""
    places = ("campus_id", "cluster_id", "building_id", "college_id", "brand_id")
    counts = ("answers", "score_sum", "score_squares", "outsiders")
    op.create_table(
        "activity_session",
        *(_number(name) for name in ("id", "build", "activity_id")),
        _day(),
        *(sa.Column(name, sa.String(32), nullable=False) for name in places),
        *(sa.Column(n, sa.String(16), nullable=False) for n in ("theme", "field", "festival")),
        sa.Column("attended", sa.Integer()),
        *(_number(name) for name in counts),
        sa.PrimaryKeyConstraint("id", name="pk_activity_session"),
        schema=SCHEMA,
    )
    op.create_table(
        "participation",
        *(_number(name) for name in ("id", "build", "activity_id")),
        sa.Column("student_id", sa.String(32), nullable=False),
        _day(),
        sa.PrimaryKeyConstraint("id", name="pk_participation"),
        schema=SCHEMA,
    )
    _index("activity_session", "building", "build", "building_id", "day")
    _index("participation", "student", "build", "student_id", "day")
    _index("participation", "activity", "build", "activity_id")


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _day() -> "sa.Column[object]":
    return sa.Column("day", sa.Date(), nullable=False)


def _index(table: str, suffix: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{suffix}", table, list(columns), schema=SCHEMA)

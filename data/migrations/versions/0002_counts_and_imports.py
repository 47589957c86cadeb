"""Counts per building, the trend of data quality, ledger imports and what undoes them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

DASHBOARD = "dashboard"


def upgrade() -> None:
    """Six new tables, and an index unless the university gives its visits as views."""
    if "visit_student" in sa.inspect(op.get_bind()).get_table_names(_campus()):
        columns = ["visit_id"]
        op.create_index("ix_visit_student_visit", "visit_student", columns, schema="campus")
    _counts("standing_count", sa.Column("starts", sa.Date(), nullable=False), "until")
    _counts("flow_count", sa.Column("amount", sa.Double(), nullable=False), "day")
    op.create_table(
        "quality_count",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("check_key", sa.String(96), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "check_key", name="pk_quality_count"),
        schema=DASHBOARD,
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("heartbeat", sa.DateTime(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON()),
        sa.Column("problems", sa.JSON()),
        sa.Column("confirmed", sa.DateTime()),
        sa.Column("finished", sa.DateTime()),
        sa.Column("data_version", sa.Integer()),
        sa.Column("undone", sa.DateTime()),
        sa.Column("undone_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
        schema=DASHBOARD,
    )
    run = f"{DASHBOARD}.import_run.id"
    op.create_table(
        "import_file",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], [run], name="fk_import_file_run_id"),
        sa.PrimaryKeyConstraint("run_id", name="pk_import_file"),
        schema=DASHBOARD,
    )
    op.create_table(
        "import_change",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.String(64), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.ForeignKeyConstraint(["run_id"], [run], name="fk_import_change_run_id"),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_import_change"),
        schema=DASHBOARD,
    )


def _campus() -> str | None:
    """The contract's schema, as the database itself calls it."""
    return None if op.get_bind().dialect.name == "sqlite" else "campus"


def _counts(name: str, extra: sa.Column[object], last: str) -> None:
    words = ("metric", "kind", "campus_id", "cluster_id", "building_id", "college_id")
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("build", sa.Integer(), nullable=False),
        *(sa.Column(word, sa.String(32), nullable=False) for word in words),
        sa.Column(last, sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        extra,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        schema=DASHBOARD,
    )
    columns = ["build", "metric", "building_id", last]
    op.create_index(f"ix_{name}_metric", name, columns, schema=DASHBOARD)

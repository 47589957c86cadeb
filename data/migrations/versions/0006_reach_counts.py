"""How many students came to any activity, by place, college, counselor, degree level and grade."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SCHEMA = "dashboard"


def upgrade() -> None:
    """One table of sums."""
    names = ("campus_id", "cluster_id", "building_id", "college_id", "counselor_id")
    op.create_table(
        "reach_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("build", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(32), nullable=False) for name in names),
        sa.Column("degree_level", sa.String(16), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("away", sa.String(16), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("first", sa.Date()),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reach_count"),
        schema=SCHEMA,
    )
    columns = ["build", "building_id"]
    op.create_index("ix_reach_count_building", "reach_count", columns, schema=SCHEMA)

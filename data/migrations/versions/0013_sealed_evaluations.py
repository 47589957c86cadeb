"""Sealed evaluations, which the database keeps from being changed or removed."""

import sqlalchemy as sa
from alembic import op

from data.models.seals import GUARDS

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """One table and the triggers that guard it."""
    op.create_table(
        "sealed_evaluation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("scheme", sa.String(64), nullable=False),
        sa.Column("period", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(16), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("supersedes", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_evaluation"),
        schema="dashboard",
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)

"""Members of student groups, the group behind an activity, and whom peer support reached."""

import sqlalchemy as sa
from alembic import op

from data.engine import version_schema

revision = "0008"
down_revision = "0007"

DASHBOARD, NAME = "dashboard", "group_membership"


def upgrade() -> None:
    """A table and two columns of ours; the next refresh fills them."""
    words = ("student_id", "campus_id", "cluster_id", "building_id", "college_id", "counselor_id")
    op.create_table(
        NAME,
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "build")),
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        *(sa.Column(name, sa.String(32), nullable=False) for name in words),
        sa.Column("major", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("starts", "until")),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        schema=DASHBOARD,
    )
    op.create_index(f"ix_{NAME}_group", NAME, ["build", "group_id"], schema=DASHBOARD)
    ours = version_schema(op.get_bind())  # a column is added where no schema is translated
    group = sa.Column("group_id", sa.String(32), nullable=False, server_default="")
    op.add_column("activity_session", group, schema=ours)
    op.add_column("key_group_count", sa.Column("first_peer", sa.Date()), schema=ours)

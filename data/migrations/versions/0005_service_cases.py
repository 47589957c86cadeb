"""Service requests one by one, so that a page can ask for any day of a term."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

DASHBOARD, NAME = "dashboard", "service_case"


def upgrade() -> None:
    """A table of ours; the next refresh fills it."""
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("build", "request_id")),
        sa.Column("channel", sa.String(16), nullable=False),
        *(
            sa.Column(name, sa.String(32), nullable=False)
            for name in ("campus_id", "cluster_id", "building_id")
        ),
        sa.Column("submitted", sa.Date(), nullable=False),
        sa.Column("finished", sa.Date()),
        sa.Column("hours", sa.Double()),
        sa.Column("rating", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        schema=DASHBOARD,
    )
    op.create_index(f"ix_{NAME}_building", NAME, ["build", "building_id"], schema=DASHBOARD)

"""Evidence pinned or rejected by hand, and how many gave each answer on an activity."""

import sqlalchemy as sa
from alembic import op

from data.engine import version_schema

revision = "0011"
down_revision = "0010"

DASHBOARD, NAME = "dashboard", "evidence_mark"
ANSWERS = ("ones", "twos", "threes", "fours", "fives")


def upgrade() -> None:
    """One table of ours, and five columns that old rows do not know until the next refresh."""
    ours = version_schema(op.get_bind())  # a column is added where no schema is translated
    for name in ANSWERS:
        op.add_column("activity_session", sa.Column(name, sa.Integer()), schema=ours)
    words = {"scheme": 64, "indicator": 64, "unit_kind": 16, "unit_id": 32, "period_key": 32}
    words |= {"ledger": 16, "record_id": 64, "state": 16}
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(size), nullable=False) for name, size in words.items()),
        sa.Column("reason", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("account", "account_name")),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        schema=DASHBOARD,
    )
    columns = ["scheme", "unit_kind", "unit_id", "period_key"]
    op.create_index(f"ix_{NAME}_unit", NAME, columns, schema=DASHBOARD)

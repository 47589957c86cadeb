"""The community type of each activity session: what the six-type radar counts by."""

import sqlalchemy as sa
from alembic import op

from data.engine import version_schema

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """One column, empty until the terms are summarised anew."""
    ours = version_schema(op.get_bind())  # a column is added where no schema is translated
    column = sa.Column("community_type", sa.String(16), nullable=False, server_default="")
    op.add_column("activity_session", column, schema=ours)

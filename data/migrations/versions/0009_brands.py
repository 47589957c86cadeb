"""What a brand's page needs of activities: their names and cost, and the colleges of who came."""

import sqlalchemy as sa
from alembic import op

from data.engine import version_schema

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Three columns, unknown in old rows until the next refresh, and a way to single students."""
    ours = version_schema(op.get_bind())  # a column is added where no schema is translated
    for table, column in (
        ("activity_session", sa.Column("name", sa.String(96))),
        ("activity_session", sa.Column("cost", sa.Float())),
        ("participation", sa.Column("college_id", sa.String(32))),
    ):
        op.add_column(table, column, schema=ours)
    name, columns = "ix_student_contact_student", ["build", "student_id"]
    op.create_index(name, "student_contact", columns, schema="dashboard")

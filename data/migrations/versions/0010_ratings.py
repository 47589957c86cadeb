"""Ratings given on our form, and the group of a rater in the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

DASHBOARD, NAME = "dashboard", "given_rating"
GROUPS = "'自评', '学生', '学院', '部门', '专家'"


def upgrade() -> None:
    """One table of ours, and one column of the ledger unless the university gives it itself."""
    _group()
    words = {"scheme": 64, "scheme_version": 32, "indicator": 64, "unit_kind": 16, "unit_id": 32}
    words |= {"period": 32, "kind": 8, "rater": 64, "rater_name": 64, "rater_group": 16}
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(size), nullable=False) for name, size in words.items()),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("level", sa.String(200), nullable=False),
        *(sa.Column(name, sa.String(500), nullable=False) for name in ("evidence", "link")),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        schema=DASHBOARD,
    )
    columns = ["scheme", "period", "indicator", "unit_id"]
    op.create_index(f"ix_{NAME}_item", NAME, columns, schema=DASHBOARD)


def _group() -> None:
    """A column with its own check, which both databases add in one statement."""
    schema = None if op.get_bind().dialect.name == "sqlite" else "campus"
    found = sa.inspect(op.get_bind())
    if "rating" not in found.get_table_names(schema):
        return
    if "rater_group" in {column["name"] for column in found.get_columns("rating", schema)}:
        return
    table = "rating" if schema is None else f"{schema}.rating"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN rater_group VARCHAR(16) "
        f"CONSTRAINT ck_rating_rater_group CHECK (rater_group IN ({GROUPS}))"
    )

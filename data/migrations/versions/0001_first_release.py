"""The tables of the first release, which were created without a number."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: a database with this number has them."""

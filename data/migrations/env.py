"""What Alembic runs for each command: our metadata, on the connection it is handed."""

from alembic import context

from data.engine import version_schema
from data.models.tables import ALL_TABLES

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=ALL_TABLES,
    version_table_schema=version_schema(connection),
    include_schemas=True,
)
context.run_migrations()

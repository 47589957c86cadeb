"""Bring the tables of a database to this release, or say that they are not there yet."""

import logging
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from data.engine import SCHEMAS, reading, version_schema, writing
from data.models.tables import ALL_TABLES, contract_tables

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
logging.getLogger("alembic").setLevel(logging.WARNING)  # its steps are not our server's news
FIRST_RELEASE = "0001"  # made before there were numbers: its databases carry none


def create_tables(url: str) -> None:
    """Every table of both schemas where missing, and those of an earlier release brought to this
    one; it can be run again at any time."""
    with writing(url) as conn:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("BEGIN IMMEDIATE")  # its driver begins none for a CREATE TABLE
        else:
            for schema in SCHEMAS:
                conn.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        upgrade(conn)


def ensure_tables(url: str) -> None:
    """As `create_tables` where anything is to be done; current tables need no right to do so."""
    with reading(url) as conn:
        if is_current(conn):
            return
    create_tables(url)


@lru_cache(maxsize=1)
def newest() -> str:
    """The number of this release's tables."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def is_current(conn: Connection) -> bool:
    """Whether the tables are those of this release."""
    return _number(conn) == newest()


def upgrade(conn: Connection) -> None:
    """Create all tables of an empty database, or take an older one through the steps it lacks."""
    config = _config()
    config.attributes["connection"] = conn
    if _is_empty(conn):
        ALL_TABLES.create_all(conn)
        command.stamp(config, "head")
        return
    if _number(conn) is None:
        command.stamp(config, FIRST_RELEASE)
    command.upgrade(config, "head")
    missing = [table for _, table in contract_tables()]  # the owner may have removed some
    ALL_TABLES.create_all(conn, tables=missing)


def _config() -> Config:
    return Config(toml_file=PROJECT)


def _is_empty(conn: Connection) -> bool:
    schema = version_schema(conn)
    return not inspect(conn).has_table("account", schema=schema)


def _number(conn: Connection) -> str | None:
    context = MigrationContext.configure(conn, opts={"version_table_schema": version_schema(conn)})
    return context.get_current_revision()

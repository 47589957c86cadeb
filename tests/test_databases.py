"""The throw-away databases keep their word: empty, real, and gone afterwards."""

from sqlalchemy import inspect, text

from data.engine import engine, reading, writing
from data.migrations.upgrading import create_tables
from tests.databases import Server


def test_a_database_is_empty_and_takes_the_tables(database: str) -> None:
    assert not _tables(database)
    create_tables(database)
    assert {"student", "building"} <= _tables(database)


def test_the_next_database_knows_nothing_of_the_last_one(database: str) -> None:
    assert not _tables(database)


def test_a_copy_holds_what_its_template_held(postgresql: Server) -> None:
    with postgresql.database("original") as url:
        with writing(url) as conn:
            conn.execute(text("CREATE TABLE kept AS SELECT 7 AS number"))
        engine(url).dispose()  # a template must have no other connection
        with postgresql.database("copy", template="original") as copy, reading(copy) as conn:
            assert conn.scalar(text("SELECT number FROM kept")) == 7


def _tables(url: str) -> set[str]:
    found = inspect(engine(url))
    schemas = [s for s in found.get_schema_names() if s != "information_schema"]
    return {name for schema in schemas for name in found.get_table_names(schema)}

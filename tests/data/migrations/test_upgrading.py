"""Old databases are taken through every step, keep their rows, and end like a new one."""

from typing import Any

import pytest
from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from data.engine import SCHEMAS, VERSION_TABLE, engine, reading, version_schema, writing
from data.migrations.upgrading import create_tables, ensure_tables, is_current
from data.models.dashboard import Installation
from data.models.tables import ALL_TABLES

SINCE_THE_SECOND_RELEASE = {
    *("method_setting", "student_contact", "contact_total", "counselor_period", "node_coverage"),
    *("concern_stage", "key_group_count", "engagement_session", "week_count", "warning_note"),
    *("activity_session", "participation", "reach_count", "service_case", "group_membership"),
    "given_rating",
    "sealed_evaluation",
    "evidence_mark",
    "award_decision",
}
SINCE_THE_FIRST_RELEASE = {
    *("standing_count", "flow_count", "quality_count"),
    *("import_run", "import_file", "import_change"),
    *SINCE_THE_SECOND_RELEASE,
}


def test_a_database_of_the_first_release_ends_like_a_new_one(
    database: str, sqlite_database: str, request: pytest.FixtureRequest
) -> None:
    new = sqlite_database + "2" if database.startswith("sqlite") else None
    _as_first_released(database)
    with writing(database) as conn:
        conn.execute(insert(Installation).values(key="kept", value="yes"))
    ensure_tables(database)
    with reading(database) as conn:
        assert conn.scalar(select(Installation.value).where(Installation.key == "kept")) == "yes"
        assert is_current(conn)
        upgraded = _shape(conn)
    if new is None:
        with request.getfixturevalue("postgresql").database("new") as url:
            create_tables(url)
            with reading(url) as conn:
                expected = _shape(conn)
            engine(url).dispose()
    else:
        create_tables(new)
        with reading(new) as conn:
            expected = _shape(conn)
    assert upgraded == expected


def test_a_database_of_the_second_release_is_taken_on(database: str) -> None:
    _as_second_released(database)
    ensure_tables(database)
    with reading(database) as conn:
        assert is_current(conn)
        upgraded = {name for _, name in _shape(conn)}
    assert upgraded >= {table.name for table in ALL_TABLES.sorted_tables}


@pytest.mark.parametrize("given", ["term", "method_setting"])
def test_what_the_university_gives_as_a_view_is_left_alone(database: str, given: str) -> None:
    """A table of ours cannot point at terms that are a view; settings may be one themselves."""
    _as_second_released(database)
    schema = "" if database.startswith("sqlite") else "campus."
    with writing(database) as conn:
        if given == "term":
            conn.execute(text(f"ALTER TABLE {schema}term RENAME TO term_kept"))
            conn.execute(text(f"CREATE VIEW {schema}term AS SELECT * FROM {schema}term_kept"))  # noqa: S608
        else:
            conn.execute(text(f"CREATE VIEW {schema}method_setting AS SELECT 'x' AS term_id"))
    ensure_tables(database)
    with reading(database) as conn:
        assert is_current(conn)
        made = _shape(conn).get((schema.rstrip("."), "method_setting"))
    assert (made is None) == (given == "method_setting")
    assert made is None or made[2] == []  # no foreign key


def test_a_ledger_of_ratings_gains_the_group_of_raters(database: str) -> None:
    """Its rows stay, with no group; what is no group is refused."""
    _as_second_released(database)
    ledger = "rating" if database.startswith("sqlite") else "campus.rating"
    with writing(database) as conn:
        conn.execute(text(f"DROP TABLE {ledger}"))
        conn.execute(text(f"CREATE TABLE {ledger} (id INTEGER PRIMARY KEY, score FLOAT)"))
        conn.execute(text(f"INSERT INTO {ledger} VALUES (1, 88)"))  # noqa: S608
    ensure_tables(database)
    with writing(database) as conn:
        kept = conn.execute(text(f"SELECT id, score, rater_group FROM {ledger}")).all()  # noqa: S608
        assert [tuple(row) for row in kept] == [(1, 88, None)]
        conn.execute(text(f"INSERT INTO {ledger} VALUES (2, 80, '专家')"))  # noqa: S608
    with pytest.raises(DBAPIError), writing(database) as conn:
        conn.execute(text(f"INSERT INTO {ledger} VALUES (3, 80, '路人')"))  # noqa: S608


def test_creating_again_changes_nothing(database: str) -> None:
    create_tables(database)
    with reading(database) as conn:
        before = _shape(conn)
    create_tables(database)
    with reading(database) as conn:
        assert _shape(conn) == before


def test_a_contract_table_the_owner_dropped_is_made_again(database: str) -> None:
    create_tables(database)
    schema = "" if database.startswith("sqlite") else "campus."
    with writing(database) as conn:
        conn.execute(text(f"DROP TABLE {schema}publication"))
    create_tables(database)
    with reading(database) as conn:
        assert "publication" in {name for _, name in _shape(conn)}


def test_a_step_that_fails_leaves_nothing_behind(database: str) -> None:
    _as_first_released(database)
    with writing(database) as conn:
        ALL_TABLES.tables["dashboard.import_run"].create(conn)  # the step meets it half-way
    with reading(database) as conn:
        before = _shape(conn)
    with pytest.raises(DBAPIError):
        create_tables(database)
    with reading(database) as conn:
        assert _shape(conn) == before


def _as_first_released(url: str) -> None:
    with writing(url) as conn:
        if conn.dialect.name == "postgresql":
            for schema in SCHEMAS:
                conn.execute(text(f"CREATE SCHEMA {schema}"))
        old = [t for t in ALL_TABLES.sorted_tables if t.name not in SINCE_THE_FIRST_RELEASE]
        ALL_TABLES.create_all(conn, tables=old)
        schema = "" if conn.dialect.name == "sqlite" else "campus."
        conn.execute(text(f"DROP INDEX {schema}ix_visit_student_visit"))


def _as_second_released(url: str) -> None:
    """Today's tables without the newer ones, under the number it carried."""
    create_tables(url)
    new = [t for t in ALL_TABLES.sorted_tables if t.name in SINCE_THE_SECOND_RELEASE]
    with writing(url) as conn:
        ALL_TABLES.drop_all(conn, tables=new)
        number = f"{version_schema(conn) or ''}.{VERSION_TABLE}".lstrip(".")
        conn.execute(text(f"UPDATE {number} SET version_num = '0002'"))  # noqa: S608


def _shape(conn: Connection) -> dict[tuple[str, str], Any]:
    """Columns, keys and indexes of every table, by schema and name."""
    found = inspect(conn)
    schemas = (None,) if conn.dialect.name == "sqlite" else SCHEMAS
    return {
        (schema or "", table): (
            {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table, schema)},
            found.get_pk_constraint(table, schema),
            sorted(str(key) for key in found.get_foreign_keys(table, schema)),
            sorted(str(index) for index in found.get_indexes(table, schema)),
        )
        for schema in schemas
        for table in found.get_table_names(schema)
    }
